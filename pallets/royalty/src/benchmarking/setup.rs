//! Full pages for the benchmarks, and settlements that stand before one step.

use crate::{
	AccountIdOf, AccrualPages, AccrualsPage, Booking, BookingPages, BookingsPage, Carry, CarryPage,
	CarryPages, Closing, Closings, Config, Contest, CurrentRule, DuePages, DuesPage, NextRule, OpenContests,
	PackedStanding, Pot, PotPages, PotsPage, Rule, Settlement, UnitDirectory, UnitPages, WeightPages,
	WeightsPage,
	settlement::Budget,
	units::{Directory, UNITS_PER_PAGE, UnitsEntry, UnitsPage},
};
use alloc::{collections::BTreeMap, vec, vec::Vec};
use codec::Encode;
use frame_benchmarking::v2::*;
use frame_support::{
	Blake2_128, BoundedVec, StorageHasher,
	traits::{Get, fungible::Mutate},
	weights::Weight,
};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, CENT, FormulaVersion, GenealogySetup, Kind, MicroU, Moment, ONE,
	PAYEE_BUCKETS, PAYEES_PER_PAGE, PageIndex, PayeeIndex, Period, PeriodReport, Phase, Quality, Standing, U,
	Units, page_of,
};
use sp_runtime::DispatchError;

/// The period that is settled: March 2026.
pub const PERIOD: Period = Period(12 * 2026 + 2);

/// Slots of a page.
pub(super) const PAGE: u32 = ASSETS_PER_PAGE;

/// What payees are due, and assets take in: amounts that take all the bytes that real ones take.
pub(super) const AMOUNT: MicroU = 1_000_000 * U + 1;

/// Facts of an asset that takes part in everything.
pub(super) fn facts() -> AssetFacts {
	AssetFacts {
		kind: Kind::Model,
		active: true,
		share_rate: Some(ONE),
		quality: Some(Quality { bps: ONE, attested: true }),
		impact: ONE,
		minted: PERIOD,
	}
}

/// A settlement of this many assets before the first step of a phase.
pub(super) fn settlement(phase: Phase, assets: AssetId) -> Settlement {
	let report = PeriodReport { assets, active: assets, averages: [Some(ONE); 3], ..Default::default() };
	Settlement {
		period: PERIOD,
		phase,
		page: 0,
		position: 0,
		qualities: Default::default(),
		ranked: 0,
		due: 0,
		report,
	}
}

/// A budget for as many steps as there are.
pub(super) fn unlimited() -> Budget {
	Budget::spare(Weight::MAX)
}

/// Notes the close of a period with this many assets.
pub(super) fn note_close<T: Config>(period: Period, assets: AssetId, next: Option<Period>) {
	let closing = Closing { assets, at: 0, block: 0, formula: FormulaVersion::default(), next };
	Closings::<T>::insert(period, closing);
}

/// Has the second rule decided on, from a period on.
pub(super) fn decide<T: Config>(from: Period) {
	let next = NextRule { from, formula: FormulaVersion::V2 };
	CurrentRule::<T>::put(Rule { current: FormulaVersion::V1, next: Some(next) });
}

/// Opens as many contests as there can be: these, and others of an asset each from the first on.
pub(super) fn fill_contests<T: Config>(of: &[(AssetId, AssetId)]) {
	let others = (0..T::MaxContests::get() - of.len() as u32).map(|asset| (asset, asset + 1));
	let mut contests: Vec<_> = others.chain(of.iter().copied()).map(contest).collect();
	contests.sort_unstable_by_key(Contest::pair);
	OpenContests::<T>::put(BoundedVec::truncate_from(contests));
}

/// A contest of an ancestor that is said to be inserted.
fn contest((derivative, ancestor): (AssetId, AssetId)) -> Contest {
	let (since, until) = (Period::default(), Moment::MAX);
	Contest { derivative, ancestor, missing: false, since, until, wanted: None, held: AMOUNT }
}

/// A booking with these units.
pub(super) fn booking(units: Units) -> Booking {
	Booking { units, gross: AMOUNT, reported: AMOUNT }
}

