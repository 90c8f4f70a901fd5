//! What light clients in browsers begin with: a chain's specification, and the nodes in it that they can reach. By it the pages'
//! Verify sees for itself which block is final; see `web/src/light`.

use anyhow::{Context, Result, ensure};
use axum::{
	body::Bytes,
	http::header,
	response::{IntoResponse, Response},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// A specification for light clients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LightClient {
	spec: Bytes,
	/// Its path on this site. It names the content, so browsers may keep that for ever.
	pub path: String,
	/// The WebSocket addresses of its nodes, as a page's rules name them: `wss://boot.example:443`.
	pub sockets: Vec<String>,
}

impl LightClient {
	/// Reads a specification.
	///
	/// # Errors
	/// Where the file is none, is not raw, or names no node that a browser can reach.
	pub fn open(path: &Path) -> Result<Self> {
		let bytes = fs::read(path).with_context(|| format!("{}", path.display()))?;
		Self::new(bytes.into()).with_context(|| format!("{}", path.display()))
	}

	/// Takes a specification, in JSON.
	///
	/// # Errors
	/// As [`Self::open`].
	pub fn new(spec: Bytes) -> Result<Self> {
		let read: Value = serde_json::from_slice(&spec).context("no chain specification")?;
		ensure!(
			read.pointer("/genesis/raw").is_some() || read.get("lightSyncState").is_some(),
			"not a raw specification: `heirloom-node export-chain-spec --raw` writes one"
		);
		let nodes = read.get("bootNodes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
		let mut sockets: Vec<_> = nodes.iter().filter_map(Value::as_str).filter_map(socket).collect();
		sockets.sort();
		sockets.dedup();
		ensure!(
			!sockets.is_empty(),
			"no bootNodes that browsers reach: /dns/HOST/tcp/PORT/wss/p2p/ID, or /ws, or /ip4/ADDRESS/tcp/PORT/ws"
		);
		let path = format!("/light-client/{}.json", hex::encode(&Sha256::digest(&spec)[..16]));
		Ok(Self { spec, path, sockets })
	}

	/// The specification, for browsers to keep.
	pub fn answer(&self) -> Response {
		let kept = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
		([(header::CONTENT_TYPE, "application/json"), kept], self.spec.clone()).into_response()
	}
}

/// Where a node takes WebSockets, as the rules of a page can name it: these know no addresses of IPv6. A certificate is for a
/// name: smoldot passes over `/wss` at an address of IPv4.
fn socket(address: &str) -> Option<String> {
	let parts: Vec<_> = address.split('/').collect();
	let ["", kind @ ("ip4" | "dns" | "dns4" | "dns6"), host, "tcp", port, transport @ .., "p2p", _] =
		parts.as_slice()
	else {
		return None;
	};
	let scheme = match transport {
		["ws"] => "ws",
		["wss"] | ["tls", "ws"] if *kind != "ip4" => "wss",
		_ => return None,
	};
	let port: u16 = port.parse().ok()?;
	// Nothing that would end one rule and begin another.
	let named =
		!host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
	named.then(|| format!("{scheme}://{host}:{port}"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	const ID: &str = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

	fn of(nodes: &[&str]) -> Result<LightClient> {
		let spec = json!({ "bootNodes": nodes, "genesis": { "raw": { "top": {} } } });
		LightClient::new(spec.to_string().into())
	}

	#[test]
	fn only_nodes_that_a_browser_reaches_should_be_named() {
		let client = of(&[
			&format!("/ip4/127.0.0.1/tcp/30333/ws/p2p/{ID}"),
			&format!("/dns/boot.example/tcp/443/wss/p2p/{ID}"),
			&format!("/dns4/boot.example/tcp/444/tls/ws/p2p/{ID}"),
			&format!("/ip4/127.0.0.1/tcp/30334/p2p/{ID}"),
			&format!("/ip6/::1/tcp/30334/ws/p2p/{ID}"),
			&format!("/ip4/192.0.2.11/tcp/443/wss/p2p/{ID}"),
		]);
		let sockets = ["ws://127.0.0.1:30333", "wss://boot.example:443", "wss://boot.example:444"];
		assert_eq!(client.unwrap().sockets, sockets);
	}

	#[test]
	fn a_host_should_not_add_rules() {
		assert_eq!(socket(&format!("/dns/a;script-src *;/tcp/1/ws/p2p/{ID}")), None);
		assert_eq!(socket(&format!("/dns/a b/tcp/1/ws/p2p/{ID}")), None);
		assert_eq!(socket(&format!("/dns/*/tcp/1/ws/p2p/{ID}")), None);
	}

	#[test]
	fn a_specification_without_reachable_nodes_should_be_refused() {
		let error = of(&[&format!("/ip4/127.0.0.1/tcp/30334/p2p/{ID}")]).unwrap_err();
		assert!(error.to_string().starts_with("no bootNodes that browsers reach"), "{error}");
	}

	#[test]
	fn a_specification_that_is_not_raw_should_be_refused() {
		let spec = json!({ "bootNodes": [], "genesis": { "runtimeGenesis": {} } });
		let error = LightClient::new(spec.to_string().into()).unwrap_err();
		assert!(error.to_string().starts_with("not a raw specification"), "{error}");
	}

	#[test]
	fn the_path_should_name_the_content() {
		let path = |port: u16| of(&[&format!("/ip4/127.0.0.1/tcp/{port}/ws/p2p/{ID}")]).unwrap().path;
		assert_eq!(path(1), path(1));
		assert_ne!(path(1), path(2));
	}
}
