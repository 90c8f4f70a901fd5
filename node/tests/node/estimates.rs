//! Estimates of the open month, which a node takes for all assets at once.

use crate::common::{self, Node};
use serde_json::{Value, json};
use std::{fs, path::Path};
use tempfile::tempdir;

/// The development chain with one asset, CT-1, that nobody has used.
fn spec_with_an_asset(directory: &Path) -> String {
	let plain = common::run(&["export-chain-spec", "--chain", "dev"]);
	assert!(plain.status.success(), "{plain:?}");
	let mut spec: Value = serde_json::from_slice(&plain.stdout).unwrap();
	spec["genesis"]["runtimeGenesis"]["patch"]["lineage"] = json!({ "assets": [{
		"handle": "CT-1",
		"kind": "data",
		"creator": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
		"terms": { "share": { "rate": 5_000 } },
		"callFee": "1000000",
		"minted": "2026-02",
	}] });
	let file = directory.join("spec.json");
	fs::write(&file, spec.to_string()).unwrap();
	file.to_str().unwrap().to_owned()
}

#[test]
fn estimate_should_be_of_the_best_block_or_of_the_one_asked_for() {
	let base_path = tempdir().unwrap();
	let spec = spec_with_an_asset(base_path.path());
	let args = ["--chain", spec.as_str(), "--clock", "2026-03-01", "--seal-millis", "0"];
	let node = Node::start(base_path.path(), &args);
	let seal = || node.call("clock_seal", json!([])).unwrap()[0]["hash"].clone();
	let estimate = |params| node.call("royalty_estimate", params).unwrap();

	let first = seal();
	let in_march = estimate(json!(["CT-1"]));
	assert_eq!((&in_march["at"], &in_march["period"]), (&first, &json!("2026-03")));
	// Of one asset the rank is the middle one, and it is new: 1 × 1.2.
	assert_eq!(in_march["weight"]["parts"]["weight"], 12_000);
	assert_eq!(estimate(json!([0])), in_march);

	let april = node.call("clock_advanceTo", json!(["2026-04-01"])).unwrap()["hash"].clone();
	let in_april = estimate(json!(["CT-1"]));
	assert_eq!((&in_april["at"], &in_april["period"]), (&april, &json!("2026-04")));
	assert_eq!(estimate(json!(["CT-1", first])), in_march);
	assert_eq!(estimate(json!(["CT-1", april])), in_april);
}
