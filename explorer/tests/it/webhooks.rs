//! Webhooks against a real HTTP server that fails, redirects, keeps silent, is restarted and goes away; and an explorer that
//! is killed while it sends.

use crate::{
	chain,
	database::{Database, on_both},
	events::{Events, Writer},
	indexed,
	rows::asset,
	sqlite,
	undelivered::{APRIL, AT, MARCH, PAYEE, U, begun, paid},
};
use axum::{
	Router,
	body::Bytes,
	extract::State,
	http::{HeaderMap, StatusCode, header},
	response::{IntoResponse, Response},
	routing::post,
};
use codec::Encode;
use heirloom_explorer::{
	chain::Node,
	store::{
		Money, Month, NEWEST, Store,
		read::alerts::Place,
		write::{NewAsset, NewReceipt},
	},
	webhooks::{self, Pace, Secret},
};
use serde_json::Value;
use std::{
	collections::VecDeque,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};
use tokio::{net::TcpListener, task::JoinHandle};

const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
/// What the index of a test is called.
const INDEX: &str = "explorer";
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// Quick, so that a test sees many attempts; but an answer has time on a busy machine, since what is answered late is sent twice.
const PACE: Pace = Pace {
	look: Duration::from_millis(20),
	first: Duration::from_millis(20),
	longest: Duration::from_millis(100),
	answer: Duration::from_secs(2),
};

/// A message as it came.
#[derive(Clone, Debug)]
struct Got {
	path: String,
	headers: HeaderMap,
	body: String,
	answered: StatusCode,
}

impl Got {
	fn header(&self, name: &str) -> &str {
		self.headers[name].to_str().unwrap()
	}

	fn id(&self) -> &str {
		self.header("webhook-id")
	}

	fn accepted(&self) -> bool {
		self.answered == StatusCode::OK
	}

	fn json(&self) -> Value {
		serde_json::from_str(&self.body).unwrap()
	}
}

/// A server that answers as it is told, and else with success. 102 is no answer at all.
#[derive(Clone, Default)]
struct Receiver {
	got: Arc<Mutex<Vec<Got>>>,
	answers: Arc<Mutex<VecDeque<StatusCode>>>,
}

impl Receiver {
	async fn listen(&self, port: u16) -> JoinHandle<()> {
		let app = Router::new().route("/{*path}", post(receive)).with_state(self.clone());
		let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
		tokio::spawn(async move { axum::serve(listener, app).await.unwrap() })
	}

	fn got(&self) -> Vec<Got> {
		self.got.lock().unwrap().clone()
	}

	fn accepted(&self) -> Vec<Got> {
		self.got().into_iter().filter(Got::accepted).collect()
	}

	async fn until(&self, is_enough: impl Fn(&[Got]) -> bool) {
		let begin = Instant::now();
		while !is_enough(&self.got()) {
			assert!(begin.elapsed() < PATIENCE, "{:?}", self.got());
			tokio::time::sleep(Duration::from_millis(5)).await;
		}
	}
}

async fn receive(
	State(receiver): State<Receiver>,
	axum::extract::Path(path): axum::extract::Path<String>,
	headers: HeaderMap,
	body: Bytes,
) -> Response {
	let answered = receiver.answers.lock().unwrap().pop_front().unwrap_or(StatusCode::OK);
	let body = String::from_utf8(body.to_vec()).unwrap();
	receiver.got.lock().unwrap().push(Got { path, headers, body, answered });
	match answered {
		StatusCode::PROCESSING => std::future::pending().await,
		StatusCode::TEMPORARY_REDIRECT => (answered, [(header::LOCATION, "/elsewhere")]).into_response(),
		_ => answered.into_response(),
	}
}

/// The file of one webhook.
fn file(folder: &Path, account: &str, port: u16) -> PathBuf {
	let path = folder.join("webhooks.toml");
	let text = format!(
		"[[webhook]]\nname = \"clinic\"\naccount = \"{account}\"\nurl = \"http://127.0.0.1:{port}/hook\"\n\
		secret = \"{SECRET}\"\nallow_private = true\n"
	);
	std::fs::write(&path, text).unwrap();
	path
}

