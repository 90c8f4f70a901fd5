//! Floods: full blocks cost more and more, a tip comes first, nothing is free, and what stays in state is paid for by
//! the byte.

use crate::{
	callable::every_call,
	chain::{
		ExtBuilder, Wish, dispatch_error, extension, loom_of, mint, next_block, signed_by, submit, submit_ok,
	},
};
use codec::{Decode, Encode};
use frame_support::{
	assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
	storage::{TransactionOutcome, with_transaction},
	traits::{Get, GetCallMetadata},
	weights::Weight,
};
use heirloom_primitives::Bookings;
use heirloom_runtime::{
	AccountId, Executive, Royalty, Runtime, RuntimeCall, RuntimeOrigin, System, TransactionPayment,
	UncheckedExtrinsic,
	apis::api,
	configs::{MAXIMUM_BLOCK_WEIGHT, NORMAL_DISPATCH_RATIO},
	constants::{loom::LOOM, u::U_ID},
};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, One};
use sp_runtime::{
	DispatchError,
	traits::{BlakeTwo256, Hash},
	transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidity},
};

fn remark() -> RuntimeCall {
	frame_system::Call::remark { remark: vec![0; 32] }.into()
}

/// What a pool is told of a transaction by the runtime's API.
pub fn validate(transaction: UncheckedExtrinsic) -> TransactionValidity {
	let asked = (TransactionSource::External, transaction, System::parent_hash()).encode();
	let answer = with_transaction(|| {
		let answer = api::dispatch("TaggedTransactionQueue_validate_transaction", &asked);
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(answer))
	});
	let answer = answer.expect("it is rolled back, not failed").expect("the runtime has this API");
	TransactionValidity::decode(&mut &answer[..]).expect("it answers by the API's type")
}

fn fill(share: Weight) {
	let left = share.saturating_sub(System::block_weight().total());
	System::register_extra_weight_unchecked(left, DispatchClass::Normal);
}

/// Fee of a remark in the open block, in planck.
fn fee() -> u128 {
	let before = loom_of(&Charlie.to_account_id());
	submit_ok(Charlie, remark());
	before - loom_of(&Charlie.to_account_id())
}

#[test]
fn fees_should_rise_while_blocks_are_full() {
	ExtBuilder::default().build_and_execute(|| {
		let (usual, mut last) = (fee(), TransactionPayment::next_fee_multiplier());
		for _ in 0..50 {
			fill(NORMAL_DISPATCH_RATIO * MAXIMUM_BLOCK_WEIGHT);
			next_block();
			let multiplier = TransactionPayment::next_fee_multiplier();
			assert!(multiplier > last, "{multiplier} after {last}");
			last = multiplier;
		}
		assert!(fee() > usual);
	});
}

#[test]
fn fees_should_fall_to_their_base_while_blocks_are_empty() {
	ExtBuilder::default().build_and_execute(|| {
		let base = TransactionPayment::next_fee_multiplier();
		for _ in 0..10 {
			fill(NORMAL_DISPATCH_RATIO * MAXIMUM_BLOCK_WEIGHT);
			next_block();
		}
		assert!(TransactionPayment::next_fee_multiplier() > base);
		for _ in 0..100 {
			next_block();
		}
		assert_eq!(TransactionPayment::next_fee_multiplier(), base);
	});
}

#[test]
fn transaction_with_a_tip_should_come_before_a_flood() {
	ExtBuilder::default().build_and_execute(|| {
		let priority =
			|wish| validate(signed_by(Bob, wish, remark())).expect("the transaction is valid").priority;
		let flood = priority(Wish::default());
		assert!(priority(Wish { tip: LOOM / 1_000, ..Default::default() }) > flood);
		let in_u = Wish { asset: Some(U_ID), ..Default::default() };
		assert!(priority(Wish { tip: 1_000, ..in_u }) > priority(in_u));
		assert!(priority(Wish { tip: 1_000, ..in_u }) > flood);
	});
}

