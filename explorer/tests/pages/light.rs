//! What a page tells a light client in its browser.

use super::Site;
use axum::http::StatusCode;

const SPECIFICATION: &str =
	r#"{"genesis":{"raw":{}},"bootNodes":["/dns/boot.example/tcp/443/wss/p2p/12D3"]}"#;

#[tokio::test]
async fn a_light_client_should_have_its_specification_and_reach_its_nodes() {
	let site = Site::with_light_client(SPECIFICATION).await;
	let paths = site.get("/months").await.attributes("meta[name=heirloom-light-client]", "content");
	let page = site.ask("/months", &[]).await;
	let policy = page.headers["content-security-policy"].to_str().unwrap();
	assert!(policy.contains("http://127.0.0.1:9944 wss://boot.example:443; form-action"), "{policy}");
	let answer = site.ask(&paths[0], &[]).await;
	assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, SPECIFICATION));
	assert_eq!(answer.headers["cache-control"], "public, max-age=31536000, immutable");
	assert_eq!(site.ask("/light-client/other.json", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_should_name_no_light_client_where_there_is_none() {
	let page = Site::empty().await.ask("/months", &[]).await;
	assert!(!page.text.contains("heirloom-light-client"));
}
