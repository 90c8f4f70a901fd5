//! Payments that could not be delivered: what waits, what is tried again with the next month, what is claimed. The events are
//! encoded as the real runtime encodes them.

use crate::{
	answers::json,
	chain,
	events::{Events, Writer, hash},
	server, sqlite,
};
use codec::Encode;
use heirloom_explorer::{
	chain::{Chain, blocks::text},
	index::checks::payments,
	store::{
		Money, Store,
		read::statements::Statement,
		write::{NewBlock, Tx},
	},
};
use heirloom_primitives::{Period, PeriodReport};
use std::sync::Arc;
use subxt::utils::{AccountId32, H256};

pub const MARCH: Period = Period(24_314);
pub const APRIL: Period = Period(24_315);
pub const PAYEE: AccountId32 = AccountId32([7; 32]);
pub const U: u128 = 1_000_000;
/// 2026-04-01T00:00:00Z.
pub const AT: u64 = 1_775_001_600_000;

/// A store with a first block, and what writes behind it.
pub async fn begun(store: &Store) -> Writer {
	let chain = Arc::new(Chain::connect(chain::march().0).await.unwrap());
	let at = chain.finalized().await.unwrap();
	let mut tx = store.begin().await.unwrap();
	let (hash, nothing) = (text(hash(0)), text(H256::zero()));
	let (height, at_first, spec_version, extrinsics, events) = (0, 0, 1, 0, 0);
	let (parent, state_root, author) = (nothing.clone(), nothing, None);
	let block = NewBlock {
		height,
		hash: hash.clone(),
		parent,
		state_root,
		at: at_first,
		spec_version,
		extrinsics,
		events,
		author,
	};
	tx.block(&block).await.unwrap();
	tx.advance(0, &hash).await.unwrap();
	tx.commit().await.unwrap();
	Writer::new(store.clone(), chain, at)
}

/// A block with one payment, or what came of it.
pub async fn paid(writer: &mut Writer, event: &str, period: Period, amount: u128) {
	let mut events = Events::default();
	events.push(writer.place("Royalty", event).unwrap(), &(period, PAYEE, amount).encode());
	writer.block(events, AT, period.plus(1)).await.unwrap();
}

/// What a month states of its one payee, and its report.
pub async fn reported(store: &Store, writer: &mut Writer, period: Period, due: i64, report: PeriodReport) {
	let mut events = Events::default();
	events.push(writer.place("Royalty", "Closed").unwrap(), &(period, 1u32, AT).encode());
	let block = writer.block(events, AT, period.plus(1)).await.unwrap();
	let mut tx: Tx = store.begin().await.unwrap();
	let (paid, payee) = (Money(due), Some(PAYEE.to_string()));
	let statement = Statement { period: period.into(), shared: paid, paid, payee, ..Statement::default() };
	tx.statements(&[statement]).await.unwrap();
	let json = serde_json::to_string(&report).unwrap();
	tx.reported(period.into(), block.try_into().unwrap(), AT.try_into().unwrap(), &json).await.unwrap();
	tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_delivered_should_wait_until_it_arrives() {
	let folder = tempfile::tempdir().unwrap();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let mut writer = begun(&store).await;
	let payee = PAYEE.to_string();

	paid(&mut writer, "PaymentUndelivered", MARCH, 3 * U).await;
	let report = PeriodReport { undelivered: 1, held_out: 3 * U, ..PeriodReport::default() };
	reported(&store, &mut writer, MARCH, 3_000_000, report).await;
	assert_eq!(store.held(&payee).await.unwrap(), Money(3_000_000));
	let payment = store.payment(&payee, MARCH.into()).await.unwrap().unwrap();
	assert_eq!((payment.delivered, payment.held_before), (false, Money(0)));
	let summary = store.account(&payee).await.unwrap();
	assert_eq!((summary.payments, summary.earned, summary.held), (0, Money(0), Money(3_000_000)));

	// The month behind it brings 2 U more, and tries both together.
	paid(&mut writer, "Paid", APRIL, 5 * U).await;
	let report = PeriodReport { payments: 1, held_in: 3 * U, paid: 5 * U, ..PeriodReport::default() };
	reported(&store, &mut writer, APRIL, 2_000_000, report).await;
	assert_eq!(store.held(&payee).await.unwrap(), Money(0));
	let payment = store.payment(&payee, APRIL.into()).await.unwrap().unwrap();
	assert_eq!((payment.delivered, payment.held_before), (true, Money(3_000_000)));
	assert_eq!(store.account(&payee).await.unwrap().earned, Money(5_000_000));

	// Both months add up: what was due and had waited is what was paid and waits.
	let mut last = 0;
	for month in [MARCH, APRIL] {
		last = payments::compare_next(&store, last).await.unwrap();
		let check = store.check("payments", &month.to_string()).await.unwrap().unwrap();
		assert!(check.ok, "{check:?}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_should_be_gone_once_it_is_claimed() {
	let folder = tempfile::tempdir().unwrap();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let mut writer = begun(&store).await;
	paid(&mut writer, "PaymentUndelivered", MARCH, 3 * U).await;
	let server = server(store.clone());
	let claims = format!("/api/v1/accounts/{PAYEE}/claims");
	assert_eq!(json(&server, &claims).await["held"], "3000000");

	let mut events = Events::default();
	events.push(writer.place("Royalty", "Claimed").unwrap(), &(PAYEE, 3 * U).encode());
	writer.block(events, AT, APRIL).await.unwrap();
	let said = json(&server, &claims).await;
	assert_eq!((&said["held"], &said["claims"][0]["amount"]), (&"0".into(), &"3000000".into()));
	assert_eq!(store.account(&PAYEE.to_string()).await.unwrap().earned, Money(3_000_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_claimed_in_the_block_that_pays_should_not_be_paid_again() {
	let folder = tempfile::tempdir().unwrap();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let mut writer = begun(&store).await;
	paid(&mut writer, "PaymentUndelivered", MARCH, 3 * U).await;
	let mut events = Events::default();
	events.push(writer.place("Royalty", "Claimed").unwrap(), &(PAYEE, 3 * U).encode());
	events.push(writer.place("Royalty", "PaymentUndelivered").unwrap(), &(APRIL, PAYEE, 2 * U).encode());
	writer.block(events, AT, APRIL.plus(1)).await.unwrap();
	let payment = store.payment(&PAYEE.to_string(), APRIL.into()).await.unwrap().unwrap();
	assert_eq!(payment.held_before, Money(0));
	assert_eq!(store.held(&PAYEE.to_string()).await.unwrap(), Money(2_000_000));
}
