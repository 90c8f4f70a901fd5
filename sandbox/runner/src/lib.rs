//! Runs one job beside sensitive data, and says what of its output may leave.
//!
//! # Use
//!
//! ```no_run
//! use heirloom_sandbox::{Cancel, JobSpec, Setting, Verdict, Workplace, run_job};
//!
//! # fn job(spec: JobSpec) -> Result<(), Box<dyn std::error::Error>> {
//! let place = Workplace::open(Setting::new("/var/lib/heirloom-sandbox".into()))?;
//! let outcome = run_job(&spec, &place, &Cancel::new(), |stage| eprintln!("{stage:?}"))?;
//! if outcome.report.verdict == Verdict::Released {
//! 	// Hand out `outcome.bundle` once the report is final on chain, then say so:
//! 	place.commit(spec.permit_id)?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # The way of a job
//!
//! | stage | what | where |
//! |---|---|---|
//! | agreed? | code and parameters against their hashes | [`run_job`] |
//! | open | inputs are unsealed into a file without a name, in memory; archives are read | `inputs` |
//! | clean | medical assets are de-identified, file by file; what is not proven clean is left out | `inputs` |
//! | compile | the module becomes native code, in a walled process of its own; kept for the next time | `compile` |
//! | run | the job runs in a walled process that has nothing but one file of inputs and one pipe | `worker` |
//! | check | outputs and log go through the gate; what leaves is reserved in the ledger | `release` |
//!
//! # WASI preview 1
//!
//! Jobs are commands of WASI preview 1. Its 46 functions can be written and audited whole (`wasi`), it does not change any
//! more, and every toolchain emits it. Components would bring an implementation of ten times the size, of which a job
//! needs a dozen functions.
//!
//! # Security considerations
//!
//! - A job is approved code, but nothing here relies on that: it is treated as hostile.
//! - The first wall is wasmtime and the few host functions of `wasi`, whose files exist in an index only: no path of a job
//!   ever reaches a file system. The second is the worker's process: no descriptors but its input and its pipe, an empty
//!   environment, limits, no new privileges, Landlock without a single rule, and seccomp filters that allow memory and
//!   reading, nothing that opens, connects, or starts. Native code is made in such a process too, since a compiler that
//!   reads hostile input can be broken; neither it nor the artifact is ever loaded where keys are.
//! - Timing on the operator's machine is not hidden from other processes on it.
//! - An operator that breaks these walls itself sees plaintext. Bond, measurement and repetition stand against that.

pub mod commitment;
mod compile;
mod engine;
mod fault;
mod inputs;
mod job;
mod jobfile;
mod measure;
mod modules;
mod outcome;
mod place;
mod process;
mod refusal;
mod release;
mod run;
pub mod serve;
mod signing;
mod wasi;
mod worker;

pub use fault::OperatorFault;
pub use job::{Cancel, Charge, GatePolicy, Hash, InputSpec, JobSpec, Limits, Source, Stage, Stop};
pub use measure::{engine_settings, of as measure};
pub use outcome::{CleanedFile, Difference, InputReport, JobOutcome, JobReport, Opening, Private, Verdict};
pub use place::{Setting, Workplace};
pub use refusal::Refusal;
pub use run::{repeat_job, run_job};
pub use signing::SigningKey;
pub use worker::{Landlock, Walls, is_worker};

use inputs::Findings;
