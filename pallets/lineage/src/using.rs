//! Calls, licences and receipts.

use crate::{
	AccountIdOf, AssetRecord, Assets, Config, Error, Event, HoldReason, Licences, Pallet, Receipt,
	ReceiptHeads,
};
use codec::Encode;
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, PostDispatchInfo, WithPostDispatchInfo},
	ensure,
	traits::{Get, Time},
	weights::Weight,
};
use heirloom_primitives::{
	AssetId, Bookings, DerivationId, MicroU, Parent, Purpose, ReceiptHead, Relation, SandboxGate, Status,
	Terms, Units,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_call(
		caller: AccountIdOf<T>,
		asset: AssetId,
		units: Units,
		purpose: Purpose,
		max_fee: MicroU,
		derivation: Option<(DerivationId, Relation)>,
	) -> Result<Settling, DispatchError> {
		let record = Self::callable(asset, units)?;
		ensure!(!T::Gate::is_sandboxed(asset), Error::<T>::PermitRequired);
		let fee = Self::fee_of(&caller, asset, &record, units)?;
		ensure!(fee <= max_fee, Error::<T>::FeeAboveMaximum);
		if let Some((derivation, relation)) = derivation {
			Self::use_in_derivation(&caller, derivation, Parent { asset, relation }, &record)?;
		}
		let first = Self::book_use(asset, &record, &caller, fee, units)?;
		let derivation = derivation.map(|(derivation, _)| derivation);
		let at = T::Time::now();
		Self::leave_receipt(Receipt {
			asset,
			index: 0,
			caller,
			units,
			purpose,
			fee,
			permit: None,
			derivation,
			at,
		})?;
		Ok(first.then_some(record.ancestors))
	}

	pub(crate) fn do_buy(
		buyer: AccountIdOf<T>,
		asset: AssetId,
		max_price: MicroU,
	) -> Result<Settling, DispatchError> {
		let record = Assets::<T>::get(asset).ok_or(Error::<T>::NotFound)?;
		ensure!(record.status == Status::Active, Error::<T>::NotActive);
		let Terms::Buyout { price } = record.terms else { return Err(Error::<T>::NotForSale.into()) };
		ensure!(price <= max_price, Error::<T>::FeeAboveMaximum);
		ensure!(!Licences::<T>::contains_key(asset, &buyer), Error::<T>::AlreadyLicensed);
		let deposit = Self::hold_deposit(&buyer, HoldReason::Licence, T::LicenceDeposit::get())?;
		Licences::<T>::insert(asset, &buyer, deposit);
		let first = Self::book_use(asset, &record, &buyer, price, 0)?;
		Self::deposit_event(Event::Bought { asset, buyer, price });
		Ok(first.then_some(record.ancestors))
	}

	/// What a use is charged for before it runs: itself, and settling the asset. The asset's own number of ancestors is
	/// looked up rather than the bound of 4,096 assumed: a wallet shows this fee, and an account must be able to pay it.
	pub(crate) fn use_weight(call: Weight, asset: AssetId) -> Weight {
		call.saturating_add(T::Bookings::settlement_weight(Self::most_ancestors(asset)))
	}

	/// How many ancestors an asset has. One that does not exist may be minted by the batch that uses it, by then with as many
	/// as there can be.
	pub(crate) fn most_ancestors(asset: AssetId) -> u32 {
		Assets::<T>::get(asset).map_or_else(T::MaxAncestors::get, |record| record.ancestors)
	}

	/// The record of an asset that can be used now, if `units` are a use at all.
	pub(crate) fn callable(asset: AssetId, units: Units) -> Result<AssetRecord<AccountIdOf<T>>, Error<T>> {
		let record = Assets::<T>::get(asset).ok_or(Error::<T>::NotFound)?;
		ensure!(record.status == Status::Active, Error::<T>::NotActive);
		ensure!(units > 0, Error::<T>::ZeroUnits);
		Ok(record)
	}

	/// What `units` of an asset cost a caller, in micro-U: nothing under a licence.
	pub(crate) fn fee_of(
		caller: &AccountIdOf<T>,
		asset: AssetId,
		record: &AssetRecord<AccountIdOf<T>>,
		units: Units,
	) -> Result<MicroU, Error<T>> {
		if Licences::<T>::contains_key(asset, caller) {
			return Ok(0);
		}
		record.call_fee.checked_mul(units.into()).ok_or(Error::<T>::AmountTooLarge)
	}

	/// Books what a use earns. Units count only when they are paid for, and not by the creator or the owner.
	/// Returns whether it is the asset's first booking of the period.
	pub(crate) fn book_use(
		asset: AssetId,
		record: &AssetRecord<AccountIdOf<T>>,
		payer: &AccountIdOf<T>,
		fee: MicroU,
		units: Units,
	) -> Result<bool, DispatchError> {
		if fee == 0 {
			return Ok(false);
		}
		let own = record.creator == *payer || Self::owner_of(asset).as_ref() == Some(payer);
		let counted = if own { 0 } else { units };
		Ok(T::Bookings::book(asset, payer, fee, counted)?.first)
	}

	/// Numbers a receipt, hashes it into the asset's running hash and announces it. The receipt's `index` is set
	/// here.
	pub(crate) fn leave_receipt(mut receipt: Receipt<AccountIdOf<T>>) -> DispatchResult {
		let head = ReceiptHeads::<T>::get(receipt.asset);
		receipt.index = head.count;
		let hash = (head.hash, &receipt).using_encoded(sp_io::hashing::blake2_256).into();
		let count = head.count.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		ReceiptHeads::<T>::insert(receipt.asset, ReceiptHead { count, hash });
		let Receipt { asset, index, caller, units, purpose, fee, permit, derivation, at } = receipt;
		Self::deposit_event(Event::Called {
			asset,
			index,
			caller,
			units,
			purpose,
			fee,
			permit,
			derivation,
			at,
			hash,
		});
		Ok(())
	}
}

/// Of how many ancestors a use has caused an asset to be settled. None where it was not the first of the period.
pub(crate) type Settling = Option<u32>;

/// What a use is charged for: itself, and settling the asset if it was booked first. One that failed has booked nothing.
pub(crate) fn charged<T: Config>(
	call: Weight,
	used: Result<Settling, DispatchError>,
) -> DispatchResultWithPostInfo {
	let settling = used.map_err(|error| error.with_weight(call))?.map(T::Bookings::settlement_weight);
	let actual_weight = Some(call.saturating_add(settling.unwrap_or_default()));
	Ok(PostDispatchInfo { actual_weight, ..Default::default() })
}
