//! A development chain: this node alone seals its blocks, with a simulated clock, and marks them final as it makes
//! them. It talks to no other node.

use super::{
	FullClient, Hash, Parts,
	sealing::{self, Engine},
};
use crate::{
	chain_spec,
	cli::DevelopmentParams,
	clock::{self, Clock},
	rpc,
};
use heirloom_primitives::Moment;
use heirloom_runtime::opaque::Block;
use sc_consensus::DefaultImportQueue;
use sc_network::{
	NetworkBackend, NetworkWorker,
	config::{FullNetworkConfiguration, NetworkConfiguration, SyncMode, TransportConfig},
};
use sc_service::{BuildNetworkParams, Configuration, Error, SpawnTasksParams, TaskManager, error::Result};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use std::time::Duration;

/// Real time between two blocks where the command line says nothing.
const DEFAULT_SEAL_MILLIS: u64 = 1_000;

/// Takes in blocks of a file: they carry no seal that could be checked.
pub fn import_queue(parts: &Parts, config: &Configuration) -> DefaultImportQueue<Block> {
	sc_consensus_manual_seal::import_queue(
		Box::new(parts.client.clone()),
		&parts.task_manager.spawn_essential_handle(),
		config.prometheus_registry(),
	)
}

/// Starts the node.
pub fn start(mut config: Configuration, development: DevelopmentParams) -> Result<TaskManager> {
	// The SDK's service needs a network object to start. Of the back ends only libp2p's can be one within the process.
	type NoNetwork = NetworkWorker<Block, Hash>;

	isolate(&mut config.network);
	let mut parts = Parts::new(&config)?;
	let registry = config.prometheus_registry().cloned();
	let clock = set_up_clock(&parts.client, &config, development.clock)?;

	let metrics =
		<NoNetwork as NetworkBackend<Block, Hash>>::register_notification_metrics(registry.as_ref());
	let (network, system_rpc_tx, tx_handler_controller, sync_service, _) =
		sc_service::build_network(BuildNetworkParams {
			config: &config,
			net_config: FullNetworkConfiguration::<_, _, NoNetwork>::new(&config.network, registry.clone()),
			client: parts.client.clone(),
			transaction_pool: parts.pool.clone(),
			spawn_handle: parts.task_manager.spawn_handle(),
			spawn_essential_handle: parts.task_manager.spawn_essential_handle(),
			import_queue: import_queue(&parts, &config),
			block_announce_validator_builder: None,
			warp_sync_config: None,
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	let (engine, sealer) = Engine::new(&parts, clock, registry.as_ref());
	let millis = development.seal_millis.unwrap_or(DEFAULT_SEAL_MILLIS);
	let interval = (millis > 0).then(|| Duration::from_millis(millis));
	let (client, pool) = (parts.client.clone(), parts.pool.clone());

	sc_service::spawn_tasks(SpawnTasksParams {
		network,
		client: parts.client.clone(),
		keystore: parts.keystore.keystore(),
		task_manager: &mut parts.task_manager,
		transaction_pool: parts.pool.clone(),
		rpc_builder: Box::new(move |_| {
			rpc::development(client.clone(), pool.clone(), clock, sealer.clone())
				.map_err(|error| Error::Application(error.into()))
		}),
		backend: parts.backend.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service,
		config,
		telemetry: parts.telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	parts.task_manager.spawn_essential_handle().spawn_blocking(
		"sealing",
		Some("block-authoring"),
		engine.run(interval),
	);
	Ok(parts.task_manager)
}

/// Leaves nobody to talk to, whatever the command line or the chain spec say.
fn isolate(network: &mut NetworkConfiguration) {
	network.transport = TransportConfig::MemoryOnly;
	network.listen_addresses.clear();
	network.public_addresses.clear();
	network.boot_nodes.clear();
	network.default_peers_set.reserved_nodes.clear();
	network.sync_mode = SyncMode::Full;
}

/// The clock of a new chain starts at the date of the command line, of the chain spec, or now.
fn set_up_clock(client: &FullClient, config: &Configuration, asked: Option<Moment>) -> Result<Clock> {
	let slot = sc_consensus_aura::slot_duration::<AuraId, Block, _>(client)?;
	let written = chain_spec::clock_start(&config.chain_spec.properties())?;
	let start = asked.or(written).unwrap_or_else(|| sp_timestamp::Timestamp::current().as_millis());
	let clock = Clock::new(slot, start).ok_or("the runtime's slots have no length")?;
	let last = sealing::last_slot(client).map_err(|error| Error::Other(error.to_string()))?;
	if last.is_some() && asked.is_some() {
		log::warn!("--clock is for a chain without blocks: this one goes on from its last block");
	}
	log::info!("The simulated clock shows {}", clock::date(clock.now(last)));
	Ok(clock)
}
