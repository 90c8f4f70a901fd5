//! A job as the runner takes it: what was agreed, and where its parts are.

use heirloom_deid::PixelMask;
use heirloom_gate::{Account, AssetId, Policy};
use heirloom_seal::{BlockStore, ContentId, DataKey};
use serde::{Deserialize, Serialize};
use std::{
	fmt,
	path::PathBuf,
	sync::{
		Arc,
		atomic::{AtomicU8, Ordering},
	},
	time::Duration,
};

/// A hash of 32 bytes.
pub type Hash = [u8; 32];

/// One job: everything that a permit and the owners' policies say about it, with the bytes they name.
#[derive(Debug)]
pub struct JobSpec {
	/// The permit's number. Also seeds the job's random source.
	pub permit_id: u64,
	/// The wasm module.
	pub code: Vec<u8>,
	/// What the permit names: blake2-256 of the module.
	pub code_hash: Hash,
	/// What the job finds in `/params.json`.
	pub parameters: Vec<u8>,
	/// What the permit names: blake2-256 of the parameters.
	pub parameters_hash: Hash,
	/// What it reads, in the order of the permit's uses; the job finds the n-th, from 0 on, in `/data/n`.
	pub inputs: Vec<InputSpec>,
	/// What it may take of the machine.
	pub limits: Limits,
	/// What of its output may leave.
	pub gate: GatePolicy,
	/// The consumer's account, whose budget is charged.
	pub consumer: [u8; 32],
}

/// An asset that a job reads.
#[derive(Debug)]
pub struct InputSpec {
	/// The asset.
	pub asset: AssetId,
	/// Whether it is in medical data mode: then nothing reaches the job that was not de-identified.
	pub medical: bool,
	/// Where it is.
	pub source: Source,
	/// Of a medical asset: masks of burned-in text whose approval by the curators the caller has checked.
	pub masks: Vec<PixelMask>,
}

/// Where an asset's bytes are.
pub enum Source {
	/// In a block store, sealed.
	Stored {
		/// The store.
		store: Box<dyn BlockStore + Send + Sync>,
		/// The asset's content id on chain.
		content: ContentId,
		/// The key that its owner sealed to the operator.
		key: DataKey,
	},
	/// In a sealed file.
	Sealed {
		/// The file.
		path: PathBuf,
		/// What the ciphertext must be, where it was agreed.
		content: Option<ContentId>,
		/// Its key.
		key: DataKey,
	},
	/// In the clear, a file or a folder, for developers: its commitment is under a key that everyone knows.
	Plain {
		/// The file or folder.
		path: PathBuf,
	},
}

impl fmt::Debug for Source {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Stored { content, .. } => write!(f, "Stored({content})"),
			Self::Sealed { path, .. } => write!(f, "Sealed({})", path.display()),
			Self::Plain { path } => write!(f, "Plain({})", path.display()),
		}
	}
}

/// What a job may take of the machine. Operators that repeat a job need the same, so [`Limits::default`] is what
/// `serve` uses: it is part of the measurement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
	/// Units of fuel: about one an instruction of wasm, and one for every 8 bytes that are read or written.
	pub fuel: u64,
	/// Bytes of linear memory; at most 4 GiB.
	pub memory_bytes: u64,
	/// Elements of all tables.
	pub table_elements: u32,
	/// Bytes of the wasm module.
	pub module_bytes: u64,
	/// Seconds of wall clock, from the start of the worker on; the compiler has as long again.
	pub seconds: u64,
	/// Bytes that it may write to `/out` in all. The gate lets far less leave.
	pub output_bytes: u64,
	/// Bytes of all inputs, sealed or plain.
	pub input_bytes: u64,
	/// Files of all inputs.
	pub input_files: u32,
}

impl Default for Limits {
	/// 2^40 units of fuel, 1 GiB of memory, 100,000 table elements, 16 MiB of module, an hour, 64 MiB of output, 64 GiB
	/// and 1,000,000 files of input.
	fn default() -> Self {
		Self {
			fuel: 1 << 40,
			memory_bytes: 1 << 30,
			table_elements: 100_000,
			module_bytes: 16 << 20,
			seconds: 3_600,
			output_bytes: 64 << 20,
			input_bytes: 64 << 30,
			input_files: 1_000_000,
		}
	}
}

