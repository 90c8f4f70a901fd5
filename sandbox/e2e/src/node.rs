//! A development chain.

use crate::programs;
use std::{
	io::{BufRead, BufReader},
	process::{Child, Command, Stdio},
	sync::mpsc,
	thread,
	time::Duration,
};
use tempfile::TempDir;

/// Milliseconds between two blocks, each of which moves the chain's clock by six seconds.
const SEAL_MILLIS: &str = "150";
/// How long a node may take until it listens: it compiles its runtime first.
const PATIENCE: Duration = Duration::from_secs(300);

/// A node of a development chain that begins on 1 March 2026. It ends with the test.
pub struct Node {
	child: Child,
	url: String,
	_base: TempDir,
}

impl Node {
	/// Starts one on a free port of the loopback interface, and waits until it listens.
	///
	/// # Panics
	/// If it does not.
	pub fn start() -> Self {
		let base = tempfile::tempdir().expect("a folder for the chain");
		// A test that is killed cannot stop the node, but the system can.
		let mut child = Command::new("setpriv")
			.args(["--pdeathsig", "KILL"])
			.arg(programs::node())
			.args(["--dev", "--clock", "2026-03-01", "--seal-millis", SEAL_MILLIS, "--base-path"])
			.arg(base.path())
			.args(["--rpc-port", "0", "--no-prometheus", "--no-telemetry"])
			// A repetition reads owners as they were at the request, and 256 blocks are soon over here.
			.args(["--state-pruning", "archive"])
			.stdin(Stdio::null())
			.stdout(Stdio::null())
			.stderr(Stdio::piped())
			.spawn()
			.expect("the node starts");
		let log = child.stderr.take().expect("the node's log is a pipe");
		let (sender, receiver) = mpsc::channel();
		// Read to the end: a node whose log nobody reads stops at a full pipe.
		thread::spawn(move || {
			for line in BufReader::new(log).lines().map_while(Result::ok) {
				if let Some((_, rest)) = line.split_once("Running JSON-RPC server: addr=") {
					let address = rest.split([',', ' ']).next().unwrap_or_default();
					drop(sender.send(format!("ws://{address}")));
				}
			}
		});
		let url = receiver.recv_timeout(PATIENCE);
		if url.is_err() {
			drop(child.kill());
		}
		Self { child, url: url.expect("the node listens in time"), _base: base }
	}

	/// Its WebSocket address.
	pub fn url(&self) -> &str {
		&self.url
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		// One that ended by itself has failed the test already.
		drop(self.child.kill());
		drop(self.child.wait());
	}
}
