//! A chain that sleeps through the end of a month and all of the next one.

use crate::{chain::Place, sqlite};
use heirloom_explorer::{
	chain::{Chain, Node, rpc_params},
	index::Indexer,
	store::{Month, Store, read::overview::OPEN_MONTH},
};
use serde_json::Value;
use std::sync::Arc;

/// The month that the scenario begins in.
const FEBRUARY: Month = Month(12 * 2024 + 1);
const MAY: Month = Month(12 * 2024 + 4);

#[tokio::test(flavor = "multi_thread")]
async fn open_month_should_be_the_one_that_the_chain_opened() {
	let place = Place::named("slept", "edge-cases");
	place.run();
	let url = place.url();
	let chain = Chain::connect(&url).await.unwrap();
	let folder = tempfile::tempdir().unwrap();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let indexer = || {
		let news = tokio::sync::broadcast::Sender::new(1);
		Indexer::new(store.clone(), Arc::new(Node::new(url.as_str())), news)
	};
	let _: Value = chain.request("clock_seal", rpc_params![1u32]).await.unwrap();
	let mut following = indexer();
	following.catch_up().await.unwrap();
	assert_eq!(store.open_month().await.unwrap(), FEBRUARY);
	let _: Value = chain.request("clock_advanceTo", rpc_params!["2024-05-15"]).await.unwrap();
	following.catch_up().await.unwrap();
	assert_eq!(store.open_month().await.unwrap(), MAY);

	// The index of an earlier explorer does not have it: it is noted with the next block.
	let mut tx = store.begin().await.unwrap();
	tx.note(OPEN_MONTH, &FEBRUARY.0.to_string()).await.unwrap();
	tx.commit().await.unwrap();
	let _: Value = chain.request("clock_seal", rpc_params![1u32]).await.unwrap();
	indexer().catch_up().await.unwrap();
	assert_eq!(store.open_month().await.unwrap(), MAY);
}
