//! What Heirloom's own methods answer to bad questions.

mod common;

use common::Node;
use serde_json::{Value, json};
use tempfile::tempdir;

/// Asks a development chain and expects an error.
#[track_caller]
fn refused(node: &Node, method: &str, params: Value) -> (i64, String) {
	node.call(method, params.clone()).expect_err(&format!("{method} {params}"))
}

#[test]
fn unknown_assets_should_be_refused_by_every_method() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let (handle, number) = ("NO-SUCH-ASSET", 4_000_000_000u64);
	for asset in [json!(handle), json!(number), json!(number * number)] {
		for method in [
			"lineage_asset",
			"lineage_ancestors",
			"lineage_descendants",
			"lineage_receipts",
			"royalty_estimate",
		] {
			assert_eq!(refused(&node, method, json!([asset])).0, 9_001, "{method} {asset}");
		}
		for method in ["royalty_statement", "royalty_statementLines"] {
			assert_eq!(refused(&node, method, json!([asset, "2026-03"])).0, 9_001, "{method} {asset}");
		}
	}
	assert_eq!(refused(&node, "lineage_asset", json!([handle])).1, "there is no asset `NO-SUCH-ASSET`");
}

#[test]
fn months_should_be_refused_when_they_are_none() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	assert_eq!(
		refused(&node, "royalty_period", json!(["March"])),
		(9_003, "`March` is not a month of the form 2026-03".into())
	);
}

#[test]
fn months_should_be_refused_when_they_are_not_settled() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	assert_eq!(
		refused(&node, "royalty_period", json!(["2026-03"])),
		(9_004, "2026-03 is not settled".into())
	);
}

#[test]
fn unknown_permits_should_be_refused() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	assert_eq!(refused(&node, "sandbox_permit", json!([77])), (9_006, "there is no permit 77".into()));
}

#[test]
fn unknown_blocks_should_be_refused() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let block = format!("0x{}", "ab".repeat(32));
	let (code, sentence) = refused(&node, "royalty_progress", json!([block]));
	assert_eq!(code, 9_007);
	assert!(sentence.contains(&block), "{sentence}");
}
