//! What a settlement is compared with, measured in the same run and on the same state.

use crate::{
	chain::{Chain, Load},
	platform::{self, Lists, Platform},
	quiet,
	state::{Blocks, Cache},
	users::{Action, DERIVATIONS, REPORTED},
};
use anyhow::{Context, Result};
use heirloom_primitives::{AssetId, CENT, FRACTION_BITS, MicroU, RatePerWeight};
use heirloom_runtime::{Runtime, constants::u::U_ID};
use sp_state_machine::Backend as _;
use std::{
	hint::black_box,
	path::Path,
	time::{Duration, Instant},
};

/// How often each is measured; the median counts.
const TIMES: usize = 3;
/// Blocks that are made first: they compile the runtime and find the databases cold.
const WARM_UP: usize = 2;
/// Parents of an asset that users mint.
const PARENTS: usize = 2;

/// Transfers, calls and empty blocks. Times are in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Transfers {
	/// Importing a block without user transactions.
	pub empty: f64,
	/// What such a block declares.
	pub empty_declared: f64,
	/// A `balances.transfer_keep_alive`.
	pub loom: Each,
	/// An `assets.transfer_keep_alive` of U.
	pub u: Each,
	/// A `lineage.call`.
	pub call: Each,
}

/// A transaction of a full block, signature and all. Times are in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Each {
	/// Importing it.
	pub time: f64,
	/// What it declares.
	pub declared: f64,
	/// How many of them fill a block.
	pub number: usize,
}

/// Measures empty blocks and full ones.
pub fn transfers(chain: &mut Chain) -> Result<Transfers> {
	for _ in 0..WARM_UP {
		chain.block(Load::Saturating(Action::TransferLoom))?;
	}
	let mut empty_declared = 0.0;
	let empty = median(|| {
		let block = chain.block(Load::Nothing)?;
		empty_declared = block.mandatory;
		Ok(block.import.as_secs_f64())
	})?;
	let call = each(chain, Action::Call, empty)?;
	let u = each(chain, Action::TransferU, empty)?;
	let loom = each(chain, Action::TransferLoom, empty)?;
	Ok(Transfers { empty, empty_declared, loom, u, call })
}

/// What owners do, each with the time of a full block of it: terms, payees, revenue, transfers, and minting from parents.
/// It changes the platform, so it comes when all that is settled is settled.
pub fn owners_calls(chain: &mut Chain, empty: f64) -> Result<Vec<(Action, Each)>> {
	// The first booking of an asset in a month is charged for settling it, which comes later.
	fill_until(chain, Action::ReportRevenue, REPORTED)?;
	let mut calls = Vec::new();
	for action in [Action::ReportRevenue, Action::SetTerms, Action::BindPayee, Action::TransferAsset] {
		calls.push((action, each(chain, action, empty)?));
	}
	fill_until(chain, Action::OpenDerivation, DERIVATIONS)?;
	fill_until(chain, Action::UseAsParent, DERIVATIONS * PARENTS)?;
	calls.push((Action::Mint, each(chain, Action::Mint, empty)?));
	Ok(calls)
}

/// Makes full blocks until something is done so many times.
fn fill_until(chain: &mut Chain, action: Action, times: usize) -> Result<()> {
	while chain.done(action) < times {
		chain.block(Load::Saturating(action))?;
	}
	Ok(())
}

fn each(chain: &mut Chain, action: Action, empty: f64) -> Result<Each> {
	let (mut number, mut declared) = (0, 0.0);
	let time = median(|| {
		let block = chain.block(Load::Saturating(action))?;
		number = block.transactions;
		declared = block.normal / number.max(1) as f64;
		Ok((block.import.as_secs_f64() - empty).max(0.0) / number.max(1) as f64)
	})?;
	Ok(Each { time, declared, number })
}

/// The seconds of an ideal loop over all pairs: the weights of a derivative's ancestors are gathered and summed, its
/// pot is divided once, and the quotient is added to each of them that shares. Everything lies flat in memory.
pub fn scatter_add(platform: &Platform) -> Result<f64> {
	let pairs = platform.pairs();
	let weights: Vec<_> = (0..platform.size.assets)
		.map(|asset| (1_000 + (asset % 35_000) as u16, platform.is_proven(asset)))
		.collect();
	let pots: Vec<MicroU> = (0..).zip(pairs.iter()).map(|(number, _)| CENT + number).collect();
	median(|| {
		let begun = Instant::now();
		black_box(scattered(&pairs, black_box(&weights), &pots));
		Ok(begun.elapsed().as_secs_f64())
	})
}

