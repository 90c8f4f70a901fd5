//! A development chain and its simulated clock.

mod common;

use common::Node;
use serde_json::json;
use tempfile::tempdir;

const SLOT_MILLIS: u64 = 6_000;

#[test]
fn development_chain_should_make_blocks_by_itself() {
	let base_path = tempdir().unwrap();
	let node = Node::start(base_path.path(), &["--dev", "--seal-millis", "100"]);
	node.wait_for_height(3);
}

#[test]
fn development_chain_should_make_no_block_unasked_without_a_timer() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	assert_eq!(node.height(&[]), 0);
	assert_eq!(node.date(), "2026-03-01T00:00:00Z");
}

#[test]
fn seal_should_make_final_blocks_a_slot_apart() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let blocks = node.call("clock_seal", json!([3])).unwrap();
	for (place, block) in blocks.as_array().unwrap().iter().enumerate() {
		let place = u64::try_from(place).unwrap();
		assert_eq!(block["number"], place + 1);
		assert_eq!(block["millis"], 1_772_323_200_000 + place * SLOT_MILLIS);
		assert_eq!(node.height(&[block["hash"].clone()]), place + 1);
	}
	let finalized = node.call("chain_getFinalizedHead", json!([])).unwrap();
	assert_eq!(finalized, blocks[2]["hash"]);
}

#[test]
fn advance_to_should_move_the_chain_s_timestamp() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let block = node.call("clock_advanceTo", json!(["2026-04-01"])).unwrap();
	assert_eq!(block["date"], "2026-04-01T00:00:00Z");
	assert_eq!(node.date(), "2026-04-01T00:00:00Z");

	// `Timestamp::Now`, as the runtime stores it.
	let key = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";
	let stored = node.call("state_getStorage", json!([key])).unwrap();
	let now: String = 1_775_001_600_000u64.to_le_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
	assert_eq!(stored, format!("0x{now}"));
}

#[test]
fn advance_to_should_open_the_month_it_reaches() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	node.call("clock_seal", json!([])).unwrap();
	assert_eq!(node.call("royalty_progress", json!([])).unwrap()["open"], "2026-03");
	node.call("clock_advanceTo", json!(["2026-04-01T00:00:00Z"])).unwrap();
	assert_eq!(node.call("royalty_progress", json!([])).unwrap()["open"], "2026-04");
}

#[test]
fn advance_to_should_fail_when_the_time_is_past() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	node.call("clock_advanceTo", json!(["2026-03-15"])).unwrap();
	let (code, sentence) = node.call("clock_advanceTo", json!(["2026-03-14"])).unwrap_err();
	assert_eq!(
		(code, sentence.as_str()),
		(9_102, "the time is before the next block's, 2026-03-15T00:00:06Z")
	);
	assert_eq!(node.height(&[]), 1);
}

#[test]
fn clock_should_refuse_what_it_cannot_do() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	assert_eq!(node.call("clock_advanceTo", json!(["tomorrow"])).unwrap_err().0, 9_101);
	assert_eq!(node.call("clock_seal", json!([0])).unwrap_err().0, 9_103);
	assert_eq!(node.call("clock_seal", json!([1_001])).unwrap_err().0, 9_103);
	assert_eq!(node.height(&[]), 0);
}

#[test]
fn restarted_chain_should_go_on_after_its_last_block() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let last = node.call("clock_advanceTo", json!(["2026-03-20"])).unwrap();
	drop(node);

	let node = Node::start(base_path.path(), &["--dev", "--seal-millis", "0", "--clock", "2030-01-01"]);
	assert_eq!(node.date(), "2026-03-20T00:00:00Z");
	let next = node.call("clock_seal", json!([])).unwrap()[0].clone();
	assert_eq!(next["number"], last["number"].as_u64().unwrap() + 1);
	assert_eq!(next["millis"], last["millis"].as_u64().unwrap() + SLOT_MILLIS);
}

#[test]
fn chain_spec_should_set_the_clock() {
	let base_path = tempdir().unwrap();
	let exported = common::run(&["export-chain-spec", "--chain", "dev"]);
	let mut spec: serde_json::Value = serde_json::from_slice(&exported.stdout).unwrap();
	spec["properties"]["clockStart"] = json!("2024-02-29T12:00:00Z");
	let file = base_path.path().join("leap-day.json");
	std::fs::write(&file, spec.to_string()).unwrap();

	let node = Node::start(base_path.path(), &["--chain", file.to_str().unwrap(), "--seal-millis", "0"]);
	assert_eq!(node.date(), "2024-02-29T12:00:00Z");
}
