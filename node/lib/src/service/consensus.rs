//! Aura makes blocks, GRANDPA makes them final.

use super::{FullBackend, FullClient, Parts, SelectChain};
use heirloom_runtime::opaque::Block;
use sc_consensus::DefaultImportQueue;
use sc_consensus_aura::{ImportQueueParams, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{GrandpaBlockImport, GrandpaParams, LinkHalf, SharedVoterState};
use sc_network::{NotificationService, ProtocolName, service::traits::NetworkService};
use sc_network_sync::SyncingService;
use sc_service::{Configuration, Role, error::Result};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::{
	inherents::InherentDataProvider as AuraInherent,
	sr25519::{AuthorityId as AuraId, AuthorityPair as AuraPair},
};
use sp_timestamp::InherentDataProvider as TimestampInherent;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// Blocks after which a justification is made and kept though no authority changed: what a warp sync that ends between
/// two changes has to catch up with.
const JUSTIFICATION_PERIOD: u32 = 512;
/// How long a vote may take through the network.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

type BlockImport = GrandpaBlockImport<FullBackend, Block, FullClient, SelectChain>;
type VoterLink = LinkHalf<Block, FullClient, SelectChain>;

/// How blocks come in, by Aura's rules and with GRANDPA's justifications.
pub struct Import {
	/// Imports a block and tells the voter.
	pub block_import: BlockImport,
	/// What the voter knows of imported blocks.
	pub link: VoterLink,
	/// Verifies blocks of other nodes.
	pub queue: DefaultImportQueue<Block>,
}

/// Sets up import; equivocating authors are noticed here.
pub fn import(parts: &Parts, config: &Configuration) -> Result<Import> {
	let client = &parts.client;
	let (block_import, link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		client,
		parts.select_chain.clone(),
		parts.telemetry_handle(),
	)?;
	let at_parent = client.clone();
	let queue = sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
		block_import: block_import.clone(),
		justification_import: Some(Box::new(block_import.clone())),
		client: client.clone(),
		create_inherent_data_providers: move |parent, ()| {
			let client = at_parent.clone();
			async move {
				let slot_duration =
					sc_consensus_aura::standalone::slot_duration_at::<AuraId, _, _>(&*client, parent)?;
				let timestamp = TimestampInherent::from_system_time();
				let slot = AuraInherent::from_timestamp_and_slot_duration(*timestamp, slot_duration);
				Ok((slot, timestamp))
			}
		},
		spawner: &parts.task_manager.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		check_for_equivocation: Default::default(),
		telemetry: parts.telemetry_handle(),
		compatibility_mode: Default::default(),
	})?;
	Ok(Import { block_import, link, queue })
}

/// Makes blocks in the slots of this node's keys. The node ends if this does.
pub fn start_authoring(
	parts: &Parts,
	block_import: BlockImport,
	sync: Arc<SyncingService<Block>>,
	force: bool,
	registry: Option<&Registry>,
) -> Result<()> {
	let proposer_factory = sc_basic_authorship::ProposerFactory::new(
		parts.task_manager.spawn_handle(),
		parts.client.clone(),
		parts.pool.clone(),
		registry,
		parts.telemetry_handle(),
	);
	let slot_duration = sc_consensus_aura::slot_duration::<AuraId, _, _>(&*parts.client)?;
	let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
		slot_duration,
		client: parts.client.clone(),
		select_chain: parts.select_chain.clone(),
		block_import,
		proposer_factory,
		create_inherent_data_providers: move |_, ()| async move {
			let timestamp = TimestampInherent::from_system_time();
			let slot = AuraInherent::from_timestamp_and_slot_duration(*timestamp, slot_duration);
			Ok((slot, timestamp))
		},
		force_authoring: force,
		backoff_authoring_blocks: None::<()>,
		keystore: parts.keystore.keystore(),
		sync_oracle: sync.clone(),
		justification_sync_link: sync,
		// The rest of a slot is for the block's way to the next author.
		block_proposal_slot_portion: SlotProportion::new(2f32 / 3f32),
		max_block_proposal_slot_portion: None,
		telemetry: parts.telemetry_handle(),
		compatibility_mode: Default::default(),
	})?;
	parts.task_manager.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), aura);
	Ok(())
}

/// Who votes, and through what.
pub struct Voter {
	/// Name of the node.
	pub name: String,
	/// An authority votes; any other node follows.
	pub role: Role,
	/// Name of GRANDPA's protocol on this chain.
	pub protocol_name: ProtocolName,
	/// The protocol's messages.
	pub notifications: Box<dyn NotificationService>,
	/// The network.
	pub network: Arc<dyn NetworkService>,
	/// Where missing blocks come from.
	pub sync: Arc<SyncingService<Block>>,
	/// Where the RPC methods look up the rounds.
	pub state: SharedVoterState,
	/// Where its metrics go.
	pub registry: Option<Registry>,
}

/// Votes on what is final, and reports by a transaction who votes twice. The node ends if this does.
pub fn start_voting(parts: &Parts, link: VoterLink, voter: Voter) -> Result<()> {
	let voting = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
		config: sc_consensus_grandpa::Config {
			gossip_duration: GOSSIP_DURATION,
			justification_generation_period: JUSTIFICATION_PERIOD,
			name: Some(voter.name),
			observer_enabled: false,
			keystore: voter.role.is_authority().then(|| parts.keystore.keystore()),
			local_role: voter.role,
			telemetry: parts.telemetry_handle(),
			protocol_name: voter.protocol_name,
		},
		link,
		network: voter.network,
		sync: voter.sync,
		notification_service: voter.notifications,
		voting_rule: sc_consensus_grandpa::VotingRulesBuilder::default().build(),
		prometheus_registry: voter.registry,
		shared_voter_state: voter.state,
		telemetry: parts.telemetry_handle(),
		offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(parts.pool.clone()),
	})?;
	parts.task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voting);
	Ok(())
}
