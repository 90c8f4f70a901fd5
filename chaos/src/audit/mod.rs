//! Whether all nodes are on one chain, and whether all money is where it must be.

pub mod held;
pub mod ledger;
pub mod loom;

use crate::{
	chain::{
		Chain, Eye, Head,
		books::{books, holders},
		held::{disputes, due, stated},
		keys::{account, pallet_account},
		read, rpc_params,
	},
	network::{FULL, Network, PATIENCE},
	platform::DISPUTED,
	stage::Stage,
	wait,
};
use anyhow::{Context, Result};
use heirloom_primitives::{CENT, MicroU, Period, PeriodReport, Progress, format_u_exact};
use held::{Held, Holds, Statements};
use ledger::{Ledger, Reports};
use subxt::utils::H256;

/// What the accounts that nobody has a key to are endowed with at genesis.
const ENDOWMENT: MicroU = CENT;

/// What an audit found.
#[derive(Debug, Default)]
pub struct Audited {
	/// Final blocks that were read.
	pub blocks: u32,
	/// Months that were settled in them.
	pub months: usize,
	/// The fewest and the most blocks from the close of a month to its last payment, both included.
	pub lasted: Option<(u32, u32)>,
	/// Months that were recomputed without a difference.
	pub verified: usize,
	/// Calls and reports of revenue in them.
	pub bookings: u64,
	/// What was paid in them, in micro-U.
	pub paid: MicroU,
	/// What is held at the end.
	pub held: Held,
	/// What is not as it must be.
	pub differences: Vec<String>,
}

/// Audits all final blocks of a network, whose nodes took so many transactions of users.
pub async fn audit(stage: &mut Stage, accepted: u64) -> Result<Audited> {
	let mut differences = stage.verify().await?;
	stage.told.say("waiting for the nodes to agree");
	let last = agreed(&stage.network).await?;
	let chain = stage.network.chain().await?;
	differences.extend(agree(&stage.network, &chain.eye, &last).await?);

	let (mut ledger, mut holds) = (Ledger::default(), Holds::default());
	for number in 1..=last.number {
		if number % 10 == 0 {
			stage.told.say(format!("adding up {} blocks", last.number));
		}
		let hash = chain.eye.block(number).await?.hash;
		for entry in read::entries(&chain.at(hash).await?).await? {
			ledger.add(&entry);
			holds.add(&entry);
		}
	}
	let (mut reports, mut statements) = (Reports::new(), Statements::new());
	for period in ledger.settled() {
		let report = report(&chain.eye, *period, last.hash).await?;
		let at = chain.eye.block(report.reported_in).await?.hash;
		statements.insert(period.0, stated(&chain.eye, *period, at).await?);
		reports.insert(period.0, report);
	}
	differences.extend(ledger.idleness(accepted));
	differences.extend(holds.idleness());
	if stage.verified.is_empty() {
		differences.push("no month was recomputed from the chain's state".into());
	}
	differences.extend(ledger.differences(&reports));
	differences.extend(holds.differences(&reports, &statements, &stage.platform.blocked));
	differences.extend(compare_holds(stage, &chain.eye, &holds, last.hash).await?);
	differences.extend(compare_balances(stage, &chain, &ledger, &reports, last.hash).await?);
	differences.extend(compare_reports(&stage.network, &reports, last.hash).await?);
	differences.extend(compare_loom(stage, &chain, last.hash).await?);
	Ok(Audited {
		blocks: last.number,
		months: ledger.settled().len(),
		lasted: lasted(&reports),
		verified: stage.verified.len(),
		bookings: ledger.bookings,
		paid: ledger.paid(),
		held: holds.held(),
		differences,
	})
}

/// Whether a month is settled: an interval in which the whole network was down is none.
pub async fn was_settled(chain: &Chain, period: Period) -> Result<bool> {
	let at = chain.at(chain.eye.finalized().await?.hash).await?;
	Ok(read::fetch(&at, "Royalty", "Reports", (period.0,)).await?.is_some())
}

fn lasted(reports: &Reports) -> Option<(u32, u32)> {
	let blocks = || reports.values().map(|report| report.reported_in.saturating_sub(report.closed_in) + 1);
	blocks().min().zip(blocks().max())
}

async fn report(eye: &Eye, period: Period, at: H256) -> Result<PeriodReport> {
	eye.request("royalty_period", rpc_params![period, at]).await
}

