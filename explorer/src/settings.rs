//! What whoever runs the explorer decides.

use crate::{light::LightClient, rates::RatesFile};
use std::{net::IpAddr, sync::Arc, time::Duration};

/// Settings of the server.
#[derive(Clone, Debug)]
pub struct Settings {
	/// The node's address as browsers reach it, for wallets and for verifying; the explorer's own where it is not told.
	pub public_node: String,
	/// Questions that one address may ask each second, over time: so many of the API, and so many pages.
	pub requests_per_second: u64,
	/// The proxy that all connections come from, which is believed in whose name it asks; none where browsers come themselves.
	pub proxy: Option<IpAddr>,
	/// Questions that one address may ask at once.
	pub burst: u32,
	/// What 1 U was worth in other currencies, for yearly files.
	pub rates: Option<Arc<RatesFile>>,
	/// What light clients in browsers begin with; without it, which block is final is the node's word.
	pub light_client: Option<Arc<LightClient>>,
	/// How long a question may take. Exports and events are not questions.
	pub timeout: Duration,
}

impl Default for Settings {
	fn default() -> Self {
		Self {
			public_node: "ws://127.0.0.1:9944".into(),
			requests_per_second: 50,
			proxy: None,
			burst: 200,
			rates: None,
			light_client: None,
			timeout: Duration::from_secs(20),
		}
	}
}
