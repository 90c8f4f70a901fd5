//! What Heirloom's own methods answer to bad questions.

use crate::common::Node;
use serde_json::json;
use tempfile::tempdir;

#[test]
fn methods_should_refuse_what_they_do_not_know() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let refused = |method: &str, params| node.call(method, params).expect_err(method);

	for (asset, sentence) in [
		(json!("NO-SUCH-ASSET"), "there is no asset `NO-SUCH-ASSET`"),
		(json!(4_000_000_000u64), "there is no asset 4000000000"),
		(json!(5_000_000_000u64), "there is no asset 5000000000"),
	] {
		let answer = (9_001, sentence.to_owned());
		for method in [
			"lineage_asset",
			"lineage_ancestors",
			"lineage_descendants",
			"lineage_disputes",
			"lineage_receipts",
			"royalty_estimate",
		] {
			assert_eq!(refused(method, json!([asset])), answer, "{method}");
		}
		for method in ["royalty_statement", "royalty_statementLines"] {
			assert_eq!(refused(method, json!([asset, "2026-03"])), answer, "{method}");
		}
	}

	let block = format!("0x{}", "ab".repeat(32));
	for (method, params, code, sentence) in [
		("royalty_period", json!(["March"]), 9_003, "`March` is not a month of the form 2026-03".to_owned()),
		("royalty_period", json!(["2026-03"]), 9_004, "2026-03 is not settled".to_owned()),
		("sandbox_permit", json!([77]), 9_006, "there is no permit 77".to_owned()),
		(
			"royalty_progress",
			json!([block]),
			9_007,
			format!("there is no block {block}, or its state is no longer kept"),
		),
		("lineage_asset", json!([-1]), -32_602, "Invalid params".to_owned()),
	] {
		assert_eq!(refused(method, params), (code, sentence), "{method}");
	}
}
