//! Benchmarks of the call and of what hooks do.

use crate::{Attendances, Call, Config, Pallet, RewardRate, Unpaid};
use frame_benchmarking::v2::*;
use frame_support::{traits::EnsureOrigin, weights::Weight};
use sp_runtime::Perbill;

#[benchmarks]
mod benches {
	use super::*;

	/// Setting the part of the pool that validators get.
	#[benchmark]
	fn set_reward_rate() -> Result<(), BenchmarkError> {
		let origin =
			T::RewardOrigin::try_successful_origin().map_err(|()| BenchmarkError::Stop("no origin"))?;
		let rate = Perbill::from_percent(7);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, rate);

		assert_eq!(RewardRate::<T>::get(), rate);
		Ok(())
	}

	/// Noting who made a block.
	#[benchmark]
	fn note_author() {
		let author = account("author", 0, 0);

		#[block]
		{
			Pallet::<T>::note_author(&author);
		}

		assert!(Attendances::<T>::get(&author).authored);
	}

	/// Finding who is to be paid, and that nothing is left for it. What a payment weighs is added.
	#[benchmark]
	fn pay_next() {
		Pallet::<T>::note_era(0, [account("validator", 0, 0)]);

		#[block]
		{
			Pallet::<T>::pay_next(Weight::MAX);
		}

		assert_eq!(Unpaid::<T>::count(), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::mock::with_nothing_left(), crate::tests::mock::Test);
}
