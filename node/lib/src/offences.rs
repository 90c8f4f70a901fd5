//! Offences that the chain has recorded of validators, as a Prometheus metric.

use crate::service::{FullBackend, FullClient, Hash};
use futures::StreamExt;
use sc_client_api::{BlockchainEvents, StorageProvider};
use sp_blockchain::HeaderBackend;
use sp_core::storage::StorageKey;
use sp_io::hashing::twox_128;
use std::sync::Arc;
use substrate_prometheus_endpoint::{Gauge, PrometheusError, Registry, U64, register};

/// Adds the gauge to a registry.
pub fn gauge(registry: &Registry) -> Result<Gauge<U64>, PrometheusError> {
	let help =
		"Offences of validators that the chain has recorded, as votes twice in one round, since it began";
	register(Gauge::new("heirloom_offences", help)?, registry)
}

/// Shows how many there are now and after every final block, until the node ends.
pub async fn follow(client: Arc<FullClient>, gauge: Gauge<U64>) {
	let mut blocks = client.finality_notification_stream();
	show_at(&client, client.info().finalized_hash, &gauge);
	while let Some(block) = blocks.next().await {
		show_at(&client, block.hash, &gauge);
	}
}

fn show_at(client: &FullClient, block: Hash, gauge: &Gauge<U64>) {
	match StorageProvider::<_, FullBackend>::storage_keys(client, block, Some(&reports()), None) {
		Ok(keys) => gauge.set(u64::try_from(keys.count()).unwrap_or(u64::MAX)),
		Err(error) => log::debug!("no offences at {block}: {error}"),
	}
}

/// Where the pallet keeps its reports. Keys alone are looked at, since a later runtime may write other values.
fn reports() -> StorageKey {
	StorageKey([twox_128(b"Offences"), twox_128(b"Reports")].concat())
}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::storage::StoragePrefixedMap;
	use heirloom_runtime::Runtime;

	#[test]
	fn reports_are_looked_for_where_the_pallet_keeps_them() {
		assert_eq!(reports().0, pallet_offences::Reports::<Runtime>::final_prefix());
	}
}
