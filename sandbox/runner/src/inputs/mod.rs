//! From sealed assets to the files that a job sees, all of them in one file without a name.
//!
//! An asset is a single file, which the job finds as `/data/n/content`, or an archive ([`heirloom_seal::archive`]), whose
//! files it finds below `/data/n`. Of a medical asset it finds what [`clean`] lets through.

mod clean;
mod packer;
mod unseal;

use crate::{
	Cancel, CleanedFile, Hash, InputReport, InputSpec, JobSpec, OperatorFault, Refusal, Source, Stage,
	Workplace,
	commitment::{InputCommitment, InputKey, input_key},
	jobfile::{PackedFile, PartReader},
	run::Interrupted,
	wasi::Tree,
};
use heirloom_gate::AssetId;
use heirloom_seal::{
	DataKey,
	archive::{self, HEAD_BYTES, ReadError},
};
use packer::Packer;
use std::{
	cell::Cell,
	collections::BTreeSet,
	fs::File,
	io::{self, Read},
};

/// What a single file is called.
const SINGLE: &str = "content";

/// The files that a job sees.
#[derive(Debug)]
pub struct Inputs {
	/// The file that holds their bytes, from its beginning on.
	pub file: File,
	/// Ascending by path.
	pub files: Vec<PackedFile>,
	/// Bytes of all of them.
	pub bytes: u64,
	/// Of each asset, the key of its commitment.
	pub keys: Vec<InputKey>,
	/// What de-identification took out.
	pub identifiers: Vec<String>,
}

/// What is said of inputs while they are opened, also of those before one that is refused.
#[derive(Debug, Default)]
pub struct Findings {
	/// For the chain.
	pub reports: Vec<InputReport>,
	/// For operator and owner.
	pub cleaned: Vec<CleanedFile>,
}

/// Opens all inputs of a job.
pub fn open(
	spec: &JobSpec,
	place: &Workplace,
	findings: &mut Findings,
	cancel: &Cancel,
	progress: &mut dyn FnMut(Stage),
) -> Result<Inputs, Interrupted> {
	let mut packer = Packer::new(place.scratch_file()?, &spec.limits);
	let (mut keys, mut identifiers) = (Vec::new(), BTreeSet::new());
	for (number, input) in spec.inputs.iter().enumerate() {
		if let Some(stop) = cancel.stopped() {
			return Err(stop.into());
		}
		progress(Stage::Opening { asset: input.asset });
		let key = input_key(input.source.key(), input.asset);
		let before = packer.files().len();
		let plain = unseal::plaintext(&input.source, place, spec.limits.input_bytes)?;
		let mut cleaned = Vec::new();
		if input.medical {
			let asset = clean::Asset { number, input, plain: &plain };
			asset.pack(&mut packer, &mut cleaned, &mut identifiers, cancel, progress)?;
		} else {
			pack(number, &plain, &mut packer)?;
		}
		let prefix = format!("{number}/");
		packer.sort_from(before);
		let commitment = commitment(&packer, before, &prefix, &key).map_err(OperatorFault::PlaceUnusable)?;
		let traces = cleaned.iter().fold(0_u32, |sum, file| sum.saturating_add(file.findings));
		let (asset, deidentified) = (input.asset, input.medical);
		findings.reports.push(InputReport { asset, commitment, findings: traces, deidentified });
		findings.cleaned.append(&mut cleaned);
		if input.medical && packer.files().len() == before {
			return Err(Refusal::NothingClean.into());
		}
		keys.push(key);
	}
	let (file, mut files, bytes) = packer.finish();
	files.sort_by(|one, other| one.path.cmp(&other.path));
	// A name that is both a file and a folder of others.
	if Tree::new(&files).is_none() {
		return Err(Refusal::ArchiveInvalid.into());
	}
	Ok(Inputs { file, files, bytes, keys, identifiers: identifiers.into_iter().collect() })
}

/// Packs an asset as it is.
fn pack(number: usize, plain: &File, packer: &mut Packer) -> Result<(), Interrupted> {
	each_file(plain, &mut |name, _, bytes| packer.add(&format!("{number}/{name}"), bytes))
}

/// Takes a file: its name, its length, and its bytes.
type Take<'a> = dyn FnMut(&str, u64, &mut dyn Read) -> Result<(), Interrupted> + 'a;

/// Gives `take` every file of an asset, with its name and length.
fn each_file(plain: &File, take: &mut Take<'_>) -> Result<(), Interrupted> {
	let len = plain.metadata().map_err(OperatorFault::PlaceUnusable)?.len();
	let whole = || PartReader::new(plain, 0, len);
	let mut head = Vec::new();
	whole().take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(OperatorFault::PlaceUnusable)?;
	let single = (!archive::is_archive(&head)).then_some(len);
	each_read(whole(), single, take)
}

/// Gives `take` a single file of a known length, or every file of an archive. The reader failing, or memory lacking, is this
/// machine's fault, whatever it makes the archive look like.
fn each_read(bytes: impl Read, single: Option<u64>, take: &mut Take<'_>) -> Result<(), Interrupted> {
	let failed = Cell::new(None);
	let mut whole = Watched { inner: bytes, failed: &failed };
	let read = match single {
		Some(len) => take(SINGLE, len, &mut whole),
		None => each_packed(whole, take),
	};
	match failed.take() {
		Some(error) => Err(OperatorFault::PlaceUnusable(error).into()),
		None => read,
	}
}

