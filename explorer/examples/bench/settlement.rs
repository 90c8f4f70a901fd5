//! The settlement of a large platform: the events of its payments, and the statements behind them.

use crate::{
	events::{Events, Writer},
	platform::{MARCH, Random, Size, account, owner},
};
use anyhow::{Context, Result, ensure};
use codec::Encode;
use heirloom_explorer::{
	chain::{Chain, rpc_params},
	index::checks::payments,
	store::{Money, Month, Store, read::statements::Statement, write::NewPot},
};
use heirloom_primitives::PeriodReport;
use std::{
	collections::BTreeMap,
	time::{Duration, Instant},
};

/// 2026-04-01T00:00:00Z.
const CLOSED_AT: u64 = 1_775_001_600_000;
/// Payments in a block.
const PAID_A_BLOCK: usize = 2_000;
/// Rows that are in memory at once.
const AT_ONCE: u32 = 5_000;
/// Assets for each that was due something, and for each that shared.
const ONE_IN: (u32, u32) = (2, 8);
/// Units that each asset was used that was due something.
const UNITS: i64 = 7;
/// What each derivative shares.
const POT: Money = Money(25_000_000);

/// What taking in a settlement took.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
	/// Payments.
	pub payments: u64,
	/// Events of the blocks that paid.
	pub events: u64,
	/// What decoding them and writing what they say took.
	pub took: Duration,
	/// Statements and pots.
	pub statements: u64,
	/// What writing them took.
	pub stating: Duration,
	/// What comparing all payments with all statements took.
	pub comparing: Duration,
}

/// Writes the settlement of March.
pub async fn write(store: &Store, writer: &mut Writer, chain: &Chain, size: Size) -> Result<Settled> {
	let (events, took) = (writer.events, writer.took);
	let mut closing = Events::default();
	closing.push(writer.place("Royalty", "Closed")?, &(MARCH, size.assets, CLOSED_AT).encode());
	let closed_in = writer.block(closing, CLOSED_AT, MARCH.plus(1)).await?;
	let (statements, owed) = stated(size);
	let beside = beside(chain).await?;
	let paid = writer.place("Royalty", "Paid")?;
	let owed: Vec<_> = owed.into_iter().collect();
	let mut at = CLOSED_AT;
	for chunk in owed.chunks(PAID_A_BLOCK) {
		at += 6_000;
		let mut paying = Events::default();
		for (payee, amount) in chunk {
			beside.iter().for_each(|event| paying.push_whole(event));
			paying.push(paid, &(MARCH, account(*payee), u128::try_from(*amount)?).encode());
		}
		writer.block(paying, at, MARCH.plus(1)).await?;
	}
	let (events, took) = (writer.events - events, writer.took - took);
	eprintln!("{} payments, {events} events, in {:.0} s", owed.len(), took.as_secs_f64());

	let begun = Instant::now();
	let rows = statements.len() as u64 + state(store, size, &statements).await?;
	let stating = begun.elapsed();
	eprintln!("{rows} statements and pots in {:.0} s", stating.as_secs_f64());
	let reported_in = report(store, writer, size, &statements, owed.len(), (closed_in, at)).await?;
	let begun = Instant::now();
	payments::compare_next(store, 0).await?;
	let comparing = begun.elapsed();
	let check = store.check("payments", &MARCH.to_string()).await?.context("payments were not compared")?;
	ensure!(check.ok, "what was generated differs in block {reported_in}: {}", check.found);
	Ok(Settled { payments: owed.len() as u64, events, took, statements: rows, stating, comparing })
}

