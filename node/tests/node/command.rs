//! Starting nodes that cannot run, and the subcommands.

use crate::common::{self, Node};
use serde_json::{Value, json};
use sp_core::crypto::Ss58Codec;
use sp_keyring::Sr25519Keyring;
use std::process::Output;
use tempfile::tempdir;

/// A failed command says why in its last line, without a panic.
#[track_caller]
fn assert_refused(output: &Output, sentence: &str) {
	assert_eq!(output.status.code(), Some(1), "{output:?}");
	let text = String::from_utf8_lossy(&output.stderr);
	assert!(text.trim_end().ends_with(sentence), "{text}");
	assert!(!text.contains("panicked"), "{text}");
}

#[test]
fn version_should_be_that_of_the_program() {
	let output = common::run(&["--version"]);
	let text = String::from_utf8_lossy(&output.stdout);
	assert_eq!(text.trim_end(), concat!("heirloom-node ", env!("SUBSTRATE_CLI_IMPL_VERSION")));
}

#[test]
fn second_node_should_be_refused_on_a_base_path_in_use() {
	let base_path = tempdir().unwrap();
	let _first = Node::quiet(base_path.path());
	let second = common::command(base_path.path(), &["--chain", common::raw_spec()]).output().unwrap();
	let path = base_path.path().display();
	assert_refused(
		&second,
		&format!("another node is running on {path}: stop it, or give this one a --base-path of its own"),
	);
}

#[test]
fn local_chain_should_have_no_simulated_clock() {
	let base_path = tempdir().unwrap();
	let node = Node::start(base_path.path(), &["--chain", "local", "--port", "0"]);
	for (method, params) in
		[("clock_now", json!([])), ("clock_advanceTo", json!(["2030-01-01"])), ("clock_seal", json!([1]))]
	{
		assert_eq!(node.call(method, params), Err((-32_601, "Method not found".into())));
	}
}

#[test]
fn local_chain_should_refuse_parameters_of_a_development_chain() {
	let base_path = tempdir().unwrap();
	let output =
		common::command(base_path.path(), &["--chain", "local", "--clock", "2026-03-01"]).output().unwrap();
	assert_refused(
		&output,
		"--clock and --seal-millis are for development chains, and Heirloom Local is not one",
	);
}

#[test]
fn unknown_chain_should_be_refused_by_name() {
	let base_path = tempdir().unwrap();
	let output = common::command(base_path.path(), &["--chain", "nowhere"]).output().unwrap();
	assert_refused(&output, "there is no chain and no chain spec file named `nowhere`");
}

#[test]
fn chain_that_nobody_validates_should_not_be_run() {
	let base_path = tempdir().unwrap();
	let output = common::command(base_path.path(), &["--chain", "production"]).output().unwrap();
	assert_refused(
		&output,
		"the chain `production` has no validators yet: fill it in with `heirloom spec production`, and start nodes from \
		 the file that it writes",
	);
}

#[test]
fn chain_specs_should_be_written_plain_and_raw() {
	for (args, part) in [
		(&["build-spec", "--chain", "local"][..], "runtimeGenesis"),
		(&["build-spec", "--chain", "local", "--raw"], "raw"),
		(&["build-spec", "--chain", "production"], "runtimeGenesis"),
		(&["export-chain-spec", "--chain", "production"], "runtimeGenesis"),
		(&["export-chain-spec", "--chain", "scenario", "--raw"], "raw"),
	] {
		let output = common::run(args);
		let spec: Value = serde_json::from_slice(&output.stdout).expect("a chain spec is JSON");
		assert!(spec["genesis"][part].is_object(), "{args:?}");
		assert_eq!(spec["properties"]["tokenSymbol"], "LOOM");
	}
}

/// What the runtime's preset is tested for, of what the node writes.
#[test]
fn spec_for_production_should_have_no_well_known_key() {
	let known = |spec: &str| {
		Sr25519Keyring::iter()
			.filter(|key| {
				let account = key.to_account_id();
				let bytes: &[u8] = account.as_ref();
				let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
				spec.contains(&hex) || spec.contains(&account.to_ss58check())
			})
			.count()
	};
	// The runtime's code has the presets of other chains in it.
	let written = |args: &[&str]| {
		let mut spec: Value = serde_json::from_slice(&common::run(args).stdout).unwrap();
		for code in ["/genesis/runtimeGenesis/code", "/genesis/raw/top/0x3a636f6465"] {
			spec.pointer_mut(code).map(Value::take);
		}
		spec.to_string()
	};
	assert!(known(&written(&["build-spec", "--chain", "local", "--raw"])) > 3, "they would be found");
	assert!(known(&written(&["build-spec", "--chain", "local"])) > 3, "they would be found");
	assert_eq!(known(&written(&["build-spec", "--chain", "production"])), 0);
	assert_eq!(known(&written(&["build-spec", "--chain", "production", "--raw"])), 0);
}

#[test]
fn exported_blocks_should_be_imported_by_another_node() {
	let (from, to) = (tempdir().unwrap(), tempdir().unwrap());
	let node = Node::quiet(from.path());
	node.call("clock_seal", json!([5])).unwrap();
	let last = node.call("chain_getBlockHash", json!([5])).unwrap();
	node.stop();

	let file = from.path().join("blocks");
	let run = |subcommand: &str, base_path: &std::path::Path, args: &[&str]| {
		let base_path = base_path.to_str().unwrap();
		let output = common::run(
			&[&[subcommand, "--chain", common::raw_spec(), "--base-path", base_path], args].concat(),
		);
		assert!(output.status.success(), "{subcommand}: {}", String::from_utf8_lossy(&output.stderr));
		output
	};
	run("export-blocks", from.path(), &[file.to_str().unwrap()]);
	run("import-blocks", to.path(), &[file.to_str().unwrap()]);
	let info: Value = serde_json::from_slice(&run("chain-info", to.path(), &[]).stdout).unwrap();
	assert_eq!((&info["best_number"], &info["best_hash"]), (&json!(5), &last));

	run("check-block", to.path(), &["3"]);
	run("revert", to.path(), &["2"]);
	let info: Value = serde_json::from_slice(&run("chain-info", to.path(), &[]).stdout).unwrap();
	assert_eq!(info["best_number"], 3);

	run("purge-chain", to.path(), &["-y"]);
	assert!(!to.path().join("chains/heirloom_dev/paritydb").exists());
}
