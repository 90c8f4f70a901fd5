//! A month of the formula's second version, as a real chain settles it: what the index knows of the rule and of ranks, and what
//! pages say to those who were left out.

use crate::{answers::ask, chain::Place, server_beside, sqlite};
use heirloom_explorer::{
	chain::Node,
	index::Indexer,
	store::{NEWEST, Store},
};
use heirloom_primitives::{FormulaVersion, Period, rank};
use std::{path::Path, sync::Arc};

const JULY: Period = Period(12 * 2026 + 6);

/// The index of a chain by a name of its own, on which the month was replayed, and where its node answers.
async fn settled(name: &'static str, folder: &Path) -> (Store, String) {
	let place = tokio::task::spawn_blocking(move || {
		let place = Place::named(name, "proven-first");
		place.run();
		place.replay();
		place
	});
	let url = place.await.unwrap().url();
	let store = Store::open(&sqlite(folder)).await.unwrap();
	let node = Arc::new(Node::new(&url));
	let news = tokio::sync::broadcast::Sender::new(1);
	// The rule is known before a month is settled.
	Indexer::new(store.clone(), node.clone(), news.clone()).until(0).catch_up().await.unwrap();
	assert_eq!(store.formula().await.unwrap(), FormulaVersion::V2);
	Indexer::new(store.clone(), node, news).catch_up().await.unwrap();
	(store, url)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_left_out_should_be_told_by_the_rule_of_the_chain() {
	let folder = tempfile::tempdir().unwrap();
	let (store, url) = settled("proven-first", folder.path()).await;
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

/// One asset is used by its own creator, and one that was used is delisted.
#[tokio::test(flavor = "multi_thread")]
async fn ranks_should_follow_from_how_many_units_assets_were_used() {
	let folder = tempfile::tempdir().unwrap();
	let (store, _) = settled("ranked", folder.path()).await;
	let report = store.period(JULY.into()).await.unwrap().unwrap().totals().unwrap().unwrap();
	let statements = store.statements_in(JULY.into(), NEWEST, 100).await.unwrap().items;
	let mut compared = 0;
	for statement in statements.into_iter().map(|named| named.statement).filter(|one| one.units > 0) {
		let Some(by_the_chain) = statement.rank else { continue };
		let (at_least, equal) = store.used_at_least(JULY.into(), statement.units).await.unwrap();
		let (at_least, equal) = (u32::try_from(at_least).unwrap(), u32::try_from(equal).unwrap());
		let by_the_counts = rank(report.active - at_least, equal, report.active);
		assert_eq!(i64::from(by_the_counts), by_the_chain, "{statement:?}");
		compared += 1;
	}
	assert!(compared > 0);
}
