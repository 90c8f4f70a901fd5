//! Spreading: each earning asset is split, and its pot's rate is added to the ancestors that share it.
//!
//! A pair of asset and ancestor costs a look at its weight and one addition, in memory.

use super::{Budget, Outcome, StepWeights, columns::Columns};
use crate::{
	Booking, BookingPages, Config, Pallet, Pot, PotPages, PotsPage, Settlement,
	contests::{Contested, Spread},
	settlement::columns::Place,
};
use alloc::vec::Vec;
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetId, Genealogy, Heirs, MicroU, Standing,
	packed::{InPage, unpack},
	pages_below, rate_per_weight, split,
};

/// What spreading one asset after the other needs: pages in memory, and buffers that are used again.
struct Spreading {
	columns: Columns,
	ancestors: Vec<AssetId>,
	/// Eligible ancestors that share in any case.
	first: Vec<Place>,
	/// Those that share only where there are no others.
	rest: Vec<Place>,
	contested: Contested,
}

impl<T: Config> Pallet<T> {
	/// Spreads asset by asset.
	pub(crate) fn spread(settlement: &mut Settlement, budget: &mut Budget) -> Outcome {
		let pages = pages_below(settlement.report.assets);
		let mut spreading = Spreading {
			columns: Columns::new(settlement.period, pages),
			ancestors: Vec::new(),
			first: Vec::new(),
			rest: Vec::new(),
			contested: Contested::load::<T>(settlement.period, settlement.report.closed_at),
		};
		let mut outcome = Outcome::Done;
		while settlement.page < pages {
			if !budget.admits(T::WeightInfo::spread_page(ASSETS_PER_PAGE)) {
				outcome = Outcome::Paused;
				break;
			}
			outcome = Self::spread_page(settlement, &mut spreading, budget);
			if outcome == Outcome::Paused {
				break;
			}
			settlement.page += 1;
			settlement.position = 0;
		}
		spreading.columns.store::<T>();
		spreading.contested.store::<T>();
		outcome
	}

	/// Spreads the booked assets of one page, from the settlement's position on.
	fn spread_page(settlement: &mut Settlement, spreading: &mut Spreading, budget: &mut Budget) -> Outcome {
		let bookings = BookingPages::<T>::get(settlement.period, settlement.page);
		if bookings.is_empty() {
			budget.spend(T::WeightInfo::spread_page(0));
			return Outcome::Done;
		}
		budget.prepare(T::WeightInfo::spread_page(bookings.len()));
		let sets = T::Genealogy::ancestor_sets(settlement.page);
		let mut pots = if settlement.position > 0 {
			PotPages::<T>::get(settlement.period, settlement.page)
		} else {
			PotsPage::default()
		};
		let mut outcome = Outcome::Done;
		let first = settlement.page * ASSETS_PER_PAGE;
		let mut sets = (first..).zip(sets.iter());
		for (asset, booking) in bookings.iter(settlement.page) {
			let set = sets.find(|(next, _)| *next == asset).map(|(_, set)| set);
			if asset - first < settlement.position {
				continue;
			}
			spreading.ancestors.clear();
			// A set of its own is one more page to read.
			let mut apart = 0;
			match set {
				Some(InPage::Packed(set)) => spreading.ancestors.extend(unpack(set)),
				Some(InPage::Apart) => {
					apart = 1;
					spreading.ancestors = T::Genealogy::ancestors(asset);
				}
				None => {}
			}
			let contested = spreading.contested.ancestors_of(asset).count() as u32;
			let number = (spreading.ancestors.len() as u32).saturating_add(contested);
			if !budget.admits(T::WeightInfo::spread_asset(number, number.saturating_add(apart))) {
				outcome = Outcome::Paused;
				settlement.position = asset - first;
				break;
			}
			let (pot, reads) = Self::spread_asset(settlement, spreading, asset, booking);
			budget.spend(T::WeightInfo::spread_asset(number, reads.saturating_add(apart)));
			if let Some(amount) = pot.filter(|amount| *amount > 0) {
				pots.set(asset, Pot { amount });
			}
		}
		if !pots.is_empty() {
			PotPages::<T>::insert(settlement.period, settlement.page, pots);
		}
		outcome
	}

	/// Splits what an asset took in and spreads its pot over its eligible ancestors. Returns the pot, and how many
	/// pages were read.
	fn spread_asset(
		settlement: &mut Settlement,
		spreading: &mut Spreading,
		asset: AssetId,
		booking: &Booking,
	) -> (Option<MicroU>, u32) {
		let Spreading { columns, ancestors, first, rest, contested } = spreading;
		// Where the genealogy does not say what is doubted, there is nothing to hold.
		let agrees =
			|(ancestor, missing): &(AssetId, bool)| *missing == ancestors.binary_search(ancestor).is_err();
		let doubted: Vec<(AssetId, bool)> = contested.ancestors_of(asset).filter(agrees).collect();
		if columns.is_full_with(ancestors.len() + doubted.len()) {
			columns.store::<T>();
		}
		let mut reads = 0;
		let formula = settlement.report.formula.formula();
		let mut heirs = Heirs::default();
		first.clear();
		rest.clear();
		for ancestor in ancestors.iter() {
			let Some(place) = columns.place::<T>(*ancestor, &mut reads) else { continue };
			let (weight, standing) = columns.weight_and_standing(place);
			if weight > 0 {
				heirs.add(weight, standing);
				let waits = formula.proven_first && !standing.proven;
				let places = if waits { &mut *rest } else { &mut *first };
				places.push(place);
			}
		}
		let spread = Spread { booking, heirs };
		for (ancestor, missing) in doubted {
			let place = columns.place::<T>(ancestor, &mut reads);
			let nobody = (0, Standing { rate: 0, proven: false });
			let (weight, standing) = place.map_or(nobody, |place| columns.weight_and_standing(place));
			// Whose share is held, or who has left out whom.
			let (from, amount) = if missing {
				(asset, spread.share_with(&formula, weight, standing))
			} else {
				(ancestor, spread.share_of(&formula, weight, standing.proven))
			};
			contested.want(asset, ancestor, from, amount.filter(|_| weight > 0).unwrap_or_default());
		}
		let sharing = if first.is_empty() { rest } else { first };
		(Self::spread_pot(settlement, columns, sharing, &heirs, booking), reads)
	}

	/// Splits a booking and adds its pot's rate to the ancestors that share it. None on an overflow, which the period's limit
	/// excludes.
	fn spread_pot(
		settlement: &mut Settlement,
		columns: &mut Columns,
		sharing: &[Place],
		heirs: &Heirs,
		booking: &Booking,
	) -> Option<MicroU> {
		let split = split(booking.gross, booking.reported, heirs.highest_rate)?;
		let report = &mut settlement.report;
		report.call_fees = report.call_fees.checked_add(split.own)?;
		report.revenue = report.revenue.checked_add(split.pot)?;
		if split.pot > 0 {
			let formula = report.formula.formula();
			let rate = rate_per_weight(&formula, split.pot, heirs.total(&formula))?;
			report.pots += 1;
			report.pairs += sharing.len() as u64;
			for place in sharing {
				columns.accrue(*place, rate)?;
			}
		}
		Some(split.pot)
	}
}
