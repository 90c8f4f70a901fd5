//! The arithmetic of a statement, written out.

use crate::{
	chain::AccountId,
	output::{count, factor, percent, signed_factor},
};
use heirloom_primitives::{
	Bps, CENT, Formula, MicroU, ONE, StatementLine, StatementView, WeightView, format_u, format_u_exact,
	grouped, whole_cents,
};
use std::{cmp::Reverse, collections::BTreeMap};

/// Sums of weights that are written out; where there are more, the rest of the share is put together.
const WRITTEN_OUT: usize = 2;

/// A statement in one line: `1.8 / 13.5 × 15,000.00 × 0.8 = 1,600.00, + 400.00 call fees = 2,000.00 U`.
///
/// Derivatives whose ancestors weigh the same are put together, those that bring most first. Without lines, which the chain
/// keeps for 13 months, the share is one amount.
pub fn one_line(view: &StatementView<AccountId>, lines: &[StatementLine], formula: &Formula) -> String {
	let statement = &view.statement;
	let shared = if lines.is_empty() { "shared by derivatives" } else { "" };
	let parts: Vec<_> = [
		(statement.shared, shared),
		(statement.call_fees, "call fees"),
		(statement.carried_in, "carried in"),
	]
	.into_iter()
	.filter(|(amount, _)| *amount > 0)
	.collect();
	// Where the parts, in cents, do not make up what is paid, they are shown to the last digit, with what is carried.
	let cents: MicroU = parts.iter().map(|(amount, _)| whole_cents(*amount).0).sum();
	let amount = if cents == statement.paid { format_u } else { format_u_exact };
	let carried = match statement.carried_out {
		carried if carried > 0 && cents != statement.paid => format!(" − {} carried on", amount(carried)),
		_ => String::new(),
	};
	let named = |parts: &[(MicroU, &str)]| {
		parts.iter().map(|(value, what)| format!("{} {what}", amount(*value))).collect::<Vec<_>>().join(" + ")
	};
	let text = match statement.weight.filter(|_| !lines.is_empty()) {
		Some(weight) => {
			let terms = terms(weight, lines, formula);
			let rest = parts.get(1..).unwrap_or_default();
			match rest.is_empty() && carried.is_empty() {
				true => terms,
				false if rest.is_empty() => format!("{terms} = {}", amount(statement.shared)),
				false => format!("{terms} = {}, + {}", amount(statement.shared), named(rest)),
			}
		}
		None => named(&parts),
	};
	format!("{text}{carried} = {} U", format_u(statement.paid))
}

/// The terms that a share is the sum of.
fn terms(weight: Bps, lines: &[StatementLine], formula: &Formula) -> String {
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
	let (weight, part) = (factor(u64::from(weight)), ancestors_part(formula));
	let mut terms: Vec<_> = groups[..written]
		.iter()
		.map(|(total, group)| format!("{weight} / {} × {} × {part}", factor(*total), format_u(group.pot)))
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
	formula: &Formula,
) -> Vec<(&'static str, String, String)> {
	let parts = &view.parts;
	let quality = match (view.quality, view.average) {
		(None, _) => "no quality is stated".into(),
		(Some(quality), None) => {
			format!("{}, but no {kind} asset has an attested quality", percent(quality.bps))
		}
		(Some(quality), Some(average)) => {
			let claim = match (quality.attested, formula.unattested_cap) {
				(true, _) => String::new(),
				(false, 0) => ", claimed: a gain does not count".into(),
				(false, cap) => format!(", claimed: a gain counts up to {}", constant(cap)),
			};
			let (slope, bps) = (formula.quality_slope, percent(quality.bps));
			format!("{slope} × ({bps} − {} average of {kind}){claim}", percent(average))
		}
	};
	let units = units.map(|units| format!(" ({} units)", grouped(u128::from(units)))).unwrap_or_default();
	let (rank, impact) = (percent(view.rank), percent(view.impact));
	let (times, by) = formula.impact_slope;
	let mut lines = vec![
		("base", constant(formula.base), String::new()),
		("quality", signed_factor(parts.quality), quality),
		(
			"usage",
			signed_factor(parts.usage),
			format!("rank {rank} of all active assets − {} %{units}", formula.median_rank / 100),
		),
		(
			"impact",
			signed_factor(parts.impact),
			format!("{times} × {impact} / {by}, at most {}", constant(formula.impact_cap)),
		),
	];
	if parts.bonus {
		let bonus = constant(formula.bonus.0 * i64::from(ONE) / formula.bonus.1);
		let before = count(formula.bonus_periods.saturating_sub(1) as usize, "month");
		lines.push((
			"bonus",
			format!("× {bonus}"),
			format!("minted in this month or the {before} before it"),
		));
	}
	lines.push((
		"weight",
		factor(u64::from(parts.weight)),
		format!("between {} and {} before a bonus", constant(formula.floor), constant(formula.ceiling)),
	));
	lines
}

