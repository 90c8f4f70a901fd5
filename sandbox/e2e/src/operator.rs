//! An operator, and its runner in a process of its own.

use crate::{Studies, World, eventually, sandbox_program, studies::text, world};
use heirloom_exchange::Exchange;
use heirloom_sandbox_chain::{
	AccountId, H256, Keypair, calls,
	report::{Context, Report, Role},
	types::{AssetId, MicroU, OperatorProfile, PermitId},
};
use heirloom_seal::SigningSeed;
use serde_json::Value;
use std::{
	fs::{self, File},
	path::{Path, PathBuf},
	process::{Child, Command, ExitStatus, Stdio},
};
use subxt::utils::MultiSignature;
use tempfile::TempDir;

/// What an operator takes for a job, in micro-U: 5 U.
const FEE: MicroU = 5_000_000;

/// An operator with its folders.
pub struct Operator {
	account: String,
	home: TempDir,
	folder: TempDir,
	/// What its keys and its runner are.
	pub profile: OperatorProfile,
}

/// A running `heirloom-sandbox serve`.
pub struct Runner {
	child: Child,
	log: PathBuf,
}

impl Operator {
	/// Makes keys, and measures the runner. Nothing is on chain yet.
	///
	/// # Panics
	/// As all of this: if something does not go as it is to go.
	pub fn new(account: &str) -> Self {
		let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
		Exchange::open(folder.path()).unwrap();
		let keys = said(&["keygen", "--home", text(home.path()), "--json"]);
		let measured = said(&["measure", "--accept-missing-walls", "--json"]);
		let profile = OperatorProfile {
			signing_key: AccountId(bytes(&keys["signing_key"])),
			sealing_key: bytes(&keys["sealing_key"]),
			measurement: H256(bytes(&measured["measurement"])),
			fee: FEE,
		};
		Self { account: account.into(), home, folder, profile }
	}

	/// An operator that is registered and admitted, and whose signing key can pay for reports.
	pub async fn admitted(world: &World, account: &str) -> Self {
		let operator = Self::new(account);
		operator.register(world).await;
		world.decide(&calls::admit_operator(&operator.account(), operator.profile.measurement)).await;
		operator
	}

	/// Registers it, and gives its signing key some LOOM.
	pub async fn register(&self, world: &World) {
		world.run(&self.account, &calls::register_operator(self.profile.clone())).await;
		let money = calls::transfer_loom(&self.profile.signing_key, 10_000_000_000_000);
		world.run(&self.account, &money).await;
	}

	/// Its account's secret URI.
	pub fn uri(&self) -> &str {
		&self.account
	}

	/// Its account.
	pub fn account(&self) -> AccountId {
		world::account(&self.account)
	}

	/// Its exchange folder.
	pub fn exchange(&self) -> Exchange {
		Exchange::open(self.folder.path()).unwrap()
	}

	/// The path of its exchange folder.
	pub fn folder(&self) -> &str {
		text(self.folder.path())
	}

	/// The path of its private folder.
	pub fn home(&self) -> &Path {
		self.home.path()
	}

	/// Has an owner seal studies to this operator, into its folder. Returns the content id.
	pub fn seal(&self, world: &World, owner: &str, keys: &Path, studies: &Studies) -> String {
		self.seal_to(world, owner, keys, studies, &[self])
	}

	/// Has an owner seal studies to several operators, into the folder of each; or to none, into this one's.
	pub fn seal_to(
		&self,
		world: &World,
		owner: &str,
		keys: &Path,
		studies: &Studies,
		operators: &[&Self],
	) -> String {
		let owner = world::account(owner).to_string();
		let to: Vec<_> = operators.iter().map(|one| format!("{}={}", one.account(), one.folder())).collect();
		let blocks = self.exchange().blocks();
		let mut words = vec!["seal", studies.path(), "--owner", &owner, "--keys", text(keys)];
		if operators.is_empty() {
			words.extend(["--store", text(&blocks)]);
		}
		words.extend(to.iter().flat_map(|to| ["--to", to]));
		world.client().json(&words)["content"].as_str().unwrap().into()
	}

