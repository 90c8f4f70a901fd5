//! A network of real nodes: four validators and a full node that keeps every state, which the audit reads.

pub mod namespaces;
mod node;
mod ports;

pub use node::Node;

use crate::{
	blocked::block,
	chain::Chain,
	platform::{Months, Platform, settle_in_steps},
	programs::{Programs, run},
	wait,
};
use anyhow::{Context, Result, ensure};
use heirloom_primitives::Progress;
use namespaces::Namespaces;
use ports::Ports;
use serde_json::Value;
use std::{
	fs,
	net::SocketAddr,
	path::{Path, PathBuf},
	process::Command,
	time::{Duration, Instant},
};
use subxt::rpcs::rpc_params;

/// The validators of the node's chain `local`.
pub const VALIDATORS: [&str; 4] = ["alice", "bob", "charlie", "dave"];
/// The node that keeps every state.
pub const FULL: &str = "full";
/// How long anything that the network does by itself may take, on a machine that others use too.
pub const PATIENCE: Duration = Duration::from_secs(1_200);

/// What a node limits by default; an endpoint that is named by itself has to be told. Those of calls and batches it
/// takes over.
const DEFAULT_LIMITS: &str = "methods=safe,retry-random-port=false,max-request-size=8,max-connections=100,max-subscriptions-per-connection=256";
/// An address that nobody has (RFC 5737), in place of those that are trusted by default.
const TRUSTING_NOBODY: &str = "rate-limit-whitelisted-ips=192.0.2.0/24";

/// What a network is started with.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
	/// When months end.
	pub months: Months,
	/// Whether a month's settlement takes several blocks, so that there is a middle of it.
	pub in_steps: bool,
	/// Whether each node has a network namespace of its own.
	pub namespaces: bool,
	/// Whether the chain begins with the runtime that upgrades are rehearsed with, whose sessions last a minute.
	pub short_sessions: bool,
}

/// A running network.
pub struct Network {
	/// Everything of it.
	pub directory: PathBuf,
	/// All nodes, the validators first.
	pub nodes: Vec<Node>,
	/// Where the programs are.
	pub programs: Programs,
	/// Their namespaces, where they have some. Let go of after the nodes in them.
	pub namespaces: Option<Namespaces>,
	spec: PathBuf,
	bootnodes: Vec<String>,
	ports: Ports,
}

impl Network {
	/// Prepares a network in a directory; no node is started yet.
	pub fn prepare(
		programs: &Programs,
		platform: &Platform,
		directory: &Path,
		setting: Setting,
	) -> Result<Self> {
		let plain = directory.join("platform.json");
		let spec = directory.join("spec.json");
		let mut base = programs.local_spec()?;
		platform.merge(&mut base, setting.months)?;
		if setting.in_steps {
			settle_in_steps(&mut base)?;
		}
		if setting.short_sessions {
			let code = base.pointer_mut("/genesis/runtimeGenesis/code");
			*code.context("the node's chain spec has no code")? =
				format!("0x{}", hex::encode(programs.next_code()?)).into();
		}
		fs::write(&plain, serde_json::to_vec(&base)?)?;
		// Made once and in full, so that every node begins with the same.
		let mut full: Value = serde_json::from_slice(&programs.raw_spec(&plain)?)?;
		block(&mut full, &platform.blocked)?;
		fs::write(&spec, serde_json::to_vec(&full)?)?;
		let mut network = Self {
			directory: directory.into(),
			nodes: Vec::new(),
			programs: programs.clone(),
			namespaces: setting.namespaces.then(Namespaces::new).transpose()?,
			spec,
			bootnodes: Vec::new(),
			ports: Ports::claim()?,
		};
		for name in VALIDATORS {
			let key = format!("--{name}");
			network.add(name, &["--validator", &key])?;
		}
		network.add(FULL, &["--state-pruning", "archive"])?;
		Ok(network)
	}

	/// Adds a node to the network, without starting it.
	pub fn add(&mut self, name: &str, arguments: &[&str]) -> Result<&mut Node> {
		let number = self.nodes.len() + 1;
		let (peer, rpc, namespace) = match &mut self.namespaces {
			Some(namespaces) => {
				let home = namespaces.add(name)?;
				(
					SocketAddr::from((home.peer, 30_333)),
					SocketAddr::from((home.management, 9_944)),
					Some(home.name),
				)
			}
			None => (self.ports.free_address()?, self.ports.free_address()?, None),
		};
		let key = format!("{number:064x}");
		let key_file = self.directory.join(format!("{name}.key"));
		fs::write(&key_file, &key)?;
		let identity = run(Command::new(&self.programs.node)
			.args(["key", "inspect-node-key", "--file"])
			.arg(&key_file))?;
		let identity = String::from_utf8(identity.stdout).context("a node's identity")?;
		let spec = self.spec.display().to_string();
		// Both network back ends, so that each meets the other.
		let backend = if number.is_multiple_of(2) { "libp2p" } else { "litep2p" };
		let listen = format!("/ip4/{}/tcp/{}", peer.ip(), peer.port());
		// Keys are made over RPC, which a node does for this machine alone. Who asks as much as an audit does is let in.
		let trust = match namespace {
			Some(_) => format!("methods=safe,rate-limit-whitelisted-ips={}", namespaces::MANAGEMENT),
			None => "methods=unsafe".into(),
		};
		let endpoint = format!("listen-addr={rpc},retry-random-port=false,{trust}");
		let mut fixed: Vec<String> =
			["--chain", &spec, "--node-key", &key, "--name", name, "--no-mdns", "--no-telemetry"]
				.map(Into::into)
				.into();
		fixed.extend(
			["--no-prometheus", "--network-backend", backend, "--listen-addr", &listen].map(String::from),
		);
		fixed.extend(["--experimental-rpc-endpoint", &endpoint].map(String::from));
		fixed.extend(arguments.iter().map(|argument| (*argument).to_owned()));
		for known in &self.bootnodes {
			fixed.extend(["--bootnodes".into(), known.clone()]);
		}
		self.bootnodes.push(format!("{listen}/p2p/{}", identity.trim()));
		let mut node = Node::new(name, &self.directory, &self.programs.node, format!("ws://{rpc}"), fixed);
		node.place.namespace = namespace;
		self.nodes.push(node);
		self.nodes.last_mut().context("the node that was just added")
	}

