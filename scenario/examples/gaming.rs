//! Prints what attacks on the money cost and gain, played on `scenarios/march-2026`.
//!
//! usage: gaming [SCENARIO_DIR]

use heirloom_scenario::{
	Scenario,
	gaming::{Attack, MONTHS, play},
};
use std::{error::Error, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
	match run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("{error}");
			ExitCode::FAILURE
		}
	}
}

fn run() -> Result<(), Box<dyn Error>> {
	let given = std::env::args_os().nth(1).map(PathBuf::from);
	let march = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../scenarios/march-2026");
	let attacks = play(&Scenario::read(&given.unwrap_or_else(march))?)?;
	println!(
		"| attack | costs once, U | a month | gains a month, V1 | V2 | left of {MONTHS} months, V1 | V2 |"
	);
	println!("|---|---|---|---|---|---|---|");
	for attack in &attacks {
		let Attack { plan, costs, gains } = attack;
		let amounts = [costs.once(), costs.monthly(), gains[0], gains[1], attack.nets()[0], attack.nets()[1]];
		println!("| {} | {} |", plan.name, amounts.map(amount).join(" | "));
	}
	println!("\n| attack | pays by V2 | what stands against it | shown by |");
	println!("|---|---|---|---|");
	for Attack { plan, .. } in &attacks {
		let pays = if plan.still_pays { "**yes**" } else { "no" };
		println!("| {} | {pays} | {} | `{}` |", plan.name, plan.rule, plan.shown_by);
	}
	Ok(())
}

/// Micro-U as U, with as many decimals as it takes to tell it from nothing.
fn amount(micro: i128) -> String {
	let sign = if micro < 0 { "-" } else { "" };
	let (whole, part) = (micro.unsigned_abs() / 1_000_000, micro.unsigned_abs() % 1_000_000);
	match (whole, part) {
		(0, 0) => "0".into(),
		(0, 1..10_000) => format!("{sign}0.{part:06}"),
		_ => format!("{sign}{}.{:02}", grouped(whole), part / 10_000),
	}
}

fn grouped(number: u128) -> String {
	let digits = number.to_string();
	let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
	groups.join(",")
}
