//! Writing: everything of a block in one transaction, with the cursor.

mod bulk;
mod chain;
mod checks;
mod lineage;
mod royalty;
mod sandbox;
mod summary;
mod sums;
mod webhooks;
mod withheld;

pub use chain::{NewBlock, NewExtrinsic, NewTransfer};
pub use checks::NewCheck;
pub use lineage::{AssetChange, Head, NewAsset, NewParent, NewReceipt};
pub use royalty::{NewPayment, NewPot, PaymentTotals};
pub use sandbox::NewPermit;
pub use summary::MOST_SAMPLES;
pub use withheld::NewWithheld;

use super::{Error, Pool, Result, Store};
use sqlx::{Postgres, Sqlite, Transaction};

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing.
pub enum Tx {
	/// On SQLite.
	Sqlite(Transaction<'static, Sqlite>),
	/// On PostgreSQL.
	Postgres(Transaction<'static, Postgres>),
}

/// Runs a query inside a transaction: `within!(tx, connection => sqlx::query(SQL).execute(connection).await)`.
macro_rules! within {
	($tx:expr, $connection:ident => $query:expr) => {
		match $tx {
			$crate::store::write::Tx::Sqlite(transaction) => {
				let $connection = &mut **transaction;
				$query
			}
			$crate::store::write::Tx::Postgres(transaction) => {
				let $connection = &mut **transaction;
				$query
			}
		}
	};
}
pub(crate) use within;

impl Store {
	/// Begins a transaction. On SQLite there is one at a time.
	pub async fn begin(&self) -> Result<Tx> {
		Ok(match &self.writer {
			Pool::Sqlite(pool) => Tx::Sqlite(pool.begin().await?),
			Pool::Postgres(pool) => Tx::Postgres(pool.begin().await?),
		})
	}
}

impl Tx {
	/// Makes everything that was written last.
	pub async fn commit(self) -> Result<()> {
		match self {
			Self::Sqlite(transaction) => transaction.commit().await?,
			Self::Postgres(transaction) => transaction.commit().await?,
		}
		Ok(())
	}

	/// Moves the cursor from the block before to a block. Refused where it does not stand there: somebody else writes into
	/// the same database.
	pub async fn advance(&mut self, height: i64, hash: &str) -> Result<()> {
		const FIRST: &str = "INSERT INTO cursor (id, height, hash) VALUES (1, $1, $2)";
		const NEXT: &str = "UPDATE cursor SET height = $1, hash = $2 WHERE id = 1 AND height = $1 - 1";
		let sql = if height == 0 { FIRST } else { NEXT };
		let moved = within!(self, connection => sqlx::query(sql).bind(height).bind(hash)
			.execute(connection).await.map(|done| done.rows_affected()))?;
		if moved == 1 { Ok(()) } else { Err(Error::OtherWriter) }
	}

	/// Notes something of the chain itself.
	pub async fn note(&mut self, name: &str, value: &str) -> Result<()> {
		const SQL: &str = "INSERT INTO chain (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value";
		within!(self, connection => sqlx::query(SQL).bind(name).bind(value).execute(connection).await.map(|_| ()))?;
		Ok(())
	}
}
