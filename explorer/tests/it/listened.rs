//! Server-sent events: who listens for what is told that, and nothing else.

use crate::{
	contested::{ANCESTOR, DERIVATIVE, MAY, OTHER, disputed, released, withheld},
	events::Events,
	undelivered::{APRIL, AT, MARCH, PAYEE, U, paid},
};
use axum::{Router, body::Body, http::Request};
use codec::Encode;
use futures::{Stream, StreamExt};
use heirloom_explorer::{
	State, app,
	chain::Node,
	index::News,
	settings::Settings,
	store::{Store, write::AssetChange},
};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use tokio::sync::broadcast;
use tower::ServiceExt;

/// A server, and what its listeners are told with.
fn server(store: Store) -> (Router, broadcast::Sender<News>) {
	let state = State::new(store, Arc::new(Node::new("ws://127.0.0.1:1")), Settings::default());
	let news = state.news.clone();
	(app(state), news)
}

/// The kinds of what a listener is told, with what each says.
async fn listen(server: &Router, asked: &str) -> impl Stream<Item = (String, Value)> + use<> {
	let request = Request::get(format!("/api/v1/events?{asked}")).body(Body::empty()).unwrap();
	let answer = server.clone().oneshot(request).await.unwrap();
	assert!(answer.status().is_success());
	Box::pin(answer.into_body().into_data_stream().map(|part| {
		let text = String::from_utf8(part.unwrap().to_vec()).unwrap();
		let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
		(field("event: ").to_string(), serde_json::from_str(field("data: ")).unwrap())
	}))
}

/// All that has come.
async fn told(listener: &mut (impl Stream<Item = (String, Value)> + Unpin)) -> Vec<(String, Value)> {
	let mut all = Vec::new();
	while let Ok(Some(one)) = tokio::time::timeout(Duration::from_millis(200), listener.next()).await {
		all.push(one);
	}
	all
}

#[tokio::test(flavor = "multi_thread")]
async fn listener_should_be_told_what_is_held_of_each_month_and_what_became_of_it() {
	let (_folder, store, mut writer) = disputed().await;
	let (server, news) = server(store);
	let mut listener = listen(&server, "kinds=withheld,released").await;
	let mut blocks = Vec::new();
	withheld(&mut writer, MARCH, 2 * U).await;
	blocks.append(&mut writer.news);
	withheld(&mut writer, APRIL, U).await;
	blocks.append(&mut writer.news);
	paid(&mut writer, "Paid", MARCH, 3 * U).await;
	blocks.append(&mut writer.news);
	released(&mut writer, MAY, Some(OTHER), 3 * U).await;
	blocks.append(&mut writer.news);
	for one in blocks {
		news.send(one).unwrap();
	}
	let told = told(&mut listener).await;
	let brief = |(kind, held): &(String, Value)| {
		assert_eq!((&held["kind"], &held["payee"]), (&kind.as_str().into(), &PAYEE.to_string().into()));
		assert_eq!((&held["derivative"], &held["asset"]), (&DERIVATIVE.into(), &ANCESTOR.into()));
		let text = |field: &str| held[field].as_str().unwrap_or_default().to_string();
		(kind.clone(), text("period"), text("amount"), text("released_to"))
	};
	let expected = [
		("withheld", "2026-03", "2000000", String::new()),
		("withheld", "2026-04", "1000000", String::new()),
		("released", "2026-03", "2000000", OTHER.to_string()),
		("released", "2026-04", "1000000", OTHER.to_string()),
	];
	let expected = expected.map(|(kind, period, amount, to)| (kind.into(), period.into(), amount.into(), to));
	assert_eq!(told.iter().map(brief).collect::<Vec<_>>(), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_should_be_told_of_both_assets_and_both_accounts_and_nobody_else() {
	let (_folder, store, mut writer) = disputed().await;
	let (server, news) = server(store);
	withheld(&mut writer, MARCH, 2 * U).await;
	let mut blocks = std::mem::take(&mut writer.news);
	released(&mut writer, APRIL, Some(OTHER), 2 * U).await;
	blocks.append(&mut writer.news);
	let stranger = subxt::utils::AccountId32([3; 32]);
	for (asked, expected) in [
		(format!("asset={DERIVATIVE}"), vec!["withheld", "released"]),
		(format!("asset={ANCESTOR}"), vec!["withheld", "released"]),
		("asset=3".into(), vec![]),
		(format!("account={PAYEE}"), vec!["withheld", "released"]),
		(format!("account={OTHER}"), vec!["released"]),
		(format!("account={stranger}"), vec![]),
		(format!("account={PAYEE}&kinds=released"), vec!["released"]),
	] {
		let mut listener = listen(&server, &asked).await;
		for one in &blocks {
			news.send(one.clone()).unwrap();
		}
		let kinds: Vec<String> = told(&mut listener).await.into_iter().map(|(kind, _)| kind).collect();
		assert_eq!(kinds, expected, "{asked}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn use_should_be_told_to_who_used_who_owns_and_who_is_paid() {
	let (_folder, store, mut writer) = disputed().await;
	let [owner, payee, caller, stranger] = [4, 5, 6, 7].map(|byte| subxt::utils::AccountId32([byte; 32]));
	let mut tx = store.begin().await.unwrap();
	tx.change_asset(ANCESTOR.into(), &AssetChange::Owner(owner.to_string())).await.unwrap();
	tx.change_asset(ANCESTOR.into(), &AssetChange::Payee(Some(payee.to_string()))).await.unwrap();
	tx.commit().await.unwrap();
	let mut events = Events::default();
	let (permit, derivation) = (None::<u64>, None::<u64>);
	let receipt = (ANCESTOR, 0u64, caller, 1u64, 0u8, U, permit, derivation, AT, [0u8; 32]);
	events.push(writer.place("Lineage", "Called").unwrap(), &receipt.encode());
	writer.block(events, AT, APRIL).await.unwrap();
	let (server, news) = server(store);
	let caller = subxt::utils::AccountId32([6; 32]);
	for (account, expected) in [(owner, 1), (payee, 1), (caller, 1), (stranger, 0)] {
		let mut listener = listen(&server, &format!("account={account}&kinds=called")).await;
		for one in &writer.news {
			news.send(one.clone()).unwrap();
		}
		assert_eq!(told(&mut listener).await.len(), expected, "{account}");
	}
}
