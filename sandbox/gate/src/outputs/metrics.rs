//! Declared metrics: a JSON object of at most 64 named numbers.

use super::{names_an_extreme, rounding};
use crate::{Policy, Reason, manifest};
use std::collections::{BTreeMap, BTreeSet};

/// The most metrics of one output. With four digits each that is about 100 bytes of information.
const MOST: usize = 64;
/// The longest file looked at, in bytes.
const LONGEST: usize = 64 << 10;

/// Checks metrics and returns their canonical form: ascending by name, rounded. None where they cannot be read.
pub fn check(bytes: &[u8], records: u64, policy: &Policy, reasons: &mut BTreeSet<Reason>) -> Option<Vec<u8>> {
	if records < policy.smallest_group {
		reasons.insert(Reason::GroupTooSmall);
	}
	let canonical = canonical(bytes, policy.significant_digits, reasons);
	if canonical.is_none() {
		reasons.insert(Reason::MetricsInvalid);
	}
	canonical
}

fn canonical(bytes: &[u8], digits: u8, reasons: &mut BTreeSet<Reason>) -> Option<Vec<u8>> {
	if bytes.len() > LONGEST {
		return None;
	}
	let metrics: BTreeMap<String, f64> = serde_json::from_slice(bytes).ok()?;
	if metrics.len() > MOST || !metrics.keys().all(|name| manifest::is_column_name(name)) {
		return None;
	}
	if metrics.keys().any(|name| names_an_extreme(name)) {
		reasons.insert(Reason::ExtremeValue);
	}
	let fields: Option<Vec<String>> = metrics
		.iter()
		.map(|(name, value)| Some(format!("\"{name}\":{}", rounding::round(*value, digits)?)))
		.collect();
	Some(format!("{{{}}}\n", fields?.join(",")).into_bytes())
}
