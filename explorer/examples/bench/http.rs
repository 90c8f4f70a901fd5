//! Questions over HTTP/1.1, each over a connection of its own, as browsers that come once ask them.

use anyhow::{Context, Result, ensure};
use std::{
	collections::BTreeSet,
	net::SocketAddr,
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
};

/// What came back.
pub struct Answer {
	/// The status: 200 where all is well.
	pub status: u16,
	/// The whole of it, headers included, as it was transferred.
	pub bytes: Vec<u8>,
	/// From the connection to its last byte.
	pub took: Duration,
}

/// Asks for a path. `compressed`: as browsers do, which take Brotli.
pub async fn ask(server: SocketAddr, path: &str, compressed: bool) -> Result<Answer> {
	let begun = Instant::now();
	let mut connection = TcpStream::connect(server).await?;
	let encoding = if compressed { "Accept-Encoding: br\r\n" } else { "" };
	let request = format!("GET {path} HTTP/1.1\r\nHost: {server}\r\n{encoding}Connection: close\r\n\r\n");
	connection.write_all(request.as_bytes()).await?;
	let mut bytes = Vec::new();
	connection.read_to_end(&mut bytes).await?;
	let took = begun.elapsed();
	let line = bytes.split(|byte| *byte == b'\r').next().unwrap_or_default();
	let line = String::from_utf8_lossy(line);
	let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
	Ok(Answer { status: status.with_context(|| format!("{path}: {line:?} is no status"))?, bytes, took })
}

/// Bytes that are transferred when the first page is opened for the first time: the page and what it loads, compressed,
/// headers included.
pub async fn first_load(server: SocketAddr) -> Result<usize> {
	let page = ask(server, "/", false).await?;
	let text = String::from_utf8_lossy(&page.bytes);
	let mut loaded = ask(server, "/", true).await?.bytes.len();
	let mut known = BTreeSet::new();
	let mut open: Vec<String> = linked(&text);
	while let Some(path) = open.pop() {
		if !known.insert(path.clone()) {
			continue;
		}
		let file = ask(server, &path, true).await?;
		ensure!(file.status == 200, "{path}: status {}", file.status);
		loaded += file.bytes.len();
		if path.ends_with(".js") {
			let script = ask(server, &path, false).await?;
			open.extend(imported(&String::from_utf8_lossy(&script.bytes), &path));
		}
	}
	Ok(loaded)
}

/// Scripts, styles and pictures that a page names.
fn linked(page: &str) -> Vec<String> {
	let quoted = page.split('"').skip(1).step_by(2);
	let loaded = quoted.filter(|path| path.starts_with("/assets/") || *path == "/icon.svg");
	loaded.map(|path| path.replace("&amp;", "&")).collect()
}

/// Scripts that a script imports at once: `from"./chunks/x.js"` and `import"./chunks/x.js"`.
fn imported(script: &str, from: &str) -> Vec<String> {
	let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
	let after = |word: &str| {
		let parts: Vec<&str> = script.split(&format!("{word}\"./")).skip(1).collect();
		parts.into_iter().filter_map(|part| part.split('"').next()).map(str::to_owned).collect::<Vec<_>>()
	};
	["from", "import"].into_iter().flat_map(after).map(|name| format!("{folder}/{name}")).collect()
}
