//! The runtime is replaced by vote of the council in the middle of a month's settlement, without stopping a node, with a
//! migration.

use super::Seen;
use crate::{
	chain::{
		Chain,
		calls::submit,
		council::{self, Sight},
		keys::Keys,
		motions, rpc_params,
	},
	network::{Network, PATIENCE},
	stage::Stage,
	wait,
};
use anyhow::{Context, Result, bail, ensure};
use codec::Decode;
use heirloom_primitives::{MicroU, Period, PeriodReport, Progress, Settling, format_u};
use serde_json::Value;
use std::{collections::BTreeMap, time::Instant};
use subxt::utils::H256;

pub async fn run(stage: &mut Stage) -> Result<Seen> {
	stage.begin().await?;
	stage.months(3, "before").await?;
	let mut seen = Seen::default();
	let begun = Instant::now();
	let changed = apply(stage, stage.network.programs.next_code()?).await?;
	seen.recoveries.push(stage.network.recovered(begun).await?);
	let middle = in_the_middle(stage, changed).await?;
	let paid = migrated(stage, changed).await?;
	seen.remarks.push(format!(
		"the code changed in block {changed}, {middle}, and the migration ran in the next: it summed up {} U of months before",
		format_u(paid)
	));
	stage.months(2, "after").await?;
	Ok(seen)
}

/// Has the council replace the runtime by one of the next version, and waits until every node runs it. Returns the block that
/// changed the code.
pub async fn apply(stage: &Stage, code: Vec<u8>) -> Result<u32> {
	let chain = stage.network.chain().await?;
	let version = spec_version(&chain, None).await?;
	let changed = bring(stage, code, Sight::Final).await?;
	on_all(&stage.network, version + 1).await?;
	Ok(changed)
}

/// Has the council authorize a runtime, brings it in the middle of a settlement, and waits until it is seen. Returns the
/// block that changed the code.
pub async fn bring(stage: &Stage, code: Vec<u8>, sight: Sight) -> Result<u32> {
	let chain = stage.network.chain().await?;
	let version = spec_version(&chain, None).await?;
	stage.told.say("the council votes for the upgrade");
	let hash = H256(sp_crypto_hashing::blake2_256(&code));
	council::as_root(&chain, &motions::authorize_upgrade(hash), Sight::Final).await?;
	stage.settling("authorized").await?;
	stage.told.say("bringing the new runtime");
	let at = council::seen(&chain, Sight::Final).await?;
	let mut number = u32::try_from(at.block_number())?;
	let anybody = Keys::development()?.key("Eve")?;
	submit(&chain, &at, &anybody, &motions::apply_authorized_upgrade(code)).await?;
	wait::until("the new runtime is in force", PATIENCE, async || {
		while number < council::head(&chain, sight).await?.number {
			let hash = chain.eye.block(number + 1).await?.hash;
			if spec_version(&chain, Some(hash)).await? > version {
				return Ok(Some(number + 1));
			}
			number += 1;
		}
		Ok(None)
	})
	.await
}

/// How far the settlement was that the new code went on with: begun by the old one, and not ended by the block that changed it.
pub async fn in_the_middle(stage: &Stage, changed: u32) -> Result<String> {
	let chain = stage.network.chain().await?;
	let at = chain.eye.block(changed).await?.hash;
	let progress: Progress = chain.eye.request("royalty_progress", rpc_params![at]).await?;
	let Some(settling) = progress.settling else {
		bail!("no month was being settled as the code changed in block {changed}");
	};
	let Settling { period, phase, done, of } = settling;
	Ok(format!("in the middle of the settlement of {period} ({phase:?} {done} of {of})"))
}

/// Waits until all nodes run a version.
async fn on_all(network: &Network, version: u64) -> Result<()> {
	wait::until("all nodes run the new runtime", PATIENCE, async || {
		for node in &network.nodes {
			let eye = node.eye().await?;
			let at = eye.finalized().await?.hash;
			let runs: Value = eye.request("state_getRuntimeVersion", rpc_params![at]).await?;
			if runs["specVersion"].as_u64() != Some(version) {
				return Ok(None);
			}
		}
		Ok(Some(()))
	})
	.await
}

async fn spec_version(chain: &Chain, at: Option<H256>) -> Result<u64> {
	let version: Value = chain.eye.request("state_getRuntimeVersion", rpc_params![at]).await?;
	version["specVersion"].as_u64().context("a runtime's version")
}

/// Compares what the migration wrote, in the block after the code's change, with the reports that it had to read.
/// Returns what all of them paid.
pub async fn migrated(stage: &Stage, changed: u32) -> Result<MicroU> {
	let chain = stage.network.chain().await?;
	let before = chain.eye.block(changed).await?.hash;
	let progress: Progress = chain.eye.request("royalty_progress", rpc_params![before]).await?;
	let last = progress.settled.context("nothing was settled before the upgrade")?;
	let mut should = BTreeMap::<u32, MicroU>::new();
	for number in stage.first.0..=last.0 {
		let period = Period(number);
		let report: Option<PeriodReport> =
			chain.eye.request("royalty_period", rpc_params![period, before]).await.ok();
		*should.entry(period.year()).or_default() += report.map_or(0, |report| report.paid);
	}
	let after = chain.eye.block(changed + 1).await?.hash;
	let prefix = [b"Rehearsal".as_slice(), b"PaidByYear"].map(sp_crypto_hashing::twox_128).concat();
	let prefix = format!("0x{}", hex::encode(prefix));
	let keys: Vec<String> = chain
		.eye
		.request("state_getKeysPaged", rpc_params![prefix, 1_000, Option::<String>::None, after])
		.await?;
	let mut is = BTreeMap::new();
	for key in keys {
		let value: Option<String> = chain.eye.request("state_getStorage", rpc_params![&key, after]).await?;
		is.insert(year(&key)?, decoded(&value.context("a sum without a value")?)?);
	}
	ensure!(is == should, "the migration summed up {is:?} and should have {should:?}");
	Ok(is.values().sum())
}

/// The year at the end of a key.
fn year(key: &str) -> Result<u32> {
	decoded(&key[key.len().saturating_sub(8)..])
}

fn decoded<Number: Decode>(text: &str) -> Result<Number> {
	let bytes = hex::decode(text.trim_start_matches("0x")).context("hexadecimal")?;
	Number::decode(&mut &bytes[..]).context("a number")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn year_stands_at_the_end_of_its_key() {
		assert_eq!(year("0xabcdef0123456789ea070000").unwrap(), 2026);
		assert!(year("0xzz").is_err());
	}
}
