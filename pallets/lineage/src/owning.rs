//! What owners decide: payee, fee, terms.

use crate::{
	AccountIdOf, AssetRecord, Assets, BoundPayee, Config, Error, Event, Pallet, Payees, facts::ChangedBy,
	minting::ensure_terms,
};
use frame_support::ensure;
use heirloom_primitives::{AssetId, MicroU, Terms};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_set_payee(
		who: AccountIdOf<T>,
		asset: AssetId,
		payee: Option<AccountIdOf<T>>,
	) -> DispatchResult {
		Self::owned_by(&who, asset)?;
		match &payee {
			Some(payee) => Payees::<T>::insert(asset, BoundPayee { payee: payee.clone(), set_by: who }),
			None => Payees::<T>::remove(asset),
		}
		Self::forget_payee(asset);
		Self::deposit_event(Event::PayeeSet { asset, payee });
		Ok(())
	}

	pub(crate) fn do_set_call_fee(who: AccountIdOf<T>, asset: AssetId, call_fee: MicroU) -> DispatchResult {
		let mut record = Self::owned_by(&who, asset)?;
		record.call_fee = call_fee;
		Assets::<T>::insert(asset, record);
		Self::deposit_event(Event::CallFeeSet { asset, call_fee });
		Ok(())
	}

	pub(crate) fn do_set_terms(who: AccountIdOf<T>, asset: AssetId, terms: Terms) -> DispatchResult {
		let mut record = Self::owned_by(&who, asset)?;
		ensure_terms::<T>(&terms)?;
		ensure!(in_favour_of_derivatives(&record.terms, &terms), Error::<T>::TermsNotInFavour);
		record.terms = terms;
		Self::change_facts(asset, record, ChangedBy::Owner)?;
		Self::deposit_event(Event::TermsSet { asset, terms });
		Ok(())
	}

	/// The record of an asset that `who` owns.
	fn owned_by(who: &AccountIdOf<T>, asset: AssetId) -> Result<AssetRecord<AccountIdOf<T>>, Error<T>> {
		let record = Assets::<T>::get(asset).ok_or(Error::<T>::NotFound)?;
		ensure!(Self::owner_of(asset).as_ref() == Some(who), Error::<T>::NotOwner);
		Ok(record)
	}
}

/// Whether existing derivatives owe no more under the new terms. A price touches only those who buy later, and they
/// bound it by `max_price`.
fn in_favour_of_derivatives(old: &Terms, new: &Terms) -> bool {
	match (old, new) {
		(Terms::Share { rate: old }, Terms::Share { rate: new }) => new <= old,
		(_, Terms::Buyout { .. }) => true,
		(Terms::Buyout { .. }, Terms::Share { .. }) => false,
	}
}
