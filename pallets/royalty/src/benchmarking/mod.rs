//! Benchmarks of the calls and of a settlement's steps at their worst: pages are full, and whatever a step counts apart
//! lies in a page of its own.
//!
//! A step is measured as a phase that has only this step to do, so each includes what a phase does once a hook. What a
//! component costs is linear, so those that take long to set up, or divide the 256 assets of a page between them, are
//! varied up to a part of what they can be. The runner varies each component while the others are at their greatest, so
//! one that costs little is not measured together with one that costs much.

mod setup;

use crate::{
	AtClose, BookingPages, Call, ClosePage, ClosePages, Config, CurrentRule, CurrentSettlement, DuePages,
	LastClosed, NextRule, OldestDetail, OpenPeriod, Pallet, PendingPeriod, PotPages, Reports, Rule, Start,
	StatementPages, Totals, UnitPages, WeightPages,
	settlement::{Budget, Outcome},
	types::AccountIdOf,
};
use alloc::{collections::BTreeMap, vec};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{EnsureOrigin, Get, OnTimestampSet, fungible::Inspect},
	weights::Weight,
};
use frame_system::RawOrigin;
use heirloom_primitives::{
	AssetFacts, Contests, FormulaVersion, Genealogy, GenealogySetup, HeldFor, Moment, PAYEES_PER_PAGE,
	Period, Phase, Units, page_of,
};
pub use setup::PERIOD;
use setup::*;
use sp_runtime::traits::StaticLookup;

/// The first moment of April 2026.
const APRIL: Moment = 1_775_001_600_000;

#[benchmarks(where T::Genealogy: GenealogySetup<AccountIdOf<T>>)]
mod benches {
	use super::*;

	/// Reporting revenue of an asset with `a` ancestors of which the last is the only eligible one. Settling the asset is
	/// not counted.
	#[benchmark]
	fn report_revenue(a: Linear<1, { 2 * PAGE }>) -> Result<(), BenchmarkError> {
		OpenPeriod::<T>::put(PERIOD);
		for page in 0..a {
			let share_rate = facts().share_rate.filter(|_| page + 1 == a);
			T::Genealogy::fill_page(page, AssetFacts { share_rate, ..facts() }, &[]);
		}
		T::Genealogy::fill_page(a, facts(), &[]);
		let creator = account("creator", 0, 0);
		fund::<T>(&creator)?;
		let asset = T::Genealogy::derive(a, &creator, &ancestors(a, 0));
		book_last::<T>(PERIOD, a, PAGE, |_| 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(creator), asset, AMOUNT);

		assert_eq!(Totals::<T>::get(PERIOD), AMOUNT);
		Ok(())
	}

	/// Claiming, which opens the account.
	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		number_payees::<T>(0, PAYEES_PER_PAGE);
		owe::<T>(0, PAYEES_PER_PAGE);
		fund_pot::<T>()?;
		let claimant = payee::<T>(0);

		#[extrinsic_call]
		_(RawOrigin::Signed(account("caller", 0, 0)), T::Lookup::unlookup(claimant.clone()));

