//! A node that ends and comes back, under an explorer that follows it.

use crate::{answers::json, chain, server_beside, sqlite};
use heirloom_explorer::{
	chain::{Chain, Node, rpc_params},
	index::Indexer,
	store::Store,
};
use serde_json::Value;
use std::{
	path::Path,
	process::Command,
	sync::Arc,
	time::{Duration, Instant},
};

/// How long the index may take until it is where the chain is.
const PATIENCE: Duration = Duration::from_secs(180);

/// Has the chain make some blocks, and returns the last one.
async fn sealed(url: &str, blocks: u32) -> i64 {
	let chain = Chain::connect(url).await.unwrap();
	let _: Value = chain.request("clock_seal", rpc_params![blocks]).await.unwrap();
	chain.last_final().await.unwrap().0.try_into().unwrap()
}

/// Whether a process of ours is over. As long as one of its threads is, it has what it opened; nobody has asked how it ended then.
fn has_ended(process: u32) -> bool {
	!Path::new(&format!("/proc/{process}")).exists()
}

async fn until(store: &Store, height: i64) {
	let begin = Instant::now();
	while store.cursor().await.unwrap().is_none_or(|position| position.height < height) {
		assert!(begin.elapsed() < PATIENCE, "the index does not come to block {height}");
		tokio::time::sleep(Duration::from_millis(50)).await;
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn it_should_go_on_where_it_was_when_the_node_is_back() {
	let place = chain::Place::new("edge-cases");
	let process = place.run();
	let url = place.url();
	let folder = tempfile::tempdir().unwrap();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let (node, news) = (Arc::new(Node::new(url.as_str())), tokio::sync::broadcast::Sender::new(16));
	let mut indexer = Indexer::new(store.clone(), node, news);
	let following = tokio::spawn(async move { indexer.follow().await });
	until(&store, sealed(&url, 5).await).await;
	// One with a connection of its own, which nobody gives up for it.
	let asked = Node::new(url.as_str());
	asked.last_final().await.unwrap();

	chain::run(Command::new("kill").args(["-TERM", &process.to_string()]));
	let server = server_beside(store.clone(), &url);
	let begin = Instant::now();
	while !json(&server, "/api/v1/status").await["node_height"].is_null() {
		assert!(begin.elapsed() < PATIENCE, "the node does not end");
		tokio::time::sleep(Duration::from_millis(50)).await;
	}
	// It answers nobody any more some time before it has let go of its database.
	while !has_ended(process) {
		assert!(begin.elapsed() < PATIENCE, "the node does not end");
		tokio::time::sleep(Duration::from_millis(50)).await;
	}
	let before = store.cursor().await.unwrap().unwrap();
	// What is indexed is served all the same, and nobody gives up.
	assert_eq!(json(&server, "/api/v1/blocks?limit=1").await["items"][0]["height"], before.height);
	assert!(!following.is_finished());

	place.run();
	let last = sealed(&url, 7).await;
	assert!(last >= before.height + 7, "{last} behind {}", before.height);
	until(&store, last).await;
	assert!(!following.is_finished());
	let status = json(&server, "/api/v1/status").await;
	assert!(status["node_height"].as_i64() >= Some(last), "{status}");
	// Every block once, each with the one before it as its parent.
	let blocks = json(&server, "/api/v1/blocks?limit=1000").await;
	let blocks = blocks["items"].as_array().unwrap();
	assert!(blocks.windows(2).all(|pair| pair[0]["parent"] == pair[1]["hash"]));
	assert_eq!(blocks.last().unwrap()["height"], 0);
	assert!(asked.last_final().await.unwrap().0 >= u64::try_from(last).unwrap());
	following.abort();
}
