//! The network is flooded with the cheapest calls: with as many as its nodes take, and with those that fill blocks for the least.
//! What it costs whoever does it, and what becomes of everybody else: users offer a tip.

use super::{MONTH, Options, Seen};
use crate::{
	chain::{
		At, Chain,
		keys::{Keys, account},
		read::{self, ONCE},
		rpc_params,
	},
	clocks::Moment,
	fullness::fullness,
	inclusion::Inclusion,
	pace::pace,
	report::loom,
	spam::{Kind, LENGTH, Spam, Spammer},
	stage::Stage,
	tries::Tries,
};
use anyhow::{Context, Result, ensure};
use heirloom_primitives::{Period, PeriodReport, Progress};
use std::time::{Duration, Instant};
use subxt::utils::H256;
use tokio::time::sleep;

/// How long, unless something else is wanted.
const MINUTES: u64 = 10;
/// Who floods, and with what. They are at the first four nodes, so that both network back ends have either kind.
const SPAMMERS: [(&str, Kind); 4] =
	[("Charlie", Kind::Remarks), ("Dave", Kind::Remarks), ("Eve", Kind::Batches), ("Ferdie", Kind::Batches)];
/// What users offer, in planck: a thousandth of a LOOM.
const TIP: u64 = 1_000_000_000;
/// How often blocks are looked at.
const LOOK: Duration = Duration::from_millis(500);
/// How long the last transactions of users may take.
const LAST: Duration = Duration::from_secs(60);
/// By when a month has to be settled after its end, in milliseconds: five blocks.
const ON_TIME: Moment = 30_000;
/// Of a hundred transactions that users try, how many have to come into blocks. All nodes are up, so that none is impossible: what
/// a node refuses, or does not answer in time, is left out like what it takes and loses. Users try one after the other, each when
/// the one before was answered and not when it is in a block; slow answers make them fewer, and take none out of those tried. Not
/// all have to come: who is not answered goes to another node, and can give it a second transaction with the number of the first,
/// of which a chain has one.
const INCLUDED: u64 = 80;

/// What a flood was.
struct Flooded {
	/// The last block before it.
	begin: u32,
	/// The last block in it.
	end: u32,
	/// Remarks that nodes took.
	remarks: u64,
	/// Batches that nodes took.
	batches: u64,
	/// What came of the transactions that users tried.
	tries: Tries,
	/// When those came into blocks that nodes took.
	inclusion: Inclusion,
}

/// What whoever floods has, in planck, and how much of the flood is in blocks.
#[derive(Default)]
struct Toll {
	loom: u128,
	remarks: u64,
	batches: u64,
}

pub async fn run(stage: &mut Stage, options: Options) -> Result<Seen> {
	stage.begin().await?;
	stage.months(2, "before").await?;
	let spammers = spammers()?;
	let chain = stage.network.chain().await?;
	let before = chain.eye.finalized().await?;
	let had = toll(&chain.at(before.hash).await?, &spammers).await?;
	let open = stage.network.progress().await?.open;
	let quiet = pace(&chain, 1, before.number).await?;

	let lasting = options.lasting(MINUTES);
	let Flooded { begin, end, remarks, batches, tries, inclusion } =
		flood(stage, &chain, &spammers, lasting).await?;
	let over = Instant::now();
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered(over).await?);

	let after = chain.eye.finalized().await?;
	let has = toll(&chain.at(after.hash).await?, &spammers).await?;
	let full = fullness(&chain, begin, end).await?;
	// Fees never fall below their base, so a few full blocks at the end would have them end above where they began.
	ensure!(full.raises_fees(), "the flood did not fill blocks: {full}");
	let (first, last) = (fees(&chain, begin).await?, fees(&chain, end).await?);
	let (from, to) = (of_base(first), of_base(last));
	ensure!(last > first, "fees did not rise: from {from} to {to} of their base; {full}");
	let late = latest(stage, &chain, open, after.hash).await?;
	ensure!(late <= ON_TIME, "a month was settled {} s after its end", late / 1_000);
	let delays = inclusion.delays();
	let included = delays.len();
	ensure!(is_enough(included, tries.all()), "{tries}; {included} came into blocks with a tip");
	let (half, longest) = (delays.get(included / 2).copied(), delays.last().copied());
	let flooded = pace(&chain, begin, end).await?;
	seen.remarks = vec![
		format!(
			"in {} min nodes took {remarks} remarks and {batches} batches of {LENGTH} calls; {} and {} came into blocks, at most {} \
			 transactions into one; it cost {} LOOM",
			lasting.as_secs() / 60,
			has.remarks - had.remarks,
			has.batches - had.batches,
			inclusion.fullest,
			loom(had.loom.saturating_sub(has.loom))
		),
		format!("{full}; fees rose from {from} to {to} of their base"),
		format!(
			"{tries}; with a tip of {} LOOM {included} came into blocks, half of them within {:.1} s, the slowest after {:.1} s",
			loom(TIP.into()),
			half.unwrap_or_default().as_secs_f64(),
			longest.unwrap_or_default().as_secs_f64()
		),
		format!("months were settled within {}.{} s of their end", late / 1_000, late % 1_000 / 100),
		format!("before the flood {quiet}; in it {flooded}"),
	];
	stage.months(1, "after").await?;
	Ok(seen)
}

