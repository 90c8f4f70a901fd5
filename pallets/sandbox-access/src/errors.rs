//! What the pallet refuses.

use frame_support::pallet_macros::pallet_section;

/// A part of [`crate::pallet`].
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// No asset has this id.
		AssetNotFound,
		/// The caller does not own the asset, or none of the permit's.
		NotOwner,
		/// The asset is sandboxed already.
		AlreadySandboxed,
		/// The asset is not sandboxed: it is used by a plain call.
		NotSandboxed,
		/// Its owner has not said what may be done with the asset.
		PolicyNotFound,
		/// A policy names a code hash or an operator twice.
		DuplicateInPolicy,
		/// A policy does not name this code.
		CodeNotApproved,
		/// A policy does not name this operator.
		OperatorNotApproved,
		/// The policies together allow less output.
		OutputCapTooLarge,
		/// The account is an operator already.
		AlreadyRegistered,
		/// The account is not an operator.
		OperatorNotFound,
		/// The operator is not admitted.
		OperatorNotAdmitted,
		/// The operator is admitted already.
		AlreadyAdmitted,
		/// The operator is leaving.
		OperatorUnbonding,
		/// The operator is not leaving.
		NotUnbonding,
		/// The bond cannot be withdrawn yet.
		StillUnbonding,
		/// A challenge of one of its jobs is not decided.
		StillChallenged,
		/// A part of the bond is missing.
		BondIncomplete,
		/// Nothing of the bond is missing.
		BondComplete,
		/// Not enough of the native token for the bond.
		BondNotAffordable,
		/// The measurement is not the one the operator is registered with, or not that of the report that is doubted.
		OtherMeasurement,
		/// A job uses no asset.
		NoUses,
		/// A job names an asset twice.
		DuplicateUse,
		/// The expiry is past, or further away than a permit can be open.
		ExpiryOutOfRange,
		/// All fees together are above what the consumer allows.
		FeeAboveMaximum,
		/// The fees together do not fit an amount.
		AmountTooLarge,
		/// The assets have too many ancestors together: settling them would weigh more than one transaction may.
		TooMuchToSettle,
		/// Not enough U for the fees and the deposit, or for the bond.
		NotEnoughU,
		/// The operator's account cannot receive its fee.
		OperatorCannotReceive,
		/// All ids are given out.
		IdsExhausted,
		/// No permit has this id, or it was pruned.
		NotFound,
		/// The permit is somebody else's.
		NotConsumer,
		/// The caller is neither the consumer nor an owner.
		NotAuthorized,
		/// An owner's approval is missing.
		NotApproved,
		/// The permit is approved already.
		AlreadyApproved,
		/// The job is not completed.
		NotCompleted,
		/// The job is completed: the permit was used.
		AlreadyCompleted,
		/// The permit was used up by a derived asset.
		AlreadyConsumed,
		/// The operator refused the job.
		Refused,
		/// The permit was revoked.
		Revoked,
		/// The permit's time ran out.
		Expired,
		/// The permit's time has not run out.
		NotExpired,
		/// The permit has not ended, or not long enough ago.
		NotPrunable,
		/// The signature is not the operator's, or is for another permit, report, role or chain.
		BadSignature,
		/// The report's verdict is for the other call.
		OtherVerdict,
		/// The report is about other code.
		OtherCode,
		/// The report is about other parameters.
		OtherParameters,
		/// The report is about other assets.
		OtherAssets,
		/// The job read an asset of medical mode as it is, or de-identified one that is not.
		OtherMode,
		/// The job was completed too long ago.
		TooLateToChallenge,
		/// The job was challenged already.
		AlreadyChallenged,
		/// No other operator that all assets were sealed to is admitted with the runner that made the report.
		NoSecondOperator,
		/// Nobody challenged the job.
		NotChallenged,
		/// The challenge was answered.
		AlreadyAnswered,
		/// The job was challenged in this very moment.
		TooEarlyToAnswer,
		/// The time for the answer ran out.
		TooLateToAnswer,
		/// The time for the answer has not run out.
		StillAnswerable,
		/// The second operator refused for a reason of its own machine, of the moment or of what it was handed, or read an asset
		/// in another mode than the first did, which says nothing of the job.
		NotComparable,
		/// The output is larger than the permit allows.
		OutputTooLarge,
		/// The output tells of fewer people than the policies allow.
		GroupTooSmall,
		/// With what the consumer was given of an asset and what its open permits may still give, it is more than the policies
		/// ever allow.
		BudgetSpent,
		/// A decision of curators says why.
		NoReason,
		/// Licences of the asset are for sale: its owner could take back by a policy what others bought.
		SoldOnce,
	}
}