/// Sends until dropped.
struct Sending(JoinHandle<()>);

impl Sending {
	fn begin(store: &Store, file: &Path) -> Self {
		let (store, hooks) = (store.clone(), webhooks::read(file).unwrap());
		// Nothing listens at port 1: who was told before needs no node.
		let node = Arc::new(Node::new("ws://127.0.0.1:1"));
		Self(tokio::spawn(async move { webhooks::follow(&store, &node, hooks, PACE).await.unwrap() }))
	}
}

impl Drop for Sending {
	fn drop(&mut self) {
		self.0.abort();
	}
}

/// A use by somebody else, in a block of its own.
async fn used(store: &Store, writer: &mut Writer, number: i64) {
	let height = writer.block(Events::default(), AT, MARCH).await.unwrap();
	let receipt = NewReceipt {
		asset: 0,
		number,
		event: 0,
		caller: "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty".into(),
		units: "1".into(),
		paid_units: 1,
		purpose: "training",
		fee: Money(10_810_000),
		permit: None,
		derivation: None,
		at: AT.try_into().unwrap(),
		period: Month::from(MARCH),
		hash: format!("0x{number:064x}"),
	};
	let mut tx = store.begin().await.unwrap();
	tx.receipts(height.try_into().unwrap(), &[receipt]).await.unwrap();
	tx.commit().await.unwrap();
}

/// An account with two uses, a payment, a part of it that is held and released; and a webhook that begins before them.
async fn told(database: &Database) -> (Store, Vec<String>) {
	let store = Store::open(&database.index(INDEX).await).await.unwrap();
	let (mut writer, account) = (begun(&store).await, PAYEE.to_string());
	let mut tx = store.begin().await.unwrap();
	let owned = NewAsset { creator: account.clone(), ..asset(0, "CT-2025-0312") };
	tx.assets(&[owned, asset(7, "MODEL")]).await.unwrap();
	tx.commit().await.unwrap();
	store.set_webhook("clinic", &account, Place::behind(0)).await.unwrap();
	used(&store, &mut writer, 0).await;
	used(&store, &mut writer, 1).await;
	let mut events = Events::default();
	let held = (MARCH, 7u32, 0u32, PAYEE, 2 * U).encode();
	events.push(writer.place("Royalty", "Withheld").unwrap(), &held);
	writer.block(events, AT, APRIL).await.unwrap();
	paid(&mut writer, "Paid", MARCH, 3 * U).await;
	let mut events = Events::default();
	let released = (7u32, 0u32, Some(PAYEE), 2 * U).encode();
	events.push(writer.place("Royalty", "Released").unwrap(), &released);
	writer.block(events, AT, APRIL).await.unwrap();
	let keys = ["receipt-0-0", "receipt-0-1", "withheld-3-0", "payment-2026-03", "released-3-0"];
	(store, keys.map(|key| format!("{account}-{key}")).to_vec())
}

fn ids(got: &[Got]) -> Vec<String> {
	got.iter().map(|got| got.id().to_string()).collect()
}

