//! Where an operator's runner works.

use crate::{Charge, Hash, OperatorFault, engine, measure, modules::Modules};
use heirloom_gate::{Bundle, EntryId, JobId, Ledger, Quarantine, Release, Reservation, Reserved, Standing};
use rustix::fs::{statfs, statvfs};
use sha2::{Digest, Sha256};
use std::{
	fs::{self, DirBuilder, File},
	io,
	os::unix::fs::{DirBuilderExt, PermissionsExt},
	path::{Path, PathBuf},
	sync::{Mutex, MutexGuard, PoisonError},
};

/// `TMPFS_MAGIC` of `linux/magic.h`.
const TMPFS: u64 = 0x0102_1994;

/// Bytes that held output leaves free on the disk: without room for its jobs' states the runner cannot go on.
const LEFT_FREE: u64 = 256 << 20;

/// How a [`Workplace`] is set up.
#[derive(Clone, Debug)]
pub struct Setting {
	/// The operator's private folder: ledger, quarantine, compiled modules. Made with mode 0700.
	pub home: PathBuf,
	/// Where inputs are opened. A file system in memory, such as `/dev/shm`: nothing that was opened outlives the
	/// machine's power there. Files in it have no names.
	pub scratch: PathBuf,
	/// The program that workers are: `heirloom-sandbox` itself.
	pub worker: PathBuf,
	/// Whether a job is run only if every wall stands.
	pub require_walls: bool,
}

impl Setting {
	/// The setting of the running program: `/dev/shm`, itself as worker, all walls required.
	pub fn new(home: PathBuf) -> Self {
		// Not the path that it was started by, which may lead elsewhere by now.
		let worker = PathBuf::from("/proc/self/exe");
		Self { home, scratch: PathBuf::from("/dev/shm"), worker, require_walls: true }
	}
}

/// An operator's folders, its ledger and its quarantine. One process has it at a time; its threads may run several jobs.
#[derive(Debug)]
pub struct Workplace {
	setting: Setting,
	measurement: Hash,
	ledger: Mutex<Ledger>,
	quarantine: Quarantine,
	modules: Modules,
}

impl Workplace {
	/// Opens a place, or makes it.
	///
	/// # Errors
	/// [`OperatorFault::ProcessorTooOld`], [`OperatorFault::PlaceUnusable`], [`OperatorFault::WallMissing`] where the scratch
	/// folder must be in memory and is not, [`OperatorFault::Gate`] where the ledger or the quarantine cannot be opened.
	pub fn open(setting: Setting) -> Result<Self, OperatorFault> {
		if let Some(feature) = engine::missing_feature() {
			return Err(OperatorFault::ProcessorTooOld(feature));
		}
		private(&setting.home).map_err(OperatorFault::PlaceUnusable)?;
		let measurement =
			measure::of(&setting.worker, setting.require_walls).map_err(OperatorFault::PlaceUnusable)?;
		let ledger = Mutex::new(Ledger::open(&setting.home.join("ledger"))?);
		let quarantine = Quarantine::open(&setting.home.join("quarantine"))?;
		let modules = Modules::open(&setting.home.join("modules"), &measurement)
			.map_err(OperatorFault::PlaceUnusable)?;
		let place = Self { setting, measurement, ledger, quarantine, modules };
		if place.setting.require_walls && !place.is_in_memory()? {
			return Err(OperatorFault::WallMissing("a scratch folder in memory".to_owned()));
		}
		Ok(place)
	}

	/// How it is set up.
	pub fn setting(&self) -> &Setting {
		&self.setting
	}

	/// The measurement of the program that workers are.
	pub fn measurement(&self) -> Hash {
		self.measurement
	}

	/// What is held for owners.
	pub fn quarantine(&self) -> &Quarantine {
		&self.quarantine
	}

	/// Whether inputs are opened in memory.
	pub(crate) fn is_in_memory(&self) -> Result<bool, OperatorFault> {
		let system =
			statfs(&self.setting.scratch).map_err(|error| OperatorFault::PlaceUnusable(error.into()))?;
		Ok(u64::try_from(system.f_type).is_ok_and(|magic| magic == TMPFS))
	}

	/// A file without a name, gone with its last descriptor.
	pub(crate) fn scratch_file(&self) -> Result<File, OperatorFault> {
		tempfile::tempfile_in(&self.setting.scratch).map_err(OperatorFault::PlaceUnusable)
	}

	/// Compiled modules.
	pub(crate) fn modules(&self) -> &Modules {
		&self.modules
	}

