//! A month on four validators and a full node, with a validator killed in the middle of its settlement.

mod network;

use network::{Network, Node};
use serde_json::Value;
use std::{path::Path, process::Stdio, time::Duration};
use subxt::rpcs::rpc_params;
use tempfile::TempDir;
use tokio::{process::Command, time::sleep};

const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios/march-2026");
/// The scenario's month.
const MONTH: &str = "2026-03";
/// Milliseconds that this month has on the test's chain, from its first block on: 40 blocks. Of these the first 3 pass
/// until one is final, and the replay's last transaction is in the 22nd on an idle machine: it takes 6 steps, and each
/// waits until the one before it is final.
const MILLIS: &str = "240000";
/// The validator that is killed.
const VICTIM: &str = "bob";

#[tokio::test(flavor = "multi_thread")]
async fn nodes_should_agree_on_a_settlement_during_which_a_validator_was_killed() {
	let directory = TempDir::new().unwrap();
	let spec = directory.path().join("spec.json");
	let node = Path::new(env!("CARGO_BIN_EXE_heirloom")).with_file_name("heirloom-node");
	assert!(node.exists(), "{} is not built; test the whole workspace", node.display());
	heirloom(&["scenario", "spec", SCENARIO, "--chain", "local", "--interval", MILLIS, "--out"])
		.arg(&spec)
		.status()
		.await
		.unwrap();

	let network = Network::start(&node, &spec, directory.path()).await;
	let full = network.node("full");
	// It fails unless every payment is that of `expected.csv`.
	let replay = heirloom(&["replay", SCENARIO, "--json", "--url", &full.rpc])
		.stdout(Stdio::piped())
		.stderr(Stdio::piped())
		.kill_on_drop(true)
		.spawn()
		.unwrap();
	let mut replay = tokio::spawn(replay.wait_with_output());

	tokio::select! {
		() = settling(&full) => {},
		ended = &mut replay => {
			let output = ended.unwrap().unwrap();
			panic!("the replay ended before the month: {}", String::from_utf8_lossy(&output.stderr));
		},
	}
	let killed = network.kill(VICTIM);
	let replay = replay.await.unwrap().unwrap();
	assert!(replay.status.success(), "{}", String::from_utf8_lossy(&replay.stderr));
	let replay: Value = serde_json::from_slice(&replay.stdout).unwrap();
	network.restarted(VICTIM, killed).await;
	let upgrades = network.upgrades();
	assert!(
		upgrades.len() == 4 && upgrades.iter().all(|line| line.starts_with("HTTP/1.1 101")),
		"{upgrades:?}"
	);

	let verified = heirloom(&["verify", MONTH, "--url", &full.rpc]).output().await.unwrap();
	assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));

	let block = full.final_block().await;
	assert!(u64::from(block) >= replay["report"]["reported_in"].as_u64().unwrap());
	let expected = full.state_root(block).await;
	for node in network.nodes() {
		assert_eq!(node.state_root(block).await, expected, "block {block} of {}", node.name);
		let report: Value = node.call("royalty_period", rpc_params![MONTH]).await;
		assert_eq!(report, replay["report"], "the report of {}", node.name);
	}
	network.stop();
}

/// Waits until the month is being settled. A month of this size is settled within the block that closes it, so this
/// returns as the other nodes import that block, and before it is final.
async fn settling(node: &Node) {
	loop {
		let progress: Value = node.call("royalty_progress", rpc_params![]).await;
		if !progress["settling"].is_null() || progress["settled"] == MONTH {
			return;
		}
		sleep(Duration::from_millis(50)).await;
	}
}

fn heirloom(arguments: &[&str]) -> Command {
	let mut command = Command::new(env!("CARGO_BIN_EXE_heirloom"));
	command.args(arguments);
	command
}
