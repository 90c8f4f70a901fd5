//! What a use of an asset with the most ancestors is charged, and what its month's end takes for it.

use crate::{
	chain::{ExtBuilder, block_at, next_block, submit_ok, u_of},
	under_load::{MARCH, first_of, owner},
};
use frame_support::{dispatch::DispatchClass, traits::Get, weights::Weight};
use heirloom_primitives::{AssetId, Bookings, Kind, Purpose, Terms, Units};
use heirloom_runtime::{AccountId, Royalty, Runtime, System, configs::MAXIMUM_BLOCK_WEIGHT};
use serde_json::{Value, json};
use sp_core::crypto::Ss58Codec;
use sp_keyring::Sr25519Keyring::Alice;

/// A chain of assets, each derived from the one before, of owners who have no U. The last has the most ancestors.
fn longest_chain() -> (AssetId, Value) {
	let last = <Runtime as pallet_lineage::Config>::MaxAncestors::get();
	let asset = |asset: AssetId| {
		json!({
			"handle": format!("A{asset}"),
			"kind": Kind::Data,
			"creator": owner(asset + 1).to_ss58check(),
			"terms": Terms::Share { rate: 5_000 },
			"callFee": "1",
			"minted": "2025-01",
			"parents": asset.checked_sub(1).map(|parent| json!({ "asset": parent, "relation": "trained_on" })).as_slice(),
		})
	};
	(last, json!({ "lineage": { "assets": (0..=last).map(asset).collect::<Vec<_>>() } }))
}

/// What a use of the last asset of the longest chain for so many micro-U is charged, and what the hooks use until its month
/// is settled and paid.
fn charged_and_caused(units: Option<Units>) -> (Weight, Weight) {
	let (last, patch) = longest_chain();
	let (mut charged, mut caused) = Default::default();
	ExtBuilder::default().patch(patch).build_and_execute(|| {
		if let Some(units) = units {
			let before = *System::block_weight().get(DispatchClass::Normal);
			let (purpose, max_fee) = (Purpose::Inference, units.into());
			submit_ok(
				Alice,
				pallet_lineage::Call::call { asset: last, units, purpose, max_fee, derivation: None },
			);
			charged = *System::block_weight().get(DispatchClass::Normal) - before;
		}
		block_at(first_of(MARCH.plus(1)));
		while Royalty::progress().settled != Some(MARCH) {
			// What a block has to spare would not be seen among what its hooks took at its beginning.
			let left = MAXIMUM_BLOCK_WEIGHT - System::block_weight().total();
			System::register_extra_weight_unchecked(left, DispatchClass::Normal);
			next_block();
			caused += *System::block_weight().get(DispatchClass::Mandatory);
		}
		let paid = Royalty::period(MARCH).unwrap().paid;
		assert_eq!(u_of(&owner(1)) > 0, paid > 1_000_000, "{paid}");
	});
	(charged, caused)
}

#[test]
fn call_on_an_asset_with_the_most_ancestors_should_pay_for_the_work_it_causes() {
	let (_, idle) = charged_and_caused(None);
	// A micro-U is shared among nobody, 8,192 U among all.
	for units in [1, 8_192_000_000] {
		let (charged, settled) = charged_and_caused(Some(units));
		let caused = settled - idle;
		assert!(
			caused.ref_time() > 0 && caused.ref_time() <= charged.ref_time(),
			"{units}: {caused} of {charged}"
		);
	}
	let charged = <Royalty as Bookings<AccountId>>::settlement_weight(
		<Runtime as pallet_lineage::Config>::MaxAncestors::get(),
	);
	let classes = <Runtime as frame_system::Config>::BlockWeights::get();
	let most = classes.get(DispatchClass::Normal).max_extrinsic.unwrap();
	assert!(charged.all_lte(most), "{charged} is more than the {most} that a transaction may weigh");
}
