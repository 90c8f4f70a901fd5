//! The parts of a node that make and take in blocks, as the node itself puts them together: ParityDB, the wasm
//! executor, the client.

use crate::{calendar, state::Copy};
use anyhow::{Context, Result, bail, ensure};
use codec::{Decode, Encode};
use heirloom_runtime::{
	Runtime, RuntimeCall, UncheckedExtrinsic,
	apis::RuntimeApi,
	opaque::{Block, UncheckedExtrinsic as Extrinsic},
};
use sc_block_builder::{BlockBuilderBuilder, BuiltBlock};
use sc_client_api::StorageProvider;
use sc_client_db::{BlocksPruning, DatabaseSettings, DatabaseSource, PruningMode};
use sc_consensus::{
	BlockImport, BlockImportParams, ForkChoiceStrategy, ImportResult, StateAction, StorageChanges,
};
use sc_executor::{DEFAULT_HEAP_ALLOC_PAGES, HeapAllocStrategy, WasmExecutor};
use sc_service::{GenesisBlockBuilder, TaskManager};
use sp_blockchain::{ApplyExtrinsicFailed, Error as ClientError, HeaderBackend};
use sp_consensus::BlockOrigin;
use sp_consensus_aura::{AURA_ENGINE_ID, Slot};
use sp_core::{
	H256,
	storage::{Storage, StorageKey},
};
use sp_runtime::{Digest, DigestItem, traits::Block as _};
use std::{
	path::Path,
	sync::Arc,
	thread,
	time::{Duration, Instant},
};

/// Executes the runtime, as wasm only.
pub type Executor = WasmExecutor<sp_io::SubstrateHostFunctions>;
/// The database behind a client.
pub type FullBackend = sc_service::TFullBackend<Block>;
type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;

/// What the node's command line defaults to: bytes of trie nodes and values kept in memory.
const TRIE_CACHE: usize = 1 << 30;
/// The same: blocks whose state is kept.
const STATES: u32 = 256;
/// The same: runtime instances that are kept, and runtimes that are kept compiled.
const INSTANCES: (usize, u8) = (8, 2);
/// Half of the heap that a node gives the runtime unless it is told otherwise, in wasm pages: what settles a month in
/// half of it has as much again to spare. A block that does not fit is not built, and the run ends.
const HEAP: u32 = DEFAULT_HEAP_ALLOC_PAGES / 2;
/// The same in bytes: a page of wasm has 64 KiB.
pub const HEAP_BYTES: u64 = HEAP as u64 * 64 * 1024;

/// Opens a database, or makes a new one.
pub fn open_database(directory: &Path) -> Result<Arc<FullBackend>> {
	let settings = DatabaseSettings {
		trie_cache_maximum_size: Some(TRIE_CACHE),
		state_pruning: Some(PruningMode::blocks_pruning(STATES)),
		source: DatabaseSource::ParityDb { path: directory.into() },
		blocks_pruning: BlocksPruning::KeepFinalized,
		pruning_filters: Vec::new(),
		metrics_registry: None,
	};
	sc_service::new_db_backend(settings).with_context(|| format!("{}", directory.display()))
}

/// The executor of all clients, so that the runtime is compiled once.
pub fn executor() -> Executor {
	let (instances, runtimes) = INSTANCES;
	let heap = HeapAllocStrategy::Static { extra_pages: HEAP };
	Executor::builder()
		.with_onchain_heap_alloc_strategy(heap)
		.with_offchain_heap_alloc_strategy(heap)
		.with_max_runtime_instances(instances)
		.with_runtime_cache_size(runtimes)
		.build()
}

/// A block that was built and is not imported yet.
pub struct Built {
	built: BuiltBlock<Block>,
	/// How many of the offered transactions are in it.
	pub included: usize,
	/// Whether it could not take the next one.
	pub full: bool,
}

/// A client over a copy of a state.
pub struct Node {
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	copy: Copy,
}

