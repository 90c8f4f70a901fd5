//! What a client can do to a node over RPC: all that its limits are for, what they are not for, and what no client would say.

use crate::http::{Answer, post, say, upgrade};
use heirloom_primitives::{AssetId, Period};
use rand::{Rng, RngCore};
use serde_json::{Value, json};
use std::{
	collections::BTreeMap,
	net::SocketAddr,
	time::{Duration, Instant},
};
use subxt::rpcs::{
	Error, RpcClient,
	client::{RpcParams, rpc_params},
};
use tokio::{
	io::AsyncWriteExt,
	task::JoinSet,
	time::{sleep, timeout},
};

/// Calls over one connection: more than its limit, 1,200 a minute.
const CALLS: usize = 1_600;
/// Connections with heavy calls.
const HEAVY: usize = 8;
/// Heavy calls over each.
const HEAVY_CALLS: usize = 25;
/// Batches at a time.
const BATCHES: usize = 10;
/// Requests in a batch that is too long by one.
const TOO_LONG: usize = 101;
/// Bytes of a body that is too large by a mebibyte.
const TOO_LARGE: usize = 9 << 20;
/// Bodies at a time.
const BODIES: usize = 4;
/// Connections at a time: the limit is 100.
const CONNECTIONS: usize = 130;
/// Subscriptions over one connection: the limit is 256.
const SUBSCRIPTIONS: usize = 300;
/// How long connections and subscriptions are held.
const HELD: Duration = Duration::from_secs(8);
/// How long all calls of one connection may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a connection is tried that the node does not take.
const CONNECTION_TRIES: usize = 20;
/// How long to wait in between.
const CONNECTION_PAUSE: Duration = Duration::from_millis(250);
/// Messages at random of each kind.
const GARBAGE: usize = 20;
/// What a call is that a node did not refuse.
pub const ANSWERED: &str = "answered";
/// A heavy call that is posted, in the tally.
pub const POSTED: &str = "posted heavy call";
/// The oldest of a platform's assets: what came later may descend from it.
const ANCESTOR: AssetId = 0;
/// Items of a page, the most that a node gives.
const PAGE: u32 = 1_000;

