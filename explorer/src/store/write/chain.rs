//! Blocks, transactions and transfers.

use super::{Tx, bulk::insert, within};
use crate::store::Result;
use std::collections::BTreeMap;

/// A block to write.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewBlock {
	pub height: i64,
	pub hash: String,
	pub parent: String,
	pub state_root: String,
	pub at: i64,
	pub spec_version: i64,
	pub extrinsics: i64,
	pub events: i64,
	pub author: Option<String>,
}

/// A transaction to write.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewExtrinsic {
	pub position: i64,
	pub hash: String,
	pub pallet: String,
	pub call: String,
	pub signer: Option<String>,
	pub fee: Option<String>,
	pub fee_currency: Option<&'static str>,
	pub error: Option<String>,
	pub args: String,
	/// The position in the block of the first of its events.
	pub first_event: Option<i64>,
	pub events: i64,
}

/// A transfer to write.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewTransfer {
	pub event: i64,
	pub currency: &'static str,
	pub sender: String,
	pub receiver: String,
	pub amount: String,
}

impl Tx {
	/// Writes a block.
	pub async fn block(&mut self, block: &NewBlock) -> Result<()> {
		const SQL: &str = "INSERT INTO blocks
			(height, hash, parent, state_root, at, spec_version, extrinsics, events, author)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
		within!(self, connection => sqlx::query(SQL)
			.bind(block.height).bind(&block.hash).bind(&block.parent).bind(&block.state_root).bind(block.at)
			.bind(block.spec_version).bind(block.extrinsics).bind(block.events).bind(&block.author)
			.execute(connection).await.map(|_| ()))?;
		match &block.author {
			Some(author) => self.count_author(author, block.height).await,
			None => Ok(()),
		}
	}

	/// Writes the transactions of a block, and counts them for who signed them.
	pub async fn extrinsics(&mut self, height: i64, extrinsics: &[NewExtrinsic]) -> Result<()> {
		const INTO: &str = "INSERT INTO extrinsics
			(height, position, hash, pallet, call, signer, fee, fee_currency, ok, error, args, first_event, events) ";
		insert!(self, INTO, extrinsics, |row, item| {
			row.push_bind(height).push_bind(item.position).push_bind(item.hash.as_str());
			row.push_bind(item.pallet.as_str())
				.push_bind(item.call.as_str())
				.push_bind(item.signer.as_deref());
			row.push_bind(item.fee.as_deref()).push_bind(item.fee_currency).push_bind(item.error.is_none());
			row.push_bind(item.error.as_deref()).push_bind(item.args.as_str());
			row.push_bind(item.first_event).push_bind(item.events);
		});
		let mut signed = BTreeMap::<&str, i64>::new();
		for signer in extrinsics.iter().filter_map(|extrinsic| extrinsic.signer.as_deref()) {
			*signed.entry(signer).or_default() += 1;
		}
		for (signer, count) in signed {
			self.count_account(signer, 0, 0, count).await?;
		}
		Ok(())
	}

	/// Writes the transfers of a block.
	pub async fn transfers(&mut self, height: i64, at: i64, transfers: &[NewTransfer]) -> Result<()> {
		const INTO: &str = "INSERT INTO transfers (height, event, currency, sender, receiver, amount, at) ";
		insert!(self, INTO, transfers, |row, item| {
			row.push_bind(height).push_bind(item.event).push_bind(item.currency);
			row.push_bind(item.sender.as_str()).push_bind(item.receiver.as_str());
			row.push_bind(item.amount.as_str()).push_bind(at);
		});
		Ok(())
	}
}