	/// As [`ensure_room`], of the operator's private folder.
	pub(crate) fn ensure_room(&self, bytes: u64) -> Result<(), OperatorFault> {
		ensure_room(&self.setting.home, bytes)
	}

	/// What was released to the job's accounts by other jobs.
	pub(crate) fn standing(&self, charge: &Charge) -> Standing {
		self.ledger().standing(&charge.accounts, charge.permit_id)
	}

	/// Reserves what is to be handed out. `log` is what leaves beside the outputs.
	pub(crate) fn reserve(
		&self,
		charge: &Charge,
		outputs: Option<&Release>,
		log: Option<&Bundle>,
	) -> Result<Reserved, OperatorFault> {
		let bundles = outputs.map(|release| &release.bundle).into_iter().chain(log);
		let (mut digest, mut bytes) = (Sha256::new(), 0_u64);
		for bundle in bundles {
			digest.update(bundle.digest());
			bytes = bytes.saturating_add(bundle.padded_len());
		}
		Ok(self.ledger().reserve(Reservation {
			job: charge.permit_id,
			accounts: charge.accounts.clone(),
			digest: digest.finalize().into(),
			bytes,
			cells: outputs.map(|release| release.cells.clone()).unwrap_or_default(),
			budget: charge.budget,
			smallest_group: charge.smallest_group,
		})?)
	}

	/// Says that a job's bundle has been handed out.
	///
	/// # Errors
	/// [`OperatorFault::Gate`]: nothing is reserved for the job, or the ledger cannot be written.
	pub fn commit(&self, job: JobId) -> Result<(), OperatorFault> {
		Ok(self.ledger().commit(job)?)
	}

	/// Gives back what is reserved for a job whose bundle has certainly not been handed out: its report was not taken.
	///
	/// # Errors
	/// As [`Workplace::commit`].
	pub fn abandon(&self, job: JobId) -> Result<(), OperatorFault> {
		Ok(self.ledger().abandon(job)?)
	}

	/// Releases what an owner approved: reserves it, and returns it to be handed out. Doing it again returns it again.
	///
	/// # Errors
	/// [`OperatorFault::Gate`]: there is no approved entry of this id for this job, or what was released meanwhile
	/// forbids it.
	pub fn release_approved(&self, id: EntryId, charge: &Charge) -> Result<Release, OperatorFault> {
		use heirloom_gate::{Decision, Error};
		if self.quarantine.decision(id)? != Some(Decision::Approved) {
			return Err(Error::EntryUnknown.into());
		}
		let entry = self.quarantine.read(id)?;
		if entry.job != charge.permit_id {
			return Err(Error::EntryUnknown.into());
		}
		self.reserve(charge, Some(&entry.release), None)?;
		Ok(entry.release)
	}

	fn ledger(&self) -> MutexGuard<'_, Ledger> {
		// A ledger counts a record once it is on disk; a thread that panicked elsewhere leaves it whole.
		self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

/// Fails where so many bytes of held output would leave the disk of a folder nearly full.
pub(crate) fn ensure_room(folder: &Path, bytes: u64) -> Result<(), OperatorFault> {
	let disk = statvfs(folder).map_err(|error| OperatorFault::PlaceUnusable(error.into()))?;
	if is_room(disk.f_bavail.saturating_mul(disk.f_frsize), bytes) {
		Ok(())
	} else {
		Err(OperatorFault::NoRoom)
	}
}

/// Whether a disk with so many bytes free has room for so many of held output.
fn is_room(free: u64, bytes: u64) -> bool {
	free.checked_sub(bytes).is_some_and(|left| left >= LEFT_FREE)
}

/// Makes a folder that is the operator's alone.
pub(crate) fn private(folder: &Path) -> io::Result<()> {
	DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
	// One that was there may have been made with other rights.
	fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn held_output_should_leave_room_for_the_jobs_states() {
		assert!(is_room(LEFT_FREE + 4_096, 4_096));
		assert!(!is_room(LEFT_FREE + 4_095, 4_096));
		assert!(!is_room(4_095, 4_096));
	}

	#[test]
	fn output_should_not_be_held_when_the_disk_has_no_room_for_it() {
		let home = tempfile::tempdir().unwrap();
		let place = Workplace::open(Setting::new(home.path().join("home"))).unwrap();
		assert!(matches!(place.ensure_room(u64::MAX), Err(OperatorFault::NoRoom)));
	}
}
