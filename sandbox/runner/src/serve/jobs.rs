//! What a restart must know: the state of every job, a file each.
//!
//! ```text
//! HOME/chain                 genesis hash of the chain whose permits these are
//! HOME/jobs/17/state.json    where the job stands
//! HOME/jobs/17/output        what is handed out once the report is final
//! HOME/jobs/17/log
//! HOME/jobs/17/notes         what owners are told of their files once the report may come
//! ```
//!
//! A state is written after everything it speaks of, as a whole, and is on disk before anything is done because of it.

mod files;

use self::files::{
	LOG, NOTES, OUTPUT, PRIVATE, STATE, drop_all, drop_kept, erase_unfinished, of_one_chain, read,
};
use super::{ServeError, pace, review};
use crate::{CleanedFile, JobOutcome, JobReport, Opening, Refusal, Verdict};
use heirloom_exchange::{Note, write_whole};
use heirloom_gate::Bundle;
use heirloom_sandbox_chain::{
	H256,
	types::{Moment, PermitId},
};
use serde::{Deserialize, Serialize};
use std::{
	collections::BTreeMap,
	fs::{self, DirBuilder},
	io,
	os::unix::fs::DirBuilderExt,
	path::{Path, PathBuf},
};

/// Where a job stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
	/// It runs, or ran when the machine stopped.
	Taken,
	/// It ran to an end; what became of it is not final on chain yet.
	Ended(Box<Ended>),
	/// Its permit has ended.
	Settled {
		/// How.
		ending: Ending,
	},
}

/// What came of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
	/// What is, or will be, reported.
	pub report: JobReport,
	/// For whoever gets output or log.
	pub opening: Option<Opening>,
	/// The entry in the quarantine that its owners decide about; none where nothing waits for them.
	pub held: Option<String>,
	/// How it ran, as the consumer may see it.
	pub shown: Shown,
	/// Before this time of this machine's clock its report stays, in milliseconds since the Unix epoch ([`pace`]).
	#[serde(default)]
	pub report_after: Moment,
}

impl Ended {
	/// A job that was refused before it ran.
	pub fn not_run(report: JobReport) -> Self {
		let shown = Shown { success: false, seconds: 0, fuel: 0 };
		Self { report, opening: None, held: None, shown, report_after: 0 }
	}

	/// Makes the report one of a refusal, with which nothing leaves and nothing waits any more.
	pub fn refuse(&mut self, why: Refusal) {
		self.report.verdict = Verdict::Refused { code: why.number() };
		self.withhold();
	}

	/// Has nothing leave with the report and nothing wait any more, whatever it says otherwise.
	pub fn withhold(&mut self) {
		self.report.output_bytes = 0;
		self.opening = None;
		self.held = None;
	}
}

/// How a job ran, as the consumer may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
	/// Whether it ended with exit code 0.
	pub success: bool,
	/// Wall clock in seconds, rounded up to a power of two.
	pub seconds: u64,
	/// Fuel, rounded up to a power of two.
	pub fuel: u64,
}

/// How a permit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
	/// By this operator's report; its output was handed out.
	Completed,
	/// By this operator's report; what the report lets leave was handed out.
	Refused,
	/// By its consumer, an owner or the curators.
	Revoked,
	/// By its time.
	Expired,
	/// By another report than the one that is here, or it is not in state any more.
	Otherwise,
}

/// Padded bundles of a job: what its report lets leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
	/// Outputs.
	pub outputs: Option<Vec<u8>>,
	/// The log.
	pub log: Option<Vec<u8>>,
}

/// The jobs' folder.
#[derive(Debug)]
pub struct Jobs {
	root: PathBuf,
	genesis: H256,
	/// All but those that are settled.
	unsettled: BTreeMap<PermitId, State>,
}

