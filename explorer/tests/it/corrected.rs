//! Corrected edges: the genealogy of now has them, months that were closed before go by the edges of then.

use crate::{
	events::{Events, Writer},
	rows::asset,
	sqlite,
	undelivered::{APRIL, AT, MARCH, begun},
};
use codec::Encode;
use heirloom_explorer::store::{Money, NEWEST, Store, write::NewPot};
use heirloom_primitives::{EdgeChange, Period, Relation};

const MAY: Period = Period(24_316);
const PARENT: u32 = 1;
const CHILD: u32 = 2;

/// A month closes, and the child shared something in it.
async fn closed(store: &Store, writer: &mut Writer, period: Period) {
	let mut events = Events::default();
	events.push(writer.place("Royalty", "Closed").unwrap(), &(period, 3u32, AT).encode());
	writer.block(events, AT, period.plus(1)).await.unwrap();
	let mut tx = store.begin().await.unwrap();
	let pot = NewPot { asset: CHILD.into(), amount: Money(1), total_weight: 1, proven_only: false };
	tx.pots(period.into(), &[pot]).await.unwrap();
	tx.commit().await.unwrap();
}

async fn revised(writer: &mut Writer, change: EdgeChange, ancestors: u32) {
	let mut events = Events::default();
	let place = writer.place("Lineage", "AncestorsRevised").unwrap();
	events.push(place, &(CHILD, ancestors).encode());
	events.push(writer.place("Lineage", "Revised").unwrap(), &(CHILD, PARENT, change).encode());
	writer.block(events, AT, MAY).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn months_before_a_correction_should_keep_the_edges_of_then() {
	let folder = tempfile::tempdir().unwrap();
	let store = Store::open(&sqlite(folder.path())).await.unwrap();
	let mut writer = begun(&store).await;
	let mut tx = store.begin().await.unwrap();
	tx.assets(&[asset(PARENT.into(), "SCANS"), asset(CHILD.into(), "MODEL")]).await.unwrap();
	tx.commit().await.unwrap();
	let (parent, child) = (i64::from(PARENT), i64::from(CHILD));

	closed(&store, &mut writer, MARCH).await;
	revised(&mut writer, EdgeChange::Add { relation: Relation::Finetune }, 1).await;
	let parents = store.parents(child).await.unwrap();
	assert_eq!((parents.len(), parents[0].relation.as_str()), (1, "finetune"));
	assert_eq!(store.pairs_of(&[child]).await.unwrap(), [(parent, child)]);
	assert_eq!(store.asset_by_handle("SCANS").await.unwrap().unwrap().children, 1);
	assert_eq!(store.asset_by_handle("MODEL").await.unwrap().unwrap().ancestors, 1);

	closed(&store, &mut writer, APRIL).await;
	revised(&mut writer, EdgeChange::Remove, 0).await;
	assert!(store.parents(child).await.unwrap().is_empty());
	assert!(store.pairs_of(&[child]).await.unwrap().is_empty());
	assert_eq!(store.asset_by_handle("SCANS").await.unwrap().unwrap().children, 0);

	closed(&store, &mut writer, MAY).await;
	for (month, pots) in [(MARCH, 0), (APRIL, 1), (MAY, 0)] {
		let found = store.pots_below(parent, month.into(), 1).await.unwrap().unwrap();
		assert_eq!(found.len(), pots, "{month}");
	}
	// What was removed can be added once more.
	revised(&mut writer, EdgeChange::Add { relation: Relation::Merge }, 1).await;
	assert_eq!(store.parents(child).await.unwrap()[0].relation, "merge");
	let changes = store.changes(child, NEWEST, 10).await.unwrap().items;
	let names: Vec<_> = changes.iter().map(|change| change.name.as_str()).collect();
	assert_eq!(names, ["ParentAdded", "ParentRemoved", "ParentAdded"]);
}
