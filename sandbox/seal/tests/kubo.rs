//! The client of Kubo's RPC, against nodes that keep to it and nodes that lie.

mod support;

use heirloom_seal::{
	BlockStore, Kubo, KuboTimeouts, StoreError,
	content::Codec,
	store::{Block, MAX_BLOCK_BYTES},
};
use std::time::{Duration, Instant};
use support::{Answer, Node, Request, complaint};

fn client(node: &Node) -> Kubo {
	let within = Duration::from_secs(5);
	Kubo::new(&node.address, KuboTimeouts { block: within, pin: within }).unwrap()
}

/// A client that waits for a fifth of a second, of a node that always answers so.
fn hasty(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> (Kubo, Node) {
	let node = Node::start(answer);
	let within = Duration::from_millis(200);
	(Kubo::new(&node.address, KuboTimeouts { block: within, pin: within }).unwrap(), node)
}

fn block(bytes: &[u8]) -> Block {
	Block::new(Codec::Raw, bytes.to_vec()).unwrap()
}

fn get_from(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Result<Block, StoreError> {
	client(&Node::start(answer)).get(block(b"wanted").id())
}

fn put_to(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Result<(), StoreError> {
	client(&Node::start(answer)).put(&block(b"offered"))
}

#[test]
fn what_was_put_can_be_got() {
	let node = Node::honest();
	let kubo = client(&node);
	for codec in [Codec::Raw, Codec::DagPb] {
		for bytes in [vec![], b"a block\r\n--\r\n".to_vec(), vec![7; MAX_BLOCK_BYTES]] {
			let block = Block::new(codec, bytes).unwrap();
			kubo.put(&block).unwrap();
			assert_eq!(kubo.get(block.id()).unwrap(), block);
			kubo.keep(block.id()).unwrap();
		}
	}
}

#[test]
fn requests_are_those_of_the_rpc() {
	let node = Node::honest();
	let (kubo, block) = (client(&node), block(b"a block"));
	kubo.put(&block).unwrap();
	kubo.get(block.id()).unwrap();
	kubo.keep(block.id()).unwrap();
	let id = block.id().to_string();
	let requests = node.requests.lock().unwrap();
	let lines: Vec<_> = requests.iter().map(|request| request.line.trim_end()).collect();
	assert_eq!(
		lines,
		[
			"POST /api/v0/block/put?cid-codec=raw&mhtype=sha2-256&pin=false HTTP/1.1".to_owned(),
			format!("POST /api/v0/block/get?arg={id} HTTP/1.1"),
			format!("POST /api/v0/pin/add?arg={id}&recursive=true&progress=false HTTP/1.1"),
		]
	);
	assert_eq!(requests[0].file().unwrap(), b"a block");
}

#[test]
fn password_in_the_address_is_sent_as_basic_authorization() {
	let node = Node::honest();
	let address = node.address.replace("http://", "http://runner:secret@");
	let kubo = Kubo::new(&address, KuboTimeouts::default()).unwrap();
	kubo.put(&block(b"a block")).unwrap();
	let requests = node.requests.lock().unwrap();
	assert_eq!(requests[0].headers["authorization"], "Basic cnVubmVyOnNlY3JldA==");
}

#[test]
fn get_should_fail_when_the_node_does_not_have_the_block() {
	let error = client(&Node::honest()).get(block(b"none").id()).unwrap_err();
	assert!(
		matches!(&error, StoreError::Refused { status: 500, message } if message.starts_with("block was not found")),
		"{error}"
	);
}

#[test]
fn get_should_fail_when_the_node_returns_other_bytes() {
	let error = get_from(|_| Answer::Whole(200, b"wanteD".to_vec())).unwrap_err();
	assert!(matches!(error, StoreError::Mismatch(_)), "{error}");
}

#[test]
fn get_should_fail_when_the_body_has_no_end() {
	let error = get_from(|_| Answer::Endless).unwrap_err();
	assert!(matches!(error, StoreError::TooLarge(_)), "{error}");
}

#[test]
fn get_should_fail_when_the_body_is_one_byte_too_long() {
	let error = get_from(|_| Answer::Whole(200, vec![0; MAX_BLOCK_BYTES + 1])).unwrap_err();
	assert!(matches!(error, StoreError::TooLarge(_)), "{error}");
}

#[test]
fn get_should_fail_when_the_body_is_cut() {
	let error = get_from(|_| Answer::Cut(b"wante".to_vec())).unwrap_err();
	assert!(matches!(error, StoreError::Unreachable(_)), "{error}");
}

#[test]
fn get_should_fail_in_time_when_the_node_is_silent() {
	let (kubo, _node) = hasty(|_| Answer::Silence);
	let began = Instant::now();
	let error = kubo.get(block(b"wanted").id()).unwrap_err();
	assert!(matches!(error, StoreError::TimedOut), "{error}");
	assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn get_should_fail_in_time_when_the_body_does_not_come() {
	// As long as the node promises, which is what must not be made room for.
	let (kubo, _node) = hasty(|_| Answer::Promise(1 << 60));
	let error = kubo.get(block(b"wanted").id()).unwrap_err();
	assert!(matches!(error, StoreError::TimedOut), "{error}");
}

#[test]
fn get_should_fail_when_the_node_refuses() {
	let error = get_from(|_| complaint("no\n\u{1b}[31m way\u{7}")).unwrap_err();
	assert!(
		matches!(&error, StoreError::Refused { status: 500, message } if message == "no[31m way"),
		"{error:?}"
	);
}

#[test]
fn refusal_is_passed_on_only_up_to_a_length() {
	let error = get_from(|_| Answer::Whole(403, vec![b'x'; 1_000])).unwrap_err();
	assert!(
		matches!(&error, StoreError::Refused { status: 403, message } if message.len() == 200),
		"{error}"
	);
}

#[test]
fn get_should_fail_when_the_node_redirects() {
	let honest = Node::honest();
	client(&honest).put(&block(b"wanted")).unwrap();
	let target = format!("{}/api/v0/block/get?arg={}", honest.address, block(b"wanted").id());
	let error = get_from(move |_| Answer::Elsewhere(target.clone())).unwrap_err();
	assert!(matches!(error, StoreError::Refused { status: 307, .. }), "{error:?}");
	assert_eq!(honest.requests.lock().unwrap().len(), 1);
}

#[test]
fn get_should_fail_when_the_answer_is_no_http() {
	let error = get_from(|_| Answer::Noise).unwrap_err();
	assert!(matches!(error, StoreError::BadAnswer), "{error:?}");
}

#[test]
fn get_should_fail_when_nobody_listens() {
	let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
	let kubo = Kubo::new(&format!("http://{free}"), KuboTimeouts::default()).unwrap();
	let error = kubo.get(block(b"wanted").id()).unwrap_err();
	assert!(matches!(error, StoreError::Unreachable(_)), "{error}");
}

#[test]
fn put_should_fail_when_the_node_keeps_it_under_another_id() {
	let other = block(b"other").id().to_string();
	let said = format!("{{\"Key\":\"{other}\",\"Size\":7}}");
	let error = put_to(move |_| Answer::Whole(200, said.clone().into())).unwrap_err();
	assert!(matches!(error, StoreError::OtherId(_)), "{error}");
}

#[test]
fn put_should_fail_when_the_answer_is_not_understood() {
	for said in ["", "null", "{}", "{\"Key\":1}", "<html>"] {
		let error = put_to(move |_| Answer::Whole(200, said.into())).unwrap_err();
		assert!(matches!(error, StoreError::BadAnswer), "{said}: {error}");
	}
}

#[test]
fn put_should_fail_when_the_answer_has_no_end() {
	let error = put_to(|_| Answer::Endless).unwrap_err();
	assert!(matches!(error, StoreError::BadAnswer), "{error}");
}

#[test]
fn keep_should_fail_when_another_tree_was_pinned() {
	let other = block(b"other").id().to_string();
	let said = format!("{{\"Pins\":[\"{other}\"]}}");
	let node = Node::start(move |_| Answer::Whole(200, said.clone().into()));
	let error = client(&node).keep(block(b"wanted").id()).unwrap_err();
	assert!(matches!(error, StoreError::BadAnswer), "{error}");
}

#[test]
fn keep_should_fail_when_the_node_does_not_have_the_tree() {
	let error = client(&Node::honest()).keep(block(b"none").id()).unwrap_err();
	assert!(matches!(error, StoreError::Refused { status: 500, .. }), "{error}");
}

#[test]
fn new_should_fail_when_the_address_is_no_url_of_the_web() {
	for address in
		["", "127.0.0.1:5001", "ftp://127.0.0.1", "/ip4/127.0.0.1/tcp/5001", "http://", "http://a?b=c"]
	{
		let kubo = Kubo::new(address, KuboTimeouts::default());
		assert!(matches!(kubo, Err(StoreError::BadAddress)), "{address}");
	}
}

#[test]
fn errors_do_not_show_the_address() {
	let kubo = Kubo::new("http://runner:secret@127.0.0.1:1", KuboTimeouts::default()).unwrap();
	let error = kubo.get(block(b"wanted").id()).unwrap_err();
	assert!(!format!("{error} {error:?}").contains("secret"));
}
