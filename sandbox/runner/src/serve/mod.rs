//! `heirloom-sandbox serve`: follows an operator's permits on chain and runs their jobs.
//!
//! # The way of a permit
//!
//! | step | acts on | kept |
//! |---|---|---|
//! | take | final state: permit approved and in time, operator admitted with this measurement and these keys | `taken` |
//! | prepare | code, parameters, envelopes and ciphertext, each checked against what final state names | |
//! | run | [`crate::run_job`]; revocation stops it in the middle, and the expiry a minute before | `ended` |
//! | tell | owners: of output that is held, and of files that were left out; once a report may come ([`telling`]) | |
//! | decide | where output is held: signed decisions of all owners, until shortly before the expiry | `ended` |
//! | report | `complete` or `refuse`, signed with the profile's signing key | |
//! | hand out | only when final state says that this very report ended the permit | `settled` |
//!
//! # Why state, not events
//!
//! Each final block is looked at by reading the operator's list of open permits from its state. An event that is missed,
//! by a crash, a lost connection or a node that skipped ahead, would be a permit that is lost; a list cannot be missed.
//! A block costs one page of keys and one value a permit that is open.
//!
//! # What a crash can do
//!
//! A job's states are files that are there as a whole or not at all ([`jobs`]). A job that was `taken` runs again: the
//! same job has the same output, and the ledger knows its reservation. A report that was submitted before the crash is
//! seen in state afterwards, or submitted again: a permit ends once. Handing out is writing the same files again.
//!
//! # Security considerations
//!
//! * The node is the operator's own: whoever controls it decides which permits are final, and so which envelopes open.
//! * A standing envelope is opened for a final permit only, for the owner whose policy the chain has at that block. A job
//!   that is repeated was let pass by whoever owned its assets at its request, so what counts is the state of that block.
//! * Nothing in the exchange folder is trusted, see [`heirloom_exchange`]. What strangers made there holds up their own
//!   permit at most ([`aside`]).
//! * When a report comes, how a job failed, and why its output is held are of the job's choosing: all are rounded ([`pace`],
//!   [`crate::Refusal::shown`]), and owners are told no sooner, in files of a few lengths. What is left to it a
//!   permit is at most: which of six kinds of reasons holds its output, that it failed, or that it ran out of time, three bits;
//!   one of eleven times, three and a half, and where its check runs into the last minute of its permit one of some blocks of
//!   that minute; one of 44 amounts of fuel ([`heirloom_gate::bucketed`]), five and a half; and to whoever can list `held` one
//!   of some fifteen lengths, four. A job that is refused is refunded, so that its consumer pays for these nothing but the
//!   transactions.
//! * The curators may put an asset into medical mode after a job has read it as it is. Of such a job nothing leaves: the chain
//!   completes none, and the log of one that failed is withheld here ([`modes`]).
//! * The signing key pays for reports, so it needs a little LOOM or U, and nothing else should be in its account.

mod agreement;
mod args;
mod aside;
mod attempts;
mod chain_report;
mod challenges;
mod daemon;
mod decisions;
mod error;
mod history;
mod jobs;
mod keys;
mod later;
mod look;
mod modes;
mod pace;
mod prepare;
mod review;
mod settle;
mod standing;
mod telling;
mod undecided;
mod watch;
mod work;

pub use args::ServeArgs;
pub use error::ServeError;

use daemon::Daemon;
use tracing_subscriber::{EnvFilter, fmt};

/// Runs until it is told to stop (Ctrl-C, SIGTERM), or cannot go on.
///
/// # Errors
/// [`ServeError`].
pub fn run(args: &ServeArgs) -> Result<(), ServeError> {
	log_to_stderr(args.json_logs);
	let runtime = tokio::runtime::Runtime::new().map_err(ServeError::Runtime)?;
	runtime.block_on(async { Daemon::start(args).await?.run().await })
}

/// Logs go where systemd takes them from; `RUST_LOG` says which.
fn log_to_stderr(json: bool) {
	let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,jsonrpsee=warn"));
	let log = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
	// A second subscriber in one process is refused; then the first one's log is the log.
	let _set = if json { log.json().try_init() } else { log.with_ansi(false).try_init() };
}
