//! Commands that sign, against the node of a development chain.

use serde_json::{Value, json};
use std::{
	io::{BufRead, BufReader, Read, Write},
	net::TcpStream,
	path::Path,
	process::{Child, Command, Output, Stdio},
	sync::mpsc,
	thread,
	time::Duration,
};
use tempfile::TempDir;

/// How long a node may take until it listens: it compiles its runtime first.
const PATIENCE: Duration = Duration::from_secs(300);

/// A node that makes a block each half second.
struct Node {
	child: Child,
	url: String,
	_base: TempDir,
}

impl Node {
	fn start(options: &[&str]) -> Self {
		let base = TempDir::new().unwrap();
		let node = Path::new(env!("CARGO_BIN_EXE_heirloom")).with_file_name("heirloom-node");
		assert!(node.exists(), "{} is not built; test the whole workspace", node.display());
		// A test that is killed cannot stop the node, but the system can.
		let mut child = Command::new("setpriv")
			.args(["--pdeathsig", "KILL"])
			.arg(node)
			.args([
				"--dev",
				"--seal-millis",
				"500",
				"--rpc-port",
				"0",
				"--port",
				"0",
				"--no-prometheus",
				"--no-telemetry",
			])
			.arg("--base-path")
			.arg(base.path())
			.args(options)
			.stdin(Stdio::null())
			.stdout(Stdio::null())
			.stderr(Stdio::piped())
			.spawn()
			.unwrap();
		let log = child.stderr.take().unwrap();
		let (sender, receiver) = mpsc::channel();
		// Read to the end: a node whose log nobody reads stops at a full pipe.
		thread::spawn(move || {
			for line in BufReader::new(log).lines().map_while(Result::ok) {
				if let Some((_, rest)) = line.split_once("Running JSON-RPC server: addr=") {
					let port = rest.split([',', ' ']).next().and_then(|address| address.rsplit(':').next());
					drop(sender.send(format!("ws://127.0.0.1:{}", port.unwrap_or_default())));
				}
			}
		});
		let url = receiver.recv_timeout(PATIENCE);
		if url.is_err() {
			drop(child.kill());
		}
		Self { child, url: url.expect("the node listens in time"), _base: base }
	}

	fn client(&self) -> Command {
		let mut client = Command::new(env!("CARGO_BIN_EXE_heirloom"));
		client.args(["--url", &self.url]).env_remove("HEIRLOOM_SECRET");
		client
	}

	fn run(&self, words: &[&str]) -> Output {
		self.client().arg("--json").args(words).output().unwrap()
	}

	/// What a command prints for a person.
	fn printed(&self, words: &[&str]) -> String {
		let output = self.client().args(words).output().unwrap();
		assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
		String::from_utf8(output.stdout).unwrap()
	}

	/// What a command says.
	fn said(&self, words: &[&str]) -> Value {
		let output = self.run(words);
		assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
		serde_json::from_slice(&output.stdout).unwrap()
	}

	/// The last line that a command fails with.
	fn error(&self, words: &[&str]) -> String {
		let output = self.run(words);
		assert_eq!(output.status.code(), Some(1), "{words:?}");
		String::from_utf8(output.stderr).unwrap().lines().last().unwrap_or_default().to_owned()
	}

