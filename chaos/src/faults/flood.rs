//! The network is flooded with the cheapest calls, as many as its nodes take. What it costs whoever does it, and what
//! becomes of everybody else: users offer a tip.

use super::{MONTH, Options, Seen};
use crate::{
	chain::{
		At, Chain,
		keys::{Keys, account},
		read::{self, fetch},
		rpc_params,
	},
	clocks::Moment,
	inclusion::Inclusion,
	pace::pace,
	report::loom,
	spam::Spam,
	stage::Stage,
};
use anyhow::{Context, Result, ensure};
use codec::Decode;
use heirloom_primitives::{Period, PeriodReport, Progress};
use std::time::{Duration, Instant};
use subxt::utils::H256;
use subxt_signer::sr25519::Keypair;
use tokio::time::sleep;

/// How long, unless something else is wanted.
const MINUTES: u64 = 10;
/// Who floods.
const SPAMMERS: [&str; 4] = ["Charlie", "Dave", "Eve", "Ferdie"];
/// What users offer, in planck: a thousandth of a LOOM.
const TIP: u64 = 1_000_000_000;
/// How often blocks are looked at.
const LOOK: Duration = Duration::from_millis(500);
/// How long the last transactions of users may take.
const LAST: Duration = Duration::from_secs(60);
/// By when a month has to be settled after its end, in milliseconds: five blocks.
const ON_TIME: Moment = 30_000;
/// Of a hundred transactions of users that nodes took, how many have to come into blocks. Not all: nodes can take two of
/// one account with one number.
const INCLUDED: usize = 80;
/// The multiplier of fees at their base.
const ONE: u128 = 1_000_000_000_000_000_000;

pub async fn run(stage: &mut Stage, options: Options) -> Result<Seen> {
	stage.begin().await?;
	stage.months(2, "before").await?;
	let spammers = spammers()?;
	let chain = stage.network.chain().await?;
	let before = chain.eye.finalized().await?;
	let had = purse(&chain.at(before.hash).await?, &spammers).await?;
	let open = stage.network.progress().await?.open;
	let quiet = pace(&chain, 1, before.number).await?;

	let lasting = options.lasting(MINUTES);
	let (taken, inclusion) = flood(stage, &chain, &spammers, lasting).await?;
	let end = Instant::now();
	let mut seen = Seen::default();
	seen.recoveries.push(stage.network.recovered(end).await?);

	let after = chain.eye.finalized().await?;
	let left = purse(&chain.at(after.hash).await?, &spammers).await?;
	let risen = highest(&chain, before.number, after.number).await?;
	ensure!(risen > ONE, "fees did not rise");
	let late = latest(stage, &chain, open, after.hash).await?;
	ensure!(late <= ON_TIME, "a month was settled {} s after its end", late / 1_000);
	let delays = inclusion.delays();
	let (included, wanted) = (delays.len(), inclusion.taken());
	ensure!(
		100 * included >= INCLUDED * wanted,
		"of {wanted} transactions with a tip {included} came into blocks"
	);
	let (half, longest) = (delays.get(included / 2).copied(), delays.last().copied());
	let flooded = pace(&chain, before.number, after.number).await?;
	seen.remarks = vec![
		format!(
			"nodes took {taken} calls that do nothing in {} min, and the fullest block had {} transactions; it cost {} LOOM",
			lasting.as_secs() / 60,
			inclusion.fullest,
			loom(had.saturating_sub(left))
		),
		format!("fees rose to {}.{:06} of their base", risen / ONE, risen % ONE / 1_000_000_000_000),
		format!(
			"of {wanted} transactions of users with a tip of {} LOOM, {included} came into blocks, half of them within {:.1} s, \
			 the slowest after {:.1} s",
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

/// Floods the network while users go on, and returns how many calls nodes took and what became of the users'.
async fn flood(
	stage: &Stage,
	chain: &Chain,
	spammers: &[Keypair],
	lasting: Duration,
) -> Result<(u64, Inclusion)> {
	let traffic = stage.traffic.as_ref().context("users")?;
	traffic.tip(TIP);
	// What was taken before had no tip.
	drop(traffic.taken());
	let spam = Spam::start(spammers, &stage.network.urls());
	let mut inclusion = Inclusion::after(chain.eye.best().await?.number);
	let begun = Instant::now();
	while begun.elapsed() < lasting {
		inclusion.look(chain).await?;
		inclusion.expect(traffic.taken());
		let minutes = begun.elapsed().as_secs() / 60;
		stage.told.say(format!("flooded for {minutes} min: {} thousand calls taken", spam.taken() / 1_000));
		sleep(LOOK).await;
	}
	let taken = spam.taken();
	drop(spam);
	traffic.rest(true);
	let last = Instant::now();
	while inclusion.delays().len() < inclusion.taken() && last.elapsed() < LAST {
		sleep(LOOK).await;
		inclusion.look(chain).await?;
		inclusion.expect(traffic.taken());
	}
	traffic.tip(0);
	traffic.rest(false);
	Ok((taken, inclusion))
}

fn spammers() -> Result<Vec<Keypair>> {
	let keys = Keys::development()?;
	SPAMMERS.iter().map(|name| keys.key(name)).collect()
}

/// What some accounts have in LOOM.
async fn purse(at: &At, owners: &[Keypair]) -> Result<u128> {
	let mut sum = 0;
	for owner in owners {
		sum += read::loom(at, &account(owner)).await?;
	}
	Ok(sum)
}

/// The highest multiplier of fees after a block, up to another.
async fn highest(chain: &Chain, from: u32, to: u32) -> Result<u128> {
	let mut highest = 0;
	for number in from..=to {
		let at = chain.at(chain.eye.block(number).await?.hash).await?;
		let bytes = fetch(&at, "TransactionPayment", "NextFeeMultiplier", ()).await?;
		// Where it is not set it is what it was at genesis.
		let multiplier = bytes.map_or(Ok(ONE), |bytes| u128::decode(&mut &bytes[..]));
		highest = highest.max(multiplier.context("the multiplier of fees")?);
	}
	Ok(highest)
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