async fn messages_should_be_signed_and_arrive_in_order_whatever_the_receiver_does(database: Database) {
	let folder = tempfile::tempdir().unwrap();
	let (store, expected) = told(&database).await;
	let (receiver, port) = (Receiver::default(), chain::free_port());
	let path = file(folder.path(), &PAYEE.to_string(), port);
	// Nobody listens, then it fails, redirects and keeps silent, accepts one, and is away once more.
	let sending = Sending::begin(&store, &path);
	tokio::time::sleep(Duration::from_millis(200)).await;
	receiver.answers.lock().unwrap().extend([
		StatusCode::INTERNAL_SERVER_ERROR,
		StatusCode::TEMPORARY_REDIRECT,
		StatusCode::PROCESSING,
		StatusCode::OK,
		StatusCode::SERVICE_UNAVAILABLE,
	]);
	let listening = receiver.listen(port).await;
	receiver.until(|got| got.len() >= 5).await;
	listening.abort();
	let _ = listening.await;
	tokio::time::sleep(Duration::from_millis(200)).await;
	let listening = receiver.listen(port).await;
	receiver.until(|got| got.iter().filter(|got| got.accepted()).count() >= expected.len()).await;
	tokio::time::sleep(PACE.longest * 3).await;
	assert_eq!(ids(&receiver.accepted()), expected);

	let secret: Secret = SECRET.parse().unwrap();
	for got in receiver.got() {
		let moment: i64 = got.header("webhook-timestamp").parse().unwrap();
		assert!((chrono::Utc::now().timestamp() - moment).abs() < 60, "{got:?}");
		assert_eq!(got.header("webhook-signature"), secret.sign(got.id(), moment, &got.body));
		assert_eq!((got.header("content-type"), got.path.as_str()), ("application/json", "hook"));
		// Each attempt has the same body.
		assert!(receiver.accepted().iter().any(|other| other.id() == got.id() && other.body == got.body));
	}
	let bodies: Vec<Value> = receiver.accepted().iter().map(Got::json).collect();
	assert_eq!(bodies[0]["type"], "asset.used");
	assert_eq!(bodies[0]["timestamp"], "2026-04-01T00:00:00Z");
	assert_eq!(
		bodies[0]["data"]["text"],
		"5FHneW…694ty used CT-2025-0312 (one unit) and paid a fee of 10.81 U, booked in March 2026"
	);
	assert_eq!(bodies[0]["data"]["receipt"]["fee"], "10810000");
	let kinds: Vec<_> = bodies[1..].iter().map(|body| body["type"].as_str().unwrap()).collect();
	assert_eq!(kinds, ["asset.used", "payment.withheld", "payment.arrived", "payment.released"]);
	// Who is told nothing twice is told nothing again by the next explorer.
	drop(sending);
	let count = receiver.got().len();
	let _sending = Sending::begin(&store, &path);
	tokio::time::sleep(PACE.longest * 3).await;
	assert_eq!(receiver.got().len(), count);
	listening.abort();
}

async fn receiver_that_is_gone_should_get_no_more(database: Database) {
	let folder = tempfile::tempdir().unwrap();
	let (store, expected) = told(&database).await;
	let (receiver, port) = (Receiver::default(), chain::free_port());
	receiver.answers.lock().unwrap().extend([StatusCode::OK, StatusCode::GONE]);
	let _listening = receiver.listen(port).await;
	let _sending = Sending::begin(&store, &file(folder.path(), &PAYEE.to_string(), port));
	receiver.until(|got| got.len() >= 2).await;
	tokio::time::sleep(PACE.longest * 3).await;
	assert_eq!(ids(&receiver.got()), expected[..2]);
}

async fn webhook_that_is_no_longer_named_should_be_forgotten(database: Database) {
	let (store, _) = told(&database).await;
	let account = PAYEE.to_string();
	store.forget_webhooks_but(&["clinic".into()]).await.unwrap();
	assert_eq!(store.webhook("clinic", &account).await.unwrap(), Some(Place::behind(0)));
	assert_eq!(store.webhook("clinic", "another account").await.unwrap(), None);
	store.forget_webhooks_but(&["school".into()]).await.unwrap();
	assert_eq!(store.webhook("clinic", &account).await.unwrap(), None);
}

async fn alerts_should_come_whole_however_few_are_asked_for(database: Database) {
	let (store, expected) = told(&database).await;
	let account = PAYEE.to_string();
	for (limit, until) in [(1, 5), (2, 5), (100, 5), (2, 3)] {
		let (mut place, mut keys) = (Place::behind(0), Vec::new());
		loop {
			let alerts = store.alerts_after(&account, place, until, limit).await.unwrap();
			let Some(last) = alerts.last() else { break };
			place = last.place();
			keys.extend(alerts.iter().map(|alert| format!("{account}-{}", alert.key())));
		}
		assert_eq!(keys, expected[..usize::try_from(until).unwrap()], "{limit} up to {until}");
	}
}

