//! One node as a process, that can be killed and started again, also in other circumstances.

use crate::{chain::Eye, wait};
use anyhow::{Context, Result, bail};
use std::{
	ffi::OsString,
	fs::{self, OpenOptions},
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::Duration,
};

/// How long a node may take to start or to end, on a machine that others use too.
const PATIENCE: Duration = Duration::from_secs(1_200);

/// Where a node runs.
#[derive(Clone, Debug, Default)]
pub struct Place {
	/// Variables of its environment.
	pub environment: Vec<(&'static str, OsString)>,
	/// Network namespace that it is in; that of this program if none.
	pub namespace: Option<String>,
}

/// A node.
#[derive(Debug)]
pub struct Node {
	/// `alice`, `bob` ...
	pub name: String,
	/// Its chain and keys.
	pub base: PathBuf,
	/// What it says; it is only ever added to.
	pub log: PathBuf,
	/// Where it runs when it is started next.
	pub place: Place,
	program: PathBuf,
	arguments: Vec<String>,
	url: String,
	child: Option<Child>,
}

impl Node {
	/// A node that is not started yet.
	pub fn new(name: &str, directory: &Path, program: &Path, url: String, arguments: Vec<String>) -> Self {
		Self {
			name: name.into(),
			base: directory.join(name),
			log: directory.join(format!("{name}.log")),
			place: Place::default(),
			program: program.into(),
			arguments,
			url,
			child: None,
		}
	}

	/// Adds arguments from the next start on.
	pub fn add_arguments(&mut self, arguments: impl IntoIterator<Item = String>) {
		self.arguments.extend(arguments);
	}

	/// Leaves an argument out from the next start on.
	pub fn forget_argument(&mut self, argument: &str) {
		self.arguments.retain(|kept| kept != argument);
	}

	/// Its WebSocket address.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// Connects to it.
	pub async fn eye(&self) -> Result<Eye> {
		Eye::open(&self.url).await
	}

	/// Whether it was started and not ended by us.
	pub fn is_up(&self) -> bool {
		self.child.is_some()
	}

	/// Starts it.
	pub fn start(&mut self) -> Result<()> {
		let said = OpenOptions::new().create(true).append(true).open(&self.log)?;
		// Whatever becomes of this program, no node outlives it.
		let mut command = Command::new("setpriv");
		command.args(["--pdeathsig", "KILL"]);
		if let Some(namespace) = &self.place.namespace {
			command.args(["ip", "netns", "exec", namespace]);
		}
		if !self.place.environment.is_empty() {
			// Set for the node alone: what starts it needs no other clock.
			command.arg("env");
			for (name, value) in &self.place.environment {
				let mut setting = OsString::from(format!("{name}="));
				setting.push(value);
				command.arg(setting);
			}
		}
		command.arg(&self.program).arg("--base-path").arg(&self.base).args(&self.arguments);
		command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said);
		self.child = Some(command.spawn().with_context(|| format!("{} cannot be started", self.name))?);
		Ok(())
	}

	/// Waits until it answers.
	pub async fn answering(&mut self) -> Result<()> {
		let what = format!("{} answers", self.name);
		let url = self.url.clone();
		wait::until(&what, PATIENCE, async || Eye::open(&url).await?.best().await.map(Some)).await?;
		self.check()
	}

	/// Fails where it ended by itself.
	pub fn check(&mut self) -> Result<()> {
		let Some(child) = &mut self.child else { return Ok(()) };
		match child.try_wait()? {
			None => Ok(()),
			Some(status) => bail!("{} ended ({status}): {}", self.name, self.last_line()),
		}
	}

	/// Whether it ended by itself; it can be started again then.
	pub fn has_ended(&mut self) -> Result<bool> {
		let Some(child) = &mut self.child else { return Ok(true) };
		let ended = child.try_wait()?.is_some();
		if ended {
			self.child = None;
		}
		Ok(ended)
	}

	/// Kills it, so that it can neither finish nor say anything.
	pub fn kill(&mut self) -> Result<()> {
		let Some(mut child) = self.child.take() else { return Ok(()) };
		child.kill()?;
		child.wait()?;
		Ok(())
	}

	/// Asks it to end, and waits until it has.
	pub async fn stop(&mut self) -> Result<()> {
		let Some(mut child) = self.child.take() else { return Ok(()) };
		crate::programs::run(Command::new("kill").args(["-s", "TERM", &child.id().to_string()]))?;
		let ended = wait::until("the node ends", PATIENCE, async || Ok(child.try_wait()?)).await;
		if ended.is_err() {
			child.kill()?;
			child.wait()?;
		}
		ended.map(drop)
	}

	/// All that it said.
	pub fn said(&self) -> String {
		fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
	}

	/// What it said last.
	pub fn last_line(&self) -> String {
		self.said().trim().lines().last().unwrap_or("it said nothing").to_owned()
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		// It may have ended already, which is as good.
		let _ended = self.kill().is_err();
	}
}
