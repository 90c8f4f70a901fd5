//! `heirloom review`: what waits for an owner's decision, and the decision.
//!
//! Two things wait. A *request* is a permit for an asset whose policy says that its owner approves each: to allow it is a
//! transaction, and an envelope for this permit. *Held output* is what a job wrote and the gate does not let leave by
//! itself: to approve or refuse it is a signed file in the operator's folder.

mod held;
mod requests;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use heirloom_sandbox_chain::{AccountId, Chain, Keypair, secret::SecretArgs};
use std::path::PathBuf;

/// Looks at what waits for the owner of sensitive data, and decides about it.
#[derive(Debug, Parser)]
#[command(
	name = "heirloom review",
	version,
	arg_required_else_help = true,
	after_help = "Examples:
  heirloom review requests 5Grw…                permits that wait for you
  heirloom review allow 17 --from-file secret --exchange /mnt/clinic
  heirloom review held --exchange /mnt/clinic   output that waits, and why
  heirloom review show 17 --exchange /mnt/clinic --out look/
  heirloom review approve 17 --from-file secret --exchange /mnt/clinic"
)]
pub struct ReviewArgs {
	/// What to do.
	#[command(subcommand)]
	command: Command,
	/// WebSocket address of a node.
	#[arg(long, global = true, env = "HEIRLOOM_URL", default_value = "ws://127.0.0.1:9944")]
	url: String,
	/// Write JSON instead of text.
	#[arg(long, global = true)]
	json: bool,
	/// Where data keys are kept; without it `~/.heirloom/keys`.
	#[arg(long, global = true, value_name = "DIR")]
	keys: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Command {
	/// List the permits that wait for an owner's approval.
	Requests {
		/// The owner.
		owner: AccountId,
	},
	/// Approve a request, and seal the data keys of your assets to its operator for this permit alone.
	Allow(Deciding),
	/// Withdraw a permit that has not ended, whether it waits for you or not; its consumer is refunded.
	Revoke {
		/// The permit.
		permit: u64,
		/// Who decides.
		#[command(flatten)]
		secret: SecretArgs,
	},
	/// List the output that waits for a decision, and why it is held.
	Held {
		/// The operator's folder.
		#[arg(long, value_name = "DIR")]
		exchange: PathBuf,
	},
	/// Write held output into a new folder, to look at it.
	Show {
		/// The permit.
		permit: u64,
		/// The operator's folder.
		#[arg(long, value_name = "DIR")]
		exchange: PathBuf,
		/// The new folder.
		#[arg(long, value_name = "DIR")]
		out: PathBuf,
	},
	/// List which files of yours a job did not see, and why.
	Files {
		/// The permit.
		permit: u64,
		/// The operator's folder.
		#[arg(long, value_name = "DIR")]
		exchange: PathBuf,
	},
	/// Let the owners of the other data that held output was made of see it: once all of you have, each is shown it.
	Share(Deciding),
	/// Let held output leave.
	Approve(Deciding),
	/// Keep held output back: the operator erases it.
	Refuse(Deciding),
}

/// A decision about a permit.
#[derive(Debug, Args)]
struct Deciding {
	/// The permit.
	permit: u64,
	/// Who decides.
	#[command(flatten)]
	secret: SecretArgs,
	/// The operator's folder.
	#[arg(long, value_name = "DIR")]
	exchange: PathBuf,
}

impl Deciding {
	async fn key(&self, chain: &Chain) -> Result<Keypair> {
		self.secret.key(chain.is_for_development().await?)
	}
}

/// Runs the command.
///
/// # Errors
/// What cannot be done, and why.
pub async fn run(args: ReviewArgs) -> Result<()> {
	use heirloom_exchange::Decision;
	let ReviewArgs { command, url, json, keys } = args;
	let chain = Chain::connect(&url).await?;
	let keys = keys.as_deref();
	match command {
		Command::Requests { owner } => requests::list(&chain, &owner, json).await,
		Command::Allow(deciding) => requests::allow(&chain, &deciding, keys, json).await,
		Command::Revoke { permit, secret } => {
			let key = secret.key(chain.is_for_development().await?)?;
			requests::revoke(&chain, permit, &key, json).await
		}
		Command::Held { exchange } => held::list(&chain, &exchange, keys, json).await,
		Command::Show { permit, exchange, out } => {
			held::show(&chain, permit, &exchange, keys, &out, json).await
		}
		Command::Files { permit, exchange } => held::files(&chain, permit, &exchange, keys, json).await,
		Command::Share(deciding) => held::decide(&chain, &deciding, keys, Decision::Share, json).await,
		Command::Approve(deciding) => held::decide(&chain, &deciding, keys, Decision::Approve, json).await,
		Command::Refuse(deciding) => held::decide(&chain, &deciding, keys, Decision::Refuse, json).await,
	}
}