	/// Its signing key, as a dishonest operator would use it.
	pub fn signing_key(&self) -> Keypair {
		let seed = SigningSeed::load(&self.home.path().join("keys/signing")).unwrap();
		Keypair::from_secret_key(*seed.expose()).unwrap()
	}

	/// Its signature under a report that is to end a permit.
	pub fn sign(&self, world: &World, permit: PermitId, report: &Report) -> MultiSignature {
		let (genesis, operator) = (world.genesis(), self.account());
		report.sign(&self.signing_key(), &Context { genesis, permit, operator, role: Role::First })
	}

	/// Starts its runner, and waits until it serves.
	pub async fn serve(&self, world: &World) -> Runner {
		let mut runner = self.start(world, &[]);
		eventually("the runner serves", async || {
			assert_eq!(runner.child.try_wait().unwrap(), None, "the runner ended: {}", runner.said());
			runner.said().contains("serving").then_some(())
		})
		.await;
		runner
	}

	/// Starts its runner.
	pub fn start(&self, world: &World, arguments: &[&str]) -> Runner {
		let log = self.home.path().join("serve.log");
		let written = File::options().create(true).append(true).open(&log).unwrap();
		// A test that is killed cannot stop the runner, but the system can.
		let mut command = Command::new("setpriv");
		command.args(["--pdeathsig", "KILL"]).arg(sandbox_program("heirloom-sandbox"));
		command.args(["serve", "--operator", &self.account().to_string(), "--url", world.node.url()]);
		command.arg("--home").arg(self.home.path()).args(["--exchange", self.folder()]);
		// Where a machine lacks a wall, what is tested here is not the wall.
		command.arg("--accept-missing-walls").args(arguments);
		let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(written).spawn().unwrap();
		Runner { child, log }
	}

	/// Waits until a permit's report is handed out, and returns the folder with it.
	pub async fn handed_out(&self, permit: PermitId) -> PathBuf {
		let folder = self.exchange().released_path(permit);
		eventually(&format!("the report of permit {permit} is handed out"), async || {
			folder.join("report.json").exists().then_some(())
		})
		.await;
		folder
	}

	/// Waits until output of a permit is held for the owner of an asset.
	pub async fn held(&self, permit: PermitId, asset: AssetId) {
		let path = self.exchange().held_path(permit, asset);
		eventually(&format!("output of permit {permit} is held"), async || path.exists().then_some(())).await;
	}
}

impl Runner {
	/// All that it has said so far.
	pub fn said(&self) -> String {
		fs::read_to_string(&self.log).unwrap_or_default()
	}

	/// Waits until it says something.
	pub async fn says(&self, what: &str) {
		eventually(&format!("the runner says {what:?}"), async || self.said().contains(what).then_some(()))
			.await;
	}

	/// Kills it, which it can do nothing about.
	pub fn kill(mut self) {
		self.child.kill().unwrap();
		self.child.wait().unwrap();
	}

	/// Tells it to stop, and waits until it has.
	pub fn stop(mut self) -> ExitStatus {
		let told = Command::new("kill").args(["-s", "TERM", &self.child.id().to_string()]).status().unwrap();
		assert!(told.success());
		self.child.wait().unwrap()
	}

	/// Waits until it ends by itself.
	pub async fn ended(&mut self) -> ExitStatus {
		eventually("the runner ends", async || self.child.try_wait().unwrap()).await
	}
}

impl Drop for Runner {
	fn drop(&mut self) {
		// One that was stopped is gone already.
		drop(self.child.kill());
		drop(self.child.wait());
		if std::thread::panicking() {
			eprintln!("== {}\n{}", self.log.display(), self.said());
		}
	}
}

/// What `heirloom-sandbox` says as JSON.
fn said(words: &[&str]) -> Value {
	let output = Command::new(sandbox_program("heirloom-sandbox")).args(words).output().unwrap();
	let error = String::from_utf8_lossy(&output.stderr);
	assert!(output.status.success(), "heirloom-sandbox {}: {error}", words.join(" "));
	serde_json::from_slice(&output.stdout).expect("JSON")
}

fn bytes(digits: &Value) -> [u8; 32] {
	let digits = digits.as_str().expect("hex digits").trim_start_matches("0x");
	let mut bytes = [0; 32];
	hex::decode_to_slice(digits, &mut bytes).expect("64 hex digits");
	bytes
}
