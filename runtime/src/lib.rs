//! Heirloom's runtime: the pallets and how they are wired, the genesis presets and the runtime APIs.
//!
//! Pallets are configured in [`configs`], a file a subject; what a new chain starts with stands in [`genesis`].

#![cfg_attr(not(feature = "std"), no_std)]
#![allow(
	missing_docs,
	reason = "the runtime, its APIs and the wasm binary are generated without documentation"
)]
// The macro that lists the pallets expands recursively, some levels a pallet.
#![recursion_limit = "256"]

extern crate alloc;

#[cfg(all(feature = "std", not(feature = "rehearsal")))]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
#[cfg(all(feature = "std", feature = "rehearsal"))]
include!(concat!(env!("OUT_DIR"), "/rehearsal.rs"));

// Before the APIs, which use the macros that it defines.
#[cfg(feature = "runtime-benchmarks")]
#[macro_use]
pub mod benchmarks;

pub mod apis;
pub mod configs;
pub mod constants;
pub mod genesis;
pub mod genesis_rates;
pub mod nesting;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
mod signature;

#[cfg(feature = "std")]
pub use apis::RuntimeApi;
pub use constants::time::{MILLISECS_PER_BLOCK, SLOT_DURATION};
pub use signature::{MaxSummary, PersonalSignature, Signature};

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{
	MultiAddress, MultiSigner, generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount},
};
use sp_version::RuntimeVersion;

/// An account: the public key that made a [`Signature`], or the hash of one.
pub type AccountId = <MultiSigner as IdentifyAccount>::AccountId;
/// An amount of LOOM in planck or of U in micro-U.
pub type Balance = u128;
/// How many transactions an account has made.
pub type Nonce = u32;
/// A block or transaction hash.
pub type Hash = sp_core::H256;
/// The number of a block.
pub type BlockNumber = u32;
/// How transactions address an account.
pub type Address = MultiAddress<AccountId, ()>;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its finality justification.
pub type SignedBlock = generic::SignedBlock<Block>;
/// A block's number or hash.
pub type BlockId = generic::BlockId<Block>;
/// A transaction as it comes from the network.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What a transaction's signer signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// What a transaction carries besides its call, and what is checked before it is dispatched.
pub type TxExtension = (
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_asset_tx_payment::ChargeAssetTxPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// Dispatches blocks and transactions to the pallets.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// Types by which a node passes blocks on without knowing what is in them, so that it need not be of the runtime's
/// version.
pub mod opaque {
	use super::*;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// A header; its digest is read by consensus.
	pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
	/// A block of undecoded transactions.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// A block's number or hash.
	pub type BlockId = generic::BlockId<Block>;
	/// A block hash.
	pub type Hash = <BlakeTwo256 as sp_runtime::traits::Hash>::Output;
}

impl_opaque_keys! {
	/// The keys a validator signs with.
	pub struct SessionKeys {
		/// Authors blocks.
		pub aura: Aura,
		/// Finalizes them.
		pub grandpa: Grandpa,
	}
}

/// This runtime's version. `spec_version` rises with every change of behaviour, `transaction_version` when a
/// transaction signed before would mean something else.
#[cfg(not(feature = "rehearsal"))]
pub const VERSION: RuntimeVersion = RELEASED;
#[cfg(feature = "rehearsal")]
pub const VERSION: RuntimeVersion = rehearsal::next(RELEASED);

// A rehearsal's version is asked for: the macro would write the released one into its wasm.
#[cfg_attr(not(feature = "rehearsal"), sp_version::runtime_version)]
const RELEASED: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("heirloom"),
	impl_name: Cow::Borrowed("heirloom"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// The pallets. Indices are part of every call's and event's encoding: they are grouped by subject with room between
/// the groups, and never change. Hooks and genesis run in this order.
#[frame_support::runtime]
mod runtime {
	/// The runtime.
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;

	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;

	#[runtime::pallet_index(10)]
	pub type Balances = pallet_balances;

	#[runtime::pallet_index(11)]
	pub type TransactionPayment = pallet_transaction_payment;

	#[runtime::pallet_index(12)]
	pub type Assets = pallet_assets;

	#[runtime::pallet_index(13)]
	pub type AssetsHolder = pallet_assets_holder;

	#[runtime::pallet_index(14)]
	pub type AssetRate = pallet_asset_rate;

	#[runtime::pallet_index(15)]
	pub type AssetTxPayment = pallet_asset_tx_payment;

	#[runtime::pallet_index(16)]
	pub type GenesisRates = crate::genesis_rates;

	#[runtime::pallet_index(20)]
	pub type Aura = pallet_aura;

	// Before the session pallet, so that a block's author is looked up in the session it was made in.
	#[runtime::pallet_index(21)]
	pub type Authorship = pallet_authorship;

	// Before the session pallet, whose genesis takes the validators from it.
	#[runtime::pallet_index(22)]
	pub type Staking = pallet_staking;

	#[runtime::pallet_index(23)]
	pub type Session = pallet_session;

	#[runtime::pallet_index(24)]
	pub type Historical = pallet_session::historical;

	#[runtime::pallet_index(25)]
	pub type Offences = pallet_offences;

	#[runtime::pallet_index(26)]
	pub type Grandpa = pallet_grandpa;

	#[runtime::pallet_index(27)]
	pub type Validators = pallet_validators;

	#[runtime::pallet_index(30)]
	pub type Curators = pallet_collective<Instance1>;

	#[runtime::pallet_index(31)]
	pub type CuratorMembership = pallet_membership<Instance1>;

	#[runtime::pallet_index(32)]
	pub type Preimage = pallet_preimage;

	#[runtime::pallet_index(33)]
	pub type Whitelist = pallet_whitelist;

	#[runtime::pallet_index(34)]
	pub type SafeMode = pallet_safe_mode;

	#[runtime::pallet_index(40)]
	pub type Utility = pallet_utility;

	#[runtime::pallet_index(41)]
	pub type Multisig = pallet_multisig;

	#[runtime::pallet_index(42)]
	pub type Proxy = pallet_proxy;

	#[runtime::pallet_index(50)]
	pub type Nfts = pallet_nfts;

	#[runtime::pallet_index(51)]
	pub type Lineage = pallet_lineage;

	#[runtime::pallet_index(52)]
	pub type Royalty = pallet_royalty;

	#[runtime::pallet_index(53)]
	pub type SandboxAccess = pallet_sandbox_access;

	#[runtime::pallet_index(54)]
	pub type Disputes = pallet_disputes;
}