/// What each asset is due, and what that comes to for each payee.
fn stated(size: Size) -> (Vec<Statement>, BTreeMap<u32, i64>) {
	let mut random = Random(u64::from(size.payees) | 1);
	let mut owed = BTreeMap::<u32, i64>::new();
	let mut statements = Vec::new();
	for asset in 0..size.assets / ONE_IN.0 {
		let payee = owner(size, asset);
		let paid = (1 + random.below(40) * random.below(40) * random.below(40)) as i64 * 10_000;
		*owed.entry(payee).or_default() += paid;
		statements.push(Statement {
			asset: asset.into(),
			period: MARCH.into(),
			weight: Some(8_000 + random.below(16_000) as i64),
			part_quality: Some(1_000),
			part_usage: Some(-500),
			part_impact: Some(0),
			bonus: Some(false),
			quality: Some(9_000),
			attested: Some(true),
			average: Some(8_800),
			rank: Some(4_500),
			impact: Some(0),
			units: UNITS,
			gross: Money(0),
			// What it shared it had reported.
			reported: if asset % ONE_IN.1 == 1 { POT } else { Money(0) },
			shared: Money(paid),
			call_fees: Money(0),
			carried_in: Money(0),
			paid: Money(paid),
			carried_out: Money(0),
			payee: Some(account(payee).to_string()),
		});
	}
	(statements, owed)
}

/// Writes statements and pots, and returns how many pots.
async fn state(store: &Store, size: Size, statements: &[Statement]) -> Result<u64> {
	let month = Month::from(MARCH);
	let mut tx = store.begin().await?;
	for chunk in statements.chunks(AT_ONCE as usize) {
		tx.statements(chunk).await?;
	}
	let pots = (0..size.assets / ONE_IN.1).map(|number| NewPot {
		asset: (number * ONE_IN.1 + 1).into(),
		amount: POT,
		total_weight: 30_000,
		proven_only: false,
	});
	let pots: Vec<_> = pots.collect();
	for chunk in pots.chunks(AT_ONCE as usize) {
		tx.pots(month, chunk).await?;
	}
	tx.commit().await?;
	Ok(pots.len() as u64)
}

/// Writes the report, in the block behind the last payment.
async fn report(
	store: &Store,
	writer: &mut Writer,
	size: Size,
	statements: &[Statement],
	payments: usize,
	(closed_in, at): (u64, u64),
) -> Result<u64> {
	let reported_in = writer.block(Events::default(), at + 6_000, MARCH.plus(1)).await?;
	let paid = statements.iter().map(|statement| statement.paid.micro()).sum();
	let report = PeriodReport {
		assets: size.assets,
		active: size.assets,
		pots: size.assets / ONE_IN.1,
		earning: u32::try_from(statements.len())?,
		payments: u32::try_from(payments)?,
		shared: paid,
		paid,
		averages: [Some(8_800), Some(8_500), None],
		closed_at: CLOSED_AT,
		closed_in: u32::try_from(closed_in)?,
		reported_at: at,
		reported_in: u32::try_from(reported_in)?,
		..PeriodReport::default()
	};
	let mut tx = store.begin().await?;
	let (height, at) = (i64::try_from(reported_in)?, i64::try_from(at)?);
	tx.reported(MARCH.into(), height, at, &serde_json::to_string(&report)?).await?;
	// As the statements have it, each asset that was due something was used as much.
	tx.summarise(MARCH.into(), &[(UNITS, i64::try_from(statements.len())?)]).await?;
	tx.commit().await?;
	Ok(reported_in)
}

/// The events that a real settlement leaves beside each payment, as they are: those between two payments of a block.
async fn beside(chain: &Chain) -> Result<Vec<Vec<u8>>> {
	let last = chain.last_final().await?.0;
	for number in 0..=last {
		let hash = chain.hash_of(number).await?.with_context(|| format!("no block {number}"))?;
		let at = chain.at(hash, number).await?;
		let events = at.events().fetch().await?;
		let events: Vec<_> = events.iter().collect::<std::result::Result<_, _>>()?;
		let paid = |event: &subxt::events::Event<'_, _>| {
			(event.pallet_name(), event.event_name()) == ("Royalty", "Paid")
		};
		let mut places = (0..).zip(&events).filter(|(_, event)| paid(event)).map(|(place, _)| place);
		if let (Some(first), Some(second)) = (places.next(), places.next()) {
			let between: &[_] = &events[first + 1..second];
			return Ok(between.iter().map(|event| event.bytes().to_vec()).collect());
		}
	}
	let health: serde_json::Value = chain.request("system_health", rpc_params![]).await?;
	anyhow::bail!("no block of the chain has two payments; its node says {health}")
}
