//! Who validates: elections from bonds, what validators earn and lose, and who is taken out for doing nothing.

use super::{CouncilMajority, CouncilTwoThirds, EcosystemPool, EnsureRootOr, MaxAuthorities};
use crate::{
	AccountId, Balance, Balances, Historical, Runtime, RuntimeHoldReason, RuntimeOrigin, Session, Staking,
	Timestamp, Validators,
	constants::{accounts::REWARD_POT, loom::LOOM},
};
use alloc::vec::Vec;
use frame_election_provider_support::{
	SequentialPhragmen,
	bounds::{ElectionBounds, ElectionBoundsBuilder},
	onchain::{self, OnChainExecution},
};
use frame_support::{
	defensive, parameter_types,
	traits::{
		ConstBool, ConstU32, Contains, Get, OnUnbalanced, fungible,
		tokens::{Preservation, imbalance::ResolveTo},
	},
	weights::Weight,
};
use pallet_session::historical;
use pallet_staking::{
	FixedNominationsQuota, UseNominatorsAndValidatorsMap, UseValidatorsMap, WeightInfo as _,
};
use sp_runtime::{DispatchResult, Perbill, traits::AccountIdConversion};
use sp_staking::{
	EraIndex, SessionIndex, StakingInterface, currency_to_vote::U128CurrencyToVote, offence::OffenceSeverity,
};

/// The most that can stand for election.
pub(crate) const MAX_CANDIDATES: u32 = 200;
/// The least that can be bonded at all: more than a deposit for what is kept of a bond. Whoever wants to validate bonds much
/// more than that.
pub(super) const LEAST_BOND: Balance = LOOM;
/// The most nominators that an election hears. Genesis lets nobody nominate; the council can raise that up to here.
pub(super) const MAX_NOMINATORS: u32 = 256;

parameter_types! {
	/// Sessions of an era: a day, after which validators are elected anew and paid.
	pub const SessionsPerEra: SessionIndex = 24;
	/// Eras for which a bond stays after it was unbonded: longer than a slash waits.
	pub const BondingDuration: EraIndex = 28;
	/// Eras from an offence's to its slash. They are counted from the offence and not from its report, so they are longer
	/// than a report can be late: the council has at least six to cancel, and the bond is still there.
	pub const SlashDeferDuration: EraIndex = 20;
	/// Holds what is set aside for validators.
	pub RewardPot: AccountId = REWARD_POT.into_account_truncating();
	/// What is kept back of an era's reward, since the shares of validators and nominators may be rounded up: a planck each.
	pub const RoundingReserve: Balance = 10_000;
	/// What an election looks at: everybody who can stand and every voice there can be, so none is left out.
	pub Bounds: ElectionBounds = ElectionBoundsBuilder::default()
		.voters_count((MAX_CANDIDATES + MAX_NOMINATORS).into())
		.targets_count(MAX_CANDIDATES.into())
		.build();
}

const _: () = {
	let report_eras = super::ReportableSessions::get() / SessionsPerEra::get();
	assert!(
		SlashDeferDuration::get() >= report_eras + 6,
		"a late report would be filed under an era that has passed"
	);
	assert!(SlashDeferDuration::get() + 1 < BondingDuration::get(), "a bond must outlast the slash");
	assert!(
		((MAX_CANDIDATES + MAX_NOMINATORS * 16) as Balance) < RoundingReserve::get(),
		"a planck for every share"
	);
};

/// The most that an era's validators are backed by, each.
type MaxBackers = ConstU32<{ MAX_CANDIDATES + MAX_NOMINATORS }>;

/// Elections held by the chain itself, in the block that ends a session, with a bounded number of voices.
pub struct Phragmen;

impl onchain::Config for Phragmen {
	type Bounds = Bounds;
	type DataProvider = Staking;
	type MaxBackersPerWinner = MaxBackers;
	type MaxWinnersPerPage = MaxAuthorities;
	type Solver = SequentialPhragmen<AccountId, Perbill>;
	type Sort = ConstBool<true>;
	type System = Runtime;
	type WeightInfo = frame_election_provider_support::weights::SubstrateWeight<Runtime>;
}

/// Accounts that have less than the least bond to stake. `bond` takes what an account has of what it states, be it nothing,
/// and keeps records of some 330 bytes of it.
pub struct WithoutLeastBond;

