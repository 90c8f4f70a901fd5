//! The benchmarks of all pallets that have any, and what they need of this runtime. `scripts/weights` runs ours.

use crate::{
	AccountId, Assets, Balances, Runtime, Signature,
	configs::{EcosystemPool, RoyaltyPot},
	constants::{loom::LOOM, u::U_ID},
};
use alloc::vec::Vec;
use frame_support::traits::{fungible, fungibles, tokens::Precision};
use heirloom_primitives::{Moment, U};
use pallet_lineage::COLLECTION;
use sp_core::{crypto::KeyTypeId, sr25519, storage::TrackedStorageKey};

// Of session and offences those benchmarks are left out that a chain with staking has.
frame_benchmarking::define_benchmarks!(
	[frame_benchmarking, BaselineBench::<Runtime>]
	[frame_system, SystemBench::<Runtime>]
	[frame_system_extensions, SystemExtensionsBench::<Runtime>]
	[pallet_asset_rate, AssetRate]
	[pallet_asset_tx_payment, AssetTxPayment]
	[pallet_assets, Assets]
	[pallet_balances, Balances]
	[pallet_collective, Curators]
	[pallet_disputes, Disputes]
	[pallet_grandpa, Grandpa]
	[pallet_lineage, Lineage]
	[pallet_membership, CuratorMembership]
	[pallet_multisig, Multisig]
	[pallet_nfts, Nfts]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_royalty, Royalty]
	[pallet_safe_mode, SafeMode]
	[pallet_sandbox_access, SandboxAccess]
	[pallet_timestamp, Timestamp]
	[pallet_transaction_payment, TransactionPayment]
	[pallet_utility, Utility]
	[pallet_validators, Validators]
	[pallet_whitelist, Whitelist]
);

impl frame_benchmarking::baseline::Config for Runtime {}
impl frame_system_benchmarking::Config for Runtime {}
impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

/// What every use, report or minting reads or writes, however many of them are in a block: U itself, the accounts that
/// money comes together in, the month's total, the collection, counters, clocks. The database is asked for each once a
/// block, so no call is charged for that; what the runtime does with them is measured.
pub fn shared_by_all_calls() -> Vec<TrackedStorageKey> {
	let account = |who| pallet_assets::Account::<Runtime>::hashed_key_for(U_ID, who);
	let total = |period| pallet_royalty::Totals::<Runtime>::hashed_key_for(period);
	[
		pallet_assets::Asset::<Runtime>::hashed_key_for(U_ID),
		account(RoyaltyPot::get()),
		account(EcosystemPool::get()),
		pallet_asset_rate::ConversionRateToNative::<Runtime>::hashed_key_for(U_ID),
		pallet_lineage::NextAssetId::<Runtime>::hashed_key().to_vec(),
		pallet_lineage::PayeeCounts::<Runtime>::hashed_key().to_vec(),
		pallet_nfts::Collection::<Runtime>::hashed_key_for(COLLECTION),
		pallet_nfts::CollectionConfigOf::<Runtime>::hashed_key_for(COLLECTION),
		pallet_royalty::OpenPeriod::<Runtime>::hashed_key().to_vec(),
		pallet_royalty::PendingPeriod::<Runtime>::hashed_key().to_vec(),
		total(pallet_royalty::OpenPeriod::<Runtime>::get()),
		total(pallet_royalty::BENCHMARKED_PERIOD),
		pallet_timestamp::Now::<Runtime>::hashed_key().to_vec(),
	]
	.map(Into::into)
	.into()
}

/// Under which the host of the benchmarks keeps keys.
const KEYS: KeyTypeId = KeyTypeId(*b"bnch");

/// What benchmarks need beside the pallets.
pub struct Helper;

impl pallet_sandbox_access::BenchmarkHelper<AccountId, Signature> for Helper {
	fn set_now(now: Moment) {
		pallet_timestamp::Now::<Runtime>::put(now);
	}

	fn signing_key() -> AccountId {
		sp_io::crypto::sr25519_generate(KEYS, None).0.into()
	}

	fn sign(key: &AccountId, payload: &[u8]) -> Signature {
		let public = sr25519::Public::from_raw(*key.as_ref());
		let signature = sp_io::crypto::sr25519_sign(KEYS, &public, payload);
		Signature::Sr25519(signature.expect("the host holds the key that it generated"))
	}
}

impl pallet_asset_tx_payment::BenchmarkHelperTrait<AccountId, u32, u32> for Helper {
	fn create_asset_id_parameter(_: u32) -> (u32, u32) {
		(U_ID, U_ID)
	}

	fn setup_balances_and_pool(asset: u32, account: AccountId) {
		<Balances as fungible::Unbalanced<_>>::increase_balance(&account, LOOM, Precision::Exact)
			.expect("a new account takes a LOOM");
		<Assets as fungibles::Unbalanced<_>>::increase_balance(asset, &account, U, Precision::Exact)
			.expect("U exists from genesis on");
	}
}