/// Floods the network while users go on.
async fn flood(stage: &Stage, chain: &Chain, spammers: &[Spammer], lasting: Duration) -> Result<Flooded> {
	let traffic = stage.traffic.as_ref().context("users")?;
	let begin = chain.eye.best().await?.number;
	traffic.tip(TIP);
	// What was taken before had no tip.
	drop(traffic.taken());
	let earlier = traffic.tries();
	let spam = Spam::start(spammers, &stage.network.urls());
	let mut inclusion = Inclusion::after(begin);
	let begun = Instant::now();
	while begun.elapsed() < lasting {
		inclusion.look(chain).await?;
		inclusion.expect(traffic.taken());
		stage.told.say(format!(
			"flooded for {} min: {} thousand remarks and {} batches taken",
			begun.elapsed().as_secs() / 60,
			spam.taken(Kind::Remarks) / 1_000,
			spam.taken(Kind::Batches)
		));
		sleep(LOOK).await;
	}
	let (remarks, batches) = (spam.taken(Kind::Remarks), spam.taken(Kind::Batches));
	drop(spam);
	traffic.rest(true);
	let end = chain.eye.best().await?.number;
	inclusion.expect(traffic.taken());
	let last = Instant::now();
	while inclusion.delays().len() < inclusion.taken() && last.elapsed() < LAST {
		sleep(LOOK).await;
		inclusion.look(chain).await?;
		inclusion.expect(traffic.taken());
	}
	// Asked at once after what was taken, so that it is of the same transactions.
	let tries = traffic.tries().since(&earlier);
	traffic.tip(0);
	traffic.rest(false);
	Ok(Flooded { begin, end, remarks, batches, tries, inclusion })
}

fn spammers() -> Result<Vec<Spammer>> {
	let keys = Keys::development()?;
	SPAMMERS.iter().map(|(name, kind)| Ok(Spammer { key: keys.key(name)?, kind: *kind })).collect()
}

/// What a block's state says of whoever floods.
async fn toll(at: &At, spammers: &[Spammer]) -> Result<Toll> {
	let mut toll = Toll::default();
	for Spammer { key, kind } in spammers {
		let who = account(key);
		toll.loom += read::loom(at, &who).await?;
		let included = read::nonce(at, &who).await?;
		match kind {
			Kind::Remarks => toll.remarks += included,
			Kind::Batches => toll.batches += included,
		}
	}
	Ok(toll)
}

/// What fees are multiplied by after a block.
async fn fees(chain: &Chain, block: u32) -> Result<u128> {
	read::fee_multiplier(&chain.at(chain.eye.block(block).await?.hash).await?).await
}

/// `1.002192` of what fees are multiplied by.
fn of_base(multiplier: u128) -> String {
	format!("{}.{:06}", multiplier / ONCE, multiplier % ONCE * 1_000_000 / ONCE)
}

/// Whether enough of what users tried came into blocks.
fn is_enough(included: usize, tried: u64) -> bool {
	included > 0 && 100 * included as u64 >= INCLUDED * tried
}

/// How long after its end the latest month was settled, of those that were settled since one was open.
async fn latest(stage: &Stage, chain: &Chain, open: Period, at: H256) -> Result<Moment> {
	let start = read::start(&chain.at(at).await?).await?;
	let progress: Progress = chain.eye.request("royalty_progress", rpc_params![at]).await?;
	let last = progress.settled.filter(|last| *last >= open).context("no month was settled in the flood")?;
	let mut latest = 0;
	for number in open.0..=last.0 {
		let report: PeriodReport =
			chain.eye.request("royalty_period", rpc_params![Period(number), at]).await?;
		let end = start + u64::from(number + 1 - stage.first.0) * MONTH * 1_000;
		latest = latest.max(report.reported_at.saturating_sub(end));
	}
	Ok(latest)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn fees_are_told_in_parts_of_their_base() {
		assert_eq!(
			[ONCE, ONCE + ONCE / 456, 2 * ONCE - 1].map(of_base),
			["1.000000", "1.002192", "1.999999"]
		);
	}

	#[test]
	fn what_nodes_did_not_take_was_tried_as_well() {
		assert!(is_enough(80, 100));
		assert!(!is_enough(79, 100));
		assert!(!is_enough(0, 0));
	}
}
