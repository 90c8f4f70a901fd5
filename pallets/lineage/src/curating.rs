//! What curators decide: attested quality and impact, and what is taken off the list.

use crate::{Assets, Config, Delistings, Error, Event, Pallet, facts::ChangedBy};
use frame_support::{ensure, traits::Time};
use heirloom_primitives::{Ancestry, AssetId, Bps, Impartial, ONE, Quality, Status, Words};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_attest(
		asset: AssetId,
		quality: Option<Bps>,
		impact: Option<Bps>,
		reason: Words,
	) -> DispatchResult {
		let mut record = Assets::<T>::get(asset).ok_or(Error::<T>::NotFound)?;
		ensure!(quality.is_some() || impact.is_some(), Error::<T>::NothingAttested);
		ensure!(quality.max(impact) <= Some(ONE), Error::<T>::AboveOneHundredPercent);
		ensure!(!reason.is_empty(), Error::<T>::NoReason);
		let partial = |party| T::Impartial::may_have_attested(&party, asset, quality, impact, &reason);
		ensure!(!Self::parties(asset).into_iter().any(partial), Error::<T>::ConflictOfInterest);
		record.quality = quality.map(|bps| Quality { bps, attested: true }).or(record.quality);
		record.impact = impact.unwrap_or(record.impact);
		Self::change_facts(asset, record, ChangedBy::Curators)?;
		Self::deposit_event(Event::Attested { asset, quality, impact, reason });
		Ok(())
	}

	pub(crate) fn do_delist(asset: AssetId, reason: Words) -> DispatchResult {
		let mut record = Assets::<T>::get(asset).ok_or(Error::<T>::NotFound)?;
		ensure!(record.status == Status::Active, Error::<T>::NotActive);
		ensure!(!reason.is_empty(), Error::<T>::NoReason);
		record.status = Status::Delisted;
		Self::change_facts(asset, record, ChangedBy::Delisting)?;
		Delistings::<T>::insert(asset, T::Time::now());
		Self::deposit_event(Event::Delisted { asset, reason });
		Ok(())
	}

	pub(crate) fn do_relist(asset: AssetId) -> DispatchResult {
		let mut record = Assets::<T>::get(asset).ok_or(Error::<T>::NotFound)?;
		ensure!(record.status == Status::Delisted, Error::<T>::NotDelisted);
		record.status = Status::Active;
		Self::change_facts(asset, record, ChangedBy::Delisting)?;
		Delistings::<T>::remove(asset);
		Self::deposit_event(Event::Relisted { asset });
		Ok(())
	}
}