/// Everybody can send the council's calls, which then fail and pay.
#[test]
fn transaction_with_a_tip_should_come_before_a_flood_of_the_councils_calls() {
	ExtBuilder::default().build_and_execute(|| {
		let tipped = signed_by(Bob, Wish { tip: LOOM / 1_000, ..Default::default() }, remark());
		let tipped = validate(tipped).expect("the transaction is valid").priority;
		let mut floods = 0;
		for call in every_call() {
			if call.get_dispatch_info().class != DispatchClass::Operational {
				continue;
			}
			let Ok(flood) = validate(signed_by(Charlie, Wish::default(), call.clone())) else { continue };
			let name = call.get_call_metadata().function_name;
			assert!(tipped > flood.priority, "{name} comes before who tips");
			floods += 1;
		}
		assert!(floods >= 10, "{floods} calls of the operational class");
	});
}

#[test]
fn failing_call_should_pay() {
	ExtBuilder::default().build_and_execute(|| {
		let before = loom_of(&Bob.to_account_id());
		let dest = crate::chain::address(&Alice.to_account_id());
		let call = pallet_balances::Call::<Runtime>::transfer_allow_death { dest, value: u128::MAX };
		assert!(submit(Bob, call).unwrap().is_err());
		assert!(loom_of(&Bob.to_account_id()) < before);
	});
}

/// Weights are asked for before a batch runs, and it may mint the asset that the next of its calls is about.
#[test]
fn work_on_an_asset_that_does_not_exist_yet_should_be_charged_for_in_full() {
	ExtBuilder::default().build_and_execute(|| {
		let most: u32 = <Runtime as pallet_lineage::Config>::MaxAncestors::get();
		let settling = <Royalty as Bookings<AccountId>>::settlement_weight(most);
		let declared = |call: RuntimeCall| call.get_dispatch_info().call_weight;
		let report = pallet_royalty::Call::report_revenue { asset: 1, amount: 1 };
		let buy = pallet_lineage::Call::buy { asset: 1, max_price: 1 };
		assert!(declared(report.clone().into()).all_gte(settling));
		assert!(declared(buy.into()).all_gte(settling));
		// Where it does not exist in the end either, the rest is returned.
		let before = loom_of(&Charlie.to_account_id());
		dispatch_error(submit(Charlie, report));
		assert!(before - loom_of(&Charlie.to_account_id()) < LOOM / 50);
	});
}

#[test]
fn account_without_money_should_be_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(validate(signed_by(One, Wish::default(), remark())).is_err());
	});
}

/// Without a signer the pool takes a proof of a validator's equivocation when it holds, and code when it is authorised, and
/// nothing else.
#[test]
fn nothing_should_be_taken_without_a_signer() {
	ExtBuilder::default().build_and_execute(|| {
		for call in every_call() {
			let name = call.get_call_metadata().function_name;
			let bare = UncheckedExtrinsic::new_bare(call.clone());
			assert!(validate(bare).is_err(), "{name} is taken bare");
			let nobody = AccountId::new([0; 32]);
			let general = UncheckedExtrinsic::new_transaction(call, extension(&nobody, Wish::default()));
			assert!(validate(general).is_err(), "{name} is taken without a signature");
		}
	});
}

/// What a pool says of code that is brought without a signer, where an upgrade to a certain one is authorised.
fn brought(code: &[u8]) -> TransactionValidity {
	let code_hash = BlakeTwo256::hash(b"authorised code");
	assert_ok!(System::authorize_upgrade(RuntimeOrigin::root(), code_hash));
	let call = frame_system::Call::<Runtime>::apply_authorized_upgrade { code: code.to_vec() };
	validate(UncheckedExtrinsic::new_bare(call.into()))
}

#[test]
fn authorised_code_should_be_taken_without_a_signer() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(brought(b"authorised code"));
	});
}

#[test]
fn code_that_is_not_authorised_should_be_refused() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(brought(b"other code"), Err(InvalidTransaction::Call.into()));
	});
}

#[test]
fn transaction_should_not_be_repeated() {
	ExtBuilder::default().build_and_execute(|| {
		let transaction = signed_by(Bob, Wish::default(), remark());
		assert!(Executive::apply_extrinsic(transaction.clone()).unwrap().is_ok());
		assert!(validate(transaction).is_err());
		mint(Bob, "CT-1");
	});
}
