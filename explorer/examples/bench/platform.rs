//! The index of a large platform: its assets as a chain begins with them, then a month of calls, its settlement, and a part of
//! the month behind it.

use crate::{
	events::{self, Events, Writer},
	settlement::{self, Settled},
};
use anyhow::Result;
use codec::Encode;
use heirloom_explorer::{
	chain::{
		Chain,
		blocks::text,
		decode::{
			lineage::{Called, running_hash},
			values::Purpose,
		},
	},
	store::{
		Month, Store,
		write::{NewAsset, NewBlock, NewParent},
	},
};
use heirloom_primitives::Period;
use sp_crypto_hashing::blake2_256;
use std::{
	collections::HashMap,
	sync::Arc,
	time::{Duration, Instant},
};
use subxt::utils::{AccountId32, H256};

/// The month that is settled: March 2026.
pub const MARCH: Period = Period(12 * 2026 + 2);
/// 2026-03-15T12:00:00Z.
const MIDDLE: u64 = 1_773_576_000_000;
/// 2026-04-10T12:00:00Z.
const LATER: u64 = 1_775_822_400_000;
/// Time between two blocks, in milliseconds.
const SLOT: u64 = 6_000;
/// Rows that are in memory at once.
const AT_ONCE: u32 = 5_000;
/// Calls in a block.
const CALLS_A_BLOCK: u32 = 1_000;
/// Companies that call.
const COMPANIES: u64 = 500;
/// Assets for each that is used in March, and for each that is used in the open month.
const USED_ONE_IN: (u32, u32) = (2, 8);
/// One asset in so many belongs to one account: to find out whether those with most are served as well.
const LARGEST_OWNER_ONE_IN: u32 = 20;

/// How large a platform is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
	/// Assets.
	pub assets: u32,
	/// Accounts that own them, and are paid.
	pub payees: u32,
}

/// How long it took to write it.
#[derive(Clone, Copy, Debug)]
pub struct Written {
	/// Assets and parents that the chain began with, and what writing them took.
	pub genesis: (u64, Duration),
	/// Events of calls, and what taking them in took.
	pub calls: (u64, Duration),
	/// The settlement.
	pub settled: Settled,
}

/// Numbers without a pattern (xorshift), the same each time.
pub struct Random(pub u64);

impl Random {
	/// One below a bound.
	pub fn below(&mut self, bound: u64) -> u64 {
		self.0 ^= self.0 << 13;
		self.0 ^= self.0 >> 7;
		self.0 ^= self.0 << 17;
		self.0 % bound.max(1)
	}

	/// One below a bound, small ones far more often: how much is derived from assets, and how often they are called, is
	/// spread so unevenly on platforms that exist.
	pub fn skewed(&mut self, bound: u64) -> u64 {
		let part = self.below(1 << 32) as f64 / f64::from(u32::MAX);
		((part * part * part * part) * bound as f64) as u64
	}
}

/// The account of an owner.
pub fn account(owner: u32) -> AccountId32 {
	AccountId32(blake2_256(&[b"owner".as_slice(), &owner.to_le_bytes()].concat()))
}

/// Who owns an asset.
pub fn owner(size: Size, asset: u32) -> u32 {
	if asset.is_multiple_of(LARGEST_OWNER_ONE_IN) { 0 } else { asset % size.payees }
}

/// The name of an asset.
pub fn handle(asset: u32) -> String {
	format!("SET-{asset:07}")
}

/// Writes all of it.
pub async fn write(store: &Store, url: &str, size: Size) -> Result<Written> {
	let begun = Instant::now();
	let rows = genesis(store, size).await?;
	let genesis = (rows, begun.elapsed());
	eprintln!("{rows} assets and parents in {:.0} s", genesis.1.as_secs_f64());

	let chain = Arc::new(Chain::connect(url).await?);
	let at = chain.finalized().await?;
	let mut writer = Writer::new(store.clone(), chain.clone(), at);
	let mut heads = HashMap::new();
	calls(&mut writer, size.assets / USED_ONE_IN.0, size, MIDDLE, MARCH, &mut heads).await?;
	let mut calls_of = (writer.events, writer.took);
	eprintln!("{} calls in {:.0} s", calls_of.0, calls_of.1.as_secs_f64());
	let settled = settlement::write(store, &mut writer, &chain, size).await?;
	let (events, took) = (writer.events, writer.took);
	calls(&mut writer, size.assets / USED_ONE_IN.1, size, LATER, MARCH.plus(1), &mut heads).await?;
	calls_of.0 += writer.events - events;
	calls_of.1 += writer.took - took;
	Ok(Written { genesis, calls: calls_of, settled })
}

