//! Why the daemon does not start, or ends.

use super::standing::Unfit;
use crate::OperatorFault;
use heirloom_exchange::ExchangeError;
use heirloom_seal::{KeyFileError, StoreError};
use std::{io, path::PathBuf};

/// Why the daemon does not start, or ends. None of them is a verdict about a job.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
	/// The operator cannot be given jobs.
	#[error(transparent)]
	Unfit(#[from] Unfit),
	/// The private folder belongs to another chain, whose permits have the same numbers.
	#[error("{} was used with another chain: each chain needs a private folder of its own", .0.display())]
	OtherChain(PathBuf),
	/// The node does not answer, or its chain has no sandbox.
	#[error("{0:#}")]
	Chain(anyhow::Error),
	/// A key file cannot be used.
	#[error(transparent)]
	Key(#[from] KeyFileError),
	/// The operator's own machine.
	#[error(transparent)]
	Fault(#[from] OperatorFault),
	/// The exchange folder.
	#[error("the exchange cannot be used: {0}")]
	Exchange(#[from] ExchangeError),
	/// The block store.
	#[error(transparent)]
	Store(#[from] StoreError),
	/// The jobs' states cannot be read or written.
	#[error("{path}: the jobs' states cannot be kept: {error}", path = .0.display(), error = .1)]
	Jobs(PathBuf, io::Error),
	/// The runtime cannot be started.
	#[error("the runtime cannot be started: {0}")]
	Runtime(io::Error),
}

impl ServeError {
	/// A number that never changes.
	pub const fn number(&self) -> u16 {
		match self {
			Self::Unfit(unfit) => unfit.number(),
			Self::OtherChain(_) => 411,
			Self::Chain(_) => 412,
			Self::Key(_) => 421,
			Self::Fault(fault) => fault.number(),
			Self::Exchange(_) => 422,
			Self::Store(_) => 423,
			Self::Jobs(..) => 424,
			Self::Runtime(_) => 425,
		}
	}

	/// A code that never changes.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Unfit(unfit) => unfit.code(),
			Self::OtherChain(_) => "other_chain",
			Self::Chain(_) => "chain_unreadable",
			Self::Key(_) => "key_unusable",
			Self::Fault(fault) => fault.code(),
			Self::Exchange(_) => "exchange_unusable",
			Self::Store(_) => "store_unusable",
			Self::Jobs(..) => "jobs_unusable",
			Self::Runtime(_) => "runtime_unstartable",
		}
	}
}
