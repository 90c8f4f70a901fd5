//! A settlement of several blocks, with users who leave it nothing but its guaranteed part, and what happens to them
//! and to it in between.

use crate::{
	chain::{ExtBuilder, address, block_at, moment, next_block, submit_ok, u_of},
	governance::council_of_one,
};
use frame_support::{
	dispatch::DispatchClass,
	traits::{Get, OnRuntimeUpgrade},
	weights::Weight,
};
use heirloom_primitives::{AssetId, Bookings, Kind, Period, Phase, Terms, U};
use heirloom_runtime::{
	AccountId, AllPalletsWithSystem, Royalty, Runtime, System,
	configs::{GuaranteedWeight, MAXIMUM_BLOCK_WEIGHT, NORMAL_DISPATCH_RATIO},
};
use pallet_lineage::COLLECTION;
use pallet_royalty::{ClosePages, StatementPages, StatementsPage, StepWeights};
use serde_json::{Value, json};
use sp_core::crypto::Ss58Codec;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Eve};
use std::{collections::BTreeMap, sync::OnceLock};

const MARCH: Period = Period::new(2026, 3).unwrap();

/// Assets, each of another owner. So many payments take more than two blocks' guaranteed parts.
const ASSETS: AssetId = 30_000;

/// The first asset is Bob's, the others are owned by accounts that nobody has a key to.
fn owner(asset: AssetId) -> AccountId {
	match asset {
		0 => Bob.to_account_id(),
		_ => {
			let mut bytes = [7; 32];
			bytes[..4].copy_from_slice(&asset.to_le_bytes());
			AccountId::new(bytes)
		}
	}
}

/// Roots, and a model derived from the first of them.
fn platform() -> Value {
	let asset = |asset: AssetId| {
		let derived = asset == ASSETS - 1;
		json!({
			"handle": format!("A{asset}"),
			"kind": if derived { Kind::Model } else { Kind::Data },
			"creator": owner(asset).to_ss58check(),
			"terms": Terms::Share { rate: 5_000 },
			"callFee": "1000000",
			"minted": "2025-01",
			"parents": if derived { json!([{ "asset": 0, "relation": "trained_on" }]) } else { json!([]) },
		})
	};
	json!({ "lineage": { "assets": (0..ASSETS).map(asset).collect::<Vec<_>>() } })
}

/// Fills what the open block has left with transactions of users, and opens the next one.
fn full_block() {
	fill();
	next_block();
}

fn fill() {
	let taken = System::block_weight().total();
	let left = MAXIMUM_BLOCK_WEIGHT.saturating_sub(taken);
	System::register_extra_weight_unchecked(left, DispatchClass::Normal);
}

/// Runs a test in the block that closes a month in which every asset was used.
fn after_the_close(test: impl FnOnce()) {
	ExtBuilder::default().patch(platform()).build_and_execute(|| {
		for asset in 0..ASSETS {
			<Royalty as Bookings<AccountId>>::book(asset, &Alice.to_account_id(), 2 * U, 1).unwrap();
		}
		fill();
		block_at(moment("2026-04-01T00:00:00Z"));
		test();
	});
}

fn phase() -> Option<Phase> {
	Royalty::progress().settling.map(|settling| settling.phase)
}

/// Full blocks until the month is settled, and how many.
fn settle() -> u32 {
	for blocks in 0..50 {
		if Royalty::progress().settled == Some(MARCH) {
			return blocks;
		}
		full_block();
	}
	panic!("March is not settled: {:?}", Royalty::progress());
}

fn statements() -> BTreeMap<u32, StatementsPage> {
	StatementPages::<Runtime>::iter_prefix(MARCH).collect()
}

/// What the month comes to when nothing happens in between.
fn undisturbed() -> &'static BTreeMap<u32, StatementsPage> {
	static STATED: OnceLock<BTreeMap<u32, StatementsPage>> = OnceLock::new();
	STATED.get_or_init(|| {
		let mut stated = BTreeMap::new();
		after_the_close(|| {
			settle();
			stated = statements();
		});
		stated
	})
}

#[test]
fn full_blocks_should_not_delay_it_beyond_its_guaranteed_part() {
	after_the_close(|| {
		let (mut blocks, mut used) = (0u64, Weight::zero());
		while Royalty::progress().settled != Some(MARCH) {
			full_block();
			blocks += 1;
			used += *System::block_weight().get(DispatchClass::Mandatory);
		}
		assert!(blocks > 2, "{blocks} blocks are not enough to be in the middle of");
		// In every block but the last there is no room for another step.
		let guaranteed = GuaranteedWeight::get().ref_time();
		assert!(used.ref_time() > (blocks - 1) * guaranteed * 9 / 10, "{used} in {blocks} blocks");
		assert_eq!(u_of(&owner(1)), 2 * U);
	});
}

