//! An asset's open period so far, as if it were closed now. Read by nodes, never by a block: it looks at all assets.

use crate::{
	AtClose, Booking, BookingPages, CarryPages, Config, OpenPeriod, Pallet,
	settlement::weigh::weight_of,
	views::{assets_of, view_of},
};
use alloc::{collections::BTreeMap, vec::Vec};
use heirloom_primitives::{
	AssetFacts, AssetId, Bps, Estimate, FormulaVersion, Genealogy, Kind, Period, Units, average, page_of,
	pages_below, rank, rate_per_weight, share, split,
};

/// All facts and bookings as they stand now.
struct Now {
	period: Period,
	facts: Vec<AssetFacts>,
	bookings: BTreeMap<AssetId, Booking>,
	averages: [Option<Bps>; 3],
	ranks: BTreeMap<Units, Bps>,
}

impl Now {
	fn read<T: Config>() -> Self {
		let period = OpenPeriod::<T>::get();
		let end = T::Genealogy::next_asset();
		let (mut facts, mut bookings) = (Vec::new(), BTreeMap::new());
		for page in 0..pages_below(end) {
			facts.extend(T::Genealogy::facts_page(page).into_iter().take(assets_of(page, end).len()));
			let booked = BookingPages::<T>::get(period, page);
			bookings.extend(booked.iter(page).map(|(asset, booking)| (asset, *booking)));
		}
		let mut now = Self { period, facts, bookings, averages: [None; 3], ranks: BTreeMap::new() };
		now.averages = Kind::ALL.map(|kind| now.average(kind));
		now.rank_all();
		now
	}

	fn active(&self) -> impl Iterator<Item = (AssetId, &AssetFacts)> {
		(0..).zip(&self.facts).filter(|(_, facts)| facts.active)
	}

	fn average(&self, kind: Kind) -> Option<Bps> {
		let of_kind = self.active().filter(|(_, facts)| facts.kind == kind);
		let attested: Vec<u64> = of_kind
			.filter_map(|(_, facts)| facts.quality.filter(|quality| quality.attested))
			.map(|quality| quality.bps.into())
			.collect();
		average(attested.iter().sum(), attested.len() as u32)
	}

	fn units(&self, asset: AssetId) -> Units {
		self.bookings.get(&asset).map_or(0, |booking| booking.units)
	}

	fn rank_all(&mut self) {
		let mut counts = BTreeMap::<Units, u32>::new();
		for (asset, _) in self.active() {
			*counts.entry(self.units(asset)).or_default() += 1;
		}
		let (mut fewer, active) = (0, counts.values().sum());
		for (units, equal) in counts {
			self.ranks.insert(units, rank(fewer, equal, active));
			fewer += equal;
		}
	}

	/// An asset as it would stand if the period were closed now, with its weight.
	fn weighed(&self, asset: AssetId) -> Option<Weighed> {
		let facts = *self.facts.get(asset as usize)?;
		let average = self.averages[facts.kind.index()];
		let rank = self.ranks.get(&self.units(asset)).filter(|_| facts.active).copied().unwrap_or_default();
		let formula = FormulaVersion::default().formula();
		let weight = weight_of(&formula, &facts, average, rank, self.period);
		Some(Weighed { weight, average, at: AtClose { rank, facts } })
	}
}

/// See [`Now::weighed`].
struct Weighed {
	weight: Bps,
	average: Option<Bps>,
	at: AtClose,
}

impl<T: Config> Pallet<T> {
	/// See [`heirloom_primitives::api::RoyaltyApi::estimate`].
	pub fn estimate(asset: AssetId) -> Option<Estimate> {
		let now = Now::read::<T>();
		let own = now.weighed(asset)?;
		let version = FormulaVersion::default();
		let (mut accrued, mut call_fees) = (0u128, 0);
		for (descendant, booking) in &now.bookings {
			let ancestors = T::Genealogy::ancestors(*descendant);
			let concerned = *descendant == asset || ancestors.binary_search(&asset).is_ok();
			if !concerned {
				continue;
			}
			let eligible: Vec<Weighed> = ancestors
				.iter()
				.filter_map(|ancestor| now.weighed(*ancestor))
				.filter(|weighed| weighed.weight > 0)
				.collect();
			let highest_rate = eligible.iter().filter_map(|weighed| weighed.at.facts.eligible_rate()).max();
			let split = split(booking.gross, booking.reported, highest_rate)?;
			if *descendant == asset {
				call_fees = split.own;
			} else if split.pot > 0 {
				let total = eligible.iter().map(|weighed| u64::from(weighed.weight)).sum();
				accrued = accrued.checked_add(rate_per_weight(&version.formula(), split.pot, total)?)?;
			}
		}
		let booking = now.bookings.get(&asset).copied().unwrap_or_default();
		Some(Estimate {
			period: now.period,
			units: booking.units,
			gross: booking.gross,
			reported: booking.reported,
			call_fees,
			shared: share(own.weight, accrued)?,
			carried_in: CarryPages::<T>::get(page_of(asset)).get(asset).amount,
			weight: (own.weight > 0).then(|| view_of(version, &own.at, own.average, now.period)),
		})
	}
}
