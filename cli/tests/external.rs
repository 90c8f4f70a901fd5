//! Commands that are programs of their own.

use std::{
	fs::{self, Permissions},
	os::unix::fs::PermissionsExt,
	process::Command,
};
use tempfile::TempDir;

#[test]
fn command_runs_the_program_of_its_name_with_its_arguments() {
	let folder = TempDir::new().unwrap();
	let program = folder.path().join("heirloom-test-only");
	fs::write(&program, "#!/bin/sh\nprintf '%s|' \"$HEIRLOOM_URL\" \"$@\"\nexit 7\n").unwrap();
	fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
	let output = Command::new(env!("CARGO_BIN_EXE_heirloom"))
		.args(["--url", "ws://127.0.0.1:1", "test-only", "--json", "two words"])
		.env("PATH", folder.path())
		.output()
		.unwrap();
	assert_eq!(String::from_utf8(output.stdout).unwrap(), "ws://127.0.0.1:1|--json|two words|");
	assert_eq!(output.status.code(), Some(7));
}