/// The real explorer on the chain of march-2026.
fn explorer(database: &str, webhooks: &Path) -> Child {
	let url = chain::march().0;
	let listen = format!("127.0.0.1:{}", chain::free_port());
	Command::new(env!("CARGO_BIN_EXE_heirloom-explorer"))
		.args(["serve", "--url", url, "--database", database, "--listen", &listen, "--webhooks"])
		.arg(webhooks)
		.stdin(Stdio::null())
		.stdout(Stdio::null())
		.stderr(Stdio::null())
		.spawn()
		.unwrap()
}

/// Of the owners of what was used last, the one of whom most is told; and the ids of that.
async fn busiest(store: &Store) -> (String, Vec<String>) {
	let last = store.cursor().await.unwrap().unwrap().height;
	let mut busiest = (String::new(), Vec::new());
	for used in store.latest_receipts(NEWEST, 100).await.unwrap().items {
		let owner = store.asset_by_handle(&used.handle).await.unwrap().unwrap().owner;
		let alerts = store.alerts_after(&owner, Place::behind(-1), last, 10_000).await.unwrap();
		if alerts.len() > busiest.1.len() {
			let ids = alerts.iter().map(|alert| format!("{owner}-{}", alert.key())).collect();
			busiest = (owner, ids);
		}
	}
	busiest
}

async fn killing_the_explorer_should_lose_nothing_and_keep_the_order(database: Database) {
	let folder = tempfile::tempdir().unwrap();
	let address = database.index(INDEX).await;
	let store = indexed(&address).await;
	let (account, expected) = busiest(&store).await;
	assert!(expected.len() > 5, "{expected:?}");
	store.set_webhook("clinic", &account, Place::behind(-1)).await.unwrap();
	store.close().await;

	let (receiver, port) = (Receiver::default(), chain::free_port());
	let _listening = receiver.listen(port).await;
	let path = file(folder.path(), &account, port);
	// Killed once while it waits for an answer, and once after one.
	for (answers, enough) in [([StatusCode::OK, StatusCode::PROCESSING], 2), ([StatusCode::OK; 2], 4)] {
		receiver.answers.lock().unwrap().extend(answers);
		let mut running = explorer(&address, &path);
		receiver.until(|got| got.len() >= enough).await;
		running.kill().unwrap();
		running.wait().unwrap();
	}
	let mut running = explorer(&address, &path);
	let last = expected.last().unwrap();
	receiver.until(|got| got.last().is_some_and(|got| got.id() == last && got.accepted())).await;
	running.kill().unwrap();
	running.wait().unwrap();
	let mut once = ids(&receiver.accepted());
	assert!(once.len() < receiver.got().len());
	// What was sent again by the next explorer was the last one that the killed one had sent.
	once.dedup();
	assert_eq!(once, expected);
}

on_both![
	messages_should_be_signed_and_arrive_in_order_whatever_the_receiver_does,
	receiver_that_is_gone_should_get_no_more,
	webhook_that_is_no_longer_named_should_be_forgotten,
	alerts_should_come_whole_however_few_are_asked_for,
	killing_the_explorer_should_lose_nothing_and_keep_the_order,
];

#[test]
fn file_that_is_wrong_should_end_the_explorer_before_it_begins() {
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("webhooks.toml");
	std::fs::write(&path, "[[webhook]]\nname = \"clinic\"\naccount = \"me\"\nurl = \"https://a.example\"\n")
		.unwrap();
	let output = Command::new(env!("CARGO_BIN_EXE_heirloom-explorer"))
		.args(["serve", "--database", &sqlite(folder.path()), "--webhooks"])
		.arg(&path)
		.output()
		.unwrap();
	assert!(!output.status.success());
	let said = String::from_utf8_lossy(&output.stderr);
	assert!(said.contains("webhook \"clinic\": \"me\" is no account"), "{said}");
	assert!(!folder.path().join("explorer.db").exists());
}