	/// Gives a node one more address for RPC, from its next start on, with the limits that a node has by default and
	/// nobody trusted, this machine neither.
	pub fn publish(&mut self, name: &str) -> Result<SocketAddr> {
		let address = self.ports.free_address()?;
		let endpoint = format!("listen-addr={address},{DEFAULT_LIMITS},{TRUSTING_NOBODY}");
		self.node(name)?.add_arguments(["--experimental-rpc-endpoint".into(), endpoint]);
		Ok(address)
	}

	/// Has a node tell its metrics, from its next start on, and returns where.
	pub fn meter(&mut self, name: &str) -> Result<SocketAddr> {
		let address = self.ports.free_address()?;
		let node = self.node(name)?;
		node.forget_argument("--no-prometheus");
		node.add_arguments(["--prometheus-port".into(), address.port().to_string()]);
		Ok(address)
	}

	/// Has all nodes run other code in place of the chain's, from their next start on: in the blocks after this one, as long as
	/// the chain's code is of the same version.
	pub fn substitute(&self, block: u32, code: &[u8]) -> Result<()> {
		let mut spec: Value = serde_json::from_slice(&fs::read(&self.spec)?)?;
		spec["codeSubstitutes"][block.to_string()] = format!("0x{}", hex::encode(code)).into();
		fs::write(&self.spec, serde_json::to_vec(&spec)?)?;
		Ok(())
	}

	/// A node by its name.
	pub fn node(&mut self, name: &str) -> Result<&mut Node> {
		let node = self.nodes.iter_mut().find(|node| node.name == name);
		node.with_context(|| format!("there is no node {name}"))
	}

	/// The addresses of all nodes.
	pub fn urls(&self) -> Vec<String> {
		self.nodes.iter().map(|node| node.url().to_owned()).collect()
	}

	/// Starts every node that is down, and waits until they answer.
	pub async fn start(&mut self) -> Result<()> {
		for node in self.nodes.iter_mut().filter(|node| !node.is_up()) {
			node.start()?;
		}
		for node in &mut self.nodes {
			node.answering().await?;
		}
		Ok(())
	}

	/// Stops every node.
	pub async fn stop(&mut self) -> Result<()> {
		for node in &mut self.nodes {
			node.stop().await?;
		}
		Ok(())
	}

	/// A connection to the node that keeps every state.
	pub async fn chain(&self) -> Result<Chain> {
		let full = self.nodes.iter().find(|node| node.name == FULL).context("there is no full node")?;
		Chain::open(full.url()).await
	}

	/// Where the settlement stands, at a final block.
	pub async fn progress(&self) -> Result<Progress> {
		let chain = self.chain().await?;
		let at = chain.eye.finalized().await?.hash;
		chain.eye.request("royalty_progress", rpc_params![at]).await
	}

	/// How many months are settled in final blocks.
	pub async fn settled(&self, first: heirloom_primitives::Period) -> Result<u32> {
		let settled = self.progress().await?.settled;
		Ok(settled.map_or(0, |settled| (settled.0 + 1).saturating_sub(first.0)))
	}

	/// Waits until every node that is up has one block as final that was made after now, and returns how long that is after
	/// the fault's end.
	///
	/// # Errors
	/// Where it takes longer than [`PATIENCE`], or a node ended meanwhile.
	pub async fn recovered(&mut self, end: Instant) -> Result<Duration> {
		let mut newest = 0;
		for node in self.nodes.iter().filter(|node| node.is_up()) {
			newest = newest.max(node.eye().await?.best().await?.number);
		}
		let target = newest + 1;
		wait::until(&format!("block {target} is final on all nodes"), PATIENCE, async || {
			let mut hashes = Vec::new();
			for node in self.nodes.iter().filter(|node| node.is_up()) {
				let eye = node.eye().await?;
				if eye.finalized().await?.number < target {
					return Ok(None);
				}
				hashes.push(eye.hash(target).await?);
			}
			ensure!(hashes.windows(2).all(|pair| pair[0] == pair[1]), "they have different blocks {target}");
			Ok(Some(()))
		})
		.await?;
		let took = end.elapsed();
		for node in &mut self.nodes {
			node.check()?;
		}
		Ok(took)
	}
}
