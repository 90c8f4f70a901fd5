//! The verdict about a job's outputs.

use crate::{
	Bundle, Cell, Error, Kind, MANIFEST, Manifest, Output, Policy, Reason,
	bundle::{MOST_OUTPUTS, is_allowed_name},
	identifiers::Identifiers,
	leak, outputs,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	io::{self, Read},
};

/// The name under which a job's log or error is released.
const TEXT_NAME: &str = "log.txt";
/// The longest log or error, in bytes.
const LONGEST_TEXT: usize = 16 << 10;

/// Decides about the outputs of one job.
///
/// The same outputs, inputs, policy, earlier cells and identifiers give the same verdict on every machine.
pub struct Gate<'a> {
	policy: &'a Policy,
	earlier: &'a [Cell],
	identifiers: Identifiers,
}

/// What is, or would be, handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
	/// The outputs in the form in which they leave.
	pub bundle: Bundle,
	/// The counts in them, for the ledger.
	pub cells: Vec<Cell>,
}

/// What becomes of a job's outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
	/// They may leave, once they are reserved in the ledger.
	Released(Release),
	/// Nothing speaks against them, but there is a model among them, and its owner has the last word.
	AwaitingOwner(Release),
	/// They stay, for the owner to look at.
	Held {
		/// Why, by ascending number; at least one. The first is the one to report.
		reasons: Vec<Reason>,
		/// What the owner looks at. Outputs whose names are not allowed are called `held-1`, `held-2`, ... in it; of more
		/// outputs than a bundle takes, the first are in it.
		kept: Release,
	},
}

/// One output on its way.
struct Candidate {
	/// What would be released.
	bytes: Vec<u8>,
	/// Length of what the job wrote, in bytes.
	written: u64,
	is_model: bool,
}

impl<'a> Gate<'a> {
	/// A gate for one job.
	///
	/// `earlier` are the counts released to this consumer from these assets before; `identifiers` the values that
	/// de-identification took out of the inputs, none where there was none.
	///
	/// # Errors
	/// [`Reason::TooMuchToCheck`] where the identifiers are more than can be searched at once.
	pub fn new(policy: &'a Policy, earlier: &'a [Cell], identifiers: &[String]) -> Result<Self, Reason> {
		let identifiers = Identifiers::new(identifiers).ok_or(Reason::TooMuchToCheck)?;
		Ok(Self { policy, earlier, identifiers })
	}

	/// Looks at everything a job wrote to its output directory, the manifest included, and at everything it read.
	///
	/// Inputs are what the job saw; where it could see them in another form too (inflated, decoded), pass that form as a
	/// further input. Each is read once to its end, in constant memory.
	///
	/// # Errors
	/// [`Error::InputUnreadable`]. Nothing may be released then.
	pub fn check<R: Read>(
		&self,
		outputs: Vec<Output>,
		inputs: impl IntoIterator<Item = io::Result<R>>,
	) -> Result<Verdict, Error> {
		let mut reasons = BTreeSet::new();
		let (manifest, files) = sort_out(outputs, &mut reasons);
		let (candidates, cells) = self.candidates(&manifest, files, &mut reasons);
		if outputs::isolates(&cells, self.earlier, self.policy.smallest_group) {
			reasons.insert(Reason::DifferenceTooSmall);
		}
		self.decide(candidates, cells, reasons, inputs)
	}

