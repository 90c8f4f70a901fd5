//! How much memory this process has had, as Linux counts it: files that are mapped count as well.

use anyhow::{Context, Result};
use std::fs;

/// Forgets the peak, so that it is counted from here. Where the kernel does not allow it, all of the process counts.
pub fn reset_peak() {
	if let Err(error) = fs::write("/proc/self/clear_refs", "5") {
		eprintln!("heirloom-bench: the peak of memory is that of the whole run: {error}");
	}
}

/// The most memory at a time, in bytes.
pub fn peak() -> Result<u64> {
	let status = fs::read_to_string("/proc/self/status").context("/proc/self/status")?;
	peak_of(&status).context("/proc/self/status has no VmHWM")
}

fn peak_of(status: &str) -> Option<u64> {
	let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
	let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
	Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn peak_is_read_from_the_status() {
		assert_eq!(peak_of("Name:\tbench\nVmHWM:\t    2048 kB\nVmRSS:\t 7 kB\n"), Some(2 * 1024 * 1024));
		assert_eq!(peak_of("Name:\tbench\n"), None);
		assert!(peak().unwrap() > 0);
	}
}
