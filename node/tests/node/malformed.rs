//! Input that no client should send, random but the same in every run, never ends a node.

use crate::{
	common::Node,
	limits::public,
	websocket::{TEXT, WebSocket},
};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use std::{
	io::{Read, Write},
	net::{Shutdown, TcpStream},
	thread,
};
use tempfile::tempdir;

/// What the inputs are made from.
const SEED: u64 = 20_260_301;
const HTTP_REQUESTS: usize = 1_500;
const MESSAGES: usize = 6_000;
/// Without a rate limit for this machine, so that what is asked reaches the methods.
const UNLIMITED: &str = ",rate-limit-whitelisted-ips=::/0";

/// Values that parameters are drawn from: of the right form and of every wrong one.
fn value(rng: &mut ChaCha8Rng, depth: u32) -> Value {
	match rng.random_range(0..14) {
		0 => Value::Null,
		1 => json!(rng.random::<bool>()),
		2 => json!(rng.random::<u64>()),
		3 => json!(rng.random::<i64>()),
		4 => json!(rng.random::<f64>() * 1e300),
		5 => json!(rng.random_range(0..20)),
		6 => json!(format!("0x{}", hex(rng, 64))),
		7 => {
			let length = rng.random_range(0..300);
			json!(format!("0x{}", hex(rng, length)))
		}
		8 => json!(["2026-03", "9999-99", "CT-2025-0312", "", "*", "//Alice", "system.Account"].choose(rng)),
		9 => json!("\u{0}\u{feff}\u{1f4a3}"),
		10 => json!("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"),
		11 => json!(
			["RoyaltyApi_progress", "Core_version", "Core_execute_block", "Metadata_metadata"].choose(rng)
		),
		12 if depth < 4 => (0..rng.random_range(0..5)).map(|_| value(rng, depth + 1)).collect(),
		13 if depth < 4 => {
			let fields = ["hash", "items", "key", "type", "asset", "from", ""];
			(0..rng.random_range(0..4))
				.map(|_| (fields.choose(rng).expect("there are fields").to_string(), value(rng, depth + 1)))
				.collect()
		}
		_ => json!(i128::from(rng.random::<u64>()) as f64),
	}
}

fn hex(rng: &mut ChaCha8Rng, digits: usize) -> String {
	(0..digits).map(|_| char::from_digit(rng.random_range(0..16), 16).expect("it is below 16")).collect()
}

/// A request, or what became of one: cut off, with bytes changed, nested, repeated, or nothing but bytes.
fn input(rng: &mut ChaCha8Rng, methods: &[String]) -> Vec<u8> {
	let method = methods.choose(rng).expect("there are methods");
	let params: Value = (0..rng.random_range(0..6)).map(|_| value(rng, 0)).collect();
	let mut text =
		json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string().into_bytes();
	match rng.random_range(0..10) {
		0..4 => {}
		4 => text.truncate(rng.random_range(0..text.len())),
		5 => {
			for _ in 0..rng.random_range(1..8) {
				let at = rng.random_range(0..text.len());
				text[at] = rng.random();
			}
		}
		6 => {
			let depth = rng.random_range(1..5_000);
			text = [vec![b'['; depth], text].concat();
		}
		7 => text = [b"[".to_vec(), [text.clone(), text].join(&b','), b"]".to_vec()].concat(),
		8 => text = value(rng, 0).to_string().into_bytes(),
		_ => text = (0..rng.random_range(0..400)).map(|_| rng.random()).collect(),
	}
	text
}

/// The names of all methods.
fn methods(node: &Node) -> Vec<String> {
	let listed = node.call("rpc_methods", json!([])).unwrap();
	serde_json::from_value(listed["methods"].clone()).unwrap()
}

#[test]
fn malformed_requests_should_not_end_the_node() {
	let base_path = tempdir().unwrap();
	let mut node = public(base_path.path(), UNLIMITED);
	let methods = methods(&node);
	let mut rng = ChaCha8Rng::seed_from_u64(SEED);
	for _ in 0..HTTP_REQUESTS {
		let input = input(&mut rng, &methods);
		if rng.random_ratio(1, 20) {
			// Not even HTTP.
			let mut stream = TcpStream::connect(node.rpc()).unwrap();
			let _ = stream.write_all(&input);
			let _ = stream.shutdown(Shutdown::Write);
			let _ = stream.read_to_end(&mut Vec::new());
		} else {
			let (status, _) = node.post(&input);
			assert!((200..500).contains(&status), "{status}: {}", String::from_utf8_lossy(&input));
		}
		assert!(node.is_alive(), "ended by {}", String::from_utf8_lossy(&input));
	}
	assert_eq!(node.call("system_chain", json!([])).unwrap(), "Heirloom Development");
}

#[test]
fn malformed_messages_should_not_end_the_node() {
	let base_path = tempdir().unwrap();
	let mut node = public(base_path.path(), UNLIMITED);
	let methods = methods(&node);
	let mut rng = ChaCha8Rng::seed_from_u64(SEED);
	let connect = || {
		let socket = WebSocket::open(node.rpc()).unwrap();
		let mut reader = socket.split();
		// A node whose answers nobody reads stops listening.
		thread::spawn(move || while reader.frame().is_ok() {});
		socket
	};
	let mut socket = connect();
	for number in 0..MESSAGES {
		let input = input(&mut rng, &methods);
		let sent = match rng.random_range(0..40) {
			0 => socket.raw(&input),
			1 => socket.send(rng.random_range(0..16), &input),
			_ => socket.send(TEXT, &input),
		};
		// The node may close a connection, and does after a broken frame.
		if sent.is_err() || number % 100 == 99 {
			socket = connect();
		}
	}
	assert!(node.is_alive());
	assert_eq!(node.call("system_chain", json!([])).unwrap(), "Heirloom Development");
	assert_eq!(node.call("chain_getHeader", json!([])).unwrap()["number"], "0x0");
}
