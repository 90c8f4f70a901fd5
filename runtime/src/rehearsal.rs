//! What the next version changes when an upgrade is rehearsed on a network of its own (`scripts/chaos upgrade`), also one that
//! goes wrong (`scripts/chaos panic`).

use crate::Runtime;
use frame_support::{Twox64Concat, storage_alias, traits::OnRuntimeUpgrade, weights::Weight};
use heirloom_primitives::MicroU;
use sp_version::RuntimeVersion;

/// The version after a released one; the one after that where it repairs what a broken one did.
pub const fn next(released: RuntimeVersion) -> RuntimeVersion {
	let mut next = released;
	next.spec_version += if cfg!(feature = "repaired") { 2 } else { 1 };
	next
}

/// What all months of a year paid, in micro-U, by year.
#[storage_alias]
pub type PaidByYear = StorageMap<Rehearsal, Twox64Concat, u32, MicroU>;

/// The migration: adds up the reports of all settled months, in the one block that begins with the new runtime.
pub struct SumUpYears;

impl OnRuntimeUpgrade for SumUpYears {
	fn on_runtime_upgrade() -> Weight {
		if cfg!(feature = "broken") {
			panic!("the migration of a broken runtime");
		}
		let weight = <Runtime as frame_system::Config>::DbWeight::get();
		// Once: a second upgrade to the same code finds its work done.
		if PaidByYear::iter_keys().next().is_some() {
			return weight.reads(1);
		}
		let mut months = 0u64;
		for (period, report) in pallet_royalty::Reports::<Runtime>::iter() {
			let paid = PaidByYear::get(period.year()).unwrap_or_default();
			PaidByYear::insert(period.year(), paid.saturating_add(report.paid));
			months = months.saturating_add(1);
		}
		weight.reads_writes(months.saturating_mul(2).saturating_add(1), months)
	}
}
