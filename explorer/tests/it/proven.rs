//! A month of the formula's second version, as a real chain settles it: what the index knows of the rule, and what pages say to
//! those who were left out.

use crate::{answers::ask, chain::Place, server_beside, sqlite};
use heirloom_explorer::{chain::Node, index::Indexer, store::Store};
use heirloom_primitives::{FormulaVersion, Period};
use std::sync::Arc;

const JULY: Period = Period(12 * 2026 + 6);

#[tokio::test(flavor = "multi_thread")]
async fn who_was_left_out_should_be_told_by_the_rule_of_the_chain() {
	let folder = tempfile::tempdir().unwrap();
	let place = tokio::task::spawn_blocking(|| {
		let place = Place::new("proven-first");
		place.run();
		place.replay();
		place
	});
	let url = place.await.unwrap().url();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let node = Arc::new(Node::new(&url));
	let news = tokio::sync::broadcast::Sender::new(1);
	// The rule is known before a month is settled.
	Indexer::new(store.clone(), node.clone(), news.clone()).until(0).catch_up().await.unwrap();
	assert_eq!(store.formula().await.unwrap(), FormulaVersion::V2);
	Indexer::new(store.clone(), node, news).catch_up().await.unwrap();
	assert_eq!(store.formula_of(JULY.into()).await.unwrap(), FormulaVersion::V2);
	let statements = store.check("statements", &JULY.to_string()).await.unwrap().unwrap();
	assert!(statements.ok, "{statements:?}");
	let server = server_beside(store, &url);
	for (asset, left_out) in [("CLAIMED", true), ("SILENT", true), ("SCANS", false), ("NOTES", false)] {
		let (status, body) = ask(&server, &format!("/asset/{asset}/months/{JULY}")).await;
		let page = String::from_utf8_lossy(&body);
		assert!(status.is_success(), "{page}");
		assert_eq!(page.contains("because it is unproven"), left_out, "{asset}: {page}");
		assert!(page.contains("the same to the last millionth"), "{asset}: {page}");
	}
}
