//! Which assets are sandboxed, and what their owners allow.

use crate::{
	AccountIdOf, Config, Error, Event, Job, Mode, Pallet, Policies, Policy, PolicyRecord, SandboxedAssets,
};
use frame_support::ensure;
use heirloom_primitives::{AssetId, Catalogue, Words};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_sandboxed(who: AccountIdOf<T>, asset: AssetId) -> DispatchResult {
		Self::ensure_owner(&who, asset)?;
		ensure!(!SandboxedAssets::<T>::contains_key(asset), Error::<T>::AlreadySandboxed);
		ensure!(!T::Catalogue::is_sold_once(asset), Error::<T>::SoldOnce);
		Self::sandbox(asset, Mode::Chosen, None);
		Ok(())
	}

	/// Also turns an owner's choice into medical mode.
	pub(crate) fn do_force_sandboxed(asset: AssetId, reason: Words) -> DispatchResult {
		ensure!(!reason.is_empty(), Error::<T>::NoReason);
		ensure!(T::Catalogue::owner(asset).is_some(), Error::<T>::AssetNotFound);
		ensure!(SandboxedAssets::<T>::get(asset) != Some(Mode::Medical), Error::<T>::AlreadySandboxed);
		Self::sandbox(asset, Mode::Medical, Some(reason));
		Ok(())
	}

	pub(crate) fn sandbox(asset: AssetId, mode: Mode, reason: Option<Words>) {
		SandboxedAssets::<T>::insert(asset, mode);
		Self::deposit_event(Event::Sandboxed { asset, mode, reason });
	}

	pub(crate) fn do_set_policy(who: AccountIdOf<T>, asset: AssetId, policy: Policy<T>) -> DispatchResult {
		Self::ensure_owner(&who, asset)?;
		let twice = has_duplicates(&policy.codes) || has_duplicates(&policy.operators);
		ensure!(!twice, Error::<T>::DuplicateInPolicy);
		Policies::<T>::insert(asset, PolicyRecord { policy: policy.clone(), set_by: who });
		Self::deposit_event(Event::PolicySet { asset, policy });
		Ok(())
	}

	/// The policy of an asset, if its owner has set one. One that an earlier owner set is void, but kept until another is
	/// set: where the item comes back to its setter, it counts again.
	pub(crate) fn policy_of(asset: AssetId, owner: &AccountIdOf<T>) -> Result<Policy<T>, Error<T>> {
		let stored = Policies::<T>::get(asset).filter(|record| record.set_by == *owner);
		stored.map(|record| record.policy).ok_or(Error::<T>::PolicyNotFound)
	}

	/// The policy of an asset, if its owner has set one and it allows the job.
	pub(crate) fn policy_for(
		asset: AssetId,
		owner: &AccountIdOf<T>,
		job: &Job<T>,
	) -> Result<Policy<T>, Error<T>> {
		let policy = Self::policy_of(asset, owner)?;
		ensure!(policy.codes.contains(&job.code_hash), Error::<T>::CodeNotApproved);
		ensure!(policy.operators.contains(&job.operator), Error::<T>::OperatorNotApproved);
		Ok(policy)
	}

	fn ensure_owner(who: &AccountIdOf<T>, asset: AssetId) -> Result<(), Error<T>> {
		let owner = T::Catalogue::owner(asset).ok_or(Error::<T>::AssetNotFound)?;
		ensure!(owner == *who, Error::<T>::NotOwner);
		Ok(())
	}
}

/// Whether something is in a short list twice.
pub(crate) fn has_duplicates<Item: PartialEq>(items: &[Item]) -> bool {
	items.iter().enumerate().any(|(position, item)| items[..position].contains(item))
}
