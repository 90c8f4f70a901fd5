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
				"0: idle, 1: count, 2: rank, 3: weigh, 4: spread, 5: due, 6: pay, 7: report",
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
		Phase::Due => 5,
		Phase::Pay => 6,
		Phase::Report => 7,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::Settling;

	/// Open month, settled month, month under way, phase, pages done, pages.
	fn shown(progress: Progress) -> [u64; 6] {
		let metrics = SettlementMetrics::register(&Registry::new()).unwrap();
		metrics.show(&progress);
		let SettlementMetrics { open_period, settled_period, period, phase, pages_done, pages } = metrics;
		[open_period, settled_period, period, phase, pages_done, pages].map(|gauge| gauge.get())
	}

	fn month(month: u32) -> Period {
		Period::new(2026, month).unwrap()
	}

	#[test]
	fn settlement_under_way_is_shown() {
		let settling = Settling { period: month(3), phase: Phase::Pay, done: 4, of: 7 };
		let progress = Progress { open: month(4), settled: Some(month(2)), settling: Some(settling) };
		assert_eq!(shown(progress), [202_604, 202_602, 202_603, 6, 4, 7]);
	}

	#[test]
	fn nothing_is_shown_of_a_settlement_that_is_not_under_way() {
		let progress = Progress { open: month(3), settled: None, settling: None };
		assert_eq!(shown(progress), [202_603, 0, 0, 0, 0, 0]);
	}
}
