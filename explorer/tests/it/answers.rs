//! Asking the server, and walking lists.

use crate::{chain, indexed, server, server_beside, sqlite};
use axum::{
	Router,
	body::{Body, to_bytes},
	http::{Request, StatusCode},
};
use serde_json::Value;
use tower::ServiceExt;

/// The status and the body of an answer.
pub async fn ask(server: &Router, path: &str) -> (StatusCode, Vec<u8>) {
	let request = Request::get(path).body(Body::empty()).unwrap();
	let answer = server.clone().oneshot(request).await.unwrap();
	let status = answer.status();
	(status, to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec())
}

/// An answer in JSON.
///
/// # Panics
/// If it is none.
pub async fn json(server: &Router, path: &str) -> Value {
	let (status, body) = ask(server, path).await;
	assert_eq!(status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&body));
	serde_json::from_slice(&body).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All items of a list, page by page.
pub async fn walk(server: &Router, path: &str, limit: usize) -> Vec<Value> {
	let mut items = Vec::new();
	let mut after = String::new();
	loop {
		let page = json(server, &format!("{path}?limit={limit}{after}")).await;
		let found = page["items"].as_array().unwrap();
		assert!(found.len() <= limit);
		items.extend(found.iter().cloned());
		match page["next"].as_str() {
			Some(next) => after = format!("&after={next}"),
			None => return items,
		}
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_a_list_should_have_every_item_once() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let server = server(store);
	let company = json(&server, "/api/v1/receipts?limit=1").await["items"][0]["caller"].clone();
	let caller = company.as_str().unwrap();
	let paid = json(&server, "/api/v1/periods/2026-03/payments?limit=1").await["items"][0]["height"].clone();
	for path in [
		"/api/v1/assets",
		"/api/v1/assets/CT-2025-0312/receipts",
		"/api/v1/assets/CT-2025-0312/children",
		"/api/v1/blocks",
		&format!("/api/v1/blocks/{paid}/events"),
		"/api/v1/receipts",
		"/api/v1/periods/2026-03/payments",
		"/api/v1/periods/2026-03/statements",
		"/api/v1/periods/2026-03/demand",
		&format!("/api/v1/accounts/{caller}/receipts"),
		&format!("/api/v1/accounts/{caller}/extrinsics"),
		&format!("/api/v1/accounts/{caller}/transfers"),
	] {
		let (few, many) = (walk(&server, path, 97).await, walk(&server, path, 1_000).await);
		assert_eq!(few, many, "{path}");
		let mut once: Vec<_> = few.iter().map(Value::to_string).collect();
		once.sort();
		once.dedup();
		assert_eq!(once.len(), few.len(), "{path}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn status_should_say_how_far_the_index_is() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let status = json(&server(store), "/api/v1/status").await;
	let (height, node) = (status["height"].as_u64().unwrap(), status["node_height"].as_u64().unwrap());
	assert!(height == chain::march().1 && node >= height, "{status}");
	assert_eq!(status["differences"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_should_be_answered_while_the_node_is_away() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let server = server_beside(store, &format!("ws://127.0.0.1:{}", chain::free_port()));
	assert_eq!(json(&server, "/api/v1/status").await["node_height"], Value::Null);
	assert_eq!(json(&server, "/api/v1/assets/CT-2025-0312").await["kind"], "data");
	let owner = json(&server, "/api/v1/assets/CT-2025-0312").await["owner"].clone();
	let balance = format!("/api/v1/accounts/{}/balance", owner.as_str().unwrap());
	for path in ["/api/v1/assets/CT-2025-0312/check", &balance] {
		let (status, body) = ask(&server, path).await;
		let error: Value = serde_json::from_slice(&body).unwrap();
		let said = (status, &error["error"]["code"]);
		assert_eq!(said, (StatusCode::SERVICE_UNAVAILABLE, &"node_away".into()), "{path}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn search_should_find_what_is_meant() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let server = server(store);
	let first = |hits: &Value| hits[0]["what"].as_str().map(str::to_string);
	let asset = json(&server, "/api/v1/search?q=ct-2025-03").await;
	assert_eq!((first(&asset).as_deref(), &asset[0]["handle"]), (Some("asset"), &"CT-2025-0312".into()));
	let block = json(&server, "/api/v1/blocks/7").await;
	let found = json(&server, &format!("/api/v1/search?q={}", block["hash"].as_str().unwrap())).await;
	assert_eq!((first(&found).as_deref(), &found[0]["height"]), (Some("block"), &7.into()));
	let receipt = json(&server, "/api/v1/assets/CT-2025-0312/receipts/0").await;
	let found = json(&server, &format!("/api/v1/search?q={}", receipt["hash"].as_str().unwrap())).await;
	assert_eq!((first(&found).as_deref(), &found[0]["number"]), (Some("receipt"), &0.into()));
	let found = json(&server, &format!("/api/v1/search?q={}", receipt["caller"].as_str().unwrap())).await;
	assert_eq!((first(&found).as_deref(), &found[0]["address"]), (Some("account"), &receipt["caller"]));
	assert_eq!(json(&server, "/api/v1/search?q=nothing-like-this").await, serde_json::json!([]));
}
