//! Killing the explorer while it takes in a chain.

use crate::{chain, sqlite};
use sqlx::{AssertSqlSafe, ConnectOptions, Row, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
	path::Path,
	process::{Child, Command, Stdio},
	thread,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// How often it is killed.
const KILLS: u32 = 100;

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

/// Everything in a database but the moments at which things were compared.
async fn everything(folder: &Path) -> Vec<(String, Vec<String>)> {
	let options = SqliteConnectOptions::new().filename(folder.join("explorer.db"));
	let mut database: SqliteConnection = options.connect().await.unwrap();
	let tables = sqlx::query(
		"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlx%' ORDER BY name",
	);
	let tables: Vec<String> =
		tables.fetch_all(&mut database).await.unwrap().iter().map(|row| row.get(0)).collect();
	let mut found = Vec::new();
	for table in tables {
		let sql = format!(
			"SELECT name FROM pragma_table_info('{table}') WHERE NOT ('{table}' = 'checks' AND name = 'at')"
		);
		let columns = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut database).await.unwrap();
		let columns: Vec<_> =
			columns.iter().map(|row| format!("quote({})", row.get::<String, _>(0))).collect();
		let sql = format!("SELECT {} AS line FROM {table} ORDER BY line", columns.join(" || '|' || "));
		let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut database).await.unwrap();
		found.push((table, rows.iter().map(|row| row.get(0)).collect()));
	}
	found
}

/// The last block that is in a database.
async fn height(folder: &Path) -> Option<i64> {
	let options = SqliteConnectOptions::new().filename(folder.join("explorer.db"));
	// Killed before its first moment it has made no file, or none with tables.
	let mut database = options.connect().await.ok()?;
	sqlx::query_scalar("SELECT height FROM cursor").fetch_optional(&mut database).await.ok()?
}

fn compare(is: &[(String, Vec<String>)], should: &[(String, Vec<String>)], seed: u64) {
	for ((table, is), (_, should)) in is.iter().zip(should) {
		assert_eq!(is.len(), should.len(), "rows of {table}, seed {seed}");
		for (is, should) in is.iter().zip(should) {
			assert_eq!(is, should, "{table}, seed {seed}");
		}
	}
	assert_eq!(is.len(), should.len());
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
	// Left in peace it takes this long, so it is killed anywhere between its first moment and its last block.
	let longest = u64::try_from(begin.elapsed().as_millis()).unwrap();
	let should = everything(whole.path()).await;
	assert!(should.iter().map(|(_, rows)| rows.len()).sum::<usize>() > 10_000);
	let begin = Instant::now();
	let (mut kills, mut finished, mut midway) = (0, 0, 0);
	let mut folder = tempfile::tempdir().unwrap();
	while kills < KILLS {
		let mut running = explorer(folder.path());
		thread::sleep(Duration::from_millis(random.below(longest)));
		if let Some(ended) = running.try_wait().unwrap() {
			assert!(ended.success(), "seed {seed}");
			compare(&everything(folder.path()).await, &should, seed);
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
	compare(&everything(folder.path()).await, &should, seed);
	println!(
		"{kills} kills, {finished} times to the end between them, in {:.1} s",
		begin.elapsed().as_secs_f32()
	);
}
