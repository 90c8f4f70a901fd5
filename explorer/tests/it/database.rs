//! What tests keep their indexes in: files of SQLite, or a PostgreSQL server.

use crate::postgres::Postgres;
use heirloom_explorer::{on, store::Pool};
use sqlx::{
	AssertSqlSafe, PgPool, SqlitePool,
	postgres::PgPoolOptions,
	sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::{
	path::{Path, PathBuf},
	time::{Duration, Instant},
};
use tempfile::TempDir;

/// Makes two tests of each function, one on each database: `on_both![the_name_of_one, of_another]`.
macro_rules! on_both {
	($($test:ident),+ $(,)?) => {
		mod on_sqlite {
			$(
				#[tokio::test(flavor = "multi_thread")]
				async fn $test() {
					super::$test($crate::database::Database::sqlite()).await;
				}
			)+
		}

		mod on_postgres {
			$(
				#[tokio::test(flavor = "multi_thread")]
				async fn $test() {
					super::$test($crate::database::Database::postgres()).await;
				}
			)+
		}
	};
}
pub(crate) use on_both;

/// How long a server may take to end what was asked of it.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often it is looked at meanwhile.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// Where a test keeps its indexes, several beside each other. It goes with the test.
pub enum Database {
	/// A folder with a file for each.
	Sqlite(TempDir),
	/// A database of a server, with a schema for each.
	Postgres(Postgres),
}

/// Connections to a database as it is: nothing in it is brought up to date.
pub struct Connected {
	pool: Pool,
}

fn file(folder: &Path, name: &str) -> PathBuf {
	folder.join(format!("{name}.db"))
}

impl Database {
	/// An empty one.
	pub fn sqlite() -> Self {
		Self::Sqlite(tempfile::tempdir().unwrap())
	}

	/// An empty one, on the server of the tests.
	pub fn postgres() -> Self {
		Self::Postgres(Postgres::create())
	}

	/// The address of the index of a name, as the explorer takes it; empty where it is new.
	pub async fn index(&self, name: &str) -> String {
		match self {
			Self::Sqlite(folder) => format!("sqlite:{}", file(folder.path(), name).display()),
			Self::Postgres(server) => {
				let pool = PgPool::connect(&server.address()).await.unwrap();
				let schema = format!("CREATE SCHEMA IF NOT EXISTS {name}");
				sqlx::query(AssertSqlSafe(schema)).execute(&pool).await.unwrap();
				pool.close().await;
				format!("{}?options[search_path]={name}", server.address())
			}
		}
	}

	/// Connects to the index of a name, made where there is none. Its tables go by their names.
	pub async fn open(&self, name: &str) -> Connected {
		let pool = match self {
			Self::Sqlite(folder) => {
				let options = SqliteConnectOptions::new().filename(file(folder.path(), name));
				Pool::Sqlite(SqlitePool::connect_with(options.create_if_missing(true)).await.unwrap())
			}
			Self::Postgres(_) => Pool::Postgres(PgPool::connect(&self.index(name).await).await.unwrap()),
		};
		Connected { pool }
	}

	/// Connects to several indexes at once, whose tables go by `index.table`. An error where SQLite has no file of a name.
	pub async fn beside(&self, names: &[&str]) -> sqlx::Result<Connected> {
		let pool = match self {
			Self::Sqlite(folder) => {
				// Attached to one connection, of a database in memory that has no tables of its own.
				let options = SqlitePoolOptions::new().max_connections(1);
				let pool = options.connect_with(SqliteConnectOptions::new()).await?;
				for name in names {
					let attach = format!("ATTACH '{}' AS {name}", file(folder.path(), name).display());
					sqlx::query(AssertSqlSafe(attach)).execute(&pool).await?;
				}
				Pool::Sqlite(pool)
			}
			Self::Postgres(server) => Pool::Postgres(PgPool::connect(&server.address()).await?),
		};
		Ok(Connected { pool })
	}

	/// Waits until nobody is connected any more. A server does what a process asked of it that was killed since: it may commit
	/// a block that the process never heard of. What SQLite does ends with the process.
	pub async fn left(&self) {
		const OTHERS: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()
			AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
		let Self::Postgres(server) = self else { return };
		let pool = PgPoolOptions::new().max_connections(1).connect(&server.address()).await.unwrap();
		let begin = Instant::now();
		loop {
			let others: i64 = sqlx::query_scalar(OTHERS).fetch_one(&pool).await.unwrap();
			if others == 0 {
				break;
			}
			assert!(begin.elapsed() < PATIENCE, "{others} are still connected");
			tokio::time::sleep(LOOK_AGAIN).await;
		}
		pool.close().await;
	}

	/// Compares one index with another: as many rows in each table, and none that the other has not. Tables and columns are
	/// those of the other, so what a later explorer added is passed over; some columns are not compared. Returns how many rows
	/// there are.
	///
	/// # Panics
	/// With the table that differs.
	pub async fn compare(&self, is: &str, should: &str, passed_over: &[(&str, &str)]) -> i64 {
		let both = self.beside(&[is, should]).await.unwrap();
		let mut all = 0;
		for table in both.tables(should).await {
			let columns = both.columns(should, &table).await.into_iter();
			let columns = columns.filter(|column| !passed_over.contains(&(table.as_str(), column.as_str())));
			let columns = columns.map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ");
			let sql = format!(
				"SELECT (SELECT COUNT(*) FROM {is}.{table}), (SELECT COUNT(*) FROM {should}.{table}),
					(SELECT COUNT(*) FROM (SELECT {columns} FROM {is}.{table}
						EXCEPT SELECT {columns} FROM {should}.{table}) AS different)"
			);
			let (rows, expected, different): (i64, i64, i64) = on!(both, pool =>
				sqlx::query_as(AssertSqlSafe(sql.as_str())).fetch_one(pool).await.unwrap());
			assert_eq!((rows, different), (expected, 0), "rows of {is}.{table}, and those that differ");
			all += rows;
		}
		both.close().await;
		all
	}
}

impl Connected {
	/// For `on!`.
	pub fn pool(&self) -> &Pool {
		&self.pool
	}

	/// Ends the connections.
	pub async fn close(self) {
		on!(self, pool => pool.close().await);
	}

	/// The tables of an index.
	async fn tables(&self, index: &str) -> Vec<String> {
		let sql = match self.pool() {
			Pool::Sqlite(_) => format!("SELECT name FROM {index}.sqlite_master WHERE type = 'table'"),
			Pool::Postgres(_) => {
				format!("SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = '{index}'")
			}
		};
		let mut tables: Vec<String> = on!(self, pool =>
			sqlx::query_scalar(AssertSqlSafe(sql.as_str())).fetch_all(pool).await.unwrap());
		// sqlx's own table has the times of this run.
		tables.retain(|table| !table.contains("sqlx"));
		assert!(!tables.is_empty(), "{index} has no tables");
		tables
	}

	/// The columns of a table.
	async fn columns(&self, index: &str, table: &str) -> Vec<String> {
		let sql = match self.pool() {
			Pool::Sqlite(_) => format!("SELECT name FROM pragma_table_info('{table}', '{index}')"),
			Pool::Postgres(_) => format!(
				"SELECT CAST(column_name AS TEXT) FROM information_schema.columns
				WHERE table_schema = '{index}' AND table_name = '{table}'"
			),
		};
		on!(self, pool => sqlx::query_scalar(AssertSqlSafe(sql.as_str())).fetch_all(pool).await.unwrap())
	}
}
