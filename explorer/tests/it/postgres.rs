//! A PostgreSQL server for the tests that want one.

use crate::chain;
use std::{
	fs::File,
	path::{Path, PathBuf},
	process::{Command, Stdio},
	sync::{
		Arc, Mutex, PoisonError, Weak,
		atomic::{AtomicU32, Ordering},
	},
	thread,
	time::{Duration, Instant},
};

/// How long the server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long it may take to end.
const END: Duration = Duration::from_secs(5);

/// How often it is looked at meanwhile.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What its socket is named by. It listens at no port, where two servers could be mistaken for each other.
const PORT: &str = "5432";

/// More connections than all tests make at once.
const CONNECTIONS: &str = "max_connections=500";

/// A database of a test's own, on a server that all tests share which run at the same time.
pub struct Postgres {
	server: Arc<Server>,
	name: String,
}

/// A server in a folder that goes with it. Ends with the last database that is used, or with the tests.
struct Server {
	folder: tempfile::TempDir,
	process: u32,
}

impl Postgres {
	/// An empty database.
	pub fn create() -> Self {
		static MADE: AtomicU32 = AtomicU32::new(0);
		let server = Server::running();
		let name = format!("test_{}", MADE.fetch_add(1, Ordering::Relaxed));
		chain::run(server.ask("createdb").arg(&name));
		Self { server, name }
	}

	/// The address of its database.
	pub fn address(&self) -> String {
		// The host is the folder of the socket.
		let folder = self.server.folder.path().to_str().unwrap().replace('/', "%2F");
		format!("postgres://postgres@{folder}:{PORT}/{}", self.name)
	}
}

impl Server {
	/// The server that runs, or a new one.
	fn running() -> Arc<Self> {
		static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());
		// Where a start failed, the next test tries it again.
		let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
		running.upgrade().unwrap_or_else(|| {
			let server = Arc::new(Self::start());
			*running = Arc::downgrade(&server);
			server
		})
	}

	fn start() -> Self {
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
		let mut serve = as_postgres(root);
		serve.arg(program("postgres")).arg("-D").arg(&data).arg("-k").arg(folder.path()).args(["-p", PORT]);
		serve.args(["-c", "listen_addresses=", "-c", CONNECTIONS, "-c", "fsync=off"]);
		let log = File::create(folder.path().join("postgres.log")).unwrap();
		serve.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
		let server = Self { process: chain::stay(serve), folder };
		let begin = Instant::now();
		while !server.ask("pg_isready").arg("--quiet").status().unwrap().success() {
			let log = std::fs::read_to_string(server.folder.path().join("postgres.log")).unwrap_or_default();
			assert!(begin.elapsed() < PATIENCE, "PostgreSQL does not answer: {log}");
			thread::sleep(LOOK_AGAIN);
		}
		server
	}

	/// A program that asks it something.
	fn ask(&self, name: &str) -> Command {
		let mut command = Command::new(program(name));
		command.arg("-h").arg(self.folder.path()).args(["-p", PORT, "-U", "postgres"]);
		command
	}
}

impl Drop for Server {
	fn drop(&mut self) {
		// Ended at once, with its children; the folder goes behind it. A test that failed may be what drops it, so nothing here
		// panics.
		let _ = Command::new("kill").args(["-QUIT", &self.process.to_string()]).status();
		let (process, begin) = (Path::new("/proc").join(self.process.to_string()), Instant::now());
		while process.exists() && begin.elapsed() < END {
			thread::sleep(LOOK_AGAIN);
		}
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
