//! `heirloom balance`: what an account has.

use crate::{
	args::BalanceArgs,
	chain::{AccountId, Chain, accounts::id_of, read},
	output::{self, loom},
	secret::key_of,
};
use anyhow::{Context, Result};
use heirloom_primitives::format_u_exact;
use serde_json::json;

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
	output::fields([
		("account", account.to_string()),
		("U", format!("{} U", format_u_exact(micro))),
		("LOOM", loom(planck)),
	])
}

/// An account as a person names it. What is neither is not quoted: it may be a secret with a mistake in it.
pub(super) fn account(text: &str) -> Result<AccountId> {
	if let Ok(address) = text.parse() {
		return Ok(address);
	}
	let key = key_of(text)
		.ok()
		.context("an account is an address, or a name like //Alice on a development chain")?;
	Ok(id_of(&key))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn accounts_are_named_by_address_or_secret() {
		let alice = account("//Alice").unwrap();
		assert_eq!(account(&alice.to_string()).unwrap(), alice);
		assert!(account("Alice").is_err());
		assert!(account("").is_err());
	}

	#[test]
	fn secret_with_a_mistake_is_not_quoted() {
		let error = account("legal winner thank year wave//sausage").unwrap_err();
		assert!(!format!("{error:#}").contains("winner"), "{error:#}");
	}
}
