//! What goes wrong is said in one line, with exit code 1.

use std::{
	ffi::OsStr,
	fs,
	os::unix::ffi::OsStrExt,
	process::{Command, Output, Stdio},
};
use tempfile::TempDir;

fn heirloom(arguments: &[&str]) -> Output {
	Command::new(env!("CARGO_BIN_EXE_heirloom")).args(arguments).env_remove("HEIRLOOM_URL").output().unwrap()
}

/// The one line on the standard error of a failed command.
fn error(arguments: &[&str]) -> String {
	let output = heirloom(arguments);
	assert_eq!(output.status.code(), Some(1));
	assert!(output.stdout.is_empty());
	let error = String::from_utf8(output.stderr).unwrap();
	assert_eq!(error.lines().count(), 1, "{error}");
	error
}

#[test]
fn missing_node_is_one_line() {
	// Nothing listens on port 1.
	let error = error(&["balance", "//Alice", "--url", "ws://127.0.0.1:1"]);
	assert!(error.starts_with("heirloom: no node answers at ws://127.0.0.1:1: "), "{error}");
}

#[test]
fn address_that_is_no_websockets_should_be_told_as_such() {
	for url in ["localhost:9944", "http://localhost:9944", "ws:localhost", ""] {
		let said = error(&["balance", "//Alice", "--url", url]);
		assert_eq!(
			said,
			format!("heirloom: {url:?} is not a WebSocket address such as ws://127.0.0.1:9944\n")
		);
	}
}

#[test]
fn variable_that_names_no_node_should_be_told_as_such() {
	let run = |url: &OsStr| {
		let mut command = Command::new(env!("CARGO_BIN_EXE_heirloom"));
		let output = command.args(["balance", "//Alice"]).env("HEIRLOOM_URL", url).output().unwrap();
		assert_eq!(output.status.code(), Some(1));
		String::from_utf8(output.stderr).unwrap()
	};
	let empty = run(OsStr::new(""));
	assert_eq!(empty, "heirloom: \"\" is not a WebSocket address such as ws://127.0.0.1:9944\n");
	assert_eq!(run(OsStr::from_bytes(b"ws://\xff")), "heirloom: HEIRLOOM_URL is not text\n");
}

#[test]
fn node_is_the_one_of_the_variable_where_no_argument_names_one() {
	let run = |arguments: &[&str]| {
		let output = Command::new(env!("CARGO_BIN_EXE_heirloom"))
			.args(arguments)
			.env("HEIRLOOM_URL", "ws://127.0.0.1:1")
			.output()
			.unwrap();
		String::from_utf8(output.stderr).unwrap()
	};
	let by_variable = run(&["balance", "//Alice"]);
	assert!(by_variable.starts_with("heirloom: no node answers at ws://127.0.0.1:1: "), "{by_variable}");
	let by_argument = run(&["balance", "//Alice", "--url", "ws://127.0.0.1:2"]);
	assert!(by_argument.starts_with("heirloom: no node answers at ws://127.0.0.1:2: "), "{by_argument}");
}

#[test]
fn output_that_nobody_reads_to_its_end_is_no_error() {
	let directory = TempDir::new().unwrap();
	let surface = directory.path().join("surface.json");
	fs::write(&surface, r#"{"specVersion":1,"transactionVersion":1,"extensions":[],"pallets":{}}"#).unwrap();
	let mut child = Command::new(env!("CARGO_BIN_EXE_heirloom"))
		.args(["runtime", "diff"])
		.args([&surface, &surface])
		.stdout(Stdio::piped())
		.stderr(Stdio::piped())
		.spawn()
		.unwrap();
	drop(child.stdout.take());
	let output = child.wait_with_output().unwrap();
	assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
	assert!(output.status.success());
}

#[test]
fn mistake_in_a_scenario_is_told_with_its_place() {
	let directory = TempDir::new().unwrap();
	fs::write(directory.path().join("scenario.json"), r#"{"name":"x","period":"2026-03","about":"y"}"#)
		.unwrap();
	fs::write(directory.path().join("assets.csv"), "asset,kind\nA,data\n").unwrap();
	let error = error(&["replay", &directory.path().display().to_string()]);
	assert!(error.ends_with("assets.csv:1: column creator: the header lacks it\n"), "{error}");
}

#[test]
fn missing_node_program_is_one_line() {
	let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios/edge-cases");
	let error = error(&["scenario", "spec", scenario, "--node", "/nowhere/heirloom-node"]);
	assert!(error.contains("/nowhere/heirloom-node cannot be run"), "{error}");
}

#[test]
fn unknown_command_is_one_line() {
	let error = error(&["stament", "CT-2025-0312"]);
	assert!(error.starts_with("heirloom: there is no command \"stament\": "), "{error}");
}

#[test]
fn errors_have_no_colours_outside_a_terminal() {
	let error = error(&["call", "A", "1", "--from", "nobody", "--url", "ws://127.0.0.1:1"]);
	assert!(!error.contains('\u{1b}'), "{error}");
}