/// The newest block that is final on all nodes, and in which no settlement is under way.
async fn agreed(network: &Network) -> Result<Head> {
	wait::until("all nodes have a final block without a settlement", PATIENCE, async || {
		let mut lowest = u32::MAX;
		for node in &network.nodes {
			lowest = lowest.min(node.eye().await?.finalized().await?.number);
		}
		let chain = network.chain().await?;
		let head = chain.eye.block(lowest).await?;
		let progress: Progress = chain.eye.request("royalty_progress", rpc_params![head.hash]).await?;
		let pending = read::fetch(&chain.at(head.hash).await?, "Royalty", "PendingPeriod", ()).await?;
		Ok((progress.settling.is_none() && pending.is_none()).then_some(head))
	})
	.await
}

/// Compares all nodes' chains up to a block with the full node's.
async fn agree(network: &Network, full: &Eye, last: &Head) -> Result<Vec<String>> {
	let mut different = Vec::new();
	let mut chain = Vec::new();
	for number in 0..=last.number {
		chain.push(full.hash(number).await?);
	}
	for node in network.nodes.iter().filter(|node| node.name != FULL) {
		let eye = node.eye().await?;
		let own = eye.block(last.number).await?;
		if own != *last {
			let (name, number) = (&node.name, last.number);
			different.push(format!(
				"{name}: block {number} has root {} and should have {}",
				own.state_root, last.state_root
			));
		}
		for (number, hash) in (0..).zip(&chain) {
			// A node that has synced from a proof fetches older blocks later.
			let own = eye.hash(number).await?;
			if own.is_some() && own != *hash {
				different.push(format!("{} has another block {number} as final", node.name));
				break;
			}
		}
	}
	Ok(different)
}

/// Compares what everybody has with what the events say.
async fn compare_balances(
	stage: &Stage,
	chain: &Chain,
	ledger: &Ledger,
	reports: &Reports,
	at: H256,
) -> Result<Vec<String>> {
	let at = chain.at(at).await?;
	let mut different = Vec::new();
	let mut same = |who: String, is: MicroU, should: Option<MicroU>| {
		if Some(is) != should {
			let should = should.map_or_else(|| "less than nothing".into(), format_u_exact);
			different.push(format!("{who} has {} U and should have {should} U", format_u_exact(is)));
		}
	};
	for (account, before) in stage.platform.accounts() {
		let is = read::balance(&at, &account).await?;
		same(account.to_string(), is, ledger.expected(&account, before));
	}
	let pot = read::balance(&at, &pallet_account(b"hl/royal")).await?;
	same("the months' pot".into(), pot, Some(ledger.expected_in_pot(ENDOWMENT, reports)));
	let pool = read::balance(&at, &pallet_account(b"hl/pool_")).await?;
	let pooled: MicroU = reports.values().map(|report| report.pool).sum();
	same("the ecosystem pool".into(), pool, Some(ENDOWMENT + pooled));
	same("the whole chain".into(), read::supply(&at).await?, Some(stage.supply));
	Ok(different)
}

/// Compares what the chain's state holds for the dispute and for who cannot receive with what the events say.
async fn compare_holds(stage: &Stage, eye: &Eye, holds: &Holds, at: H256) -> Result<Vec<String>> {
	let (open, due) = (disputes(eye, at).await?, due(eye, at).await?);
	Ok(holds.compare(&open, due, DISPUTED, &account(&stage.platform.claimant)))
}

/// Compares what accounts have in LOOM with what there is of it and what it is held for, on the full node, and then every
/// other node's state with that.
async fn compare_loom(stage: &Stage, chain: &Chain, at: H256) -> Result<Vec<String>> {
	stage.told.say("counting LOOM");
	let full = books(&chain.eye, at).await?;
	let holders = holders(&chain.eye, &chain.at(at).await?, at, &full).await?;
	let mut different = full.differences(stage.issuance, &holders);
	for node in stage.network.nodes.iter().filter(|node| node.name != FULL) {
		let own = books(&node.eye().await?, at).await.with_context(|| format!("{}: LOOM", node.name))?;
		different.extend(full.unlike(&node.name, &own));
	}
	Ok(different)
}

/// Compares what each node's own state says of each month.
async fn compare_reports(network: &Network, reports: &Reports, at: H256) -> Result<Vec<String>> {
	let mut different = Vec::new();
	for node in network.nodes.iter().filter(|node| node.name != FULL) {
		let eye = node.eye().await?;
		for (period, should) in reports {
			let period = Period(*period);
			let is = report(&eye, period, at).await.with_context(|| format!("{}: {period}", node.name))?;
			if is != *should {
				different.push(format!("{} has another report of {period}", node.name));
			}
		}
	}
	Ok(different)
}
