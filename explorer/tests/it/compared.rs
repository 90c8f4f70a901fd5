//! What somebody changed in the database is shown as different.

use crate::{
	answers::{ask, json},
	chain, indexed, server, sqlite,
};
use axum::http::StatusCode;
use heirloom_explorer::{
	chain::Node,
	index::checks::{self, payments, receipts},
	store::{Pool, Store},
};
use serde_json::Value;
use sqlx::AssertSqlSafe;
use std::path::Path;

async fn march(folder: &Path) -> (Store, Node, i64) {
	let store = indexed(&sqlite(folder)).await;
	let asset = store.asset_by_handle("CT-2025-0312").await.unwrap().unwrap();
	(store, Node::new(chain::march().0), asset.id)
}

async fn tamper(store: &Store, sql: &str) {
	let Pool::Sqlite(pool) = store.pool() else { panic!("not SQLite") };
	let changed = sqlx::query(AssertSqlSafe(sql)).execute(pool).await.unwrap();
	assert_eq!(changed.rows_affected(), 1, "{sql}");
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_of_the_chain_should_be_equal() {
	let folder = tempfile::tempdir().unwrap();
	let (store, node, asset) = march(folder.path()).await;
	let check = receipts::compare(&store, &node, asset).await.unwrap();
	assert!(check.ok && check.compared > 0, "{check:?}");
	assert_eq!(store.count_differences().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_receipt_should_be_shown_as_different() {
	for (change, number) in [
		("UPDATE receipts SET fee = fee + 1 WHERE asset = {} AND number = 0", "receipt 0"),
		("UPDATE receipts SET units = '99' WHERE asset = {} AND number = 0", "receipt 0"),
		("UPDATE receipts SET purpose = 'nothing' WHERE asset = {} AND number = 0", "receipt 0"),
		("DELETE FROM receipts WHERE asset = {} AND number = 0", ""),
	] {
		let folder = tempfile::tempdir().unwrap();
		let (store, node, asset) = march(folder.path()).await;
		tamper(&store, &change.replace("{}", &asset.to_string())).await;
		let check = receipts::compare(&store, &node, asset).await.unwrap();
		assert!(!check.ok && check.found.contains(number), "{change}: {check:?}");
		let server = server(store);
		assert_eq!(json(&server, "/api/v1/status").await["differences"], 1);
		let shown = json(&server, "/api/v1/checks").await;
		assert_eq!((&shown[0]["kind"], &shown[0]["ok"]), (&"receipts".into(), &Value::Bool(false)));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn difference_should_go_once_both_are_equal_again() {
	let folder = tempfile::tempdir().unwrap();
	let (store, node, asset) = march(folder.path()).await;
	tamper(&store, &format!("UPDATE receipts SET fee = fee + 1 WHERE asset = {asset} AND number = 0")).await;
	assert!(!receipts::compare(&store, &node, asset).await.unwrap().ok);
	tamper(&store, &format!("UPDATE receipts SET fee = fee - 1 WHERE asset = {asset} AND number = 0")).await;
	assert!(receipts::compare(&store, &node, asset).await.unwrap().ok);
	assert_eq!(store.count_differences().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn node_that_is_behind_the_index_should_not_be_compared_with() {
	let folder = tempfile::tempdir().unwrap();
	let (store, node, asset) = march(folder.path()).await;
	// A receipt that the node has not got to, and a block that it does not have.
	tamper(
		&store,
		&format!(
			"INSERT INTO receipts (asset, number, height, event, caller, units, paid_units, purpose, fee, permit, derivation, at,
				period, hash)
			SELECT asset, number + 1000, height, (SELECT max(event) + 1 FROM receipts), caller, units, paid_units, purpose,
				fee, permit, derivation, at, period, hash FROM receipts WHERE asset = {asset} AND number = 0"
		),
	)
	.await;
	tamper(&store, "UPDATE cursor SET height = height + 1000000").await;
	let one = receipts::compare(&store, &node, asset).await.unwrap_err().to_string();
	let range = receipts::compare_range(&store, &node, 0).await.unwrap_err().to_string();
	for error in [one, range] {
		assert!(error.starts_with("the node does not have block 1"), "{error}");
	}
	assert_eq!(store.count_differences().await.unwrap(), 0);
	let (status, body) = ask(&server(store), &format!("/api/v1/assets/{asset}/check")).await;
	assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{}", String::from_utf8_lossy(&body));
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_payment_should_be_shown_as_different() {
	let folder = tempfile::tempdir().unwrap();
	let (store, _, asset) = march(folder.path()).await;
	payments::compare_next(&store, 0).await.unwrap();
	assert_eq!(store.count_differences().await.unwrap(), 0);
	let payee = store.asset(asset).await.unwrap().unwrap().owner;
	tamper(&store, &format!("UPDATE payments SET amount = amount + 10000 WHERE payee = '{payee}'")).await;
	payments::compare_next(&store, 0).await.unwrap();
	let check = store.check("payments", "2026-03").await.unwrap().unwrap();
	assert!(!check.ok && check.expected.contains(&format!("what {payee} got: 2000000000")), "{check:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_statement_should_be_shown_as_different() {
	let folder = tempfile::tempdir().unwrap();
	let (store, _, asset) = march(folder.path()).await;
	tamper(&store, &format!("UPDATE statements SET paid = paid + 10000 WHERE asset = {asset}")).await;
	payments::compare_next(&store, 0).await.unwrap();
	assert!(!store.check("payments", "2026-03").await.unwrap().unwrap().ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_it_should_be_compared_part_by_part() {
	let folder = tempfile::tempdir().unwrap();
	let (store, node, asset) = march(folder.path()).await;
	let assets = store.asset_count().await.unwrap();
	let compare = async || {
		let (mut first, mut receipts) = (0, 0);
		loop {
			let compared = receipts::compare_range(&store, &node, first).await.unwrap();
			if compared.assets == 0 {
				return (first, receipts);
			}
			first += compared.assets;
			receipts += compared.receipts;
		}
	};
	let (compared, receipts) = compare().await;
	assert!(assets > 1_000 && receipts > 1_000, "{assets} assets, {receipts} receipts");
	assert_eq!(compared, assets);
	assert_eq!(store.count_differences().await.unwrap(), 0);
	tamper(&store, &format!("UPDATE receipts SET fee = fee + 1 WHERE asset = {asset} AND number = 0")).await;
	compare().await;
	let check = store.check("receipts", &asset.to_string()).await.unwrap().unwrap();
	assert!(!check.ok && check.found.contains("receipt 0"), "{check:?}");
	assert_eq!(store.count_differences().await.unwrap(), 1);
	tamper(&store, &format!("UPDATE receipts SET fee = fee - 1 WHERE asset = {asset} AND number = 0")).await;
	compare().await;
	assert_eq!(store.count_differences().await.unwrap(), 0);
	checks::compare_next(&store, &node).await.unwrap();
	assert_eq!(store.chain_fact("payments-compared-of").await.unwrap().as_deref(), Some("24314"));
}
