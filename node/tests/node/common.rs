//! Starts the real binary and talks to it.

use serde_json::{Value, json};
use std::{
	io::{BufRead, BufReader, Read, Write},
	net::{SocketAddr, TcpStream},
	path::{Path, PathBuf},
	process::{Child, Command, Output, Stdio},
	sync::{OnceLock, mpsc},
	thread,
	time::{Duration, Instant},
};

/// How long a node may take to start, or to make a block that it is waited for.
const PATIENCE: Duration = Duration::from_secs(180);

/// What an RPC method answers: its result, or the code and the sentence of its error.
pub type Answer = Result<Value, (i64, String)>;

/// A running node. It is killed when a test lets go of it.
pub struct Node {
	child: Child,
	rpc: SocketAddr,
}

/// The binary with arguments that keep it to itself: a free port, nothing that listens or reports.
pub fn command(base_path: &Path, args: &[&str]) -> Command {
	let mut command = Command::new(env!("CARGO_BIN_EXE_heirloom-node"));
	// Endpoints that are named one by one bring their own ports.
	if !args.contains(&"--experimental-rpc-endpoint") {
		command.args(["--rpc-port", "0"]);
	}
	command.args(["--no-prometheus", "--no-telemetry", "--base-path"]).arg(base_path).args(args);
	command
}

/// Runs a subcommand to its end.
pub fn run(args: &[&str]) -> Output {
	Command::new(env!("CARGO_BIN_EXE_heirloom-node")).args(args).output().expect("the binary can be started")
}

/// A file with the development chain's spec in raw form, which nodes start from in half the time.
pub fn raw_spec() -> &'static str {
	static FILE: OnceLock<String> = OnceLock::new();
	FILE.get_or_init(|| {
		let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("development.json");
		let file = file.to_str().expect("the directory's name is text").to_owned();
		let output = run(&["export-chain-spec", "--chain", "dev", "--raw", "--output", &file]);
		assert!(output.status.success(), "{output:?}");
		file
	})
}

impl Node {
	/// Starts a node and waits until it answers.
	pub fn start(base_path: &Path, args: &[&str]) -> Self {
		let mut child =
			command(base_path, args).stderr(Stdio::piped()).spawn().expect("the binary can be started");
		let log = BufReader::new(child.stderr.take().expect("its log is piped"));
		let (found, address) = mpsc::channel();
		thread::spawn(move || {
			// Read to the end: a node whose log nobody reads stops at a full pipe.
			for line in log.lines().map_while(Result::ok) {
				if let Some((_, addresses)) = line.split_once("Running JSON-RPC server: addr=") {
					let first = addresses.split(',').next().and_then(|address| address.trim().parse().ok());
					// The test may have ended.
					let _ = found.send(first.expect("the log names an address"));
				}
			}
		});
		let rpc = address.recv_timeout(PATIENCE).unwrap_or_else(|_| {
			let _ = child.kill();
			panic!("the node did not start");
		});
		Self { child, rpc }
	}

	/// Starts a development chain in March 2026 that makes blocks only when asked to.
	pub fn quiet(base_path: &Path) -> Self {
		Self::start(base_path, &["--chain", raw_spec(), "--clock", "2026-03-01", "--seal-millis", "0"])
	}

	/// Calls a method.
	pub fn call(&self, method: &str, params: Value) -> Answer {
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
		let (_, body) = self.post(request.as_bytes());
		answer(&serde_json::from_str(&body).expect("the answer is JSON"))
	}

	/// Posts a body, whatever it is, and returns the status and the body of the answer.
	pub fn post(&self, body: &[u8]) -> (u16, String) {
		let mut stream = TcpStream::connect(self.rpc).expect("the node listens");
		write!(
			stream,
			"POST / HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
			 Connection: close\r\n\r\n",
			self.rpc,
			body.len(),
		)
		.expect("the node reads");
		// Of a body that is too long the node does not read the rest.
		let _ = stream.write_all(body);
		let mut response = Vec::new();
		let _ = stream.read_to_end(&mut response);
		let response = String::from_utf8(response).expect("the answer is text");
		let (head, body) = response.split_once("\r\n\r\n").expect("the answer is HTTP");
		let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
		(status.expect("the answer has a status"), body.to_owned())
	}

	/// Where it serves RPC.
	pub fn rpc(&self) -> SocketAddr {
		self.rpc
	}

	/// Whether it runs.
	pub fn is_alive(&mut self) -> bool {
		self.child.try_wait().expect("it is a child").is_none()
	}

	/// The date that the simulated clock shows.
	pub fn date(&self) -> String {
		self.call("clock_now", json!([])).expect("a development chain has a clock")["date"]
			.as_str()
			.expect("dates are text")
			.to_owned()
	}

	/// Height of the best or, with its hash, of another block.
	pub fn height(&self, of: &[Value]) -> u64 {
		let header = self.call("chain_getHeader", json!(of)).expect("there is a header");
		let number = header["number"].as_str().expect("numbers are hexadecimal");
		u64::from_str_radix(number.trim_start_matches("0x"), 16).expect("numbers are hexadecimal")
	}

	/// Ends the node as an operator does, with its database written to the end.
	pub fn stop(mut self) {
		let signal = Command::new("kill").arg(self.child.id().to_string()).status().expect("there is `kill`");
		assert!(signal.success());
		assert!(self.child.wait().expect("it is a child").success(), "the node ends without an error");
	}

	/// Waits until the chain is this high.
	pub fn wait_for_height(&self, height: u64) {
		let start = Instant::now();
		while self.height(&[]) < height {
			assert!(start.elapsed() < PATIENCE, "the chain did not reach block {height}");
			thread::sleep(Duration::from_millis(50));
		}
	}
}

/// What an answer says.
pub fn answer(answer: &Value) -> Answer {
	match answer.get("error") {
		None => Ok(answer["result"].clone()),
		Some(error) => Err((
			error["code"].as_i64().expect("errors have a code"),
			error["message"].as_str().expect("errors have a sentence").to_owned(),
		)),
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		// It may have ended by itself, which is then the test's failure to tell.
		let _ = self.child.kill();
		let _ = self.child.wait();
	}
}
