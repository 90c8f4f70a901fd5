//! A node to ask, whether it answers now or not: connections that are made again when they are lost.

use super::{Chain, Error, Result};
use serde::de::DeserializeOwned;
use std::{
	sync::{Arc, Mutex as Lock, MutexGuard, PoisonError},
	time::Duration,
};
use subxt::rpcs::client::RpcParams;
use tokio::{
	sync::{Mutex, Semaphore},
	time::timeout,
};

/// Connections that are asked over at once. One question is under way on each: the node's sockets put off an answer for 40 ms
/// while the one before is not acknowledged (Nagle's algorithm).
const AT_ONCE: usize = 4;

/// How long a question may take. A connection over which nothing comes, not even its end, is given up then.
const LONGEST: Duration = Duration::from_secs(10);

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
		let chain = match idle {
			Some(chain) => chain,
			None => self.made().await?,
		};
		match self.asked(chain, &ask).await {
			Err(Error::Unreachable { .. }) => {
				// What else was made before was lost with it, most likely.
				self.idle().clear();
				self.asked(self.made().await?, &ask).await
			}
			answer => answer,
		}
	}

	/// Asks over a connection, which is idle again with the answer. Where none came, or nobody waited for it, it is let go: it may
	/// be lost without a word, and the question is under way on it.
	async fn asked<Answer, Asked: Future<Output = Result<Answer>>>(
		&self,
		chain: Arc<Chain>,
		ask: impl Fn(Arc<Chain>) -> Asked,
	) -> Result<Answer> {
		let answer = timeout(LONGEST, ask(chain.clone())).await.map_err(|_| self.silent());
		let answer = answer.and_then(|answer| answer);
		if !matches!(answer, Err(Error::Unreachable { .. })) {
			self.idle().push(chain);
		}
		answer
	}

	async fn made(&self) -> Result<Arc<Chain>> {
		let made = timeout(LONGEST, Chain::connect(&self.url)).await.map_err(|_| self.silent())?;
		made.map(Arc::new)
	}

	fn silent(&self) -> Error {
		let reason = format!("no answer within {} s", LONGEST.as_secs());
		Error::Unreachable { url: self.url.clone(), reason }
	}

	fn idle(&self) -> MutexGuard<'_, Vec<Arc<Chain>>> {
		self.idle.lock().unwrap_or_else(PoisonError::into_inner)
	}
}
