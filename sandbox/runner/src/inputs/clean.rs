//! Medical data mode: what of an asset a job may see.
//!
//! DICOM files are de-identified and named after their new instance UID; tables go through their owner's column policies
//! under the name that the owner gave them there; everything else is left out. A file that is not proven clean is left out
//! too, counted, and said why, under a pseudonym of its name.

use super::{Packer, each_file, file_error};
use crate::{Cancel, CleanedFile, InputSpec, OperatorFault, Refusal, Stage, run::Interrupted};
use heirloom_deid::{
	DESCRIPTION, Deidentifier, Description, Options, Salt,
	columns::{
		MOST_IDENTIFIERS, TableError, TableLimits, TablePolicy, TableReport, deidentify_csv,
		deidentify_json_lines,
	},
};
use heirloom_gate::Reason;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{
	collections::BTreeSet,
	fs::File,
	io::{self, BufReader, Read},
};

/// Labels of what is derived from an asset's data key.
const SALT: &[u8] = b"heirloom-sandbox salt/1";
const NAMES: &[u8] = b"heirloom-sandbox names/1";
/// The longest description, in bytes.
const LONGEST_DESCRIPTION: u64 = 1 << 20;

/// A medical asset on its way to a job.
pub struct Asset<'a> {
	/// Its place among the permit's uses.
	pub number: usize,
	/// What it is.
	pub input: &'a InputSpec,
	/// Its plaintext.
	pub plain: &'a File,
}

/// What became of a file.
enum Clean {
	/// The job sees it; so many traces were taken out of it.
	Used(u32),
	/// It does not.
	Unused(&'static str, u32),
}

impl Asset<'_> {
	/// Packs what is proven clean.
	pub fn pack(
		&self,
		packer: &mut Packer,
		cleaned: &mut Vec<CleanedFile>,
		identifiers: &mut BTreeSet<String>,
		cancel: &Cancel,
		progress: &mut dyn FnMut(Stage),
	) -> Result<(), Interrupted> {
		let description = self.description()?;
		let salt = Salt::new(self.input.secret(SALT));
		let mut options = Options::new(description.reckoned_year());
		options.masks = self.input.masks.clone();
		let most = options.limits.file_bytes;
		let images = Deidentifier::new(salt.clone(), options);
		let names = self.input.secret(NAMES);
		let mut seen = BTreeSet::new();
		let mut done = 0;
		each_file(self.plain, &mut |name, len, bytes| {
			if let Some(stop) = cancel.stopped() {
				return Err(stop.into());
			}
			if name == DESCRIPTION {
				return Ok(());
			}
			let clean = if is_table(name) {
				self.table(name, bytes, description.tables.get(name), &salt, identifiers, packer)?
			} else if len > most {
				Clean::Unused("too-large", 1)
			} else {
				self.image(bytes, &images, &mut seen, identifiers, packer)?
			};
			let (used, code, findings) = match clean {
				Clean::Used(findings) => (true, None, findings),
				Clean::Unused(code, findings) => (false, Some(code), findings),
			};
			let name = pseudonym(&names, name);
			cleaned.push(CleanedFile { asset: self.input.asset, name, used, code, findings });
			done += 1;
			progress(Stage::Cleaning { asset: self.input.asset, done });
			Ok(())
		})
	}

	/// What the owner says of the asset.
	fn description(&self) -> Result<Description, Interrupted> {
		let mut found = Ok(Description::default());
		each_file(self.plain, &mut |name, _, bytes| {
			if name == DESCRIPTION {
				let mut text = Vec::new();
				bytes.take(LONGEST_DESCRIPTION).read_to_end(&mut text).map_err(file_error)?;
				found = Description::parse(&text).map_err(|_| Refusal::DescriptionInvalid);
			}
			Ok(())
		})?;
		Ok(found?)
	}

	fn image(
		&self,
		bytes: &mut dyn Read,
		images: &Deidentifier,
		seen: &mut BTreeSet<String>,
		identifiers: &mut BTreeSet<String>,
		packer: &mut Packer,
	) -> Result<Clean, Interrupted> {
		let mut original = Vec::new();
		bytes.read_to_end(&mut original).map_err(file_error)?;
		let (clean, report) = match images.deidentify(&original) {
			Ok(clean) => clean,
			Err(refusal) => {
				let code = refusal.code();
				// Whatever it is that cannot be proven clean counts as a trace.
				return Ok(Clean::Unused(code, count(refusal.into_findings().len()).max(1)));
			}
		};
		if !seen.insert(report.instance.clone()) {
			return Ok(Clean::Unused(heirloom_deid::Refusal::Duplicate.code(), 1));
		}
		if let Ok(taken) = images.identifiers(&original) {
			identifiers.extend(taken);
		}
		packer.add(&format!("{}/{}.dcm", self.number, report.instance), &mut &clean[..])?;
		Ok(Clean::Used(count(report.repaired.len())))
	}

	fn table(
		&self,
		name: &str,
		bytes: &mut dyn Read,
		policy: Option<&TablePolicy>,
		salt: &Salt,
		identifiers: &mut BTreeSet<String>,
		packer: &mut Packer,
	) -> Result<Clean, Interrupted> {
		let Some(policy) = policy else { return Ok(Clean::Unused("no-policy", 1)) };
		let limits = TableLimits::default();
		let mut report = TableReport::default();
		let written = packer.add_with(&format!("{}/{name}", self.number), |into| {
			report = if name.ends_with(".csv") {
				deidentify_csv(bytes, into, policy, salt, &limits)?
			} else {
				deidentify_json_lines(BufReader::new(bytes), into, policy, salt, &limits)?
			};
			Ok::<(), TableError>(())
		})?;
		match written {
			// An output could hold what is not searched for.
			Ok(()) if report.identifiers.len() > MOST_IDENTIFIERS => {
				Err(Refusal::Held(Reason::TooMuchToCheck).into())
			}
			Ok(()) => {
				identifiers.append(&mut report.identifiers);
				Ok(Clean::Used(u32::try_from(report.emptied).unwrap_or(u32::MAX)))
			}
			// An archive that is cut short just ends; it is refused afterwards.
			Err(TableError::Unreadable | TableError::Unwritable) => {
				Err(OperatorFault::PlaceUnusable(io::ErrorKind::Other.into()).into())
			}
			Err(error) => Ok(Clean::Unused(table_code(&error), 1)),
		}
	}
}

/// Whether a name is that of a table.
fn is_table(name: &str) -> bool {
	[".csv", ".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending))
}

const fn table_code(error: &TableError) -> &'static str {
	match error {
		TableError::Header => "table-header",
		TableError::UnknownColumn => "table-unknown-column",
		TableError::Policy => "table-policy",
		TableError::Row { .. } => "table-row",
		TableError::Cell { .. } => "table-cell",
		TableError::RowTooLarge { .. } => "table-row-too-large",
		TableError::TooManyRows => "table-too-many-rows",
		TableError::Unreadable => "table-unreadable",
		TableError::Unwritable => "table-unwritable",
	}
}

fn count(items: usize) -> u32 {
	u32::try_from(items).unwrap_or(u32::MAX)
}

/// HMAC-SHA256 of a name, the first 16 bytes in hexadecimal: names of files name patients.
fn pseudonym(key: &[u8; 32], name: &str) -> String {
	let mut block = hmac::digest::Key::<Hmac<Sha256>>::default();
	block[..key.len()].copy_from_slice(key);
	let mut mac = Hmac::<Sha256>::new(&block);
	mac.update(name.as_bytes());
	hex::encode(&mac.finalize().into_bytes()[..16])
}