fn each_packed(whole: impl Read, take: &mut Take<'_>) -> Result<(), Interrupted> {
	let mut interrupted = None;
	let read = archive::read(whole, |name, len, bytes| {
		take(name, len, bytes).map_err(|reason| {
			interrupted = Some(reason);
			io::ErrorKind::Interrupted.into()
		})
	});
	match (read, interrupted) {
		(Ok(()), _) => Ok(()),
		(Err(_), Some(reason)) => Err(reason),
		(Err(ReadError::Unreadable(error)), None) if error.kind() == io::ErrorKind::OutOfMemory => {
			Err(OperatorFault::PlaceUnusable(error).into())
		}
		(
			Err(ReadError::Unreadable(_) | ReadError::NotAFile | ReadError::Name | ReadError::Taken(_)),
			None,
		) => Err(Refusal::ArchiveInvalid.into()),
	}
}

/// Reads, and keeps what the reader failed with: what reads from this one may make another error of it.
struct Watched<'a, Inner> {
	inner: Inner,
	failed: &'a Cell<Option<io::Error>>,
}

impl<Inner: Read> Read for Watched<'_, Inner> {
	fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
		self.inner.read(buffer).map_err(|error| {
			let kind = error.kind();
			if kind != io::ErrorKind::Interrupted {
				self.failed.set(Some(error));
			}
			kind.into()
		})
	}
}

/// What it means that a file of an asset is not read to its end. What is read lies in a file of the runner's own; only what
/// an archive says of it can be wrong.
fn file_error(error: io::Error) -> Interrupted {
	match error.kind() {
		io::ErrorKind::UnexpectedEof => Refusal::ArchiveInvalid.into(),
		_ => OperatorFault::PlaceUnusable(error).into(),
	}
}

fn commitment(packer: &Packer, from: usize, prefix: &str, key: &InputKey) -> io::Result<Hash> {
	let mut commitment = InputCommitment::new(key);
	for PackedFile { path, at, len } in &packer.files()[from..] {
		let path = path.strip_prefix(prefix).unwrap_or(path);
		commitment.file(path, *len, PartReader::new(packer.file(), *at, *len))?;
	}
	Ok(commitment.finish())
}

impl Source {
	/// The key of its data; none of a plain one.
	fn key(&self) -> Option<&DataKey> {
		match self {
			Self::Stored { key, .. } | Self::Sealed { key, .. } => Some(key),
			Self::Plain { .. } => None,
		}
	}
}

impl InputSpec {
	/// 32 secret bytes for one use within the asset. Of a plain source everyone knows them.
	fn secret(&self, label: &[u8]) -> Hash {
		match self.source.key() {
			Some(key) => *key.derive(label),
			None => *input_key(None, AssetId::MAX),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// Fails as a disk or an allocator does.
	struct Failing(io::ErrorKind);

	impl Read for Failing {
		fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
			Err(self.0.into())
		}
	}

	fn archive() -> Vec<u8> {
		let folder = tempfile::tempdir().unwrap();
		std::fs::write(folder.path().join("a.csv"), [b'7'; 2_000]).unwrap();
		let mut packed = Vec::new();
		archive::pack(folder.path(), &mut packed).unwrap();
		packed
	}

	/// Reads every file as a whole.
	fn read(bytes: impl Read, single: Option<u64>) -> Result<(), Interrupted> {
		each_read(bytes, single, &mut |_, _, bytes| {
			bytes.read_to_end(&mut Vec::new()).map(drop).map_err(file_error)
		})
	}

	#[test]
	fn archive_that_is_cut_should_be_refused() {
		let packed = archive();
		assert!(read(&packed[..], None).is_ok());
		for cut in [100, 513, 1_000] {
			let refused = read(&packed[..cut], None);
			assert!(matches!(refused, Err(Interrupted::Refused(Refusal::ArchiveInvalid))), "{cut}");
		}
	}

	#[test]
	fn input_should_say_nothing_of_the_job_when_this_machine_cannot_read_it() {
		let packed = archive();
		for kind in [io::ErrorKind::OutOfMemory, io::ErrorKind::Other, io::ErrorKind::UnexpectedEof] {
			// Within a header, at its end, and within a file.
			for cut in [0, 100, 512, 1_000] {
				for single in [None, Some(packed.len() as u64)] {
					let failed = read((&packed[..cut]).chain(Failing(kind)), single);
					let fault = matches!(failed, Err(Interrupted::Fault(OperatorFault::PlaceUnusable(_))));
					assert!(fault, "{kind:?} {cut} {single:?}");
				}
			}
		}
	}

	#[test]
	fn file_should_say_nothing_of_the_job_when_there_is_no_memory_for_it() {
		let failed = each_read(&archive()[..], None, &mut |_, _, _| {
			Err(file_error(io::ErrorKind::OutOfMemory.into()))
		});
		assert!(matches!(failed, Err(Interrupted::Fault(OperatorFault::PlaceUnusable(_)))));
	}
}
