//! A network with users on it, months being settled, and a fault about to happen.

use crate::{
	chain::{Chain, books::books, calls, read},
	network::{Network, PATIENCE, Setting},
	platform::{DISPUTED, Platform},
	programs::Programs,
	told::Told,
	traffic::Traffic,
	wait,
};
use anyhow::{Context, Result, bail};
use heirloom_primitives::{Period, Progress, Settling};
use std::{any::Any, collections::BTreeSet, path::Path, process::Stdio, sync::Arc, time::Instant};
use subxt::rpcs::rpc_params;
use tokio::{process::Command, time::timeout};

/// Months for which the chain keeps what a settlement can be recomputed from.
const DETAILED: u32 = 13;

/// What faults happen on.
pub struct Stage {
	/// The nodes.
	pub network: Network,
	/// The users. Stopped before the nodes.
	pub traffic: Option<Traffic>,
	/// Who waits.
	pub told: Told,
	/// Who takes part.
	pub platform: Arc<Platform>,
	/// The chain's first month.
	pub first: Period,
	/// Months that `heirloom verify` found right.
	pub verified: BTreeSet<Period>,
	/// U that there was at genesis.
	pub supply: u128,
	/// LOOM that there was at genesis, in planck.
	pub issuance: u128,
	/// What has to be there as long as the nodes: it is let go of after them.
	pub kept: Vec<Box<dyn Any>>,
}

impl Stage {
	/// Starts a network, and waits until it makes blocks final. Nobody uses it yet.
	pub async fn open(programs: &Programs, directory: &Path, setting: Setting, told: Told) -> Result<Self> {
		let platform = Arc::new(Platform::new()?);
		told.say("preparing the chain");
		let network = Network::prepare(programs, &platform, directory, setting)?;
		let verified = BTreeSet::new();
		Ok(Self {
			network,
			traffic: None,
			told,
			platform,
			first: Period::default(),
			verified,
			supply: 0,
			issuance: 0,
			kept: Vec::new(),
		})
	}

	/// Starts nodes and users, and waits until blocks are final, and in one of them is a dispute that nobody will decide.
	pub async fn begin(&mut self) -> Result<()> {
		self.told.say("starting the nodes");
		self.network.start().await?;
		self.told.say("waiting for the first final block");
		self.network.recovered(Instant::now()).await.context("the network never started")?;
		let chain = self.network.chain().await?;
		let genesis = chain.eye.block(0).await?.hash;
		self.supply = read::supply(&chain.at(genesis).await?).await?;
		self.issuance = books(&chain.eye, genesis).await?.issuance;
		self.first = self.network.progress().await?.open;
		self.traffic = Some(Traffic::start(self.platform.clone(), self.network.urls()));
		self.dispute(&chain).await
	}

	/// Has a parent claimed to be inserted, and waits until that is final.
	async fn dispute(&self, chain: &Chain) -> Result<()> {
		self.told.say("waiting for the dispute");
		let at = chain.at(chain.eye.finalized().await?.hash).await?;
		let claim = calls::claim(DISPUTED);
		calls::submit(chain, &at, &self.platform.claimant, &claim)
			.await
			.context("nothing can be disputed")?;
		wait::until("a dispute is open in a final block", PATIENCE, async || {
			let at = chain.at(chain.eye.finalized().await?.hash).await?;
			// The first one's number.
			Ok(read::fetch(&at, "Disputes", "Disputes", (0u32,)).await?.map(drop))
		})
		.await
	}

	/// Waits until so many more months are settled in final blocks.
	pub async fn months(&mut self, more: u32, what: &str) -> Result<()> {
		let target = self.network.settled(self.first).await? + more;
		let first = self.first;
		let (network, told) = (&self.network, &self.told);
		wait::until(&format!("{target} months are settled"), PATIENCE, async || {
			let settled = network.settled(first).await?;
			told.say(format!("{what}: {settled} of {target} months settled"));
			Ok((settled >= target).then_some(()))
		})
		.await
	}

	/// Waits until a month is being settled: closed, and not paid to its end. Returns which, and in which phase, in words.
	pub async fn settling(&self, what: &str) -> Result<String> {
		let chain = self.network.chain().await?;
		let told = &self.told;
		wait::until("a month is being settled", PATIENCE, async || {
			told.say(format!("{what}: waiting for the middle of a settlement"));
			let progress: Progress = chain.eye.request("royalty_progress", rpc_params![]).await?;
			Ok(progress.settling.map(middle))
		})
		.await
	}

	/// Recomputes every settled month that was not recomputed yet; returns what is different.
	pub async fn verify(&mut self) -> Result<Vec<String>> {
		let mut different = Vec::new();
		let chain = self.network.chain().await?;
		let progress = self.network.progress().await?;
		let Some(last) = progress.settled else { return Ok(different) };
		let oldest = last.minus(DETAILED - 1).unwrap_or_default().max(self.first);
		for number in oldest.0..=last.0 {
			let period = Period(number);
			if self.verified.contains(&period) || !crate::audit::was_settled(&chain, period).await? {
				continue;
			}
			self.told.say(format!("recomputing {period}"));
			let url = self.network.node(crate::network::FULL)?.url().to_owned();
			let client = &self.network.programs.client;
			match recompute(client, &url, period).await {
				Ok(()) => {
					self.verified.insert(period);
				}
				// Months that are shorter than it takes to recompute them are gone before.
				Err(error) if error.to_string().contains("is pruned") => {}
				Err(error) => different.push(format!("verify {period}: {error}")),
			}
		}
		Ok(different)
	}
}

fn middle(settling: Settling) -> String {
	format!("in the middle of the settlement of {} ({:?})", settling.period, settling.phase)
}

/// Runs `heirloom verify`, which must find no difference.
async fn recompute(client: &Path, url: &str, period: Period) -> Result<()> {
	let mut command = Command::new(client);
	command.args(["--json", "--url", url, "verify", &period.to_string()]);
	command.stdin(Stdio::null()).kill_on_drop(true);
	let output = timeout(PATIENCE, command.output()).await.context("it does not end")??;
	if !output.status.success() {
		bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
	}
	Ok(())
}
