//! A client of WebSockets that can also send what no client should.

use serde_json::{Value, json};
use std::{
	io::{self, BufRead, BufReader, Read, Write},
	net::{SocketAddr, TcpStream},
	time::Duration,
};

/// The opcode of a text.
pub const TEXT: u8 = 1;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// A connection.
pub struct WebSocket {
	stream: BufReader<TcpStream>,
}

impl WebSocket {
	/// Opens a connection. `Err` has the status line of a node that takes no more.
	pub fn open(address: SocketAddr) -> Result<Self, String> {
		let mut stream = TcpStream::connect(address).expect("the node listens");
		stream.set_read_timeout(Some(PATIENCE)).expect("sockets have timeouts");
		write!(
			stream,
			"GET / HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
			 Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n",
		)
		.expect("the node reads");
		let mut stream = BufReader::new(stream);
		let mut head = Vec::new();
		loop {
			let mut line = String::new();
			stream.read_line(&mut line).expect("the node answers");
			match line.trim_end() {
				"" => break,
				line => head.push(line.to_owned()),
			}
		}
		match head.first() {
			Some(status) if status.starts_with("HTTP/1.1 101") => Ok(Self { stream }),
			status => Err(status.cloned().unwrap_or_default()),
		}
	}

	/// A second hand on the connection, to read while the other writes.
	pub fn split(&self) -> Self {
		Self { stream: BufReader::new(self.stream.get_ref().try_clone().expect("sockets can be shared")) }
	}

	/// Sends a frame, masked with zeros.
	pub fn send(&mut self, opcode: u8, payload: &[u8]) -> io::Result<()> {
		let mut frame = vec![0x80 | opcode];
		match payload.len() {
			short @ 0..=125 => frame.push(0x80 | short as u8),
			long => {
				frame.push(0x80 | 127);
				frame.extend((long as u64).to_be_bytes());
			}
		}
		frame.extend([0; 4]);
		frame.extend(payload);
		self.raw(&frame)
	}

	/// Sends bytes that need not be a frame.
	pub fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
		self.stream.get_mut().write_all(bytes)
	}

	/// Sends a request.
	pub fn ask(&mut self, id: u64, method: &str, params: &Value) -> io::Result<()> {
		let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
		self.send(TEXT, request.to_string().as_bytes())
	}

	/// The next frame's opcode and payload.
	pub fn frame(&mut self) -> io::Result<(u8, Vec<u8>)> {
		let mut head = [0; 2];
		self.stream.read_exact(&mut head)?;
		let length = match head[1] & 0x7f {
			126 => {
				let mut length = [0; 2];
				self.stream.read_exact(&mut length)?;
				u16::from_be_bytes(length).into()
			}
			127 => {
				let mut length = [0; 8];
				self.stream.read_exact(&mut length)?;
				u64::from_be_bytes(length)
			}
			short => short.into(),
		};
		let mut payload = vec![0; usize::try_from(length).expect("the node sends what fits")];
		self.stream.read_exact(&mut payload)?;
		Ok((head[0] & 0x0f, payload))
	}

	/// The next answer to a request, passing over what subscriptions send.
	pub fn answer(&mut self) -> io::Result<Value> {
		loop {
			if let (TEXT, payload) = self.frame()? {
				let value: Value = serde_json::from_slice(&payload).expect("the node sends JSON");
				if value.get("id").is_some() {
					return Ok(value);
				}
			}
		}
	}
}
