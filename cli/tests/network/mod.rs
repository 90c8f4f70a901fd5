//! The network of `scripts/localnet`: real nodes as processes of their own.

use serde::Deserialize;
use serde_json::Value;
use std::{
	fmt::Debug,
	fs::{self, File},
	io::{BufRead, BufReader, Write},
	net::TcpStream,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::{Duration, Instant},
};
use subxt::rpcs::{RpcClient, client::RpcParams, rpc_params};
use tokio::time::sleep;

/// How long anything that is waited for may take: the nodes compile the runtime at the same time when they start.
const PATIENCE: Duration = Duration::from_secs(320);
/// How long to wait before looking again.
const POLL: Duration = Duration::from_millis(100);
/// Lines of each log that are shown when a test fails.
const SHOWN: usize = 15;

/// A running network. It is stopped when the test lets go of it.
pub struct Network {
	script: Child,
	base: PathBuf,
	/// What the script says.
	output: PathBuf,
}

/// A node of the network, as it is at present.
#[derive(Clone, Debug)]
pub struct Node {
	/// `full`, `alice`, `bob`, `charlie` or `dave`.
	pub name: String,
	/// Its process; none while it is down.
	pub process: Option<u32>,
	/// Its WebSocket address.
	pub rpc: String,
}

impl Network {
	/// Starts the nodes of a chain, which is kept in a directory, and waits until blocks become final.
	pub async fn start(node: &Path, spec: &Path, directory: &Path) -> Self {
		let output = directory.join("localnet.log");
		let said = File::create(&output).unwrap();
		let base = directory.join("network");
		// A test that is killed cannot stop the script, but the script can notice.
		let script = Command::new("setpriv")
			.args(["--pdeathsig", "TERM"])
			.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/localnet"))
			.arg("--free-ports")
			.arg("--spec")
			.arg(spec)
			.arg("--base")
			.arg(&base)
			.env("HEIRLOOM_NODE", node)
			.stdin(Stdio::null())
			.stderr(said.try_clone().unwrap())
			.stdout(said)
			.spawn()
			.unwrap();
		let mut network = Self { script, base, output };
		let begin = Instant::now();
		while !network.base.join("nodes.tsv").exists() {
			assert_eq!(network.script.try_wait().unwrap(), None, "scripts/localnet ended");
			assert!(begin.elapsed() < PATIENCE, "scripts/localnet starts no network");
			sleep(POLL).await;
		}
		network
	}

	/// Asks the peers that light clients in browsers begin with for a WebSocket, and returns the first line of what each answers.
	pub fn upgrades(&self) -> Vec<String> {
		let spec: Value = serde_json::from_slice(&fs::read(self.base.join("light.json")).unwrap()).unwrap();
		let upgrade = |peer: &Value| {
			let peer = peer.as_str().unwrap();
			let ["", "ip4", host, "tcp", port, "ws", "p2p", _] = peer.split('/').collect::<Vec<_>>()[..]
			else {
				panic!("{peer} is no address of a WebSocket")
			};
			let mut connection = TcpStream::connect(format!("{host}:{port}")).unwrap();
			connection.set_read_timeout(Some(PATIENCE)).unwrap();
			write!(
				connection,
				"GET / HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
				 Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
			)
			.unwrap();
			let mut line = String::new();
			BufReader::new(connection).read_line(&mut line).unwrap();
			line
		};
		spec["bootNodes"].as_array().unwrap().iter().map(upgrade).collect()
	}

	/// All nodes, the full node first.
	pub fn nodes(&self) -> Vec<Node> {
		let table = fs::read_to_string(self.base.join("nodes.tsv")).unwrap();
		let nodes = table.lines().skip(1).map(|line| {
			let [name, process, rpc, ..] = line.split('\t').collect::<Vec<_>>()[..] else {
				panic!("{line:?} is no line of a node");
			};
			Node { name: name.into(), process: process.parse().ok(), rpc: rpc.into() }
		});
		nodes.collect()
	}