#[test]
fn hooks_and_inherents_should_not_exceed_their_share() {
	after_the_close(|| {
		while Royalty::progress().settled != Some(MARCH) {
			full_block();
			// The timestamp is in, and no transaction yet.
			let share = *System::block_weight().get(DispatchClass::Mandatory);
			let most = GuaranteedWeight::get() + Weight::from_parts(100_000_000_000, 0);
			assert!(share.ref_time() <= most.ref_time(), "{share}");
		}
		let normal = NORMAL_DISPATCH_RATIO * MAXIMUM_BLOCK_WEIGHT;
		assert!(
			GuaranteedWeight::get().ref_time() + normal.ref_time() * 3 / 5 < MAXIMUM_BLOCK_WEIGHT.ref_time()
		);
	});
}

#[test]
fn attesting_delisting_and_changing_terms_in_the_middle_should_wait_for_the_report() {
	let expected = undisturbed();
	after_the_close(|| {
		full_block();
		assert_eq!(phase(), Some(Phase::Pay));
		let attest = pallet_lineage::Call::<Runtime>::attest { asset: 1, quality: Some(9_900), impact: None };
		council_of_one(attest).unwrap();
		council_of_one(pallet_lineage::Call::<Runtime>::delist { asset: 2, reason: Default::default() })
			.unwrap();
		let terms = Terms::Share { rate: 1 };
		submit_ok(Bob, pallet_lineage::Call::<Runtime>::set_terms { asset: 0, terms });
		let facts = |asset: usize| pallet_lineage::FactPages::<Runtime>::get(0)[asset];
		assert!(facts(2).active && facts(1).quality.is_none() && facts(0).share_rate == Some(5_000));
		settle();
		assert_eq!(statements(), *expected);
		assert!(!facts(2).active && facts(1).quality.is_some() && facts(0).share_rate == Some(1));
		assert!(ClosePages::<Runtime>::get(MARCH, 0)[2].facts.active);
		assert_eq!(u_of(&owner(2)), 2 * U);
	});
}

fn sell_to_eve() {
	let dest = address(&Eve.to_account_id());
	submit_ok(Bob, pallet_nfts::Call::<Runtime>::transfer { collection: COLLECTION, item: 0, dest });
}

/// Who the first asset's statement pays.
fn payee() -> AccountId {
	Royalty::statement(0, MARCH).unwrap().statement.payee.unwrap()
}

#[test]
fn transfer_before_the_statement_should_transfer_the_income() {
	after_the_close(|| {
		sell_to_eve();
		let before = u_of(&Eve.to_account_id());
		settle();
		// 2 U of its own, and the only ancestor's 80 % of half of 2 U.
		assert_eq!((payee(), u_of(&Eve.to_account_id()) - before), (Eve.to_account_id(), 2 * U + 4 * U / 5));
	});
}

#[test]
fn transfer_after_the_statement_should_transfer_the_next_month_only() {
	let expected = undisturbed();
	after_the_close(|| {
		full_block();
		assert_eq!(phase(), Some(Phase::Pay));
		sell_to_eve();
		let before = u_of(&Eve.to_account_id());
		settle();
		assert_eq!((payee(), u_of(&Eve.to_account_id())), (Bob.to_account_id(), before));
		assert_eq!(statements(), *expected);
	});
}

#[test]
fn runtime_upgrade_in_the_middle_should_change_nothing() {
	let expected = undisturbed();
	after_the_close(|| {
		full_block();
		assert_eq!(phase(), Some(Phase::Pay));
		AllPalletsWithSystem::on_runtime_upgrade();
		settle();
		assert_eq!(statements(), *expected);
		assert_eq!(u_of(&owner(ASSETS - 2)), 2 * U);
	});
}

#[test]
fn month_that_ends_in_the_middle_should_wait_its_turn() {
	after_the_close(|| {
		full_block();
		assert_eq!(phase(), Some(Phase::Pay));
		<Royalty as Bookings<AccountId>>::book(1, &Alice.to_account_id(), 3 * U, 1).unwrap();
		fill();
		block_at(moment("2026-05-01T00:00:00Z"));
		assert_eq!(Royalty::progress().settling.map(|settling| settling.period), Some(MARCH));
		settle();
		for _ in 0..10 {
			full_block();
		}
		let april = Royalty::period(MARCH.plus(1)).unwrap();
		assert_eq!((april.call_fees, april.paid, april.payments), (3 * U, 3 * U, 1));
	});
}

#[test]
fn call_on_an_asset_with_the_most_ancestors_should_pay_for_the_work_it_causes() {
	// At worst every ancestor stands in a page of its own and has another payee.
	let ancestors = <Runtime as pallet_lineage::Config>::MaxAncestors::get();
	let charged = <Royalty as Bookings<AccountId>>::settlement_weight(ancestors);
	type Steps = <Runtime as pallet_royalty::Config>::WeightInfo;
	let caused =
		Steps::spread_asset(ancestors, ancestors + 1) + Steps::pay_newcomer() * u64::from(ancestors + 1);
	assert!(caused.all_lte(charged), "{caused} is more than {charged}");
	let classes = <Runtime as frame_system::Config>::BlockWeights::get();
	let most = classes.get(DispatchClass::Normal).max_extrinsic.unwrap();
	assert!(charged.all_lte(most), "{charged} is more than the {most} that a transaction may weigh");
}
