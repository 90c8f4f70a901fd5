//! A Kubo node, by its RPC (<https://docs.ipfs.tech/reference/kubo/rpc/>): `block/put`, `block/get`, `pin/add`.
//!
//! The node is not trusted with more than keeping: what it returns is checked against its id, an answer is read up to
//! a limit and within a time, redirections are not followed, and no proxy of the environment is used. Its RPC lets
//! whoever reaches it do everything, so that it belongs on the loopback interface, or behind TLS with a user and a
//! password in the URL (`API.Authorizations` in Kubo's configuration).

use super::{Block, BlockStore, MAX_BLOCK_BYTES, StoreError};
use crate::content::ContentId;
use serde::Deserialize;
use std::{io, time::Duration};
use ureq::{Agent, Body, http::Response};

/// The most bytes that are read of an answer which is no block.
const MAX_ANSWER_BYTES: u64 = 1 << 16;
/// The most characters of a node's complaint that are passed on.
const MAX_MESSAGE_CHARS: usize = 200;

/// How long a node may take.
#[derive(Clone, Copy, Debug)]
pub struct KuboTimeouts {
	/// To put or get a block, from the connection on to the last byte. A node that does not have a block asks others.
	pub block: Duration,
	/// To pin a tree whose blocks it has.
	pub pin: Duration,
}

impl Default for KuboTimeouts {
	/// A minute for a block, and an hour to pin.
	fn default() -> Self {
		Self { block: Duration::from_secs(60), pin: Duration::from_secs(3_600) }
	}
}

