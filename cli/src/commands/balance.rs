//! `heirloom balance`: what an account has.

use crate::{
	args::BalanceArgs,
	chain::{
		AccountId, Chain,
		accounts::{id_of, key_of},
		read,
	},
	output,
};
use anyhow::{Result, anyhow};
use heirloom_primitives::{format_u_exact, grouped};
use serde_json::json;

/// Planck in a LOOM.
const LOOM: u128 = 1_000_000_000_000;

/// Runs the command.
pub async fn run(chain: &Chain, args: &BalanceArgs, json: bool) -> Result<()> {
	let account = account(&args.account)?;
	let at = chain.finalized().await?;
	let (micro, planck) = (read::balance_u(&at, &account).await?, read::balance_loom(&at, &account).await?);
	if json {
		return output::json(&json!({
			"account": account,
			"u": micro.to_string(),
			"loom": planck.to_string(),
		}));
	}
	let loom = format!("{}.{:06} LOOM", grouped(planck / LOOM), planck % LOOM / 1_000_000);
	output::fields([
		("account", account.to_string()),
		("U", format!("{} U", format_u_exact(micro))),
		("LOOM", loom),
	]);
	Ok(())
}

/// An account as a person names it.
fn account(text: &str) -> Result<AccountId> {
	if text.contains("//") {
		return Ok(id_of(&key_of(text)?));
	}
	text.parse().map_err(|_| anyhow!("{text:?} is neither an address nor a secret URI like //Alice"))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn accounts_are_named_by_address_or_secret() {
		let alice = account("//Alice").unwrap();
		assert_eq!(account(&alice.to_string()).unwrap(), alice);
		assert!(account("Alice").is_err());
	}
}
