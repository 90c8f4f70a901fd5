//! Accounts that come, go, or cannot receive: nobody's transaction is repeated, and nobody's money is lost.

use crate::{
	chain::{
		ExtBuilder, Wish, address, block_at, give_u, loom_of, mint, moment, next_block, signed_by, submit_ok,
		u_of,
	},
	month::settle,
};
use frame_support::{assert_ok, traits::Get};
use heirloom_primitives::{AssetId, MicroU, Period, Purpose, U};
use heirloom_runtime::{
	AccountId, Assets, Executive, Royalty, Runtime, RuntimeCall, RuntimeOrigin, System,
	configs::CouncilAccount,
	constants::{loom::LOOM, u::U_ID},
};
use pallet_lineage::COLLECTION;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, One};
use sp_runtime::{
	generic::Era,
	traits::Dispatchable,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};

const MARCH: Period = Period::new(2026, 3).unwrap();

fn pay(to: &AccountId, value: u128) {
	submit_ok(Alice, pallet_balances::Call::<Runtime>::transfer_allow_death { dest: address(to), value });
}

/// Blocks for which our clients' transactions can be included: `MORTAL_BLOCKS` of the explorer's pages
/// (`explorer/web/src/wallet/chain.ts`), `MORTALITY` of the sandbox (`sandbox/chain/src/submit.rs`) and of `heirloom`
/// (`cli/src/chain/submit.rs`).
const PERIODS: [u64; 3] = [64, 128, 256];

/// Blocks after which all of these have ended, and in the last of which none begins anew: the hash of that block is not
/// known in itself, and the transaction would be refused for that.
const LATER: u32 = 300;

/// One pays Bob a LOOM with a transaction of this era, leaves, and comes back with money so many blocks later. What the
/// same transaction says then.
fn repeated(blocks: u32, era: impl FnOnce(u64) -> Era) -> Result<(), TransactionValidityError> {
	let mut result = Ok(());
	ExtBuilder::default().build_and_execute(|| {
		let one = One.to_account_id();
		pay(&one, 10 * LOOM);
		next_block();
		// The newest block whose hash is known.
		let era = era(u64::from(System::block_number()) - 1);
		let dest = address(&Bob.to_account_id());
		let call = pallet_balances::Call::<Runtime>::transfer_allow_death { dest: dest.clone(), value: LOOM };
		let transaction = signed_by(One, Wish { era, ..Default::default() }, call);
		assert_ok!(Executive::apply_extrinsic(transaction.clone()).unwrap());
		submit_ok(One, pallet_balances::Call::<Runtime>::transfer_all { dest, keep_alive: false });
		assert!(!System::account_exists(&one), "it was reaped, and its nonce forgotten");
		for _ in 0..blocks {
			next_block();
		}
		pay(&one, 10 * LOOM);
		result = Executive::apply_extrinsic(transaction).map(Result::unwrap);
	});
	result
}

/// Its signature is of a block that the era no longer stands for.
#[test]
fn mortal_transaction_of_a_reaped_account_should_not_be_repeated() {
	for period in PERIODS {
		let refused = repeated(LATER, |now| Era::mortal(period, now));
		let bad_proof = TransactionValidityError::Invalid(InvalidTransaction::BadProof);
		assert_eq!(refused, Err(bad_proof), "it was good for {period} blocks");
	}
}

/// What mortality leaves open: the nonce is forgotten at once, the signature is good to the end of the period. That began
/// with the block before the transaction's.
#[test]
fn mortal_transaction_of_a_reaped_account_can_be_repeated_within_its_period() {
	for period in PERIODS {
		let last = u32::try_from(period).unwrap() - 2;
		assert_eq!(repeated(last, |now| Era::mortal(period, now)), Ok(()), "it is good for {period} blocks");
	}
}

/// Why our clients sign mortal ones only.
#[test]
fn immortal_transaction_of_a_reaped_account_can_be_repeated() {
	assert_eq!(repeated(LATER, |_| Era::Immortal), Ok(()));
}

/// The council, as U's freezer.
fn council() -> RuntimeOrigin {
	RuntimeOrigin::signed(CouncilAccount::get())
}

