//! The node: connections to it, and what it is asked.

pub mod address;
pub mod balance;
pub mod blocks;
pub mod decode;
mod node;
pub mod pages;
pub mod read;

use serde::de::DeserializeOwned;
use std::sync::Arc;
use subxt::{
	OnlineClient, OnlineClientAtBlock, SubstrateConfig,
	backend::LegacyBackend,
	rpcs::{Error as RpcError, RpcClient, client::RpcParams},
	utils::H256,
};

pub use node::Node;

/// Builds the parameters of a request.
pub use subxt::rpcs::rpc_params;

/// The chain's types as subxt wants them: those of any Substrate chain.
pub type Config = SubstrateConfig;

/// The chain at one block.
pub type At = OnlineClientAtBlock<Config>;

/// The id of U in the assets pallet.
pub const U_ID: u32 = 1;

/// Entries of a map that are asked for at once: pages of 256 statements take 10 kB each as text, and a node answers with at
/// most 15 MB.
const KEYS_AT_ONCE: u32 = 512;

/// Why the node did not answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
	/// Nobody answers, or the connection was lost.
	#[error("no node answers at {url}: {reason}")]
	Unreachable {
		/// The address that was asked.
		url: String,
		/// What came of it.
		reason: String,
	},
	/// The node understood, and answered with an error of its own.
	#[error("{message}")]
	Refused {
		/// The node's code.
		code: i32,
		/// What it says, its details included.
		message: String,
	},
	/// What the node answered is not what was asked for.
	#[error("{what} cannot be read: {reason}")]
	Unreadable {
		/// What was asked for.
		what: String,
		/// Why not.
		reason: String,
	},
	/// The node does not keep the state of a block any more.
	#[error(
		"the node does not keep the state of block {0} any more: start it with --state-pruning archive, and a chain that it \
		 pruned before with a new --base-path"
	)]
	Pruned(u64),
	/// The node has fewer blocks than the index.
	#[error("the node does not have block {0} yet")]
	Behind(i64),
}

/// The answer of a node.
pub type Result<Answer> = std::result::Result<Answer, Error>;

impl Error {
	/// An answer that makes no sense.
	pub fn unreadable(what: impl Into<String>, reason: impl ToString) -> Self {
		Self::Unreadable { what: what.into(), reason: reason.to_string() }
	}
}

/// A connection.
pub struct Chain {
	url: String,
	rpc: RpcClient,
	client: OnlineClient<Config>,
}

impl Chain {
	/// Connects to a node's WebSocket address.
	pub async fn connect(url: &str) -> Result<Self> {
		let unreachable = |reason: String| Error::Unreachable { url: url.into(), reason };
		let rpc = RpcClient::from_insecure_url(url).await.map_err(|error| unreachable(innermost(&error)))?;
		let backend = LegacyBackend::<Config>::builder().storage_page_size(KEYS_AT_ONCE).build(rpc.clone());
		let client = OnlineClient::from_backend(Arc::new(backend))
			.await
			.map_err(|error| unreachable(format!("what answers is no node: {error}")))?;
		Ok(Self { url: url.into(), rpc, client })
	}

	/// Asks the node.
	pub async fn request<Answer: DeserializeOwned>(&self, method: &str, params: RpcParams) -> Result<Answer> {
		self.rpc.request(method, params).await.map_err(|error| self.error(method, error))
	}

	fn error(&self, method: &str, error: RpcError) -> Error {
		match error {
			RpcError::User(error) => {
				let detail = error.data.as_ref().map(|data| data.get().trim_matches('"'));
				let message = match detail {
					Some(detail) => format!("{}: {detail}", error.message),
					None => error.message,
				};
				Error::Refused { code: error.code, message }
			}
			RpcError::Deserialization(error) => Error::unreadable(format!("the answer of {method}"), error),
			other => Error::Unreachable { url: self.url.clone(), reason: innermost(&other) },
		}
	}

	/// The hash of the chain's first block.
	pub fn genesis(&self) -> H256 {
		self.client.genesis_hash()
	}

	/// The chain at a block whose number and hash are known.
	pub async fn at(&self, hash: H256, number: u64) -> Result<At> {
		self.client
			.at_block_hash_and_number(hash, number)
			.await
			.map_err(|error| self.state_error(number, &error))
	}

	/// The chain at its last final block.
	pub async fn finalized(&self) -> Result<At> {
		self.client.at_current_block().await.map_err(|error| self.state_error(0, &error))
	}

	/// Tells a connection that was lost from a state that was pruned.
	pub fn state_error(&self, number: u64, error: &(dyn std::error::Error + 'static)) -> Error {
		let mut text = error.to_string();
		let mut inner = error;
		while let Some(source) = inner.source() {
			text.push_str(": ");
			text.push_str(&source.to_string());
			inner = source;
		}
		if text.contains("State already discarded") || text.contains("UnknownBlock") {
			return Error::Pruned(number);
		}
		let lost = ["RestartNeeded", "restart", "connection", "closed", "Connection", "timeout"];
		if lost.iter().any(|sign| text.contains(sign)) {
			return Error::Unreachable { url: self.url.clone(), reason: text };
		}
		Error::unreadable(format!("block {number}"), text)
	}
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
