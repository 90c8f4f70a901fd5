//! A PostgreSQL server of a test's own.

use crate::chain;
use std::{
	fs::File,
	path::PathBuf,
	process::{Command, Stdio},
	time::{Duration, Instant},
};

/// How long the server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// A PostgreSQL server of its own, in a folder that goes with it. Ends with the tests at the latest.
pub struct Postgres {
	_folder: tempfile::TempDir,
	process: u32,
	port: u16,
}

impl Postgres {
	/// Starts a server on a free port.
	pub fn start() -> Self {
		let folder = tempfile::tempdir().unwrap();
		let data = folder.path().join("data");
		let root = is_root();
		if root {
			// It refuses to run as root; Debian's package made a user for it.
			chain::run(Command::new("chown").arg("postgres").arg(folder.path()));
		}
		let mut initialise = as_postgres(root);
		initialise.arg(program("initdb")).arg("-D").arg(&data).args([
			"--auth",
			"trust",
			"--username",
			"postgres",
		]);
		chain::run(initialise.args(["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]));
		let port = chain::free_port();
		let mut serve = as_postgres(root);
		serve.arg(program("postgres")).arg("-D").arg(&data).arg("-k").arg(folder.path());
		serve.args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]);
		let log = File::create(folder.path().join("postgres.log")).unwrap();
		serve.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
		let process = chain::stay(serve);
		let begin = Instant::now();
		while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
			let log = std::fs::read_to_string(folder.path().join("postgres.log")).unwrap_or_default();
			assert!(begin.elapsed() < PATIENCE, "PostgreSQL does not answer: {log}");
			std::thread::sleep(Duration::from_millis(50));
		}
		Self { _folder: folder, process, port }
	}

	/// The address of its database.
	pub fn address(&self) -> String {
		format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
	}
}

impl Drop for Postgres {
	fn drop(&mut self) {
		// Ended at once, with its children; the folder goes behind it.
		chain::run(Command::new("kill").args(["-QUIT", &self.process.to_string()]));
		std::thread::sleep(Duration::from_millis(300));
	}
}

fn is_root() -> bool {
	let output = Command::new("id").arg("-u").output().unwrap();
	String::from_utf8_lossy(&output.stdout).trim() == "0"
}

/// A command that ends with the thread that starts it, as the user that the server runs as.
fn as_postgres(root: bool) -> Command {
	let mut command = Command::new("setpriv");
	command.args(["--pdeathsig", "QUIT"]);
	if root {
		command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]);
	}
	command.current_dir("/");
	command
}

/// A program of Debian's package, which leaves the servers' own out of the path.
fn program(name: &str) -> PathBuf {
	let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
	let mut found: Vec<_> = versions.flatten().map(|version| version.path().join("bin").join(name)).collect();
	found.retain(|path| path.exists());
	found.sort();
	found.pop().unwrap_or_else(|| name.into())
}
