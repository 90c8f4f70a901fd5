//! The arithmetic of a statement, written out.

use crate::{
	chain::AccountId,
	output::{factor, percent, signed_factor},
};
use heirloom_primitives::{MicroU, StatementLine, StatementView, WeightView, format_u, format_u_exact, grouped};
use std::collections::BTreeMap;

/// Groups of lines that are written out one by one; more are summed up.
const WRITTEN_OUT: usize = 3;

/// A statement in one line: `1.8 / 13.5 × 15,000.00 × 0.8 = 1,600.00, + 400.00 call fees = 2,000.00 U`.
///
/// Lines with the same sum of weights are put together. Where there are many different ones, each derivative's own
/// sum stands behind `Σ`.
pub fn one_line(view: &StatementView<AccountId>, lines: &[StatementLine]) -> String {
	let statement = &view.statement;
	let mut text = String::new();
	if let Some(weight) = statement.weight.filter(|_| statement.shared > 0) {
		let weight = factor(u64::from(weight));
		let mut groups = BTreeMap::<u64, MicroU>::new();
		for line in lines {
			*groups.entry(line.total_weight).or_default() += line.pot;
		}
		let term =
			|(total, pot): (&u64, &MicroU)| format!("{weight} / {} × {} × 0.8", factor(*total), format_u(*pot));
		text = match groups.len() {
			1..=WRITTEN_OUT => groups.iter().map(term).collect::<Vec<_>>().join(" + "),
			_ => {
				let pots = lines.iter().map(|line| line.pot).sum::<MicroU>();
				let derivatives = grouped(lines.len() as u128);
				format!(
					"{weight} × Σ (pot / weights of its ancestors) × 0.8 over {derivatives} derivatives with {} U",
					format_u(pots)
				)
			},
		};
		text.push_str(&format!(" = {}", format_u(statement.shared)));
	}
	for (amount, what) in [(statement.call_fees, "call fees"), (statement.carried_in, "carried in")] {
		if amount > 0 {
			let comma = if text.is_empty() { "" } else { ", + " };
			text.push_str(&format!("{comma}{} {what}", format_u(amount)));
		}
	}
	let equals = if text.is_empty() { "" } else { " = " };
	format!("{text}{equals}{} U", format_u(statement.paid))
}

/// How a weight came about, a line a part: name, value, how.
pub fn weight_lines(view: &WeightView, kind: &str, units: Option<u64>) -> Vec<(&'static str, String, String)> {
	let parts = &view.parts;
	let quality = match (view.quality, view.average) {
		(None, _) => "no quality is stated".into(),
		(Some(quality), None) => format!("{}, but no {kind} asset has an attested quality", percent(quality.bps)),
		(Some(quality), Some(average)) => {
			let claim = if quality.attested { "" } else { ", claimed: a gain counts up to 0.1" };
			format!("5 × ({} − {} average of {kind}){claim}", percent(quality.bps), percent(average))
		},
	};
	let units = units.map(|units| format!(" ({} units)", grouped(u128::from(units)))).unwrap_or_default();
	let mut lines = vec![
		("base", factor(10_000), String::new()),
		("quality", signed_factor(parts.quality), quality),
		("usage", signed_factor(parts.usage), format!("rank {} of all active assets − 50 %{units}", percent(view.rank))),
		("impact", signed_factor(parts.impact), format!("5 × {} / 3, at most 1.0", percent(view.impact))),
	];
	if parts.bonus {
		lines.push(("bonus", "× 1.2".into(), "minted in this month or the two before it".into()));
	}
	lines.push(("weight", factor(u64::from(parts.weight)), "between 0.1 and 3.0 before a bonus".into()));
	lines
}

/// One line of a share: `1.8 / 13.5 × 9,000.00 × 0.8`.
pub fn term(weight: u16, line: &StatementLine) -> String {
	let total = factor(line.total_weight);
	format!("{} / {total} × {} × 0.8", factor(u64::from(weight)), format_u_exact(line.pot))
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::{Period, Statement, U};

	fn view(shared: MicroU, call_fees: MicroU) -> StatementView<AccountId> {
		let (paid, carried_out) = heirloom_primitives::whole_cents(shared + call_fees);
		let weight = (shared > 0).then_some(18_000);
		let statement =
			Statement { weight, shared, call_fees, carried_in: 0, paid, carried_out, payee: None };
		StatementView { asset: 0, period: Period(24_314), statement, units: None, weight: None }
	}

	fn line(pot: MicroU, total_weight: u64) -> StatementLine {
		StatementLine { descendant: 1, pot, total_weight, rate_per_weight: 0, amount: 0 }
	}

	#[test]
	fn lines_of_one_sum_of_weights_are_put_together() {
		let lines = [line(9_000 * U, 135_000), line(6_000 * U, 135_000)];
		assert_eq!(
			one_line(&view(1_600 * U, 400 * U + 7), &lines),
			"1.8 / 13.5 × 15,000.00 × 0.8 = 1,600.00, + 400.00 call fees = 2,000.00 U"
		);
	}

	#[test]
	fn many_sums_of_weights_are_summed_up() {
		let lines: Vec<_> = (1..=4).map(|total| line(10 * U, total * 10_000)).collect();
		let text = one_line(&view(30 * U, 0), &lines);
		assert!(text.ends_with("over 4 derivatives with 40.00 U = 30.00 = 30.00 U"), "{text}");
	}

	#[test]
	fn call_fees_alone_need_no_weight() {
		assert_eq!(one_line(&view(0, 3 * U), &[]), "3.00 call fees = 3.00 U");
	}
}
