//! What pages ask of the node itself: its JSON-RPC methods, at its last final or best block.

use super::{Node, Result, rpc_params};
use heirloom_primitives::{
	AssetId, AssetView, Descendant, Estimate, Page, Period, PeriodReport, Progress, StatementLine,
	StatementView,
};
use subxt::utils::{AccountId32, H256};

impl Node {
	/// The number and the hash of the last final block.
	pub async fn last_final(&self) -> Result<(u64, H256)> {
		self.retried(|chain| async move { chain.last_final().await }).await
	}

	/// Everything the chain holds of an asset.
	pub async fn asset(&self, asset: AssetId) -> Result<AssetView<AccountId32>> {
		self.request("lineage_asset", rpc_params![asset]).await
	}

	/// All transitive ancestors of an asset, ascending.
	pub async fn ancestors(&self, asset: AssetId) -> Result<Vec<AssetId>> {
		self.request("lineage_ancestors", rpc_params![asset]).await
	}

	/// A page of an asset's descendants, depth first.
	pub async fn descendants(
		&self,
		asset: AssetId,
		after: Option<AssetId>,
		limit: u32,
	) -> Result<Page<Descendant>> {
		self.request("lineage_descendants", rpc_params![asset, after, limit]).await
	}

	/// An asset's open period so far, as if it were closed now.
	pub async fn estimate(&self, asset: AssetId) -> Result<Estimate> {
		self.request("royalty_estimate", rpc_params![asset]).await
	}

	/// What an asset was due for a settled period; none where nothing.
	pub async fn statement(
		&self,
		asset: AssetId,
		period: Period,
	) -> Result<Option<StatementView<AccountId32>>> {
		self.request("royalty_statement", rpc_params![asset, period]).await
	}

	/// A page of the lines of a statement's share.
	pub async fn statement_lines(
		&self,
		asset: AssetId,
		period: Period,
		from: AssetId,
		limit: u32,
	) -> Result<Page<StatementLine>> {
		self.request("royalty_statementLines", rpc_params![asset, period, from, limit]).await
	}

	/// A settled period's report.
	pub async fn report(&self, period: Period) -> Result<PeriodReport> {
		self.request("royalty_period", rpc_params![period]).await
	}

	/// Where the settlement stands.
	pub async fn progress(&self) -> Result<Progress> {
		self.request("royalty_progress", rpc_params![]).await
	}
}
