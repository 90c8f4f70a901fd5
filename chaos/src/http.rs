//! HTTP by the byte: requests that no client would make.

use std::{net::SocketAddr, time::Duration};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
	time::timeout,
};

/// How long a server may take to answer or to close.
const PATIENCE: Duration = Duration::from_secs(10);
/// As much of an answer as is looked at.
const LOOKED_AT: u64 = 65_536;

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
	/// A status, and what came with it.
	Status(u16, String),
	/// Something that is no HTTP.
	Other,
	/// The connection was closed, or never opened.
	Closed,
	/// Nothing within the time that a server may take.
	Silence,
}

/// Posts a body to a server, over a connection of its own.
pub async fn post(address: SocketAddr, body: &str) -> Answer {
	let head = format!(
		"POST / HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
		body.len()
	);
	say(address, &[head.as_bytes(), body.as_bytes()].concat()).await
}

/// Gets what a server has at a path, over a connection of its own.
pub async fn get(address: SocketAddr, path: &str) -> Answer {
	let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
	say(address, head.as_bytes()).await
}

/// Says some bytes to a server, over a connection of its own.
pub async fn say(address: SocketAddr, bytes: &[u8]) -> Answer {
	let Ok(mut stream) = TcpStream::connect(address).await else { return Answer::Closed };
	let mut said = Vec::new();
	let talk = async {
		// A server that has heard enough closes before all is said, and its answer can be read all the same.
		let _closed = stream.write_all(bytes).await.is_err();
		(&mut stream).take(LOOKED_AT).read_to_end(&mut said).await
	};
	let ended = timeout(PATIENCE, talk).await;
	match (said.is_empty(), ended) {
		(false, _) => understood(&said),
		(true, Ok(_)) => Answer::Closed,
		(true, Err(_)) => Answer::Silence,
	}
}

/// Asks for a WebSocket, and returns the status with the connection, which stays open as long as that.
pub async fn upgrade(address: SocketAddr) -> (Answer, Option<TcpStream>) {
	let Ok(mut stream) = TcpStream::connect(address).await else { return (Answer::Closed, None) };
	// The key is the one of RFC 6455.
	let head = format!(
		"GET / HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
		 Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	);
	let mut said = vec![0; 1_024];
	let talk = async {
		stream.write_all(head.as_bytes()).await?;
		stream.read(&mut said).await
	};
	match timeout(PATIENCE, talk).await {
		Ok(Ok(read)) if read > 0 => (understood(&said[..read]), Some(stream)),
		Ok(_) => (Answer::Closed, None),
		Err(_) => (Answer::Silence, Some(stream)),
	}
}

fn understood(said: &[u8]) -> Answer {
	let text = String::from_utf8_lossy(said).into_owned();
	let status = text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
	status.map_or(Answer::Other, |status| Answer::Status(status, text))
}

#[cfg(test)]
mod tests {
	use super::*;
	use tokio::net::TcpListener;

	#[test]
	fn status_is_read() {
		let said = "HTTP/1.1 413 Payload Too Large\r\n\r\n";
		assert_eq!(understood(said.as_bytes()), Answer::Status(413, said.into()));
		assert_eq!(understood(&[0x81, 0xff]), Answer::Other);
	}

	#[tokio::test]
	async fn what_a_server_does_is_told_apart() {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let server = tokio::spawn(async move {
			let (mut first, _) = listener.accept().await.unwrap();
			first.write_all(b"HTTP/1.1 429 Too Many Requests\r\n\r\n").await.unwrap();
			first.shutdown().await.unwrap();
			drop(listener.accept().await.unwrap());
		});
		assert!(matches!(say(address, b"").await, Answer::Status(429, _)));
		assert_eq!(say(address, b"").await, Answer::Closed);
		server.await.unwrap();
		assert_eq!(say(address, b"").await, Answer::Closed);
	}
}
