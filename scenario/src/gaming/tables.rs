//! The tables of `docs/gaming.md`, line by line.

use super::{Attack, MONTHS, PLANS};

/// What attacks cost and gain.
pub fn figures(attacks: &[Attack]) -> Vec<String> {
	let titles =
		format!("costs once, U | a month | gains a month, V1 | V2 | left of {MONTHS} months, V1 | V2");
	let mut lines = vec![format!("| attack | {titles} |"), "|---|---|---|---|---|---|---|".to_owned()];
	for attack in attacks {
		let Attack { plan, costs, gains } = attack;
		let amounts = [costs.once(), costs.monthly(), gains[0], gains[1], attack.nets()[0], attack.nets()[1]];
		lines.push(format!("| {} | {} |", plan.name, amounts.map(amount).join(" | ")));
	}
	lines
}

/// What stands against them.
pub fn rules() -> Vec<String> {
	let titles = "| attack | pays by V2 | what stands against it | shown by |";
	let mut lines = vec![titles.to_owned(), "|---|---|---|---|".to_owned()];
	for plan in PLANS {
		let pays = if plan.still_pays { "**yes**" } else { "no" };
		lines.push(format!("| {} | {pays} | {} | `{}` |", plan.name, plan.rule, plan.shown_by));
	}
	lines
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
