//! A settlement of several blocks, with users who leave it nothing but its guaranteed part, and what happens to them
//! and to it in between.

use crate::{
	chain::{ExtBuilder, address, block_at, moment, next_block, reason, submit_ok, submit_signed, u_of},
	governance::council_of_one,
};
use frame_support::{
	assert_ok,
	dispatch::DispatchClass,
	weights::{Weight, constants::WEIGHT_REF_TIME_PER_MILLIS},
};
use frame_system::{LastRuntimeUpgrade, LastRuntimeUpgradeInfo};
use heirloom_primitives::{AssetId, Bookings, Kind, Moment, Period, Phase, Terms, U};
use heirloom_runtime::{
	AccountId, Assets, Royalty, Runtime, RuntimeCall, RuntimeOrigin, System, VERSION,
	configs::{CouncilAccount, GuaranteedWeight, MAXIMUM_BLOCK_WEIGHT, NORMAL_DISPATCH_RATIO, SessionPeriod},
	constants::u::U_ID,
};
use pallet_lineage::COLLECTION;
use pallet_royalty::{ClosePages, StatementPages, StatementsPage};
use serde_json::{Value, json};
use sp_core::{Pair, crypto::Ss58Codec, sr25519};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Eve};
use sp_runtime::transaction_validity::InvalidTransaction;
use std::{
	collections::BTreeMap,
	sync::{LazyLock, OnceLock},
};

pub const MARCH: Period = Period::new(2026, 3).unwrap();

/// Assets, each of another owner. So many payments take more than two blocks' guaranteed parts.
const ASSETS: AssetId = 30_000;

