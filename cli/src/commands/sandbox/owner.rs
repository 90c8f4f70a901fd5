//! What owners do.

use super::PolicyArgs;
use crate::{
	chain::{
		Chain,
		sandbox::{self, Approval, Policy},
	},
	output,
};
use anyhow::{Result, bail};
use heirloom_primitives::OutputLimits;
use serde_json::json;

/// Sets the policy of an asset.
pub async fn set_policy(chain: &Chain, args: &PolicyArgs, json: bool) -> Result<()> {
	let mut signer = args.signing.signer(chain).await?;
	let asset = chain.asset(&args.asset).await?;
	if !asset.sandboxed {
		bail!("{} is not sandboxed: it is used by plain calls", asset.handle);
	}
	let policy = Policy {
		codes: args.codes.iter().map(super::Hashed::hash).collect::<Result<_>>()?,
		operators: args.operators.iter().map(|operator| operator.0).collect(),
		limits: OutputLimits {
			smallest_group: args.smallest_group,
			largest_output: args.largest_output,
			largest_model: args.largest_model,
			release_budget: args.release_budget,
		},
		approval: if args.approve_each { Approval::Owner } else { Approval::Automatic },
	};
	let what = format!("the policy of {}", asset.handle);
	let outcome = signer.run(&sandbox::set_policy(asset.id, policy), &what).await?;
	if json {
		return output::json(&json!({ "asset": asset.id, "block": outcome.block }));
	}
	output::line(format_args!("the policy of {} is set {}", asset.handle, signer.place(&outcome)))
}
