//! Connections to a node that are lost, with and without a word: a forwarder stands between the explorer and a real node.

use crate::chain;
use futures::future::join_all;
use heirloom_explorer::chain::{Error, Node};
use std::{
	mem,
	sync::{
		Arc, Mutex,
		atomic::{AtomicUsize, Ordering},
	},
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
	net::{TcpListener, TcpStream},
	task::JoinHandle,
	time::timeout,
};

/// Far longer than an answer takes, and shorter than a question over a silent connection may.
const SOON: Duration = Duration::from_secs(3);

/// Longer than a question may take with its second try, and shorter than a page may.
const IN_THE_END: Duration = Duration::from_secs(15);

/// What is forwarded over one connection.
struct Forwarded {
	copying: JoinHandle<std::io::Result<()>>,
	/// The explorer's side and the node's, which stay open where nothing is copied any more.
	open: [TcpStream; 2],
}

/// Forwards connections to the node.
struct Forwarder {
	port: u16,
	made: Arc<AtomicUsize>,
	connections: Arc<Mutex<Vec<Forwarded>>>,
}

impl Forwarder {
	async fn new() -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let port = listener.local_addr().unwrap().port();
		let to = chain::march().0.trim_start_matches("ws://").to_owned();
		let (made, connections) = <(Arc<AtomicUsize>, Arc<Mutex<Vec<Forwarded>>>)>::default();
		let (counted, known) = (made.clone(), connections.clone());
		tokio::spawn(async move {
			while let Ok((from, _)) = listener.accept().await {
				counted.fetch_add(1, Ordering::SeqCst);
				let one = forwarded(from, port, &to).await;
				known.lock().unwrap().push(one);
			}
		});
		Self { port, made, connections }
	}

	fn node(&self) -> Node {
		Node::new(format!("ws://127.0.0.1:{}", self.port))
	}

	fn made(&self) -> usize {
		self.made.load(Ordering::SeqCst)
	}

	/// Copies nothing any more of what is connected now, and returns both sides of each, which are open as long as they are kept.
	async fn silenced(&self) -> Vec<[TcpStream; 2]> {
		let connections = mem::take(&mut *self.connections.lock().unwrap());
		let silenced = connections.into_iter().map(|Forwarded { copying, open }| async {
			copying.abort();
			assert!(copying.await.unwrap_err().is_cancelled());
			open
		});
		join_all(silenced).await
	}
}

async fn forwarded(from: TcpStream, port: u16, node: &str) -> Forwarded {
	let to = TcpStream::connect(node).await.unwrap();
	let [from, to] = [from, to].map(|stream| stream.into_std().unwrap());
	let again = |stream: &std::net::TcpStream| TcpStream::from_std(stream.try_clone().unwrap()).unwrap();
	let (mut ours, mut nodes, node) = (again(&from), again(&to), node.to_owned());
	let copying = tokio::spawn(async move {
		let mut asked = Vec::new();
		while !asked.ends_with(b"\r\n\r\n") {
			asked.push(ours.read_u8().await?);
		}
		// A node answers nobody who calls it by another name.
		let asked = String::from_utf8_lossy(&asked).replace(&format!("127.0.0.1:{port}"), &node);
		nodes.write_all(asked.as_bytes()).await?;
		copy_bidirectional(&mut ours, &mut nodes).await.map(drop)
	});
	Forwarded { copying, open: [from, to].map(|stream| TcpStream::from_std(stream).unwrap()) }
}

/// Asks twenty questions at once, after which there are four connections that nothing is asked over.
async fn four_idle(forwarder: &Forwarder, node: &Node) {
	let answers = join_all((0..20).map(|_| node.last_final())).await;
	assert!(answers.iter().all(Result::is_ok), "{answers:?}");
	assert_eq!(forwarder.made(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_questions_should_go_over_four_connections() {
	let forwarder = Forwarder::new().await;
	let node = forwarder.node();
	four_idle(&forwarder, &node).await;
	node.last_final().await.unwrap();
	assert_eq!(forwarder.made(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn question_should_be_asked_again_when_connections_were_cut() {
	let forwarder = Forwarder::new().await;
	let node = forwarder.node();
	four_idle(&forwarder, &node).await;
	drop(forwarder.silenced().await);
	timeout(SOON, node.last_final()).await.unwrap().unwrap();
	assert_eq!(forwarder.made(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_connections_should_cost_one_question_its_patience_and_no_other() {
	let forwarder = Forwarder::new().await;
	let node = forwarder.node();
	four_idle(&forwarder, &node).await;
	let _open = forwarder.silenced().await;
	let begin = Instant::now();
	timeout(IN_THE_END, node.last_final()).await.unwrap().unwrap();
	assert!(begin.elapsed() > SOON, "the silent connection was not asked over");
	// The other three were given up with the first.
	timeout(SOON, node.last_final()).await.unwrap().unwrap();
	assert_eq!(forwarder.made(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn connection_should_be_used_again_when_nobody_waited_for_its_answer() {
	let forwarder = Forwarder::new().await;
	let node = forwarder.node();
	let mut given_up = 0;
	for _ in 0..20 {
		timeout(SOON, node.last_final()).await.unwrap().unwrap();
		// Asked, and given up at once, as by a page in a hurry; an answer may be there already.
		given_up += u32::from(timeout(Duration::ZERO, node.last_final()).await.is_err());
	}
	assert!(given_up > 4, "{given_up} questions were given up");
	assert!(forwarder.made() <= 4, "{} connections were made", forwarder.made());
}

/// A port at which connections are taken and nothing is ever said.
#[tokio::test(flavor = "multi_thread")]
async fn node_that_says_nothing_should_be_unreachable_before_a_page_is_too_slow() {
	let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
	let node = Node::new(format!("ws://{}", listener.local_addr().unwrap()));
	// More than may be asked at once, so that some wait for a turn as well.
	let answers = timeout(IN_THE_END, join_all((0..12).map(|_| node.last_final()))).await.unwrap();
	assert!(answers.iter().all(|answer| matches!(answer, Err(Error::Unreachable { .. }))), "{answers:?}");
}