impl Jobs {
	/// Opens the jobs of an operator's folder, which are of one chain.
	///
	/// # Errors
	/// [`ServeError::OtherChain`], [`ServeError::Jobs`].
	pub fn open(home: &Path, genesis: &H256) -> Result<Self, ServeError> {
		let root = home.join("jobs");
		let failed = |error| ServeError::Jobs(root.clone(), error);
		DirBuilder::new().recursive(true).mode(0o700).create(&root).map_err(failed)?;
		of_one_chain(home, genesis)?;
		let mut unsettled = BTreeMap::new();
		for entry in fs::read_dir(&root).map_err(failed)? {
			let entry = entry.map_err(failed)?;
			let Some(permit) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
				continue;
			};
			erase_unfinished(&entry.path()).map_err(failed)?;
			match read::<State>(&entry.path().join(STATE)).map_err(failed)? {
				// The machine may have stopped before what was kept was erased.
				None | Some(State::Settled { .. }) => drop_all(&entry.path()).map_err(failed)?,
				Some(state @ (State::Taken | State::Ended(_))) => {
					unsettled.insert(permit, state);
				}
			}
		}
		Ok(Self { root, genesis: *genesis, unsettled })
	}

	/// Where a job stands; none where it was never taken.
	///
	/// # Errors
	/// [`ServeError::Jobs`].
	pub fn state(&self, permit: PermitId) -> Result<Option<State>, ServeError> {
		match self.unsettled.get(&permit) {
			Some(state) => Ok(Some(state.clone())),
			None => read(&self.folder(permit).join(STATE)).map_err(|error| self.failed(error)),
		}
	}

	/// All jobs that are not settled, by permit.
	pub fn unsettled(&self) -> Vec<(PermitId, State)> {
		self.unsettled.iter().map(|(permit, state)| (*permit, state.clone())).collect()
	}

	/// Says where a job stands.
	///
	/// # Errors
	/// [`ServeError::Jobs`].
	pub fn set(&mut self, permit: PermitId, state: State) -> Result<(), ServeError> {
		let folder = self.folder(permit);
		let write = || {
			DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
			write_whole(&folder.join(STATE), &serde_json::to_vec_pretty(&state)?, PRIVATE)
		};
		write().map_err(|error| self.failed(error))?;
		if matches!(state, State::Settled { .. }) {
			self.unsettled.remove(&permit);
			// What was handed out lies in the exchange; what was not must not stay.
			drop_all(&folder).map_err(|error| self.failed(error))?;
		} else {
			self.unsettled.insert(permit, state);
		}
		Ok(())
	}

	/// Keeps what came of a job. Returns when its report may come.
	///
	/// # Errors
	/// [`ServeError::Jobs`].
	pub fn end(&mut self, permit: PermitId, outcome: JobOutcome) -> Result<Moment, ServeError> {
		let JobOutcome { report, bundle, log, opening, held, shown, took, private, .. } = outcome;
		if let Some(bundle) = &bundle {
			self.keep_output(permit, bundle)?;
		}
		if let Some(log) = &log {
			self.keep(permit, LOG, log)?;
		}
		self.keep_notes(permit, &private.cleaned)?;
		let shown = Shown { success: shown.success, seconds: shown.seconds, fuel: shown.fuel };
		let held = held.map(|entry| entry.to_string());
		let report_after = pace::now().saturating_add(pace::milliseconds(pace::wait(took)));
		self.set(permit, State::Ended(Box::new(Ended { report, opening, held, shown, report_after })))?;
		Ok(report_after)
	}

	/// Keeps the output that a job's report lets leave.
	///
	/// # Errors
	/// [`ServeError::Jobs`].
	pub fn keep_output(&self, permit: PermitId, output: &Bundle) -> Result<(), ServeError> {
		self.keep(permit, OUTPUT, output)
	}

	fn keep(&self, permit: PermitId, name: &str, bundle: &Bundle) -> Result<(), ServeError> {
		let path = self.folder(permit).join(name);
		write_whole(&path, bundle.bytes(), PRIVATE).map_err(|error| self.failed(error))
	}

	/// Owners are told only once the report may come, and the machine may stop before.
	fn keep_notes(&self, permit: PermitId, cleaned: &[CleanedFile]) -> Result<(), ServeError> {
		let notes = review::notes_of(self.genesis, permit, cleaned);
		if notes.is_empty() {
			return Ok(());
		}
		let path = self.folder(permit).join(NOTES);
		let bytes = serde_json::to_vec(&notes).map_err(io::Error::from);
		bytes.and_then(|bytes| write_whole(&path, &bytes, PRIVATE)).map_err(|error| self.failed(error))
	}

	/// What owners are to be told of their files, of a job that is not settled.
	///
	/// # Errors
	/// [`ServeError::Jobs`].
	pub fn notes(&self, permit: PermitId) -> Result<Vec<Note>, ServeError> {
		let notes: Option<Vec<Note>> =
			read(&self.folder(permit).join(NOTES)).map_err(|error| self.failed(error))?;
		Ok(notes.unwrap_or_default())
	}

	/// What is kept of a job that is not settled.
	///
	/// # Errors
	/// [`ServeError::Jobs`].
	pub fn kept(&self, permit: PermitId) -> Result<Kept, ServeError> {
		let take = |name| match fs::read(self.folder(permit).join(name)) {
			Ok(bytes) => Ok(Some(bytes)),
			Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
			Err(error) => Err(self.failed(error)),
		};
		Ok(Kept { outputs: take(OUTPUT)?, log: take(LOG)? })
	}

	/// Erases output and log of a job: they do not leave.
	///
	/// # Errors
	/// [`ServeError::Jobs`].
	pub fn drop_kept(&self, permit: PermitId) -> Result<(), ServeError> {
		drop_kept(&self.folder(permit)).map_err(|error| self.failed(error))
	}

	fn folder(&self, permit: PermitId) -> PathBuf {
		self.root.join(permit.to_string())
	}

	fn failed(&self, error: io::Error) -> ServeError {
		ServeError::Jobs(self.root.clone(), error)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const GENESIS: H256 = H256([1; 32]);

	fn report() -> JobReport {
		JobReport {
			permit_id: 17,
			measurement: [1; 32],
			code_hash: [2; 32],
			parameters_hash: [3; 32],
			inputs: vec![],
			output: [4; 32],
			output_bytes: 4_096,
			smallest_group: Some(10),
			fuel: 1 << 20,
			verdict: Verdict::Released,
		}
	}

	fn ended() -> State {
		let shown = Shown { success: true, seconds: 1, fuel: 1 << 20 };
		State::Ended(Box::new(Ended {
			report: report(),
			opening: None,
			held: Some("ab".into()),
			shown,
			report_after: 7,
		}))
	}

	#[test]
	fn state_should_be_found_after_a_restart() {
		let home = tempfile::tempdir().unwrap();
		let mut jobs = Jobs::open(home.path(), &GENESIS).unwrap();
		jobs.set(17, State::Taken).unwrap();
		jobs.set(18, ended()).unwrap();
		jobs.set(19, State::Settled { ending: Ending::Revoked }).unwrap();
		drop(jobs);
		let jobs = Jobs::open(home.path(), &GENESIS).unwrap();
		assert_eq!(jobs.unsettled(), [(17, State::Taken), (18, ended())]);
		assert_eq!(jobs.state(19).unwrap(), Some(State::Settled { ending: Ending::Revoked }));
		assert_eq!(jobs.state(20).unwrap(), None);
	}

	#[test]
	fn what_was_left_when_the_machine_stopped_should_be_erased() {
		let home = tempfile::tempdir().unwrap();
		let mut jobs = Jobs::open(home.path(), &GENESIS).unwrap();
		jobs.set(17, State::Settled { ending: Ending::Completed }).unwrap();
		jobs.set(18, ended()).unwrap();
		drop(jobs);
		for path in ["17/output", "17/log", "18/output", "18/.tmpAb12Cd"] {
			fs::write(home.path().join("jobs").join(path), b"plain").unwrap();
		}
		let jobs = Jobs::open(home.path(), &GENESIS).unwrap();
		let exists = |path: &str| home.path().join("jobs").join(path).exists();
		assert!(!exists("17/output") && !exists("17/log") && !exists("18/.tmpAb12Cd"));
		assert_eq!(jobs.kept(18).unwrap().outputs.unwrap(), b"plain");
	}

	#[test]
	fn folder_should_be_refused_when_it_was_used_with_another_chain() {
		let home = tempfile::tempdir().unwrap();
		drop(Jobs::open(home.path(), &GENESIS).unwrap());
		let other = Jobs::open(home.path(), &H256([2; 32]));
		assert!(matches!(other, Err(ServeError::OtherChain(_))));
	}

	#[test]
	fn nothing_should_leave_when_a_job_is_refused_after_all() {
		let State::Ended(mut ended) = ended() else { panic!("it has ended") };
		ended.refuse(Refusal::OwnerRefused);
		assert_eq!(ended.report.verdict, Verdict::Refused { code: 13 });
		assert_eq!((ended.report.output_bytes, ended.opening, ended.held), (0, None, None));
	}

	#[test]
	fn report_should_keep_its_verdict_when_only_its_log_is_withheld() {
		let State::Ended(mut ended) = ended() else { panic!("it has ended") };
		ended.refuse(Refusal::Trapped);
		ended.report.output_bytes = 4_096;
		ended.withhold();
		assert_eq!(ended.report.verdict, Verdict::Refused { code: 47 });
		assert_eq!((ended.report.output_bytes, ended.opening, ended.held), (0, None, None));
	}

	#[test]
	fn what_owners_are_to_be_told_should_be_kept_until_the_job_is_settled() {
		let home = tempfile::tempdir().unwrap();
		let mut jobs = Jobs::open(home.path(), &GENESIS).unwrap();
		jobs.set(17, State::Taken).unwrap();
		let name = "a pseudonym".to_owned();
		let left_out = CleanedFile { asset: 3, name, used: false, code: Some("residue"), findings: 1 };
		jobs.keep_notes(17, &[left_out]).unwrap();
		jobs.set(17, ended()).unwrap();
		// It is refused after all: what was to leave goes, and its owners are told nevertheless.
		jobs.drop_kept(17).unwrap();
		drop(jobs);
		let mut jobs = Jobs::open(home.path(), &GENESIS).unwrap();
		let notes = jobs.notes(17).unwrap();
		assert_eq!((notes[0].asset, notes[0].left_out[0].code.as_str()), (3, "residue"));
		jobs.set(17, State::Settled { ending: Ending::Expired }).unwrap();
		assert!(jobs.notes(17).unwrap().is_empty());
	}

	#[test]
	fn output_should_be_gone_when_a_job_is_settled() {
		let home = tempfile::tempdir().unwrap();
		let mut jobs = Jobs::open(home.path(), &GENESIS).unwrap();
		jobs.set(17, ended()).unwrap();
		fs::write(home.path().join("jobs/17").join(OUTPUT), b"bundle").unwrap();
		assert_eq!(jobs.kept(17).unwrap(), Kept { outputs: Some(b"bundle".to_vec()), log: None });
		jobs.set(17, State::Settled { ending: Ending::Expired }).unwrap();
		assert_eq!(jobs.kept(17).unwrap(), Kept::default());
	}
}