/// Books for the last assets of a page, the `n`th of them with `units(n)`.
pub(super) fn book_last<T: Config>(
	period: Period,
	page: PageIndex,
	booked: u32,
	units: impl Fn(u32) -> Units,
) {
	let mut bookings = BookingsPage::default();
	for number in 0..booked {
		bookings.set((page + 1) * PAGE - booked + number, booking(units(number)));
	}
	BookingPages::<T>::insert(period, page, bookings);
}

/// Writes the weights of a whole page.
pub(super) fn fill_weights<T: Config>(period: Period, page: PageIndex) {
	let standing = PackedStanding::from(Standing { rate: ONE, proven: true });
	let weights = BoundedVec::truncate_from(vec![ONE; PAGE as usize]);
	let standings = BoundedVec::truncate_from(vec![standing; PAGE as usize]);
	WeightPages::<T>::insert(period, page, WeightsPage { weights, standings });
}

/// Writes the pots of a whole page.
pub(super) fn fill_pots<T: Config>(period: Period, page: PageIndex) {
	let mut pots = PotsPage::default();
	for asset in page * PAGE..(page + 1) * PAGE {
		pots.set(asset, Pot { amount: AMOUNT });
	}
	PotPages::<T>::insert(period, page, pots);
}

/// Writes the accruals of a whole page.
pub(super) fn fill_accruals<T: Config>(page: PageIndex) {
	AccrualPages::<T>::insert(page, AccrualsPage::truncate_from(vec![AMOUNT << 48; PAGE as usize]));
}

/// Full pages of numbers of units with their counts: the `n`th number of page `p` is `1,000 × p + n`.
pub(super) fn fill_units<T: Config>(pages: u32) {
	let first = |page: PageIndex| Units::from(page) * 1_000;
	let entry = |page, number| UnitsEntry { units: first(page) + Units::from(number), value: 2 };
	for page in 0..pages {
		let entries = (0..UNITS_PER_PAGE).map(|number| entry(page, number)).collect();
		UnitPages::<T>::insert(page, UnitsPage::truncate_from(entries));
	}
	UnitDirectory::<T>::put(Directory::truncate_from((0..pages).map(|page| (first(page), page)).collect()));
}

/// Ancestors of one asset: one in each of `pages` pages, and `more` in the same pages.
pub(super) fn ancestors(pages: u32, more: u32) -> Vec<AssetId> {
	let wide = pages.max(more.div_ceil(PAGE - 1)).max(1);
	let others = (0..more).map(|number| number % wide * PAGE + 1 + number / wide);
	let mut ancestors: Vec<_> = (0..pages).map(|page| page * PAGE).chain(others).collect();
	ancestors.sort_unstable();
	ancestors
}

/// Gives the first `earning` assets of a page everything that can be due: fees, a pot, shares, and what was carried.
pub(super) fn earn<T: Config>(page: PageIndex, earning: u32) {
	let (mut bookings, mut pots, mut carries) =
		(BookingsPage::default(), PotsPage::default(), CarryPage::default());
	let mut accruals = vec![0; PAGE as usize];
	for (asset, accrued) in (page * PAGE..).zip(accruals.iter_mut()).take(earning as usize) {
		bookings.set(asset, booking(1));
		pots.set(asset, Pot { amount: AMOUNT });
		carries.set(asset, Carry { amount: CENT - 1 });
		*accrued = U << 48;
	}
	BookingPages::<T>::insert(PERIOD, page, bookings);
	PotPages::<T>::insert(PERIOD, page, pots);
	CarryPages::<T>::insert(page, carries);
	AccrualPages::<T>::insert(page, AccrualsPage::truncate_from(accruals));
	fill_weights::<T>(PERIOD, page);
}

