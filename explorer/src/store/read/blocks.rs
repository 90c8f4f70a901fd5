//! Blocks and transactions.

use crate::{
	on,
	store::{Cursor, ExtrinsicPlace, Json, Listed, Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// A final block.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Block {
	/// Its number.
	pub height: i64,
	/// Its hash.
	pub hash: String,
	/// Its parent's hash.
	pub parent: String,
	/// The root of the state after it.
	pub state_root: String,
	/// When, in milliseconds.
	pub at: i64,
	/// The runtime that executed it.
	pub spec_version: i64,
	/// How many transactions it has, inherent ones included.
	pub extrinsics: i64,
	/// How many events it left.
	pub events: i64,
	/// The validator that made it.
	pub author: Option<String>,
}

/// A transaction, or what a block says of itself.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Extrinsic {
	/// The block.
	pub height: i64,
	/// Its position in it.
	pub position: i64,
	/// Its hash.
	pub hash: String,
	/// The pallet it calls.
	pub pallet: String,
	/// The call.
	pub call: String,
	/// Who signed it; none of what blocks say of themselves.
	pub signer: Option<String>,
	/// What was paid for it, in the smallest unit of `fee_currency`.
	pub fee: Option<String>,
	/// `U` or `LOOM`.
	pub fee_currency: Option<String>,
	/// Whether it succeeded.
	pub ok: bool,
	/// Why not: `Pallet::Error` and what the runtime says of it.
	pub error: Option<String>,
	/// The call's arguments.
	pub args: Json,
	/// The position in the block of the first of its events, behind which its others stand; none of one without events, and of
	/// one that was indexed before this was kept.
	pub first_event: Option<i64>,
	/// How many events it left; none of one that was indexed before this was kept.
	pub events: Option<i64>,
}

impl Extrinsic {
	/// Where it stands.
	pub fn place(&self) -> ExtrinsicPlace {
		ExtrinsicPlace { height: self.height, position: self.position }
	}
}

/// How many blocks a validator made.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Validator {
	/// Its account.
	pub author: String,
	/// Blocks it made.
	pub blocks: i64,
	/// The last of them.
	pub last: i64,
}

impl Store {
	/// The last block of the index.
	pub async fn last_block(&self) -> Result<Option<Block>> {
		const SQL: &str = "SELECT * FROM blocks ORDER BY height DESC LIMIT 1";
		Ok(on!(self, pool => sqlx::query_as(SQL).fetch_optional(pool).await)?)
	}

	/// A block by its number.
	pub async fn block(&self, height: i64) -> Result<Option<Block>> {
		const SQL: &str = "SELECT * FROM blocks WHERE height = $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(height).fetch_optional(pool).await)?)
	}

	/// A block by its hash.
	pub async fn block_by_hash(&self, hash: &str) -> Result<Option<Block>> {
		const SQL: &str = "SELECT * FROM blocks WHERE hash = $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(hash).fetch_optional(pool).await)?)
	}

	/// Blocks, the newest first; the cursor is `height-0`.
	pub async fn blocks(&self, before: Cursor, limit: i64) -> Result<Listed<Block>> {
		const SQL: &str = "SELECT * FROM blocks WHERE height < $1 ORDER BY height DESC LIMIT $2";
		let found: Vec<Block> =
			on!(self, pool => sqlx::query_as(SQL).bind(before.0).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |block| Cursor(block.height, 0)))
	}

	/// The transactions of a block, in order; the cursor is `position-0`.
	pub async fn extrinsics_in(&self, height: i64, after: Cursor, limit: i64) -> Result<Listed<Extrinsic>> {
		const SQL: &str =
			"SELECT * FROM extrinsics WHERE height = $1 AND position > $2 ORDER BY position LIMIT $3";
		let found: Vec<Extrinsic> = on!(self, pool => sqlx::query_as(SQL)
			.bind(height).bind(after.0).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |extrinsic| Cursor(extrinsic.position, 0)))
	}

	/// A transaction by its place.
	pub async fn extrinsic(&self, place: ExtrinsicPlace) -> Result<Option<Extrinsic>> {
		const SQL: &str = "SELECT * FROM extrinsics WHERE height = $1 AND position = $2";
		let ExtrinsicPlace { height, position } = place;
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(height).bind(position).fetch_optional(pool).await)?)
	}

	/// The place of the transaction that an event of a block is of; none of events of the block itself, and of those that were
	/// indexed before this was kept.
	pub async fn extrinsic_of(&self, height: i64, event: i64) -> Result<Option<ExtrinsicPlace>> {
		const SQL: &str = "SELECT position FROM extrinsics
			WHERE height = $1 AND first_event <= $2 AND first_event + events > $2";
		let position: Option<i64> =
			on!(self, pool => sqlx::query_scalar(SQL).bind(height).bind(event).fetch_optional(pool).await)?;
		Ok(position.map(|position| ExtrinsicPlace { height, position }))
	}

	/// Transactions by their hash: an unsigned one may stand in several blocks.
	pub async fn extrinsics_by_hash(&self, hash: &str) -> Result<Vec<Extrinsic>> {
		const SQL: &str = "SELECT * FROM extrinsics WHERE hash = $1 ORDER BY height, position LIMIT 100";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(hash).fetch_all(pool).await)?)
	}

	/// What an account signed, the newest first.
	pub async fn extrinsics_of(&self, signer: &str, before: Cursor, limit: i64) -> Result<Listed<Extrinsic>> {
		const SQL: &str = "SELECT * FROM extrinsics WHERE signer = $1 AND (height, position) < ($2, $3)
			ORDER BY height DESC, position DESC LIMIT $4";
		let found: Vec<Extrinsic> = on!(self, pool => sqlx::query_as(SQL)
			.bind(signer).bind(before.0).bind(before.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |extrinsic| Cursor(extrinsic.height, extrinsic.position)))
	}

	/// Who made how many blocks.
	pub async fn validators(&self) -> Result<Vec<Validator>> {
		const SQL: &str = "SELECT * FROM author_sums ORDER BY blocks DESC, author";
		Ok(on!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
	}
}