/// How long a client's tasks may hold its database after the client is gone.
const FAREWELL: Duration = Duration::from_secs(30);

impl Node {
	/// Opens a copy of a state.
	pub fn open(copy: Copy, executor: Executor, tasks: &TaskManager) -> Result<Self> {
		let backend = open_database(&copy.path())?;
		// The database has its genesis: this one is not looked at.
		let none = Storage::default();
		let genesis = GenesisBlockBuilder::new(&none, false, backend.clone(), executor.clone())?;
		let client = sc_service::client::new_with_backend(
			backend.clone(),
			executor,
			genesis,
			Box::new(tasks.spawn_handle()),
			None,
			None,
			Default::default(),
		)?;
		Ok(Self { client: Arc::new(client), backend, copy })
	}

	/// Closes the database, and hands out the copy: who lets go of it removes it.
	pub fn close(self) -> Result<Copy> {
		let Self { client, backend, copy } = self;
		drop(client);
		let begun = Instant::now();
		while Arc::strong_count(&backend) > 1 {
			ensure!(begun.elapsed() < FAREWELL, "{} is still in use", copy.path().display());
			thread::sleep(Duration::from_millis(10));
		}
		drop(backend);
		Ok(copy)
	}

	fn best(&self) -> H256 {
		self.client.info().best_hash
	}

	/// A value in the state of the best block.
	pub fn read<V: Decode>(&self, key: impl AsRef<[u8]>) -> Result<Option<V>> {
		let stored = self.client.storage(self.best(), &StorageKey(key.as_ref().to_vec()))?;
		stored
			.map(|value| V::decode(&mut &value.0[..]).context("a stored value is of another type"))
			.transpose()
	}

	/// Builds a block in a slot, with as many of these transactions as it takes.
	pub fn build<'a>(&self, slot: u64, offered: impl Iterator<Item = &'a Extrinsic>) -> Result<Built> {
		let digest = Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(slot).encode())] };
		let mut builder = BlockBuilderBuilder::new(&*self.client)
			.on_parent_block(self.best())
			.fetch_parent_block_number(&*self.client)?
			.with_inherent_digests(digest)
			.build()?;
		let now = pallet_timestamp::Call::<Runtime>::set { now: calendar::time(slot) };
		builder.push(UncheckedExtrinsic::new_bare(RuntimeCall::Timestamp(now)).into())?;
		let (mut included, mut full) = (0, false);
		for transaction in offered {
			match builder.push(transaction.clone()) {
				Ok(()) => included += 1,
				Err(ClientError::ApplyExtrinsicFailed(ApplyExtrinsicFailed::Validity(error)))
					if error.exhausted_resources() =>
				{
					full = true;
					break;
				}
				Err(error) => bail!("a transaction is not valid: {error}"),
			}
		}
		Ok(Built { built: builder.build()?, included, full })
	}

	/// Imports a block as any node does that has not built it: executes it, compares the state's root, commits.
	pub fn import(&self, block: &Built) -> Result<()> {
		self.take(block.built.block.clone(), StateAction::Execute)
	}

	/// Imports a block that was built on this node: its changes are known.
	pub fn import_own(&self, block: Built) -> Result<()> {
		let (block, changes) = block.built.into_inner();
		self.take(block, StateAction::ApplyChanges(StorageChanges::Changes(changes)))
	}

	/// Takes a block in and marks it final, which writes its state to the database's own column.
	fn take(&self, block: Block, action: StateAction<Block>) -> Result<()> {
		let (header, body) = block.deconstruct();
		let hash = header.hash();
		let mut params = BlockImportParams::new(BlockOrigin::NetworkBroadcast, header);
		params.body = Some(body);
		params.state_action = action;
		params.fork_choice = Some(ForkChoiceStrategy::LongestChain);
		params.finalized = true;
		let result = futures::executor::block_on((*self.client).import_block(params))?;
		ensure!(matches!(result, ImportResult::Imported(_)), "block {hash} was not imported: {result:?}");
		Ok(())
	}
}
