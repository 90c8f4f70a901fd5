//! A node to ask, whether it answers now or not: connections that are made again when they are lost.

use super::{Chain, Error, Result};
use serde::de::DeserializeOwned;
use std::sync::{Arc, Mutex as Lock, MutexGuard, PoisonError};
use subxt::rpcs::client::RpcParams;
use tokio::sync::{Mutex, Semaphore};

/// Connections that are asked over at once. One question is under way on each: the node's sockets put off an answer for 40 ms
/// while the one before is not acknowledged (Nagle's algorithm).
const AT_ONCE: usize = 4;

/// A node to ask, whether it answers now or not.
pub struct Node {
	url: String,
	/// Of who follows the chain, with as many questions under way as that takes.
	connected: Mutex<Option<Arc<Chain>>>,
	/// Connections that are made and not asked over.
	idle: Lock<Vec<Arc<Chain>>>,
	/// As many as may be asked over.
	turns: Semaphore,
}

impl Node {
	/// A node at a WebSocket address. Nothing is asked of it yet.
	pub fn new(url: impl Into<String>) -> Self {
		Self {
			url: url.into(),
			connected: Mutex::default(),
			idle: Lock::default(),
			turns: Semaphore::new(AT_ONCE),
		}
	}

	/// Its address.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// The connection of who follows the chain, made where there is none.
	pub async fn chain(&self) -> Result<Arc<Chain>> {
		let mut connected = self.connected.lock().await;
		if let Some(chain) = &*connected {
			return Ok(chain.clone());
		}
		let chain = Arc::new(Chain::connect(&self.url).await?);
		*connected = Some(chain.clone());
		Ok(chain)
	}

	/// Gives up that connection if an error came of its being lost: the next question makes another.
	pub async fn note(&self, chain: &Arc<Chain>, error: &Error) {
		if !matches!(error, Error::Unreachable { .. }) {
			return;
		}
		let mut connected = self.connected.lock().await;
		if connected.as_ref().is_some_and(|current| Arc::ptr_eq(current, chain)) {
			*connected = None;
		}
	}

	/// Asks the node, over a new connection if the old one was lost.
	pub async fn request<Answer: DeserializeOwned>(
		&self,
		method: &str,
		params: impl Fn() -> RpcParams,
	) -> Result<Answer> {
		let ask = move |chain: Arc<Chain>| {
			let params = params();
			async move { chain.request(method, params).await }
		};
		self.retried(ask).await
	}

	/// Asks over a connection that nobody else asks over, and once more over a new one where that was lost.
	pub(super) async fn retried<Answer, Asked: Future<Output = Result<Answer>>>(
		&self,
		ask: impl Fn(Arc<Chain>) -> Asked,
	) -> Result<Answer> {
		// Nobody closes it, so that there is always a turn.
		let _turn = self.turns.acquire().await.ok();
		let idle = self.idle().pop();
		let lent = match idle {
			Some(chain) => Lent { chain, node: self },
			None => self.made().await?,
		};
		match ask(lent.chain.clone()).await {
			Err(Error::Unreachable { .. }) => {
				drop(lent);
				// The others were lost with it, most likely.
				self.idle().clear();
				let lent = self.made().await?;
				ask(lent.chain.clone()).await
			}
			answer => answer,
		}
	}

	async fn made(&self) -> Result<Lent<'_>> {
		Ok(Lent { chain: Arc::new(Chain::connect(&self.url).await?), node: self })
	}

	fn idle(&self) -> MutexGuard<'_, Vec<Arc<Chain>>> {
		self.idle.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

/// A connection that is asked over. It is idle again when it is let go of, also where nobody waits for the answer any more.
struct Lent<'node> {
	chain: Arc<Chain>,
	node: &'node Node,
}

impl Drop for Lent<'_> {
	fn drop(&mut self) {
		self.node.idle().push(self.chain.clone());
	}
}
