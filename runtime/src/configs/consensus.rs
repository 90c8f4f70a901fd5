//! Who makes blocks and finalizes them, and what becomes of who makes two where one was due.

use super::{ElectedValidators, MAX_NOMINATORS, NotedAuthors};
use crate::{
	AccountId, Aura, Balance, Balances, BlockNumber, Historical, Offences, Runtime, RuntimeCall,
	RuntimeEvent, Session, SessionKeys, Staking, UncheckedExtrinsic,
	constants::{
		loom::deposit,
		time::{DAYS, HOURS, SLOT_DURATION},
	},
};
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU32, ConstU64},
};
use frame_system::offchain::{CreateBare, CreateTransactionBase};
use pallet_session::{
	PeriodicSessions, disabling::UpToLimitDisablingStrategy, historical::NoteHistoricalRoot,
};
use pallet_staking::UnitIdentificationOf;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::traits::{ConvertInto, OpaqueKeys};
use sp_session::MembershipProof;

parameter_types! {
	/// Blocks of a session. Changed keys take effect two sessions later.
	pub const SessionPeriod: BlockNumber =
		if cfg!(feature = "rehearsal") { crate::constants::time::MINUTES } else { HOURS };
	/// The first session begins with the chain.
	pub const SessionOffset: BlockNumber = 0;
	/// Sessions for which an equivocation can still be reported: two weeks.
	pub const ReportableSessions: u32 = 14 * DAYS / HOURS;
	/// The same in blocks: how long a report stays valid in the transaction pool.
	pub const ReportLongevity: u64 = 14 * DAYS as u64;
	/// Held from an account that registers session keys: three entries, the keys twice and two owners.
	pub const KeyDeposit: Balance = deposit(3, 2 * 64 + 2 * 32);
}

/// The most validators: both consensus engines keep them in one bounded list.
pub type MaxAuthorities = ConstU32<100>;

impl pallet_aura::Config for Runtime {
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type AuthorityId = AuraId;
	type DisabledValidators = Session;
	type MaxAuthorities = MaxAuthorities;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_authorship::Config for Runtime {
	type EventHandler = NotedAuthors;
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Aura>;
}

impl pallet_session::Config for Runtime {
	type Currency = Balances;
	type DisablingStrategy = UpToLimitDisablingStrategy;
	type KeyDeposit = KeyDeposit;
	type Keys = SessionKeys;
	type NextSessionRotation = PeriodicSessions<SessionPeriod, SessionOffset>;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type SessionManager = NoteHistoricalRoot<Self, ElectedValidators>;
	type ShouldEndSession = PeriodicSessions<SessionPeriod, SessionOffset>;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

impl pallet_session::historical::Config for Runtime {
	// What a proof of a past session has to show is who a key belonged to; what stood behind it, the staking pallet knows.
	type FullIdentification = ();
	type FullIdentificationOf = UnitIdentificationOf<Self>;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_offences::Config for Runtime {
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Self>;
	type OnOffenceHandler = Staking;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_grandpa::Config for Runtime {
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>;
	type KeyOwnerProof = MembershipProof;
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<MAX_NOMINATORS>;
	// A set id lasts a session or longer.
	type MaxSetIdSessionEntries = ConstU64<{ ReportableSessions::get() as u64 }>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

impl<LocalCall> CreateTransactionBase<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<LocalCall> CreateBare<LocalCall> for Runtime
where
	RuntimeCall: From<LocalCall>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}
