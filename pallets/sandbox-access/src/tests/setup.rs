//! The clock, the keys and the catalogue as the benchmarks have them set up.

use super::mock::{AccountId, Clock, FakeAssets, FakeCatalogue, KEY};
use heirloom_primitives::{AssetId, CatalogueSetup, Moment, U};
use sp_runtime::testing::TestSignature;

/// Stands in for the runtime of the benchmarks.
pub struct Helper;

impl crate::BenchmarkHelper<AccountId, TestSignature> for Helper {
	fn set_now(now: Moment) {
		Clock::set(&now);
	}

	fn signing_key() -> AccountId {
		KEY
	}

	fn sign(key: &AccountId, payload: &[u8]) -> TestSignature {
		TestSignature(*key, payload.to_vec())
	}
}

impl CatalogueSetup<AccountId> for FakeCatalogue {
	fn new_asset(owner: &AccountId) -> AssetId {
		let mut assets = FakeAssets::get();
		let asset = assets.keys().last().map_or(0, |last| last + 1);
		assets.insert(asset, (*owner, U, true));
		FakeAssets::set(&assets);
		asset
	}

	fn book_neighbours(_: AssetId) {}
}
