//! `royalty_*`: statements, months and the settlement.

use super::{AssetRef, DEFAULT_LIMIT, Error, Reader, View, estimates::Estimates};
use crate::service::Hash;
use heirloom_primitives::{
	AssetId, Estimate, Page, Period, PeriodReport, Progress, StatementLine, StatementView,
	api::RoyaltyApi as _,
};
use heirloom_runtime::AccountId;
use jsonrpsee::proc_macros::rpc;
use serde::Serialize;

/// Statements, months and the settlement. `asset` is a number or a handle, `period` a month written `2026-03`.
#[rpc(server)]
pub trait RoyaltyApi {
	/// What an asset was due and paid for a settled month, and how its weight came about. `null` where it was due
	/// nothing.
	#[method(name = "royalty_statement", blocking)]
	fn statement(
		&self,
		asset: AssetRef,
		period: String,
		at: Option<Hash>,
	) -> Result<Option<StatementView<AccountId>>, Error>;

	/// A page of the lines of a statement's share, one for each earning descendant: of the assets booked in that month,
	/// `limit` are looked at (100 if left out, 1,000 at most), from number `from` on. Where no block is asked for, who
	/// descends from whom is read as of the block that reported the month, since it can be corrected later; a node that does
	/// not keep that block's state any more takes it as it is now.
	#[method(name = "royalty_statementLines", blocking)]
	fn statement_lines(
		&self,
		asset: AssetRef,
		period: String,
		from: Option<AssetId>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<StatementLine>, Error>;

	/// A settled month's report.
	#[method(name = "royalty_period", blocking)]
	fn period(&self, period: String, at: Option<Hash>) -> Result<PeriodReport, Error>;

	/// An asset's open month so far, as if it were closed now. On a platform so large that this takes long, a node answers
	/// from a block of the last minutes where none is asked for.
	#[method(name = "royalty_estimate", blocking)]
	fn estimate(&self, asset: AssetRef, at: Option<Hash>) -> Result<EstimateAt, Error>;

	/// The open month, the last settled one, and how far a settlement under way has come.
	#[method(name = "royalty_progress", blocking)]
	fn progress(&self, at: Option<Hash>) -> Result<Progress, Error>;
}

/// An estimate and the block it is of.
#[derive(Clone, Debug, Serialize)]
pub struct EstimateAt {
	/// The block's hash.
	at: Hash,
	#[serde(flatten)]
	estimate: Estimate,
}

/// Answers from the chain's state.
pub struct RoyaltyRpc {
	pub(super) reader: Reader,
	pub(super) estimates: Estimates,
}

impl RoyaltyApiServer for RoyaltyRpc {
	fn statement(
		&self,
		asset: AssetRef,
		period: String,
		at: Option<Hash>,
	) -> Result<Option<StatementView<AccountId>>, Error> {
		let period = parse(period)?;
		let view = self.reader.at(at)?;
		let asset = view.resolve(asset)?;
		let statement = view.read(|api, at| api.statement(at, asset, period))?;
		if statement.is_none() {
			report(&view, period)?;
		}
		Ok(statement)
	}

	fn statement_lines(
		&self,
		asset: AssetRef,
		period: String,
		from: Option<AssetId>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<StatementLine>, Error> {
		let period = parse(period)?;
		let view = match at {
			Some(_) => self.reader.at(at)?,
			None => self.reader.at_report(period)?,
		};
		let asset = view.resolve(asset)?;
		let (from, limit) = (from.unwrap_or_default(), limit.unwrap_or(DEFAULT_LIMIT));
		match view.read(|api, at| api.statement_lines(at, asset, period, from, limit))? {
			Some(page) => Ok(page),
			None => Err(report(&view, period).map_or_else(|error| error, |_| Error::DetailPruned(period))),
		}
	}

	fn period(&self, period: String, at: Option<Hash>) -> Result<PeriodReport, Error> {
		report(&self.reader.at(at)?, parse(period)?)
	}

	fn estimate(&self, asset: AssetRef, at: Option<Hash>) -> Result<EstimateAt, Error> {
		let id = self.reader.at(at)?.resolve(asset.clone())?;
		let (at, estimate) = match at {
			Some(block) => (block, self.estimates.at(block, self.reader.number(block)?, id)?),
			None => self.estimates.latest(id)?,
		};
		Ok(EstimateAt { at, estimate: estimate.ok_or(Error::NotEstimated(id, at))? })
	}

	fn progress(&self, at: Option<Hash>) -> Result<Progress, Error> {
		self.reader.at(at)?.read(|api, at| api.progress(at))
	}
}

/// A settled month's report.
fn report(view: &View<'_>, period: Period) -> Result<PeriodReport, Error> {
	view.read(|api, at| api.period(at, period))?.ok_or(Error::NotSettled(period))
}

fn parse(text: String) -> Result<Period, Error> {
	text.parse().map_err(|error| Error::BadPeriod { text, error })
}
