//! What can go wrong on the operator's own side.

use crate::{Reason, bundle::BundleError};
use std::io;

/// A failure that is no verdict about the output. The job can be tried again once the machine is in order.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// An input could not be read to its end, so nothing is known about it.
	#[error("an input cannot be read")]
	InputUnreadable(#[source] io::Error),
	/// The ledger's file cannot be read or written.
	#[error("the ledger cannot be read or written")]
	LedgerUnusable(#[source] io::Error),
	/// Another process has the ledger.
	#[error("the ledger is in use by another process")]
	LedgerLocked,
	/// A record of the ledger is not what was written.
	#[error("the ledger is damaged at record {record}")]
	LedgerDamaged {
		/// Its number, from 1 on.
		record: u64,
	},
	/// A job came with another output than the one that was reserved for it.
	#[error("another output is reserved for this job")]
	OtherOutput,
	/// A job was committed or abandoned that nothing is reserved for.
	#[error("nothing is reserved for this job")]
	NotReserved,
	/// What the gate allowed, an output that was reserved meanwhile forbids.
	#[error("what was released meanwhile forbids it: {0}")]
	Overtaken(Reason),
	/// The quarantine's directory cannot be read or written.
	#[error("the quarantine cannot be read or written")]
	QuarantineUnusable(#[source] io::Error),
	/// An entry of the quarantine is not what was kept.
	#[error("an entry of the quarantine is damaged")]
	EntryDamaged,
	/// The quarantine has no entry of this id that waits for a decision.
	#[error("no entry with this id waits for a decision")]
	EntryUnknown,
	/// A bundle cannot be decoded.
	#[error(transparent)]
	Bundle(#[from] BundleError),
}

impl Error {
	/// A number that never changes.
	pub const fn number(&self) -> u16 {
		match self {
			Self::InputUnreadable(_) => 201,
			Self::LedgerUnusable(_) => 211,
			Self::LedgerLocked => 212,
			Self::LedgerDamaged { .. } => 213,
			Self::OtherOutput => 214,
			Self::NotReserved => 215,
			Self::Overtaken(_) => 216,
			Self::QuarantineUnusable(_) => 221,
			Self::EntryDamaged => 222,
			Self::EntryUnknown => 223,
			Self::Bundle(_) => 231,
		}
	}

	/// A code that never changes.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::InputUnreadable(_) => "input_unreadable",
			Self::LedgerUnusable(_) => "ledger_unusable",
			Self::LedgerLocked => "ledger_locked",
			Self::LedgerDamaged { .. } => "ledger_damaged",
			Self::OtherOutput => "other_output",
			Self::NotReserved => "not_reserved",
			Self::Overtaken(_) => "overtaken",
			Self::QuarantineUnusable(_) => "quarantine_unusable",
			Self::EntryDamaged => "entry_damaged",
			Self::EntryUnknown => "entry_unknown",
			Self::Bundle(_) => "bundle_invalid",
		}
	}

	/// Whether anyone who repeats the job meets the same. Only what is wrong with given bytes is.
	pub const fn is_deterministic(&self) -> bool {
		match self {
			Self::Bundle(_) => true,
			Self::InputUnreadable(_)
			| Self::LedgerUnusable(_)
			| Self::LedgerLocked
			| Self::LedgerDamaged { .. }
			| Self::OtherOutput
			| Self::NotReserved
			| Self::Overtaken(_)
			| Self::QuarantineUnusable(_)
			| Self::EntryDamaged
			| Self::EntryUnknown => false,
		}
	}
}
