//! What is read of a node, and said to one.

pub mod books;
pub mod calls;
pub mod council;
pub mod held;
pub mod keys;
pub mod motions;
pub mod read;

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, de::DeserializeOwned};
use std::sync::Arc;
use subxt::{
	OnlineClient, OnlineClientAtBlock, SubstrateConfig,
	backend::LegacyBackend,
	rpcs::{RpcClient, client::RpcParams},
	utils::H256,
};

/// Builds the parameters of an RPC request.
pub use subxt::rpcs::rpc_params;
/// An account; displayed in SS58.
pub use subxt::utils::AccountId32 as AccountId;

/// The chain's types as subxt wants them.
pub type Config = SubstrateConfig;
/// The chain at one block.
pub type At = OnlineClientAtBlock<Config>;

/// A connection to a node, of which no more is asked than it takes to see its blocks.
#[derive(Clone)]
pub struct Eye {
	rpc: RpcClient,
}

/// A block as its header tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
	/// Its number.
	pub number: u32,
	/// Its hash.
	pub hash: H256,
	/// Root of the state after it.
	pub state_root: H256,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Header {
	number: String,
	state_root: H256,
}

impl Eye {
	/// Connects to a node's WebSocket address.
	pub async fn open(url: &str) -> Result<Self> {
		let rpc =
			RpcClient::from_insecure_url(url).await.with_context(|| format!("no node answers at {url}"))?;
		Ok(Self { rpc })
	}

	/// Asks the node.
	pub async fn request<Answer: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Result<Answer> {
		self.rpc.request(method, params).await.with_context(|| method.to_owned())
	}

	/// Its last final block.
	pub async fn finalized(&self) -> Result<Head> {
		let hash: H256 = self.request("chain_getFinalizedHead", rpc_params![]).await?;
		self.head(hash).await
	}

	/// The block that it would build on.
	pub async fn best(&self) -> Result<Head> {
		let hash: Option<H256> = self.request("chain_getBlockHash", rpc_params![]).await?;
		self.head(hash.context("the node has no block")?).await
	}

	/// A block of its chain by number.
	pub async fn block(&self, number: u32) -> Result<Head> {
		let hash = self.hash(number).await?.ok_or_else(|| anyhow!("the node has no block {number}"))?;
		self.head(hash).await
	}

	/// The hash of a block of its chain; none where it has no such block.
	pub async fn hash(&self, number: u32) -> Result<Option<H256>> {
		self.request("chain_getBlockHash", rpc_params![number]).await
	}

	async fn head(&self, hash: H256) -> Result<Head> {
		let header: Option<Header> = self.request("chain_getHeader", rpc_params![hash]).await?;
		let Header { number, state_root } = header.ok_or_else(|| anyhow!("the node has no block {hash}"))?;
		let number = u32::from_str_radix(number.trim_start_matches("0x"), 16).context("a block number")?;
		Ok(Head { number, hash, state_root })
	}
}

/// A connection with the chain's metadata, for reading state and signing.
#[derive(Clone)]
pub struct Chain {
	/// The same node, asked plainly.
	pub eye: Eye,
	online: OnlineClient<Config>,
}

impl Chain {
	/// Connects to a node's WebSocket address.
	pub async fn open(url: &str) -> Result<Self> {
		let eye = Eye::open(url).await?;
		let backend = LegacyBackend::<Config>::builder().build(eye.rpc.clone());
		let online = OnlineClient::from_backend(Arc::new(backend))
			.await
			.with_context(|| format!("what answers at {url} is no node"))?;
		Ok(Self { eye, online })
	}

	/// The chain at a block.
	pub async fn at(&self, hash: H256) -> Result<At> {
		self.online.at_block(hash).await.with_context(|| format!("the state of block {hash} cannot be read"))
	}
}
