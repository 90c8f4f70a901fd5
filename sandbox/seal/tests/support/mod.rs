//! A node on the loopback interface that answers as Kubo's RPC does, or as a test wants it to lie.

#![allow(dead_code, reason = "every test file uses its part of it")]

use heirloom_seal::{
	ContentId, StoreError,
	content::Codec,
	store::{Block, BlockStore},
};
use std::{
	cell::RefCell,
	collections::HashMap,
	io::{BufRead, BufReader, Read, Write},
	net::{TcpListener, TcpStream},
	sync::{Arc, Mutex},
	thread,
	time::Duration,
};

/// Blocks in memory.
#[derive(Default)]
pub struct MemoryStore {
	pub blocks: RefCell<HashMap<ContentId, Block>>,
	/// The roots that it was asked to keep.
	pub kept: RefCell<Vec<ContentId>>,
}

impl BlockStore for MemoryStore {
	fn put(&self, block: &Block) -> Result<(), StoreError> {
		self.blocks.borrow_mut().insert(*block.id(), block.clone());
		Ok(())
	}

	fn get(&self, id: &ContentId) -> Result<Block, StoreError> {
		self.blocks.borrow().get(id).cloned().ok_or(StoreError::NotFound(*id))
	}

	fn keep(&self, root: &ContentId) -> Result<(), StoreError> {
		self.kept.borrow_mut().push(*root);
		Ok(())
	}
}

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
	/// `POST /api/v0/block/get?arg=…`
	pub line: String,
	/// Names in lower case.
	pub headers: HashMap<String, String>,
	pub body: Vec<u8>,
}

impl Request {
	pub fn command(&self) -> &str {
		let target = self.line.split(' ').nth(1).unwrap_or_default();
		target.split('?').next().unwrap_or_default().trim_start_matches("/api/v0/")
	}

	pub fn query(&self, name: &str) -> Option<String> {
		let target = self.line.split(' ').nth(1)?;
		let pairs = target.split_once('?')?.1.split('&');
		pairs
			.filter_map(|pair| pair.split_once('='))
			.find(|(key, _)| *key == name)
			.map(|(_, value)| value.into())
	}

	/// The one file of a form, taken apart as RFC 7578 says.
	pub fn file(&self) -> Option<Vec<u8>> {
		let boundary = self.headers.get("content-type")?.strip_prefix("multipart/form-data; boundary=")?;
		let rest = self.body.strip_prefix(format!("--{boundary}\r\n").as_bytes())?;
		let rest = rest.strip_suffix(format!("\r\n--{boundary}--\r\n").as_bytes())?;
		let head = rest.windows(4).position(|window| window == b"\r\n\r\n")?;
		Some(rest[head + 4..].to_vec())
	}
}

/// What a node does with a request.
pub enum Answer {
	/// A status and a body.
	Whole(u16, Vec<u8>),
	/// Zeros without end.
	Endless,
	/// A promise of more bytes than come.
	Cut(Vec<u8>),
	/// A promise of so many bytes, and nothing.
	Promise(u64),
	/// Nothing, for a minute.
	Silence,
	/// Something that is no HTTP.
	Noise,
	/// A redirection.
	Elsewhere(String),
}

/// A node, its address and what it was asked.
pub struct Node {
	pub address: String,
	pub requests: Arc<Mutex<Vec<Request>>>,
}

impl Node {
	/// A node that answers as it is told.
	pub fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let address = format!("http://{}", listener.local_addr().unwrap());
		let requests = Arc::new(Mutex::new(Vec::new()));
		let (seen, answer) = (requests.clone(), Arc::new(answer));
		thread::spawn(move || {
			for stream in listener.incoming().flatten() {
				let (seen, answer) = (seen.clone(), answer.clone());
				thread::spawn(move || {
					let Some(request) = read_request(&stream) else { return };
					seen.lock().unwrap().push(request.clone());
					// A client that has gone away is the test's business.
					let _ = write_answer(stream, answer(&request));
				});
			}
		});
		Self { address, requests }
	}

	/// A node that keeps blocks as Kubo does.
	pub fn honest() -> Self {
		let blocks = Mutex::new(HashMap::<String, Vec<u8>>::new());
		Self::start(move |request| {
			let mut blocks = blocks.lock().unwrap();
			let arg = request.query("arg").unwrap_or_default();
			match request.command() {
				"block/put" => {
					let codec = match request.query("cid-codec").as_deref() {
						Some("raw") => Codec::Raw,
						Some("dag-pb") => Codec::DagPb,
						_ => return complaint("unknown codec"),
					};
					let Some(bytes) = request.file() else { return complaint("no file") };
					let id = ContentId::of(codec, &bytes).to_string();
					let said = format!("{{\"Key\":\"{id}\",\"Size\":{}}}\n", bytes.len());
					blocks.insert(id, bytes);
					Answer::Whole(200, said.into())
				}
				"block/get" => match blocks.get(&arg) {
					Some(bytes) => Answer::Whole(200, bytes.clone()),
					None => complaint("block was not found locally (offline): ipld: could not find it"),
				},
				"pin/add" if blocks.contains_key(&arg) => {
					Answer::Whole(200, format!("{{\"Pins\":[\"{arg}\"]}}\n").into())
				}
				"pin/add" => complaint("pin: ipld: could not find it"),
				_ => Answer::Whole(404, b"404 page not found".to_vec()),
			}
		})
	}
}

/// A refusal in Kubo's form.
pub fn complaint(message: &str) -> Answer {
	let said = serde_json::json!({ "Message": message, "Code": 0, "Type": "error" });
	Answer::Whole(500, said.to_string().into())
}

fn read_request(stream: &TcpStream) -> Option<Request> {
	let mut reader = BufReader::new(stream);
	let mut request = Request::default();
	reader.read_line(&mut request.line).ok()?;
	loop {
		let mut line = String::new();
		reader.read_line(&mut line).ok()?;
		let Some((name, value)) = line.trim_end().split_once(':') else { break };
		request.headers.insert(name.to_lowercase(), value.trim().to_owned());
	}
	let length = request.headers.get("content-length").map_or(0, |length| length.parse().unwrap());
	request.body = vec![0; length];
	reader.read_exact(&mut request.body).ok()?;
	Some(request)
}

fn write_answer(mut stream: TcpStream, answer: Answer) -> std::io::Result<()> {
	let head =
		|status: u16, more: &str| format!("HTTP/1.1 {status} Said\r\nConnection: close\r\n{more}\r\n\r\n");
	match answer {
		Answer::Whole(status, body) => {
			stream.write_all(head(status, &format!("Content-Length: {}", body.len())).as_bytes())?;
			stream.write_all(&body)
		}
		Answer::Endless => {
			stream.write_all(head(200, "X-Stream-Output: 1").as_bytes())?;
			loop {
				stream.write_all(&[0; 1 << 16])?;
			}
		}
		Answer::Cut(body) => {
			stream.write_all(head(200, &format!("Content-Length: {}", body.len() + 1)).as_bytes())?;
			stream.write_all(&body)
		}
		Answer::Promise(bytes) => {
			stream.write_all(head(200, &format!("Content-Length: {bytes}")).as_bytes())?;
			thread::sleep(Duration::from_secs(60));
			Ok(())
		}
		Answer::Silence => {
			thread::sleep(Duration::from_secs(60));
			Ok(())
		}
		Answer::Noise => stream.write_all(b"\x00\x01\x02 this is no HTTP\r\n\r\n"),
		Answer::Elsewhere(address) => {
			stream.write_all(head(307, &format!("Location: {address}\r\nContent-Length: 0")).as_bytes())
		}
	}
}
