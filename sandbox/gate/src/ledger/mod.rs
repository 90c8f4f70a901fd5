//! What was released to whom: a budget of bytes and the counts of earlier tables, for each consumer and asset.
//!
//! Bytes are *reserved* before a bundle is handed out and *committed* after it. What is reserved counts as released until
//! it is abandoned, so a crash between the two can only cost a consumer budget, never release twice: the job's second
//! attempt finds its reservation, and must come with the same bundle.
//!
//! The file is a journal of lines ([`journal`]) that is only ever appended to and is on disk before a call returns. A
//! database would do as well, and bring a C library or a format of its own for three kinds of records, of which there are
//! two a job; lines can be read by whoever audits the operator.

mod journal;

use crate::{Cell, Error, Reason, outputs};
use journal::{Journal, Record};
use std::{
	collections::{BTreeMap, BTreeSet, btree_map::Entry},
	path::Path,
};

/// An asset's number on chain.
pub type AssetId = u32;
/// A job's number: its permit's on chain.
pub type JobId = u64;

/// One consumer's use of one asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
	/// The consumer's account on chain.
	pub consumer: [u8; 32],
	/// The asset.
	pub asset: AssetId,
}

/// What is to be released.
#[derive(Clone, Debug)]
pub struct Reservation {
	/// The job.
	pub job: JobId,
	/// Whose budgets it is charged to: the consumer, with each asset the job read.
	pub accounts: Vec<Account>,
	/// [`crate::Bundle::digest`] of the padded bundle.
	pub digest: [u8; 32],
	/// Its padded length in bytes.
	pub bytes: u64,
	/// The counts in it.
	pub cells: Vec<Cell>,
	/// The most bytes for each account, over all jobs.
	pub budget: u64,
	/// The policy's smallest group.
	pub smallest_group: u64,
}

/// What a reservation found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
	/// The bytes are reserved now.
	New,
	/// They were reserved before and not committed: the bundle may or may not have been handed out. Handing out the same
	/// bytes again tells nothing new.
	Again,
	/// They were committed: the bundle has been handed out.
	Committed,
}

/// What was released to an account, or to the worst of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
	/// Bytes: the most of any of the accounts.
	pub released_bytes: u64,
	/// Counts: those of all the accounts.
	pub cells: Vec<Cell>,
}

/// The ledger of released bytes and counts. One process has it at a time.
#[derive(Debug)]
pub struct Ledger {
	journal: Journal,
	jobs: BTreeMap<JobId, Job>,
	jobs_of: BTreeMap<Account, BTreeSet<JobId>>,
}

#[derive(Debug)]
struct Job {
	digest: [u8; 32],
	accounts: Vec<Account>,
	bytes: u64,
	cells: Vec<Cell>,
	is_committed: bool,
}

impl Ledger {
	/// Opens a ledger, or begins one.
	///
	/// What was not completely written when the machine stopped is dropped: nothing was released on it.
	///
	/// # Errors
	/// [`Error::LedgerUnusable`], [`Error::LedgerLocked`], [`Error::LedgerDamaged`].
	pub fn open(path: &Path) -> Result<Self, Error> {
		let (journal, records) = Journal::open(path)?;
		let mut ledger = Self { journal, jobs: BTreeMap::new(), jobs_of: BTreeMap::new() };
		for (record, number) in records.into_iter().zip(1..) {
			ledger.apply(record).map_err(|_| Error::LedgerDamaged { record: number })?;
		}
		Ok(ledger)
	}

	/// What was released to these accounts, by the job `except` not counted: a job that is tried again is not held against
	/// itself.
	pub fn standing(&self, accounts: &[Account], except: JobId) -> Standing {
		let mut standing = Standing::default();
		let mut counted = BTreeSet::new();
		for account in accounts {
			let mut bytes = 0_u64;
			for (id, job) in self.jobs_of(account).filter(|(id, _)| *id != except) {
				bytes = bytes.saturating_add(job.bytes);
				if counted.insert(id) {
					standing.cells.extend(job.cells.iter().cloned());
				}
			}
			standing.released_bytes = standing.released_bytes.max(bytes);
		}
		standing
	}

	fn jobs_of(&self, account: &Account) -> impl Iterator<Item = (JobId, &Job)> {
		let ids = self.jobs_of.get(account).into_iter().flatten();
		ids.filter_map(|id| self.jobs.get(id).map(|job| (*id, job)))
	}

	/// Reserves a bundle's bytes. The budget and the counts are looked at once more, since another job's output may have
	/// been reserved after the gate looked.
	///
	/// # Errors
	/// [`Error::Overtaken`] by that, [`Error::OtherOutput`] where another bundle is reserved for the job,
	/// [`Error::LedgerUnusable`].
	pub fn reserve(&mut self, reservation: Reservation) -> Result<Reserved, Error> {
		let Reservation { job, accounts, digest, bytes, cells, budget, smallest_group } = reservation;
		if let Some(known) = self.jobs.get(&job) {
			return match (known.digest == digest, known.is_committed) {
				(false, _) => Err(Error::OtherOutput),
				(true, false) => Ok(Reserved::Again),
				(true, true) => Ok(Reserved::Committed),
			};
		}
		let standing = self.standing(&accounts, job);
		if standing.released_bytes.checked_add(bytes).is_none_or(|sum| sum > budget) {
			return Err(Error::Overtaken(Reason::BudgetSpent));
		}
		if outputs::isolates(&cells, &standing.cells, smallest_group) {
			return Err(Error::Overtaken(Reason::DifferenceTooSmall));
		}
		self.append(Record::Reserve { job, accounts, digest, bytes, cells })?;
		Ok(Reserved::New)
	}

	/// Says that a reserved bundle has been handed out.
	///
	/// # Errors
	/// [`Error::NotReserved`], [`Error::LedgerUnusable`].
	pub fn commit(&mut self, job: JobId) -> Result<(), Error> {
		match self.jobs.get(&job) {
			None => Err(Error::NotReserved),
			Some(known) if known.is_committed => Ok(()),
			Some(_) => self.append(Record::Commit { job }),
		}
	}

	/// Gives back what is reserved for a job whose bundle has certainly not been handed out.
	///
	/// # Errors
	/// [`Error::NotReserved`], also where it is committed; [`Error::LedgerUnusable`].
	pub fn abandon(&mut self, job: JobId) -> Result<(), Error> {
		match self.jobs.get(&job) {
			Some(known) if !known.is_committed => self.append(Record::Abandon { job }),
			Some(_) | None => Err(Error::NotReserved),
		}
	}

	/// Writes a record, and only then counts it.
	fn append(&mut self, record: Record) -> Result<(), Error> {
		self.journal.append(&record)?;
		self.apply(record)
	}

	/// Counts a record.
	fn apply(&mut self, record: Record) -> Result<(), Error> {
		match record {
			Record::Reserve { job, accounts, digest, bytes, cells } => {
				let Entry::Vacant(place) = self.jobs.entry(job) else { return Err(Error::OtherOutput) };
				for account in &accounts {
					self.jobs_of.entry(*account).or_default().insert(job);
				}
				place.insert(Job { digest, accounts, bytes, cells, is_committed: false });
			}
			Record::Commit { job } => {
				self.jobs.get_mut(&job).ok_or(Error::NotReserved)?.is_committed = true;
			}
			Record::Abandon { job } => {
				let abandoned = self.jobs.remove(&job).ok_or(Error::NotReserved)?;
				for account in &abandoned.accounts {
					if let Some(jobs) = self.jobs_of.get_mut(account) {
						jobs.remove(&job);
					}
				}
			}
		}
		Ok(())
	}
}
