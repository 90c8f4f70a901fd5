//! A chain that many nodes run: Aura and GRANDPA over the peer-to-peer network, with warp sync.

use super::{
	Hash, Parts,
	consensus::{self, Import, Voter},
};
use crate::{
	equivocations::{self, Equivocations},
	offences, rpc,
};
use heirloom_runtime::opaque::Block;
use sc_consensus_grandpa::{FinalityProofProvider, SharedVoterState, warp_proof};
use sc_network::{NetworkBackend, config::FullNetworkConfiguration};
use sc_service::{
	BuildNetworkParams, Configuration, Error, SpawnTasksParams, TaskManager, WarpSyncConfig, error::Result,
};
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// Starts a node on the network back end `N`.
pub fn start<N: NetworkBackend<Block, Hash>>(config: Configuration) -> Result<TaskManager> {
	let mut parts = Parts::new(&config)?;
	let Import { block_import, link, queue } = consensus::import(&parts, &config)?;
	let registry = config.prometheus_registry().cloned();
	if let Some(registry) = &registry {
		let counted = equivocations::follow(parts.client.clone(), Equivocations::register(registry)?);
		parts.task_manager.spawn_handle().spawn("equivocations", None, counted);
		let recorded = offences::follow(parts.client.clone(), offences::gauge(registry)?);
		parts.task_manager.spawn_handle().spawn("offences", None, recorded);
	}

	let mut net_config = FullNetworkConfiguration::<_, _, N>::new(&config.network, registry.clone());
	let metrics = N::register_notification_metrics(registry.as_ref());
	let protocol_name =
		sc_consensus_grandpa::protocol_standard_name(&parts.client.info().genesis_hash, &config.chain_spec);
	let (protocol, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
		protocol_name.clone(),
		metrics.clone(),
		net_config.peer_store_handle(),
	);
	net_config.add_notification_protocol(protocol);

	let warp_sync = warp_proof::NetworkProvider::new(
		parts.backend.clone(),
		link.shared_authority_set().clone(),
		Vec::new(),
	);
	let (network, system_rpc_tx, tx_handler_controller, sync, _) =
		sc_service::build_network(BuildNetworkParams {
			config: &config,
			net_config,
			client: parts.client.clone(),
			transaction_pool: parts.pool.clone(),
			spawn_handle: parts.task_manager.spawn_handle(),
			spawn_essential_handle: parts.task_manager.spawn_essential_handle(),
			import_queue: queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(Arc::new(warp_sync))),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	let voter = (!config.disable_grandpa).then(|| Voter {
		name: config.network.node_name.clone(),
		role: config.role,
		protocol_name,
		notifications,
		network: network.clone(),
		sync: sync.clone(),
		state: SharedVoterState::empty(),
		registry: registry.clone(),
	});
	let votes = rpc::Votes {
		authorities: link.shared_authority_set().clone(),
		state: voter.as_ref().map_or_else(SharedVoterState::empty, |voter| voter.state.clone()),
		justifications: link.justification_stream(),
		proofs: FinalityProofProvider::new_for_service(
			parts.backend.clone(),
			Some(link.shared_authority_set().clone()),
		),
	};
	let (client, pool) = (parts.client.clone(), parts.pool.clone());
	let (authors, force_authoring) = (config.role.is_authority(), config.force_authoring);

	sc_service::spawn_tasks(SpawnTasksParams {
		network,
		client: parts.client.clone(),
		keystore: parts.keystore.keystore(),
		task_manager: &mut parts.task_manager,
		transaction_pool: parts.pool.clone(),
		rpc_builder: Box::new(move |executor| {
			rpc::full(client.clone(), pool.clone(), executor, &votes)
				.map_err(|error| Error::Application(error.into()))
		}),
		backend: parts.backend.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync.clone(),
		config,
		telemetry: parts.telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	if authors {
		consensus::start_authoring(&parts, block_import, sync, force_authoring, registry.as_ref())?;
	}
	if let Some(voter) = voter {
		consensus::start_voting(&parts, link, voter)?;
	}
	Ok(parts.task_manager)
}