/// An account that has nothing yet.
fn newcomer() -> AccountId {
	AccountId::new([77; 32])
}

fn use_for(asset: AssetId, max_fee: MicroU) -> RuntimeCall {
	let purpose = Purpose::Inference;
	pallet_lineage::Call::call { asset, units: 1, purpose, max_fee, derivation: None }.into()
}

/// An asset of the newcomer's that earned so much, in March.
fn earning(amount: MicroU) -> AssetId {
	let asset = mint(Bob, "CT-1");
	submit_ok(Bob, pallet_lineage::Call::<Runtime>::set_call_fee { asset, call_fee: amount });
	let dest = address(&newcomer());
	submit_ok(Bob, pallet_nfts::Call::<Runtime>::transfer { collection: COLLECTION, item: asset, dest });
	next_block();
	submit_ok(Charlie, use_for(asset, amount));
	asset
}

fn settle_march() {
	block_at(moment("2026-04-01T00:00:00Z"));
	settle(MARCH);
}

#[test]
fn payee_without_an_account_should_be_paid_a_single_cent() {
	ExtBuilder::default().build_and_execute(|| {
		earning(U / 100);
		settle_march();
		assert_eq!(u_of(&newcomer()), U / 100);
	});
}

#[test]
fn what_is_below_the_minimum_balance_should_be_kept_for_the_next_month() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = earning(U / 100 - 1);
		settle_march();
		assert_eq!(u_of(&newcomer()), 0);
		submit_ok(Charlie, use_for(asset, U / 100 - 1));
		block_at(moment("2026-05-01T00:00:00Z"));
		settle(MARCH.plus(1));
		// 0.019998 U, of which whole cents are paid.
		assert_eq!(u_of(&newcomer()), U / 100);
		assert_eq!(Royalty::statement(asset, MARCH.plus(1)).unwrap().statement.carried_out, U / 100 - 2);
	});
}

#[test]
fn payee_at_the_consumer_limit_should_be_paid() {
	ExtBuilder::default().build_and_execute(|| {
		earning(3 * U);
		pay(&newcomer(), LOOM);
		let most = <Runtime as frame_system::Config>::MaxConsumers::get();
		(0..most).for_each(|_| System::inc_consumers(&newcomer()).unwrap());
		assert!(System::inc_consumers(&newcomer()).is_err(), "it is at the limit");
		settle_march();
		assert_eq!(u_of(&newcomer()), 3 * U);
	});
}

#[test]
fn frozen_payee_should_be_paid() {
	ExtBuilder::default().build_and_execute(|| {
		earning(3 * U);
		give_u(&newcomer(), U);
		assert_ok!(Assets::freeze(council(), U_ID, address(&newcomer())));
		settle_march();
		assert_eq!(u_of(&newcomer()), 4 * U);
	});
}

#[test]
fn blocked_payee_should_keep_what_it_is_due_until_it_claims_it() {
	ExtBuilder::default().build_and_execute(|| {
		earning(3 * U);
		give_u(&newcomer(), U);
		assert_ok!(Assets::block(council(), U_ID, address(&newcomer())));
		settle_march();
		assert_eq!(u_of(&newcomer()), U);
		assert_ok!(Assets::thaw(council(), U_ID, address(&newcomer())));
		// Anybody may have it paid.
		submit_ok(Alice, pallet_royalty::Call::<Runtime>::claim { payee: address(&newcomer()) });
		assert_eq!(u_of(&newcomer()), 4 * U);
	});
}

#[test]
fn payee_whose_account_was_reaped_should_be_paid() {
	ExtBuilder::default().build_and_execute(|| {
		earning(3 * U);
		pay(&newcomer(), LOOM);
		let everything =
			pallet_balances::Call::transfer_all { dest: address(&Bob.to_account_id()), keep_alive: false };
		assert_ok!(RuntimeCall::from(everything).dispatch(RuntimeOrigin::signed(newcomer())));
		assert!(!System::account_exists(&newcomer()));
		settle_march();
		assert_eq!((u_of(&newcomer()), loom_of(&newcomer())), (3 * U, 0));
	});
}