/// One line of a share: `1.8 / 13.5 × 9,000.00 × 0.8`.
pub fn term(weight: Bps, line: &StatementLine, formula: &Formula) -> String {
	let (weight, total) = (factor(u64::from(weight)), factor(line.total_weight));
	format!("{weight} / {total} × {} × {}", format_u_exact(line.pot), ancestors_part(formula))
}

/// A constant of a formula, none of which is negative, as a factor.
fn constant(bps: i64) -> String {
	factor(bps.unsigned_abs())
}

/// The ancestors' part of a pot, as a factor.
fn ancestors_part(formula: &Formula) -> String {
	let bps = formula.ancestors_percent * u128::from(ONE) / 100;
	factor(u64::try_from(bps).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::{FormulaVersion, Period, Quality, Statement, U, WeightParts};

	const FORMULA: Formula = FormulaVersion::V1.formula();

	fn view(shared: MicroU, call_fees: MicroU) -> StatementView<AccountId> {
		let (paid, carried_out) = whole_cents(shared + call_fees);
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
			one_line(&view(1_600 * U, 400 * U + 7), &lines, &FORMULA),
			"1.8 / 13.5 × 15,000.00 × 0.8 = 1,600.00, + 400.00 call fees = 2,000.00 U"
		);
	}

	#[test]
	fn lesser_terms_are_put_together() {
		let lines: Vec<_> =
			(1..=5).map(|total| StatementLine { amount: U, ..line(10 * U, total * 10_000) }).collect();
		assert_eq!(
			one_line(&view(5 * U, 0), &lines, &FORMULA),
			"1.8 / 1.0 × 10.00 × 0.8 + 1.8 / 2.0 × 10.00 × 0.8 + 3.00 from 3 other derivatives = 5.00 U"
		);
	}

	#[test]
	fn call_fees_alone_need_no_weight() {
		assert_eq!(one_line(&view(0, 3 * U), &[], &FORMULA), "3.00 call fees = 3.00 U");
	}

	/// The amounts left of the last `=`, those after a minus subtracted.
	fn sum(line: &str) -> f64 {
		let (terms, _) = line.rsplit_once(" = ").unwrap();
		let amount = |text: &str| text.split(' ').next().unwrap().replace(',', "").parse::<f64>().unwrap();
		let (terms, less) =
			terms.split_once(" − ").map_or((terms, 0.0), |(terms, less)| (terms, amount(less)));
		terms.split(" + ").map(amount).sum::<f64>() - less
	}

	#[test]
	fn terms_add_up_once_the_lines_are_pruned() {
		let written = one_line(&view(1_600 * U, 400 * U + 7), &[], &FORMULA);
		assert_eq!(written, "1,600.00 shared by derivatives + 400.00 call fees = 2,000.00 U");
		for (shared, call_fees) in [(1_600 * U, 400 * U + 7), (6_000, 6_000), (U, 0), (19_999, 19_999)] {
			let view = view(shared, call_fees);
			let written = one_line(&view, &[], &FORMULA);
			let paid = view.statement.paid as f64 / U as f64;
			assert!((sum(&written) - paid).abs() < 1e-9, "{written}");
		}
	}

	#[test]
	fn cents_that_come_of_parts_of_cents_are_written_out() {
		assert_eq!(
			one_line(&view(6_000, 6_000), &[], &FORMULA),
			"0.006 shared by derivatives + 0.006 call fees − 0.002 carried on = 0.01 U"
		);
	}

	#[test]
	fn claimed_quality_counts_as_the_formula_says() {
		let view = WeightView {
			quality: Some(Quality { bps: 9_800, attested: false }),
			average: Some(9_200),
			rank: 8_000,
			impact: 1_200,
			parts: WeightParts { quality: 0, usage: 3_000, impact: 2_000, bonus: true, weight: 18_000 },
		};
		let said = |version: FormulaVersion| weight_lines(&view, "data", None, &version.formula());
		let how = |version, part: usize| said(version)[part].2.clone();
		assert!(how(FormulaVersion::V1, 1).ends_with(", claimed: a gain counts up to 0.1"));
		assert!(how(FormulaVersion::V2, 1).ends_with(", claimed: a gain does not count"));
		assert_eq!(how(FormulaVersion::V1, 2), "rank 80.00 % of all active assets − 50 %");
		assert_eq!(how(FormulaVersion::V1, 3), "5 × 12.00 % / 3, at most 1.0");
		let bonus = &said(FormulaVersion::V1)[4];
		assert_eq!(
			(bonus.1.as_str(), bonus.2.as_str()),
			("× 1.2", "minted in this month or the 2 months before it")
		);
		assert_eq!(how(FormulaVersion::V1, 5), "between 0.1 and 3.0 before a bonus");
	}
}
