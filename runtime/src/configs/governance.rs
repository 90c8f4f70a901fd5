//! The council of curators, and what it takes for it to act as root. There is no other way to root.
//!
//! A motion that is to run as root calls `Whitelist`: `whitelist_call` approves the call's hash, and
//! `dispatch_whitelisted_call` or `dispatch_whitelisted_call_with_preimage` dispatches it as root. Both may be one motion, a batch.

use super::{CallableInSafeMode, MAXIMUM_BLOCK_WEIGHT};
use crate::{
	AccountId, Balance, Balances, BlockNumber, Curators, Preimage, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, RuntimeOrigin, System,
	constants::{
		loom::deposit,
		time::{DAYS, HOURS},
	},
};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use frame_support::{
	parameter_types,
	traits::{ConstU32, EitherOfDiverse, LinearStoragePrice, NeverEnsureOrigin, fungible::HoldConsideration},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureWithSuccess};
use heirloom_primitives::{AssetId, Bps, Impartial, Words};
use pallet_collective::{EnsureProportionAtLeast, EnsureProportionMoreThan, Instance1 as CuratorsInstance};
use sp_runtime::{Perbill, traits::Hash};

/// More than half of the curators.
pub type CouncilMajority = EnsureProportionMoreThan<AccountId, CuratorsInstance, 1, 2>;
/// At least two thirds of the curators.
pub type CouncilTwoThirds = EnsureProportionAtLeast<AccountId, CuratorsInstance, 2, 3>;
/// Root, which is a council motion too, or who else is named.
pub type EnsureRootOr<Other> = EitherOfDiverse<EnsureRoot<AccountId>, Other>;

parameter_types! {
	/// Blocks in which a motion is voted on.
	pub const MotionDuration: BlockNumber = 3 * DAYS;
	/// The most that a motion may weigh: it is dispatched with the vote that decides it.
	pub MaxProposalWeight: Weight = Perbill::from_percent(50) * MAXIMUM_BLOCK_WEIGHT;
	/// Held for a preimage.
	pub const PreimageBaseDeposit: Balance = deposit(2, 64);
	/// Held for each of its bytes.
	pub const PreimageByteDeposit: Balance = deposit(0, 1);
	/// What is held for a preimage is named so.
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
	/// Blocks for which a dispatch that came before its whitelisting waits for it.
	pub const DeferredDispatchExpiration: BlockNumber = 7 * DAYS;
	/// Blocks that safe mode lasts once entered, and each time it is extended.
	pub const SafeModeDuration: BlockNumber = 6 * HOURS;
	/// Nobody enters safe mode for a deposit: it stops everybody's trade.
	pub const NoDeposit: Option<Balance> = None;
	/// So there is none to release.
	pub const NoRelease: Option<BlockNumber> = None;
}

/// Who voted for the motion that attests, which keeps its votes until it was dispatched.
pub struct MotionVotes;

impl Impartial<AccountId> for MotionVotes {
	fn may_have_attested(
		who: &AccountId,
		asset: AssetId,
		quality: Option<Bps>,
		impact: Option<Bps>,
		reason: &Words,
	) -> bool {
		let reason = reason.clone();
		let attest = pallet_lineage::Call::<Runtime>::attest { asset, quality, impact, reason };
		let motion = <Runtime as frame_system::Config>::Hashing::hash_of(&RuntimeCall::from(attest));
		let votes = pallet_collective::Voting::<Runtime, CuratorsInstance>::get(motion);
		let members = pallet_collective::Members::<Runtime, CuratorsInstance>::get();
		// An open motion need not be the one that is dispatched, which may wrap the same call once more. Where more than half
		// voted for the open one, it is their decision all the same.
		let decided = |ayes: &Vec<AccountId>| 2 * ayes.len() > members.len() && !ayes.contains(who);
		members.contains(who) && !votes.and_then(|votes| ayes(&votes)).is_some_and(|ayes| decided(&ayes))
	}

	fn weight() -> Weight {
		// Owner and payee, the curators, the votes: read once, whoever is asked about next.
		<Runtime as frame_system::Config>::DbWeight::get().reads(4)
	}
}

/// Who voted for a motion. The pallet keeps its fields to itself: in their encoding an index and a threshold come first.
fn ayes(votes: &impl Encode) -> Option<Vec<AccountId>> {
	let (_, _, ayes) = <(u32, u32, Vec<AccountId>)>::decode(&mut votes.encode().as_slice()).ok()?;
	Some(ayes)
}

/// The most curators.
pub type MaxCurators = ConstU32<100>;

impl pallet_collective::Config<CuratorsInstance> for Runtime {
	// Only curators propose, and the number of open motions is bounded.
	type Consideration = ();
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type DisapproveOrigin = EnsureRootOr<CouncilTwoThirds>;
	type KillOrigin = EnsureRoot<AccountId>;
	type MaxMembers = MaxCurators;
	type MaxProposalWeight = MaxProposalWeight;
	type MaxProposals = ConstU32<100>;
	type MotionDuration = MotionDuration;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	// The membership pallet keeps the list; set here it would part from it.
	type SetMembersOrigin = NeverEnsureOrigin<()>;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
}

impl pallet_membership::Config<pallet_membership::Instance1> for Runtime {
	type AddOrigin = EnsureRootOr<CouncilTwoThirds>;
	type MaxMembers = MaxCurators;
	type MembershipChanged = Curators;
	type MembershipInitialized = Curators;
	type PrimeOrigin = EnsureRootOr<CouncilTwoThirds>;
	type RemoveOrigin = EnsureRootOr<CouncilTwoThirds>;
	type ResetOrigin = EnsureRootOr<CouncilTwoThirds>;
	type RuntimeEvent = RuntimeEvent;
	type SwapOrigin = EnsureRootOr<CouncilTwoThirds>;
	type WeightInfo = pallet_membership::weights::SubstrateWeight<Runtime>;
}

impl pallet_preimage::Config for Runtime {
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<PreimageBaseDeposit, PreimageByteDeposit, Balance>,
	>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
}

impl pallet_whitelist::Config for Runtime {
	type BlockNumberProvider = System;
	type DeferredDispatchExpiration = DeferredDispatchExpiration;
	type DispatchWhitelistedOrigin = CouncilTwoThirds;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_whitelist::weights::SubstrateWeight<Runtime>;
	type WhitelistOrigin = CouncilMajority;
}

impl pallet_safe_mode::Config for Runtime {
	type Currency = Balances;
	type EnterDepositAmount = NoDeposit;
	type EnterDuration = SafeModeDuration;
	type ExtendDepositAmount = NoDeposit;
	type ExtendDuration = SafeModeDuration;
	type ForceDepositOrigin = EnsureRoot<AccountId>;
	type ForceEnterOrigin = EnsureWithSuccess<EnsureRootOr<CouncilMajority>, AccountId, SafeModeDuration>;
	type ForceExitOrigin = EnsureRootOr<CouncilMajority>;
	type ForceExtendOrigin = EnsureWithSuccess<EnsureRootOr<CouncilMajority>, AccountId, SafeModeDuration>;
	type Notify = ();
	type ReleaseDelay = NoRelease;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_safe_mode::weights::SubstrateWeight<Runtime>;
	type WhitelistedCalls = CallableInSafeMode;
}
