//! `heirloom`: what a script or an operator needs to use a Heirloom chain.

mod args;
mod chain;
mod commands;
mod external;
mod output;
mod production;
mod replay;
mod runtime;
mod secret;
mod signing;
mod spec;
mod values;
mod worked;

use anyhow::Result;
use args::{Cli, Command, ScenarioCommand};
use chain::Chain;
use clap::Parser;
use production::args::SpecCommand;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
	match run(Cli::parse()).await {
		Ok(()) => ExitCode::SUCCESS,
		// Whoever read the output has seen enough of it (`| head`).
		Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
		Err(error) => {
			// All causes, in one line.
			let text = format!("{error:#}");
			eprintln!("heirloom: {}", text.split_whitespace().collect::<Vec<_>>().join(" "));
			ExitCode::FAILURE
		}
	}
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
	let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
	causes.any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

async fn run(cli: Cli) -> Result<()> {
	let url = cli.url()?;
	let Cli { command, json, .. } = cli;
	match command {
		Command::Scenario(ScenarioCommand::Spec(args)) => spec::run(&args),
		Command::Runtime(command) => runtime::run(&command, &url, json).await,
		Command::Spec(SpecCommand::Production(args)) => production::run(&args),
		Command::SessionKeys(args) => {
			commands::session_keys::run(&Chain::connect(&url).await?, &args, json).await
		}
		Command::RotateKeys(args) => {
			commands::rotate_keys::run(&Chain::connect(&url).await?, &args, &url, json).await
		}
		Command::Replay(args) => replay::run(&args, &url, json).await,
		Command::Statement(args) => commands::statement::run(&Chain::connect(&url).await?, &args, json).await,
		Command::Verify(args) => commands::verify::run(&Chain::connect(&url).await?, &args, json).await,
		Command::Asset(args) => commands::asset::run(&Chain::connect(&url).await?, &args, json).await,
		Command::Lineage(args) => commands::lineage::run(&Chain::connect(&url).await?, &args, json).await,
		Command::Call(args) => commands::call::run(&Chain::connect(&url).await?, &args, json).await,
		Command::Payee(args) => commands::payee::run(&Chain::connect(&url).await?, &args, json).await,
		Command::Claim(args) => commands::claim::run(&Chain::connect(&url).await?, &args, json).await,
		Command::Mint(args) => commands::mint::run(&Chain::connect(&url).await?, &args, json).await,
		Command::Operator(command) => {
			commands::sandbox::operator(&Chain::connect(&url).await?, &command, json).await
		}
		Command::Policy(args) => commands::sandbox::policy(&Chain::connect(&url).await?, &args, json).await,
		Command::Permit(command) => {
			commands::sandbox::permit(&Chain::connect(&url).await?, &command, json).await
		}
		Command::External(words) => external::run(&words, &url),
		Command::Account(command) => commands::account::run(&command, json),
		Command::Balance(args) => commands::balance::run(&Chain::connect(&url).await?, &args, json).await,
	}
}
