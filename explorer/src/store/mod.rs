//! Where the index is kept: SQLite in a file of its own, or PostgreSQL. Both answer the same to every question; what is
//! asked stands in SQL that both read.

mod place;
pub mod read;
mod types;
pub mod write;

pub use place::*;
pub use types::*;

use sqlx::{
	PgPool, SqlitePool,
	migrate::Migrator,
	postgres::PgPoolOptions,
	sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, time::Duration};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Connections that questions share.
const READERS: u32 = 8;

/// Runs a query on whichever database there is: `on!(store, pool => sqlx::query(SQL).bind(1).execute(pool).await)`.
///
/// The expression is compiled for each database, so row types derive `sqlx::FromRow` and hold only `i64`, `bool`,
/// `String`, [`Money`], [`Month`] and options of these. Placeholders are `$1`, `$2`, …; sums are
/// `CAST(SUM(x) AS BIGINT)`, because PostgreSQL widens them.
#[macro_export]
macro_rules! on {
	($store:expr, $pool:ident => $query:expr) => {
		match $store.pool() {
			$crate::store::Pool::Sqlite($pool) => $query,
			$crate::store::Pool::Postgres($pool) => $query,
		}
	};
}

/// Connections to the database, for questions.
#[derive(Clone, Debug)]
pub enum Pool {
	/// An embedded database.
	Sqlite(SqlitePool),
	/// A server.
	Postgres(PgPool),
}

/// The database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
	pool: Pool,
	writer: Pool,
}

/// Why the database did not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The address is of neither form.
	#[error("{0:?} is no database: write sqlite:PATH or postgres://USER@HOST/NAME")]
	Address(String),
	/// The database refused.
	#[error("the database: {0}")]
	Database(#[from] sqlx::Error),
	/// Its tables could not be brought up to date.
	#[error("the database cannot be brought up to date: {0}")]
	Migration(#[from] sqlx::migrate::MigrateError),
	/// An amount does not fit what is stored.
	#[error("{what}: {amount} micro-U are more than the index holds (9.2 × 10^12 U)")]
	TooLarge {
		/// What it is an amount of.
		what: &'static str,
		/// The amount.
		amount: u128,
	},
	/// The database holds another chain.
	#[error(
		"the database holds the chain {stored}, the node has {node}: name another database, or another node"
	)]
	OtherChain {
		/// The genesis hash that was stored.
		stored: String,
		/// The node's.
		node: String,
	},
	/// The cursor is not where this explorer left it.
	#[error(
		"another explorer writes into the same database: end one of them, or give it a database of its own"
	)]
	OtherWriter,
	/// Something that is stored cannot be read.
	#[error("the database holds {0}, which cannot be read")]
	Unreadable(String),
}

/// The answer of the database.
pub type Result<Answer> = std::result::Result<Answer, Error>;

impl Store {
	/// Opens a database and brings its tables up to date: `sqlite:PATH` (made where it is missing),
	/// `sqlite::memory:`, or `postgres://…`.
	pub async fn open(address: &str) -> Result<Self> {
		if address.starts_with("postgres:") || address.starts_with("postgresql:") {
			return Self::open_postgres(address).await;
		}
		match address.strip_prefix("sqlite:") {
			Some(path) if !path.is_empty() => Self::open_sqlite(path.trim_start_matches("//")).await,
			_ => Err(Error::Address(address.into())),
		}
	}

	async fn open_sqlite(path: &str) -> Result<Self> {
		let memory = path == ":memory:";
		if let Some(folder) =
			Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty() && !memory)
		{
			std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
		}
		// Written with a log beside the file: readers see whole blocks only and never wait. What a crash of the machine
		// takes from the log's end is taken in again, since the cursor goes with it.
		let options = SqliteConnectOptions::new()
			.filename(path)
			.create_if_missing(true)
			.journal_mode(SqliteJournalMode::Wal)
			.synchronous(SqliteSynchronous::Normal)
			.pragma("cache_size", "-65536")
			.pragma("mmap_size", "1073741824")
			.busy_timeout(Duration::from_secs(60));
		let writer = SqlitePoolOptions::new()
			.max_connections(1)
			.min_connections(1)
			.idle_timeout(None)
			.max_lifetime(None)
			.connect_with(options.clone())
			.await?;
		SQLITE.run(&writer).await?;
		// A database in memory belongs to its one connection.
		let pool = if memory {
			writer.clone()
		} else {
			SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await?
		};
		Self::ready(Pool::Sqlite(pool), Pool::Sqlite(writer)).await
	}

	async fn open_postgres(address: &str) -> Result<Self> {
		let pool = PgPoolOptions::new().max_connections(READERS + 2).connect(address).await?;
		POSTGRES.run(&pool).await?;
		Self::ready(Pool::Postgres(pool.clone()), Pool::Postgres(pool)).await
	}

	async fn ready(pool: Pool, writer: Pool) -> Result<Self> {
		let store = Self { pool, writer };
		store.summarise_missing().await?;
		Ok(store)
	}

	/// The connections for questions, see [`on!`](crate::on).
	pub fn pool(&self) -> &Pool {
		&self.pool
	}

	/// Closes all connections, after what they are doing.
	pub async fn close(&self) {
		for pool in [&self.pool, &self.writer] {
			match pool {
				Pool::Sqlite(pool) => pool.close().await,
				Pool::Postgres(pool) => pool.close().await,
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[tokio::test]
	async fn what_is_no_database_should_be_refused_with_what_to_write() {
		for address in ["", "mysql://root@localhost/x", "explorer.db", "sqlite:"] {
			let error = Store::open(address).await.unwrap_err().to_string();
			assert!(error.contains("sqlite:PATH"), "{error}");
		}
	}

	#[tokio::test]
	async fn both_folders_should_have_the_same_migrations() {
		let versions = |migrator: &Migrator| {
			migrator.iter().map(|one| (one.version, one.description.clone())).collect::<Vec<_>>()
		};
		assert_eq!(versions(&SQLITE), versions(&POSTGRES));
	}

	#[tokio::test]
	async fn database_should_be_made_where_it_is_missing() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("deep/explorer.db");
		let store = Store::open(&format!("sqlite:{}", path.display())).await.unwrap();
		assert_eq!(store.cursor().await.unwrap(), None);
		store.close().await;
		assert!(path.exists());
	}
}
