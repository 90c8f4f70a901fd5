//! `heirloom runtime`: what a runtime shows to the outside, and what an upgrade changes of it.

pub mod args;
mod compare;
mod surface;

use crate::{chain::Chain, output};
use anyhow::{Context, Result, bail};
use args::RuntimeCommand;
use compare::Comparison;
use std::{fs, path::Path};
use surface::Surface;

/// Runs the command.
pub async fn run(command: &RuntimeCommand, url: &str, json: bool) -> Result<()> {
	match command {
		RuntimeCommand::Show => output::json(&Surface::read(&Chain::connect(url).await?).await?),
		RuntimeCommand::Diff { old, new } => {
			let new = match new {
				Some(file) => load(file)?,
				None => Surface::read(&Chain::connect(url).await?).await?,
			};
			let comparison = Comparison::of(&load(old)?, &new);
			if json {
				output::json(&comparison)?;
			} else {
				comparison.changes.iter().try_for_each(output::line)?;
				output::line(output::count(comparison.changes.len(), "change"))?;
			}
			match comparison.missing.first() {
				Some(missing) => bail!("{missing}"),
				None => Ok(()),
			}
		}
	}
}

fn load(file: &Path) -> Result<Surface> {
	let text = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
	serde_json::from_slice(&text)
		.with_context(|| format!("{} is not what `heirloom runtime show` writes", file.display()))
}
