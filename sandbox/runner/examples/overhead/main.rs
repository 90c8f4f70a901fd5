//! `./scripts/bench sandbox`: what a job costs over the same wasm run bare in wasmtime, and how much of that is what makes
//! it repeatable (fuel, canonical NaNs) and how much the runner; how long a job takes that does nothing, and how fast the
//! gate compares.
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
	let set = |fuel, nan| bare::Bare::new(job::MODULE, bare::Settings { fuel, nan });
	let [bare, fuel, nan, both] =
		[set(false, false)?, set(true, false)?, set(false, true)?, set(true, true)?];
	let probe = timed(|| bare.run(200))?;
	let turns = ((seconds / probe * 200.0).round() as u32).max(1);
	let module = job::module(turns)?;
	eprintln!("{turns} turns; compiling");
	place.run(&module)?;

	let mut rows: Vec<[f64; 5]> = Vec::new();
	for round in 1..=rounds {
		// In turn, so that a machine that slows down meanwhile slows all of them.
		let row = [
			timed(|| bare.run(turns))?,
			timed(|| fuel.run(turns))?,
			timed(|| nan.run(turns))?,
			timed(|| both.run(turns))?,
			timed(|| place.run(&module))?,
		];
		eprintln!("round {round} of {rounds}: bare {:.2} s, job {:.2} s", row[0], row[4]);
		rows.push(row);
	}
	let nothing = job::module(0)?;
	place.run(&nothing)?;
	let mut starts = Vec::new();
	for _ in 0..30 {
		starts.push(timed(|| place.run(&nothing))? * 1e3);
	}
	let [bare_s, fuel_s, nan_s, both_s, job_s]: [f64; 5] =
		std::array::from_fn(|column| median(&mut rows.iter().map(|row| row[column]).collect::<Vec<_>>()));
	let start_ms = median(&mut starts);
	let rates = gate::rates()?;

	println!("job of {bare_s:.2} s bare, median of {rounds}  seconds  of bare");
	let columns = [
		("bare", bare_s),
		("+ fuel", fuel_s),
		("+ canonical NaNs", nan_s),
		("+ both: metered", both_s),
		("as a job, all included", job_s),
	];
	for (name, seconds) in columns {
		println!("  {name:23} {seconds:14.2} {:8.3}", seconds / bare_s);
	}
	println!("  as a job, of metered    {:23.3}", job_s / both_s);
	println!("job that does nothing    {start_ms:8.1} ms, all included (median of 30)");
	for (name, rate) in &rates {
		println!("gate, {name:18} {rate:8.0} MB/s of input");
	}
	if let Some(file) = file {
		let slowest = rates.iter().map(|(_, rate)| *rate).fold(f64::INFINITY, f64::min);
		let gate: serde_json::Map<_, _> =
			rates.iter().map(|(name, rate)| ((*name).to_owned(), json!(rate))).collect();
		let figures = json!({
			"job_overhead": job_s / bare_s,
			"job_overhead_vs_metered": job_s / both_s,
			"job_fuel": fuel_s / bare_s,
			"job_nan": nan_s / bare_s,
			"job_metering": both_s / bare_s,
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
