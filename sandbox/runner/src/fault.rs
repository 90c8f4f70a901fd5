//! What can go wrong on the operator's own side.

use heirloom_gate as gate;
use std::io;

/// A failure that is no verdict about the job: it can be run again once the machine is in order, and is never reported
/// on chain.
#[derive(Debug, thiserror::Error)]
pub enum OperatorFault {
	/// The place where inputs are opened, or that of compiled modules, cannot be used.
	#[error("the runner's folders cannot be used")]
	PlaceUnusable(#[source] io::Error),
	/// The disk is nearly full, and output is to be held.
	#[error("the disk has no room for output that is held")]
	NoRoom,
	/// An input cannot be read, or not be had from its store.
	#[error("an input cannot be read: {0}")]
	InputUnreadable(String),
	/// A wall that is required does not stand on this machine.
	#[error("a wall that is required does not stand: {0}")]
	WallMissing(String),
	/// The worker could not be started.
	#[error("the worker cannot be started")]
	WorkerUnstartable(#[source] io::Error),
	/// The worker ended without a result: killed by the system, or by a wall.
	#[error("the worker ended without a result ({0})")]
	WorkerLost(String),
	/// The worker's result is not of the form that was agreed with it.
	#[error("the worker's result cannot be understood")]
	WorkerUnintelligible,
	/// There was no memory for what a job may have, or its input could not be read while it ran.
	#[error("this machine has no memory for the job, or cannot read its input")]
	MachineFailed,
	/// The processor lacks instructions that jobs are compiled for.
	#[error("the processor has no {0}, which jobs are compiled for")]
	ProcessorTooOld(&'static str),
	/// The runner is shut down.
	#[error("the runner is shut down")]
	Shutdown,
	/// The gate's own fault: its ledger or its quarantine.
	#[error(transparent)]
	Gate(#[from] gate::Error),
}

impl OperatorFault {
	/// A number that never changes. Those of the gate are its own.
	pub const fn number(&self) -> u16 {
		match self {
			Self::PlaceUnusable(_) => 301,
			Self::InputUnreadable(_) => 302,
			Self::NoRoom => 303,
			Self::WallMissing(_) => 311,
			Self::WorkerUnstartable(_) => 312,
			Self::WorkerLost(_) => 313,
			Self::WorkerUnintelligible => 314,
			Self::MachineFailed => 315,
			Self::ProcessorTooOld(_) => 316,
			Self::Shutdown => 321,
			Self::Gate(error) => error.number(),
		}
	}

	/// A code that never changes.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::PlaceUnusable(_) => "place_unusable",
			Self::InputUnreadable(_) => "input_unreadable",
			Self::NoRoom => "no_room",
			Self::WallMissing(_) => "wall_missing",
			Self::WorkerUnstartable(_) => "worker_unstartable",
			Self::WorkerLost(_) => "worker_lost",
			Self::WorkerUnintelligible => "worker_unintelligible",
			Self::MachineFailed => "machine_failed",
			Self::ProcessorTooOld(_) => "processor_too_old",
			Self::Shutdown => "shutdown",
			Self::Gate(error) => error.code(),
		}
	}
}