/// The first asset is Bob's, the others are owned by accounts that nobody has a key to.
pub fn owner(asset: AssetId) -> AccountId {
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

/// Submits transactions of a user, first large and then small ones, until the block has room for none. What an approval is to
/// dispatch is declared by who signs it, and taken whole from a block where the approval is refused at once, as these are: a
/// full block that takes no time.
fn fill() {
	static USER: LazyLock<sr25519::Pair> = LazyLock::new(|| Charlie.pair());
	let who = Charlie.to_account_id();
	for millis in [900, 300, 100, 30, 10] {
		let max_weight = Weight::from_parts(millis * WEIGHT_REF_TIME_PER_MILLIS, 0);
		let approval = || pallet_multisig::Call::<Runtime>::as_multi {
			threshold: 2,
			other_signatories: vec![who.clone()],
			maybe_timepoint: None,
			call: Box::new(RuntimeCall::from(frame_system::Call::remark { remark: Vec::new() })),
			max_weight,
		};
		let refused = loop {
			match submit_signed(&who, None, approval(), |payload| USER.sign(payload).into()) {
				Ok(dispatched) => assert!(dispatched.is_err()),
				Err(refused) => break refused,
			}
		};
		assert_eq!(refused, InvalidTransaction::ExhaustsResources.into());
	}
}

/// Runs a test in the block that closes a month in which every asset was used.
fn after_the_close(test: impl FnOnce()) {
	ExtBuilder::default().patch(platform()).build_and_execute(|| {
		use_all();
		fill();
		block_at(first_of(MARCH.plus(1)));
		test();
	});
}

/// Somebody pays 2 U for a use of every asset.
fn use_all() {
	for asset in 0..ASSETS {
		<Royalty as Bookings<AccountId>>::book(asset, &Alice.to_account_id(), 2 * U, 1).unwrap();
	}
}

/// The first moment of a month.
pub fn first_of(month: Period) -> Moment {
	moment(&format!("{month}-01T00:00:00Z"))
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

/// A block that users filled.
struct Block {
	number: u32,
	/// What hooks and inherents had taken before the first transaction.
	hooks: Weight,
	/// What was taken when no transaction fitted any more.
	full: Weight,
	/// The last month that was settled before the first transaction.
	settled: Option<Period>,
}

/// A thousand full blocks in a row, and ten more for the last month. Each hundredth is the last of a month, the sixth of them just
/// before a session ends.
fn thousand_full_blocks() -> &'static [Block] {
	static BLOCKS: OnceLock<Vec<Block>> = OnceLock::new();
	BLOCKS.get_or_init(|| {
		let mut chain = ExtBuilder::default().patch(platform()).build();
		let mut month = MARCH;
		let block = |_| {
			let block = chain.execute_with(|| {
				let number = System::block_number();
				let hooks = *System::block_weight().get(DispatchClass::Mandatory);
				let settled = Royalty::progress().settled;
				let closes = number % 100 == 98;
				if closes {
					use_all();
				}
				fill();
				let full = System::block_weight().total();
				if closes {
					month = month.plus(1);
					block_at(first_of(month));
				} else {
					next_block();
				}
				Block { number, hooks, full, settled }
			});
			// What a block changed is looked at no more when the next one's root is computed.
			chain.commit_all().unwrap();
			block
		};
		let blocks = (0..1_010).map(block).collect();
		assert_eq!(chain.execute_with(|| u_of(&owner(1))), 20 * U);
		blocks
	})
}

/// Whether a session ends in a block.
fn ends_session(block: &Block) -> bool {
	block.number.is_multiple_of(SessionPeriod::get())
}

#[test]
fn full_blocks_should_not_delay_it_beyond_its_guaranteed_part() {
	let blocks = thousand_full_blocks();
	let normal = NORMAL_DISPATCH_RATIO * MAXIMUM_BLOCK_WEIGHT;
	for Block { number, full, .. } in blocks {
		// Less than ten milliseconds are left.
		assert!(full.ref_time() > normal.ref_time() * 99 / 100, "block {number} has taken {full} only");
	}
	for month in 0..10 {
		let first = blocks.iter().position(|block| block.number == 99 + 100 * month).unwrap();
		let settled = MARCH.plus(month);
		let last = blocks.iter().position(|block| block.settled == Some(settled)).unwrap();
		let under_way = &blocks[first + 1..=last];
		assert!(under_way.len() > 1, "{} blocks are not enough to be in the middle of", under_way.len());
		let worked = under_way.iter().filter(|block| !ends_session(block)).count() as u64;
		let used: u64 =
			under_way.iter().filter(|block| !ends_session(block)).map(|block| block.hooks.ref_time()).sum();
		// In every block but the last there is no room for another step.
		let guaranteed = GuaranteedWeight::get().ref_time();
		assert!(used > (worked - 1) * guaranteed * 9 / 10, "{used} ps in {worked} blocks for {settled}");
	}
}

#[test]
fn hooks_and_inherents_should_not_exceed_their_share() {
	// The timestamp, and hooks of other pallets.
	let others = Weight::from_parts(100_000_000_000, 0);
	let blocks = thousand_full_blocks();
	for block in blocks {
		// Where a session ends, that is declared to take a whole block.
		let most = if ends_session(block) { MAXIMUM_BLOCK_WEIGHT } else { GuaranteedWeight::get() };
		let most = (most + others).ref_time();
		assert!(block.hooks.ref_time() <= most, "{} in block {}", block.hooks, block.number);
	}
	let end = blocks.iter().position(ends_session).unwrap();
	assert_eq!(
		blocks[end].settled,
		blocks[end - 1].settled,
		"no settlement is under way where the session ends"
	);
	assert_ne!(
		blocks[end].settled,
		blocks[end + 5].settled,
		"no settlement is under way where the session ends"
	);
	let normal = NORMAL_DISPATCH_RATIO * MAXIMUM_BLOCK_WEIGHT;
	assert!(GuaranteedWeight::get().ref_time() + normal.ref_time() * 3 / 5 < MAXIMUM_BLOCK_WEIGHT.ref_time());
}

#[test]
fn attesting_delisting_and_changing_terms_in_the_middle_should_wait_for_the_report() {
	let expected = undisturbed();
	after_the_close(|| {
		full_block();
		assert_eq!(phase(), Some(Phase::Pay));
		let attest = pallet_lineage::Call::<Runtime>::attest {
			asset: 1,
			quality: Some(9_900),
			impact: None,
			reason: reason(),
		};
		council_of_one(attest).unwrap();
		council_of_one(pallet_lineage::Call::<Runtime>::delist { asset: 2, reason: reason() }).unwrap();
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
		// What a block with another code than the one before it finds.
		let spec_version = (VERSION.spec_version - 1).into();
		LastRuntimeUpgrade::<Runtime>::put(LastRuntimeUpgradeInfo {
			spec_version,
			spec_name: VERSION.spec_name,
		});
		full_block();
		assert_eq!(LastRuntimeUpgrade::<Runtime>::get().unwrap().spec_version.0, VERSION.spec_version);
		settle();
		assert_eq!(statements(), *expected);
		assert_eq!(u_of(&owner(ASSETS - 2)), 2 * U);
	});
}

#[test]
fn u_frozen_in_the_middle_should_delay_it_and_lose_nothing() {
	let expected = undisturbed();
	after_the_close(|| {
		full_block();
		let before = Royalty::progress();
		assert_eq!(phase(), Some(Phase::Pay));
		// By whom the council freezes it.
		let council = RuntimeOrigin::signed(CouncilAccount::get());
		assert_ok!(Assets::freeze_asset(council.clone(), U_ID));
		for _ in 0..10 {
			full_block();
		}
		assert_eq!(Royalty::progress(), before);
		assert_ok!(Assets::thaw_asset(council, U_ID));
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
		block_at(first_of(MARCH.plus(2)));
		assert_eq!(Royalty::progress().settling.map(|settling| settling.period), Some(MARCH));
		settle();
		for _ in 0..10 {
			full_block();
		}
		let april = Royalty::period(MARCH.plus(1)).unwrap();
		assert_eq!((april.call_fees, april.paid, april.payments), (3 * U, 3 * U, 1));
	});
}
