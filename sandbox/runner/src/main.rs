//! `heirloom-sandbox`: runs approved code beside sensitive data.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
	// Before anything else: a worker parses no arguments and starts no threads.
	if heirloom_sandbox::is_worker() {
		return ExitCode::SUCCESS;
	}
	cli::main()
}
