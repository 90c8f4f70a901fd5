//! `lineage_*`: assets and how they descend from each other.

use super::{AssetRef, DEFAULT_LIMIT, Error, Reader};
use crate::service::Hash;
use heirloom_primitives::{
	AssetId, AssetView, Descendant, DisputeView, Page, ReceiptHead,
	api::{DisputesApi as _, LineageApi as _},
};
use heirloom_runtime::AccountId;
use jsonrpsee::proc_macros::rpc;

/// Assets and how they descend from each other. `asset` is a number or a handle; an unknown one is an error.
#[rpc(server)]
pub trait LineageApi {
	/// Everything the chain holds of an asset.
	#[method(name = "lineage_asset", blocking)]
	fn asset(&self, asset: AssetRef, at: Option<Hash>) -> Result<AssetView<AccountId>, Error>;

	/// The numbers of all its transitive ancestors, ascending.
	#[method(name = "lineage_ancestors", blocking)]
	fn ancestors(&self, asset: AssetRef, at: Option<Hash>) -> Result<Vec<AssetId>, Error>;

	/// A page of its transitive descendants, depth first, from behind the asset number `after` on; `limit` is 100 if
	/// left out and 1,000 at most.
	#[method(name = "lineage_descendants", blocking)]
	fn descendants(
		&self,
		asset: AssetRef,
		after: Option<AssetId>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Descendant>, Error>;

	/// Count and running hash of its receipts.
	#[method(name = "lineage_receipts", blocking)]
	fn receipts(&self, asset: AssetRef, at: Option<Hash>) -> Result<ReceiptHead, Error>;

	/// The disputes about it that are not over, as a derivative or as a parent; without an asset, all of them.
	#[method(name = "lineage_disputes", blocking)]
	fn disputes(
		&self,
		asset: Option<AssetRef>,
		at: Option<Hash>,
	) -> Result<Vec<DisputeView<AccountId>>, Error>;
}

/// Answers from the chain's state.
pub struct LineageRpc(pub(super) Reader);

impl LineageApiServer for LineageRpc {
	fn asset(&self, asset: AssetRef, at: Option<Hash>) -> Result<AssetView<AccountId>, Error> {
		let view = self.0.at(at)?;
		let id = view.resolve(asset.clone())?;
		view.read(|api, at| api.asset(at, id))?.ok_or(Error::UnknownAsset(asset))
	}

	fn ancestors(&self, asset: AssetRef, at: Option<Hash>) -> Result<Vec<AssetId>, Error> {
		let view = self.0.at(at)?;
		let id = view.resolve(asset.clone())?;
		view.read(|api, at| api.ancestors(at, id))?.ok_or(Error::UnknownAsset(asset))
	}

	fn descendants(
		&self,
		asset: AssetRef,
		after: Option<AssetId>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Descendant>, Error> {
		let view = self.0.at(at)?;
		let id = view.resolve(asset.clone())?;
		let page = view.read(|api, at| api.descendants(at, id, after, limit.unwrap_or(DEFAULT_LIMIT)))?;
		page.ok_or(match after {
			Some(after) => Error::NotADescendant { asset: id, after },
			None => Error::UnknownAsset(asset),
		})
	}

	fn receipts(&self, asset: AssetRef, at: Option<Hash>) -> Result<ReceiptHead, Error> {
		let view = self.0.at(at)?;
		let id = view.resolve(asset.clone())?;
		view.read(|api, at| api.receipts(at, id))?.ok_or(Error::UnknownAsset(asset))
	}

	fn disputes(
		&self,
		asset: Option<AssetRef>,
		at: Option<Hash>,
	) -> Result<Vec<DisputeView<AccountId>>, Error> {
		let view = self.0.at(at)?;
		let asset = asset.map(|asset| view.resolve(asset)).transpose()?;
		view.read(|api, at| api.disputes(at, asset))
	}
}
