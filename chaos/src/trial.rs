//! One fault from the network's start to the audit after it.

use crate::{
	audit::{self, Audited, held::Held},
	faults::{Fault, Options, Seen},
	network::Setting,
	programs::Programs,
	report::Outcome,
	stage::Stage,
	told::Told,
};
use anyhow::{Context, Result, ensure};
use heirloom_primitives::format_u;
use std::{
	fs,
	path::{Path, PathBuf},
	time::{Duration, Instant},
};
use tempfile::TempDir;

/// Tries a fault. What goes wrong is part of the outcome.
pub async fn run(
	fault: Fault,
	programs: &Programs,
	options: Options,
	keep: Option<&Path>,
) -> Result<Outcome> {
	let begun = Instant::now();
	let (directory, temporary) = directory(fault, keep)?;
	let result = attempt(fault, programs, options, &directory).await;
	let kept = || temporary.map_or_else(|| directory.clone(), TempDir::keep);
	Ok(match result {
		Ok((seen, audited)) => {
			let outcome = outcome(fault, seen, audited, begun.elapsed());
			if !outcome.is_good() {
				eprintln!("{}: chains and logs are kept in {}", fault.name(), kept().display());
			}
			outcome
		}
		Err(error) => {
			eprintln!("{}: chains and logs are kept in {}", fault.name(), kept().display());
			Outcome::failure(fault.name(), format!("{error:#}"), begun.elapsed())
		}
	})
}

/// Where the network lives: in a directory that is kept, or in one that vanishes.
fn directory(fault: Fault, keep: Option<&Path>) -> Result<(PathBuf, Option<TempDir>)> {
	match keep {
		Some(keep) => {
			let directory = keep.join(fault.name());
			if directory.exists() {
				// What an earlier run left there, and nothing else, is removed.
				ensure!(
					directory.join("spec.json").is_file(),
					"{} is there, and no earlier run made it",
					directory.display()
				);
				fs::remove_dir_all(&directory)
					.with_context(|| format!("{} cannot be emptied", directory.display()))?;
			}
			fs::create_dir_all(&directory)
				.with_context(|| format!("{} cannot be made", directory.display()))?;
			Ok((directory.canonicalize()?, None))
		}
		None => {
			let directory = TempDir::with_prefix("heirloom-chaos-")?;
			Ok((directory.path().into(), Some(directory)))
		}
	}
}

async fn attempt(
	fault: Fault,
	programs: &Programs,
	options: Options,
	directory: &Path,
) -> Result<(Seen, Audited)> {
	let setting: Setting = fault.setting();
	let mut stage = Stage::open(programs, directory, setting, Told::new(fault.name())).await?;
	let mut seen = fault.happen(&mut stage, options).await?;
	let tries = stage.traffic.as_ref().map(|traffic| {
		traffic.rest(true);
		traffic.tries()
	});
	let tries = tries.unwrap_or_default();
	let audited = audit::audit(&mut stage, tries.taken).await.context("the audit could not be made")?;
	seen.remarks.push(format!("{tries}; {} are in final blocks", audited.bookings));
	let Held { contested, undelivered } = audited.held;
	seen.remarks.push(format!(
		"held at the end: {} U for a dispute, {} U for a payee that cannot receive",
		format_u(contested),
		format_u(undelivered)
	));
	if let Some((fewest, most)) = audited.lasted {
		seen.remarks.push(format!("a month's settlement took {fewest} to {most} blocks"));
	}
	stage.traffic = None;
	stage.network.stop().await?;
	Ok((seen, audited))
}

fn outcome(fault: Fault, seen: Seen, audited: Audited, took: Duration) -> Outcome {
	let Audited { blocks, months, verified, paid, differences, .. } = audited;
	Outcome {
		fault: fault.name().into(),
		survived: true,
		failure: None,
		lost: differences,
		recovery_seconds: seen.recoveries.iter().max().map(Duration::as_secs_f64),
		months,
		verified,
		blocks,
		paid,
		remarks: seen.remarks,
		seconds: took.as_secs_f64(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn directory_that_no_run_made_is_not_removed() {
		let keep = TempDir::new().unwrap();
		let theirs = keep.path().join("kill");
		fs::create_dir(&theirs).unwrap();
		assert!(directory(Fault::Kill, Some(keep.path())).is_err());
		fs::write(theirs.join("spec.json"), "{}").unwrap();
		let (ours, _) = directory(Fault::Kill, Some(keep.path())).unwrap();
		assert_eq!(fs::read_dir(ours).unwrap().count(), 0);
	}

	#[test]
	fn longest_recovery_counts() {
		let seen = Seen { recoveries: [4, 9, 2].map(Duration::from_secs).into(), remarks: vec![] };
		let outcome = outcome(Fault::Kill, seen, Audited::default(), Duration::from_secs(60));
		assert_eq!(outcome.recovery_seconds, Some(9.0));
		assert!(outcome.is_good());
	}

	#[test]
	fn difference_of_the_audit_is_a_loss() {
		let audited = Audited { differences: vec!["a payment".into()], ..Audited::default() };
		assert!(!outcome(Fault::Kill, Seen::default(), audited, Duration::ZERO).is_good());
	}
}
