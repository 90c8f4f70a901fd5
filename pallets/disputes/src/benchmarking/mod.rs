//! Benchmarks of the calls at their worst: texts are as long as they can be, and every curator has voted.

use crate::{AccountIdOf, Appeals, Ballot, Call, Config, Dispute, Disputes, Evidence, Pallet};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	BoundedVec,
	traits::{
		Get, SortedMembers,
		fungible::{Inspect, Unbalanced},
		tokens::Precision,
	},
};
use frame_system::RawOrigin;
use heirloom_primitives::{Ancestry, AncestrySetup, Contests, DisputeId, EdgeEdit, Words};
use sp_runtime::DispatchError;

/// An account that can leave a bond.
fn funded<T: Config>(name: &'static str) -> Result<AccountIdOf<T>, DispatchError> {
	let who: AccountIdOf<T> = account(name, 0, 0);
	let amount = T::Bond::get().saturating_mul(2).saturating_add(T::Native::minimum_balance());
	T::Native::increase_balance(&who, amount, Precision::Exact)?;
	Ok(who)
}

fn evidence() -> Evidence {
	BoundedVec::truncate_from(vec![b'x'; 128])
}

fn text() -> Words {
	BoundedVec::truncate_from(vec![b'x'; 512])
}

/// A claim that nobody has voted on.
fn claimed<T: Config<Ancestry: AncestrySetup<AccountIdOf<T>>>>() -> Result<DisputeId, DispatchError> {
	let dispute = crate::NextDisputeId::<T>::get();
	Pallet::<T>::do_claim(funded::<T>("claimant")?, T::Ancestry::edge(), evidence())?;
	Ok(dispute)
}

/// At least `count` curators.
fn curators<T: Config>(count: u32) -> Vec<AccountIdOf<T>> {
	for index in 0..count {
		let curator = account("curator", index, 0);
		if T::Curators::count() < count as usize && !T::Curators::contains(&curator) {
			T::Curators::add(&curator);
		}
	}
	T::Curators::sorted_members()
}

#[benchmarks(where T::Ancestry: AncestrySetup<AccountIdOf<T>>)]
mod benches {
	use super::*;

	/// A claim; checking the edge is not counted.
	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let claimant = funded::<T>("claimant")?;
		let EdgeEdit { child, parent, change } = T::Ancestry::edge();

		#[extrinsic_call]
		_(RawOrigin::Signed(claimant), child, parent, change, evidence());

		assert_eq!(Disputes::<T>::count(), 1);
		Ok(())
	}

	/// An appeal.
	#[benchmark]
	fn appeal() -> Result<(), BenchmarkError> {
		let owner = funded::<T>("owner")?;
		let asset = T::Ancestry::delisted(&owner);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), asset, evidence());

		assert!(Appeals::<T>::contains_key(asset));
		Ok(())
	}

	/// An answer.
	#[benchmark]
	fn answer() -> Result<(), BenchmarkError> {
		let dispute = claimed::<T>()?;
		let asset = Disputes::<T>::get(dispute).map(|dispute| dispute.subject.asset()).unwrap_or_default();
		let owner = T::Ancestry::owner(asset).ok_or(BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), dispute, text());

		assert!(Disputes::<T>::contains_key(dispute));
		Ok(())
	}

	/// The last of `c` curators votes and upholds; what follows from it is not counted.
	#[benchmark]
	fn vote(c: Linear<1, { T::MaxCurators::get() }>) -> Result<(), BenchmarkError> {
		let dispute = claimed::<T>()?;
		let mut curators = curators::<T>(c);
		let last = curators.pop().ok_or(BenchmarkError::Weightless)?;
		let half = curators.len().div_ceil(2);
		let ballot = |(position, curator)| Ballot { curator, uphold: position < half };
		let ballots: Vec<_> = curators.into_iter().enumerate().map(ballot).collect();
		let mut open: Dispute<T> = Disputes::<T>::get(dispute).ok_or(BenchmarkError::Weightless)?;
		open.ballots = BoundedVec::truncate_from(ballots);
		Disputes::<T>::insert(dispute, open);

		#[extrinsic_call]
		_(RawOrigin::Signed(last), dispute, true, text());

		assert!(!Disputes::<T>::contains_key(dispute) || T::Contests::is_settling());
		Ok(())
	}

	/// Ending a dispute that as many curators as there can be have rejected; what becomes of what is held is not counted.
	#[benchmark]
	fn close() -> Result<(), BenchmarkError> {
		let dispute = claimed::<T>()?;
		let curators = curators::<T>(T::MaxCurators::get());
		let minority = curators.len().div_ceil(2) - 1;
		let ballots = curators.into_iter().enumerate();
		let ballots: Vec<_> =
			ballots.map(|(position, curator)| Ballot { curator, uphold: position < minority }).collect();
		let mut open: Dispute<T> = Disputes::<T>::get(dispute).ok_or(BenchmarkError::Weightless)?;
		open.ballots = BoundedVec::truncate_from(ballots);
		Disputes::<T>::insert(dispute, open);

		#[block]
		{
			Pallet::<T>::do_close(dispute)?;
		}

		assert!(!Disputes::<T>::contains_key(dispute));
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::mock::genesis(), crate::tests::mock::Test);
}
