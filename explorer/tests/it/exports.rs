//! Whole lists as files.

use crate::{answers::ask, indexed, rows::asset, server, server_beside, sqlite};
use axum::http::StatusCode;
use axum::serve::{Listener, ListenerExt};
use heirloom_explorer::{
	listener::Impatient,
	store::{Money, Month, Store, write::NewReceipt},
};
use std::{net::SocketAddr, time::Duration};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpSocket, TcpStream},
	task::JoinHandle,
	time::timeout,
};

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

/// A store with an account of so many receipts.
async fn used() -> (tempfile::TempDir, Store) {
	let folder = tempfile::tempdir().unwrap();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let mut tx = store.begin().await.unwrap();
	tx.assets(&[asset(0, "=CT")]).await.unwrap();
	tx.receipts(1, &(0..ROWS).map(receipt).collect::<Vec<_>>()).await.unwrap();
	tx.commit().await.unwrap();
	(folder, store)
}

#[tokio::test(flavor = "multi_thread")]
async fn file_of_100_000_rows_should_be_complete() {
	let (_folder, store) = used().await;
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

/// Asks over a connection that has no room for much that is not read.
async fn asked(server: SocketAddr, path: &str) -> TcpStream {
	let socket = TcpSocket::new_v4().unwrap();
	socket.set_recv_buffer_size(4_096).unwrap();
	let mut connection = socket.connect(server).await.unwrap();
	let request = format!("GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n\r\n");
	connection.write_all(request.as_bytes()).await.unwrap();
	connection
}

/// What comes until the connection ends.
async fn rest(connection: &mut TcpStream) -> Vec<u8> {
	let mut bytes = Vec::new();
	// One that was given up is reset.
	let _ = connection.read_to_end(&mut bytes).await;
	bytes
}

fn is_whole(answer: &[u8]) -> bool {
	answer.ends_with(b"\r\n0\r\n\r\n")
}

/// A server that has so much patience with readers.
async fn serve(store: Store, patience: Duration) -> (SocketAddr, JoinHandle<std::io::Result<()>>) {
	let listener = Impatient::bind("127.0.0.1:0".parse().unwrap(), patience).unwrap().tap_io(|_| {});
	let server = listener.local_addr().unwrap();
	let service =
		server_beside(store, "ws://127.0.0.1:1").into_make_service_with_connect_info::<SocketAddr>();
	(server, tokio::spawn(async move { axum::serve(listener, service).await }))
}

/// Readers that have all places and read no further.
async fn stalled(server: SocketAddr) -> Vec<TcpStream> {
	let mut connections = Vec::new();
	for _ in 0..16 {
		let mut connection = asked(server, &format!("/api/v1/exports/accounts/{ALICE}/receipts")).await;
		// Beyond the headers, so that it has its place.
		connection.read_exact(&mut [0; 2_048]).await.unwrap();
		connections.push(connection);
	}
	connections
}

#[tokio::test(flavor = "multi_thread")]
async fn year_should_wait_for_a_place_among_the_files() {
	let (_folder, store) = used().await;
	let (server, serving) = serve(store, Duration::from_secs(3_600)).await;
	let mut stalled = stalled(server).await;
	let mut year = asked(server, &format!("/account/{ALICE}/year/2026")).await;
	let mut begun = [0; 16];
	year.read_exact(&mut begun).await.unwrap();
	assert!(timeout(Duration::from_secs(1), year.read_to_end(&mut Vec::new())).await.is_err());
	stalled.pop();
	let mut year = asked(server, &format!("/account/{ALICE}/year/2026")).await;
	let answer = rest(&mut year).await;
	assert!(is_whole(&answer) && String::from_utf8_lossy(&answer).contains("paid_at,month,block"));
	serving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_that_stall_should_lose_their_places() {
	const PATIENCE: Duration = Duration::from_secs(1);
	let (_folder, store) = used().await;
	let (server, serving) = serve(store, PATIENCE).await;
	let mut stalled = stalled(server).await;
	let mut year = asked(server, &format!("/account/{ALICE}/year/2026")).await;
	assert!(is_whole(&rest(&mut year).await));
	// The one that began last is at its end later than the first.
	tokio::time::sleep(PATIENCE * 3).await;
	for connection in &mut stalled {
		assert!(!is_whole(&rest(connection).await));
	}
	serving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn reader_that_pauses_should_get_all() {
	let (_folder, store) = used().await;
	let (server, serving) = serve(store, Duration::from_secs(6)).await;
	let mut slow = asked(server, &format!("/api/v1/exports/accounts/{ALICE}/receipts")).await;
	let mut part = vec![0; 1_000_000];
	for _ in 0..4 {
		slow.read_exact(&mut part).await.unwrap();
		tokio::time::sleep(Duration::from_secs(2)).await;
	}
	assert!(is_whole(&rest(&mut slow).await));
	serving.abort();
}
