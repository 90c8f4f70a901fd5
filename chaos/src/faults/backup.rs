//! The database of a running node is copied, and the copy started as a node of its own, which catches up.

use super::Seen;
use crate::{programs::run as run_program, stage::Stage};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path, process::Command, time::Instant};

/// Whose database is copied.
const SOURCE: &str = "bob";
/// The node that it is restored on.
const RESTORED: &str = "restored";

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	stage.begin().await?;
	stage.months(2, "before").await?;
	let middle = stage.settling("before").await?;
	stage.told.say(format!("copying {SOURCE}'s database while it runs"));
	let from = stage.network.node(SOURCE)?.base.clone();
	let chains = fs::read_dir(from.join("chains"))?.next().context("a chain")??.file_name();
	let database = std::path::Path::new("chains").join(chains).join("paritydb");
	let node = stage.network.add(RESTORED, &[])?;
	let to = node.base.join(&database);
	fs::create_dir_all(to.parent().context("a directory above the database")?)?;
	// Keys are left behind: two nodes with the same ones would vote twice.
	run_program(Command::new("cp").arg("-a").arg(from.join(&database)).arg(&to))?;
	let copied = stage.network.chain().await?.eye.best().await?.number;
	stage.months(1, "copied").await?;
	let node = stage.network.node(RESTORED)?;
	let end = Instant::now();
	node.start()?;
	node.answering().await?;
	let first = first_block(&node.log)?;
	ensure!(first > 0, "the restored node began with an empty database");
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered(end).await?);
	seen.remarks.push(format!(
		"the copy was made at block {copied}, {middle}; the restored node began with block {first}"
	));
	stage.months(1, "after").await?;
	Ok(seen)
}

/// The block that a node found in its database as it started, by its log.
fn first_block(log: &Path) -> Result<u32> {
	found(&fs::read_to_string(log)?).context("the node does not tell with which block it began")
}

fn found(said: &str) -> Option<u32> {
	let (_, after) = said.split_once("Highest known block at #")?;
	after.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn block_of_the_start_is_read() {
		assert_eq!(found("x Highest known block at #37\n"), Some(37));
		assert_eq!(found("nothing of the kind"), None);
	}
}
