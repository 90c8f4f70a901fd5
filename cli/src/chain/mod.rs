//! The connection to a node.

pub mod accounts;
pub mod calls;
pub mod clock;
pub mod council;
pub mod follow;
pub mod month;
pub mod read;
pub mod sandbox;
pub mod submit;

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde::de::DeserializeOwned;
use std::{fmt, sync::Arc};
use subxt::{
	OnlineClient, OnlineClientAtBlock, SubstrateConfig,
	backend::LegacyBackend,
	rpcs::{Error as RpcError, RpcClient, client::RpcParams},
	utils::H256,
};

/// Builds the parameters of an RPC request.
pub use subxt::rpcs::rpc_params;
/// An account; displayed in SS58.
pub use subxt::utils::AccountId32 as AccountId;

/// The chain's types as subxt wants them: those of any Substrate chain, with assets numbered in 32 bits.
pub type Config = SubstrateConfig;
/// The chain at one block.
pub type At = OnlineClientAtBlock<Config>;

/// The id of U in the assets pallet.
pub const U_ID: u32 = 1;

/// Entries of a map that are asked for at once. Pages of 256 statements take 10 kB each as text, and a node answers with
/// at most 15 MB.
const KEYS_AT_ONCE: u32 = 512;

/// A node that answers.
pub struct Chain {
	rpc: RpcClient,
	client: OnlineClient<Config>,
	methods: Vec<String>,
}

impl Chain {
	/// Connects to a node's WebSocket address.
	pub async fn connect(url: &str) -> Result<Self> {
		ensure!(is_websocket(url), "{url:?} is not a WebSocket address such as ws://127.0.0.1:9944");
		let rpc = match RpcClient::from_insecure_url(url).await {
			Ok(rpc) => rpc,
			Err(error) => bail!("no node answers at {url}: {}", innermost(&error)),
		};
		let backend = LegacyBackend::<Config>::builder().storage_page_size(KEYS_AT_ONCE).build(rpc.clone());
		let client = OnlineClient::from_backend(Arc::new(backend))
			.await
			.with_context(|| format!("what answers at {url} is not a node"))?;
		#[derive(serde::Deserialize)]
		struct Methods {
			methods: Vec<String>,
		}
		let Methods { methods } = request(&rpc, "rpc_methods", rpc_params![]).await?;
		Ok(Self { rpc, client, methods })
	}

	/// Asks the node.
	pub async fn request<Answer: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Result<Answer> {
		request(&self.rpc, method, params).await
	}

	/// Whether the node has an RPC method.
	pub fn has(&self, method: &str) -> bool {
		self.methods.iter().any(|known| known == method)
	}

	/// Whether nothing on the chain is worth anything, so that keys which everybody has may sign.
	pub async fn is_for_development(&self) -> Result<bool> {
		let kind: serde_json::Value = self.request("system_chainType", rpc_params![]).await?;
		Ok(kind == "Development" || kind == "Local")
	}

	/// The hash of the chain's genesis block.
	pub fn genesis(&self) -> H256 {
		self.client.genesis_hash()
	}

	/// The chain at its last final block.
	pub async fn finalized(&self) -> Result<At> {
		self.client
			.at_current_block()
			.await
			.context("the node does not say which block is its last final one")
	}

	/// The chain at a block.
	pub async fn at(&self, hash: H256) -> Result<At> {
		self.client.at_block(hash).await.with_context(|| format!("the state of block {hash} cannot be read"))
	}

	/// The hash of a block by its number.
	pub async fn block_hash(&self, number: u32) -> Result<H256> {
		let hash: Option<H256> = self.request("chain_getBlockHash", rpc_params![number]).await?;
		hash.ok_or_else(|| anyhow!("the node has no block {number}"))
	}
}

/// Whether an address has the scheme of one. All else of it is told by whoever connects.
fn is_websocket(url: &str) -> bool {
	let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
	matches!(scheme.as_deref(), Some("ws" | "wss"))
}

/// What a node says instead of an answer.
#[derive(Debug)]
pub struct Refusal {
	code: i32,
	text: String,
}

impl Refusal {
	/// The refusal that an error comes from.
	pub fn of(error: &anyhow::Error) -> Option<&Self> {
		error.downcast_ref()
	}

	/// Whether the node has no such method, or not for this caller.
	pub fn is_of_method(&self) -> bool {
		self.code == -32_601
	}

	/// Whether the node's pool dropped this transaction, and takes it no more for half an hour.
	pub fn is_of_banned(&self) -> bool {
		self.code == 1_012
	}

	/// Whether the signer has too little of the money that the transaction's fee is paid in.
	pub fn is_of_fee(&self) -> bool {
		self.code == 1_010 && self.text.contains("Inability to pay some fees")
	}

	/// Whether there is no such asset.
	pub fn is_of_unknown_asset(&self) -> bool {
		self.code == 9_001
	}
}

impl fmt::Display for Refusal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.text)
	}
}

impl std::error::Error for Refusal {}

async fn request<Answer: DeserializeOwned>(
	rpc: &RpcClient,
	method: &str,
	params: RpcParams,
) -> Result<Answer> {
	rpc.request(method, params).await.map_err(|error| match error {
		RpcError::User(error) => {
			let detail = error.data.as_ref().map(|data| data.get().trim_matches('"'));
			let text = match detail {
				Some(detail) => format!("{}: {detail}", error.message),
				None => error.message,
			};
			Refusal { code: error.code, text }.into()
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
