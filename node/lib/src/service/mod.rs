//! Puts the node together: what every chain's service has in common, and the choice between them.

mod consensus;
pub mod dev;
pub mod full;
pub mod sealing;

use crate::{
	chain_spec,
	cli::DevelopmentParams,
	metrics::{self, SettlementMetrics},
};
use heirloom_runtime::{apis::RuntimeApi, opaque::Block};
use sc_executor::{DEFAULT_HEAP_ALLOC_STRATEGY, HeapAllocStrategy, WasmExecutor};
use sc_network::config::NetworkBackendType;
use sc_service::{Configuration, Error, KeystoreContainer, TaskManager, error::Result};
use sc_telemetry::{Telemetry, TelemetryHandle, TelemetryWorker};
use sp_blockchain::Error as ClientError;
use std::sync::Arc;

/// A block's hash.
pub type Hash = <Block as sp_runtime::traits::Block>::Hash;
/// Executes the runtime, as wasm only.
type Executor = WasmExecutor<sp_io::SubstrateHostFunctions>;
/// The client of Heirloom's runtime.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;
/// The database behind it.
pub type FullBackend = sc_service::TFullBackend<Block>;
/// The rule by which the best chain is chosen.
pub type SelectChain = sc_consensus::LongestChain<FullBackend, Block>;
/// The transaction pool, of the type that the command line chooses.
pub type Pool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;

/// Parity DB says this when another process holds the database's lock.
const DATABASE_IN_USE: &str = "Database file is in use";

/// What every service is built on.
pub struct Parts {
	/// Reads and imports blocks.
	pub client: Arc<FullClient>,
	/// The database.
	pub backend: Arc<FullBackend>,
	/// Runs and ends the node's tasks.
	pub task_manager: TaskManager,
	/// The node's keys.
	pub keystore: KeystoreContainer,
	/// Chooses the best chain.
	pub select_chain: SelectChain,
	/// Transactions that wait for a block.
	pub pool: Arc<Pool>,
	/// Telemetry, where it is on.
	pub telemetry: Option<Telemetry>,
}

impl Parts {
	/// Opens the database, writing the genesis block into an empty one, and starts what needs nothing but it.
	pub fn new(config: &Configuration) -> Result<Self> {
		let telemetry = config
			.telemetry_endpoints
			.clone()
			.filter(|endpoints| !endpoints.is_empty())
			.map(|endpoints| -> sc_telemetry::Result<_> {
				let worker = TelemetryWorker::new(16)?;
				let telemetry = worker.handle().new_telemetry(endpoints);
				Ok((worker, telemetry))
			})
			.transpose()?;

		let (client, backend, keystore, task_manager) = sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor(config)?,
			Default::default(),
		)
		.map_err(|error| name_base_path_in_use(error, config))?;
		let client = Arc::new(client);

		let telemetry = telemetry.map(|(worker, telemetry)| {
			task_manager.spawn_handle().spawn("telemetry", None, worker.run());
			telemetry
		});
		let pool = sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build();

		if let Some(registry) = config.prometheus_registry() {
			let metrics = SettlementMetrics::register(registry)?;
			task_manager.spawn_handle().spawn(
				"settlement-metrics",
				None,
				metrics::follow(client.clone(), metrics),
			);
		}

		Ok(Self {
			select_chain: SelectChain::new(backend.clone()),
			pool: Arc::new(pool),
			client,
			backend,
			task_manager,
			keystore,
			telemetry,
		})
	}

	/// Where to report to, where telemetry is on.
	pub fn telemetry_handle(&self) -> Option<TelemetryHandle> {
		self.telemetry.as_ref().map(Telemetry::handle)
	}
}

/// Executes the runtime. What it compiled is kept beside the database, which saves seconds at every later start.
fn executor(config: &Configuration) -> Result<Executor> {
	let settings = &config.executor;
	let heap = settings
		.default_heap_pages
		.and_then(|pages| pages.try_into().ok())
		.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |extra_pages| HeapAllocStrategy::Static { extra_pages });
	Ok(Executor::builder()
		.with_execution_method(settings.wasm_method)
		.with_onchain_heap_alloc_strategy(heap)
		.with_offchain_heap_alloc_strategy(heap)
		.with_max_runtime_instances(settings.max_runtime_instances)
		.with_runtime_cache_size(settings.runtime_cache_size)
		.with_cache_path(std::path::absolute(config.data_path.join("wasm"))?)
		.build())
}

/// Says whose base path is in use: the database's own error names neither the path nor what to do.
fn name_base_path_in_use(error: Error, config: &Configuration) -> Error {
	match error {
		Error::Client(ClientError::Backend(text)) if text.starts_with(DATABASE_IN_USE) => {
			Error::Other(format!(
				"another node is running on {}: stop it, or give this one a --base-path of its own",
				config.base_path.path().display(),
			))
		}
		other => other,
	}
}

/// What the subcommands work on.
pub struct ChainOps {
	/// Reads and imports blocks.
	pub client: Arc<FullClient>,
	/// The database.
	pub backend: Arc<FullBackend>,
	/// Verifies blocks as the chain's service would.
	pub import_queue: sc_consensus::DefaultImportQueue<Block>,
	/// Runs the import queue.
	pub task_manager: TaskManager,
}

/// Opens a chain without running it.
pub fn chain_ops(config: &Configuration) -> Result<ChainOps> {
	let parts = Parts::new(config)?;
	let import_queue = if chain_spec::is_development(&*config.chain_spec) {
		dev::import_queue(&parts, config)
	} else {
		consensus::import(&parts, config)?.queue
	};
	Ok(ChainOps {
		client: parts.client,
		backend: parts.backend,
		import_queue,
		task_manager: parts.task_manager,
	})
}

/// Takes GRANDPA's own data back with the blocks that `revert` removes.
pub fn revert_votes() -> RevertVotes {
	Box::new(|client, _, blocks| Ok(sc_consensus_grandpa::revert(client, blocks)?))
}

/// What `revert` calls with the number of blocks.
type RevertVotes = Box<
	dyn FnOnce(Arc<FullClient>, Arc<FullBackend>, sp_runtime::traits::NumberFor<Block>) -> sc_cli::Result<()>,
>;

/// Runs a chain: a development chain by itself, every other over the network back end of the command line.
pub fn start(config: Configuration, development: DevelopmentParams) -> Result<TaskManager> {
	if chain_spec::is_development(&*config.chain_spec) {
		return dev::start(config, development);
	}
	if development.clock.is_some() || development.seal_millis.is_some() {
		return Err(Error::Other(format!(
			"--clock and --seal-millis are for development chains, and {} is not one",
			config.chain_spec.name(),
		)));
	}
	match config.network.network_backend {
		NetworkBackendType::Libp2p => full::start::<sc_network::NetworkWorker<Block, Hash>>(config),
		NetworkBackendType::Litep2p => full::start::<sc_network::Litep2pNetworkBackend>(config),
	}
}
