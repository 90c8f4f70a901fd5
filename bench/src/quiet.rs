//! Waiting until the databases have written what they were given.
//!
//! Between two blocks a node has the rest of a slot, in which its database's own threads write what the first changed.
//! Here blocks follow each other at once, on two databases, so without a rest a block would be timed together with the
//! writing of those before it, and in the end with the database's refusal to take more before it has written some.

use anyhow::{Context, Result};
use heirloom_runtime::MILLISECS_PER_BLOCK;
use std::{
	fs, thread,
	time::{Duration, Instant},
};

/// The longest rest: what a node has.
const SLOT: Duration = Duration::from_millis(MILLISECS_PER_BLOCK);
/// How often it is looked.
const LOOK: Duration = Duration::from_millis(10);
/// So many looks in a row must find nothing: the stages of a database's writing hand over to each other within less.
const LOOKS: u32 = 10;

/// Waits until no other thread of this process computes or waits for the disk, and no longer than a slot.
pub fn rest() -> Result<()> {
	let begun = Instant::now();
	let mut calm = 0;
	while calm < LOOKS && begun.elapsed() < SLOT {
		thread::sleep(LOOK);
		calm = if is_any_other_thread_busy()? { 0 } else { calm + 1 };
	}
	Ok(())
}

fn is_any_other_thread_busy() -> Result<bool> {
	let own = fs::read_link("/proc/thread-self").context("/proc/thread-self")?;
	for thread in fs::read_dir("/proc/self/task").context("/proc/self/task")? {
		let path = thread?.path();
		// One that ends meanwhile is not busy.
		let stat = fs::read_to_string(path.join("stat")).unwrap_or_default();
		if path.file_name() != own.file_name() && is_busy(&stat) {
			return Ok(true);
		}
	}
	Ok(false)
}

/// Whether a thread runs or waits for the disk, by its line in `/proc` (see proc_pid_stat(5)): the state follows the
/// name, which is in parentheses and may hold any.
fn is_busy(stat: &str) -> bool {
	let state = stat.rsplit_once(')').map(|(_, rest)| rest.trim_start());
	state.is_some_and(|state| state.starts_with(['R', 'D']))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn state_of_a_thread_is_read_behind_its_name() {
		assert!(is_busy("12 (parity) D) R 1 12"));
		assert!(is_busy("12 (bench) D 1 12"));
		assert!(!is_busy("12 (R) S 1 12"));
		assert!(!is_busy(""));
	}

	#[test]
	fn thread_that_computes_is_busy() {
		let until = Instant::now() + Duration::from_secs(2);
		let worker = thread::spawn(move || while Instant::now() < until {});
		let seen = (0..100).any(|_| {
			thread::sleep(LOOK);
			is_any_other_thread_busy().unwrap()
		});
		worker.join().unwrap();
		assert!(seen);
	}
}
