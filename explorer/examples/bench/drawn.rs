//! What a browser takes to show a page.

use crate::platform::handle;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::{net::SocketAddr, path::Path, process::Command};
use tokio::task;

/// From the address to the painted page, in milliseconds, the middle of several.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Drawn {
	/// The first page, in a browser that was never there.
	pub first_load_ms: f64,
	/// The whole lineage of the first asset.
	pub lineage_ms: f64,
	/// Nodes of it.
	pub lineage_nodes: u64,
}

/// Has a script open the pages in a browser.
pub async fn measure(script: &Path, server: SocketAddr) -> Result<Drawn> {
	let lineage = format!("http://{server}/asset/{}/lineage", handle(0));
	let mut browser = Command::new("node");
	browser.arg(script).arg(format!("http://{server}/")).arg(lineage);
	let output = task::spawn_blocking(move || browser.output()).await??;
	let said = String::from_utf8_lossy(&output.stderr);
	ensure!(output.status.success(), "{}: {said}", script.display());
	serde_json::from_slice(&output.stdout).with_context(|| format!("what {} said", script.display()))
}
