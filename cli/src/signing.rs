//! How the commands sign, and what they wait for.

use crate::{
	chain::{
		AccountId, Chain,
		accounts::id_of,
		follow::{Head, Outcome},
		submit::Submitter,
	},
	output,
	secret::SecretArgs,
};
use anyhow::Result;
use clap::Args;
use heirloom_primitives::grouped;
use indicatif::ProgressBar;
use std::{convert::Infallible, time::Duration};
use subxt::transactions::Payload;
use subxt_signer::sr25519::Keypair;

/// Best blocks that finality may be behind before it is told: a healthy network's is behind by three.
const LAG: u32 = 10;
/// How long to wait before looking again how far finality is behind.
const LOOK: Duration = Duration::from_secs(6);

/// Who signs, and what is waited for.
#[derive(Debug, Args)]
pub struct SigningArgs {
	#[command(flatten)]
	secret: SecretArgs,
	/// Wait for the best block instead of a final one. Another block can still replace it: for when finality is stalled.
	#[arg(long)]
	best: bool,
}

/// Somebody whose transactions are waited for.
pub struct Signer<'a> {
	key: Keypair,
	submitter: Submitter<'a>,
	head: Head,
}

impl SigningArgs {
	/// Who signs on a chain.
	pub async fn signer<'a>(&self, chain: &'a Chain) -> Result<Signer<'a>> {
		let key = self.secret.key(chain.is_for_development().await?)?;
		let head = if self.best { Head::Best } else { Head::Final };
		Ok(Signer { key, submitter: Submitter::following(chain, head).await?, head })
	}
}

impl Signer<'_> {
	/// The account.
	pub fn account(&self) -> AccountId {
		id_of(&self.key)
	}

	/// The bytes of a call, to be wrapped in another.
	pub fn encode(&self, call: &impl Payload) -> Result<Vec<u8>> {
		self.submitter.encode(call)
	}

	/// Signs and submits a transaction, waits for its block, and shows that it does.
	pub async fn run(&mut self, call: &impl Payload, what: &str) -> Result<Outcome> {
		let head = if self.head == Head::Final { "final" } else { "best" };
		let progress = output::spinner(format!("{what}: waiting for a {head} block"));
		let (chain, head) = (self.submitter.chain(), self.head);
		let outcome = tokio::select! {
			outcome = self.submitter.run_one(&self.key, call, what) => outcome,
			never = tell_lag(chain, head, &progress) => match never {},
		};
		progress.finish_and_clear();
		outcome
	}

	/// Where a transaction is: `in block 1,234`.
	pub fn place(&self, outcome: &Outcome) -> String {
		let block = grouped(u128::from(outcome.block));
		match self.head {
			Head::Final => format!("in block {block}"),
			Head::Best => format!("in block {block}, which is not final"),
		}
	}
}

/// Tells once how far finality is behind, if that is much, while it is waited for.
async fn tell_lag(chain: &Chain, head: Head, progress: &ProgressBar) -> Infallible {
	let mut told = head == Head::Best;
	loop {
		tokio::time::sleep(LOOK).await;
		let behind = match (Head::Best.number(chain).await, Head::Final.number(chain).await) {
			(Ok(best), Ok(last)) => best.saturating_sub(last),
			// A node that does not answer fails the transaction.
			_ => continue,
		};
		if behind > LAG && !told {
			told = true;
			progress.suspend(|| {
				eprintln!(
					"finality is {behind} blocks behind, and this waits for it; --best waits for the best block"
				);
			});
		}
	}
}
