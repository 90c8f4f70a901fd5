//! Killing the explorer while it takes in a chain.

use crate::{chain, sqlite};
use sqlx::{AssertSqlSafe, ConnectOptions, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
	path::Path,
	process::{Child, Command, Stdio},
	thread,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// How often it is killed.
const KILLS: u32 = 100;

/// How often it is looked at whether it has come to its end before.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Numbers without a pattern (xorshift), from a seed that a failure can be repeated with.
struct Random(u64);

impl Random {
	fn below(&mut self, bound: u64) -> u64 {
		self.0 ^= self.0 << 13;
		self.0 ^= self.0 >> 7;
		self.0 ^= self.0 << 17;
		self.0 % bound
	}
}

fn explorer(folder: &Path) -> Child {
	let (url, last) = chain::march();
	Command::new(env!("CARGO_BIN_EXE_heirloom-explorer"))
		.args(["index", "--url", url, "--database", &sqlite(folder), "--until", &last.to_string()])
		.stdin(Stdio::null())
		.stdout(Stdio::null())
		.stderr(Stdio::inherit())
		.spawn()
		.unwrap()
}

async fn open(folder: &Path) -> sqlx::Result<SqliteConnection> {
	SqliteConnectOptions::new().filename(folder.join("explorer.db")).connect().await
}

/// Compares everything in a database but the moments at which things were compared: as many rows, and none that the other has
/// not. Returns how many rows there are.
async fn compare(folder: &Path, whole: &Path, seed: u64) -> i64 {
	let mut database = open(folder).await.unwrap();
	let attach = format!("ATTACH '{}' AS whole", whole.join("explorer.db").display());
	sqlx::query(AssertSqlSafe(attach)).execute(&mut database).await.unwrap();
	let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlx%'";
	let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut database).await.unwrap();
	let mut all = 0;
	for table in tables {
		let sql = format!(
			"SELECT name FROM pragma_table_info('{table}') WHERE NOT ('{table}' = 'checks' AND name = 'at')"
		);
		let columns: Vec<String> =
			sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut database).await.unwrap();
		let columns = columns.join(", ");
		let sql = format!(
			"SELECT (SELECT COUNT(*) FROM main.{table}), (SELECT COUNT(*) FROM whole.{table}), (SELECT COUNT(*) FROM
			(SELECT {columns} FROM main.{table} EXCEPT SELECT {columns} FROM whole.{table}))"
		);
		let (is, should, different): (i64, i64, i64) =
			sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut database).await.unwrap();
		assert_eq!((is, different), (should, 0), "rows of {table}, and those that differ; seed {seed}");
		all += is;
	}
	all
}

/// The last block that is in a database.
async fn height(folder: &Path) -> Option<i64> {
	// Killed before its first moment it has made no file, or none with tables.
	let mut database = open(folder).await.ok()?;
	sqlx::query_scalar("SELECT height FROM cursor").fetch_optional(&mut database).await.ok()?
}

/// Killed wherever it may be, it goes on behind the last whole block. Where it came to the end before it was killed, it begins
/// anew, so that every kill counts.
#[tokio::test(flavor = "multi_thread")]
async fn killing_it_at_random_should_lose_and_double_nothing() {
	let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64 | 1;
	let mut random = Random(seed);
	let whole = tempfile::tempdir().unwrap();
	chain::march();
	let begin = Instant::now();
	assert!(explorer(whole.path()).wait().unwrap().success());
	// It is killed at the latest after half of what it takes left in peace. It goes on where it was, so it comes to the end
	// nevertheless, with kills anywhere between its first moment and its last block.
	let longest = u64::try_from(begin.elapsed().as_millis() / 2).unwrap().max(1);
	let begin = Instant::now();
	let (mut kills, mut finished, mut midway) = (0, 0, 0);
	let mut folder = tempfile::tempdir().unwrap();
	while kills < KILLS {
		let mut running = explorer(folder.path());
		let until = Instant::now() + Duration::from_millis(random.below(longest));
		let ended = loop {
			match running.try_wait().unwrap() {
				None if Instant::now() < until => thread::sleep(LOOK_AGAIN),
				ended => break ended,
			}
		};
		if let Some(ended) = ended {
			assert!(ended.success(), "seed {seed}");
			compare(folder.path(), whole.path(), seed).await;
			folder = tempfile::tempdir().unwrap();
			finished += 1;
			continue;
		}
		running.kill().unwrap();
		running.wait().unwrap();
		kills += 1;
		midway += u32::from(height(folder.path()).await.is_some());
	}
	assert!(midway > KILLS / 10, "only {midway} of {kills} were behind the first block");
	assert!(explorer(folder.path()).wait().unwrap().success());
	assert!(compare(folder.path(), whole.path(), seed).await > 10_000);
	println!(
		"{kills} kills, {midway} behind the first block, {finished} times to the end between them, in {:.1} s",
		begin.elapsed().as_secs_f32()
	);
}
