//! A development chain on which march-2026 was replayed. All tests read the same one.

use heirloom_explorer::chain::{Chain, rpc_params};
use std::{
	fs::File,
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Command, Stdio},
	sync::{OnceLock, mpsc},
	thread,
	time::{Duration, Instant},
};

/// How long the node may take until it answers.
const PATIENCE: Duration = Duration::from_secs(180);

/// Blocks behind the replay.
const QUIET_BLOCKS: u32 = 30;

/// A program of the main workspace.
fn program(variable: &str, name: &str) -> PathBuf {
	if let Some(path) = std::env::var_os(variable) {
		return path.into();
	}
	let path = target().parent().unwrap().join("release").join(name);
	assert!(
		path.exists(),
		"build the main workspace first, or name {variable}: there is no {}",
		path.display()
	);
	path
}

/// The target directory: what runs is release/deps/it-… or release/examples/bench of it.
fn target() -> PathBuf {
	std::env::current_exe().unwrap().ancestors().nth(3).unwrap().into()
}

/// The folder of a scenario.
pub fn scenario(name: &str) -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios").join(name)
}

/// A port of the loopback interface that is free now.
pub fn free_port() -> u16 {
	TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The address of the node on which march-2026 was replayed, started by whoever asks first, and the last block of the replay:
/// the chain goes on by itself.
pub fn march() -> (&'static str, u64) {
	static MARCH: OnceLock<(String, u64)> = OnceLock::new();
	let (url, last) = MARCH.get_or_init(|| start("march-2026"));
	(url, *last)
}

/// Starts a node and replays a scenario on it. The node ends with the tests.
fn start(name: &str) -> (String, u64) {
	let place = Place::new(name);
	place.run();
	place.replay();
	(place.url(), last_block(place.url()))
}

/// Where a node of a scenario keeps its chain and answers.
pub struct Place {
	scenario: PathBuf,
	folder: PathBuf,
	port: u16,
}

impl Place {
	/// A new chain of a scenario.
	pub fn new(name: &str) -> Self {
		Self::named(name, name)
	}

	/// A new chain of a scenario that another test has one of, by a name of its own.
	pub fn named(name: &str, of: &str) -> Self {
		// What outlives the process is cleared away by the next one.
		let program_name = std::env::current_exe().unwrap();
		let program_name = program_name.file_stem().unwrap().to_string_lossy();
		let folder = target().join("tmp").join(format!("{}-{name}", program_name.split('-').next().unwrap()));
		let _ = std::fs::remove_dir_all(&folder);
		std::fs::create_dir_all(&folder).unwrap();
		let place = Self { scenario: scenario(of), folder, port: free_port() };
		run(Command::new(program("HEIRLOOM", "heirloom"))
			.args(["scenario", "spec"])
			.arg(&place.scenario)
			.arg("--node")
			.arg(program("HEIRLOOM_NODE", "heirloom-node"))
			.arg("--out")
			.arg(place.folder.join("spec.json")));
		place
	}

	/// Where its node answers.
	pub fn url(&self) -> String {
		format!("ws://127.0.0.1:{}", self.port)
	}

	/// Starts the node, for the first time or once more, and waits until it answers. Returns its process.
	pub fn run(&self) -> u32 {
		let mut command = Command::new("setpriv");
		command.args(["--pdeathsig", "KILL"]).arg(program("HEIRLOOM_NODE", "heirloom-node"));
		command.arg("--chain").arg(self.folder.join("spec.json"));
		command
			.arg("--base-path")
			.arg(self.folder.join("chain"))
			.arg("--rpc-port")
			.arg(self.port.to_string());
		command.args(["--state-pruning", "archive", "--pool-limit", "65536", "--pool-kbytes", "65536"]);
		command.args(["--no-prometheus", "--no-telemetry"]).stdin(Stdio::null());
		let log = File::create(self.folder.join("node.log")).unwrap();
		command.stdout(log.try_clone().unwrap()).stderr(log);
		let process = stay(command);
		let begin = Instant::now();
		while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
			let log = std::fs::read_to_string(self.folder.join("node.log")).unwrap_or_default();
			assert!(begin.elapsed() < PATIENCE, "the node does not answer: {log}");
			thread::sleep(Duration::from_millis(50));
		}
		process
	}

	/// Replays the scenario.
	pub fn replay(&self) {
		let mut client = Command::new(program("HEIRLOOM", "heirloom"));
		run(client.arg("replay").arg(&self.scenario).args(["--url", &self.url()]));
	}
}

/// Has the node make quiet blocks, so that there is something to be killed in, and returns the last one. Asked from a thread of
/// its own: whoever needs the node may be in a runtime already.
fn last_block(url: String) -> u64 {
	let asking = thread::spawn(move || {
		let runtime = tokio::runtime::Runtime::new().unwrap();
		runtime.block_on(async {
			let chain = Chain::connect(&url).await.unwrap();
			let _: serde_json::Value = chain.request("clock_seal", rpc_params![QUIET_BLOCKS]).await.unwrap();
			chain.last_final().await.unwrap().0
		})
	});
	asking.join().unwrap()
}

/// Starts a process from a thread that stays for as long as it runs: a child is ended with the thread it came from.
pub fn stay(mut command: Command) -> u32 {
	let (send, receive) = mpsc::channel();
	thread::spawn(move || {
		let mut child = command.spawn().unwrap();
		send.send(child.id()).unwrap();
		child.wait().unwrap();
	});
	receive.recv().unwrap()
}

/// Runs a command to its end.
///
/// # Panics
/// With what it said, if it fails.
pub fn run(command: &mut Command) {
	let output = command.stdin(Stdio::null()).output().unwrap();
	let said = String::from_utf8_lossy(&output.stderr);
	assert!(output.status.success(), "{command:?}: {said}{}", String::from_utf8_lossy(&output.stdout));
}
