//! What is asked: each method of the design in turn, of assets old and young.

use crate::{args::Size, rpc::load::Answer};
use anyhow::{Context, Result, bail};
use heirloom_primitives::{AssetId, Period};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json, value::RawValue};
use std::time::{Duration, Instant};
use subxt::rpcs::{Error as RpcError, RpcClient, rpc_params};

/// Assets whose handles are looked up before.
const HANDLES: usize = 500;
/// The oldest assets have the most descendants: half of all questions are about these.
const OLDEST: AssetId = 1_000;
/// Items of a page.
const PAGE: u32 = 100;
/// The code of the answer that there is no such permit: a generated platform has none.
const UNKNOWN_PERMIT: i32 = 9_006;

/// A method, and whether it reads a page instead of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
	/// Its name.
	pub name: &'static str,
	/// Whether it reads a page.
	pub page: bool,
}

/// The methods of the design.
const METHODS: [Method; 10] = [
	single("lineage_asset"),
	page("lineage_ancestors"),
	page("lineage_descendants"),
	single("lineage_receipts"),
	single("royalty_statement"),
	page("royalty_statementLines"),
	single("royalty_period"),
	single("royalty_estimate"),
	single("royalty_progress"),
	single("sandbox_permit"),
];

const fn single(name: &'static str) -> Method {
	Method { name, page: false }
}

const fn page(name: &'static str) -> Method {
	Method { name, page: true }
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
	method: Method,
	params: Value,
}

/// Questions without end, the same for the same size.
pub struct Questions {
	assets: AssetId,
	month: Period,
	handles: Vec<String>,
	rng: ChaCha8Rng,
	asked: usize,
}

/// Looks up what questions are made of.
pub async fn prepare(rpc: &RpcClient, size: Size, month: Period) -> Result<Questions> {
	let rng = ChaCha8Rng::seed_from_u64(size.assets.into());
	let mut questions = Questions { assets: size.assets, month, handles: Vec::new(), rng, asked: 0 };
	let mut handles = Vec::with_capacity(HANDLES);
	for _ in 0..HANDLES {
		let asset: Value = rpc.request("lineage_asset", rpc_params![questions.id()]).await?;
		handles.push(asset["handle"].as_str().context("an asset has a handle")?.to_owned());
	}
	questions.handles = handles;
	Ok(questions)
}

impl Questions {
	/// Asks one of each: caches and compiled code are not what is measured.
	pub async fn ask_once(&self, rpc: &RpcClient) -> Result<()> {
		let mut some = Self { handles: self.handles.clone(), rng: self.rng.clone(), ..*self };
		for _ in METHODS {
			some.next().ask(rpc, Instant::now()).await?;
		}
		Ok(())
	}

	/// The next question.
	pub fn next(&mut self) -> Question {
		let method = METHODS[self.asked % METHODS.len()];
		self.asked += 1;
		let asset = match self.rng.random_range(0..self.handles.len() * 2) {
			number if number < self.handles.len() => json!(self.handles[number]),
			_ => json!(self.id()),
		};
		let month = self.month.to_string();
		let params = match method.name {
			"lineage_descendants" => json!([asset, null, PAGE]),
			"royalty_statement" => json!([asset, month]),
			"royalty_statementLines" => {
				json!([asset, month, self.rng.random_range(0..self.assets), PAGE])
			}
			"royalty_period" => json!([month]),
			"royalty_progress" => json!([]),
			"sandbox_permit" => json!([1]),
			_ => json!([asset]),
		};
		Question { method, params }
	}

	fn id(&mut self) -> AssetId {
		let below = if self.rng.random() { OLDEST.min(self.assets) } else { self.assets };
		self.rng.random_range(0..below)
	}
}

impl Question {
	/// Asks it, and tells how long after `due` the answer was there.
	pub async fn ask(self, rpc: &RpcClient, due: Instant) -> Result<Answer> {
		let Self { method, params } = self;
		let params = RawValue::from_string(params.to_string())?;
		let answer = rpc.request_raw(method.name, Some(params)).await;
		let took = due.elapsed();
		match answer {
			Ok(_) => {}
			Err(RpcError::User(error)) if error.code == UNKNOWN_PERMIT => {}
			Err(error) => bail!("{}: {error}", method.name),
		}
		Ok(Answer { method, took: took.max(Duration::from_nanos(1)) })
	}
}
