//! What is held of payments while it is disputed who descends from whom: withheld, released, paid, and compared. The events are
//! encoded as the real runtime encodes them.

use crate::{
	answers::{ask, json},
	events::{Events, Writer},
	rows::asset,
	server, sqlite,
	undelivered::{APRIL, AT, MARCH, PAYEE, U, begun, paid, reported},
};
use axum::Router;
use codec::Encode;
use heirloom_explorer::{
	index::checks::payments,
	store::{
		Money, Store,
		read::{checks::Check, statements::Statement},
		write::NewParent,
	},
};
use heirloom_primitives::{EdgeChange, Period, PeriodReport};
use scraper::{Html, Selector};
use subxt::utils::AccountId32;
use tempfile::TempDir;

pub const MAY: Period = Period(24_316);
pub const DERIVATIVE: u32 = 7;
/// The statements are its.
pub const ANCESTOR: u32 = 0;
const POT: AccountId32 = AccountId32([9; 32]);
pub const OTHER: AccountId32 = AccountId32([8; 32]);

/// A store with both assets of a dispute, of which one is said to be a parent of the other by mistake.
pub async fn disputed() -> (TempDir, Store, Writer) {
	let folder = tempfile::tempdir().unwrap();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let writer = begun(&store).await;
	let mut tx = store.begin().await.unwrap();
	tx.assets(&[asset(ANCESTOR.into(), "SCANS"), asset(DERIVATIVE.into(), "MODEL")]).await.unwrap();
	let (child, parent) = (DERIVATIVE.into(), ANCESTOR.into());
	tx.parents(&[NewParent { child, position: 0, parent, relation: "finetune" }]).await.unwrap();
	tx.commit().await.unwrap();
	(folder, store, writer)
}

/// A block in which a part of a payment is held.
pub async fn withheld(writer: &mut Writer, period: Period, amount: u128) {
	let mut events = Events::default();
	let fields = (period, DERIVATIVE, ANCESTOR, PAYEE, amount).encode();
	events.push(writer.place("Royalty", "Withheld").unwrap(), &fields);
	writer.block(events, AT, period.plus(1)).await.unwrap();
}

/// A block in which all that is held is given away.
pub async fn released(writer: &mut Writer, open: Period, to: Option<AccountId32>, amount: u128) {
	let mut events = Events::default();
	if to.is_none() {
		let fields = (open, DERIVATIVE, POT, amount).encode();
		events.push(writer.place("Royalty", "RevenueReported").unwrap(), &fields);
	}
	let fields = (DERIVATIVE, ANCESTOR, to, amount).encode();
	events.push(writer.place("Royalty", "Released").unwrap(), &fields);
	writer.block(events, AT, open).await.unwrap();
}

/// Compares all months once more, and returns what that came to for the last of them.
async fn compared(store: &Store, months: &[Period]) -> Vec<Check> {
	let (mut last, mut checks) = (0, Vec::new());
	for month in months {
		last = payments::compare_next(store, last).await.unwrap();
		checks.push(store.check("payments", &month.to_string()).await.unwrap().unwrap());
	}
	checks
}

async fn equal(store: &Store, months: &[Period]) {
	for check in compared(store, months).await {
		assert!(check.ok, "{check:?}");
	}
}

