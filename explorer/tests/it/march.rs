//! The month of march-2026 as the index has it, against what the independent oracle says.

use crate::{chain, indexed, sqlite};
use heirloom_explorer::store::Month;
use serde::Deserialize;

const MARCH: Month = Month(12 * 2026 + 2);

#[derive(Deserialize)]
struct Expected {
	asset: String,
	weight_bps: Option<i64>,
	shared_micro: i64,
	call_fees_micro: i64,
	paid_micro: i64,
	carried_micro: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_should_be_as_the_oracle_says() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let path = chain::scenario("march-2026").join("expected.csv");
	let mut compared = 0;
	for expected in csv::Reader::from_path(path).unwrap().deserialize() {
		let expected: Expected = expected.unwrap();
		let asset = store.asset_by_handle(&expected.asset).await.unwrap().unwrap();
		let Some(statement) = store.statement(asset.id, MARCH).await.unwrap() else {
			panic!("{} has no statement", expected.asset);
		};
		let amounts = (statement.shared.0, statement.call_fees.0, statement.paid.0, statement.carried_out.0);
		let should =
			(expected.shared_micro, expected.call_fees_micro, expected.paid_micro, expected.carried_micro);
		assert_eq!((statement.weight, amounts), (expected.weight_bps, should), "{}", expected.asset);
		compared += 1;
	}
	assert!(compared > 800, "{compared}");
	let statements = store.check("statements", "2026-03").await.unwrap().unwrap();
	assert!(statements.ok && statements.compared > compared, "{statements:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn annotator_should_find_why_it_was_2_000_u() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let asset = store.asset_by_handle("CT-2025-0312").await.unwrap().unwrap();
	let statement = store.statement(asset.id, MARCH).await.unwrap().unwrap();
	assert_eq!((statement.weight, statement.units), (Some(18_000), 37));
	let parts = (statement.part_quality, statement.part_usage, statement.part_impact);
	assert_eq!(parts, (Some(3_000), Some(3_000), Some(2_000)));
	let pots = store.pots_below(asset.id, MARCH, 2).await.unwrap().unwrap();
	assert_eq!(pots.iter().map(|pot| pot.pot.amount.0).sum::<i64>(), 15_000_000_000);
	// Its descendants are those two.
	assert!(store.pots_below(asset.id, MARCH, 1).await.unwrap().is_none());
	assert!(pots.iter().all(|pot| pot.pot.total_weight == 135_000), "{pots:?}");
	let payment = store.payment(asset.paid_to(), MARCH).await.unwrap().unwrap();
	assert_eq!((payment.amount.0, payment.delivered), (2_000_000_000, true));
	let called = store.receipts(asset.id, heirloom_explorer::store::NEWEST, 1_000).await.unwrap().items;
	assert_eq!(called.len() as i64, asset.receipts);
	assert_eq!(called.iter().map(|receipt| receipt.units.parse::<i64>().unwrap()).sum::<i64>(), 37);
}
