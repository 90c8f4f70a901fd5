//! Opening and closing derivations, and what is used under them.

use crate::{
	AccountIdOf, AssetRecord, Config, Derivation, Derivations, Error, Event, HoldReason, Licences,
	NextDerivationId, Pallet, ParentsOf,
};
use frame_support::{ensure, traits::Get};
use heirloom_primitives::{AssetId, DerivationId, Parent, Terms};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_derivation(owner: AccountIdOf<T>) -> DispatchResult {
		let derivation = NextDerivationId::<T>::get();
		NextDerivationId::<T>::put(derivation.checked_add(1).ok_or(Error::<T>::IdsExhausted)?);
		let deposit = Self::hold_deposit(&owner, HoldReason::Derivation, T::DerivationDeposit::get())?;
		let opened = Derivation { owner: owner.clone(), used: Default::default(), deposit };
		Derivations::<T>::insert(derivation, opened);
		Self::deposit_event(Event::DerivationOpened { derivation, owner });
		Ok(())
	}

	pub(crate) fn do_close_derivation(who: AccountIdOf<T>, derivation: DerivationId) -> DispatchResult {
		let closed = Self::derivation_of(&who, derivation)?;
		Self::release_deposit(&who, HoldReason::Derivation, closed.deposit)?;
		Derivations::<T>::remove(derivation);
		Self::deposit_event(Event::DerivationClosed { derivation });
		Ok(())
	}

	/// The derivation, if `who` opened it.
	pub(crate) fn derivation_of(
		who: &AccountIdOf<T>,
		derivation: DerivationId,
	) -> Result<Derivation<T>, Error<T>> {
		let found = Derivations::<T>::get(derivation).ok_or(Error::<T>::DerivationNotFound)?;
		ensure!(found.owner == *who, Error::<T>::NotDerivationOwner);
		Ok(found)
	}

	/// Notes that `who` uses an asset towards what they will mint.
	pub(crate) fn use_in_derivation(
		who: &AccountIdOf<T>,
		derivation: DerivationId,
		parent: Parent,
		record: &AssetRecord<AccountIdOf<T>>,
	) -> DispatchResult {
		Self::ensure_may_derive(who, parent.asset, record)?;
		let mut open = Self::derivation_of(who, derivation)?;
		add_parent::<T>(&mut open.used, parent)?;
		Derivations::<T>::insert(derivation, open);
		Ok(())
	}

	/// Deriving from an asset for one-time sale needs a licence of it.
	pub(crate) fn ensure_may_derive(
		who: &AccountIdOf<T>,
		asset: AssetId,
		record: &AssetRecord<AccountIdOf<T>>,
	) -> Result<(), Error<T>> {
		let for_sale = matches!(record.terms, Terms::Buyout { .. });
		ensure!(!for_sale || Licences::<T>::contains_key(asset, who), Error::<T>::LicenceRequired);
		Ok(())
	}
}

/// Adds a parent, once: used again with the same relation it stays one parent.
pub(crate) fn add_parent<T: Config>(parents: &mut ParentsOf<T>, parent: Parent) -> Result<(), Error<T>> {
	match parents.iter().find(|known| known.asset == parent.asset) {
		Some(known) => {
			ensure!(known.relation == parent.relation, Error::<T>::RelationConflict);
			Ok(())
		}
		None => parents.try_push(parent).map_err(|_| Error::<T>::TooManyParents),
	}
}
