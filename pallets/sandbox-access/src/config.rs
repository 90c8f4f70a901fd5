//! What the pallet needs of a runtime.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// Who admits, suspends and slashes operators, forces assets into the sandbox and stops permits.
		type CuratorOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// The native token, for operators' bonds.
		type Native: fungible::MutateHold<Self::AccountId, Balance = u128, Reason = Self::RuntimeHoldReason>;

		/// U, for fees and for the deposits of consumers, who pay in U anyhow.
		type U: fungible::MutateHold<Self::AccountId, Balance = MicroU, Reason = Self::RuntimeHoldReason>;

		/// The assets, and where their use is booked.
		type Catalogue: Catalogue<Self::AccountId>;

		/// The chain's clock, in milliseconds.
		type Time: Time<Moment = Moment>;

		/// The period that is open for bookings: the privacy log counts by it.
		type OpenPeriod: Get<Period>;

		/// Signatures under reports, by any key that accounts are made of.
		type ReportSignature: Verify<Signer: IdentifyAccount<AccountId = Self::AccountId>> + Parameter;

		/// What the native token is worth in U: a fee in U is given back from a slash by it.
		type DepositRate: DepositRate<u128>;

		/// Who receives what is slashed, and what a challenge that proved nothing costs. Exists with at least the minimum
		/// balances of the native token and of U.
		#[pallet::constant]
		type SlashDestination: Get<Self::AccountId>;

		/// An operator's bond, in the native token: what it loses when it takes data away.
		#[pallet::constant]
		type OperatorBond: Get<u128>;

		/// Milliseconds from an operator's farewell to its bond. Longer than [`Config::MaxPermitMillis`], so that
		/// whatever it was trusted with comes to light before.
		#[pallet::constant]
		type UnbondingMillis: Get<Moment>;

		/// What a challenger leaves, in micro-U: U is what consumers and owners have. It pays for the repetition, so no
		/// operator gets more for one.
		#[pallet::constant]
		type ChallengeBond: Get<MicroU>;

		/// What a difference costs the operator that was challenged, in the native token. At most
		/// [`Config::OperatorBond`]: what is left of it stands against what else comes to light, and no other challenge takes
		/// it.
		#[pallet::constant]
		type ChallengeSlash: Get<u128>;

		/// Milliseconds after a completion in which it can be challenged, those not counted in which a challenge waited for
		/// its answer. [`Config::UnbondingMillis`] has room for them and for two times of [`Config::AnswerMillis`], so that a
		/// challenge that nobody answered takes nothing of it.
		#[pallet::constant]
		type ChallengeMillis: Get<Moment>;

		/// Milliseconds in which the second operator answers. As long as a job may take.
		#[pallet::constant]
		type AnswerMillis: Get<Moment>;

		/// The longest that a permit can be open, in milliseconds, and with it the consumer's money held.
		#[pallet::constant]
		type MaxPermitMillis: Get<Moment>;

		/// The most assets of one permit: each is booked and leaves a receipt in the block that completes it. 16
		/// stay below a hundredth of a block.
		#[pallet::constant]
		type MaxUsesPerPermit: Get<u32>;

		/// What completing a permit may weigh, settling its assets included. Not more than one transaction may: what is above
		/// it is refused when it is requested, for nobody could complete it.
		#[pallet::constant]
		type MaxCompletionWeight: Get<Weight>;

		/// The most code hashes of a policy. 16 of them and 16 operators keep a policy at 1 KiB, which an asset's own
		/// deposit covers.
		#[pallet::constant]
		type MaxCodes: Get<u32>;

		/// The most operators of a policy, see [`Config::MaxCodes`]. The owner seals the data to each.
		#[pallet::constant]
		type MaxOperatorsPerPolicy: Get<u32>;

		/// Deposit for a permit, in micro-U: a record of up to 1.5 KiB. Returned when it is pruned.
		#[pallet::constant]
		type PermitDeposit: Get<MicroU>;

		/// Milliseconds for which an ended permit can be looked up before it can be pruned.
		#[pallet::constant]
		type KeptMillis: Get<Moment>;

		/// What benchmarks need of the runtime beside its pallets.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId, Self::ReportSignature>;
	}
}
