//! One file: read, cleared, cleaned, checked.

use crate::clean::{self, Cleaner, Tally};
use crate::clearance::{Clearance, clearance};
use crate::header::{Element, Source, find, text};
use crate::mask::PixelMask;
use crate::pixels::Pixels;
use crate::residue::{Finding, Search};
use crate::salt::Salt;
use crate::{Limits, Refusal};
use dicom_core::Tag;
use dicom_dictionary_std::tags;
use dicom_object::FileMetaTableBuilder;
use dicom_transfer_syntax_registry::entries;
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Read;

/// UID of this implementation, a fixed version 8 UUID (PS3.7 annex D.3.3.2), and its name.
const IMPLEMENTATION: (&str, &str) = ("2.25.70341056212117764533353986709675660093", "HEIRLOOM_DEID_1");
const PREAMBLE: [u8; 128] = [0; 128];
const MAGIC: &[u8] = b"DICM";

/// What is the same for all files of an asset.
#[derive(Debug, Clone)]
pub struct Options {
	/// Year in which the asset is sealed; ages are reckoned to it (a clock would make the result depend on when a
	/// job runs).
	pub release_year: u16,
	/// Masks whose approval by a curator the caller has checked.
	pub masks: Vec<PixelMask>,
	/// Bounds on one file.
	pub limits: Limits,
}

impl Options {
	/// No masks, default limits.
	pub fn new(release_year: u16) -> Self {
		Self { release_year, masks: Vec::new(), limits: Limits::default() }
	}
}

/// What was done to a file that is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
	/// SOP Class UID.
	pub sop_class: String,
	/// SOP Instance UID of the result.
	pub instance: String,
	/// Bytes read.
	pub bytes_in: u64,
	/// Bytes of the result.
	pub bytes_out: u64,
	/// Elements that stay as they were.
	pub kept: u32,
	/// Elements with another value.
	pub replaced: u32,
	/// Elements that are gone.
	pub removed: u32,
	/// Attributes removed by a second pass, because the first left a residue in them.
	pub repaired: Vec<String>,
	/// Name of the mask that was applied.
	pub mask: Option<String>,
}

/// De-identifies the files of one asset.
///
/// # Example
///
/// ```
/// use heirloom_deid::{Deidentifier, Options, Salt, plant};
///
/// let planted = plant::Plan::default().file();
/// let deidentifier = Deidentifier::new(Salt::new([7; 32]), Options::new(2026));
/// let (clean, report) = deidentifier.deidentify(&planted.bytes).unwrap();
/// assert!(planted.survivors(&clean).is_empty());
/// assert_eq!(report.bytes_out, clean.len() as u64);
/// ```
#[derive(Debug, Clone)]
pub struct Deidentifier {
	salt: Salt,
	options: Options,
}

impl Deidentifier {
	/// Takes the asset's salt and what its owner and the curators decided.
	pub fn new(salt: Salt, options: Options) -> Self {
		Self { salt, options }
	}

	/// The salt, for names and tables of the same asset.
	pub(crate) fn salt(&self) -> &Salt {
		&self.salt
	}

	/// De-identifies what a reader gives, up to [`Limits::file_bytes`].
	///
	/// # Errors
	///
	/// As [`Deidentifier::deidentify`], and [`Refusal::Unreadable`].
	pub fn deidentify_reader(&self, reader: impl Read) -> Result<(Vec<u8>, FileReport), Refusal> {
		let mut bytes = Vec::new();
		// One byte more than allowed tells a file at the limit from one above it.
		let bound = self.options.limits.file_bytes.saturating_add(1);
		reader.take(bound).read_to_end(&mut bytes).map_err(|_| Refusal::Unreadable)?;
		self.deidentify(&bytes)
	}

	/// The values that de-identification takes out of a file, for whoever checks what a job wrote: names,
	/// identifiers with digits in them, and numbers and dates that are not met by chance. Lower-case, ascending.
	///
	/// # Errors
	///
	/// As [`Deidentifier::deidentify`], where the file cannot be read.
	pub fn identifiers(&self, bytes: &[u8]) -> Result<Vec<String>, Refusal> {
		Ok(Search::new(&Source::parse(bytes, &self.options.limits)?)?.identifiers())
	}

	/// De-identifies a file: the clean file and what was done, or why it is not used.
	///
	/// The result depends on the bytes, the salt and the options alone.
	///
	/// # Errors
	///
	/// A [`Refusal`]; nothing of the file may be used then.
	pub fn deidentify(&self, bytes: &[u8]) -> Result<(Vec<u8>, FileReport), Refusal> {
		let source = Source::parse(bytes, &self.options.limits)?;
		let identity = Identity::read(&source)?;
		let cleared = clearance(identity.sop_class, &source.dataset)?;
		let pixels = Pixels::find(&source.dataset, source.syntax)?;
		let mask = match cleared {
			Clearance::Clear => None,
			Clearance::Mask => Some(self.mask(&source.dataset)?),
		};
		let search = Search::new(&source)?;
		if let Some((offsets, parts)) = pixels.fragments() {
			let mut findings = search.fragments(tags::PIXEL_DATA, parts)?;
			findings.extend(search.fragments(tags::PIXEL_DATA, &[offsets])?);
			refuse(findings)?;
		}
		let (mut out, tally, scrubbed) =
			self.clean_header(&source, &identity, &search, mask.is_some(), &pixels)?;
		pixels.write(&mut out, source.syntax, mask)?;
		let report = FileReport {
			sop_class: identity.sop_class.to_owned(),
			instance: self.salt.uid(identity.instance),
			bytes_in: bytes.len() as u64,
			bytes_out: out.len() as u64,
			kept: tally.kept,
			replaced: tally.replaced,
			removed: tally.removed,
			repaired: scrubbed.iter().map(ToString::to_string).collect(),
			mask: mask.map(|mask| mask.name.clone()),
		};
		Ok((out, report))
	}

