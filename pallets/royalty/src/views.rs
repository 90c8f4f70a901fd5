//! Answers for [`heirloom_primitives::api::RoyaltyApi`]. Methods carry the names of the API's.

use crate::{
	AccountIdOf, BookingPages, Closings, Config, CurrentSettlement, LastReported, OpenPeriod, Pallet,
	Reports, Settlement, Statements, UnitCounts, Weighed, WeightPages,
};
use alloc::{collections::BTreeMap, vec::Vec};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Bps, FormulaVersion, Genealogy, MicroU, Page, Period, PeriodReport,
	Phase, Progress, Settling, StatementLine, StatementView, WeightInput, WeightView, page_of, pages_below,
	rate_per_weight, share, slot_of, weigh,
};

/// The most booked assets that one page of statement lines looks at.
const MAX_LINES: u32 = 1_000;

impl<T: Config> Pallet<T> {
	/// What an asset was due and paid for a settled period.
	pub fn statement(asset: AssetId, period: Period) -> Option<StatementView<AccountIdOf<T>>> {
		let statement = Statements::<T>::get(asset, period)?;
		let detailed = Closings::<T>::contains_key(period);
		let units = detailed.then(|| BookingPages::<T>::get(period, page_of(asset)).get(asset).units);
		let weighed = Self::weighed_in(period, asset).filter(|_| statement.weight.is_some());
		let weight = weighed.and_then(|weighed| Self::weight_view(period, &weighed));
		Some(StatementView { asset, period, statement, units, weight })
	}

	fn weight_view(period: Period, weighed: &Weighed) -> Option<WeightView> {
		let report = Reports::<T>::get(period)?;
		let average = report.averages[weighed.facts.kind.index()];
		Some(view_of(report.formula, weighed, average, period))
	}

	/// How an asset stood in a closed period whose detail is kept.
	fn weighed_in(period: Period, asset: AssetId) -> Option<Weighed> {
		WeightPages::<T>::get(period, page_of(asset)).get(slot_of(asset)).copied()
	}

	/// The lines of a statement's share. Looks at booked assets from `from` on, at most `limit` of them.
	pub fn statement_lines(
		asset: AssetId,
		period: Period,
		from: AssetId,
		limit: u32,
	) -> Option<Page<StatementLine>> {
		let report = Reports::<T>::get(period)?;
		let closing = Closings::<T>::get(period)?;
		let mut pages = BTreeMap::new();
		let mut weight_of = |asset| {
			let page =
				pages.entry(page_of(asset)).or_insert_with(|| WeightPages::<T>::get(period, page_of(asset)));
			page.get(slot_of(asset)).map_or(0, |weighed| weighed.weight)
		};
		let weight = weight_of(asset);
		let mut left = limit.clamp(1, MAX_LINES);
		let mut items = Vec::new();
		for page in page_of(from)..pages_below(closing.assets) {
			let bookings = BookingPages::<T>::get(period, page);
			for (descendant, booking) in bookings.iter(page).filter(|(descendant, _)| *descendant >= from) {
				if left == 0 {
					return Some(Page { items, next: Some(descendant) });
				}
				left -= 1;
				let ancestors = T::Genealogy::ancestors(descendant);
				if booking.pot > 0 && weight > 0 && ancestors.binary_search(&asset).is_ok() {
					let weights = ancestors.iter().map(|ancestor| weight_of(*ancestor));
					let total_weight = weights.map(u64::from).sum();
					items.extend(line(report.formula, descendant, booking.pot, weight, total_weight));
				}
			}
		}
		Some(Page { items, next: None })
	}

	/// A settled period's report.
	pub fn period(period: Period) -> Option<PeriodReport> {
		Reports::<T>::get(period)
	}

	/// Where the settlement stands.
	pub fn progress() -> Progress {
		let settling = CurrentSettlement::<T>::get().as_ref().map(Self::settling);
		let waiting = crate::PendingPeriod::<T>::get().map(|period| Settling {
			period,
			phase: Phase::Count,
			done: 0,
			of: 0,
		});
		Progress {
			open: OpenPeriod::<T>::get(),
			settled: LastReported::<T>::get(),
			settling: settling.or(waiting),
		}
	}

	fn settling(settlement: &Settlement) -> Settling {
		let pages = pages_below(settlement.report.assets);
		let (done, of) = match settlement.phase {
			Phase::Rank => (0, UnitCounts::<T>::iter_keys().count() as u32),
			Phase::Report => (0, 0),
			_ => (settlement.page, pages),
		};
		Settling { period: settlement.period, phase: settlement.phase, done, of }
	}
}

/// A line of a share, if pot and weights have one.
pub(crate) fn line(
	formula: FormulaVersion,
	descendant: AssetId,
	pot: MicroU,
	weight: Bps,
	total_weight: u64,
) -> Option<StatementLine> {
	let rate_per_weight = rate_per_weight(&formula.formula(), pot, total_weight)?;
	let amount = share(weight, rate_per_weight)?;
	Some(StatementLine { descendant, pot, total_weight, rate_per_weight, amount })
}

/// A weight with its parts.
pub(crate) fn view_of(
	formula: FormulaVersion,
	weighed: &Weighed,
	average: Option<Bps>,
	period: Period,
) -> WeightView {
	let Weighed { rank, facts: AssetFacts { quality, impact, minted, .. }, .. } = *weighed;
	let input = WeightInput { quality, average, rank, impact, minted };
	WeightView { quality, average, rank, impact, parts: weigh(&formula.formula(), &input, period) }
}

/// The assets of a page below `end`, ascending.
pub(crate) fn assets_of(page: u32, end: AssetId) -> core::ops::Range<AssetId> {
	let first = page * ASSETS_PER_PAGE;
	first..end.min(first.saturating_add(ASSETS_PER_PAGE))
}
