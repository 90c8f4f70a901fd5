//! A folder of files, de-identified one after the other.

use crate::Refusal;
use crate::file::{Deidentifier, FileReport};
use crate::salt::Domain;
use serde::Serialize;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Most files in a folder.
const MOST_FILES: usize = 1_000_000;
/// Deepest folder below the input.
const DEEPEST: usize = 32;

/// The folder as a whole could not be worked through. What single files lack is in the report.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
	/// The input cannot be listed.
	#[error("the input folder could not be listed")]
	List,
	/// More files than are handled at once.
	#[error("the input folder has more than {MOST_FILES} files")]
	TooManyFiles,
	/// Something is in the output folder: a file of another run would pass as proven clean.
	#[error("the output folder is not empty")]
	OutputNotEmpty,
	/// A result could not be written; the report would not say the truth.
	#[error("a result could not be written")]
	Write(#[source] io::Error),
}

/// One file of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
	/// HMAC-SHA256 of the path below the input folder under the asset's salt, the first 16 bytes in hexadecimal:
	/// names of files name patients, and the owner, who has the salt, can still tell which file is meant.
	pub name: String,
	/// Used or refused.
	#[serde(flatten)]
	pub verdict: Verdict,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "verdict")]
pub enum Verdict {
	/// Proven clean and written.
	Used(FileReport),
	/// Not used.
	Refused {
		/// [`Refusal::code`].
		code: &'static str,
		/// The refusal's sentence.
		reason: String,
		/// Where residue was found; empty for other reasons.
		findings: Vec<crate::residue::Finding>,
	},
}

/// Every file of a folder, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
	/// One entry a file.
	pub files: Vec<Entry>,
}

impl Report {
	/// Files that were proven clean and written.
	pub fn used(&self) -> usize {
		self.files.iter().filter(|entry| matches!(entry.verdict, Verdict::Used(_))).count()
	}

	/// Files that were not.
	pub fn refused(&self) -> usize {
		self.files.len() - self.used()
	}
}

/// How far a folder is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
	/// Files done, this one included.
	pub done: usize,
	/// Files in all.
	pub total: usize,
	/// The file just done.
	pub entry: &'a Entry,
}

impl Deidentifier {
	/// De-identifies every file below `input` into `output`, which must be empty or absent. Results are named after
	/// their new instance UID. Links are not followed; what is no DICOM file is refused like any other.
	///
	/// # Errors
	///
	/// A [`FolderError`] ends the run; a refused file does not, it is in the report and not in `output`.
	pub fn deidentify_folder(
		&self,
		input: &Path,
		output: &Path,
		mut progress: impl FnMut(Progress<'_>),
	) -> Result<Report, FolderError> {
		let files = list(input)?;
		fs::create_dir_all(output).map_err(FolderError::Write)?;
		if fs::read_dir(output).map_err(FolderError::Write)?.next().is_some() {
			return Err(FolderError::OutputNotEmpty);
		}
		let mut report = Report::default();
		for path in &files {
			let verdict = match self.one(path, output)? {
				Ok(file) => Verdict::Used(file),
				Err(refusal) => Verdict::Refused {
					code: refusal.code(),
					reason: refusal.to_string(),
					findings: refusal.into_findings(),
				},
			};
			let below = path.strip_prefix(input).unwrap_or(path);
			let mac = self.salt().mac(Domain::FileName, &[below.as_os_str().as_encoded_bytes()]);
			report.files.push(Entry { name: hex::encode(&mac[..16]), verdict });
			if let Some(entry) = report.files.last() {
				progress(Progress { done: report.files.len(), total: files.len(), entry });
			}
		}
		Ok(report)
	}

	fn one(&self, path: &Path, output: &Path) -> Result<Result<FileReport, Refusal>, FolderError> {
		let Ok(file) = File::open(path) else { return Ok(Err(Refusal::Unreadable)) };
		let (bytes, report) = match self.deidentify_reader(file) {
			Ok(clean) => clean,
			Err(refusal) => return Ok(Err(refusal)),
		};
		// The name is a UID made here: digits and dots.
		let target = output.join(format!("{}.dcm", report.instance));
		let mut result = match File::create_new(&target) {
			Ok(result) => result,
			Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(Err(Refusal::Duplicate)),
			Err(error) => return Err(FolderError::Write(error)),
		};
		result.write_all(&bytes).map_err(FolderError::Write)?;
		Ok(Ok(report))
	}
}

fn list(input: &Path) -> Result<Vec<PathBuf>, FolderError> {
	let mut files = Vec::new();
	for entry in WalkDir::new(input).max_depth(DEEPEST).follow_links(false).sort_by_file_name() {
		let entry = entry.map_err(|_| FolderError::List)?;
		if entry.file_type().is_file() {
			files.push(entry.into_path());
		}
		if files.len() > MOST_FILES {
			return Err(FolderError::TooManyFiles);
		}
	}
	Ok(files)
}
