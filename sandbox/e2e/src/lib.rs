//! What the end-to-end tests are made of: a node, an operator with its runner, an owner with its data. All of them are
//! real programs in processes of their own.
//!
//! | variable | names | without it |
//! |---|---|---|
//! | `HEIRLOOM_NODE` | the node | `heirloom-node` of the main workspace's release build |
//! | `HEIRLOOM` | the client | `heirloom` beside it |
//! | `HEIRLOOM_JOBS` | a folder with the built jobs | where `sandbox/jobs/build` leaves them |
//!
//! The sandbox's own programs are those that cargo built with the tests.

mod client;
mod guests;
mod node;
mod operator;
mod programs;
mod scene;
mod studies;
mod world;

pub use client::Client;
pub use guests::{endless, failing, quick, quiet_for, writing};
pub use node::Node;
pub use operator::{Operator, Runner};
pub use programs::{job, sandbox_program};
pub use scene::{CONSUMER, OWNER, Scene};
pub use studies::{Studies, plain_folder};
pub use subxt::{rpcs::client::RpcParams, transactions::Payload};
pub use world::{Request, World, account};

use std::time::{Duration, Instant};

/// How long anything that is waited for may take.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long to wait before looking again.
const POLL: Duration = Duration::from_millis(100);

/// Waits until something is there.
///
/// # Panics
/// If it does not come.
pub async fn eventually<Found>(what: &str, mut look: impl AsyncFnMut() -> Option<Found>) -> Found {
	let begin = Instant::now();
	loop {
		if let Some(found) = look().await {
			return found;
		}
		assert!(begin.elapsed() < PATIENCE, "not within {PATIENCE:?}: {what}");
		tokio::time::sleep(POLL).await;
	}
}