	/// Mints an asset of Alice's with further options.
	fn mint<'a>(handle: &'a str, call_fee: &'a str, more: &[&'a str]) -> Vec<&'a str> {
		let mint = [
			"mint",
			handle,
			"--from",
			"//Alice",
			"--kind",
			"data",
			"--share-rate",
			"3000",
			"--call-fee",
			call_fee,
		];
		[&mint[..], more].concat()
	}

	/// What the node itself answers.
	fn asked(&self, method: &str, params: &Value) -> Value {
		let address = self.url.trim_start_matches("ws://");
		let question = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
		let mut connection = TcpStream::connect(address).unwrap();
		write!(
			connection,
			"POST / HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: \
			 close\r\n\r\n{question}",
			question.len()
		)
		.unwrap();
		let mut answer = String::new();
		connection.read_to_string(&mut answer).unwrap();
		let (_, body) = answer.split_once("\r\n\r\n").unwrap();
		let mut answer: Value = serde_json::from_str(body).unwrap();
		answer["result"].take()
	}

	fn u_of(&self, account: &str) -> u128 {
		self.said(&["balance", account])["u"].as_str().unwrap().parse().unwrap()
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		// One that ended by itself has failed the test already.
		drop(self.child.kill());
		drop(self.child.wait());
	}
}

