//! The statement, computed anew step by step.

use crate::{
	answer::{Check, Refusal, What},
	keys::BOOKINGS,
	month::{Month, divided},
	proof::hexed,
	question::{Question, Shown, ShownLine},
};
use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use core::fmt::Display;
use heirloom_primitives::{
	AssetFacts, AssetId, AtClose, Bps, Formula, Heirs, Kind, MicroU, RatePerWeight, Split, Units,
	WeightInput, WeightParts, average, rank, rate_per_weight, share, split, weigh, whole_cents,
};

/// Computes a statement and compares each step with what was recorded and what is shown.
pub(crate) fn recompute(month: &Month, question: &Question) -> Result<Vec<Check>, Refusal> {
	let (statement, shown) = (&month.statement, &question.shown);
	let weights = Weights::new(month);
	let mut checks = Vec::new();
	let (lines, rates) = lines(month, &weights, shown)?;
	if let Some(own) = month.at_close(month.asset)? {
		let weight = Some(weights.weight(month.asset)?).filter(|_| rates > 0);
		if weight.is_some() || statement.weight.is_some() {
			checks.extend(weights.checks(month.asset, &own));
			checks.push(
				Check::new(What::Weight, or_none(weight))
					.recorded(or_none(statement.weight))
					.shown(shown.weight),
			);
		}
	}
	checks.extend(lines);

	let shared = share(weights.weight(month.asset)?, rates).ok_or_else(overflow)?;
	let call_fees = divide(month, &weights, month.asset)?.split.own;
	let due = shared.checked_add(call_fees).and_then(|due| due.checked_add(month.carried));
	let due = due.ok_or_else(overflow)?;
	let (paid, carried_out) = if statement.payee.is_some() { whole_cents(due) } else { (0, due) };
	let (was_paid, was_carried) = divided(statement)?;
	let amount = |what, recomputed: MicroU, recorded: MicroU, shown: Option<MicroU>| {
		Check::new(what, recomputed).recorded(recorded).shown(shown)
	};
	checks.extend([
		amount(What::Shared, shared, statement.shared, shown.shared),
		amount(What::CallFees, call_fees, statement.call_fees, shown.call_fees),
		amount(What::CarriedIn, month.carried, statement.carried_in, shown.carried_in),
		amount(What::Paid, paid, was_paid, shown.paid),
		amount(What::CarriedOut, carried_out, was_carried, shown.carried_out),
	]);
	if month.payee.is_some() || shown.payee.is_some() {
		let payee = or_none(month.payee.map(hexed));
		checks.push(Check::new(What::Payee, payee).shown(shown.payee.as_ref()));
	}
	Ok(checks)
}

/// The lines of the share, and the sum of their rates.
fn lines(month: &Month, weights: &Weights, shown: &Shown) -> Result<(Vec<Check>, RatePerWeight), Refusal> {
	let weight = weights.weight(month.asset)?;
	let proven = month.at_close(month.asset)?.is_some_and(|at| at.facts.is_proven());
	let (mut checks, mut rates, mut found) = (Vec::new(), 0, Vec::new());
	for descendant in month.descendants.iter().copied().filter(|_| weight > 0) {
		let Divided { split: Split { pot, .. }, heirs } = divide(month, weights, descendant)?;
		let recorded = month.pot(descendant);
		if (pot == 0 && recorded == 0) || !heirs.includes(&weights.formula, proven) {
			continue;
		}
		let total = heirs.total(&weights.formula);
		let rate = rate_per_weight(&weights.formula, pot, total).ok_or_else(overflow)?;
		rates = RatePerWeight::checked_add(rates, rate).ok_or_else(overflow)?;
		let amount = share(weight, rate).ok_or_else(overflow)?;
		let line = shown.lines.as_ref().map(|lines| lines.iter().find(|line| line.descendant == descendant));
		let all_shown = !shown.more_lines;
		let says = |of: fn(&ShownLine) -> Option<String>| match line {
			Some(None) if all_shown => Some(NONE.to_string()),
			Some(Some(line)) => of(line),
			_ => None,
		};
		let text = |what, value: &dyn Display| Check::new(what, value).of(descendant);
		checks.push(text(What::Pot, &pot).recorded(recorded).shown(says(|line| texted(line.pot))));
		checks.push(text(What::TotalWeight, &total).shown(says(|line| texted(line.total_weight))));
		checks.push(text(What::Line, &amount).shown(says(|line| texted(line.amount))));
		found.push(descendant);
	}
	for line in shown.lines.iter().flatten().filter(|line| !found.contains(&line.descendant)) {
		let shown = texted(line.amount).unwrap_or_default();
		checks.push(Check::new(What::Line, NONE).of(line.descendant).shown(Some(shown)));
	}
	Ok((checks, rates))
}

