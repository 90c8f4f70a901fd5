//! What one client may ask of a node.

use crate::{
	common::{self, Node, answer},
	websocket::{TEXT, WebSocket},
};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::tempdir;

/// An address of this machine's own that counts as a public one: it is not written as loopback.
const PUBLIC: &str = "listen-addr=[::ffff:127.0.0.1]:0";

/// A node whose only RPC interface is one that others could reach.
pub fn public(base_path: &Path, options: &str) -> Node {
	let endpoint = format!("{PUBLIC}{options}");
	let args =
		["--chain", common::raw_spec(), "--seal-millis", "0", "--experimental-rpc-endpoint", &endpoint];
	Node::start(base_path, &args)
}

/// Asks so many times at once over one connection; counts answers, and those that were refused with the rate limit's.
fn flood(node: &Node, calls: u64) -> (u64, u64) {
	let mut socket = WebSocket::open(node.rpc()).unwrap();
	let mut writer = socket.split();
	let asking = std::thread::spawn(move || {
		for id in 0..calls {
			writer.ask(id, "system_chain", &json!([])).unwrap();
		}
	});
	let (mut answered, mut refused) = (0, 0);
	for _ in 0..calls {
		match answer(&socket.answer().unwrap()) {
			Ok(name) => {
				assert_eq!(name, "Heirloom Development");
				answered += 1;
			}
			Err(error) => {
				assert_eq!(error, (-32_999, "RPC rate limit exceeded".into()));
				refused += 1;
			}
		}
	}
	asking.join().unwrap();
	(answered, refused)
}

#[test]
fn calls_over_the_rate_limit_should_be_refused() {
	let base_path = tempdir().unwrap();
	let node = public(base_path.path(), ",rate-limit=600");
	let (answered, refused) = flood(&node, 900);
	assert!(refused > 0 && answered >= 600, "{answered} answered, {refused} refused");
}

#[test]
fn public_interface_should_have_a_rate_limit_without_being_asked() {
	let base_path = tempdir().unwrap();
	let node = public(base_path.path(), "");
	let (answered, refused) = flood(&node, 1_600);
	assert!(refused > 0 && answered >= 1_200, "{answered} answered, {refused} refused");
}

#[test]
fn loopback_should_be_trusted_with_any_number_of_calls() {
	let base_path = tempdir().unwrap();
	assert_eq!(flood(&Node::quiet(base_path.path()), 3_000), (3_000, 0));
}

#[test]
fn public_interface_should_refuse_unsafe_methods() {
	let (first, second) = (tempdir().unwrap(), tempdir().unwrap());
	let (public, own) = (public(first.path(), ""), Node::quiet(second.path()));
	// Each of the SDK's modules has a code of its own for it.
	let refused = |answer: Result<Value, (i64, String)>| {
		answer.is_err_and(|(_, why)| why == "RPC call is unsafe to be called externally")
	};
	for (method, params) in [
		("author_rotateKeys", json!([])),
		("author_insertKey", json!(["aura", "//Alice", format!("0x{}", "00".repeat(32))])),
		("author_hasKey", json!([format!("0x{}", "00".repeat(32)), "aura"])),
		("author_removeExtrinsic", json!([[]])),
		("offchain_localStorageSet", json!(["PERSISTENT", "0x00", "0x00"])),
		("state_traceBlock", json!([format!("0x{}", "00".repeat(32)), null, null, null])),
		("system_addLogFilter", json!(["trace"])),
		("system_addReservedPeer", json!(["/ip4/127.0.0.1/tcp/1"])),
		("system_peers", json!([])),
		("clock_advanceTo", json!(["2030-01-01"])),
		("clock_seal", json!([1])),
	] {
		assert!(refused(public.call(method, params.clone())), "{method}");
		assert!(!refused(own.call(method, params)), "{method}");
	}
}

#[test]
fn unsafe_methods_should_not_be_served_on_a_public_interface() {
	let base_path = tempdir().unwrap();
	let endpoint = format!("{PUBLIC},methods=unsafe");
	let args = ["--chain", common::raw_spec(), "--experimental-rpc-endpoint", &endpoint];
	let output = common::command(base_path.path(), &args).output().unwrap();
	assert_eq!(output.status.code(), Some(1));
	let text = String::from_utf8_lossy(&output.stderr);
	assert!(
		text.trim_end().ends_with(
			"unsafe RPC methods are not served at [::ffff:127.0.0.1]:0, which others can reach: they belong on loopback"
		),
		"{text}"
	);
}

#[test]
fn batch_over_its_limit_should_be_refused() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let batch = |size: usize| {
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": "system_chain", "params": [] });
		let (_, body) = node.post(Value::from(vec![request; size]).to_string().as_bytes());
		serde_json::from_str::<Value>(&body).unwrap()
	};
	assert_eq!(batch(100).as_array().unwrap().len(), 100);
	assert_eq!(answer(&batch(101)), Err((-32_010, "The batch request was too large".into())));
}

#[test]
fn body_over_its_limit_should_be_refused() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let body = |length: usize| {
		let request = |blank: usize| {
			json!({ "jsonrpc": "2.0", "id": 1, "method": "system_chain", "params": [" ".repeat(blank)] })
				.to_string()
		};
		let text = request(length - request(0).len());
		assert_eq!(text.len(), length);
		node.post(text.as_bytes()).0
	};
	const LIMIT: usize = 8 << 20;
	assert_eq!(body(LIMIT), 200);
	assert_eq!(body(LIMIT + 1), 413);
}

#[test]
fn connections_over_their_limit_should_be_refused() {
	let base_path = tempdir().unwrap();
	let node = public(base_path.path(), ",max-connections=3");
	let open: Vec<_> = (0..3).map(|_| WebSocket::open(node.rpc()).unwrap()).collect();
	assert_eq!(WebSocket::open(node.rpc()).err().as_deref(), Some("HTTP/1.1 429 Too Many Requests"));
	drop(open);
}

#[test]
fn subscriptions_over_their_limit_should_be_refused() {
	let base_path = tempdir().unwrap();
	let node = Node::quiet(base_path.path());
	let mut socket = WebSocket::open(node.rpc()).unwrap();
	let mut subscribe = |id| {
		socket.ask(id, "chain_subscribeNewHeads", &json!([])).unwrap();
		answer(&socket.answer().unwrap())
	};
	for id in 0..256 {
		subscribe(id).unwrap();
	}
	assert_eq!(subscribe(256), Err((-32_006, "Too many subscriptions on the connection".into())));
	// Another connection has its own.
	let mut other = WebSocket::open(node.rpc()).unwrap();
	other.send(TEXT, br#"{"jsonrpc":"2.0","id":1,"method":"chain_subscribeNewHeads","params":[]}"#).unwrap();
	answer(&other.answer().unwrap()).unwrap();
}
