//! What owners of sensitive data do beside the chain: they seal it before it is uploaded (`heirloom seal`), and look at
//! what waits for them (`heirloom review`).
//!
//! Both are programs of their own, which the client runs by their names. Neither ever sends data: sealed content and
//! envelopes are written into folders or a Kubo node that the owner names.

mod folder;
pub mod keyring;
pub mod recipients;
pub mod review;
pub mod seal;
pub mod stores;

use anyhow::Result;
use std::process::ExitCode;

/// Ends a command: its error, with all its causes, is one line.
pub fn end(name: &str, result: Result<()>) -> ExitCode {
	match result {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			let text = format!("{error:#}");
			eprintln!("{name}: {}", text.split_whitespace().collect::<Vec<_>>().join(" "));
			ExitCode::FAILURE
		}
	}
}
