//! The simulated clock of a development chain.

use super::{Chain, Refusal, rpc_params};
use anyhow::Result;
use heirloom_primitives::Period;

/// Whether the node's chain is a development chain, whose blocks can be asked for. A node that others reach has the methods
/// as well, and refuses them: see [`seal`].
pub fn is_simulated(chain: &Chain) -> bool {
	chain.has("clock_seal") && chain.has("clock_advanceTo")
}

/// Makes one block at once. False where the node does not let this caller: its blocks come by themselves.
pub async fn seal(chain: &Chain) -> Result<bool> {
	match chain.request::<serde_json::Value>("clock_seal", rpc_params![1]).await {
		Ok(_) => Ok(true),
		Err(error) if Refusal::of(&error).is_some_and(Refusal::is_of_method) => Ok(false),
		Err(error) => Err(error),
	}
}

/// Makes a block whose time is the first moment of a month.
pub async fn advance_to(chain: &Chain, month: Period) -> Result<()> {
	let _: serde_json::Value = chain.request("clock_advanceTo", rpc_params![first_day(month)]).await?;
	Ok(())
}

/// The first day of a month: `2026-03-01`.
pub fn first_day(month: Period) -> String {
	format!("{month}-01")
}