#[test]
fn parents_should_be_paid_only_if_the_asset_is_minted() {
	let node = Node::start(&[]);
	node.said(&Node::mint("ROOT", "2", &[]));
	node.said(&Node::mint("DEAR", "2000000", &["--best"]));
	let error = node.error(&["call", "ROOT", "1", "--from", ""]);
	assert_eq!(error, "heirloom: the secret is empty");

	let bob =
		["mint", "DERIVED", "--from", "//Bob", "--kind", "model", "--share-rate", "2000", "--call-fee", "1"];
	let derived = |more: &[&'static str]| [&bob[..], more].concat();
	let before = node.u_of("//Bob");
	// The second parent is too dear for Bob, so the first is not paid either.
	let error = node.error(&derived(&["--parent", "ROOT:trained-on:3", "--parent", "DEAR:finetune:1"]));
	assert!(
		error.starts_with("heirloom: nothing is minted, and nobody was paid: minting DERIVED: "),
		"{error}"
	);
	let error = node.error(&derived(&["--parent", "ROOT:trained-on:3", "--max-fee", "5.99"]));
	assert!(error.contains("cost 6.00 U, more than --max-fee 5.99 U"), "{error}");
	assert_eq!(node.u_of("//Bob"), before);

	let minted = node.said(&derived(&["--parent", "ROOT:trained-on:3", "--max-fee", "6"]));
	assert_eq!(minted["paid"], "6000000");
	assert_eq!(before - node.u_of("//Bob"), 6_000_000);
	let error = node.error(&derived(&["--parent", "ROOT:trained-on:3"]));
	assert!(error.starts_with("heirloom: there is an asset DERIVED already"), "{error}");

	let (up, down) = (["lineage", "DERIVED"], ["lineage", "ROOT", "--down"]);
	for (tree, first) in [(node.said(&up), "DERIVED"), (node.said(&down), "ROOT")] {
		assert_eq!(tree["items"][0]["handle"], first);
		assert_eq!((tree["items"].as_array().unwrap().len(), &tree["more"]), (2, &Value::Bool(false)));
	}
	let cut = node.said(&["lineage", "ROOT", "--down", "--limit", "0"]);
	assert_eq!(cut["more"], true);

	let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	let made = node.said(&["rotate-keys", "--owner", alice]);
	assert_eq!(made["keys"].as_str().unwrap().len(), 2 + 2 * 64);
	assert!(made["proof"].as_str().unwrap().starts_with("0x"));
}

#[test]
fn what_is_minted_in_percent_should_be_told_to_its_owner() {
	let node = Node::start(&[]);
	let mint = ["mint", "ROOT", "--from", "//Alice", "--kind", "data", "--call-fee", "2"];
	let stated = ["--share-rate", "30%", "--quality", "98.5%"];
	let printed = node.printed(&[&mint[..], &stated].concat());
	let (_, told) = printed.split_once('\n').unwrap();
	assert_eq!(told, "  derivatives share 30.00 % of their call fees; claimed quality 98.50 %\n");
	let asset = node.said(&["asset", "ROOT"]);
	assert_eq!(asset["terms"], json!({ "share": { "rate": 3_000 } }));
	assert_eq!(asset["quality"]["bps"], 9_850);
}

#[test]
fn asset_should_be_found_by_a_handle_that_reads_as_a_number() {
	let node = Node::start(&[]);
	node.said(&Node::mint("20260301", "2", &[]));
	assert_eq!(node.said(&["asset", "20260301"])["id"], 0);
	assert_eq!(node.said(&["asset", "0"])["handle"], "20260301");
}

#[test]
fn call_should_tell_what_was_used_for_how_much() {
	let node = Node::start(&[]);
	node.said(&Node::mint("ROOT", "2", &[]));
	let printed = node.printed(&["call", "ROOT", "1", "--from", "//Bob"]);
	assert!(printed.starts_with("1 unit of ROOT for 2.00 U: receipt "), "{printed}");
	let printed = node.printed(&["call", "ROOT", "1000", "--from", "//Bob"]);
	assert!(printed.starts_with("1,000 units of ROOT for 2,000.00 U: receipt "), "{printed}");
}

#[test]
fn account_without_loom_should_be_told_what_fees_are_paid_in() {
	let node = Node::start(&[]);
	let error = node.error(&["claim", "//nobody", "--from", "//nobody"]);
	assert!(error.contains("the account has too little LOOM for the fee; "), "{error}");
}

#[test]
fn income_should_go_to_the_wallet_that_the_owner_names() {
	let node = Node::start(&[]);
	node.said(&Node::mint("ROOT", "2", &[]));
	let bob = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
	assert_eq!(node.said(&["payee", "ROOT", "//Bob", "--from", "//Alice"])["payee"], bob);
	assert_eq!(node.said(&["asset", "ROOT"])["payee"], bob);
	let error = node.error(&["payee", "ROOT", "--from", "//Bob"]);
	assert!(error.contains("Lineage::NotOwner"), "{error}");
	assert_eq!(node.said(&["payee", "ROOT", "--from", "//Alice"])["payee"], Value::Null);
	assert_ne!(node.said(&["asset", "ROOT"])["payee"], bob);
	let error = node.error(&["claim", "//Bob", "--from", "//Alice"]);
	assert!(error.contains("Royalty::NothingToClaim"), "{error}");
}

/// An account that was reaped begins anew with the numbers it had, so what it signed for ever could be repeated.
#[test]
fn transactions_should_expire() {
	let node = Node::start(&[]);
	node.said(&Node::mint("ROOT", "2", &[]));
	node.said(&["call", "ROOT", "1", "--from", "//Bob"]);
	let head = node.asked("chain_getHeader", &json!([]))["number"].as_str().unwrap().to_owned();
	let mut signed = 0;
	for number in 1..=u32::from_str_radix(head.trim_start_matches("0x"), 16).unwrap() {
		let hash = node.asked("chain_getBlockHash", &json!([number]));
		let block = node.asked("chain_getBlock", &json!([hash]));
		for extrinsic in block["block"]["extrinsics"].as_array().unwrap() {
			let bytes = hex::decode(extrinsic.as_str().unwrap().trim_start_matches("0x")).unwrap();
			// Its length in two bytes, as of all between 64 and 16,383; its version; the signer's address and signature, each
			// behind the number of its kind; and then until when it counts: 0 for ever.
			if bytes[2] != 0x84 {
				continue;
			}
			assert_eq!(bytes[0] & 3, 1, "the length is not in two bytes");
			assert_ne!(bytes[3 + (1 + 32) + (1 + 64)], 0, "it never expires");
			signed += 1;
		}
	}
	assert_eq!(signed, 2);
}

#[test]
fn node_that_others_reach_should_be_left_to_make_its_own_blocks() {
	let node = Node::start(&["--rpc-external"]);
	node.said(&Node::mint("ROOT", "2", &[]));
	let error = node.error(&["rotate-keys", "--owner", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"]);
	assert!(error.contains("makes no keys for callers from elsewhere"), "{error}");
}
