//! The runtime APIs by which nodes and clients read the chain.

use crate::{
	AssetId, AssetView, Descendant, DisputeView, Estimate, Page, Period, PeriodReport, PermitId, PermitView,
	Progress, ReceiptHead, StatementLine, StatementView,
};
use alloc::vec::Vec;
use codec::Codec;

sp_api::decl_runtime_apis! {
	/// Assets and how they descend from each other.
	#[api_version(1)]
	pub trait LineageApi<AccountId: Codec> {
		/// The id of the asset with this handle.
		fn asset_id(handle: Vec<u8>) -> Option<AssetId>;
		/// Everything the chain holds of an asset.
		fn asset(asset: AssetId) -> Option<AssetView<AccountId>>;
		/// All transitive ancestors, ascending. None for an unknown asset.
		fn ancestors(asset: AssetId) -> Option<Vec<AssetId>>;
		/// Transitive descendants, depth first, at most `limit` (and never more than 1,000) from behind `after` on.
		/// None for an unknown asset, or an `after` that does not descend from it.
		fn descendants(asset: AssetId, after: Option<AssetId>, limit: u32) -> Option<Page<Descendant>>;
		/// Count and running hash of an asset's receipts. None for an unknown asset.
		fn receipts(asset: AssetId) -> Option<ReceiptHead>;
	}

	/// Statements, periods and the settlement.
	#[api_version(1)]
	pub trait RoyaltyApi<AccountId: Codec> {
		/// What an asset was due and paid for a settled period. None where it was due nothing.
		fn statement(asset: AssetId, period: Period) -> Option<StatementView<AccountId>>;
		/// The lines of a statement's share, a line an earning descendant: the first `limit` (never more than 1,000)
		/// booked assets from `from` on are looked at. None where the period is not settled or its detail is pruned.
		fn statement_lines(asset: AssetId, period: Period, from: AssetId, limit: u32) -> Option<Page<StatementLine>>;
		/// A settled period's report.
		fn period(period: Period) -> Option<PeriodReport>;
		/// An asset's open period so far, as if it were closed now. None for an unknown asset. While an earlier period is
		/// being settled, what was attested, delisted or set since its close is not in it yet, nor is what the asset carries
		/// out of that period before its statement is written. Settles all assets for the answer: who asks for more than one
		/// calls the two methods below on the same copy of state.
		fn estimate(asset: AssetId) -> Option<Estimate>;
		/// Closes the open period and settles it as far as shares go, for [`Self::prepared_estimate`]. Changes state: for
		/// callers that throw it away.
		fn prepare_estimates();
		/// What [`Self::estimate`] says, from state that [`Self::prepare_estimates`] was called on. None elsewhere.
		fn prepared_estimate(asset: AssetId) -> Option<Estimate>;
		/// Where the settlement stands.
		fn progress() -> Progress;
	}

	/// Disputes about assets.
	#[api_version(1)]
	pub trait DisputesApi<AccountId: Codec> {
		/// All disputes that are not over, or those about an asset, in the order in which they were raised.
		fn disputes(asset: Option<AssetId>) -> Vec<DisputeView<AccountId>>;
	}

	/// Use of sensitive assets.
	#[api_version(1)]
	pub trait SandboxApi<AccountId: Codec> {
		/// A permit.
		fn permit(permit: PermitId) -> Option<PermitView<AccountId>>;
	}
}
