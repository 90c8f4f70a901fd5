//! What the pallet announces.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account became an operator, not admitted yet.
		OperatorRegistered {
			/// Who.
			operator: T::AccountId,
			/// What it states of itself.
			profile: OperatorProfile<T::AccountId>,
		},
		/// An operator stated something else of itself.
		OperatorUpdated {
			/// Who.
			operator: T::AccountId,
			/// What it states of itself.
			profile: OperatorProfile<T::AccountId>,
			/// Whether it can be given jobs now: another measurement has to be admitted.
			status: OperatorStatus,
		},
		/// The curators admitted an operator.
		OperatorAdmitted {
			/// Who.
			operator: T::AccountId,
			/// With which runner.
			measurement: H256,
		},
		/// An admitted operator is not admitted any more.
		OperatorSuspended {
			/// Who.
			operator: T::AccountId,
			/// Why, in the curators' words. None where a challenge did it.
			reason: Option<Words>,
		},
		/// An operator lost a part of its bond: the curators took it, or a challenge did.
		OperatorSlashed {
			/// Who.
			operator: T::AccountId,
			/// How much, in the native token.
			amount: u128,
			/// Who received it.
			to: T::AccountId,
			/// Why, in the curators' words. None where a challenge took it.
			reason: Option<Words>,
		},
		/// An operator completed its bond again.
		BondToppedUp {
			/// Who.
			operator: T::AccountId,
			/// By how much, in the native token.
			amount: u128,
		},
		/// An operator is leaving.
		UnbondingBegun {
			/// Who.
			operator: T::AccountId,
			/// When its bond can be withdrawn.
			until: Moment,
		},
		/// An operator left.
		BondWithdrawn {
			/// Who.
			operator: T::AccountId,
			/// What it got back, in the native token.
			amount: u128,
		},
		/// An asset can be used inside sandboxes only from now on.
		Sandboxed {
			/// The asset.
			asset: AssetId,
			/// Medical, or chosen by its owner.
			mode: Mode,
			/// Why, in the curators' words. None where they did not decide it.
			reason: Option<Words>,
		},
		/// An owner said what may be done with an asset.
		PolicySet {
			/// The asset.
			asset: AssetId,
			/// The policy.
			policy: Policy<T>,
		},
		/// A consumer asked for a permit; what it costs is held.
		Requested {
			/// Its id.
			permit: PermitId,
			/// Who pays.
			consumer: T::AccountId,
			/// Who is to run the job.
			operator: T::AccountId,
			/// What is used, with the fees agreed.
			uses: UsesOf<T>,
			/// What the job is for.
			purpose: Purpose,
			/// Hash of the code to run.
			code_hash: H256,
			/// Hash of its parameters.
			parameters_hash: H256,
			/// The most bytes that may leave the sandbox.
			output_cap: u64,
			/// After this moment it cannot be completed.
			expires_at: Moment,
			/// The operator's fee, in micro-U.
			operator_fee: MicroU,
			/// The assets whose owners have to approve.
			awaiting: BoundedVec<AssetId, T::MaxUsesPerPermit>,
			/// The other operators that all assets are sealed to: who can repeat the job.
			sealed_to: BoundedVec<T::AccountId, T::MaxOperatorsPerPolicy>,
		},
		/// An owner approved the use of its assets.
		UseApproved {
			/// The permit.
			permit: PermitId,
			/// The owner.
			owner: T::AccountId,
		},
		/// Nobody's approval is missing: the operator may run the job.
		Approved {
			/// The permit.
			permit: PermitId,
			/// Who may run it.
			operator: T::AccountId,
		},
		/// A job was completed and paid.
		Completed {
			/// The permit.
			permit: PermitId,
			/// Who ran it and was paid its fee.
			operator: T::AccountId,
			/// What the operator signed.
			report: ReportOf<T>,
			/// Hash of what was signed.
			hash: H256,
		},
		/// A job, or its output, was refused by the operator; refunded.
		Refused {
			/// The permit.
			permit: PermitId,
			/// Who refused it.
			operator: T::AccountId,
			/// What the operator signed.
			report: ReportOf<T>,
			/// Hash of what was signed.
			hash: H256,
		},
		/// A permit was withdrawn; refunded.
		Revoked {
			/// The permit.
			permit: PermitId,
			/// The consumer or an owner; none for the curators.
			by: Option<T::AccountId>,
			/// Why, in the curators' words. None where they did not decide it.
			reason: Option<Words>,
		},
		/// A permit's time ran out; refunded.
		Expired {
			/// The permit.
			permit: PermitId,
		},
		/// A completed permit was used up by a derived asset.
		Consumed {
			/// The permit.
			permit: PermitId,
			/// The derived asset.
			into: AssetId,
		},
		/// Somebody doubts a completed job; its bond is held.
		Challenged {
			/// The permit.
			permit: PermitId,
			/// Who doubts it.
			challenger: T::AccountId,
			/// Who completed the job.
			operator: T::AccountId,
			/// Who is to repeat it.
			second: T::AccountId,
			/// What is held of the challenger, in micro-U.
			bond: MicroU,
			/// What the second operator gets of it for its answer, in micro-U.
			fee: MicroU,
			/// The last moment for the answer.
			answer_until: Moment,
		},
		/// The second operator came to the same: what its fee left of the challenger's bond went to `SlashDestination`.
		ChallengeDismissed {
			/// The permit.
			permit: PermitId,
			/// Who repeated the job.
			second: T::AccountId,
			/// What it was paid from the challenger's bond, in micro-U.
			fee: MicroU,
			/// What it signed.
			report: ReportOf<T>,
			/// Hash of what was signed.
			hash: H256,
		},
		/// The second operator came to something else: the first was slashed, and what the fee left of the challenger's bond
		/// was returned.
		ChallengeUpheld {
			/// The permit.
			permit: PermitId,
			/// Who repeated the job.
			second: T::AccountId,
			/// What it was paid from the challenger's bond, in micro-U.
			fee: MicroU,
			/// What the challenger got for that from the slash, in the native token.
			refund: u128,
			/// What it signed.
			report: ReportOf<T>,
			/// Hash of what was signed.
			hash: H256,
		},
		/// Nobody answered a challenge in time; its bond was returned.
		ChallengeExpired {
			/// The permit.
			permit: PermitId,
			/// Who should have repeated the job.
			second: T::AccountId,
			/// Until when the job can be challenged now.
			challengeable_until: Moment,
		},
		/// An ended permit was removed from state, and its deposit returned.
		Pruned {
			/// The permit.
			permit: PermitId,
		},
	}
}
