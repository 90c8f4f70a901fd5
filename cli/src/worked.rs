//! The arithmetic of a statement, written out.

use crate::{
	chain::AccountId,
	output::{count, factor, percent, signed_factor},
};
use heirloom_primitives::{
	Bps, CENT, MicroU, StatementLine, StatementView, WeightView, format_u, format_u_exact, grouped,
};
use std::{cmp::Reverse, collections::BTreeMap};

/// Sums of weights that are written out; where there are more, the rest of the share is put together.
const WRITTEN_OUT: usize = 2;

/// A statement in one line: `1.8 / 13.5 × 15,000.00 × 0.8 = 1,600.00, + 400.00 call fees = 2,000.00 U`.
///
/// Derivatives whose ancestors weigh the same are put together, those that bring most first.
pub fn one_line(view: &StatementView<AccountId>, lines: &[StatementLine]) -> String {
	let statement = &view.statement;
	let share = statement.weight.filter(|_| !lines.is_empty()).map(|weight| terms(weight, lines));
	let rest: Vec<_> = [(statement.call_fees, "call fees"), (statement.carried_in, "carried in")]
		.into_iter()
		.filter(|(amount, _)| *amount > 0)
		.map(|(amount, what)| format!("{} {what}", format_u(amount)))
		.collect();
	let text = match share {
		Some(terms) if rest.is_empty() => terms,
		Some(terms) => format!("{terms} = {}, + {}", format_u(statement.shared), rest.join(" + ")),
		None => rest.join(" + "),
	};
	format!("{text} = {} U", format_u(statement.paid))
}

/// The terms that a share is the sum of.
fn terms(weight: Bps, lines: &[StatementLine]) -> String {
	let mut groups = BTreeMap::<u64, Group>::new();
	for line in lines {
		let group = groups.entry(line.total_weight).or_default();
		group.pot += line.pot;
		group.amount += line.amount;
		group.derivatives += 1;
	}
	let mut groups: Vec<_> = groups.into_iter().collect();
	groups.sort_by_key(|(_, group)| Reverse(group.amount));
	let worth = groups.iter().take_while(|(_, group)| group.pot >= CENT).count().max(1);
	let all = worth == groups.len() && worth <= WRITTEN_OUT + 1;
	let written = if all { worth } else { worth.min(WRITTEN_OUT) };
	let weight = factor(u64::from(weight));
	let mut terms: Vec<_> = groups[..written]
		.iter()
		.map(|(total, group)| format!("{weight} / {} × {} × 0.8", factor(*total), format_u(group.pot)))
		.collect();
	if !all {
		let others = &groups[written..];
		let amount = others.iter().map(|(_, group)| group.amount).sum();
		let derivatives = others.iter().map(|(_, group)| group.derivatives).sum();
		terms.push(format!("{} from {}", format_u(amount), count(derivatives, "other derivative")));
	}
	terms.join(" + ")
}

/// Derivatives whose ancestors weigh the same.
#[derive(Default)]
struct Group {
	pot: MicroU,
	amount: MicroU,
	derivatives: usize,
}

/// How a weight came about, a line a part: name, value, how.
pub fn weight_lines(
	view: &WeightView,
	kind: &str,
	units: Option<u64>,
) -> Vec<(&'static str, String, String)> {
	let parts = &view.parts;
	let quality = match (view.quality, view.average) {
		(None, _) => "no quality is stated".into(),
		(Some(quality), None) => {
			format!("{}, but no {kind} asset has an attested quality", percent(quality.bps))
		}
		(Some(quality), Some(average)) => {
			let claim = if quality.attested { "" } else { ", claimed: a gain counts up to 0.1" };
			format!("5 × ({} − {} average of {kind}){claim}", percent(quality.bps), percent(average))
		}
	};
	let units = units.map(|units| format!(" ({} units)", grouped(u128::from(units)))).unwrap_or_default();
	let mut lines = vec![
		("base", factor(10_000), String::new()),
		("quality", signed_factor(parts.quality), quality),
		(
			"usage",
			signed_factor(parts.usage),
			format!("rank {} of all active assets − 50 %{units}", percent(view.rank)),
		),
		("impact", signed_factor(parts.impact), format!("5 × {} / 3, at most 1.0", percent(view.impact))),
	];
	if parts.bonus {
		lines.push(("bonus", "× 1.2".into(), "minted in this month or the two before it".into()));
	}
	lines.push(("weight", factor(u64::from(parts.weight)), "between 0.1 and 3.0 before a bonus".into()));
	lines
}

/// One line of a share: `1.8 / 13.5 × 9,000.00 × 0.8`.
pub fn term(weight: Bps, line: &StatementLine) -> String {
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
	fn lesser_terms_are_put_together() {
		let lines: Vec<_> =
			(1..=5).map(|total| StatementLine { amount: U, ..line(10 * U, total * 10_000) }).collect();
		assert_eq!(
			one_line(&view(5 * U, 0), &lines),
			"1.8 / 1.0 × 10.00 × 0.8 + 1.8 / 2.0 × 10.00 × 0.8 + 3.00 from 3 other derivatives = 5.00 U"
		);
	}

	#[test]
	fn call_fees_alone_need_no_weight() {
		assert_eq!(one_line(&view(0, 3 * U), &[]), "3.00 call fees = 3.00 U");
	}
}
