//! The JSON-RPC methods: the standard ones of a Substrate node, and Heirloom's own over its runtime APIs.
//!
//! Heirloom's reading methods take a last, optional parameter `at`, the hash of a block, and read the best block's
//! state without it, like the standard `state_*` methods. Amounts are micro-U as decimal text.

mod clock;
mod error;
mod estimates;
mod lineage;
mod royalty;
mod sandbox;

use error::Error;

use crate::{
	clock::Clock,
	service::{FullBackend, FullClient, Hash, Pool, sealing::Sealer},
};
use heirloom_primitives::{
	AssetId, Period,
	api::{LineageApi, RoyaltyApi},
};
use heirloom_runtime::{AccountId, Nonce, opaque::Block};
use jsonrpsee::{RpcModule, core::RegisterMethodError};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use serde::{Deserialize, Serialize};
use sp_api::{ApiError, ApiRef, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use std::{fmt, sync::Arc};

/// Items of a page where a caller does not say how many.
const DEFAULT_LIMIT: u32 = 100;

type Module = RpcModule<()>;

/// What GRANDPA's methods read.
pub struct Votes {
	/// The authorities.
	pub authorities: SharedAuthoritySet<Hash, u32>,
	/// The rounds.
	pub state: SharedVoterState,
	/// Justifications as they are made.
	pub justifications: GrandpaJustificationStream<Block>,
	/// Proofs of finality.
	pub proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// The methods of a chain that many nodes run.
pub fn full(
	client: Arc<FullClient>,
	pool: Arc<Pool>,
	executor: SubscriptionTaskExecutor,
	votes: &Votes,
) -> Result<Module, RegisterMethodError> {
	let mut module = every_chain(client, pool)?;
	module.merge(
		Grandpa::new(
			executor,
			votes.authorities.clone(),
			votes.state.clone(),
			votes.justifications.clone(),
			votes.proofs.clone(),
		)
		.into_rpc(),
	)?;
	Ok(module)
}

/// The methods of a development chain.
pub fn development(
	client: Arc<FullClient>,
	pool: Arc<Pool>,
	clock: Clock,
	sealer: Sealer,
) -> Result<Module, RegisterMethodError> {
	use clock::ClockApiServer;
	let mut module = every_chain(client.clone(), pool)?;
	module.merge(clock::ClockRpc::new(client, clock, sealer).into_rpc())?;
	Ok(module)
}

fn every_chain(client: Arc<FullClient>, pool: Arc<Pool>) -> Result<Module, RegisterMethodError> {
	use lineage::LineageApiServer;
	use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
	use royalty::RoyaltyApiServer;
	use sandbox::SandboxApiServer;
	use substrate_frame_rpc_system::{System, SystemApiServer};

	let reader = Reader(client.clone());
	let mut module = RpcModule::new(());
	module.merge(SystemApiServer::<_, AccountId, Nonce>::into_rpc(System::new(client.clone(), pool)))?;
	module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	module.merge(lineage::LineageRpc(reader.clone()).into_rpc())?;
	let estimates = estimates::Estimates::new(client.clone());
	module.merge(royalty::RoyaltyRpc { reader: reader.clone(), estimates }.into_rpc())?;
	module.merge(sandbox::SandboxRpc(reader).into_rpc())?;
	Ok(module)
}

/// An asset as callers name it: by its number, or by its handle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "an asset's number or its handle")]
pub enum AssetRef {
	/// Its number. Wider than an [`AssetId`], so that one too great is an unknown asset and not a malformed request.
	Id(u64),
	/// Its handle.
	Handle(String),
}

impl fmt::Display for AssetRef {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Id(id) => write!(f, "{id}"),
			Self::Handle(handle) => write!(f, "`{handle}`"),
		}
	}
}

/// Reads the chain through its runtime APIs.
#[derive(Clone)]
struct Reader(Arc<FullClient>);

impl Reader {
	/// The runtime at the block that was asked for, or at the best one.
	fn at(&self, block: Option<Hash>) -> Result<View<'_>, Error> {
		let block = match block {
			Some(hash) => {
				self.number(hash)?;
				hash
			}
			None => self.0.info().best_hash,
		};
		Ok(View { api: self.0.runtime_api(), block })
	}

	/// The runtime at the block that reported a period, whose genealogy is the one that the period was settled by; at the best
	/// block where the period is not reported, or the node keeps that block's state no more.
	fn at_report(&self, period: Period) -> Result<View<'_>, Error> {
		let now = self.at(None)?;
		let report = now.read(|api, at| RoyaltyApi::<_, AccountId>::period(api, at, period))?;
		let block = report.and_then(|report| self.0.hash(report.reported_in).ok().flatten());
		// Of another block another instance is asked: one keeps what it read of its own.
		Ok(match block.filter(|block| self.0.state_at(*block).is_ok()) {
			Some(block) => View { api: self.0.runtime_api(), block },
			None => now,
		})
	}

	/// The height of a block.
	fn number(&self, block: Hash) -> Result<u32, Error> {
		self.0.number(block).ok().flatten().ok_or(Error::UnknownBlock(block))
	}
}

/// The runtime at one block.
struct View<'a> {
	api: ApiRef<'a, <FullClient as ProvideRuntimeApi<Block>>::Api>,
	block: Hash,
}

impl View<'_> {
	/// Asks the runtime, whose failures are errors of [`Code::Runtime`].
	fn read<T>(
		&self,
		question: impl FnOnce(&<FullClient as ProvideRuntimeApi<Block>>::Api, Hash) -> Result<T, ApiError>,
	) -> Result<T, Error> {
		question(&self.api, self.block).map_err(|error| Error::of_api(self.block, error))
	}

	/// The number of an asset that exists. Of all that is known of one, its receipts are the least to ask for.
	fn resolve(&self, asset: AssetRef) -> Result<AssetId, Error> {
		let found = match &asset {
			AssetRef::Handle(handle) => self
				.read(|api, at| LineageApi::<_, AccountId>::asset_id(api, at, handle.clone().into_bytes()))?,
			AssetRef::Id(id) => match AssetId::try_from(*id) {
				Ok(id) => {
					let head = self.read(|api, at| LineageApi::<_, AccountId>::receipts(api, at, id))?;
					head.map(|_| id)
				}
				Err(_) => None,
			},
		};
		found.ok_or(Error::UnknownAsset(asset))
	}
}

#[cfg(test)]
mod tests;
