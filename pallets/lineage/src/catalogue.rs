//! What sandbox-access asks of assets.

use crate::{AccountIdOf, Assets, Config, Pallet, Receipt};
use frame_support::{traits::Time, weights::Weight};
use heirloom_primitives::{AssetId, Bookings, Catalogue, MicroU, PermittedUse, Terms, Units};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Catalogue<AccountIdOf<T>> for Pallet<T> {
	fn owner(asset: AssetId) -> Option<AccountIdOf<T>> {
		Self::owner_of(asset)
	}

	fn is_sold_once(asset: AssetId) -> bool {
		Assets::<T>::get(asset).is_some_and(|record| matches!(record.terms, Terms::Buyout { .. }))
	}

	fn quote(consumer: &AccountIdOf<T>, asset: AssetId, units: Units) -> Result<MicroU, DispatchError> {
		let record = Self::callable(asset, units)?;
		Ok(Self::fee_of(consumer, asset, &record, units)?)
	}

	fn record(used: PermittedUse<AccountIdOf<T>>) -> DispatchResult {
		let PermittedUse { permit, consumer: caller, asset, units, purpose, fee } = used;
		let record = Self::callable(asset, units)?;
		Self::book_use(asset, &record, &caller, fee, units)?;
		let (permit, at) = (Some(permit), T::Time::now());
		Self::leave_receipt(Receipt {
			asset,
			index: 0,
			caller,
			units,
			purpose,
			fee,
			permit,
			derivation: None,
			at,
		})
	}

	fn settlement_weight(ancestors: u32) -> Weight {
		T::Bookings::settlement_weight(ancestors)
	}

	fn ancestor_count(asset: AssetId) -> u32 {
		Self::most_ancestors(asset)
	}
}