/// What an asset took in, divided, and its eligible ancestors.
struct Divided {
	split: Split,
	heirs: Heirs,
}

fn divide(month: &Month, weights: &Weights, asset: AssetId) -> Result<Divided, Refusal> {
	let mut heirs = Heirs::default();
	for ancestor in month.ancestors.get(&asset).into_iter().flatten() {
		let Some(at) = month.at_close(*ancestor)? else { continue };
		if let Some(standing) = at.facts.standing() {
			heirs.add(weights.weight(*ancestor)?, standing);
		}
	}
	let booking = month.booking(asset);
	let split = split(booking.gross, booking.reported, heirs.highest_rate).ok_or_else(overflow)?;
	Ok(Divided { split, heirs })
}

/// Weighs the assets of a month.
struct Weights<'a> {
	month: &'a Month,
	formula: Formula,
	averages: [Option<Bps>; 3],
	/// The units of all active assets, ascending, where all were read.
	units: Option<Vec<Units>>,
}

impl<'a> Weights<'a> {
	fn new(month: &'a Month) -> Self {
		let formula = month.report.formula.formula();
		let active = || month.all_at_close().filter(|(_, at)| at.facts.active);
		let units = month.complete.then(|| {
			let mut units: Vec<_> = active().map(|(asset, _)| month.booking(asset).units).collect();
			units.sort_unstable();
			units
		});
		let average_of = |kind: Kind| {
			let of_kind = active().filter(|(_, at)| at.facts.kind == kind);
			let attested = of_kind.filter_map(|(_, at)| at.facts.quality.filter(|quality| quality.attested));
			let (sum, count) =
				attested.fold((0, 0), |(sum, count), quality| (sum + u64::from(quality.bps), count + 1));
			average(sum, count)
		};
		let averages = if month.complete { Kind::ALL.map(average_of) } else { month.report.averages };
		Self { month, formula, averages, units }
	}

	/// What an asset weighs as an ancestor: nothing if it is not eligible.
	fn weight(&self, asset: AssetId) -> Result<Bps, Refusal> {
		let at = self.month.at_close(asset)?.filter(|at| at.facts.eligible_rate().is_some());
		Ok(at.map_or(0, |at| self.parts(asset, &at).weight))
	}

	fn parts(&self, asset: AssetId, at: &AtClose) -> WeightParts {
		let AssetFacts { quality, impact, minted, kind, .. } = at.facts;
		let average = self.averages[kind.index()];
		let input = WeightInput { quality, average, rank: self.rank(asset, at), impact, minted };
		weigh(&self.formula, &input, self.month.period)
	}

	/// The rank of an asset among all active ones, where all were read; else the recorded one.
	fn rank(&self, asset: AssetId, at: &AtClose) -> Bps {
		let Some(all) = &self.units else { return at.rank };
		if !at.facts.active {
			return 0;
		}
		let units = self.month.booking(asset).units;
		let fewer = all.partition_point(|other| *other < units);
		let equal = all.partition_point(|other| *other <= units) - fewer;
		// There are fewer assets than ids.
		rank(fewer as u32, equal as u32, all.len() as u32)
	}

	/// The steps to an asset's weight.
	fn checks(&self, asset: AssetId, at: &AtClose) -> Vec<Check> {
		let kind = at.facts.kind.index();
		let parts = self.parts(asset, at);
		let (average, rank) = (or_none(self.averages[kind]), self.rank(asset, at));
		let mut checks = Vec::new();
		if self.units.is_some() {
			let recorded = or_none(self.month.report.averages[kind]);
			checks.push(Check::new(What::Average, average).recorded(recorded));
			checks.push(Check::new(What::Rank, rank).recorded(at.rank));
		}
		checks.push(Check::new(What::Quality, parts.quality));
		checks.push(Check::new(What::Usage, parts.usage));
		checks.push(Check::new(What::Impact, parts.impact));
		checks
	}
}

/// What stands for a number that there is none of.
const NONE: &str = "none";

fn or_none(value: Option<impl Display>) -> String {
	value.map_or_else(|| NONE.to_string(), |value| value.to_string())
}

fn texted(value: Option<impl Display>) -> Option<String> {
	value.map(|value| value.to_string())
}

/// Amounts that no settlement can have had: the chain keeps what is booked in a period below 2^80 micro-U.
fn overflow() -> Refusal {
	Refusal::Unreadable { item: BOOKINGS.name() }
}