	/// Looks at the log or the error text of a job, which is released under the same rules, as a bundle of one file.
	///
	/// # Errors
	/// As [`Gate::check`].
	pub fn check_text<R: Read>(
		&self,
		text: &[u8],
		inputs: impl IntoIterator<Item = io::Result<R>>,
	) -> Result<Verdict, Error> {
		let mut reasons = BTreeSet::new();
		let plain = std::str::from_utf8(text).is_ok_and(|text| {
			// Escape sequences would be run by the terminal that shows the log.
			text.chars().all(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
		});
		if !plain || text.len() > LONGEST_TEXT {
			reasons.insert(Reason::TextInvalid);
		}
		let text = Candidate { bytes: text.to_vec(), written: text.len() as u64, is_model: false };
		self.decide(BTreeMap::from([(TEXT_NAME.to_owned(), text)]), Vec::new(), reasons, inputs)
	}

	/// Compares files with their declarations.
	fn candidates(
		&self,
		manifest: &Manifest,
		files: BTreeMap<String, Vec<u8>>,
		reasons: &mut BTreeSet<Reason>,
	) -> (BTreeMap<String, Candidate>, Vec<Cell>) {
		let declared: BTreeMap<&str, _> =
			manifest.outputs.iter().map(|declared| (declared.name.as_str(), declared)).collect();
		if declared.keys().any(|name| !files.contains_key(*name)) {
			reasons.insert(Reason::OutputMissing);
		}
		let (mut candidates, mut cells) = (BTreeMap::new(), Vec::new());
		for (name, bytes) in files {
			let written = bytes.len() as u64;
			let candidate = match declared.get(name.as_str()) {
				Some(declared) => {
					let checked = outputs::check(declared, &bytes, self.policy);
					reasons.extend(checked.reasons);
					cells.extend(checked.cells);
					let is_model = matches!(declared.kind, Kind::Model {});
					Candidate { bytes: checked.bytes, written, is_model }
				}
				None => {
					reasons.insert(Reason::OutputUndeclared);
					Candidate { bytes, written, is_model: false }
				}
			};
			candidates.insert(name, candidate);
		}
		(candidates, cells)
	}

	fn decide<R: Read>(
		&self,
		candidates: BTreeMap<String, Candidate>,
		cells: Vec<Cell>,
		mut reasons: BTreeSet<Reason>,
		inputs: impl IntoIterator<Item = io::Result<R>>,
	) -> Result<Verdict, Error> {
		let written = |models: bool| {
			let of_kind = candidates.values().filter(|candidate| candidate.is_model == models);
			of_kind.fold(0_u64, |sum, candidate| sum.saturating_add(candidate.written))
		};
		let (models, others) = (written(true), written(false));
		let has_model = candidates.values().any(|candidate| candidate.is_model);
		let names: String = candidates.keys().map(String::as_str).collect();
		let models_of: BTreeSet<String> = candidates
			.iter()
			.filter(|(_, candidate)| candidate.is_model)
			.map(|(name, _)| name.clone())
			.collect();
		let files: BTreeMap<String, Vec<u8>> =
			candidates.into_iter().map(|(name, candidate)| (name, candidate.bytes)).collect();
		let bundle = Bundle::encode(&files);

		let (cap, policy) = (self.policy.output_cap(), self.policy);
		let padded_cap = if has_model { policy.permit_cap } else { cap };
		let mut is_too_large = false;
		if others > cap || bundle.padded_len() > padded_cap {
			is_too_large = true;
			reasons.insert(Reason::OutputTooLarge);
		}
		if models > policy.largest_model {
			is_too_large = true;
			reasons.insert(Reason::ModelTooLarge);
		}
		if !policy.affords(bundle.padded_len()) {
			reasons.insert(Reason::BudgetSpent);
		}
		// What is too large is not compared with the input: the comparison's memory grows with it.
		if !is_too_large {
			let mut everything = files.values().flatten().copied().collect::<Vec<u8>>();
			everything.extend(names.bytes());
			let models: Vec<&[u8]> =
				models_of.iter().filter_map(|name| files.get(name)).map(Vec::as_slice).collect();
			reasons.extend(leak::find(&everything, &models, &self.identifiers, inputs)?);
		}

		let release = Release { bundle, cells };
		Ok(if !reasons.is_empty() {
			let mut reasons: Vec<Reason> = reasons.into_iter().collect();
			reasons.sort_by_key(|reason| reason.number());
			Verdict::Held { reasons, kept: release }
		} else if has_model {
			Verdict::AwaitingOwner(release)
		} else {
			Verdict::Released(release)
		})
	}
}

/// Takes the manifest out, and gives every other output a name of its own that is allowed.
fn sort_out(outputs: Vec<Output>, reasons: &mut BTreeSet<Reason>) -> (Manifest, BTreeMap<String, Vec<u8>>) {
	let mut manifest = Manifest { version: 1, outputs: Vec::new() };
	let (mut files, mut nameless) = (BTreeMap::new(), Vec::new());
	for Output { name, bytes } in outputs {
		if name == MANIFEST {
			match Manifest::parse(&bytes) {
				Ok(parsed) => manifest = parsed,
				Err(reason) => {
					reasons.insert(reason);
				}
			}
		} else if files.len() + nameless.len() == MOST_OUTPUTS {
			reasons.insert(Reason::TooManyOutputs);
		} else if !is_allowed_name(&name) || files.contains_key(&name) {
			reasons.insert(Reason::NameNotAllowed);
			nameless.push(bytes);
		} else {
			files.insert(name, bytes);
		}
	}
	let mut number = 0_u64;
	for bytes in nameless {
		let name = loop {
			number += 1;
			let name = format!("held-{number}");
			if !files.contains_key(&name) {
				break name;
			}
		};
		files.insert(name, bytes);
	}
	(manifest, files)
}
