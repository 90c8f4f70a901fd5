//! A platform as the state of a chain, in a database that is kept.

mod blocks;
mod cache;
mod genesis;
mod write;

pub use blocks::Blocks;
pub use cache::{Cache, Copy};

use crate::{
	args::{Size, StateArgs},
	platform::{Platform, Shape},
	progress,
};
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// Generates the state of a platform into a directory that is not there yet.
pub fn generate(args: &StateArgs) -> Result<()> {
	let size = Size { assets: args.assets, pairs: args.pairs, payees: args.payees };
	let partial = args.directory.with_extension("partial");
	if partial.exists() {
		fs::remove_dir_all(&partial).with_context(|| format!("{} is in the way", partial.display()))?;
	}
	build(size, &partial)?;
	fs::rename(&partial, &args.directory)
		.with_context(|| format!("{} cannot be made", args.directory.display()))
}

fn build(size: Size, directory: &Path) -> Result<()> {
	let spinner = progress::spinner(format!("{size} assets: growing the platform"));
	let platform = Platform::generate(&Shape::read()?, size)?;
	spinner.set_message(format!("{size} assets: building their state"));
	let state = genesis::state(platform)?;
	spinner.finish_and_clear();
	write::write(state, directory)
}
