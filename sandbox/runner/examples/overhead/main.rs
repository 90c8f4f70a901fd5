//! `./scripts/bench sandbox`: what a job costs over the same wasm run bare in wasmtime, how long a job takes that does
//! nothing, and how fast the gate compares.
//!
//! usage: overhead --worker PROGRAM [--seconds S] [--rounds N] [--json FILE]

mod bare;
mod gate;
mod job;

use clap::Parser;
use serde_json::json;
use std::{error::Error, fs, path::PathBuf, time::Instant};

#[derive(Debug, Parser)]
#[command(name = "scripts/bench sandbox")]
struct Arguments {
	/// The program that workers are.
	#[arg(long)]
	worker: PathBuf,
	/// Seconds that the job takes bare.
	#[arg(long, default_value_t = 10.0)]
	seconds: f64,
	/// Rounds, of which the median counts.
	#[arg(long, default_value_t = 3)]
	rounds: usize,
	/// Write the figures here.
	#[arg(long)]
	json: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
	let Arguments { worker, seconds, rounds, json: file } = Arguments::parse();
	let place = job::Place::new(worker)?;

	// The job's length by its turns, calibrated bare.
	let bare = bare::Bare::new(job::MODULE, bare::Settings::Plain)?;
	let fuelled = bare::Bare::new(job::MODULE, bare::Settings::Fuel)?;
	let probe = timed(|| bare.run(200))?;
	let turns = ((seconds / probe * 200.0).round() as u32).max(1);
	let module = job::module(turns)?;
	eprintln!("{turns} turns; compiling");
	place.run(&module)?;

	let (mut bares, mut fuels, mut jobs) = (Vec::new(), Vec::new(), Vec::new());
	for round in 1..=rounds {
		// In turn, so that a machine that slows down meanwhile slows all of them.
		bares.push(timed(|| bare.run(turns))?);
		fuels.push(timed(|| fuelled.run(turns))?);
		jobs.push(timed(|| place.run(&module))?);
		eprintln!("round {round} of {rounds}: bare {:.2} s, job {:.2} s", bares[round - 1], jobs[round - 1]);
	}
	let nothing = job::module(0)?;
	place.run(&nothing)?;
	let mut starts = Vec::new();
	for _ in 0..30 {
		starts.push(timed(|| place.run(&nothing))? * 1e3);
	}
	let (bare_s, fuel_s, job_s) = (median(&mut bares), median(&mut fuels), median(&mut jobs));
	let start_ms = median(&mut starts);
	let rates = gate::rates()?;

	let (overhead, metering) = (job_s / bare_s, fuel_s / bare_s);
	println!("job of {bare_s:.2} s bare, median of {rounds}");
	println!("  bare, metered          {fuel_s:8.2} s   {metering:.3} of bare");
	println!("  as a job, all included {job_s:8.2} s   {overhead:.3} of bare");
	println!("job that does nothing    {start_ms:8.1} ms, all included (median of 30)");
	for (name, rate) in &rates {
		println!("gate, {name:18} {rate:8.0} MB/s of input");
	}
	if let Some(file) = file {
		let slowest = rates.iter().map(|(_, rate)| *rate).fold(f64::INFINITY, f64::min);
		let gate: serde_json::Map<_, _> =
			rates.iter().map(|(name, rate)| ((*name).to_owned(), json!(rate))).collect();
		let figures = json!({
			"job_overhead": overhead,
			"job_metering": metering,
			"job_bare_s": bare_s,
			"start_ms": start_ms,
			"gate_mb_s": slowest,
			"gate_by_output_mb_s": gate,
		});
		fs::write(file, serde_json::to_vec_pretty(&figures)?)?;
	}
	Ok(())
}

fn timed(run: impl FnOnce() -> Result<(), Box<dyn Error>>) -> Result<f64, Box<dyn Error>> {
	let begun = Instant::now();
	run()?;
	Ok(begun.elapsed().as_secs_f64())
}

fn median(values: &mut [f64]) -> f64 {
	values.sort_by(f64::total_cmp);
	values[values.len() / 2]
}
