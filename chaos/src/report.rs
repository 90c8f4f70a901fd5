//! What came of the faults, for people and for machines.

use heirloom_primitives::{MicroU, format_u};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What came of one fault.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outcome {
	/// Its name.
	pub fault: String,
	/// Whether blocks became final again, on one chain for all nodes.
	pub survived: bool,
	/// Why it was not survived.
	pub failure: Option<String>,
	/// What was lost; empty where nothing was. Not known, and so said here, where the network did not survive.
	pub lost: Vec<String>,
	/// From the fault's end until a block made after it was final on all nodes; the longest, where there were several.
	pub recovery_seconds: Option<f64>,
	/// Months settled.
	pub months: usize,
	/// Of these, recomputed from the chain's state without a difference.
	pub verified: usize,
	/// Final blocks.
	pub blocks: u32,
	/// Paid to payees, in micro-U.
	#[serde(with = "heirloom_primitives::text")]
	pub paid: MicroU,
	/// What was seen on the way.
	pub remarks: Vec<String>,
	/// How long all of it took.
	pub seconds: f64,
}

impl Outcome {
	/// What came of a fault that the network did not survive, or of which nobody can say.
	pub fn failure(fault: &str, why: String, took: Duration) -> Self {
		Self {
			fault: fault.into(),
			survived: false,
			failure: Some(why),
			lost: vec!["not known".into()],
			recovery_seconds: None,
			months: 0,
			verified: 0,
			blocks: 0,
			paid: 0,
			remarks: Vec::new(),
			seconds: took.as_secs_f64(),
		}
	}

	/// Whether the network survived and nothing was lost.
	pub fn is_good(&self) -> bool {
		self.survived && self.lost.is_empty()
	}

	fn cells(&self) -> [String; 8] {
		let lost = match self.lost.as_slice() {
			[] => "nothing".into(),
			[one] => one.clone(),
			[first, rest @ ..] => format!("{first}, and {} more", rest.len()),
		};
		[
			self.fault.clone(),
			if self.survived { "yes" } else { "no" }.into(),
			lost,
			self.recovery_seconds
				.map_or_else(|| "-".into(), |seconds| duration(Duration::from_secs_f64(seconds))),
			self.months.to_string(),
			self.verified.to_string(),
			self.blocks.to_string(),
			format_u(self.paid),
		]
	}
}

/// The columns of the table; from the recovery time on they are numbers.
const COLUMNS: [&str; 8] =
	["fault", "survived", "lost", "recovery time", "months", "recomputed", "blocks", "U paid"];
/// The first column that is aligned to the right.
const NUMBERS: usize = 3;

/// A table with a line a fault, what was seen, and all that was lost.
pub fn table(outcomes: &[Outcome]) -> String {
	let mut lines = vec![COLUMNS.map(String::from)];
	lines.extend(outcomes.iter().map(Outcome::cells));
	let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
	let widths: Vec<usize> = (0..COLUMNS.len()).map(width).collect();
	let mut text = String::new();
	for (position, line) in lines.iter().enumerate() {
		let cells: Vec<String> = line
			.iter()
			.zip(&widths)
			.enumerate()
			.map(|(column, (cell, width))| match column < NUMBERS {
				true => format!("{cell:<width$}"),
				false => format!("{cell:>width$}"),
			})
			.collect();
		text.push_str(cells.join("  ").trim_end());
		text.push('\n');
		if position == 0 {
			text.push_str(&"-".repeat(widths.iter().sum::<usize>() + 2 * (COLUMNS.len() - 1)));
			text.push('\n');
		}
	}
	for outcome in outcomes {
		let remarks = outcome.remarks.iter().map(|remark| (&outcome.fault, remark));
		let failures = outcome.failure.iter().map(|failure| (&outcome.fault, failure));
		let more = (outcome.lost.len() > 1).then_some(&outcome.lost).into_iter().flatten();
		for (fault, line) in remarks.chain(failures).chain(more.map(|lost| (&outcome.fault, lost))) {
			text.push_str(&format!("\n{fault}: {line}"));
		}
	}
	text
}

/// Planck as LOOM, in full.
pub fn loom(planck: u128) -> String {
	const LOOM: u128 = 1_000_000_000_000;
	let text = format!("{}.{:012}", planck / LOOM, planck % LOOM);
	text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Seconds below two minutes, else minutes and seconds.
pub fn duration(duration: Duration) -> String {
	let seconds = duration.as_secs_f64();
	if seconds < 120.0 {
		return format!("{seconds:.1} s");
	}
	format!("{} min {:02} s", duration.as_secs() / 60, duration.as_secs() % 60)
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::U;

	fn outcome(fault: &str, lost: &[&str]) -> Outcome {
		Outcome {
			fault: fault.into(),
			survived: true,
			failure: None,
			lost: lost.iter().map(|lost| (*lost).to_owned()).collect(),
			recovery_seconds: Some(7.25),
			months: 4,
			verified: 4,
			blocks: 41,
			paid: 1_234_567 * U / 1_000,
			remarks: Vec::new(),
			seconds: 300.0,
		}
	}

	#[test]
	fn table_is_aligned() {
		let text = table(&[outcome("third", &[]), outcome("majority", &["2026-03: gone"])]);
		let lines: Vec<_> = text.lines().collect();
		assert_eq!(
			lines[0],
			"fault     survived  lost           recovery time  months  recomputed  blocks    U paid"
		);
		assert_eq!(
			lines[2],
			"third     yes       nothing                7.2 s       4           4      41  1,234.56"
		);
		assert_eq!(
			lines[3],
			"majority  yes       2026-03: gone          7.2 s       4           4      41  1,234.56"
		);
	}

	#[test]
	fn all_that_was_lost_stands_below_the_table() {
		let text = table(&[outcome("third", &["one", "two"])]);
		assert!(text.contains("one, and 1 more"));
		assert!(text.ends_with("third: one\nthird: two"), "{text}");
	}

	#[test]
	fn nothing_is_good_but_survival_without_loss() {
		assert!(outcome("third", &[]).is_good());
		assert!(!outcome("third", &["a payment"]).is_good());
		assert!(!Outcome { survived: false, ..outcome("third", &[]) }.is_good());
	}

	#[test]
	fn network_that_does_not_recover_is_not_good() {
		let outcome = Outcome::failure("kill", "no finality".into(), Duration::ZERO);
		assert!(!outcome.is_good());
		assert!(table(&[outcome]).ends_with("kill: no finality"));
	}

	#[test]
	fn loom_is_written_in_full() {
		assert_eq!(
			[10_000_000_000_000, 5_625_250_000_000, 1_000_000_000].map(loom),
			["10", "5.62525", "0.001"]
		);
	}

	#[test]
	fn long_durations_have_minutes() {
		assert_eq!(duration(Duration::from_millis(119_900)), "119.9 s");
		assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
	}
}