impl Contains<AccountId> for WithoutLeastBond {
	fn contains(who: &AccountId) -> bool {
		pallet_staking::asset::stakeable_balance::<Runtime>(who) < LEAST_BOND
	}
}

/// What the benchmarks of `pallet-staking` make.
pub struct BenchmarkingConfig;

impl pallet_staking::BenchmarkingConfig for BenchmarkingConfig {
	type MaxNominators = ConstU32<MAX_NOMINATORS>;
	type MaxValidators = ConstU32<MAX_CANDIDATES>;
}

impl pallet_staking::Config for Runtime {
	type AdminOrigin = EnsureRootOr<CouncilTwoThirds>;
	type BenchmarkingConfig = BenchmarkingConfig;
	type BondingDuration = BondingDuration;
	type Currency = Balances;
	type CurrencyBalance = Balance;
	type CurrencyToVote = U128CurrencyToVote;
	type ElectionProvider = OnChainExecution<Phragmen>;
	type EraPayout = Validators;
	type EventListeners = ();
	type Filter = WithoutLeastBond;
	type GenesisElectionProvider = Self::ElectionProvider;
	type HistoryDepth = ConstU32<84>;
	type MaxControllersInDeprecationBatch = ConstU32<0>;
	type MaxExposurePageSize = ConstU32<64>;
	type MaxUnlockingChunks = ConstU32<32>;
	type MaxValidatorSet = MaxAuthorities;
	type NextNewSession = Session;
	type NominationsQuota = FixedNominationsQuota<16>;
	type OldCurrency = Balances;
	type Reward = PaidFromPot;
	type RewardRemainder = ();
	type RuntimeEvent = crate::RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type SessionInterface = Self;
	type SessionsPerEra = SessionsPerEra;
	type Slash = ResolveTo<EcosystemPool, Balances>;
	type SlashDeferDuration = SlashDeferDuration;
	type TargetList = UseValidatorsMap<Self>;
	type UnixTime = Timestamp;
	type VoterList = UseNominatorsAndValidatorsMap<Self>;
	type WeightInfo = pallet_staking::weights::SubstrateWeight<Runtime>;
}

impl pallet_validators::Config for Runtime {
	// Four hours: time to repair a machine.
	type AbsenceLimit = ConstU32<4>;
	type Currency = Balances;
	type Elections = StakingElections;
	type MaxValidators = MaxAuthorities;
	type Pool = EcosystemPool;
	type RewardOrigin = EnsureRootOr<CouncilMajority>;
	type RewardPot = RewardPot;
	type RoundingReserve = RoundingReserve;
	type WeightInfo = pallet_validators::weights::SubstrateWeight<Runtime>;
}

/// `pallet-staking` issues what it pays; this takes the same amount out of what was set aside for it, so that LOOM's
/// issuance stays what it was.
pub struct PaidFromPot;

impl OnUnbalanced<fungible::Debt<AccountId, Balances>> for PaidFromPot {
	fn on_nonzero_unbalanced(debt: fungible::Debt<AccountId, Balances>) {
		let settle = |from, debt| {
			<Balances as fungible::Balanced<AccountId>>::settle(&from, debt, Preservation::Preserve).map(drop)
		};
		// The pot is short where who was passed over asks for its share later; it went on to the next era's validators.
		if settle(RewardPot::get(), debt).or_else(|debt| settle(EcosystemPool::get(), debt)).is_err() {
			defensive!("neither pot nor pool has what an era pays");
		}
	}
}

/// Lets the pallet that watches validators act on elections and payments.
pub struct StakingElections;

impl pallet_validators::Elections<AccountId> for StakingElections {
	fn remove(validator: &AccountId) -> DispatchResult {
		let candidates = pallet_staking::Validators::<Runtime>::count();
		let least = pallet_staking::MinimumValidatorCount::<Runtime>::get();
		// With fewer candidates than that no era would end, so nobody would be paid, slashed or let go.
		if !pallet_staking::Validators::<Runtime>::contains_key(validator) || candidates <= least {
			return Err(pallet_staking::Error::<Runtime>::CannotChillOther.into());
		}
		<Staking as StakingInterface>::chill(validator)
	}

	fn pay(validator: &AccountId, era: EraIndex) -> DispatchResult {
		let origin = RuntimeOrigin::signed(RewardPot::get());
		Staking::payout_stakers(origin, validator.clone(), era).map(drop).map_err(|failed| failed.error)
	}

