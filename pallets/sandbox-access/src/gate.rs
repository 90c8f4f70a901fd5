//! What lineage asks before an asset is used or derived.

use crate::{AccountIdOf, Config, Error, Event, Mode, Pallet, Permits, SandboxedAssets};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Time};
use heirloom_primitives::{AssetId, Kind, PermitId, PermitStatus, SandboxGate};
use sp_runtime::DispatchError;

impl<T: Config> SandboxGate<AccountIdOf<T>> for Pallet<T> {
	fn is_sandboxed(asset: AssetId) -> bool {
		SandboxedAssets::<T>::contains_key(asset)
	}

	fn on_minted(asset: AssetId, kind: Kind, medical_domain: bool) {
		if medical_domain && kind == Kind::Data {
			Self::sandbox(asset, Mode::Medical, None);
		}
	}

	fn consume(
		permit: PermitId,
		minter: &AccountIdOf<T>,
		into: AssetId,
	) -> Result<Vec<AssetId>, DispatchError> {
		let mut record = Self::find(permit)?;
		ensure!(record.consumer == *minter, Error::<T>::NotConsumer);
		if record.status != PermitStatus::Completed {
			Self::open_permit(permit)?;
			return Err(Error::<T>::NotCompleted.into());
		}
		let assets = record.uses.iter().map(|used| used.asset).collect();
		record.status = PermitStatus::Consumed { into };
		record.since = T::Time::now();
		Permits::<T>::insert(permit, record);
		Self::deposit_event(Event::Consumed { permit, into });
		Ok(assets)
	}
}
