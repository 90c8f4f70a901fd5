//! The database of a running node is copied, and the copy started as a node of its own, which catches up.

use super::Seen;
use crate::{programs::run as run_program, stage::Stage};
use anyhow::{Context, Result};
use std::{fs, process::Command};

/// Whose database is copied.
const SOURCE: &str = "bob";
/// The node that it is restored on.
const RESTORED: &str = "restored";

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	stage.begin().await?;
	stage.months(2, "before").await?;
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
	node.start()?;
	node.answering().await?;
	let first = node.eye().await?.best().await?.number;
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered().await?);
	seen.remarks.push(format!(
		"the copy was made at block {copied}; the restored node answered first at block {first}"
	));
	stage.months(1, "after").await?;
	Ok(seen)
}
