//! The explorer against a real node, and against both databases.
//!
//! | variable | names | without it |
//! |---|---|---|
//! | `HEIRLOOM_NODE` | the node | `heirloom-node` of the main workspace's release build |
//! | `HEIRLOOM` | the client | `heirloom` beside it |

mod alike;
mod answers;
mod bad_input;
mod balances;
mod chain;
mod compared;
mod contested;
mod corrected;
mod database;
#[path = "../../examples/bench/events.rs"]
mod events;
mod exports;
mod killed;
mod listened;
mod march;
mod migrated;
mod origins;
mod pooled;
mod postgres;
mod proven;
mod reasons;
mod reconnected;
mod rows;
mod slept;
mod undelivered;
mod upgraded;
mod webhooks;

use heirloom_explorer::{State, app, chain::Node, index::Indexer, settings::Settings, store::Store};
use std::{path::Path, sync::Arc};

/// A store with march-2026 in it, up to the last block of the replay.
async fn indexed(address: &str) -> Store {
	let store = Store::open(address).await.unwrap();
	let (url, last) = chain::march();
	let (node, news) = (Arc::new(Node::new(url)), tokio::sync::broadcast::Sender::new(1));
	Indexer::new(store.clone(), node, news).until(last).catch_up().await.unwrap();
	store
}

/// The address of a database in a folder.
fn sqlite(folder: &Path) -> String {
	format!("sqlite:{}", folder.join("explorer.db").display())
}

/// The server over a store. Nobody is refused for asking too often.
fn server(store: Store) -> axum::Router {
	server_beside(store, chain::march().0)
}

/// The server over a store, beside a node.
fn server_beside(store: Store, url: &str) -> axum::Router {
	let settings = Settings { requests_per_second: 1_000_000, burst: 1_000_000, ..Settings::default() };
	app(State::new(store, Arc::new(Node::new(url)), settings))
}
