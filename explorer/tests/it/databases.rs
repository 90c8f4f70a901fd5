//! SQLite and PostgreSQL: the same answers to the same questions.

use crate::{
	answers::{ask, json},
	chain, indexed, server, sqlite,
};
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

#[tokio::test(flavor = "multi_thread")]
async fn both_databases_should_answer_alike() {
	let folder = tempfile::tempdir().unwrap();
	let postgres = Postgres::start();
	let small = server(indexed(&sqlite(folder.path())).await);
	let large = server(indexed(&postgres.address()).await);
	let caller = json(&small, "/api/v1/receipts?limit=1").await["items"][0]["caller"].clone();
	let caller = caller.as_str().unwrap();
	let owner = json(&small, "/api/v1/assets/CT-2025-0312").await["owner"].clone();
	let owner = owner.as_str().unwrap();
	let block = json(&small, "/api/v1/blocks/7").await["hash"].clone();
	let mut paths: Vec<String> = [
		"/api/v1/assets?limit=1000",
		"/api/v1/assets?kind=model&domain=medical-imaging",
		"/api/v1/assets?status=active&limit=3&after=500-0",
		"/api/v1/assets/LUNG-DX-WEIGHTS",
		"/api/v1/assets/CT-2025-0312/statements/2026-03",
		"/api/v1/assets/CT-2025-0312/statements/2026-03/lines?limit=1",
		// Page by page from the pots' side, as of assets with more descendants.
		"/api/v1/assets/CT-2025-0312/statements/2026-03/lines?limit=1&after=0-1",
		"/api/v1/exports/assets/CT-2025-0312/statements/2026-03/lines",
		"/asset/CT-2025-0312/lineage",
		"/asset/CT-2025-0312",
		"/asset/CT-2025-0312/months/2026-03",
		"/asset/COMPANY-A-LUNG-1/months/2026-03",
		"/demand",
		"/block/7/events",
		"/api/v1/assets/CT-2025-0312/usage/2026-03",
		"/api/v1/blocks?limit=1000",
		"/api/v1/receipts?limit=1000",
		"/api/v1/domains",
		"/api/v1/periods",
		"/api/v1/periods/2026-03",
		"/api/v1/periods/2026-03/payments?limit=1000",
		"/api/v1/periods/2026-03/statements?limit=1000",
		"/api/v1/periods/2026-03/demand?limit=1000",
		"/api/v1/periods/2026-03/domains",
		"/api/v1/periods/2026-13",
		"/api/v1/validators",
		"/api/v1/permits",
		"/api/v1/operators",
		"/api/v1/checks",
		"/api/v1/search?q=ct-2025",
		"/api/v1/search?q=%00",
		"/api/v1/search?q=7",
		"/api/v1/exports/periods/2026-03/payments",
		"/api/v1/exports/periods/2026-03/statements?format=json",
		"/api/v1/exports/assets/CT-2025-0312/receipts",
	]
	.map(Into::into)
	.into();
	for of in ["parents", "children", "receipts", "changes", "statements", "licences", "revenues", "permits"]
	{
		paths.push(format!("/api/v1/assets/CT-2025-0312/{of}"));
		paths.push(format!("/api/v1/assets/COMPANY-A-LUNG-1/{of}"));
	}
	for account in [caller, owner] {
		paths.push(format!("/api/v1/accounts/{account}"));
		for of in
			["assets", "receipts", "payments", "payments/2026-03", "statements/2026-03", "claims", "withheld"]
		{
			paths.push(format!("/api/v1/accounts/{account}/{of}"));
		}
		for of in ["transfers?limit=1000", "extrinsics?limit=1000"] {
			paths.push(format!("/api/v1/accounts/{account}/{of}"));
		}
		for of in ["payments", "statements", "receipts", "withheld"] {
			paths.push(format!("/api/v1/exports/accounts/{account}/{of}"));
		}
	}
	let used_in = json(&small, "/api/v1/assets/CT-2025-0312/receipts/0").await["height"].clone();
	paths.push("/asset/CT-2025-0312/receipts/0".into());
	paths.push(format!("/block/{used_in}/events"));
	paths.push(format!("/transaction/{used_in}-1"));
	let hash = block.as_str().unwrap();
	paths.extend([format!("/api/v1/blocks/{hash}"), format!("/api/v1/blocks/{hash}/extrinsics?limit=1000")]);
	for path in paths {
		let (left, right) = (ask(&small, &path).await, ask(&large, &path).await);
		assert!(!left.0.is_server_error(), "{path}: {}", String::from_utf8_lossy(&left.1));
		assert_eq!(String::from_utf8_lossy(&left.1), String::from_utf8_lossy(&right.1), "{path}");
		assert_eq!(left.0, right.0, "{path}");
	}
}
