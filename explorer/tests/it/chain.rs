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
const PATIENCE: Duration = Duration::from_secs(60);

/// Blocks behind the replay.
const QUIET_BLOCKS: u32 = 30;

/// A program of the main workspace.
fn program(variable: &str, name: &str) -> PathBuf {
	if let Some(path) = std::env::var_os(variable) {
		return path.into();
	}
	// target/explorer/release/deps/it-….
	let test = std::env::current_exe().unwrap();
	let target = test.ancestors().nth(4).unwrap();
	let path = target.join("release").join(name);
	assert!(
		path.exists(),
		"build the main workspace first, or name {variable}: there is no {}",
		path.display()
	);
	path
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
	// What outlives the process is cleared away by the next one.
	let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
	let _ = std::fs::remove_dir_all(&folder);
	std::fs::create_dir_all(&folder).unwrap();
	let (node, client) = (program("HEIRLOOM_NODE", "heirloom-node"), program("HEIRLOOM", "heirloom"));
	let (scenario, spec) = (scenario(name), folder.join("spec.json"));
	run(Command::new(&client)
		.args(["scenario", "spec"])
		.arg(&scenario)
		.arg("--node")
		.arg(&node)
		.arg("--out")
		.arg(&spec));
	let port = free_port();
	let mut command = Command::new("setpriv");
	command.args(["--pdeathsig", "KILL"]).arg(node).arg("--chain").arg(&spec);
	command.arg("--base-path").arg(folder.join("chain")).arg("--rpc-port").arg(port.to_string());
	command.args(["--state-pruning", "archive", "--pool-limit", "65536", "--pool-kbytes", "65536"]);
	command.args(["--no-prometheus", "--no-telemetry"]).stdin(Stdio::null());
	let log = File::create(folder.join("node.log")).unwrap();
	command.stdout(log.try_clone().unwrap()).stderr(log);
	stay(command);
	let begin = Instant::now();
	while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
		let log = std::fs::read_to_string(folder.join("node.log")).unwrap_or_default();
		assert!(begin.elapsed() < PATIENCE, "the node does not answer: {log}");
		thread::sleep(Duration::from_millis(50));
	}
	let url = format!("ws://127.0.0.1:{port}");
	run(Command::new(&client).arg("replay").arg(&scenario).args(["--url", &url]));
	let last = last_block(url.clone());
	(url, last)
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
