//! What people put around a call: batches, several signatures, somebody who acts for them.

use crate::{
	Balance, Balances, OriginCaller, Runtime, RuntimeCall, RuntimeEvent, System, constants::loom::deposit,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

parameter_types! {
	/// Held for an open multisig call.
	pub const MultisigDepositBase: Balance = deposit(1, 88);
	/// Held for each of its approvals.
	pub const MultisigDepositFactor: Balance = deposit(0, 32);
	/// Held for a list of proxies.
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	/// Held for each of them: account, type, delay.
	pub const ProxyDepositFactor: Balance = deposit(0, 37);
	/// Held for a list of announcements.
	pub const AnnouncementDepositBase: Balance = deposit(1, 8);
	/// Held for each of them: account, hash, block.
	pub const AnnouncementDepositFactor: Balance = deposit(0, 68);
}

impl pallet_utility::Config for Runtime {
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

impl pallet_multisig::Config for Runtime {
	type BlockNumberProvider = System;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
}

/// What a proxy may do for an account.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	Any,
	/// Everything about AI assets: minting, using, owning, reporting, answering a claim or a doubt. Nothing that stakes a
	/// bond: operators', challengers' and claimants' can be lost.
	Assets,
	/// A curator's work: propose and vote.
	Curation,
	/// Cancel what another proxy announced.
	CancelProxy,
}

/// What an owner or a consumer does about sandboxed assets.
fn is_use_of_sandbox(call: &pallet_sandbox_access::Call<Runtime>) -> bool {
	use pallet_sandbox_access::Call;
	matches!(
		call,
		Call::set_sandboxed { .. }
			| Call::set_policy { .. }
			| Call::request { .. }
			| Call::approve { .. }
			| Call::revoke { .. }
			| Call::complete { .. }
			| Call::refuse { .. }
			| Call::expire { .. }
			| Call::prune { .. }
			| Call::answer_challenge { .. }
			| Call::expire_challenge { .. }
	)
}

/// A batch is dispatched call by call through the same filter.
fn is_batch(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Utility(
			pallet_utility::Call::batch { .. }
				| pallet_utility::Call::batch_all { .. }
				| pallet_utility::Call::force_batch { .. }
		)
	)
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			Self::Any => true,
			Self::Assets => {
				is_batch(call)
					|| matches!(call, RuntimeCall::SandboxAccess(call) if is_use_of_sandbox(call))
					|| matches!(
						call,
						RuntimeCall::Lineage(_)
							| RuntimeCall::Royalty(_)
							| RuntimeCall::Nfts(_)
							| RuntimeCall::Disputes(
								pallet_disputes::Call::answer { .. } | pallet_disputes::Call::close { .. }
							)
					)
			}
			Self::Curation => {
				is_batch(call)
					|| matches!(
						call,
						RuntimeCall::Curators(_) | RuntimeCall::Disputes(pallet_disputes::Call::vote { .. })
					)
			}
			Self::CancelProxy => {
				matches!(call, RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { .. }))
			}
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		self == &Self::Any || self == other
	}
}

impl pallet_proxy::Config for Runtime {
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
	type CallHasher = BlakeTwo256;
	type Currency = Balances;
	type MaxPending = ConstU32<32>;
	type MaxProxies = ConstU32<32>;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type ProxyType = ProxyType;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
}
