//! A second node makes blocks and votes with a copy of one validator's keys, as where an operator starts a spare machine
//! while the first one is still up. Both make a block in one slot, which is seen and counted. Both vote in one round for
//! different blocks: that is seen, reported, and punished.

use super::Seen;
use crate::{
	chain::{
		AccountId, At, Chain,
		council::{self, Sight},
		keys::{Keys, account},
		motions,
		read::{amount, events, fetch, who},
	},
	http::{Answer, get},
	network::{FULL, PATIENCE},
	report::loom,
	stage::Stage,
	wait,
};
use anyhow::{Context, Result, bail, ensure};
use codec::{Compact, Decode};
use std::{
	net::SocketAddr,
	time::{Duration, Instant},
};

/// Whose keys are copied, by account.
const VICTIM: &str = "Bob";
/// The node that has the copy.
const TWIN: &str = "twin";
/// Who is down meanwhile, so that the round in which the victim has voted does not end before its twin votes in it.
const ABSENT: [&str; 2] = ["charlie", "dave"];
/// With which the twin makes blocks and does not vote.
const VOTELESS: &str = "--no-grandpa";
/// What is logged of two blocks in one slot.
const TWO_BLOCKS: &str = "Slot author is equivocating";
/// Who sees both blocks and both votes.
const WITNESS: &str = "alice";
/// Unfinal blocks after which the twin has something else to vote for.
const APART: u32 = 8;
/// How long the slash may take to come: 21 eras of a minute, and as much again for a machine that others use too.
const SLASHED_WITHIN: Duration = Duration::from_secs(45 * 60);

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	let offender = account(&Keys::development()?.key(VICTIM)?);
	let metrics = stage.network.meter(WITNESS)?;
	stage.begin().await?;
	stage.months(1, "before").await?;
	let chain = stage.network.chain().await?;
	let bonded = bond(&finalized(&chain).await?, &offender).await?;
	let before = chain.eye.finalized().await?.number;
	make_two_blocks(stage).await?;
	let end = vote_twice(stage, &chain).await?;
	let mut seen = Seen::default();
	stage.told.say("waiting for finality and the report");
	seen.recoveries.push(stage.network.recovered(end).await?);
	let reported = reported(stage, &chain, before, &offender).await?;
	seen.remarks.push(format!(
		"two votes in one round were reported by a node and recorded in block {}: {} to be slashed of {} LOOM, and disabled",
		reported.block,
		percent(reported.fraction),
		loom(bonded)
	));
	stage.told.say("the council has each session begin an era");
	council::as_root(&chain, &motions::force_new_era_always(), Sight::Final).await?;
	let out = out_of_the_set(stage, &chain, &offender).await?;
	let made = blocks_of(&chain, &offender, reported.block, out).await?;
	ensure!(made == 0, "{VICTIM} made {made} blocks after it was disabled");
	seen.remarks.push(format!(
		"{VICTIM} made no block from there on, and was no validator from block {out} on; the council let an era begin with \
		 each session to have the slash sooner"
	));
	let (block, slashed) = slashed(stage, &chain, out, &offender).await?;
	// What a validator earned before is part of its bond, so it is the block itself that is looked at.
	let had = bond(&self::block(&chain, block - 1).await?, &offender).await?;
	let left = bond(&self::block(&chain, block).await?, &offender).await?;
	ensure!(had.checked_sub(left) == Some(slashed), "a bond of {} LOOM became {}", loom(had), loom(left));
	seen.remarks.push(format!(
		"block {block} slashed {} LOOM: of {} were left {}",
		loom(slashed),
		loom(had),
		loom(left)
	));
	let blocks_twice = said(stage, WITNESS, TWO_BLOCKS)?;
	let counted = metric(metrics, "heirloom_aura_equivocations_total").await?;
	ensure!(counted > 0, "two blocks in one slot were logged {blocks_twice} times and not counted");
	let offences = metric(metrics, "heirloom_offences").await?;
	ensure!(offences > 0, "{WITNESS} does not tell of the offence");
	seen.remarks.push(format!(
		"{WITNESS} logged two blocks in one slot {blocks_twice} times and counted {counted}, which nothing punishes"
	));
	stage.months(1, "after").await?;
	Ok(seen)
}

