//! The disk of one validator is full. Then there is space again, and it is started again.

use super::Seen;
use crate::{network::PATIENCE, programs::run as run_program, stage::Stage, wait};
use anyhow::{Context, Result, ensure};
use std::{
	fs::{self, File},
	io::Write,
	path::{Path, PathBuf},
	process::Command,
	time::Instant,
};

/// Whose disk it is.
const VICTIM: &str = "dave";
/// What the disk holds.
const MEBIBYTES: u32 = 256;
/// How many months pass with it full.
const MONTHS: u32 = 2;

/// A file system in memory; it vanishes with this value.
struct Disk(PathBuf);

impl Disk {
	fn mount(place: &Path) -> Result<Self> {
		fs::create_dir_all(place)?;
		let size = format!("size={MEBIBYTES}m");
		run_program(Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(place))
			.context("a disk of its own takes root")?;
		Ok(Self(place.into()))
	}

	/// Writes a file until nothing more fits; returns it.
	fn fill(&self) -> Result<PathBuf> {
		let file = self.0.join("ballast");
		let mut ballast = File::create(&file)?;
		for piece in [1 << 20, 1 << 12, 1] {
			// Whatever the error is, it is that nothing more fits.
			while ballast.write_all(&vec![1; piece]).is_ok() {}
		}
		Ok(file)
	}
}

impl Drop for Disk {
	fn drop(&mut self) {
		let _busy = run_program(Command::new("umount").arg("--lazy").arg(&self.0)).is_err();
	}
}

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	let disk = Disk::mount(&stage.network.node(VICTIM)?.base.clone())?;
	stage.begin().await?;
	stage.months(1, "before").await?;
	let middle = stage.settling("before").await?;
	let ballast = disk.fill()?;
	stage.months(MONTHS, &format!("{VICTIM}'s disk full")).await?;
	let mut seen = Seen::default();
	seen.remarks.push(format!("its disk was filled {middle}"));
	let victim = stage.network.node(VICTIM)?;
	let ended = victim.has_ended()?;
	let said = fs::read_to_string(&victim.log)?;
	ensure!(said.contains("No space left on device"), "no write of {VICTIM} failed for want of space");
	seen.remarks.push(match ended {
		true => format!("{VICTIM} ended by itself as its disk was full: {}", victim.last_line()),
		false => format!("{VICTIM} was still up with its disk full"),
	});
	seen.remarks.push(format!("the others went on, and {MONTHS} months were settled"));
	fs::remove_file(&ballast)?;
	stage.told.say("space again");
	let end = Instant::now();
	let victim = stage.network.node(VICTIM)?;
	victim.kill()?;
	victim.start()?;
	wait::until("the node answers or ends", PATIENCE, async || match victim.has_ended()? {
		true => Ok(Some(())),
		false => victim.eye().await?.best().await.map(|_| Some(())),
	})
	.await?;
	victim.answering().await?;
	seen.recoveries.push(stage.network.recovered(end).await?);
	stage.months(1, "after").await?;
	// It has to outlive its node, and the audit reads that node; so it is let go of with the network.
	stage.kept.push(Box::new(disk));
	Ok(seen)
}