/// What a chain begins with, as the index reads it from the first state.
async fn genesis(store: &Store, size: Size) -> Result<u64> {
	let mut random = Random(u64::from(size.assets) | 1);
	let mut tx = store.begin().await?;
	tx.block(&NewBlock {
		height: 0,
		hash: text(events::hash(0)),
		parent: text(H256::zero()),
		state_root: text(H256::zero()),
		at: 0,
		spec_version: 1,
		extrinsics: 0,
		events: 0,
		author: None,
	})
	.await?;
	tx.domains(&DOMAINS.map(|(id, name)| (id, name.into(), false))).await?;
	let mut ancestors = vec![0u16; size.assets as usize];
	let mut count = u64::from(size.assets);
	for first in (0..size.assets).step_by(AT_ONCE as usize) {
		let (mut assets, mut parents) = (Vec::new(), Vec::new());
		for id in first..size.assets.min(first.saturating_add(AT_ONCE)) {
			// A tenth are roots, a third of the others have two parents.
			let wanted = if id.is_multiple_of(10) { 0 } else { 1 + u32::from(id.is_multiple_of(3)) };
			let parent = |_| u32::try_from(random.skewed(id.into())).unwrap_or_default().min(id - 1);
			let mut of: Vec<u32> = (0..wanted).map(parent).collect();
			of.dedup();
			let above = of.iter().map(|parent| ancestors[*parent as usize]).max();
			ancestors[id as usize] = above.map_or(0, |above| above.saturating_add(1));
			assets.push(asset(size, id, ancestors[id as usize]));
			parents.extend((0i64..).zip(of).map(|(position, parent)| NewParent {
				child: id.into(),
				position,
				parent: parent.into(),
				relation: "finetune",
			}));
		}
		tx.assets(&assets).await?;
		tx.parents(&parents).await?;
		count += parents.len() as u64;
	}
	tx.note("genesis", &text(events::hash(0))).await?;
	tx.advance(0, &text(events::hash(0))).await?;
	tx.commit().await?;
	Ok(count)
}

const DOMAINS: [(i64, &str); 4] = [(0, "code"), (1, "law"), (2, "speech"), (3, "vision")];

fn asset(size: Size, id: u32, generation: u16) -> NewAsset {
	NewAsset {
		id: id.into(),
		handle: handle(id),
		kind: ["data", "model", "script"][(id % 3) as usize],
		creator: account(owner(size, id)).to_string(),
		content: format!("bafkreib{id:052}"),
		domain: (id % 5 < 4).then(|| DOMAINS[(id % 5) as usize].1.into()),
		scenario: "Generated".into(),
		terms: "share",
		share_rate: Some(5_000),
		price: None,
		call_fee: "1000000".into(),
		accuracy: Some(9_000),
		speed_gain: None,
		quality: Some((5_000 + id % 5_000).into()),
		attested: id.is_multiple_of(2),
		impact: 0,
		status: "active",
		minted: Month(i64::from(MARCH.0) - 6),
		minted_at: None,
		minted_in: 0,
		minted_event: None,
		generation: generation.into(),
		ancestors: generation.into(),
	}
}

/// Uses of some assets, each a receipt with the running hash that the chain would have.
async fn calls(
	writer: &mut Writer,
	count: u32,
	size: Size,
	from: u64,
	period: Period,
	heads: &mut HashMap<u32, (u64, H256)>,
) -> Result<()> {
	let called = writer.place("Lineage", "Called")?;
	let mut random = Random(from | 1);
	for first in (0..count).step_by(CALLS_A_BLOCK as usize) {
		let at = from + u64::from(first / CALLS_A_BLOCK) * SLOT;
		let mut events = Events::default();
		for _ in 0..CALLS_A_BLOCK.min(count - first) {
			let asset = u32::try_from(random.skewed(u64::from(size.assets)))?.min(size.assets - 1);
			let (index, previous) = heads.get(&asset).copied().unwrap_or_default();
			let units = 1 + random.below(40);
			let company = random.below(COMPANIES);
			let mut receipt = Called {
				asset,
				index,
				caller: AccountId32(blake2_256(&[b"company".as_slice(), &company.to_le_bytes()].concat())),
				units,
				purpose: Purpose::Inference,
				fee: u128::from(units) * 1_000_000,
				permit: None,
				derivation: None,
				at,
				hash: H256::zero(),
			};
			receipt.hash = running_hash(&previous, &receipt);
			heads.insert(asset, (index + 1, receipt.hash));
			let Called { caller, fee, permit, derivation, hash, .. } = receipt;
			let purpose = heirloom_primitives::Purpose::from(receipt.purpose);
			let fields = (asset, index, caller, units, purpose, fee, permit, derivation, at, hash).encode();
			events.push(called, &fields);
		}
		writer.block(events, at, period).await?;
	}
	Ok(())
}
