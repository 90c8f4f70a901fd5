//! Answers for [`heirloom_primitives::api::RoyaltyApi`]. Methods carry the names of the API's.

use crate::{
	AccountIdOf, AtClose, BookingPages, ClosePages, Closings, Config, CurrentSettlement, DuePages,
	LastReported, OpenPeriod, PackedStatement, Pallet, PotPages, Reports, Settlement, StatementPages,
	UnitDirectory, WeightPages,
};
use alloc::{collections::BTreeMap, vec::Vec};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Bps, FormulaVersion, Genealogy, Heirs, MicroU, PAYEE_BUCKETS, Page,
	Period, PeriodReport, Phase, Progress, Settling, Standing, Statement, StatementLine, StatementView,
	WeightInput, WeightView, page_of, pages_below, payee_bucket_of_page, payee_page_of, payee_slot_of,
	rate_per_weight, share, slot_of, weigh,
};

/// The most assets with a pot that one page of statement lines looks at.
const MAX_LINES: u32 = 1_000;

impl<T: Config> Pallet<T> {
	/// What an asset was due and paid for a settled period. While one is being settled, what is stated already is not paid yet.
	pub fn statement(asset: AssetId, period: Period) -> Option<StatementView<AccountIdOf<T>>> {
		Reports::<T>::contains_key(period).then_some(())?;
		let statement = Self::stated(asset, period)?;
		let detailed = Closings::<T>::contains_key(period);
		let units = detailed.then(|| BookingPages::<T>::get(period, page_of(asset)).get(asset).units);
		let weight = statement.weight.and_then(|_| Self::weight_view(period, asset));
		Some(StatementView { asset, period, statement, units, weight })
	}

	/// A statement, unpacked.
	pub(crate) fn stated(asset: AssetId, period: Period) -> Option<Statement<AccountIdOf<T>>> {
		let packed = StatementPages::<T>::get(period, page_of(asset)).get(asset);
		let (paid, carried_out) = packed.divided().filter(|_| packed != PackedStatement::default())?;
		let PackedStatement { weight, shared, call_fees, carried_in, payee } = packed;
		let account = |index| {
			let accounts = T::Genealogy::payee_accounts(payee_page_of(index));
			accounts.into_iter().nth(payee_slot_of(index))
		};
		let payee = payee.and_then(account);
		Some(Statement { weight, shared, call_fees, carried_in, paid, carried_out, payee })
	}

	/// What could not be delivered to an account yet, in micro-U.
	pub fn held(payee: &AccountIdOf<T>) -> MicroU {
		let index = T::Genealogy::payee_index(payee).filter(|_| !CurrentSettlement::<T>::exists());
		let due = |index| DuePages::<T>::get(payee_page_of(index)).get(payee_slot_of(index)).copied();
		index.and_then(due).unwrap_or_default()
	}

	/// How the weight of an asset in a closed period came about, while its detail is kept.
	fn weight_view(period: Period, asset: AssetId) -> Option<WeightView> {
		let report = Reports::<T>::get(period)?;
		let at = ClosePages::<T>::get(period, page_of(asset)).get(slot_of(asset)).copied()?;
		Some(view_of(report.formula, &at, report.averages[at.facts.kind.index()], period))
	}

	/// The lines of a statement's share. Looks at assets with a pot from `from` on, at most `limit` of them.
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
			let weight = page.weights.get(slot_of(asset)).copied().unwrap_or_default();
			let standing = page.standings.get(slot_of(asset)).copied().unwrap_or_default();
			(weight, Standing::from(standing))
		};
		let (weight, Standing { proven, .. }) = weight_of(asset);
		let formula = report.formula.formula();
		let mut left = limit.clamp(1, MAX_LINES);
		let mut items = Vec::new();
		for page in page_of(from)..pages_below(closing.assets) {
			let pots = PotPages::<T>::get(period, page);
			for (descendant, pot) in pots.iter(page).filter(|(descendant, _)| *descendant >= from) {
				if left == 0 {
					return Some(Page { items, next: Some(descendant) });
				}
				left -= 1;
				let ancestors = T::Genealogy::ancestors(descendant);
				if weight > 0 && ancestors.binary_search(&asset).is_ok() {
					let mut heirs = Heirs::default();
					let weighed = ancestors.iter().map(|ancestor| weight_of(*ancestor));
					weighed.filter(|(weight, _)| *weight > 0).for_each(|(weight, of)| heirs.add(weight, of));
					if heirs.includes(&formula, proven) {
						let total_weight = heirs.total(&formula);
						items.extend(line(report.formula, descendant, pot.amount, weight, total_weight));
					}
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
			Phase::Rank => (settlement.page, UnitDirectory::<T>::decode_len().unwrap_or_default() as u32),
			Phase::Pay => (payee_bucket_of_page(settlement.page), PAYEE_BUCKETS),
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
	at: &AtClose,
	average: Option<Bps>,
	period: Period,
) -> WeightView {
	let AtClose { rank, facts: AssetFacts { quality, impact, minted, .. } } = *at;
	let input = WeightInput { quality, average, rank, impact, minted };
	WeightView { quality, average, rank, impact, parts: weigh(&formula.formula(), &input, period) }
}

/// The assets of a page below `end`, ascending.
pub(crate) fn assets_of(page: u32, end: AssetId) -> core::ops::Range<AssetId> {
	let first = page * ASSETS_PER_PAGE;
	first..end.min(first.saturating_add(ASSETS_PER_PAGE))
}
