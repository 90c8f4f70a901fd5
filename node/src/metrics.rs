//! How far the settlement is, as Prometheus metrics.

use crate::service::{FullClient, Hash};
use futures::StreamExt;
use heirloom_primitives::{Period, Phase, Progress, api::RoyaltyApi};
use heirloom_runtime::AccountId;
use sc_client_api::BlockchainEvents;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;
use substrate_prometheus_endpoint::{Gauge, PrometheusError, Registry, U64, register};

/// The gauges. Months are written as numbers, 202603; 0 stands for none.
#[derive(Clone)]
pub struct SettlementMetrics {
	open_period: Gauge<U64>,
	settled_period: Gauge<U64>,
	period: Gauge<U64>,
	phase: Gauge<U64>,
	pages_done: Gauge<U64>,
	pages: Gauge<U64>,
}

impl SettlementMetrics {
	/// Adds the gauges to a registry.
	pub fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let gauge = |name, help| register(Gauge::new(name, help)?, registry);
		Ok(Self {
			open_period: gauge("heirloom_open_period", "Month that is open for bookings, as 202603")?,
			settled_period: gauge(
				"heirloom_settled_period",
				"Last month that was settled, as 202603; 0: none",
			)?,
			period: gauge("heirloom_settlement_period", "Month being settled, as 202603; 0: none")?,
			phase: gauge(
				"heirloom_settlement_phase",
				"0: idle, 1: count, 2: rank, 3: weigh, 4: spread, 5: pay, 6: report",
			)?,
			pages_done: gauge("heirloom_settlement_pages_done", "Pages of this phase that are done")?,
			pages: gauge("heirloom_settlement_pages", "Pages of this phase in all; 0: not known")?,
		})
	}

	/// Shows where the settlement stands.
	pub fn show(&self, progress: &Progress) {
		self.open_period.set(month(progress.open));
		self.settled_period.set(progress.settled.map_or(0, month));
		let settling = progress.settling.as_ref();
		self.period.set(settling.map_or(0, |settling| month(settling.period)));
		self.phase.set(settling.map_or(0, |settling| number(settling.phase)));
		self.pages_done.set(settling.map_or(0, |settling| settling.done.into()));
		self.pages.set(settling.map_or(0, |settling| settling.of.into()));
	}
}

/// Shows the settlement's progress now and after every best block, until the node ends.
pub async fn follow(client: Arc<FullClient>, metrics: SettlementMetrics) {
	let mut blocks = client.import_notification_stream();
	show_at(&client, client.info().best_hash, &metrics);
	while let Some(block) = blocks.next().await {
		if block.is_new_best {
			show_at(&client, block.hash, &metrics);
		}
	}
}

fn show_at(client: &FullClient, block: Hash, metrics: &SettlementMetrics) {
	match RoyaltyApi::<_, AccountId>::progress(&*client.runtime_api(), block) {
		Ok(progress) => metrics.show(&progress),
		Err(error) => log::debug!("no settlement progress at {block}: {error}"),
	}
}

fn month(period: Period) -> u64 {
	u64::from(period.year()) * 100 + u64::from(period.month())
}

fn number(phase: Phase) -> u64 {
	match phase {
		Phase::Count => 1,
		Phase::Rank => 2,
		Phase::Weigh => 3,
		Phase::Spread => 4,
		Phase::Pay => 5,
		Phase::Report => 6,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::Settling;

	fn shown(progress: Progress) -> Vec<(String, u64)> {
		let registry = Registry::new();
		SettlementMetrics::register(&registry).unwrap().show(&progress);
		registry
			.gather()
			.iter()
			.map(|family| (family.name().to_owned(), family.get_metric()[0].get_gauge().value() as u64))
			.collect()
	}

	#[test]
	fn settlement_under_way_is_shown() {
		let period = |month| Period::new(2026, month).unwrap();
		let settling = Settling { period: period(3), phase: Phase::Pay, done: 4, of: 5 };
		let progress = Progress { open: period(4), settled: Some(period(2)), settling: Some(settling) };
		assert_eq!(
			shown(progress),
			[
				("heirloom_open_period", 202_604),
				("heirloom_settled_period", 202_602),
				("heirloom_settlement_pages", 5),
				("heirloom_settlement_pages_done", 4),
				("heirloom_settlement_period", 202_603),
				("heirloom_settlement_phase", 5),
			]
			.map(|(name, value)| (name.to_owned(), value))
		);
	}

	#[test]
	fn nothing_is_shown_of_a_settlement_that_is_not_under_way() {
		let open = Period::new(2026, 3).unwrap();
		let shown = shown(Progress { open, settled: None, settling: None });
		assert_eq!(shown.iter().map(|(_, value)| *value).collect::<Vec<_>>(), [202_603, 0, 0, 0, 0, 0]);
	}
}