impl Limits {
	pub(crate) fn wall_clock(&self) -> Duration {
		Duration::from_secs(self.seconds)
	}
}

/// What the permit and the owners' policies say of a job's output: of several assets the strictest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatePolicy {
	/// The permit's output cap, in bytes; it holds for the padded bundle, log included.
	pub output_cap: u64,
	/// The fewest people that a released number may stand for.
	pub smallest_group: u64,
	/// The owners' largest output, in bytes; none where they said nothing.
	pub largest_output: Option<u64>,
	/// The most bytes of all declared models together; 0 where none may leave.
	pub largest_model: u64,
	/// The most bytes that may ever be released to the consumer from one of the assets.
	pub release_budget: u64,
}

impl GatePolicy {
	/// The gate's own form.
	pub(crate) fn policy(&self, input_bytes: u64, released_bytes: u64) -> Policy {
		Policy {
			permit_cap: self.output_cap,
			largest_output: self.largest_output,
			largest_model: self.largest_model,
			smallest_group: self.smallest_group,
			input_bytes,
			released_bytes,
			release_budget: self.release_budget,
			significant_digits: Policy::SIGNIFICANT_DIGITS,
		}
	}
}

impl JobSpec {
	/// Whose budgets the job is charged to.
	pub fn accounts(&self) -> Vec<Account> {
		self.inputs.iter().map(|input| Account { consumer: self.consumer, asset: input.asset }).collect()
	}

	/// What a release is charged to.
	pub fn charge(&self) -> Charge {
		Charge {
			permit_id: self.permit_id,
			accounts: self.accounts(),
			budget: self.gate.release_budget,
			smallest_group: self.gate.smallest_group,
		}
	}
}

/// What a release is charged to: all that is needed of a job to release its output later, once its owner approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
	/// The permit's number.
	pub permit_id: u64,
	/// Whose budgets.
	pub accounts: Vec<Account>,
	/// The most bytes for each of them, over all jobs.
	pub budget: u64,
	/// The policy's smallest group.
	pub smallest_group: u64,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
	/// Inputs are opened.
	Opening {
		/// The asset.
		asset: AssetId,
	},
	/// Files of an asset are de-identified.
	Cleaning {
		/// The asset.
		asset: AssetId,
		/// Files done.
		done: u32,
	},
	/// The module is compiled; left out where it was before.
	Compiling,
	/// The job runs.
	Running,
	/// Its output is checked.
	Checking,
}

/// Why a job is stopped from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
	/// The permit was revoked.
	Revoked,
	/// The permit expired, or is about to.
	Expired,
	/// The operator shuts its runner down; the job can be run again.
	Shutdown,
}

/// Stops a job from another thread. Clones stop the same job; the first reason stays.
///
/// # Example
///
/// ```
/// use heirloom_sandbox::{Cancel, Stop};
///
/// let cancel = Cancel::new();
/// cancel.clone().stop(Stop::Revoked);
/// cancel.stop(Stop::Expired);
/// assert_eq!(cancel.stopped(), Some(Stop::Revoked));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicU8>);

impl Cancel {
	/// A handle of a job that goes on.
	pub fn new() -> Self {
		Self::default()
	}

	/// Stops the job: its worker is killed within some 20 ms, nothing is released.
	pub fn stop(&self, reason: Stop) {
		let code = match reason {
			Stop::Revoked => 1,
			Stop::Expired => 2,
			Stop::Shutdown => 3,
		};
		// A job that is stopped already stays stopped for its first reason.
		self.0.compare_exchange(0, code, Ordering::AcqRel, Ordering::Acquire).ok();
	}

	/// Why it was stopped, if it was.
	pub fn stopped(&self) -> Option<Stop> {
		match self.0.load(Ordering::Acquire) {
			1 => Some(Stop::Revoked),
			2 => Some(Stop::Expired),
			3 => Some(Stop::Shutdown),
			_ => None,
		}
	}
}
