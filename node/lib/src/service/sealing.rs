//! Makes the blocks of a development chain, one at a time, when the timer or somebody asks.

use super::{FullClient, Hash, Parts, Pool, SelectChain};
use crate::clock::{self, Clock, InThePast};
use futures::channel::oneshot::channel as result_channel;
use heirloom_primitives::Moment;
use heirloom_runtime::opaque::Block;
use jsonrpsee::core::async_trait;
use sc_basic_authorship::ProposerFactory;
use sc_consensus_manual_seal::{
	CreatedBlock, SealBlockParams, consensus::aura::AuraConsensusDataProvider, seal_block,
};
use serde::{Deserialize, Serialize};
use sp_blockchain::HeaderBackend;
use sp_consensus_aura::{Slot, sr25519::AuthoritySignature};
use sp_inherents::CreateInherentDataProviders;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;
use tokio::{
	sync::{mpsc, oneshot},
	time::{Interval, MissedTickBehavior},
};

/// Requests that wait; one more makes its sender wait.
const QUEUE: usize = 16;

/// A block of a development chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedBlock {
	/// Its height.
	pub number: u32,
	/// Its hash.
	pub hash: Hash,
	/// Its time in milliseconds since the Unix epoch.
	pub millis: Moment,
	/// Its time in RFC 3339, UTC.
	pub date: String,
}

/// Why no block was made.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
	/// The chain is past the time that was asked for.
	#[error("the time is before the next block's, {}", clock::date(.0.earliest))]
	InThePast(InThePast),
	/// The block could not be built or imported.
	#[error("no block was made: {0}")]
	Failed(String),
	/// The node is ending.
	#[error("the node is stopping")]
	Stopping,
}

struct Request {
	time: Option<Moment>,
	reply: oneshot::Sender<Result<SealedBlock, SealError>>,
}

/// Asks the engine for blocks.
#[derive(Clone, Debug)]
pub struct Sealer(mpsc::Sender<Request>);

impl Sealer {
	/// Has a block made at once, in the next slot or at the given time, and waits for it.
	pub async fn seal(&self, time: Option<Moment>) -> Result<SealedBlock, SealError> {
		let (reply, result) = oneshot::channel();
		self.0.send(Request { time, reply }).await.map_err(|_| SealError::Stopping)?;
		result.await.map_err(|_| SealError::Stopping)?
	}
}

/// Owns what it takes to make a block.
pub struct Engine {
	client: Arc<FullClient>,
	pool: Arc<Pool>,
	select_chain: SelectChain,
	proposers: ProposerFactory<Pool, FullClient>,
	digests: AuraConsensusDataProvider<Block>,
	clock: Clock,
	requests: mpsc::Receiver<Request>,
}

impl Engine {
	/// The engine and who asks it.
	pub fn new(parts: &Parts, clock: Clock, registry: Option<&Registry>) -> (Self, Sealer) {
		let (sender, requests) = mpsc::channel(QUEUE);
		let proposers = ProposerFactory::new(
			parts.task_manager.spawn_handle(),
			parts.client.clone(),
			parts.pool.clone(),
			registry,
			parts.telemetry_handle(),
		);
		let engine = Self {
			client: parts.client.clone(),
			pool: parts.pool.clone(),
			select_chain: parts.select_chain.clone(),
			proposers,
			digests: AuraConsensusDataProvider::new_with_slot_duration(clock.slot_duration()),
			clock,
			requests,
		};
		(engine, Sealer(sender))
	}

	/// Makes blocks until nobody can ask any more: on request, and every `interval` where there is one.
	pub async fn run(mut self, interval: Option<Duration>) {
		let mut timer = interval.map(|interval| {
			let mut timer = tokio::time::interval(interval);
			timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
			timer
		});
		loop {
			tokio::select! {
				request = self.requests.recv() => {
					let Some(Request { time, reply }) = request else { return };
					if reply.send(self.seal(time).await).is_err() {
						log::debug!("a block was made for somebody who has left");
					}
				},
				() = tick(&mut timer) => {
					if let Err(error) = self.seal(None).await {
						log::error!("{error}");
					}
				},
			}
		}
	}

	/// Makes a block on the best one and marks it final.
	async fn seal(&mut self, time: Option<Moment>) -> Result<SealedBlock, SealError> {
		let last = last_slot(&self.client)?;
		let slot = match time {
			Some(time) => self.clock.at(last, time).map_err(SealError::InThePast)?,
			None => self.clock.next(last),
		};
		let millis = self.clock.time_of(slot);
		let (sender, result) = result_channel();
		seal_block(SealBlockParams {
			create_empty: true,
			finalize: true,
			parent_hash: Some(self.client.info().best_hash),
			sender: Some(sender),
			pool: self.pool.clone(),
			client: self.client.clone(),
			env: &mut self.proposers,
			select_chain: &self.select_chain,
			consensus_data_provider: Some(&self.digests),
			block_import: &mut self.client.clone(),
			create_inherent_data_providers: &Timestamp(millis),
		})
		.await;
		let CreatedBlock { hash, .. } = result
			.await
			.map_err(|_| SealError::Stopping)?
			.map_err(|error| SealError::Failed(error.to_string()))?;
		let number =
			self.client.number(hash)?.ok_or_else(|| SealError::Failed(format!("{hash} was lost")))?;
		Ok(SealedBlock { number, hash, millis, date: clock::date(millis) })
	}
}

/// The time of the block being made. (A closure would do, but the engine's future would not be `Send`.)
struct Timestamp(Moment);

#[async_trait]
impl CreateInherentDataProviders<Block, ()> for Timestamp {
	type InherentDataProviders = sp_timestamp::InherentDataProvider;

	async fn create_inherent_data_providers(
		&self,
		_parent: Hash,
		(): (),
	) -> Result<Self::InherentDataProviders, Box<dyn std::error::Error + Send + Sync>> {
		Ok(sp_timestamp::InherentDataProvider::new(self.0.into()))
	}
}

impl From<sp_blockchain::Error> for SealError {
	fn from(error: sp_blockchain::Error) -> Self {
		Self::Failed(error.to_string())
	}
}

/// The slot of the best block; none for the genesis block.
pub fn last_slot(client: &FullClient) -> Result<Option<Slot>, SealError> {
	let best = client.info();
	if best.best_number == 0 {
		return Ok(None);
	}
	let header = client.header(best.best_hash)?.ok_or_else(|| SealError::Failed("no best block".into()))?;
	sc_consensus_aura::find_pre_digest::<Block, AuthoritySignature>(&header)
		.map(Some)
		.map_err(|error| SealError::Failed(error.to_string()))
}

/// Waits for the timer; forever where there is none.
async fn tick(timer: &mut Option<Interval>) {
	match timer {
		Some(timer) => _ = timer.tick().await,
		None => std::future::pending().await,
	}
}
