//! Whatever is asked: a clear error, and never one of the server's own.

use crate::{
	answers::{ask, json},
	chain, indexed, server, sqlite,
};
use axum::http::StatusCode;
use serde_json::Value;

/// What people, programs and attackers write where something else belongs.
const NONSENSE: [&str; 14] = [
	"0",
	"-1",
	"x",
	"%00",
	"%20",
	"%C3%A9",
	"%FF",
	"..%2F..%2Fetc%2Fpasswd",
	"99999999999999999999",
	"9223372036854775807",
	"2026-13",
	"0x",
	"';DROP%20TABLE%20assets;--",
	"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ",
];

#[tokio::test(flavor = "multi_thread")]
async fn no_path_or_query_should_make_the_server_fail() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let server = server(store);
	let document = json(&server, "/api/openapi.json").await;
	let mut asked = 0;
	for (path, item) in document["paths"].as_object().unwrap() {
		// It has no end.
		if path == "/api/v1/events" {
			continue;
		}
		let parameters = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
		for nonsense in NONSENSE {
			let mut paths = vec![path.clone()];
			for parameter in &parameters {
				let name = parameter["name"].as_str().unwrap();
				paths = match parameter["in"].as_str() {
					Some("path") => {
						paths.iter().map(|path| path.replace(&format!("{{{name}}}"), nonsense)).collect()
					}
					_ => {
						let with = paths.iter().map(|path| {
							let sign = if path.contains('?') { '&' } else { '?' };
							format!("{path}{sign}{name}={nonsense}")
						});
						paths.iter().cloned().chain(with).collect()
					}
				};
			}
			for path in paths {
				let (status, body) = ask(&server, &path).await;
				asked += 1;
				let said = String::from_utf8_lossy(&body);
				let known = [StatusCode::OK, StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND];
				assert!(known.contains(&status), "{path}: {status} {said}");
				if status != StatusCode::OK {
					let error: Value =
						serde_json::from_slice(&body).unwrap_or_else(|_| panic!("{path}: {said}"));
					assert!(error["error"]["message"].as_str().is_some_and(|message| !message.is_empty()));
				}
			}
		}
	}
	assert!(asked > 500, "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_should_say_what_was_wrong() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let server = server(store);
	for (path, expected, words) in [
		("/api/v1/assets/NO-SUCH-ASSET", StatusCode::NOT_FOUND, "NO-SUCH-ASSET"),
		("/api/v1/assets?limit=0", StatusCode::BAD_REQUEST, "between 1 and 1000"),
		("/api/v1/assets?limit=many", StatusCode::BAD_REQUEST, "limit"),
		("/api/v1/assets?after=7", StatusCode::BAD_REQUEST, "cursor"),
		("/api/v1/accounts/me", StatusCode::BAD_REQUEST, "no address"),
		("/api/v1/periods/march", StatusCode::BAD_REQUEST, "not a month of the form 2026-03"),
		("/api/v1/periods/2020-01", StatusCode::NOT_FOUND, "2020-01"),
		("/api/v1/exports/periods/2026-03/payments?format=xls", StatusCode::BAD_REQUEST, "xls"),
		("/api/v1/nothing", StatusCode::NOT_FOUND, "openapi.json"),
	] {
		let (status, body) = ask(&server, path).await;
		let body = String::from_utf8_lossy(&body);
		assert_eq!(status, expected, "{path}: {body}");
		assert!(body.contains(words), "{path}: {body}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_should_be_told_to_wait() {
	use heirloom_explorer::{State, app, chain::Node, settings::Settings, store::Store};
	let settings = Settings { requests_per_second: 1, burst: 3, ..Settings::default() };
	let store = Store::open("sqlite::memory:").await.unwrap();
	let server = app(State::new(store, Node::new(chain::march().0).into(), settings));
	for path in ["/api/v1/periods", "/zh-CN/months"] {
		let mut last = StatusCode::OK;
		for _ in 0..5 {
			last = ask(&server, path).await.0;
		}
		assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "{path}");
	}
	assert_eq!(ask(&server, "/icon.svg").await.0, StatusCode::OK);
}
