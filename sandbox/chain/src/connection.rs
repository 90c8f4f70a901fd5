//! The connection to a node.

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, de::DeserializeOwned};
use std::sync::Arc;
use subxt::{
	OnlineClient, OnlineClientAtBlock, SubstrateConfig,
	backend::LegacyBackend,
	rpcs::{Error as RpcError, RpcClient, client::RpcParams, rpc_params},
	utils::H256,
};

/// The chain's types as subxt wants them: those of any Substrate chain.
pub type Config = SubstrateConfig;
/// The chain at one block.
pub type At = OnlineClientAtBlock<Config>;

/// A node that answers.
#[derive(Clone)]
pub struct Chain {
	rpc: RpcClient,
	client: OnlineClient<Config>,
	genesis: H256,
}

#[derive(Deserialize)]
struct Header {
	number: String,
}

impl Chain {
	/// Connects to a node's WebSocket address.
	///
	/// # Errors
	/// No node answers there.
	pub async fn connect(url: &str) -> Result<Self> {
		let rpc = match RpcClient::from_insecure_url(url).await {
			Ok(rpc) => rpc,
			Err(error) => bail!("no node answers at {url}: {}", innermost(&error)),
		};
		let backend = LegacyBackend::<Config>::builder().build(rpc.clone());
		let client = OnlineClient::from_backend(Arc::new(backend))
			.await
			.with_context(|| format!("what answers at {url} is no node"))?;
		// Asked for, since before its first block subxt's own answer is that of no block.
		let genesis: Option<H256> = request(&rpc, "chain_getBlockHash", rpc_params![0]).await?;
		let genesis = genesis.with_context(|| format!("the node at {url} does not know its genesis"))?;
		Ok(Self { rpc, client, genesis })
	}

	/// Asks the node.
	///
	/// # Errors
	/// What the node says, or that it does not answer.
	pub async fn request<Answer: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Result<Answer> {
		request(&self.rpc, method, params).await
	}

	/// Whether nothing on the chain is worth anything, so that keys which everybody has may sign.
	///
	/// # Errors
	/// The node does not answer.
	pub async fn is_for_development(&self) -> Result<bool> {
		let kind: serde_json::Value = self.request("system_chainType", rpc_params![]).await?;
		Ok(kind == "Development" || kind == "Local")
	}

	/// The hash of the chain's genesis block.
	pub fn genesis(&self) -> H256 {
		self.genesis
	}

	/// The chain at its last final block.
	///
	/// # Errors
	/// The node does not answer.
	pub async fn finalized(&self) -> Result<At> {
		let hash = self.finalized_hash().await?;
		self.at(hash).await
	}

	/// The hash of the last final block.
	///
	/// # Errors
	/// The node does not answer.
	pub async fn finalized_hash(&self) -> Result<H256> {
		self.request("chain_getFinalizedHead", rpc_params![]).await
	}

	/// The number of the last final block.
	///
	/// # Errors
	/// The node does not answer.
	pub async fn finalized_number(&self) -> Result<u32> {
		let hash = self.finalized_hash().await?;
		let header: Option<Header> = self.request("chain_getHeader", rpc_params![hash]).await?;
		let header = header.ok_or_else(|| anyhow!("the node does not know its final block"))?;
		u32::from_str_radix(header.number.trim_start_matches("0x"), 16).context("a block number")
	}

	/// The chain at a block.
	///
	/// # Errors
	/// The node does not know it, or does not answer.
	pub async fn at(&self, hash: H256) -> Result<At> {
		self.client.at_block(hash).await.with_context(|| format!("the state of block {hash} cannot be read"))
	}

	/// The hash of a block by its number.
	///
	/// # Errors
	/// The node has no such block, or does not answer.
	pub async fn block_hash(&self, number: u32) -> Result<H256> {
		let hash: Option<H256> = self.request("chain_getBlockHash", rpc_params![number]).await?;
		hash.ok_or_else(|| anyhow!("the node has no block {number}"))
	}
}

async fn request<Answer: DeserializeOwned>(
	rpc: &RpcClient,
	method: &str,
	params: RpcParams,
) -> Result<Answer> {
	rpc.request(method, params).await.map_err(|error| match error {
		RpcError::User(error) => {
			let detail = error.data.as_ref().map(|data| data.get().trim_matches('"'));
			match detail {
				Some(detail) => anyhow!("{}: {detail}", error.message),
				None => anyhow!("{}", error.message),
			}
		}
		other => anyhow!("{method}: {}", innermost(&other)),
	})
}

/// What an error comes down to, without what each layer says around it.
fn innermost(error: &RpcError) -> String {
	let RpcError::Client(inner) = error else { return error.to_string() };
	if let Some(error) = inner.downcast_ref::<RpcError>() {
		return innermost(error);
	}
	let mut innermost: &dyn std::error::Error = inner.as_ref();
	while let Some(source) = innermost.source() {
		innermost = source;
	}
	innermost.to_string()
}
