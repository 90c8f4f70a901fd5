//! `heirloom call`: use an asset and pay for it.

use crate::{
	args::CallArgs,
	chain::{Chain, calls},
	output::{self, count},
};
use anyhow::{Context, Result, bail};
use heirloom_primitives::{MicroU, format_u_exact};
use serde_json::json;

/// Runs the command.
pub async fn run(chain: &Chain, args: &CallArgs, json: bool) -> Result<()> {
	let mut signer = args.signing.signer(chain).await?;
	let asset = chain.asset(&args.asset).await?;
	let handle = &asset.handle;
	if asset.sandboxed {
		bail!("{handle} can only be used inside a sandbox, with a permit");
	}
	let fee = asset.call_fee.checked_mul(MicroU::from(args.units)).context("too many units")?;
	let most = args.max_fee.unwrap_or(fee);
	let call = calls::call(asset.id, args.units, args.purpose, most, None);
	let outcome = signer.run(&call, &format!("calling {handle}")).await?;
	let receipt = outcome.number("Lineage", "Called", "index")?;
	let paid = outcome.number("Lineage", "Called", "fee")?;
	if json {
		return output::json(&json!({
			"asset": asset.id,
			"units": args.units,
			"fee": paid.to_string(),
			"receipt": receipt,
			"block": outcome.block,
		}));
	}
	output::line(format_args!(
		"{} of {handle} for {} U: receipt {receipt}, {}",
		count(usize::try_from(args.units)?, "unit"),
		format_u_exact(u128::from(paid)),
		signer.place(&outcome)
	))
}