		assert_eq!(T::U::balance(&claimant), AMOUNT);
		Ok(())
	}

	/// Ending a contest and booking what was held for it; settling the derivative once more is not counted.
	#[benchmark]
	fn end_contest() -> Result<(), BenchmarkError> {
		OpenPeriod::<T>::put(PERIOD);
		fill_contests::<T>(&[]);
		let last = T::MaxContests::get() - 1;
		book_last::<T>(PERIOD, page_of(last), PAGE, |_| 1);

		#[block]
		{
			<Pallet<T> as Contests>::end(last, last + 1, HeldFor::Revenue)?;
		}

		assert_eq!(BookingPages::<T>::get(PERIOD, page_of(last)).get(last).reported, 2 * AMOUNT);
		Ok(())
	}

	/// Deciding on another rule in place of one that holds by now.
	#[benchmark]
	fn set_formula() -> Result<(), BenchmarkError> {
		let origin = T::FormulaOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)?;
		OpenPeriod::<T>::put(PERIOD);
		decide::<T>(PERIOD);
		let next = NextRule { from: PERIOD.plus(1), formula: FormulaVersion::V1 };

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, next.formula, next.from);

		assert_eq!(CurrentRule::<T>::get(), Rule { current: FormulaVersion::V2, next: Some(next) });
		Ok(())
	}

	/// Closing a period, which the clock does in a block's first transaction.
	#[benchmark]
	fn close() {
		let before = Period(PERIOD.0 - 1);
		Start::<T>::put(0);
		OpenPeriod::<T>::put(PERIOD);
		decide::<T>(PERIOD);
		note_close::<T>(before, PAGE, None);
		LastClosed::<T>::put(before);

		#[block]
		{
			Pallet::<T>::on_timestamp_set(APRIL);
		}

		assert_eq!(PendingPeriod::<T>::get(), Some(PERIOD));
		assert_eq!(OpenPeriod::<T>::get(), PERIOD.plus(1));
	}

	/// Looking whether there is anything to settle, and beginning it.
	#[benchmark]
	fn look() {
		fill_contests::<T>(&[]);
		note_close::<T>(PERIOD, PAGE, None);
		PendingPeriod::<T>::put(PERIOD);

		#[block]
		{
			Pallet::<T>::settle(Budget::spare(Weight::zero()));
		}

		assert!(CurrentSettlement::<T>::exists());
	}

	/// Counting a page of assets of which `b` have a booking, each with another number of units that no asset before
	/// them had.
	#[benchmark]
	fn count(b: Linear<0, { PAGE }>) {
		T::Genealogy::fill_page(0, facts(), &[]);
		book_last::<T>(PERIOD, 0, b, |number| Units::from(number) * 1_000 + 1);
		let mut settlement = settlement(Phase::Count, PAGE);
		let before = 1 << 16;
		let mut counted: BTreeMap<Units, u32> = (0..before).map(|number| (number * 4, 1)).collect();
		let booked;

		#[block]
		{
			booked = Pallet::<T>::count_page(&mut settlement, &mut counted);
		}

		assert_eq!(booked, b);
		assert_eq!(counted.len() as u64, before + u64::from(b));
	}

	/// Adding counts of units to their pages, of which `p` are written.
	#[benchmark]
	fn add_counts(p: Linear<1, 512>) {
		fill_units::<T>(p);
		let counts = (0..p).map(|page| (Units::from(page) * 1_000, 1)).collect();
		let written;

		#[block]
		{
			written = Pallet::<T>::add_counts(counts);
		}

		assert_eq!(written, p);
		assert_eq!(UnitPages::<T>::get(p - 1).first().map(|entry| entry.value), Some(3));
	}

	/// Ranking one page of numbers of units.
	#[benchmark]
	fn rank() {
		fill_units::<T>(1);
		let mut settlement = settlement(Phase::Rank, PAGE * 4);
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::rank(&mut settlement, &mut unlimited());
		}

		assert_eq!((outcome, settlement.ranked), (Outcome::Done, PAGE * 4));
	}

	/// Weighing a page of assets of which `b` have a booking, and reading `p` pages of ranks for it.
	#[benchmark]
	fn weigh(b: Linear<0, { PAGE - 16 }>, p: Linear<0, 16>) {
		T::Genealogy::fill_page(0, facts(), &[]);
		fill_units::<T>(p + 1);
		let units = |number| if number < b { 1 + number } else { (number - b + 1) * 1_000 };
		book_last::<T>(PERIOD, 0, b + p, |number| units(number).into());
		let mut settlement = settlement(Phase::Weigh, PAGE);
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::weigh(&mut settlement, &mut unlimited());
		}

		assert_eq!(outcome, Outcome::Done);
		assert_eq!(WeightPages::<T>::get(PERIOD, 0).weights.len() as u32, PAGE);
	}

	/// Looking for bookings to spread in a page that has none.
	#[benchmark]
	fn skip() {
		fill_contests::<T>(&[]);
		let mut settlement = settlement(Phase::Spread, PAGE);
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::spread(&mut settlement, &mut unlimited());
		}

		assert_eq!((outcome, settlement.page), (Outcome::Done, 1));
	}

	/// Spreading the `b` booked assets of a page over an ancestor each, with `p` pages read for more ancestors of the last, while
	/// all contests are open, one of them of the last asset.
	#[benchmark]
	fn spread(b: Linear<1, { PAGE }>, p: Linear<0, 16>) {
		let mut settlement = before_spreading::<T>(b, ancestors(p, 0));
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::spread(&mut settlement, &mut unlimited());
		}

		assert_eq!(outcome, Outcome::Done);
		assert_eq!(settlement.report.pairs, u64::from(b - 1 + p));
	}

	/// Spreading one booked asset over `a` ancestors and some more that have their pages read. What an ancestor costs is
	/// the slope.
	#[benchmark]
	fn pairs(a: Linear<0, { T::MaxAncestors::get() }>) {
		let pages = T::MaxAncestors::get().div_ceil(PAGE - 1);
		let mut settlement = before_spreading::<T>(1, ancestors(pages, a));
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::spread(&mut settlement, &mut unlimited());
		}

		assert_eq!(outcome, Outcome::Done);
		assert_eq!(settlement.report.pairs, u64::from(pages + a));
	}

	/// Stating what the assets of a page are due: `s` of them something, and `p` something to payees in pages of dues that
	/// were not in memory, while all contests are open.
	#[benchmark]
	fn due(s: Linear<0, { PAGE - 16 }>, p: Linear<0, 16>) {
		before_due::<T>(s, 0, p);
		let mut settlement = settlement(Phase::Due, PAGE);
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::due(&mut settlement, &mut unlimited());
		}

		assert_eq!((outcome, settlement.report.earning), (Outcome::Done, s + p));
		assert_eq!(StatementPages::<T>::get(PERIOD, 0).len(), s + p);
	}

	/// Stating what the assets of a page are due, `l` of them to payees that are looked up and had no number yet. What a
	/// look costs is the slope.
	#[benchmark]
	fn look_up(l: Linear<0, { PAGE / 2 }>) {
		before_due::<T>(0, l, 0);
		let payees = || T::Genealogy::payee_counts().iter().sum::<u32>();
		let before = payees();
		let mut settlement = settlement(Phase::Due, PAGE);
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::due(&mut settlement, &mut unlimited());
		}

		assert_eq!((outcome, settlement.report.earning), (Outcome::Done, l));
		assert_eq!(payees(), before + l);
	}

	/// Paying a page of payees of which `p` are due something. Their accounts exist.
	#[benchmark]
	fn pay(p: Linear<0, { PAYEES_PER_PAGE }>) -> Result<(), BenchmarkError> {
		before_paying::<T>(p)?;
		for index in 0..p {
			fund::<T>(&payee::<T>(index))?;
		}
		let mut settlement = settlement(Phase::Pay, PAGE);
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::pay(&mut settlement, &mut unlimited());
		}

		assert_eq!((outcome, settlement.report.payments), (Outcome::Done, p));
		assert!(!DuePages::<T>::contains_key(0));
		Ok(())
	}

	/// The same with `o` payees whose accounts it opens. What one of them costs is the slope.
	#[benchmark]
	fn open(o: Linear<0, { PAYEES_PER_PAGE }>) -> Result<(), BenchmarkError> {
		before_paying::<T>(o)?;
		let mut settlement = settlement(Phase::Pay, PAGE);
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::pay(&mut settlement, &mut unlimited());
		}

		assert_eq!((outcome, settlement.report.payments), (Outcome::Done, o));
		assert!(!DuePages::<T>::contains_key(0));
		Ok(())
	}

	/// Removing one page of old detail, which takes more than removing one of ranks.
	#[benchmark]
	fn prune() {
		let old = Period(PERIOD.0 - T::DetailPeriods::get() - 1);
		note_close::<T>(old, PAGE, Some(PERIOD));
		OldestDetail::<T>::put(old);
		book_last::<T>(old, 0, PAGE, |_| 1);
		fill_weights::<T>(old, 0);
		fill_pots::<T>(old, 0);
		let at_close = AtClose { rank: 1, facts: facts() };
		ClosePages::<T>::insert(old, 0, ClosePage::truncate_from(vec![at_close; PAGE as usize]));
		let mut settlement = settlement(Phase::Report, PAGE);
		settlement.position = 1;
		let outcome;

		#[block]
		{
			// The first step is taken in any case, and none else.
			outcome = Pallet::<T>::report(&mut settlement, &mut Budget::guaranteed(Weight::zero()));
		}

		assert_eq!((outcome, settlement.page), (Outcome::Paused, 1));
		assert!(!BookingPages::<T>::contains_key(old, 0) && !PotPages::<T>::contains_key(old, 0));
	}

	/// The report itself. Applying what was deferred is not counted.
	#[benchmark]
	fn report() -> Result<(), BenchmarkError> {
		note_close::<T>(PERIOD, PAGE, Some(PERIOD.plus(1)));
		PendingPeriod::<T>::put(PERIOD);
		Totals::<T>::insert(PERIOD, AMOUNT);
		fund_pot::<T>()?;
		let mut settlement = settlement(Phase::Report, PAGE);
		settlement.position = 1;
		settlement.report.revenue = AMOUNT;
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::report(&mut settlement, &mut unlimited());
		}

		assert_eq!(outcome, Outcome::Done);
		assert_eq!(Reports::<T>::get(PERIOD).map(|reported| reported.pool), Some(AMOUNT));
		Ok(())
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::tests::mock::genesis(Default::default()),
		crate::tests::mock::Test
	);
}