/// Blocks at a Kubo node. Not shown by `Debug`, as its address may hold a password.
pub struct Kubo {
	agent: Agent,
	address: String,
	timeouts: KuboTimeouts,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutAnswer {
	key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PinAnswer {
	pins: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Complaint {
	message: String,
}

impl Kubo {
	/// The node with this address: `http://127.0.0.1:5001` where Kubo runs as it comes. Nothing is sent yet.
	///
	/// # Errors
	/// [`StoreError::BadAddress`].
	pub fn new(address: &str, timeouts: KuboTimeouts) -> Result<Self, StoreError> {
		let address = address.trim_end_matches('/');
		let uri: ureq::http::Uri = address.parse().map_err(|_| StoreError::BadAddress)?;
		let known = matches!(uri.scheme_str(), Some("http" | "https"));
		if !known || uri.host().is_none_or(str::is_empty) || uri.query().is_some() {
			return Err(StoreError::BadAddress);
		}
		let agent = Agent::config_builder()
			.http_status_as_error(false)
			.max_redirects(0)
			.proxy(None)
			.build()
			.new_agent();
		Ok(Self { agent, address: address.to_owned(), timeouts })
	}

	/// Asks the node. Returns its answer where its status is 200.
	fn post(
		&self,
		command: &str,
		query: &[(&str, &str)],
		form: Option<Form>,
		within: Duration,
	) -> Result<Response<Body>, StoreError> {
		let mut request = self
			.agent
			.post(format!("{}/api/v0/{command}", self.address))
			.config()
			.timeout_global(Some(within))
			.build();
		for (name, value) in query {
			request = request.query(name, value);
		}
		let answer = match form {
			Some(Form { kind, body }) => request.content_type(kind).send(&body[..]),
			None => request.send_empty(),
		};
		let mut answer = answer.map_err(failure)?;
		let status = answer.status().as_u16();
		if status == 200 {
			return Ok(answer);
		}
		// What a refusal says is of use, but it is one without it as well.
		let said = read(&mut answer, MAX_ANSWER_BYTES).ok().flatten().unwrap_or_default();
		Err(StoreError::Refused { status, message: complaint(&said) })
	}

	/// Asks for something whose answer is a JSON document.
	fn ask<Answer: for<'de> Deserialize<'de>>(
		&self,
		command: &str,
		query: &[(&str, &str)],
		form: Option<Form>,
		within: Duration,
	) -> Result<Answer, StoreError> {
		let mut answer = self.post(command, query, form, within)?;
		let said = read(&mut answer, MAX_ANSWER_BYTES)?.ok_or(StoreError::BadAnswer)?;
		serde_json::from_slice(&said).map_err(|_| StoreError::BadAnswer)
	}
}

impl BlockStore for Kubo {
	fn put(&self, block: &Block) -> Result<(), StoreError> {
		// Pinning each block would leave as many pins as blocks; `keep` pins the tree.
		let query = [("cid-codec", block.id().codec().name()), ("mhtype", "sha2-256"), ("pin", "false")];
		let answer: PutAnswer = self.ask("block/put", &query, Some(Form::of(block)), self.timeouts.block)?;
		if answer.key == block.id().to_string() { Ok(()) } else { Err(StoreError::OtherId(*block.id())) }
	}

	fn get(&self, id: &ContentId) -> Result<Block, StoreError> {
		let mut answer = self.post("block/get", &[("arg", &id.to_string())], None, self.timeouts.block)?;
		let bytes = read(&mut answer, MAX_BLOCK_BYTES as u64)?.ok_or(StoreError::TooLarge(*id))?;
		Block::verified(*id, bytes)
	}

	fn keep(&self, root: &ContentId) -> Result<(), StoreError> {
		let arg = root.to_string();
		let query = [("arg", &arg[..]), ("recursive", "true"), ("progress", "false")];
		let answer: PinAnswer = self.ask("pin/add", &query, None, self.timeouts.pin)?;
		if answer.pins.contains(&arg) { Ok(()) } else { Err(StoreError::BadAnswer) }
	}
}

/// A form with one file, as RFC 7578 has it.
struct Form {
	kind: String,
	body: Vec<u8>,
}

impl Form {
	/// The block's own id is the boundary: a block that holds it would be a fixed point of SHA-256.
	fn of(block: &Block) -> Self {
		let boundary = block.id();
		let head = format!(
			"--{boundary}\r\n\
			Content-Disposition: form-data; name=\"data\"; filename=\"block\"\r\n\
			Content-Type: application/octet-stream\r\n\r\n"
		);
		let tail = format!("\r\n--{boundary}--\r\n");
		Self {
			kind: format!("multipart/form-data; boundary={boundary}"),
			body: [head.as_bytes(), block.bytes(), tail.as_bytes()].concat(),
		}
	}
}

/// All of an answer's body; none where it has more bytes than `limit`.
fn read(answer: &mut Response<Body>, limit: u64) -> Result<Option<Vec<u8>>, StoreError> {
	// ureq's limit is reached by a body of exactly that length when the end is asked for, so it gets one byte more.
	match answer.body_mut().with_config().limit(limit + 1).read_to_vec() {
		Ok(bytes) => Ok((bytes.len() as u64 <= limit).then_some(bytes)),
		Err(ureq::Error::BodyExceedsLimit(_)) => Ok(None),
		Err(error) => Err(failure(error)),
	}
}

/// What went wrong on the way. No variant that can come up here shows the address, with its password.
fn failure(error: ureq::Error) -> StoreError {
	match error {
		ureq::Error::Timeout(_) => StoreError::TimedOut,
		ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => StoreError::TimedOut,
		ureq::Error::Io(error) => StoreError::Unreachable(error.to_string()),
		ureq::Error::HostNotFound => StoreError::Unreachable("no such host".into()),
		ureq::Error::ConnectionFailed => StoreError::Unreachable("no connection".into()),
		ureq::Error::Tls(what) => StoreError::Unreachable(what.into()),
		ureq::Error::Rustls(error) => StoreError::Unreachable(error.to_string()),
		ureq::Error::BadUri(_) => StoreError::BadAddress,
		// What is left are answers that are no HTTP, or a client asked for what this one does not ask for.
		_ => StoreError::BadAnswer,
	}
}

/// What a node says of a refusal, in a form that can be printed.
fn complaint(said: &[u8]) -> String {
	let text = match serde_json::from_slice(said) {
		Ok(Complaint { message }) => message,
		Err(_) => String::from_utf8_lossy(said).into_owned(),
	};
	text.chars().filter(|char| matches!(char, ' '..='~')).take(MAX_MESSAGE_CHARS).collect()
}
