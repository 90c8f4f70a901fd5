//! The table: a row a method.

use super::{Measured, STILL_SECONDS, load::Answer};
use crate::report::count;
use serde::Serialize;
use std::{collections::BTreeMap, fmt::Write, time::Duration};

/// What 99 of 100 answers shall not take longer than: reads of one thing, and of a page, in milliseconds.
const REACH: (f64, f64) = (10.0, 50.0);

/// How long a method's answers took, in milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Method {
	/// Its name.
	pub method: &'static str,
	/// Its answers.
	pub answers: usize,
	/// What half of them took at most.
	pub p50_ms: f64,
	/// What 99 of 100 took at most.
	pub p99_ms: f64,
	/// The slowest.
	pub max_ms: f64,
	/// What 99 of 100 shall take at most.
	pub reach_ms: f64,
}

/// The answers, method by method.
pub fn methods(answers: Vec<Answer>) -> Vec<Method> {
	let mut of: BTreeMap<_, Vec<Duration>> = BTreeMap::new();
	for Answer { method, took } in answers {
		of.entry((method.name, method.page)).or_default().push(took);
	}
	let of = of.into_iter().map(|((method, page), mut took)| {
		took.sort();
		let millis = |part: f64| quantile(&took, part).as_secs_f64() * 1_000.0;
		let reach_ms = if page { REACH.1 } else { REACH.0 };
		Method {
			method,
			answers: took.len(),
			p50_ms: millis(0.5),
			p99_ms: millis(0.99),
			max_ms: millis(1.0),
			reach_ms,
		}
	});
	of.collect()
}

/// The least of these that `part` of them are not above. They are sorted.
fn quantile(sorted: &[Duration], part: f64) -> Duration {
	let rank = (part * sorted.len() as f64).ceil() as usize;
	sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

/// The table.
pub fn table(measured: &Measured) -> String {
	let Measured { assets, per_second, connections, seconds, blocks, as_validator, .. } = measured;
	let set_up = if *as_validator { "is set up as a validator" } else { "is set up to answer people" };
	let mut text = format!(
		"{} assets; {per_second} questions a second over {connections} connections for {seconds:.0} s, half of them about \
		 the 1,000\noldest assets, while the node, which {set_up}, made {blocks} blocks that settled a month;\nstill: \
		 for {STILL_SECONDS} s more, while it made none\n\n{:<24} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}\n",
		count(u64::from(*assets)),
		"method",
		"answers",
		"p50, ms",
		"p99, ms",
		"most, ms",
		"still p99",
		"reach, ms",
	);
	for Method { method, answers, p50_ms, p99_ms, max_ms, reach_ms } in &measured.methods {
		let still = measured.still.iter().find(|still| still.method == *method);
		let still = still.map_or(f64::NAN, |still| still.p99_ms);
		// Writing to a string does not fail.
		_ = writeln!(
			text,
			"{method:<24} {:>8} {p50_ms:>9.2} {p99_ms:>9.2} {max_ms:>9.2} {still:>9.2} {reach_ms:>9.0}",
			count(*answers as u64),
		);
	}
	_ = write!(
		text,
		"\nfirst estimate, which settles the open month for all assets: {:.1} s\nheirloom verify of a month: {:.1} s",
		measured.first_estimate_seconds, measured.verify_seconds,
	);
	text
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::rpc::questions;

	#[test]
	fn quantiles_are_taken_by_nearest_rank() {
		let millis: Vec<_> = (1..=200).map(Duration::from_millis).collect();
		assert_eq!(quantile(&millis, 0.5), Duration::from_millis(100));
		assert_eq!(quantile(&millis, 0.99), Duration::from_millis(198));
		assert_eq!(quantile(&millis, 1.0), Duration::from_millis(200));
		assert_eq!(quantile(&[], 0.99), Duration::ZERO);
	}

	#[test]
	fn pages_may_take_longer_than_single_reads() {
		let answer =
			|name, page| Answer { method: questions::Method { name, page }, took: Duration::from_millis(3) };
		let methods = methods(vec![answer("a", false), answer("b", true), answer("a", false)]);
		let told: Vec<_> = methods.iter().map(|of| (of.method, of.answers, of.reach_ms)).collect();
		assert_eq!(told, [("a", 2, 10.0), ("b", 1, 50.0)]);
		assert_eq!((methods[0].p50_ms, methods[0].max_ms), (3.0, 3.0));
	}
}
