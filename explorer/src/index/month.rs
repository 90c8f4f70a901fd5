//! A month, settled once more: from what was booked and how assets stood at the close, by the formula alone. Nothing that
//! the chain computed goes in, so what comes out is a second opinion. Pure.

use heirloom_primitives::{
	AssetId, AtClose, Booking, Bps, CENT, FormulaVersion, Heirs, Kind, MicroU, Period, RatePerWeight,
	WeightInput, WeightParts, average, rank, rate_per_weight, share, split, weigh, whole_cents,
};
use std::collections::{BTreeMap, HashMap};

/// What a month is settled from.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
	/// The period.
	pub period: Period,
	/// The rule.
	pub formula: FormulaVersion,
	/// The assets as they stood at the close, by id. Of these only the facts are used, not the ranks.
	pub assets: Vec<AtClose>,
	/// What was booked.
	pub bookings: HashMap<AssetId, Booking>,
	/// The ancestors of the assets with a booking.
	pub ancestors: HashMap<AssetId, Vec<AssetId>>,
	/// What was carried out of the settlement before.
	pub carried: HashMap<AssetId, MicroU>,
}

/// What a month comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
	/// Average attested qualities by kind.
	pub averages: [Option<Bps>; 3],
	/// By asset that shared, what it shared.
	pub pots: BTreeMap<AssetId, Shared>,
	/// By asset that was due something: its statement.
	pub statements: BTreeMap<AssetId, Row>,
	/// The pool's part.
	pub pool: MicroU,
}

/// What an asset shared, and among whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
	/// Its pot.
	pub amount: MicroU,
	/// What those ancestors weighed together who share it.
	pub total: u64,
	/// Whether they are the proven ones only.
	pub proven_only: bool,
}

/// What an asset was due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
	/// Its weight, where it shared in a pot.
	pub weight: Option<Bps>,
	/// Its shares.
	pub shared: MicroU,
	/// Its own part of what was booked for it.
	pub call_fees: MicroU,
	/// What it carried in.
	pub carried_in: MicroU,
	/// What is paid: whole cents.
	pub paid: MicroU,
	/// What it carries on.
	pub carried_out: MicroU,
}

/// Settles a month. None where amounts do not fit, which no chain lets happen.
pub fn settle(inputs: &Inputs) -> Option<Settled> {
	let averages = averages(inputs);
	let weights = weights(inputs, &averages);
	let formula = inputs.formula.formula();
	let mut accrued = HashMap::<AssetId, RatePerWeight>::new();
	let mut pots = BTreeMap::new();
	let mut own = BTreeMap::new();
	let mut revenue: MicroU = 0;
	for (asset, booking) in &inputs.bookings {
		let none = Vec::new();
		let ancestors = inputs.ancestors.get(asset).unwrap_or(&none);
		let eligible = ancestors.iter().filter_map(|ancestor| {
			let standing = inputs.assets.get(*ancestor as usize)?.facts.standing()?;
			Some((*ancestor, standing, *weights.get(ancestor)?))
		});
		let eligible: Vec<_> = eligible.collect();
		let mut heirs = Heirs::default();
		eligible.iter().for_each(|(_, standing, weight)| heirs.add(*weight, *standing));
		let split = split(booking.gross, booking.reported, heirs.highest_rate)?;
		own.insert(*asset, split.own);
		if split.pot == 0 {
			continue;
		}
		revenue = revenue.checked_add(split.pot)?;
		let (total, proven_only) = (heirs.total(&formula), heirs.proven_only(&formula));
		pots.insert(*asset, Shared { amount: split.pot, total, proven_only });
		if let Some(rate) = rate_per_weight(&formula, split.pot, total) {
			for (ancestor, _, _) in
				eligible.into_iter().filter(|(_, standing, _)| heirs.includes(&formula, standing.proven))
			{
				let accrual = accrued.entry(ancestor).or_default();
				*accrual = accrual.checked_add(rate)?;
			}
		}
	}
	let mut statements = BTreeMap::<AssetId, Row>::new();
	for (asset, rate) in accrued.into_iter().filter(|(_, rate)| *rate > 0) {
		let weight = *weights.get(&asset)?;
		let row = statements.entry(asset).or_default();
		row.weight = Some(weight);
		row.shared = share(weight, rate)?;
	}
	for (asset, amount) in own {
		statements.entry(asset).or_default().call_fees = amount;
	}
	for (asset, amount) in &inputs.carried {
		statements.entry(*asset).or_default().carried_in = *amount;
	}
	let mut shared: MicroU = 0;
	for row in statements.values_mut() {
		shared = shared.checked_add(row.shared)?;
		let due = row.shared.checked_add(row.call_fees)?.checked_add(row.carried_in)?;
		(row.paid, row.carried_out) = if due < CENT { (0, due) } else { whole_cents(due) };
	}
	statements.retain(|_, row| row.shared + row.call_fees + row.carried_in > 0);
	Some(Settled { averages, pots, statements, pool: revenue.checked_sub(shared)? })
}

fn averages(inputs: &Inputs) -> [Option<Bps>; 3] {
	Kind::ALL.map(|kind| {
		let of_kind =
			inputs.assets.iter().map(|at| at.facts).filter(|facts| facts.active && facts.kind == kind);
		let attested = of_kind.filter_map(|facts| facts.quality).filter(|quality| quality.attested);
		let (sum, count) =
			attested.fold((0, 0), |(sum, count), quality| (sum + u64::from(quality.bps), count + 1));
		average(sum, count)
	})
}