/// Books for the last `booked` assets of a page behind all `ancestors`, which are the last one's; the others have one.
pub(super) fn before_spreading<T: Config<Genealogy: GenealogySetup<AccountIdOf<T>>>>(
	booked: u32,
	ancestors: Vec<AssetId>,
) -> Settlement {
	let page = ancestors.last().map_or(1, |last| page_of(*last) + 1);
	for page in 0..page {
		fill_weights::<T>(PERIOD, page);
		fill_accruals::<T>(page);
	}
	T::Genealogy::fill_page(page, facts(), &[0]);
	T::Genealogy::derive(page, &account("creator", 0, 0), &ancestors);
	book_last::<T>(PERIOD, page, booked, |_| 1);
	let last = (page + 1) * PAGE - 1;
	let doubted: Vec<_> = ancestors.last().map(|ancestor| (last, *ancestor)).into_iter().collect();
	fill_contests::<T>(&doubted);
	let mut settlement = settlement(Phase::Spread, (page + 1) * PAGE);
	settlement.page = page;
	settlement
}

/// A page of assets of which `stated` are due something to payees of one page, `unknown` to payees that must be looked
/// up, each of another bucket, and `apart` to payees each of another page.
pub(super) fn before_due<T: Config<Genealogy: GenealogySetup<AccountIdOf<T>>>>(
	stated: u32,
	unknown: u32,
	apart: u32,
) {
	T::Genealogy::fill_page(0, facts(), &[]);
	fill_contests::<T>(&[]);
	earn::<T>(0, stated + unknown + apart);
	let in_first = (0..stated).map(Some);
	let nobody = (0..unknown).map(|_| None);
	let in_others = (1..=apart).map(|page| Some(page * PAYEES_PER_PAGE));
	let mut payees: Vec<_> = in_first.chain(nobody).chain(in_others).collect();
	payees.resize(PAGE as usize, None);
	T::Genealogy::remember_payees(0, payees);
	for (asset, owner) in (stated..stated + unknown).zip(owners::<T>()) {
		T::Genealogy::give(asset, &owner);
	}
	for page in 0..=apart {
		owe::<T>(page, PAYEES_PER_PAGE);
	}
	number_payees::<T>(apart + 1, PAYEES_PER_PAGE / 2);
}

/// A page of payees of which this many are due something, and a pot to pay it from.
pub(super) fn before_paying<T: Config<Genealogy: GenealogySetup<AccountIdOf<T>>>>(
	payees: u32,
) -> Result<(), DispatchError> {
	number_payees::<T>(0, PAYEES_PER_PAGE);
	owe::<T>(0, payees);
	fund_pot::<T>()
}

/// The account of a payee.
pub(super) fn payee<T: Config>(index: PayeeIndex) -> AccountIdOf<T> {
	account("payee", index, 0)
}

/// Accounts of which each belongs to another bucket of payees.
pub(super) fn owners<T: Config>() -> Vec<AccountIdOf<T>> {
	let mut owners = BTreeMap::new();
	for index in 0..PAYEE_BUCKETS * 4 {
		let owner: AccountIdOf<T> = account("owner", index, 0);
		owners.entry(owner.using_encoded(Blake2_128::hash)[0]).or_insert(owner);
	}
	owners.into_values().collect()
}

/// Numbers the accounts of a page of payees, of which the first `count` exist.
pub(super) fn number_payees<T: Config<Genealogy: GenealogySetup<AccountIdOf<T>>>>(
	page: PageIndex,
	count: u32,
) {
	let first = page * PAYEES_PER_PAGE;
	T::Genealogy::number_payees(page, (first..first + count).map(payee::<T>).collect());
}

/// Makes this many payees of a page due something.
pub(super) fn owe<T: Config>(page: PageIndex, payees: u32) {
	let dues = (0..PAYEES_PER_PAGE).map(|slot| if slot < payees { AMOUNT } else { 0 });
	DuePages::<T>::insert(page, DuesPage::truncate_from(dues.collect()));
}

/// Gives an account U beside what it has.
pub(super) fn fund<T: Config>(who: &AccountIdOf<T>) -> Result<(), DispatchError> {
	T::U::mint_into(who, 1_000 * AMOUNT)?;
	Ok(())
}

/// Gives the pot what it is to pay out.
pub(super) fn fund_pot<T: Config>() -> Result<(), DispatchError> {
	fund::<T>(&T::PotAccount::get())
}
