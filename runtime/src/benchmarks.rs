//! The benchmarks of all pallets that have any, and what they need of this runtime. `scripts/weights` runs ours.

use crate::{
	AccountId, Assets, Balances, Runtime, Signature,
	constants::{loom::LOOM, u::U_ID},
};
use frame_support::traits::{fungible, fungibles, tokens::Precision};
use heirloom_primitives::{Moment, U};
use sp_core::{crypto::KeyTypeId, sr25519};

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
	[pallet_whitelist, Whitelist]
);

impl frame_benchmarking::baseline::Config for Runtime {}
impl frame_system_benchmarking::Config for Runtime {}
impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

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