/// `weights` has an asset's weight, and whether it is proven: where some ancestors are, the pot is theirs alone.
fn scattered(pairs: &Lists<AssetId>, weights: &[(u16, bool)], pots: &[MicroU]) -> Vec<RatePerWeight> {
	let mut accruals = vec![0; weights.len()];
	for (ancestors, pot) in pairs.iter().zip(pots) {
		let mut totals = [0u64; 2];
		for ancestor in ancestors {
			let (weight, proven) = weights[*ancestor as usize];
			totals[usize::from(proven)] += u64::from(weight);
		}
		let only = totals[1] > 0;
		let rate = (pot << FRACTION_BITS) / RatePerWeight::from(totals[usize::from(only)]);
		for ancestor in ancestors {
			if weights[*ancestor as usize].1 == only {
				accruals[*ancestor as usize] += rate;
			}
		}
	}
	accruals
}

/// What the database takes for the balances of all payees, and nothing else. Times are in seconds, of all of them.
#[derive(Clone, Copy, Debug)]
pub struct Trie {
	/// Reading each of them, in no order, from a database that was just opened.
	pub reads: f64,
	/// Reading each, changing it in the trie and committing it, a block's batch at a time, in the order of the trie, from
	/// a database that was just opened: as a settlement pays.
	pub updates: f64,
}

/// Measures reads and updates, `batch` of them a block.
pub fn trie(cache: &Cache, state: &Path, payees: u32, batch: usize) -> Result<Trie> {
	let mut keys: Vec<_> = (0..payees)
		.map(|payee| pallet_assets::Account::<Runtime>::hashed_key_for(U_ID, platform::account(payee)))
		.collect();
	let copy = cache.copy(state, "trie")?;
	let mut blocks = Blocks::open(&copy.path())?;
	let begun = Instant::now();
	let mut reads = Duration::ZERO;
	blocks.add(|state| {
		for key in &keys {
			black_box(state.storage(key).map_err(anyhow::Error::msg)?.context("a payee has no U")?);
		}
		reads = begun.elapsed();
		Ok(Vec::new())
	})?;
	drop(blocks);
	let mut blocks = Blocks::open(&copy.path())?;
	keys.sort();
	let mut updates = Duration::ZERO;
	for keys in keys.chunks(batch.max(1)) {
		quiet::rest()?;
		let begun = Instant::now();
		blocks.add(|state| {
			keys.iter()
				.map(|key| {
					let stored = state.storage(key).map_err(anyhow::Error::msg)?;
					let mut account = stored.context("a payee has no U")?;
					credit(&mut account)?;
					Ok((key.clone(), account))
				})
				.collect()
		})?;
		updates += begun.elapsed();
	}
	Ok(Trie { reads: reads.as_secs_f64(), updates: updates.as_secs_f64() })
}

/// Adds a cent to a stored account of U: the balance comes first.
fn credit(account: &mut [u8]) -> Result<()> {
	let balance = account.first_chunk_mut::<16>().context("an account of U is too short")?;
	*balance = (u128::from_le_bytes(*balance) + CENT).to_le_bytes();
	Ok(())
}

/// The median of some measurements.
fn median(mut measure: impl FnMut() -> Result<f64>) -> Result<f64> {
	let mut measured = (0..TIMES).map(|_| measure()).collect::<Result<Vec<_>>>()?;
	measured.sort_by(f64::total_cmp);
	Ok(measured[TIMES / 2])
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn scatter_add_gives_each_ancestor_its_rates() {
		let mut pairs = Lists::default();
		pairs.push([0, 1]);
		pairs.push([1]);
		let accruals = scattered(&pairs, &[(100, false), (300, false)], &[400, 600]);
		assert_eq!(accruals, [1 << FRACTION_BITS, 3 << FRACTION_BITS]);
	}

	#[test]
	fn scatter_add_gives_nothing_to_who_is_not_proven_beside_who_is() {
		let mut pairs = Lists::default();
		pairs.push([0, 1]);
		pairs.push([0]);
		let accruals = scattered(&pairs, &[(100, false), (300, true)], &[600, 400]);
		assert_eq!(accruals, [4 << FRACTION_BITS, 2 << FRACTION_BITS]);
	}

	#[test]
	fn cent_is_added_to_a_balance_alone() {
		let mut account = [7u128.to_le_bytes().to_vec(), vec![1, 2, 3]].concat();
		credit(&mut account).unwrap();
		assert_eq!(account, [(7 + CENT).to_le_bytes().to_vec(), vec![1, 2, 3]].concat());
		assert!(credit(&mut [0; 15]).is_err());
	}
}
