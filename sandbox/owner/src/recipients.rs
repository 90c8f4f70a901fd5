//! Operators that an owner seals to.

use anyhow::{Context, Result, bail};
use heirloom_sandbox_chain::{AccountId, At, read};
use heirloom_seal::SealingPublicKey;
use std::{path::PathBuf, str::FromStr};

/// An operator as an owner names it: `ACCOUNT` or `KEY`, and `=DIR` for the folder it takes things from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
	/// Whom.
	pub whom: Whom,
	/// Its exchange folder.
	pub exchange: Option<PathBuf>,
}

/// An operator by its account or its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
	/// Its account: the chain says its sealing key.
	Account(AccountId),
	/// Its sealing key itself.
	Key(SealingPublicKey),
}

impl FromStr for Recipient {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (whom, exchange) = match text.split_once('=') {
			Some((whom, folder)) if !folder.is_empty() => (whom, Some(PathBuf::from(folder))),
			Some(_) => return Err("there is no folder behind =".into()),
			None => (text, None),
		};
		let by_key = || whom.parse().map(Whom::Key).ok();
		let whom = whom.parse().map(Whom::Account).ok().or_else(by_key);
		let whom =
			whom.ok_or("an operator is named by its account, or by its sealing key of 64 hex digits")?;
		Ok(Self { whom, exchange })
	}
}

impl Recipient {
	/// The key that data keys are sealed to.
	///
	/// # Errors
	/// The account is no operator.
	pub async fn sealing_key(&self, at: &At) -> Result<SealingPublicKey> {
		let account = match self.whom {
			Whom::Key(key) => return Ok(key),
			Whom::Account(account) => account,
		};
		match read::operator(at, &account).await.context("the operator's sealing key")? {
			Some(record) => Ok(SealingPublicKey(record.profile.sealing_key)),
			None => bail!("{account} is no operator of this chain"),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn recipient_should_be_an_account_or_a_key() {
		let account = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		let read: Recipient = format!("{account}=/mnt/clinic").parse().unwrap();
		assert_eq!(read.whom, Whom::Account(account.parse().unwrap()));
		assert_eq!(read.exchange, Some("/mnt/clinic".into()));
		let key: Recipient = "ab".repeat(32).parse().unwrap();
		assert_eq!(key, Recipient { whom: Whom::Key(SealingPublicKey([0xab; 32])), exchange: None });
	}

	#[test]
	fn recipient_should_be_refused_when_it_is_neither() {
		for text in ["", "clinic", "clinic=/mnt", "=", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY="] {
			assert!(text.parse::<Recipient>().is_err(), "{text}");
		}
	}
}
