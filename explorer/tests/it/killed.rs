//! Killing the explorer while it takes in a chain.

use crate::{
	chain,
	database::{Database, on_both},
};
use heirloom_explorer::on;
use sqlx::AssertSqlSafe;
use std::{
	process::{Child, Command, Stdio},
	thread,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// How often it is looked at whether it has come to its end before.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// The moments at which things were compared are those of the run.
const NOT_COMPARED: [(&str, &str); 1] = [("checks", "at")];

/// The index that is left in peace.
const WHOLE: &str = "whole";

/// How often it is killed. Less often on PostgreSQL: each kill takes a quarter of a whole run on average, so another hundred
/// would double what the test takes, at least, and it is the same explorer.
fn kills(database: &Database) -> u32 {
	match database {
		Database::Sqlite(_) => 100,
		Database::Postgres(_) => 25,
	}
}

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

fn explorer(address: &str) -> Child {
	let (url, last) = chain::march();
	Command::new(env!("CARGO_BIN_EXE_heirloom-explorer"))
		.args(["index", "--url", url, "--database", address, "--until", &last.to_string()])
		.stdin(Stdio::null())
		.stdout(Stdio::null())
		.stderr(Stdio::inherit())
		.spawn()
		.unwrap()
}

/// The last block that is in an index.
async fn height(database: &Database, name: &str) -> Option<i64> {
	// Killed before its first moment it has made no file, or nothing with tables.
	let connected = database.beside(&[name]).await.ok()?;
	let sql = format!("SELECT height FROM {name}.cursor");
	let found: sqlx::Result<Option<i64>> = on!(connected, pool =>
		sqlx::query_scalar(AssertSqlSafe(sql.as_str())).fetch_optional(pool).await);
	connected.close().await;
	found.ok()?
}

/// Killed wherever it may be, it goes on behind the last whole block. Where it came to the end before it was killed, it begins
/// anew, so that every kill counts.
async fn killing_it_at_random_should_lose_and_double_nothing(database: Database) {
	let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64 | 1;
	println!("seed {seed}");
	let (mut random, all) = (Random(seed), kills(&database));
	chain::march();
	let whole = database.index(WHOLE).await;
	let begin = Instant::now();
	assert!(explorer(&whole).wait().unwrap().success());
	// It is killed at the latest after half of what it takes left in peace. It goes on where it was, so it comes to the end
	// nevertheless, with kills anywhere between its first moment and its last block.
	let mut longest = u64::try_from(begin.elapsed().as_millis() / 2).unwrap().max(1);
	let begin = Instant::now();
	let (mut kills, mut finished, mut midway) = (0, 0, 0);
	let index_of = |finished: u32| format!("killed_{finished}");
	while kills < all {
		let name = index_of(finished);
		let mut running = explorer(&database.index(&name).await);
		let until = Instant::now() + Duration::from_millis(random.below(longest));
		let ended = loop {
			match running.try_wait().unwrap() {
				None if Instant::now() < until => thread::sleep(LOOK_AGAIN),
				ended => break ended,
			}
		};
		if let Some(ended) = ended {
			assert!(ended.success());
			database.compare(&name, WHOLE, &NOT_COMPARED).await;
			finished += 1;
			continue;
		}
		running.kill().unwrap();
		running.wait().unwrap();
		database.left().await;
		kills += 1;
		midway += u32::from(height(&database, &name).await.is_some());
		if midway * 5 < kills {
			// A machine that became busier since takes longer until there is a first block, and kills before it try little.
			longest += longest.div_ceil(10);
		}
	}
	assert!(midway > all / 10, "only {midway} of {kills} were behind the first block");
	let name = index_of(finished);
	assert!(explorer(&database.index(&name).await).wait().unwrap().success());
	assert!(database.compare(&name, WHOLE, &NOT_COMPARED).await > 10_000);
	println!(
		"{kills} kills, {midway} behind the first block, {finished} times to the end between them, in {:.1} s",
		begin.elapsed().as_secs_f32()
	);
}

on_both![killing_it_at_random_should_lose_and_double_nothing];
