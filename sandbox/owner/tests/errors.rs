//! What goes wrong is said in one line, with exit code 1.

use std::process::Command;

/// Alice's account.
const ACCOUNT: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

/// The one line on the standard error of a failed command.
fn error(program: &str, arguments: &[&str]) -> String {
	let output = Command::new(program).args(arguments).env_remove("HEIRLOOM_URL").output().unwrap();
	assert_eq!(output.status.code(), Some(1));
	assert!(output.stdout.is_empty());
	let error = String::from_utf8(output.stderr).unwrap();
	assert_eq!(error.lines().count(), 1, "{error}");
	error
}

#[test]
fn missing_node_should_be_one_line() {
	// Nothing listens on port 1.
	let url = ["--url", "ws://127.0.0.1:1"];
	let seal = [&["Cargo.toml", "--owner", ACCOUNT][..], &url].concat();
	let said = error(env!("CARGO_BIN_EXE_heirloom-seal"), &seal);
	assert!(said.starts_with("heirloom seal: no node answers at ws://127.0.0.1:1: "), "{said}");
	let review = [&["requests", ACCOUNT][..], &url].concat();
	let said = error(env!("CARGO_BIN_EXE_heirloom-review"), &review);
	assert!(said.starts_with("heirloom review: no node answers at ws://127.0.0.1:1: "), "{said}");
}

#[test]
fn recipient_without_a_folder_should_be_one_line() {
	let said =
		error(env!("CARGO_BIN_EXE_heirloom-seal"), &["Cargo.toml", "--owner", ACCOUNT, "--to", ACCOUNT]);
	assert!(said.contains("there is no folder for the envelope of"), "{said}");
}
