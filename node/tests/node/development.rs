//! A development chain and its simulated clock.

use crate::common::{self, Node};
use serde_json::{Value, json};
use tempfile::tempdir;

const SLOT_MILLIS: u64 = 6_000;

#[test]
fn development_chain_should_make_blocks_by_itself() {
	let base_path = tempdir().unwrap();
	let node = Node::start(base_path.path(), &["--dev", "--seal-millis", "100"]);
	node.wait_for_height(3);
}

#[test]
fn seal_should_make_final_blocks_a_slot_apart() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	assert_eq!((node.height(&[]), node.date().as_str()), (0, "2026-03-01T00:00:00Z"));

	let blocks = node.call("clock_seal", json!([3])).unwrap();
	for (number, block) in (1u64..).zip(blocks.as_array().unwrap()) {
		assert_eq!(block["number"], number);
		assert_eq!(block["millis"], 1_772_323_200_000 + (number - 1) * SLOT_MILLIS);
		assert_eq!(node.height(&[block["hash"].clone()]), number);
	}
	assert_eq!(node.call("chain_getFinalizedHead", json!([])).unwrap(), blocks[2]["hash"]);
}

#[test]
fn advance_to_should_move_the_chain_into_another_month() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let open_month = || node.call("royalty_progress", json!([])).unwrap()["open"].clone();
	node.call("clock_seal", json!([])).unwrap();
	assert_eq!(open_month(), "2026-03");

	let block = node.call("clock_advanceTo", json!(["2026-04-01"])).unwrap();
	assert_eq!(block["date"], "2026-04-01T00:00:00Z");
	assert_eq!(node.date(), "2026-04-01T00:00:00Z");
	assert_eq!(open_month(), "2026-04");

	// `Timestamp::Now`, as the runtime stores it.
	let key = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";
	let now: String = 1_775_001_600_000u64.to_le_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
	assert_eq!(node.call("state_getStorage", json!([key])).unwrap(), format!("0x{now}"));
}

#[test]
fn clock_should_refuse_what_it_cannot_do() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	node.call("clock_advanceTo", json!(["2026-03-15"])).unwrap();
	for (method, param, code, sentence) in [
		(
			"clock_advanceTo",
			json!("2026-03-14"),
			9_102,
			"the time is before the next block's, 2026-03-15T00:00:06Z",
		),
		(
			"clock_advanceTo",
			json!("tomorrow"),
			9_101,
			"`tomorrow` is not a date of the form 2026-03-01 or 2026-03-01T12:00:00Z, from 1970 on",
		),
		("clock_seal", json!(0), 9_103, "0 blocks cannot be made at once: ask for 1 to 1000"),
		("clock_seal", json!(1_001), 9_103, "1001 blocks cannot be made at once: ask for 1 to 1000"),
	] {
		assert_eq!(node.call(method, json!([param])), Err((code, sentence.into())));
	}
	assert_eq!(node.height(&[]), 1);
}

#[test]
fn restarted_chain_should_go_on_after_its_last_block() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	node.call("clock_advanceTo", json!(["2026-03-20"])).unwrap();
	node.stop();

	let later = ["--chain", common::raw_spec(), "--seal-millis", "0", "--clock", "2030-01-01"];
	let node = Node::start(base_path.path(), &later);
	assert_eq!(node.date(), "2026-03-20T00:00:00Z");
	let next = node.call("clock_seal", json!([])).unwrap()[0].clone();
	assert_eq!((&next["number"], &next["date"]), (&json!(2), &json!("2026-03-20T00:00:06Z")));
}

#[test]
fn chain_spec_should_set_the_clock() {
	let base_path = tempdir().unwrap();
	let mut spec: Value = serde_json::from_slice(&std::fs::read(common::raw_spec()).unwrap()).unwrap();
	spec["properties"]["clockStart"] = json!("2024-02-29T12:00:00Z");
	let file = base_path.path().join("leap-day.json");
	std::fs::write(&file, spec.to_string()).unwrap();

	let node = Node::start(base_path.path(), &["--chain", file.to_str().unwrap(), "--seal-millis", "0"]);
	assert_eq!(node.date(), "2024-02-29T12:00:00Z");
}