	/// Cleans until the search finds nothing. Where it does, the attributes concerned are removed and the result is
	/// searched again, once: what is left after that, or cannot be removed, refuses the file.
	fn clean_header(
		&self,
		source: &Source<'_>,
		identity: &Identity<'_>,
		search: &Search,
		masked: bool,
		pixels: &Pixels<'_, '_>,
	) -> Result<(Vec<u8>, Tally, BTreeSet<Tag>), Refusal> {
		let mut scrub = BTreeSet::new();
		loop {
			let cleaner = Cleaner::new(&self.salt, self.options.release_year, &scrub);
			let (mut object, tally) = cleaner.dataset(&source.dataset);
			clean::mark(&mut object, masked);
			let mut out = Vec::with_capacity(object.iter().count() * 64 + 2048 + pixels.encoded_len());
			self.write_meta(&mut out, source, identity)?;
			let syntax = if source.syntax.is_implicit() {
				entries::IMPLICIT_VR_LITTLE_ENDIAN.erased()
			} else {
				entries::EXPLICIT_VR_LITTLE_ENDIAN.erased()
			};
			object.write_dataset_with_ts(&mut out, &syntax).map_err(|_| Refusal::Encode)?;

			let findings = search.header(&out)?;
			if findings.is_empty() {
				return Ok((out, tally, scrub));
			}
			let places: BTreeSet<Tag> =
				findings.iter().filter_map(|finding| finding.at.0.last().copied()).collect();
			let repairable = scrub.is_empty() && places.iter().all(|tag| clean::is_dispensable(*tag));
			if !repairable {
				return Err(Refusal::Residue(findings.into_iter().collect()));
			}
			scrub = places;
		}
	}

	/// Preamble and meta group, written anew: no application entity titles, no private information, nothing of
	/// what the preamble held.
	fn write_meta(
		&self,
		out: &mut Vec<u8>,
		source: &Source<'_>,
		identity: &Identity<'_>,
	) -> Result<(), Refusal> {
		out.extend_from_slice(&PREAMBLE);
		out.extend_from_slice(MAGIC);
		let meta = FileMetaTableBuilder::new()
			.media_storage_sop_class_uid(identity.sop_class)
			.media_storage_sop_instance_uid(self.salt.uid(identity.instance))
			.transfer_syntax(source.syntax.uid())
			.implementation_class_uid(IMPLEMENTATION.0)
			.implementation_version_name(IMPLEMENTATION.1)
			.build()
			.map_err(|_| Refusal::Encode)?;
		meta.write(out).map_err(|_| Refusal::Encode)
	}

	fn mask(&self, dataset: &[Element<'_>]) -> Result<&PixelMask, Refusal> {
		let mask =
			self.options.masks.iter().find(|mask| mask.is_bound_to(dataset)).ok_or(Refusal::BurnedIn)?;
		if mask.is_consistent() { Ok(mask) } else { Err(Refusal::MaskOutside) }
	}
}

fn refuse(findings: BTreeSet<Finding>) -> Result<(), Refusal> {
	if findings.is_empty() { Ok(()) } else { Err(Refusal::Residue(findings.into_iter().collect())) }
}

/// What a file says it is.
struct Identity<'a> {
	sop_class: &'a str,
	instance: &'a str,
}

impl<'a> Identity<'a> {
	/// The data set's UIDs, which the meta group must repeat (PS3.10 section 7.1).
	fn read(source: &Source<'a>) -> Result<Self, Refusal> {
		let uid =
			|elements: &[Element<'a>], tag| find(elements, tag).and_then(text).filter(|uid| is_uid(uid));
		let required = |elements: &[Element<'a>], tag| uid(elements, tag).ok_or(Refusal::Identity);
		let identity = Self {
			sop_class: required(&source.dataset, tags::SOP_CLASS_UID)?,
			instance: required(&source.dataset, tags::SOP_INSTANCE_UID)?,
		};
		required(&source.dataset, tags::STUDY_INSTANCE_UID)?;
		required(&source.dataset, tags::SERIES_INSTANCE_UID)?;
		let repeated = [
			(tags::MEDIA_STORAGE_SOP_CLASS_UID, identity.sop_class),
			(tags::MEDIA_STORAGE_SOP_INSTANCE_UID, identity.instance),
		];
		let agrees = repeated.iter().all(|(tag, uid_there)| uid(&source.meta, *tag) == Some(*uid_there));
		if agrees { Ok(identity) } else { Err(Refusal::Identity) }
	}
}

/// One UID (PS3.5 section 9.1): digits and dots, 1 to 64 characters.
fn is_uid(text: &str) -> bool {
	(1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
