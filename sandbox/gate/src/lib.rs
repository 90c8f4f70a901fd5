//! The output gate of the sandbox: what a job wrote beside sensitive data is released only when it is small, declared,
//! stands for groups of people, and holds no piece of what the job read.
//!
//! # Use
//!
//! 1. The runner asks the [`Ledger`] what was released to this consumer from these assets before ([`Ledger::standing`]).
//! 2. It builds a [`Gate`] from the permit, the owner's policy and that standing, and has it [`Gate::check`] the outputs
//!    against the inputs.
//! 3. [`Verdict::Released`]: reserve in the ledger, hand out the bundle, commit. Otherwise the bundle goes into the
//!    [`Quarantine`], where its owner approves or refuses it.
//!
//! # What it stands against
//!
//! Honest code with a mistake in it, and approved code that is used to get at records: copies of input under the common
//! encodings, small groups, differences of two tables, extremes, models that memorise. A program *written* to smuggle can
//! always encrypt what it takes; no matching finds that. Against it stand the list of approved code, and the bytes: the
//! cap of a job and the budget of a consumer bound what any code can carry out.
//!
//! Every refusal is a [`Reason`], a fault of the operator's own machine an [`Error`]; both have a code that never changes.

mod bucket;
mod bundle;
mod error;
mod gate;
mod identifiers;
mod leak;
mod ledger;
mod manifest;
mod outputs;
mod policy;
mod quarantine;
mod reason;

pub use bucket::{Bucketed, bucketed};
pub use bundle::{Bundle, BundleError, Output, SMALLEST_BUCKET, decode};
pub use error::Error;
pub use gate::{Gate, Release, Verdict};
pub use leak::{Encoding, WINDOW};
pub use ledger::{Account, AssetId, JobId, Ledger, Reservation, Reserved, Standing};
pub use manifest::{Contributions, Declaration, Kind, MANIFEST, Manifest, Statistic, ValueColumn};
pub use outputs::{Cell, Key};
pub use policy::Policy;
pub use quarantine::{Decision, Entry, EntryId, Quarantine, erase};
pub use reason::Reason;
