//! `heirloom-chaos`: networks of real nodes, each broken in one way while months are settled on it. Whatever happens,
//! blocks become final again, all nodes agree, and what came in is what went out.

mod args;
mod assault;
mod audit;
mod beside;
mod blocked;
mod chain;
mod clocks;
mod faults;
mod fullness;
mod http;
mod inclusion;
mod network;
mod pace;
mod platform;
mod programs;
mod report;
mod spam;
mod stage;
mod told;
mod traffic;
mod trial;
mod tries;
mod wait;

use anyhow::{Context, Result, ensure};
use args::Cli;
use clap::Parser;
use faults::{Fault, Options};
use futures::{StreamExt, stream};
use programs::Programs;
use std::{
	process::ExitCode,
	time::{SystemTime, UNIX_EPOCH},
};
use tokio::signal::unix::{SignalKind, signal};

// On one thread: a node ends with the thread that started it.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
	match run(Cli::parse()).await {
		Ok(true) => ExitCode::SUCCESS,
		Ok(false) => ExitCode::FAILURE,
		Err(error) => {
			eprintln!("heirloom-chaos: {error:#}");
			ExitCode::FAILURE
		}
	}
}

/// Tries all faults that are asked for; whether nothing was lost.
async fn run(cli: Cli) -> Result<bool> {
	let programs = Programs::find()?;
	let seed = match cli.seed {
		Some(seed) => seed,
		None => SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs(),
	};
	let options = Options { minutes: cli.minutes, seed };
	let keep = cli.keep.as_deref();
	let faults = if cli.faults.is_empty() { Fault::all() } else { &cli.faults };
	// Alone: who looks at how fast blocks are made. The others only wait most of the time.
	let (alone, mut shared): (Vec<Fault>, Vec<Fault>) =
		faults.iter().copied().partition(|fault| cli.at_once == 1 || fault.measures_pace());
	// Begun last, one of these would go on for half an hour beside nothing.
	shared.sort_by_key(|fault| !fault.takes_long());
	let trials = stream::iter(shared)
		.map(|fault| async move { Ok::<_, anyhow::Error>(beside::run(fault, options, keep).await) })
		.buffer_unordered(cli.at_once)
		.chain(stream::iter(alone).then(|fault| trial::run(fault, &programs, options, keep)));
	let mut trials = Box::pin(trials);
	let mut outcomes: Vec<report::Outcome> = Vec::new();
	let mut terminate = signal(SignalKind::terminate())?;
	let mut hangup = signal(SignalKind::hangup())?;
	let complete = loop {
		tokio::select! {
			outcome = trials.next() => match outcome {
				Some(outcome) => outcomes.push(outcome?),
				None => break true,
			},
			_ = tokio::signal::ctrl_c() => break false,
			_ = terminate.recv() => break false,
			_ = hangup.recv() => break false,
		}
	};
	// Nodes and namespaces vanish with what was being tried.
	drop(trials);
	outcomes.sort_by_key(|outcome| faults.iter().position(|fault| fault.name() == outcome.fault));
	println!("{}", report::table(&outcomes));
	ensure!(complete, "ended before all faults were tried");
	if let Some(file) = &cli.json {
		let text = serde_json::to_string_pretty(&outcomes)?;
		std::fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
	}
	Ok(outcomes.iter().all(report::Outcome::is_good))
}