	/// A node by its name.
	pub fn node(&self, name: &str) -> Node {
		self.nodes().into_iter().find(|node| node.name == name).unwrap()
	}

	/// Kills a node, which can neither finish nor say anything, and returns the process it was.
	pub fn kill(&self, name: &str) -> u32 {
		let process = self.node(name).process.expect("the node is up");
		signal("KILL", process);
		process
	}

	/// Waits until a node runs in another process and answers.
	pub async fn restarted(&self, name: &str, killed: u32) -> Node {
		let node = eventually("the node is started again", async || {
			Some(self.node(name)).filter(|node| node.process.is_some_and(|process| process != killed))
		})
		.await;
		eventually("the node answers again", async || RpcClient::from_insecure_url(&node.rpc).await.ok())
			.await;
		node
	}

	/// Stops the network and fails if anything of it is left.
	pub fn stop(mut self) {
		let nodes = self.nodes();
		signal("TERM", self.script.id());
		assert_eq!(self.script.wait().unwrap().code(), Some(128 + 15), "the script ends as it was told to");
		for Node { name, process, .. } in nodes {
			let process = process.expect("all nodes are up");
			assert!(!Path::new(&format!("/proc/{process}")).exists(), "{name} is left behind");
		}
	}
}

impl Drop for Network {
	fn drop(&mut self) {
		if let Ok(None) = self.script.try_wait() {
			signal("TERM", self.script.id());
			// What it ended with is no matter: the test has failed already.
			let _ = self.script.wait();
		}
		if std::thread::panicking() {
			let logs = fs::read_dir(&self.base).into_iter().flatten().flatten().map(|entry| entry.path());
			let logs = logs.filter(|path| path.extension().is_some_and(|extension| extension == "log"));
			for log in std::iter::once(self.output.clone()).chain(logs) {
				let text = fs::read_to_string(&log).unwrap_or_default();
				let lines: Vec<_> = text.lines().collect();
				eprintln!("== {}\n{}", log.display(), lines[lines.len().saturating_sub(SHOWN)..].join("\n"));
			}
		}
	}
}

impl Node {
	/// Calls a method.
	pub async fn call<Answer: for<'a> Deserialize<'a>>(&self, method: &str, params: RpcParams) -> Answer {
		let client = RpcClient::from_insecure_url(&self.rpc).await.unwrap();
		client
			.request(method, params)
			.await
			.unwrap_or_else(|error| panic!("{}: {method}: {error}", self.name))
	}

	/// The number of its last final block.
	pub async fn final_block(&self) -> u32 {
		let hash: String = self.call("chain_getFinalizedHead", rpc_params![]).await;
		let header: Value = self.call("chain_getHeader", rpc_params![hash]).await;
		let number = header["number"].as_str().unwrap().trim_start_matches("0x");
		u32::from_str_radix(number, 16).unwrap()
	}

	/// Waits until a block is final, and returns its hash and the root of its state.
	pub async fn state_root(&self, block: u32) -> (String, String) {
		eventually("the block is final", async || (self.final_block().await >= block).then_some(())).await;
		let hash: String = self.call("chain_getBlockHash", rpc_params![block]).await;
		let header: Value = self.call("chain_getHeader", rpc_params![&hash]).await;
		(hash, header["stateRoot"].as_str().unwrap().into())
	}
}

/// Waits until something is there.
pub async fn eventually<Found>(what: &str, mut look: impl AsyncFnMut() -> Option<Found>) -> Found {
	let begin = Instant::now();
	loop {
		if let Some(found) = look().await {
			return found;
		}
		assert!(begin.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
		sleep(POLL).await;
	}
}

/// Sends a signal to a process that this test started.
fn signal(name: &str, process: u32) {
	let sent = Command::new("sh").arg("-c").arg(format!("kill -s {name} {process}")).status().unwrap();
	assert!(sent.success(), "process {process} is there");
}