/// By numbers of units, how many active assets were used just as many: what ranks are of.
pub fn unit_counts(inputs: &Inputs) -> BTreeMap<u64, u32> {
	let mut counts = BTreeMap::<u64, u32>::new();
	for (asset, _) in (0..).zip(&inputs.assets).filter(|(_, at)| at.facts.active) {
		*counts.entry(units(inputs, asset)).or_default() += 1;
	}
	counts
}

/// Units that count as an asset's use: those that somebody else than its creator and its owner paid for.
fn units(inputs: &Inputs, asset: AssetId) -> u64 {
	inputs.bookings.get(&asset).map_or(0, |booking| booking.units)
}

/// The weights of all eligible ancestors.
fn weights(inputs: &Inputs, averages: &[Option<Bps>; 3]) -> HashMap<AssetId, Bps> {
	let counts = unit_counts(inputs);
	let count = counts.values().sum();
	let mut ranks = HashMap::new();
	let mut fewer = 0;
	for (units, equal) in counts {
		ranks.insert(units, rank(fewer, equal, count));
		fewer += equal;
	}
	let eligible = (0..).zip(&inputs.assets).filter(|(_, at)| at.facts.eligible_rate().is_some());
	let weighed = eligible.map(|(asset, at)| {
		let rank = ranks.get(&units(inputs, asset)).copied().unwrap_or_default();
		let parts = parts(inputs.formula, at, rank, averages[at.facts.kind.index()], inputs.period);
		(asset, parts.weight)
	});
	weighed.collect()
}

/// How a weight comes about.
pub fn parts(
	formula: FormulaVersion,
	at: &AtClose,
	rank: Bps,
	average: Option<Bps>,
	period: Period,
) -> WeightParts {
	let facts = at.facts;
	let input =
		WeightInput { quality: facts.quality, average, rank, impact: facts.impact, minted: facts.minted };
	weigh(&formula.formula(), &input, period)
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::{AssetFacts, U};

	fn asset(rate: Option<Bps>) -> AtClose {
		let facts = AssetFacts {
			kind: Kind::Data,
			active: true,
			share_rate: rate,
			quality: None,
			impact: 0,
			minted: Period(0),
		};
		AtClose { rank: 0, facts }
	}

	fn booked(units: u64, gross: MicroU, reported: MicroU) -> Booking {
		Booking { units, gross, reported }
	}

	fn month() -> Inputs {
		Inputs {
			period: Period(24_314),
			assets: vec![asset(Some(5_000)), asset(Some(2_000)), asset(None)],
			bookings: [(2, booked(3, 0, 100 * U))].into(),
			ancestors: [(2, vec![0, 1])].into(),
			..Inputs::default()
		}
	}

	#[test]
	fn ancestors_of_equal_weight_share_eighty_percent_alike() {
		let settled = settle(&month()).unwrap();
		let shares: Vec<_> = [0, 1].map(|asset| settled.statements[&asset].shared).into();
		assert_eq!(shares, [40 * U; 2]);
		assert_eq!(settled.pool, 20 * U);
		let weight = u64::from(settled.statements[&0].weight.unwrap());
		assert_eq!(settled.pots[&2], Shared { amount: 100 * U, total: 2 * weight, proven_only: false });
	}

	#[test]
	fn proven_ancestors_share_alone_by_the_second_version() {
		let mut inputs = Inputs { formula: FormulaVersion::V2, ..month() };
		inputs.assets[1].facts.impact = 1;
		let settled = settle(&inputs).unwrap();
		assert!(!settled.statements.contains_key(&0));
		assert_eq!((settled.statements[&1].shared, settled.pool), (80 * U, 20 * U));
		assert!(settled.pots[&2].proven_only);
	}

	#[test]
	fn without_an_eligible_ancestor_all_stays() {
		let settled = settle(&Inputs { ancestors: HashMap::new(), ..month() }).unwrap();
		assert_eq!(settled.statements[&2], Row { call_fees: 100 * U, paid: 100 * U, ..Row::default() });
		assert!(settled.pots.is_empty());
	}

	#[test]
	fn highest_rate_of_the_ancestors_splits_call_fees() {
		let settled = settle(&Inputs { bookings: [(2, booked(3, 10 * U, 0))].into(), ..month() }).unwrap();
		assert_eq!((settled.pots[&2].amount, settled.statements[&2].call_fees), (5 * U, 5 * U));
	}

	#[test]
	fn units_are_counted_of_active_assets() {
		let mut inputs = Inputs { bookings: [(1, booked(7, U, 0)), (2, booked(3, U, 0))].into(), ..month() };
		assert_eq!(unit_counts(&inputs), BTreeMap::from([(0, 1), (3, 1), (7, 1)]));
		inputs.assets[2].facts.active = false;
		assert_eq!(unit_counts(&inputs), BTreeMap::from([(0, 1), (7, 1)]));
		// Its own owner's use is booked without units.
		inputs.bookings.insert(1, booked(0, U, 0));
		assert_eq!(unit_counts(&inputs), BTreeMap::from([(0, 2)]));
	}

	#[test]
	fn less_than_a_cent_is_carried() {
		let inputs =
			Inputs { bookings: [(2, booked(1, 9_000, 0))].into(), ancestors: HashMap::new(), ..month() };
		let row = settle(&inputs).unwrap().statements[&2];
		assert_eq!((row.paid, row.carried_out), (0, 9_000));
		let carried = Inputs { carried: [(2, 1_500)].into(), ..inputs };
		let row = settle(&carried).unwrap().statements[&2];
		assert_eq!((row.paid, row.carried_out), (10_000, 500));
	}
}
