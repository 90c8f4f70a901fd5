//! Which transaction an event is of: as the index has it, and as the chain says.

use crate::{
	answers::{ask, json, walk},
	chain, indexed, server, sqlite,
};
use axum::http::StatusCode;
use heirloom_explorer::{
	chain::Chain,
	store::{ExtrinsicPlace, FIRST, read::happened::Happened},
};
use subxt::events::Phase;

/// More than any block has.
const ALL: i64 = 100_000;

/// Of each event of a block the position of its transaction, as the chain says.
async fn phases(chain: &Chain, height: u64) -> Vec<Option<i64>> {
	let hash = chain.hash_of(height).await.unwrap().unwrap();
	let events = chain.at(hash, height).await.unwrap().events().fetch().await.unwrap();
	let phase = |phase| match phase {
		Phase::ApplyExtrinsic(position) => Some(i64::from(position)),
		Phase::Initialization | Phase::Finalization => None,
	};
	events.iter().map(|event| phase(event.unwrap().phase())).collect()
}

fn numbers(happened: &[Happened]) -> Vec<i64> {
	happened.iter().map(|one| one.event).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_event_should_be_of_the_transaction_that_the_chain_says() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let (url, last) = chain::march();
	let chain = Chain::connect(url).await.unwrap();
	let (mut of_transactions, mut of_blocks) = (0, 0);
	for height in 1..=last {
		let phases = phases(&chain, height).await;
		let height = i64::try_from(height).unwrap();
		let happened = store.happened_in(height, FIRST, ALL).await.unwrap().items;
		for one in &happened {
			let said = phases[usize::try_from(one.event).unwrap()];
			assert_eq!(one.extrinsic, said, "event {} of block {height}", one.event);
			let its = store.extrinsic_of(height, one.event).await.unwrap();
			assert_eq!(its.map(|place| place.position), said);
			*if said.is_some() { &mut of_transactions } else { &mut of_blocks } += 1;
		}
		for extrinsic in store.extrinsics_in(height, FIRST, ALL).await.unwrap().items {
			let position = Some(extrinsic.position);
			let count = phases.iter().filter(|phase| **phase == position).count();
			assert_eq!(extrinsic.events, i64::try_from(count).ok(), "{height}-{}", extrinsic.position);
			let its: Vec<_> = happened.iter().filter(|one| one.extrinsic == position).cloned().collect();
			let found = store.happened_by(&extrinsic, FIRST, ALL).await.unwrap().items;
			assert_eq!(numbers(&found), numbers(&its), "{height}-{}", extrinsic.position);
		}
	}
	// Uses are of transactions, payments of blocks.
	assert!(of_transactions > 1_000 && of_blocks > 100, "{of_transactions}, {of_blocks}");
}

#[tokio::test(flavor = "multi_thread")]
async fn receipt_should_lead_to_the_call_that_left_it() {
	let folder = tempfile::tempdir().unwrap();
	let store = indexed(&sqlite(folder.path())).await;
	let server = server(store.clone());
	let receipt = json(&server, "/api/v1/assets/CT-2025-0312/receipts/0").await;
	let (height, event) = (receipt["height"].as_i64().unwrap(), receipt["event"].as_i64().unwrap());
	let ExtrinsicPlace { position, .. } = store.extrinsic_of(height, event).await.unwrap().unwrap();
	let calls = json(&server, &format!("/api/v1/blocks/{height}/extrinsics?limit=1000")).await;
	let call = &calls["items"][usize::try_from(position).unwrap()];
	// It was used inside a sandbox, so what left the receipt is the operator's report of that job.
	assert_eq!((&call["call"], &call["args"]["permit"]), (&"complete".into(), &receipt["permit"]), "{call}");
	let first = call["first_event"].as_i64().unwrap();
	assert!((first..first + call["events"].as_i64().unwrap()).contains(&event), "{call}");
	let page = ask(&server, "/asset/CT-2025-0312/receipts/0").await.1;
	assert!(String::from_utf8_lossy(&page).contains(&format!("href=\"/transaction/{height}-{position}\"")));
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_a_block_should_lead_to_what_left_them() {
	let folder = tempfile::tempdir().unwrap();
	let server = server(indexed(&sqlite(folder.path())).await);
	let receipt = json(&server, "/api/v1/assets/CT-2025-0312/receipts/0").await;
	let block = format!("/api/v1/blocks/{}", receipt["height"]);
	let events = walk(&server, &format!("{block}/events"), 2).await;
	let used = events.iter().find(|one| one["event"] == receipt["event"]).unwrap();
	assert_eq!((&used["what"], &used["handle"]), (&"used".into(), &"CT-2025-0312".into()));
	assert_eq!(used["account"], receipt["caller"]);
	for same in ["height", "asset", "number", "period"] {
		assert_eq!(used[same], receipt[same], "{same}: {used}");
	}
	assert_eq!((&used["amount"], &used["currency"]), (&receipt["fee"], &"U".into()));
	// Each is among the events that its transaction says are its own.
	let calls = walk(&server, &format!("{block}/extrinsics"), 1_000).await;
	let mut of_transactions = 0;
	for one in &events {
		let Some(position) = one["extrinsic"].as_u64() else { continue };
		let call = &calls[usize::try_from(position).unwrap()];
		let (first, count) = (call["first_event"].as_i64().unwrap(), call["events"].as_i64().unwrap());
		assert!((first..first + count).contains(&one["event"].as_i64().unwrap()), "{one}: {call}");
		of_transactions += 1;
	}
	assert!(of_transactions > 0 && !used["extrinsic"].is_null(), "{used}");
	// A block goes by its hash as well; one that is not there has no events.
	let hash = json(&server, &block).await["hash"].clone();
	let by_hash = format!("/api/v1/blocks/{}/events", hash.as_str().unwrap());
	assert_eq!(walk(&server, &by_hash, 1_000).await, events);
	assert_eq!(ask(&server, "/api/v1/blocks/999999999/events").await.0, StatusCode::NOT_FOUND);
}