/// Has the victim and its twin make blocks in one slot. The twin does not vote yet: once two votes are reported, the victim is
/// disabled and makes no block, which may be before its next slot.
async fn make_two_blocks(stage: &mut Stage) -> Result<()> {
	stage.told.say(format!("starting a second node with the keys of {VICTIM}, which does not vote"));
	let key = format!("--{}", VICTIM.to_lowercase());
	let twin = stage.network.add(TWIN, &["--validator", &key, VOTELESS])?;
	twin.start()?;
	twin.answering().await?;
	stage.told.say("waiting until two blocks in one slot are seen");
	wait::until("two blocks in one slot are seen", PATIENCE, async || {
		Ok((said(stage, WITNESS, TWO_BLOCKS)? > 0).then_some(()))
	})
	.await?;
	stage.network.node(TWIN)?.stop().await
}

/// Has the victim and its twin vote in one round for different blocks, and returns when it was over.
async fn vote_twice(stage: &mut Stage, chain: &Chain) -> Result<Instant> {
	for name in ABSENT {
		stage.network.node(name)?.kill()?;
	}
	let told = &stage.told;
	wait::until("nothing becomes final", PATIENCE, async || {
		let (best, last) = (chain.eye.best().await?.number, chain.eye.finalized().await?.number);
		told.say(format!("{} down: block {best}, final {last}", ABSENT.join(" and ")));
		Ok((best >= last + APART).then_some(()))
	})
	.await?;
	stage.told.say("starting the second node again, which votes as well");
	let twin = stage.network.node(TWIN)?;
	twin.forget_argument(VOTELESS);
	twin.start()?;
	twin.answering().await?;
	stage.told.say("waiting until two votes of one round are seen");
	wait::until("two votes of one round are seen", PATIENCE, async || {
		Ok((said(stage, WITNESS, "Detected prevote equivocation")? > 0).then_some(()))
	})
	.await?;
	let end = Instant::now();
	stage.network.start().await?;
	Ok(end)
}

/// What the chain recorded of an offence.
struct Reported {
	block: u32,
	/// The part of the bond, in billionths.
	fraction: u128,
}

/// Waits until an offence is recorded in a final block, and looks whether the offender is disabled by it.
async fn reported(stage: &Stage, chain: &Chain, after: u32, offender: &AccountId) -> Result<Reported> {
	let mut next = after + 1;
	let found = wait::until("the offence is recorded", PATIENCE, async || {
		let last = chain.eye.finalized().await?.number;
		while next <= last {
			let at = block(chain, next).await?;
			if !events(&at, "Offences", "Offence").await?.is_empty() {
				return Ok(Some(at));
			}
			next += 1;
		}
		stage.told.say(format!("waiting for the report: block {last} is final"));
		Ok(None)
	})
	.await?;
	let reported =
		events(&found, "Staking", "SlashReported").await?.pop().context("an offence without a slash")?;
	ensure!(who(&reported, "validator")? == *offender, "somebody else was reported");
	let disabled = events(&found, "Session", "ValidatorDisabled").await?;
	let disabled: Vec<_> = disabled.iter().map(|fields| who(fields, "validator")).collect::<Result<_>>()?;
	ensure!(disabled == [*offender], "{disabled:?} were disabled");
	Ok(Reported { block: u32::try_from(found.block_number())?, fraction: amount(&reported, "fraction")? })
}

/// Waits until the offender is no validator any more; returns the first such final block that was seen.
async fn out_of_the_set(stage: &Stage, chain: &Chain, offender: &AccountId) -> Result<u32> {
	wait::until(&format!("{VICTIM} is no validator"), PATIENCE, async || {
		let at = finalized(chain).await?;
		stage
			.told
			.say(format!("waiting until {VICTIM} is no validator: block {} is final", at.block_number()));
		let out = !authorities(&at).await?.contains(&offender.0);
		Ok(out.then_some(u32::try_from(at.block_number())?))
	})
	.await
}

