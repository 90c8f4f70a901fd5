//! `clock_*`: the simulated clock of a development chain. Other chains do not have these methods.

use super::Error;
use crate::{
	clock::{self, Clock},
	service::{
		FullClient,
		sealing::{self, SealedBlock, Sealer},
	},
};
use heirloom_primitives::Moment;
use jsonrpsee::{Extensions, core::async_trait, proc_macros::rpc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most blocks that one request makes.
pub const MAX_BLOCKS: u32 = 1_000;

/// A time of the simulated clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
	/// In milliseconds since the Unix epoch.
	pub millis: Moment,
	/// In RFC 3339, UTC.
	pub date: String,
}

/// The simulated clock of a development chain. Moving it is refused to callers from other machines.
#[rpc(server)]
pub trait ClockApi {
	/// The time of the best block; before the first one, the time that one will have.
	#[method(name = "clock_now", blocking)]
	fn now(&self) -> Result<Time, Error>;

	/// Makes one block at once whose time is `to`, a date (`2026-04-01`) or an RFC 3339 time, rounded up to a slot. The
	/// blocks after it go on from there.
	#[method(name = "clock_advanceTo", with_extensions)]
	async fn advance_to(&self, to: String) -> Result<SealedBlock, Error>;

	/// Makes `count` blocks at once (1 if left out, 1,000 at most), each a slot after the one before.
	#[method(name = "clock_seal", with_extensions)]
	async fn seal(&self, count: Option<u32>) -> Result<Vec<SealedBlock>, Error>;
}

/// Answers from the best block and asks the engine for others.
pub struct ClockRpc {
	client: Arc<FullClient>,
	clock: Clock,
	sealer: Sealer,
}

impl ClockRpc {
	/// Methods of the chain that `sealer` makes.
	pub fn new(client: Arc<FullClient>, clock: Clock, sealer: Sealer) -> Self {
		Self { client, clock, sealer }
	}
}

#[async_trait]
impl ClockApiServer for ClockRpc {
	fn now(&self) -> Result<Time, Error> {
		let millis = self.clock.now(sealing::last_slot(&self.client)?);
		Ok(Time { millis, date: clock::date(millis) })
	}

	async fn advance_to(&self, ext: &Extensions, to: String) -> Result<SealedBlock, Error> {
		sc_rpc_api::check_if_safe(ext)?;
		let time = clock::parse_date(&to).map_err(|error| Error::BadDate { text: to, error })?;
		Ok(self.sealer.seal(Some(time)).await?)
	}

	async fn seal(&self, ext: &Extensions, count: Option<u32>) -> Result<Vec<SealedBlock>, Error> {
		sc_rpc_api::check_if_safe(ext)?;
		let count = count.unwrap_or(1);
		if !(1..=MAX_BLOCKS).contains(&count) {
			return Err(Error::BadCount { count, most: MAX_BLOCKS });
		}
		let mut blocks = Vec::new();
		for _ in 0..count {
			blocks.push(self.sealer.seal(None).await?);
		}
		Ok(blocks)
	}
}
