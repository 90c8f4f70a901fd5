//! Connections to a node that are lost, with and without a word: a forwarder stands between the explorer and a real node.

use crate::chain;
use futures::future::join_all;
use heirloom_explorer::chain::Node;
use std::{
	sync::{Arc, Mutex},
	time::Duration,
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
	net::{TcpListener, TcpStream},
	task::JoinHandle,
	time::{sleep, timeout},
};

/// Far longer than an answer takes, and far shorter than a question may.
const SOON: Duration = Duration::from_secs(5);

/// What is forwarded over one connection.
struct Forwarded {
	copying: JoinHandle<std::io::Result<()>>,
	/// The explorer's side and the node's, which stay open where nothing is copied any more.
	_open: [TcpStream; 2],
}

/// Forwards connections to the node.
struct Forwarder {
	port: u16,
	connections: Arc<Mutex<Vec<Forwarded>>>,
}

impl Forwarder {
	async fn new() -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let port = listener.local_addr().unwrap().port();
		let to = chain::march().0.trim_start_matches("ws://").to_owned();
		let connections = Arc::<Mutex<Vec<Forwarded>>>::default();
		let known = connections.clone();
		tokio::spawn(async move {
			while let Ok((from, _)) = listener.accept().await {
				let one = forwarded(from, port, &to).await;
				known.lock().unwrap().push(one);
			}
		});
		Self { port, connections }
	}

	fn node(&self) -> Node {
		Node::new(format!("ws://127.0.0.1:{}", self.port))
	}

	fn made(&self) -> usize {
		self.connections.lock().unwrap().len()
	}

	/// Copies nothing any more of what is connected now; both sides stay open.
	fn silence(&self) {
		self.connections.lock().unwrap().iter().for_each(|one| one.copying.abort());
	}

	/// Ends what is connected now.
	fn cut(&self) {
		self.silence();
		self.connections.lock().unwrap().clear();
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
	Forwarded { copying, _open: [from, to].map(|stream| TcpStream::from_std(stream).unwrap()) }
}

/// Waits until the streams of what was aborted are let go of.
async fn settled() {
	sleep(Duration::from_millis(50)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_questions_should_go_over_four_connections() {
	let forwarder = Forwarder::new().await;
	let node = forwarder.node();
	let answers = join_all((0..20).map(|_| node.last_final())).await;
	assert!(answers.iter().all(Result::is_ok), "{answers:?}");
	assert_eq!(forwarder.made(), 4);
	node.last_final().await.unwrap();
	assert_eq!(forwarder.made(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn question_should_be_asked_again_when_connections_were_cut() {
	let forwarder = Forwarder::new().await;
	let node = forwarder.node();
	join_all((0..4).map(|_| node.last_final())).await;
	forwarder.cut();
	settled().await;
	timeout(SOON, node.last_final()).await.unwrap().unwrap();
	// The others that were cut are gone with the first that was found to be.
	assert_eq!(forwarder.made(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn connection_that_says_nothing_should_not_be_asked_over_again() {
	let forwarder = Forwarder::new().await;
	let node = forwarder.node();
	timeout(SOON, node.last_final()).await.unwrap().unwrap();
	assert_eq!(forwarder.made(), 1);
	forwarder.silence();
	settled().await;
	// Whoever asks gives up, as a page does.
	assert!(timeout(Duration::from_millis(300), node.last_final()).await.is_err());
	timeout(SOON, node.last_final()).await.unwrap().unwrap();
	assert_eq!(forwarder.made(), 2);
}
