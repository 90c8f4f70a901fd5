//! What the figures were measured on, as Linux tells it.

use std::{fs, thread};

/// The processor, how many cores of it, memory and kernel, in one line. What the system does not tell is left out.
pub fn describe() -> String {
	let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
	let cores = thread::available_parallelism().map_or(1, usize::from);
	described(&read("/proc/cpuinfo"), cores, &read("/proc/meminfo"), &read("/proc/sys/kernel/osrelease"))
}

fn described(cpuinfo: &str, cores: usize, meminfo: &str, release: &str) -> String {
	let model = field(cpuinfo, "model name").map(str::to_owned);
	let memory =
		field(meminfo, "MemTotal").and_then(|total| total.strip_suffix("kB")?.trim().parse::<f64>().ok());
	let parts = [
		model,
		Some(if cores == 1 { "1 core".into() } else { format!("{cores} cores") }),
		memory.map(|kilobytes| format!("{:.1} GiB", kilobytes / f64::from(1 << 20))),
		Some(release.trim()).filter(|release| !release.is_empty()).map(|release| format!("Linux {release}")),
	];
	parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The value of the first line `name : value`.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
	let values = text.lines().filter_map(|line| line.split_once(':'));
	values.filter(|(known, _)| known.trim() == name).map(|(_, value)| value.trim()).next()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn machine_is_described_in_a_line() {
		let cpuinfo = "processor\t: 0\nmodel name\t: Some CPU @ 2.00GHz\n\nprocessor\t: 1\nmodel name\t: Some CPU @ 2.00GHz\n";
		let described = described(cpuinfo, 2, "MemTotal:       25165824 kB\nMemFree: 1 kB\n", "6.1.0\n");
		assert_eq!(described, "Some CPU @ 2.00GHz, 2 cores, 24.0 GiB, Linux 6.1.0");
	}

	#[test]
	fn what_is_not_told_is_left_out() {
		assert_eq!(described("", 1, "", ""), "1 core");
	}
}