/// How many blocks somebody made after one block and before another.
async fn blocks_of(chain: &Chain, author: &AccountId, after: u32, before: u32) -> Result<usize> {
	let mut made = 0;
	for number in after + 1..before {
		let at = block(chain, number).await?;
		// Who may make a block is what its parent's state says.
		let authorities = authorities(&block(chain, number - 1).await?).await?;
		let slot = fetch(&at, "Aura", "CurrentSlot", ()).await?.context("a block's slot")?;
		let slot = u64::decode(&mut &slot[..]).context("a block's slot")?;
		let turn = usize::try_from(slot)? % authorities.len().max(1);
		made += usize::from(authorities.get(turn) == Some(&author.0));
	}
	Ok(made)
}

/// Waits for the slash, recomputing months while the chain keeps what they are recomputed from.
async fn slashed(stage: &mut Stage, chain: &Chain, after: u32, offender: &AccountId) -> Result<(u32, u128)> {
	let begun = Instant::now();
	let mut next = after + 1;
	loop {
		let last = chain.eye.finalized().await?.number;
		while next <= last {
			for fields in events(&block(chain, next).await?, "Staking", "Slashed").await? {
				if who(&fields, "staker")? == *offender {
					return Ok((next, amount(&fields, "amount")?));
				}
			}
			next += 1;
		}
		ensure!(begun.elapsed() < SLASHED_WITHIN, "no slash within {} min", SLASHED_WITHIN.as_secs() / 60);
		stage.told.say(format!("waiting for the slash: block {last} is final"));
		let different = stage.verify().await?;
		ensure!(different.is_empty(), "{}", different.join("; "));
		stage.months(1, "waiting for the slash").await?;
	}
}

async fn finalized(chain: &Chain) -> Result<At> {
	council::seen(chain, Sight::Final).await
}

async fn block(chain: &Chain, number: u32) -> Result<At> {
	chain.at(chain.eye.block(number).await?.hash).await
}

/// Who makes blocks; the keys of a well-known validator are its account's.
async fn authorities(at: &At) -> Result<Vec<[u8; 32]>> {
	let bytes = fetch(at, "Aura", "Authorities", ())
		.await?
		.with_context(|| format!("the authorities that {FULL} tells"))?;
	Vec::decode(&mut &bytes[..]).context("the authorities")
}

/// What a validator has bonded, in planck.
async fn bond(at: &At, stash: &AccountId) -> Result<u128> {
	// After the account itself.
	type Ledger = ([u8; 32], Compact<u128>);
	let bytes = fetch(at, "Staking", "Ledger", (stash.0,)).await?.context("a bond")?;
	Ok(Ledger::decode(&mut &bytes[..]).context("a bond")?.1.0)
}

/// How often a node has said something.
fn said(stage: &Stage, name: &str, what: &str) -> Result<usize> {
	let node = stage.network.nodes.iter().find(|node| node.name == name).context("a node")?;
	Ok(node.said().matches(what).count())
}

/// What a node's metrics tell under a name.
async fn metric(metrics: SocketAddr, name: &str) -> Result<u64> {
	let Answer::Status(200, text) = get(metrics, "/metrics").await else {
		bail!("{WITNESS} does not tell its metrics");
	};
	let line =
		text.lines().find(|line| line.starts_with(name)).with_context(|| format!("no metric {name}"))?;
	let count = line.rsplit(' ').next().unwrap_or_default();
	count.parse().with_context(|| format!("the metric {line}"))
}

/// Billionths as a percentage.
fn percent(billionths: u128) -> String {
	format!("{}.{:02} %", billionths / 10_000_000, billionths % 10_000_000 / 100_000)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn part_of_a_bond_is_written_as_a_percentage() {
		assert_eq!(percent(562_500_000), "56.25 %");
	}
}