/// March: 5 U are due, 2 U of them are held.
async fn march(store: &Store, writer: &mut Writer) {
	withheld(writer, MARCH, 2 * U).await;
	paid(writer, "Paid", MARCH, 3 * U).await;
	let report = PeriodReport { payments: 1, paid: 3 * U, held_out: 2 * U, ..PeriodReport::default() };
	reported(store, writer, MARCH, 5_000_000, report).await;
	equal(store, &[MARCH]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_released_to_a_payee_should_be_paid_with_the_next_month() {
	let (_folder, store, mut writer) = disputed().await;
	let payee = PAYEE.to_string();
	march(&store, &mut writer).await;
	assert_eq!(store.held(&payee).await.unwrap(), Money(0));
	assert_eq!(store.contested(MARCH.into()).await.unwrap(), (Money(0), Money(2_000_000)));

	released(&mut writer, APRIL, Some(PAYEE), 2 * U).await;
	assert_eq!(store.held(&payee).await.unwrap(), Money(2_000_000));
	paid(&mut writer, "Paid", APRIL, 3 * U).await;
	let report = PeriodReport { payments: 1, held_in: 2 * U, paid: 3 * U, ..PeriodReport::default() };
	reported(&store, &mut writer, APRIL, 1_000_000, report).await;
	assert_eq!(store.held(&payee).await.unwrap(), Money(0));
	let payment = store.payment(&payee, APRIL.into()).await.unwrap().unwrap();
	assert_eq!(payment.held_before, Money(2_000_000));
	equal(&store, &[MARCH, APRIL]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_again_should_wait_for_nobody() {
	let (_folder, store, mut writer) = disputed().await;
	march(&store, &mut writer).await;
	released(&mut writer, APRIL, None, 2 * U).await;
	assert_eq!(store.held(&PAYEE.to_string()).await.unwrap(), Money(0));
	paid(&mut writer, "Paid", APRIL, U).await;
	let report = PeriodReport { payments: 1, paid: U, ..PeriodReport::default() };
	reported(&store, &mut writer, APRIL, 1_000_000, report).await;
	equal(&store, &[MARCH, APRIL]).await;
	let held = &store.withheld_in(&PAYEE.to_string(), MARCH.into()).await.unwrap()[0];
	assert_eq!((held.released_in.is_some(), &held.released_to), (true, &None));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_several_months_hold_should_be_released_together() {
	let (_folder, store, mut writer) = disputed().await;
	march(&store, &mut writer).await;
	// All of April's is held, so nothing is paid.
	withheld(&mut writer, APRIL, U).await;
	let report = PeriodReport { held_in: 2 * U, held_out: 3 * U, ..PeriodReport::default() };
	reported(&store, &mut writer, APRIL, 1_000_000, report).await;
	equal(&store, &[MARCH, APRIL]).await;

	released(&mut writer, MAY, Some(PAYEE), 3 * U).await;
	paid(&mut writer, "Paid", MAY, 4 * U).await;
	let report = PeriodReport { payments: 1, held_in: 3 * U, paid: 4 * U, ..PeriodReport::default() };
	reported(&store, &mut writer, MAY, 1_000_000, report).await;
	equal(&store, &[MARCH, APRIL, MAY]).await;
	assert_eq!(store.contested(APRIL.into()).await.unwrap(), (Money(2_000_000), Money(3_000_000)));
	assert_eq!(store.contested(MAY.into()).await.unwrap(), (Money(0), Money(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn asset_should_have_earned_only_what_is_not_held_of_it() {
	// Its payee can be another one by then; what is shared again is not its own.
	for (to, earned) in [(Some(PAYEE), 5_000_000), (Some(OTHER), 5_000_000), (None, 3_000_000)] {
		let (_folder, store, mut writer) = disputed().await;
		march(&store, &mut writer).await;
		assert_eq!(store.earned(ANCESTOR.into()).await.unwrap(), Money(3_000_000));
		released(&mut writer, APRIL, to, 2 * U).await;
		assert_eq!(store.earned(ANCESTOR.into()).await.unwrap(), Money(earned), "{to:?}");
		assert_eq!(store.earned(DERIVATIVE.into()).await.unwrap(), Money(0));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn derivative_should_not_have_earned_what_a_missing_parent_got() {
	for (to, earned) in [(PAYEE, 5_000_000), (OTHER, 3_000_000)] {
		let (_folder, store, mut writer) = disputed().await;
		let mut events = Events::default();
		let fields = (DERIVATIVE, ANCESTOR, EdgeChange::Remove).encode();
		events.push(writer.place("Lineage", "Revised").unwrap(), &fields);
		writer.block(events, AT, MARCH).await.unwrap();
		let mut tx = store.begin().await.unwrap();
		let (asset, paid, payee) = (DERIVATIVE.into(), Money(5_000_000), Some(PAYEE.to_string()));
		let statement =
			Statement { asset, period: MARCH.into(), call_fees: paid, paid, payee, ..Statement::default() };
		tx.statements(&[statement]).await.unwrap();
		tx.commit().await.unwrap();
		withheld(&mut writer, MARCH, 2 * U).await;
		assert_eq!(store.earned(DERIVATIVE.into()).await.unwrap(), Money(3_000_000));
		released(&mut writer, APRIL, Some(to), 2 * U).await;
		assert_eq!(store.earned(DERIVATIVE.into()).await.unwrap(), Money(earned), "{to}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_amounts_should_be_shown_as_different() {
	let (_folder, store, mut writer) = disputed().await;
	march(&store, &mut writer).await;
	released(&mut writer, APRIL, Some(PAYEE), 2 * U).await;
	// One too many paid, and what was released is said to be held still.
	paid(&mut writer, "Paid", APRIL, 4 * U).await;
	let report =
		PeriodReport { payments: 1, held_in: 2 * U, held_out: 2 * U, paid: 4 * U, ..PeriodReport::default() };
	reported(&store, &mut writer, APRIL, 1_000_000, report).await;
	let checks = compared(&store, &[MARCH, APRIL]).await;
	assert!(checks[0].ok && !checks[1].ok, "{checks:?}");
	let (expected, found) = (&checks[1].expected, &checks[1].found);
	assert_eq!(expected, &format!("what {PAYEE} got: 3000000\nall that is held: 2000000"));
	assert_eq!(found, &format!("what {PAYEE} got: 4000000\nall that is held: 0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_should_be_shown_with_what_became_of_it() {
	let (_folder, store, mut writer) = disputed().await;
	march(&store, &mut writer).await;
	let server = server(store);
	let pages = [
		format!("/en/account/{PAYEE}/record"),
		format!("/en/account/{PAYEE}/record/2026-03"),
		"/en/asset/SCANS/months/2026-03".into(),
		"/en/months/2026-03".into(),
	];
	let api = format!("/api/v1/accounts/{PAYEE}/withheld");
	for (page, text) in pages.iter().zip([
		"2.00 U of what was due is held while it is disputed whether SCANS is an ancestor of MODEL.",
		"The assets add up to the payment.",
		"2.00 U of what was due is held while it is disputed whether SCANS is an ancestor of MODEL.",
		"2.00 U of it because of disputes over ancestry",
	]) {
		let (status, body) = ask(&server, page).await;
		let body = String::from_utf8_lossy(&body);
		assert!(status.is_success() && body.contains(text), "{page}: {body}");
	}
	let item = &json(&server, &api).await["items"][0];
	assert_eq!((&item["amount"], &item["released_in"]), (&"2000000".into(), &serde_json::Value::Null));

	released(&mut writer, APRIL, Some(PAYEE), 2 * U).await;
	let (_, body) = ask(&server, &pages[0]).await;
	assert!(String::from_utf8_lossy(&body).contains("2.00 U of what was due was held"));
	let item = &json(&server, &api).await["items"][0];
	assert_eq!(item["released_to"], PAYEE.to_string());
	let (_, body) = ask(&server, &format!("/api/v1/exports/accounts/{PAYEE}/withheld")).await;
	let mut reader = csv::Reader::from_reader(&body[..]);
	let record = reader.records().next().unwrap().unwrap();
	assert_eq!((&record[3], &record[5], &record[9]), ("2.000000", "MODEL", PAYEE.to_string().as_str()));
}

/// What the page of an account's news says, the newest first.
async fn news(server: &Router, language: &str, account: &AccountId32) -> Vec<String> {
	let (status, body) = ask(server, &format!("/{language}/account/{account}/alerts")).await;
	assert!(status.is_success());
	let page = Html::parse_document(&String::from_utf8(body).unwrap());
	let items = Selector::parse(".news a").unwrap();
	page.select(&items).map(|item| item.text().collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn news_should_say_whose_payment_is_held_and_what_became_of_it() {
	let (_folder, store, mut writer) = disputed().await;
	withheld(&mut writer, MARCH, 2 * U).await;
	let server = server(store.clone());
	let held = "2.00 U of the payment for SCANS in March 2026 is held while it is disputed whether SCANS is an \
		ancestor of MODEL";
	assert_eq!(news(&server, "en", &PAYEE).await, [held]);
	released(&mut writer, APRIL, Some(PAYEE), 2 * U).await;
	let due = "2.00 U held of the payment for SCANS in March 2026 is now due to you: paid with the next settlement, unless \
		claimed before";
	assert_eq!(news(&server, "en", &PAYEE).await, [due, held]);
	assert_eq!(
		news(&server, "zh-CN", &PAYEE).await,
		[
			"SCANS 在 2026 年 3 月的付款中暂扣的 2.00 U 现归您所有：随下次结算支付，在此之前也可领取",
			"SCANS 在 2026 年 3 月的付款中有 2.00 U 暂扣：SCANS 是否为 MODEL 的祖先存在争议",
		]
	);
	// Another month's, released to somebody else: both are told.
	withheld(&mut writer, APRIL, U).await;
	released(&mut writer, MAY, Some(OTHER), U).await;
	let to = "1.00 U held of the payment for SCANS in April 2026 is now due to ";
	assert!(news(&server, "en", &PAYEE).await[0].starts_with(to));
	assert!(news(&server, "en", &OTHER).await[0].starts_with(&format!("{to}you:")));
	// And a third month's, shared again.
	withheld(&mut writer, MAY, U).await;
	released(&mut writer, MAY.plus(1), None, U).await;
	let shared = "1.00 U held of the payment for SCANS in May 2026 counts as revenue of MODEL again, shared among its other \
		ancestors";
	assert_eq!(news(&server, "en", &PAYEE).await[0], shared);

	let (_, feed) = ask(&server, &format!("/en/account/{PAYEE}/feed.atom")).await;
	let feed = String::from_utf8(feed).unwrap();
	let keys: Vec<_> = feed.matches("<entry><id>urn:heirloom:account:").collect();
	assert_eq!(keys.len(), 6, "{feed}");
	assert!(feed.contains(&format!("<title>{shared}</title>")), "{feed}");
	assert!(feed.contains(":withheld-1-0</id>") && feed.contains(":released-1-0</id>"), "{feed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn payment_that_bears_a_missing_parent_should_be_the_derivatives() {
	let (_folder, store, mut writer) = disputed().await;
	// The edge is taken away; then it is said to be missing.
	let mut events = Events::default();
	let fields = (DERIVATIVE, ANCESTOR, EdgeChange::Remove).encode();
	events.push(writer.place("Lineage", "Revised").unwrap(), &fields);
	writer.block(events, AT, MARCH).await.unwrap();
	withheld(&mut writer, MARCH, 2 * U).await;
	let server = server(store);
	let item = &json(&server, &format!("/api/v1/accounts/{PAYEE}/withheld")).await["items"][0];
	assert_eq!(item["asset"], DERIVATIVE);
	let held = "2.00 U of the payment for MODEL in March 2026 is held while it is disputed whether SCANS is an \
		ancestor of MODEL";
	assert_eq!(news(&server, "en", &PAYEE).await, [held]);
}
