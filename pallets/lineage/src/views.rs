//! Answers for [`heirloom_primitives::api::LineageApi`]. Methods carry the names of the API's.

use crate::{AccountIdOf, Assets, Config, Domains, Pallet, Parents, ReceiptHeads};
use alloc::string::String;
use heirloom_primitives::{AssetId, AssetView, ReceiptHead, SandboxGate};

impl<T: Config> Pallet<T> {
	/// The id of the asset with this handle.
	pub fn asset_id(handle: &[u8]) -> Option<AssetId> {
		Self::by_handle(handle)
	}

	/// Everything the chain holds of an asset.
	pub fn asset(id: AssetId) -> Option<AssetView<AccountIdOf<T>>> {
		let record = Assets::<T>::get(id)?;
		let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
		Some(AssetView {
			id,
			handle: text(&record.handle),
			kind: record.kind,
			creator: record.creator,
			owner: Self::owner_of(id)?,
			payee: Self::payee_of(id)?,
			content: text(&record.content),
			domain: record.domain.and_then(Domains::<T>::get).map(|domain| text(&domain.name)),
			scenario: text(&record.scenario),
			evidence: record.evidence,
			terms: record.terms,
			call_fee: record.call_fee,
			quality: record.quality,
			impact: record.impact,
			minted: record.minted,
			generation: record.generation,
			status: record.status,
			sandboxed: T::Gate::is_sandboxed(id),
			parents: Parents::<T>::get(id).into_inner(),
			ancestors: record.ancestors,
			children: Self::child_count(id),
			receipts: ReceiptHeads::<T>::get(id),
		})
	}

	/// Count and running hash of an asset's receipts.
	pub fn receipts(asset: AssetId) -> Option<ReceiptHead> {
		Assets::<T>::contains_key(asset).then(|| ReceiptHeads::<T>::get(asset))
	}
}
