//! Fees in LOOM and in U, and where they end.

use crate::chain::{
	ExtBuilder, address, draft, give_u, loom_of, mint, next_block, pool, submit, submit_ok,
	submit_paying_in_u, u_of, use_of,
};
use frame_support::{
	assert_ok,
	traits::{
		fungible,
		fungibles::{self, hold::Inspect as _},
	},
};
use heirloom_primitives::{EdgeChange, Relation, U};
use heirloom_runtime::{
	AccountId, Assets, AssetsHolder, Balances, Lineage, Runtime, RuntimeCall,
	configs::{AssetDeposit, DisputeBond},
	constants::{loom::EXISTENTIAL_DEPOSIT, u::U_ID},
};
use heirloom_scenario::gaming;
use pallet_asset_rate::ConversionRateToNative;
use pallet_royalty::contests::MAX_CONTESTS_OF_ONE;
use sp_keyring::Sr25519Keyring::{Alice, Bob, One};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

fn remark() -> RuntimeCall {
	frame_system::Call::remark { remark: b"hello".to_vec() }.into()
}

fn issuance() -> (u128, u128) {
	let loom = <Balances as fungible::Inspect<AccountId>>::total_issuance();
	(loom, <Assets as fungibles::Inspect<AccountId>>::total_issuance(U_ID))
}

#[test]
fn fee_in_loom_should_end_in_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		let (payer, issued) = (loom_of(&Alice.to_account_id()), issuance());
		let (pool_u, pool_loom) = pool();
		submit_ok(Alice, remark());
		let fee = payer - loom_of(&Alice.to_account_id());
		assert!(fee > 0);
		assert_eq!(pool(), (pool_u, pool_loom + fee));
		assert_eq!(issuance(), issued);
	});
}

#[test]
fn fee_in_u_should_end_in_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		let (payer, issued) = (u_of(&Bob.to_account_id()), issuance());
		let (pool_u, pool_loom) = pool();
		assert_ok!(submit_paying_in_u(Bob, remark()).unwrap());
		let fee = payer - u_of(&Bob.to_account_id());
		assert!(fee > 0);
		assert_eq!(pool(), (pool_u + fee, pool_loom));
		assert_eq!(issuance(), issued);
	});
}

#[test]
fn fee_in_u_should_follow_the_rate() {
	ExtBuilder::default().build_and_execute(|| {
		let fee = || {
			let before = u_of(&Bob.to_account_id());
			assert_ok!(submit_paying_in_u(Bob, remark()).unwrap());
			before - u_of(&Bob.to_account_id())
		};
		let at_genesis = fee();
		ConversionRateToNative::<Runtime>::mutate(U_ID, |rate| *rate = rate.map(|rate| rate * 2.into()));
		assert_eq!(fee(), at_genesis / 2);
	});
}

#[test]
fn wallet_that_holds_only_u_should_call_an_asset() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		give_u(&One.to_account_id(), 100 * U);
		next_block();
		let ((pool_u, _), one) = (pool(), One.to_account_id());
		assert_ok!(submit_paying_in_u(One, use_of(asset, 7)).unwrap());
		assert_eq!(loom_of(&one), 0);
		assert_eq!(Lineage::receipts(asset).unwrap().count, 1);
		let fee = pool().0 - pool_u;
		assert_eq!(u_of(&one), 93 * U - fee);
	});
}

#[test]
fn wallet_that_holds_only_u_should_mint_an_asset() {
	ExtBuilder::default().build_and_execute(|| {
		give_u(&One.to_account_id(), 100 * U);
		next_block();
		assert_ok!(
			submit_paying_in_u(One, pallet_lineage::Call::<Runtime>::mint { draft: draft("TUTORIAL") })
				.unwrap()
		);
		let held = AssetsHolder::total_balance_on_hold(U_ID, &One.to_account_id());
		assert_eq!(held, AssetDeposit::get() / 1_000_000);
	});
}

#[test]
fn attacks_should_not_be_said_to_cost_more_than_they_do() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(AssetDeposit::get() / 1_000_000, gaming::ASSET_DEPOSIT.unsigned_abs());
		assert_eq!(DisputeBond::get() / 1_000_000, gaming::DISPUTE_BOND.unsigned_abs());
		assert_eq!(MAX_CONTESTS_OF_ONE as usize, gaming::CLAIMS_OF_ONE);
		let (asset, derivative) = (mint(Bob, "CT-1"), mint(Bob, "CT-2"));
		give_u(&One.to_account_id(), 100 * U);
		next_block();
		let fee = |who, call: RuntimeCall| {
			let (pool_u, _) = pool();
			assert_ok!(submit_paying_in_u(who, call).unwrap());
			pool().0 - pool_u
		};
		let minting = pallet_lineage::Call::<Runtime>::mint { draft: draft("TUTORIAL") }.into();
		let opening = pallet_lineage::Call::<Runtime>::open_derivation {}.into();
		let (change, evidence) = (EdgeChange::Add { relation: Relation::TrainedOn }, Default::default());
		let claiming =
			pallet_disputes::Call::<Runtime>::claim { derivative, parent: asset, change, evidence }.into();
		let fees = [fee(One, use_of(asset, 7)), fee(One, minting), fee(One, opening), fee(Bob, claiming)];
		assert!(fees.iter().all(|fee| *fee >= gaming::TRANSACTION_FEE.unsigned_abs()), "{fees:?}");
	});
}

#[test]
fn transaction_should_be_refused_when_there_is_too_little_u_for_its_fee() {
	ExtBuilder::default().build_and_execute(|| {
		give_u(&One.to_account_id(), U / 100);
		next_block();
		let refused = submit_paying_in_u(One, remark());
		assert_eq!(refused, Err(TransactionValidityError::Invalid(InvalidTransaction::Payment)));
	});
}

#[test]
fn transaction_should_be_refused_when_its_asset_has_no_rate() {
	ExtBuilder::default().build_and_execute(|| {
		ConversionRateToNative::<Runtime>::remove(U_ID);
		let refused = submit_paying_in_u(Bob, remark());
		assert_eq!(refused, Err(TransactionValidityError::Invalid(InvalidTransaction::Payment)));
		assert_ok!(submit(Bob, remark()).unwrap());
	});
}

#[test]
fn dust_should_end_in_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		let (dest, issued) = (address(&One.to_account_id()), issuance());
		submit_ok(
			Alice,
			pallet_balances::Call::<Runtime>::transfer_allow_death { dest, value: EXISTENTIAL_DEPOSIT },
		);
		let (_, pool_loom) = pool();
		let dest = address(&Bob.to_account_id());
		let value = EXISTENTIAL_DEPOSIT - 1;
		let from = heirloom_runtime::RuntimeOrigin::signed(One.to_account_id());
		assert_ok!(Balances::transfer_allow_death(from, dest, value));
		assert_eq!(pool().1, pool_loom + 1);
		assert_eq!(issuance(), issued);
	});
}
