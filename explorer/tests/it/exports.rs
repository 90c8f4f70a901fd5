//! Whole lists as files.

use crate::{answers::ask, indexed, rows::asset, server, server_beside, sqlite};
use axum::http::StatusCode;
use heirloom_explorer::store::{Money, Month, Store, write::NewReceipt};

const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const ROWS: i64 = 100_000;

fn receipt(number: i64) -> NewReceipt {
	NewReceipt {
		asset: 0,
		number,
		event: number,
		caller: ALICE.into(),
		units: "1".into(),
		paid_units: 1,
		purpose: "training",
		fee: Money(1_000_001),
		permit: None,
		derivation: None,
		at: 1_772_323_200_000 + number,
		period: Month(24_314),
		hash: format!("0x{number:064x}"),
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn file_of_100_000_rows_should_be_complete() {
	let folder = tempfile::tempdir().unwrap();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let mut tx = store.begin().await.unwrap();
	tx.assets(&[asset(0, "=CT")]).await.unwrap();
	tx.receipts(1, &(0..ROWS).map(receipt).collect::<Vec<_>>()).await.unwrap();
	tx.commit().await.unwrap();
	let server = server_beside(store, "ws://127.0.0.1:1");
	let path = format!("/api/v1/exports/accounts/{ALICE}/receipts");
	let (status, body) = ask(&server, &path).await;
	assert_eq!(status, StatusCode::OK);
	let mut reader = csv::Reader::from_reader(&body[..]);
	let names: Vec<_> = reader.headers().unwrap().iter().map(str::to_string).collect();
	assert_eq!(names[..3], ["handle", "asset", "number"]);
	let mut expected = (0..ROWS).rev();
	for record in reader.records() {
		let record = record.unwrap();
		assert_eq!(record[2], expected.next().unwrap().to_string());
		assert_eq!((&record[0], &record[8]), ("'=CT", "1.000001"));
	}
	assert_eq!(expected.next(), None);
	let (_, body) = ask(&server, &format!("{path}?format=json")).await;
	let list: Vec<serde_json::Value> = serde_json::from_slice(&body).unwrap();
	assert_eq!(list.len() as i64, ROWS);
}

#[tokio::test(flavor = "multi_thread")]
async fn exported_payments_should_add_up_to_the_report() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let report = store.period(Month(24_314)).await.unwrap().unwrap().totals().unwrap().unwrap();
	let (_, body) = ask(&server(store), "/api/v1/exports/periods/2026-03/payments").await;
	let mut reader = csv::Reader::from_reader(&body[..]);
	let amounts = reader.records().map(|record| heirloom_primitives::parse_u(&record.unwrap()[3]).unwrap());
	let amounts: Vec<_> = amounts.collect();
	assert_eq!((amounts.len(), amounts.iter().sum::<u128>()), (report.payments as usize, report.paid));
}
