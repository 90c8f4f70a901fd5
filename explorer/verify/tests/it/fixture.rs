//! Questions about the settled month of `scenarios/march-2026`, with the proofs that a real node gave: recorded by
//! `tests/record.mjs`.

use heirloom_explorer_verify::{Answer, Check, Question, Recomputed, What, verify};
use std::sync::LazyLock;

/// CT-2025-0312, which had calls of its own and shares in two derivatives; every asset is looked at.
pub static ANNOTATOR: LazyLock<Question> = LazyLock::new(|| read(include_str!("../fixtures/annotator.json")));

/// The same with its descendants named, as on a platform too large to look at every asset.
pub static NAMED: LazyLock<Question> = LazyLock::new(|| read(include_str!("../fixtures/named.json")));

/// The same, after CT-2025-0312 was removed from the parents of COMPANY-A-LUNG-1, and 4,000 blocks after the report.
pub static CORRECTED: LazyLock<Question> = LazyLock::new(|| read(include_str!("../fixtures/corrected.json")));

/// The same of a node that does not keep the state of the report's block.
pub static FORGOTTEN: LazyLock<Question> = LazyLock::new(|| read(include_str!("../fixtures/forgotten.json")));

/// An asset that was due nothing.
pub static UNUSED: LazyLock<Question> = LazyLock::new(|| read(include_str!("../fixtures/unused.json")));

fn read(text: &str) -> Question {
	serde_json::from_str(text).unwrap()
}

/// The recomputed statement.
pub fn done(question: &Question) -> Recomputed {
	match verify(question) {
		Answer::Done(recomputed) => recomputed,
		other => panic!("{other:?}"),
	}
}

/// The steps of one kind.
pub fn of(recomputed: &Recomputed, what: What) -> Vec<&Check> {
	recomputed.checks.iter().filter(|check| check.what == what).collect()
}

/// The steps that differ.
pub fn different(recomputed: &Recomputed) -> Vec<What> {
	recomputed.checks.iter().filter(|check| !check.equal).map(|check| check.what).collect()
}