/// How often something was asked for, by kind and what came of it.
pub type Tally = BTreeMap<(&'static str, String), u64>;

/// Does everything once to a node's public address.
pub async fn assault(address: SocketAddr, random: &mut impl RngCore, tally: &mut Tally) {
	let mut note = |kind, result: String| *tally.entry((kind, result)).or_default() += 1;
	for result in calls(address, CALLS, "system_health").await {
		note("call", result);
	}
	let heavy: JoinSet<_> = (0..HEAVY).map(|_| calls(address, HEAVY_CALLS, "state_getMetadata")).collect();
	for result in heavy.join_all().await.into_iter().flatten() {
		note("heavy call", result);
	}
	for (kind, length) in [("batch", TOO_LONG - 1), ("long batch", TOO_LONG)] {
		let batch: JoinSet<_> = (0..BATCHES).map(|_| request(address, batch(length))).collect();
		for result in batch.join_all().await {
			note(kind, result);
		}
	}
	let bodies: JoinSet<_> = (0..BODIES).map(|_| request(address, "0".repeat(TOO_LARGE))).collect();
	for result in bodies.join_all().await {
		note("large body", result);
	}
	for result in connections(address).await {
		note("connection", result);
	}
	for result in subscriptions(address).await {
		note("subscription", result);
	}
	for message in malformed(random) {
		note("malformed request", result_of(&say(address, &message).await));
	}
	for message in frames(random) {
		note("malformed frame", frame(address, &message).await);
	}
}

/// Posts heavy calls to a node's public address until `end`, one after the other. A node counts each by itself, so that no limit
/// of calls is ever reached: it leaves their number to the proxy before it.
pub async fn post_heavy(address: SocketAddr, calls: Vec<String>, end: Instant) -> Tally {
	let mut tally = Tally::new();
	for call in calls.iter().cycle().take_while(|_| Instant::now() < end) {
		let result = result_of(&post(address, call).await);
		// Refusals are cheap: without a rest this program would take from the nodes' machine more than they do.
		if result != ANSWERED {
			sleep(CONNECTION_PAUSE).await;
		}
		*tally.entry((POSTED, result)).or_default() += 1;
	}
	tally
}

/// Calls of which a node has much work, and an answer each time: `month` is a settled one of which the chain keeps the details.
/// Estimates are not among them, which a node takes once a block.
pub fn heavy_calls(month: Period) -> Vec<String> {
	let calls = [
		("state_getMetadata", json!([])),
		("lineage_descendants", json!([ANCESTOR, null, PAGE])),
		("royalty_statementLines", json!([ANCESTOR, month.to_string(), null, PAGE])),
	];
	let body = |(method, params): (&str, Value)| {
		json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string()
	};
	calls.map(body).into()
}

/// The results of calls over one connection, all made at once.
async fn calls(address: SocketAddr, number: usize, method: &'static str) -> Vec<String> {
	let Ok(client) = connect(address).await else { return vec!["no connection".into()] };
	let mut under_way: JoinSet<_> = (0..number)
		.map(|_| {
			let client = client.clone();
			async move { client.request::<Value>(method, RpcParams::new()).await }
		})
		.collect();
	let mut results = Vec::new();
	// What a node does not answer in time stays unanswered: the connection is closed.
	while let Ok(Some(answer)) = timeout(PATIENCE, under_way.join_next()).await {
		results.push(answer.map_or_else(|_| "gone".into(), |answer| told(&answer.map(drop))));
	}
	results.resize(number, "no answer".into());
	results
}

/// Opens a connection, if need be when those that were held just now are gone.
async fn connect(address: SocketAddr) -> Result<RpcClient, Error> {
	let url = format!("ws://{address}");
	for _ in 0..CONNECTION_TRIES {
		if let Ok(client) = RpcClient::from_insecure_url(&url).await {
			return Ok(client);
		}
		sleep(CONNECTION_PAUSE).await;
	}
	RpcClient::from_insecure_url(&url).await
}

/// What came of a call: an error's code is what tells limits apart.
fn told(answer: &Result<(), Error>) -> String {
	match answer {
		Ok(()) => ANSWERED.into(),
		Err(Error::User(error)) => error.code.to_string(),
		Err(_) => "connection lost".into(),
	}
}

/// A batch of requests for blocks.
fn batch(length: usize) -> String {
	let request = |id| json!({ "jsonrpc": "2.0", "id": id, "method": "chain_getBlock", "params": [] });
	(0..length).map(request).collect::<Value>().to_string()
}

async fn request(address: SocketAddr, body: String) -> String {
	result_of(&post(address, &body).await)
}

/// What came of a request over HTTP.
fn result_of(answer: &Answer) -> String {
	match answer {
		Answer::Status(200, text) => match text.split_once("\"error\":{\"code\":") {
			// The first of a batch's may be an answer and others not.
			Some((_, rest)) => rest.split([',', '}']).next().unwrap_or_default().to_owned(),
			None => ANSWERED.into(),
		},
		Answer::Status(status, _) => format!("status {status}"),
		Answer::Other => "no HTTP".into(),
		Answer::Closed => "closed".into(),
		Answer::Silence => "silence".into(),
	}
}

/// Opens connections, one after the other, and holds them.
async fn connections(address: SocketAddr) -> Vec<String> {
	let mut results = Vec::new();
	let mut held = Vec::new();
	for _ in 0..CONNECTIONS {
		let (answer, stream) = upgrade(address).await;
		results.push(result_of(&answer));
		held.extend(stream);
	}
	sleep(HELD).await;
	results
}

/// Subscribes to blocks again and again over one connection, and holds it.
async fn subscriptions(address: SocketAddr) -> Vec<String> {
	let Ok(client) = connect(address).await else { return vec!["no connection".into()] };
	let mut results = Vec::new();
	let mut held = Vec::new();
	for _ in 0..SUBSCRIPTIONS {
		let answer = client
			.subscribe::<Value>("chain_subscribeNewHeads", rpc_params![], "chain_unsubscribeNewHeads")
			.await;
		results.push(told(&answer.map(|subscription| held.push(subscription))));
	}
	sleep(HELD).await;
	results
}

/// Invalid requests over HTTP.
fn malformed(random: &mut impl RngCore) -> Vec<Vec<u8>> {
	let posted = |body: &[u8]| {
		let head = format!(
			"POST / HTTP/1.1\r\nHost: node\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
			 Connection: close\r\n\r\n",
			body.len()
		);
		[head.as_bytes(), body].concat()
	};
	let deep = "[".repeat(100_000);
	let long_name = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{}","params":[]}}"#, "a".repeat(100_000));
	let bodies: [&[u8]; 9] = [
		b"",
		b"{",
		b"null",
		b"[]",
		deep.as_bytes(),
		long_name.as_bytes(),
		b"\xff\xfe\x00",
		br#"{"jsonrpc":"2.0","id":{},"method":"system_health","params":[]}"#,
		br#"{"jsonrpc":"2.0","id":1,"method":"lineage_descendants","params":[1e999,-1,"\ud800"]}"#,
	];
	let mut messages: Vec<Vec<u8>> = bodies.iter().map(|body| posted(body)).collect();
	messages.push(b"GET / HTTP/9.9\r\n\r\n".into());
	messages.push(format!("GET / HTTP/1.1\r\nHost: node\r\nX: {}\r\n\r\n", "a".repeat(1 << 20)).into_bytes());
	messages.push(b"POST / HTTP/1.1\r\nHost: node\r\nContent-Length: -1\r\n\r\n".into());
	for _ in 0..GARBAGE {
		messages.push(garbage(random));
		messages.push(posted(&garbage(random)));
		messages.push(posted(&mutated(random)));
	}
	messages
}

/// Bytes at random.
fn garbage(random: &mut impl RngCore) -> Vec<u8> {
	let mut bytes = vec![0; random.random_range(1..4_096)];
	random.fill_bytes(&mut bytes);
	bytes
}

/// A sound request of which some bytes are others.
fn mutated(random: &mut impl RngCore) -> Vec<u8> {
	let request =
		json!({ "jsonrpc": "2.0", "id": 1, "method": "author_submitExtrinsic", "params": ["0x0400"] });
	let mut bytes = request.to_string().into_bytes();
	for _ in 0..random.random_range(1..6) {
		let position = random.random_range(0..bytes.len());
		bytes[position] = random.random();
	}
	bytes
}

/// Invalid frames of a WebSocket: bytes at random, and one that says it has 2^63 bytes.
fn frames(random: &mut impl RngCore) -> Vec<Vec<u8>> {
	let mut frames: Vec<Vec<u8>> = (0..GARBAGE).map(|_| garbage(random)).collect();
	frames.push([&[0x81, 0xff][..], &[0x7f; 8], &[0; 4]].concat());
	frames
}

/// Says something over a WebSocket, and hangs up.
async fn frame(address: SocketAddr, bytes: &[u8]) -> String {
	let (answer, stream) = upgrade(address).await;
	let Some(mut stream) = stream else { return result_of(&answer) };
	match stream.write_all(bytes).await {
		Ok(()) => "said".into(),
		Err(_) => "closed".into(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use rand::SeedableRng;
	use rand_chacha::ChaCha8Rng;
	use tokio::{io::AsyncReadExt, net::TcpListener};

	#[test]
	fn limits_are_told_by_their_codes() {
		let ok = |body: &str| result_of(&Answer::Status(200, format!("HTTP/1.1 200 OK\r\n\r\n{body}")));
		assert_eq!(
			ok(r#"{"jsonrpc":"2.0","error":{"code":-32010,"message":"too long"},"id":null}"#),
			"-32010"
		);
		assert_eq!(ok(r#"{"jsonrpc":"2.0","result":null,"id":1}"#), "answered");
		assert_eq!(result_of(&Answer::Status(413, String::new())), "status 413");
	}

	#[test]
	fn heavy_calls_are_one_request_each() {
		let calls = heavy_calls(Period::new(2026, 3).unwrap());
		let calls: Vec<Value> = calls.iter().map(|call| serde_json::from_str(call).unwrap()).collect();
		assert!(calls.iter().all(|call| call["jsonrpc"] == "2.0" && call["params"].is_array()));
		let lines = calls.iter().find(|call| call["method"] == "royalty_statementLines").unwrap();
		assert_eq!(lines["params"], json!([0, "2026-03", null, 1_000]));
	}

	#[tokio::test]
	async fn who_is_refused_a_posted_call_waits() {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let server = tokio::spawn(async move {
			for status in ["200 OK", "429 Too Many Requests"].iter().cycle() {
				let (mut stream, _) = listener.accept().await.unwrap();
				assert!(stream.read(&mut [0; 1_024]).await.unwrap() > 0);
				stream.write_all(format!("HTTP/1.1 {status}\r\n\r\n").as_bytes()).await.unwrap();
				stream.shutdown().await.unwrap();
			}
		});
		let end = Instant::now() + 4 * CONNECTION_PAUSE;
		let tally = post_heavy(address, vec![String::new()], end).await;
		server.abort();
		let count = |result: &str| tally.get(&(POSTED, result.into())).copied().unwrap_or_default();
		assert!((1..=5).contains(&count(ANSWERED)), "{tally:?}");
		assert!((1..=4).contains(&count("status 429")), "{tally:?}");
	}

	#[test]
	fn seed_repeats_what_is_said() {
		let said = |seed| malformed(&mut ChaCha8Rng::seed_from_u64(seed));
		assert_eq!(said(7), said(7));
		assert_ne!(said(7), said(8));
	}
}
