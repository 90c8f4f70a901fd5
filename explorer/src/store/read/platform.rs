//! A small platform for tests: any genealogy, with corrections.

use crate::{
	on,
	store::{
		Money, Month, Store,
		read::statements::Statement,
		write::{NewAsset, NewPot},
	},
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// Up to three older parents of each asset.
pub fn parents() -> impl Strategy<Value = Vec<Vec<Index>>> {
	vec(vec(any::<Index>(), 0..4), 2..40)
}

/// The month that is closed.
pub const MONTH: Month = Month(24_314);

fn asset(id: i64) -> NewAsset {
	NewAsset {
		id,
		handle: format!("A-{id}"),
		kind: "data",
		creator: String::new(),
		content: String::new(),
		domain: None,
		scenario: String::new(),
		terms: "share",
		share_rate: Some(0),
		price: None,
		call_fee: "0".into(),
		accuracy: None,
		speed_gain: None,
		quality: None,
		attested: false,
		impact: 0,
		status: "active",
		minted: MONTH,
		minted_at: None,
		minted_in: 0,
		minted_event: None,
		generation: 0,
		ancestors: 0,
	}
}

/// A month of assets that each have up to three older parents; some edges were removed before its close, some added behind
/// it, every other asset has a pot, and every third of these is of proven ancestors only.
pub async fn platform(parents: &[Vec<Index>]) -> Store {
	let store = Store::open("sqlite::memory:").await.unwrap();
	let mut tx = store.begin().await.unwrap();
	let count = i64::try_from(parents.len()).unwrap();
	tx.assets(&(0..count).map(asset).collect::<Vec<_>>()).await.unwrap();
	let mut edges = Vec::new();
	for (child, older) in (0..count).zip(parents).skip(1) {
		let mut older: Vec<i64> =
			older.iter().map(|index| index.index(usize::try_from(child).unwrap()) as i64).collect();
		older.sort_unstable();
		older.dedup();
		edges.extend(older.into_iter().map(|parent| (parent, child)));
	}
	for (number, (parent, child)) in edges.into_iter().enumerate() {
		let height = if number % 7 == 6 { 20 } else { 0 };
		tx.add_parent(child, parent, "finetune", height).await.unwrap();
		if number % 5 == 4 {
			tx.remove_parent(child, parent, if number % 2 == 0 { 5 } else { 30 }).await.unwrap();
		}
	}
	tx.closed(MONTH, count, 10, 0).await.unwrap();
	let pot =
		|asset: i64| NewPot { asset, amount: Money(asset), total_weight: 1, proven_only: asset % 6 == 0 };
	tx.pots(MONTH, &(0..count).step_by(2).map(pot).collect::<Vec<_>>()).await.unwrap();
	let stated = |asset: i64| Statement {
		asset,
		period: MONTH,
		attested: Some(asset % 3 == 0),
		..Statement::default()
	};
	tx.statements(&(0..count).map(stated).collect::<Vec<_>>()).await.unwrap();
	tx.commit().await.unwrap();
	store
}

/// The edges that stand: parents with their children.
pub async fn edges(store: &Store) -> Vec<(i64, i64)> {
	const SQL: &str = "SELECT parent, child FROM parents WHERE until IS NULL";
	on!(store, pool => sqlx::query_as(SQL).fetch_all(pool).await.unwrap())
}