	fn pay_weight() -> Weight {
		<Runtime as pallet_staking::Config>::WeightInfo::payout_stakers_alive_staked(
			<Runtime as pallet_staking::Config>::MaxExposurePageSize::get(),
		)
	}
}

/// Tells of who made a block.
pub struct NotedAuthors;

impl pallet_authorship::EventHandler<AccountId, crate::BlockNumber> for NotedAuthors {
	fn note_author(author: AccountId) {
		Staking::note_author(author.clone());
		Validators::note_author(&author);
	}
}

/// The validators that `pallet-staking` elects; beside that, keys that changed within an era are noted at once, and
/// those who do nothing or have earned something are told of.
pub struct ElectedValidators;

impl ElectedValidators {
	/// Whether a validator has set keys that are not queued yet.
	fn keys_changed() -> bool {
		let queued = Session::queued_keys();
		queued.iter().any(|(validator, keys)| Session::load_keys(validator).as_ref() != Some(keys))
	}

	/// Those who have session keys, if anybody has. An elected account without keys would be counted among the validators
	/// and never be one, and no proof of its session would be good; so it stands in no election until it has keys.
	fn with_keys(elected: Vec<AccountId>) -> Option<Vec<(AccountId, ())>> {
		let (validators, keyless): (Vec<_>, Vec<_>) =
			elected.into_iter().partition(|validator| Session::load_keys(validator).is_some());
		for stash in keyless {
			// It fails where too few stand, and is tried again after the next election.
			let _ = <StakingElections as pallet_validators::Elections<AccountId>>::remove(&stash);
		}
		(!validators.is_empty()).then(|| validators.into_iter().map(|validator| (validator, ())).collect())
	}

	/// Takes those out of the elections whose slash is still to come, and disables them while they are in the set: every
	/// change of it enables all of its members. Whose slash was cancelled can stand again.
	fn disable_offenders() {
		for slash in pallet_staking::UnappliedSlashes::<Runtime>::iter_values().flatten() {
			// It fails where too few stand, and is tried again with the next session.
			let _ = <StakingElections as pallet_validators::Elections<AccountId>>::remove(&slash.validator);
			Session::report_offence(slash.validator, OffenceSeverity::max_severity());
		}
	}

	fn active_era() -> Option<EraIndex> {
		pallet_staking::ActiveEra::<Runtime>::get().map(|era| era.index)
	}
}

impl historical::SessionManager<AccountId, ()> for ElectedValidators {
	/// Within an era the set and its noted root stay as they are, unless keys changed: they need a new root, or nobody
	/// could prove whose the new ones are.
	fn new_session(index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		let elected = <Staking as pallet_session::SessionManager<AccountId>>::new_session(index);
		Self::with_keys(elected.or_else(|| Self::keys_changed().then(Session::validators))?)
	}

	fn new_session_genesis(index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
		Self::with_keys(<Staking as pallet_session::SessionManager<AccountId>>::new_session_genesis(index)?)
	}

	fn start_session(index: SessionIndex) {
		let before = Self::active_era();
		<Staking as historical::SessionManager<AccountId, ()>>::start_session(index);
		if let Some(era) = before.filter(|_| Self::active_era() != before) {
			let points = pallet_staking::ErasRewardPoints::<Runtime>::get(era);
			Validators::note_era(era, points.individual.into_keys());
		}
		Self::disable_offenders();
	}

	fn end_session(index: SessionIndex) {
		// Who is disabled makes no blocks.
		let disabled = Session::disabled_validators();
		let enabled = (0u32..).zip(Session::validators()).filter(|(index, _)| !disabled.contains(index));
		Validators::end_session(&enabled.map(|(_, validator)| validator).collect::<Vec<_>>());
		<Staking as historical::SessionManager<AccountId, ()>>::end_session(index);
		Historical::prune_up_to(index.saturating_sub(super::ReportableSessions::get()));
	}
}

impl pallet_session::SessionManager<AccountId> for ElectedValidators {
	fn new_session(index: SessionIndex) -> Option<Vec<AccountId>> {
		let validators = <Self as historical::SessionManager<_, _>>::new_session(index)?;
		Some(validators.into_iter().map(|(validator, ())| validator).collect())
	}

	fn start_session(index: SessionIndex) {
		<Self as historical::SessionManager<_, _>>::start_session(index);
	}

	fn end_session(index: SessionIndex) {
		<Self as historical::SessionManager<_, _>>::end_session(index);
	}
}
