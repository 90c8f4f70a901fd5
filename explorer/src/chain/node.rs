//! A node to ask, whether it answers now or not: connections that are made again when they are lost.

use super::{Chain, Error, Result};
use serde::de::DeserializeOwned;
use std::{
	sync::{Arc, Mutex as Lock, MutexGuard, PoisonError},
	time::Duration,
};
use subxt::rpcs::client::RpcParams;
use tokio::{
	sync::{Mutex, OwnedSemaphorePermit, Semaphore},
	time::timeout,
};

/// Connections that are asked over at once. One question is under way on each: the node's sockets put off an answer for 40 ms
/// while the one before is not acknowledged (Nagle's algorithm).
const AT_ONCE: usize = 4;

/// How long one try of a question may take, and making a connection. A connection over which nothing comes, not even its end, is
/// given up then.
const LONGEST: Duration = Duration::from_secs(4);

/// How long anybody waits for an answer, for a turn and with a second try: less than a page may take, so that it can say that the
/// node does not answer.
const IN_ALL: Duration = Duration::from_secs(10);

/// A node to ask, whether it answers now or not.
pub struct Node {
	/// Of who follows the chain, with as many questions under way as that takes; each ends after a minute at the latest.
	connected: Mutex<Option<Arc<Chain>>>,
	/// Of all others.
	pool: Arc<Pool>,
}

/// Connections that one question at a time is asked over.
struct Pool {
	url: String,
	/// Those that are made and not asked over.
	idle: Lock<Vec<Arc<Chain>>>,
	/// As many as may be asked over.
	turns: Arc<Semaphore>,
}

impl Node {
	/// A node at a WebSocket address. Nothing is asked of it yet.
	pub fn new(url: impl Into<String>) -> Self {
		let turns = Arc::new(Semaphore::new(AT_ONCE));
		let pool = Arc::new(Pool { url: url.into(), idle: Lock::default(), turns });
		Self { connected: Mutex::default(), pool }
	}

	/// Its address.
	pub fn url(&self) -> &str {
		&self.pool.url
	}

	/// The connection of who follows the chain, made where there is none.
	pub async fn chain(&self) -> Result<Arc<Chain>> {
		let mut connected = self.connected.lock().await;
		if let Some(chain) = &*connected {
			return Ok(chain.clone());
		}
		let chain = self.pool.made().await?;
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
	pub async fn request<Answer: DeserializeOwned + Send + 'static>(
		&self,
		method: &'static str,
		params: RpcParams,
	) -> Result<Answer> {
		let ask = move |chain: Arc<Chain>| {
			let params = params.clone();
			async move { chain.request(method, params).await }
		};
		self.retried(ask).await
	}

	/// Asks over a connection that nobody else asks over, and once more over a new one where that was lost.
	///
	/// Whoever gives up waiting leaves the question to a task of its own, which has the connection until the answer is there: it
	/// is good for the next question then, and the node is asked no more at once than there are connections.
	pub(super) async fn retried<Answer, Asked>(
		&self,
		ask: impl Fn(Arc<Chain>) -> Asked + Send + Sync + 'static,
	) -> Result<Answer>
	where
		Answer: Send + 'static,
		Asked: Future<Output = Result<Answer>> + Send + 'static,
	{
		let answer = async {
			let turn = self.pool.turn().await?;
			let pool = self.pool.clone();
			let answer = tokio::spawn(async move {
				let _turn = turn;
				pool.retried(ask).await
			});
			answer.await.map_err(|ended| self.pool.unreachable(ended.to_string()))?
		};
		timeout(IN_ALL, answer).await.unwrap_or_else(|_| Err(self.pool.silent(IN_ALL)))
	}
}

impl Pool {
	/// Waits until a connection more may be asked over.
	async fn turn(&self) -> Result<OwnedSemaphorePermit> {
		self.turns.clone().acquire_owned().await.map_err(|closed| self.unreachable(closed.to_string()))
	}

	async fn retried<Answer, Asked: Future<Output = Result<Answer>>>(
		&self,
		ask: impl Fn(Arc<Chain>) -> Asked,
	) -> Result<Answer> {
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

	/// Asks over a connection, which is idle again with the answer. Where none came it is let go: it may be lost without a word.
	async fn asked<Answer, Asked: Future<Output = Result<Answer>>>(
		&self,
		chain: Arc<Chain>,
		ask: impl Fn(Arc<Chain>) -> Asked,
	) -> Result<Answer> {
		let answer = timeout(LONGEST, ask(chain.clone())).await.unwrap_or_else(|_| Err(self.silent(LONGEST)));
		if !matches!(answer, Err(Error::Unreachable { .. })) {
			self.idle().push(chain);
		}
		answer
	}

	async fn made(&self) -> Result<Arc<Chain>> {
		let made = timeout(LONGEST, Chain::connect(&self.url)).await;
		made.unwrap_or_else(|_| Err(self.silent(LONGEST))).map(Arc::new)
	}

	fn silent(&self, waited: Duration) -> Error {
		self.unreachable(format!("no answer within {} s", waited.as_secs()))
	}

	fn unreachable(&self, reason: String) -> Error {
		Error::Unreachable { url: self.url.clone(), reason }
	}

	fn idle(&self) -> MutexGuard<'_, Vec<Arc<Chain>>> {
		self.idle.lock().unwrap_or_else(PoisonError::into_inner)
	}
}
