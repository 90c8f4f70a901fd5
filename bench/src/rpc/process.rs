//! The node and the client as processes, of the same build as this one.

use super::{MOST_BLOCKS, SLOT};
use anyhow::{Context, Result, bail, ensure};
use heirloom_primitives::{Period, Progress};
use std::{
	env,
	fs::File,
	net::{Ipv4Addr, SocketAddr, TcpListener},
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::{Duration, Instant},
};
use subxt::rpcs::{RpcClient, rpc_params};
use tokio::{task::JoinHandle, time};

/// How long a node may take to start on a state of gigabytes.
const PATIENCE: Duration = Duration::from_secs(300);

/// A node that makes blocks when asked to. It ends with this value.
pub struct Process {
	child: Child,
	url: String,
	log: PathBuf,
}

impl Process {
	/// Starts it on the database below a base path, with more arguments, and waits until it answers.
	pub async fn start(base_path: &Path, arguments: &[&str]) -> Result<Self> {
		let port = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?.local_addr()?.port();
		let log = base_path.join("node.log");
		let child = Command::new(sibling("heirloom-node")?)
			.args(["--chain", "dev", "--seal-millis", "0", "--no-prometheus", "--no-telemetry"])
			.args(["--rpc-port", &port.to_string(), "--base-path"])
			.arg(base_path)
			.args(arguments)
			.stdout(Stdio::null())
			.stderr(File::create(&log)?)
			.spawn()
			.context("the node cannot be started")?;
		let mut node = Self { child, url: format!("ws://127.0.0.1:{port}"), log };
		let begun = Instant::now();
		while node.connect().await.is_err() {
			if let Some(status) = node.child.try_wait()? {
				bail!("the node ended ({status}):\n{}", std::fs::read_to_string(&node.log)?);
			}
			ensure!(begun.elapsed() < PATIENCE, "the node does not answer");
			time::sleep(Duration::from_millis(100)).await;
		}
		Ok(node)
	}

	/// A connection of its own.
	pub async fn connect(&self) -> Result<RpcClient> {
		Ok(RpcClient::from_insecure_url(&self.url).await?)
	}

	/// Has a block made each slot, as validators make them, until a month is settled; returns how many.
	pub fn settle_by_slots(&self, month: Period) -> JoinHandle<Result<u32>> {
		let url = self.url.clone();
		tokio::spawn(async move {
			let rpc = RpcClient::from_insecure_url(&url).await?;
			let mut slots = time::interval(SLOT);
			for blocks in 0..MOST_BLOCKS {
				let progress: Progress = rpc.request("royalty_progress", rpc_params![]).await?;
				if progress.settled == Some(month) {
					return Ok(blocks);
				}
				slots.tick().await;
				let _: serde_json::Value = rpc.request("clock_seal", rpc_params![1]).await?;
			}
			bail!("{month} is not settled after {MOST_BLOCKS} blocks")
		})
	}

	/// Runs `heirloom verify`, which must find no difference, and returns what it took.
	pub fn verify(&self, month: Period) -> Result<Duration> {
		let begun = Instant::now();
		let output = Command::new(sibling("heirloom")?)
			.args(["--url", &self.url, "verify", &month.to_string()])
			.stderr(Stdio::inherit())
			.output()
			.context("heirloom cannot be started")?;
		ensure!(output.status.success(), "heirloom verify {month}: {}", output.status);
		Ok(begun.elapsed())
	}
}

impl Drop for Process {
	fn drop(&mut self) {
		// Nothing of its database is needed any more; it may have ended by itself.
		_ = self.child.kill();
		_ = self.child.wait();
	}
}

/// A program beside this one.
fn sibling(name: &str) -> Result<PathBuf> {
	let program = env::current_exe()?.with_file_name(name);
	ensure!(program.exists(), "{} is not built", program.display());
	Ok(program)
}
