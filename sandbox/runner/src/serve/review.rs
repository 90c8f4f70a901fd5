//! Held output: what owners are told of it, and until when they decide.

use super::{
	agreement::{Agreement, Use},
	prepare::Sources,
};
use crate::{CleanedFile, Refusal, Workplace, place::ensure_room};
use heirloom_exchange::{Exchange, Held, Hold, LeftOut, Note};
use heirloom_gate::{Entry, EntryId, Reason};
use heirloom_sandbox_chain::{
	H256,
	types::{AssetId, Moment, PermitId, PermitRecord},
};
use heirloom_seal::DataKey;
use std::collections::BTreeSet;
use tracing::warn;

/// Before a permit's expiry, in milliseconds: what was not decided by then is refused, so that the refusal is on chain
/// in time and the consumer has its money back.
const MARGIN: Moment = 10 * 60 * 1_000;

/// Until when owners can decide about a permit's output.
pub fn decide_by(record: &PermitRecord) -> Moment {
	record.expires_at.saturating_sub(MARGIN)
}

/// What owners are told of held output, at a block of time `now`: nothing once the time to decide is over, since it is refused.
pub fn to_decide(held: Option<EntryId>, record: &PermitRecord, now: Moment) -> Option<EntryId> {
	held.filter(|_| now < decide_by(record))
}

/// Tells the owners of all assets of a job what they are to know of it: which files were left out, and held output to
/// decide about.
///
/// An owner that cannot be told now is told of in the log; its decision is missing then, and the output stays.
pub fn tell_owners(
	sources: &Sources,
	place: &Workplace,
	agreement: &Agreement,
	notes: &[Note],
	held: Option<EntryId>,
) {
	for used in &agreement.uses {
		if let Some(note) = notes.iter().find(|note| note.asset == used.asset) {
			tell_left_out(sources, used, note);
		}
	}
	if let Some(id) = held {
		tell_held(sources, place, agreement, id, false);
	}
}

/// Tells an owner which files of its asset were not proven clean, and says it in the log: by number and code.
fn tell_left_out(sources: &Sources, used: &Use, note: &Note) {
	let (permit, asset) = (note.permit, note.asset);
	for LeftOut { file, code } in &note.left_out {
		warn!(permit, asset, file, code, "a file was not proven clean, and is left out");
	}
	let told = sources.data_key(used, permit).map_err(|missing| missing.to_string()).and_then(|key| {
		let sealed = note.seal(&key).map_err(|error| error.to_string())?;
		sources.exchange.put_note(permit, asset, &sealed).map_err(|error| error.to_string())
	});
	if let Err(error) = told {
		warn!(permit, asset, error, "the owner cannot be told which files were left out");
	}
}

/// What is said of the files of each asset that was de-identified.
pub fn notes_of(genesis: H256, permit: PermitId, cleaned: &[CleanedFile]) -> Vec<Note> {
	let assets: BTreeSet<AssetId> = cleaned.iter().map(|file| file.asset).collect();
	assets.into_iter().map(|asset| note_of(genesis, permit, asset, cleaned)).collect()
}

/// What is said of the files of an asset.
fn note_of(genesis: H256, permit: PermitId, asset: AssetId, cleaned: &[CleanedFile]) -> Note {
	let (mut used, mut left_out) = (0, Vec::new());
	for (file, cleaned) in (1..).zip(cleaned.iter().filter(|file| file.asset == asset)) {
		match cleaned.code {
			None => used += 1,
			Some(code) => left_out.push(LeftOut { file, code: code.to_owned() }),
		}
	}
	Note { genesis, permit, asset, used, left_out }
}

/// Hands held output to the owners of all assets of a job, each sealed with its own data key. Where there are several
/// owners, each is shown it only once all of them let the others see it (`shared`): what the job took from one owner's
/// data is not for another to see before that owner said so, and nobody can tell whose of it is where. Nor is more of why it
/// is held than the report will say ([`Refusal::shown`]): one of the owners may be the consumer, with an asset of its own.
pub fn tell_held(sources: &Sources, place: &Workplace, agreement: &Agreement, id: EntryId, shared: bool) {
	let permit = agreement.permit;
	let read = place.quarantine().bytes(id).and_then(|bytes| Ok((Entry::from_bytes(&bytes)?.reasons, bytes)));
	let (reasons, bytes) = match read {
		Ok(read) => read,
		Err(error) => return warn!(permit, %error, "held output cannot be read"),
	};
	let is_shown = shared || may_be_seen_at_once(agreement);
	let (reasons, entry) = (told_reasons(&reasons, is_shown), is_shown.then_some(bytes));
	for used in &agreement.uses {
		let key = match sources.data_key(used, permit) {
			Ok(key) => key,
			Err(missing) => {
				warn!(permit, asset = used.asset, %missing, "the owner cannot be told of held output");
				continue;
			}
		};
		let hold = Hold {
			genesis: sources.genesis,
			permit,
			asset: used.asset,
			consumer: agreement.record.consumer,
			operator: agreement.record.operator,
			code_hash: agreement.record.code_hash,
			entry: entry_hash(id),
			owners: agreement.owners().unwrap_or_default(),
			reasons: reasons.clone(),
			decide_by: decide_by(&agreement.record),
		};
		let held = Held { hold, entry: entry.clone() };
		if let Err(error) = put_held(&sources.exchange, &held, &key) {
			warn!(permit, asset = used.asset, error, "the owner cannot be told of held output");
		}
	}
}

/// Hands held output to an owner. Where it is shown, the disk must have room for it: it had when the job ended, but
/// something else may have filled it since.
fn put_held(exchange: &Exchange, held: &Held, key: &DataKey) -> Result<(), String> {
	let sealed = held.seal(key).map_err(|error| error.to_string())?;
	if held.entry.is_some() {
		ensure_room(&exchange.held_folder(), sealed.len() as u64).map_err(|error| error.to_string())?;
	}
	let Hold { permit, asset, .. } = held.hold;
	exchange.put_held(permit, asset, &sealed).map_err(|error| error.to_string())
}

/// Why output is held, code and sentence, to owners who are shown it; to others as the report has it.
fn told_reasons(reasons: &[Reason], is_shown: bool) -> Vec<(String, String)> {
	let held = reasons.iter().copied().map(Refusal::Held);
	let told: Vec<Refusal> =
		if is_shown { held.collect() } else { held.take(1).map(Refusal::shown).collect() };
	told.into_iter().map(|why| (why.code().to_owned(), why.to_string())).collect()
}

/// Whether every asset of a job is one owner's.
fn may_be_seen_at_once(agreement: &Agreement) -> bool {
	agreement.owners().is_some_and(|owners| owners.len() == 1)
}

/// Takes back what owners were handed of a permit's output.
pub fn untell_owners(exchange: &Exchange, permit: PermitId) {
	let held = exchange.held().unwrap_or_else(|error| {
		warn!(permit, %error, "held output cannot be taken back");
		Vec::new()
	});
	for (_, asset) in held.into_iter().filter(|(of, _)| *of == permit) {
		// What a stranger made in its place may not go away; the others must.
		if let Err(error) = exchange.remove_held(permit, asset) {
			warn!(permit, asset, %error, "held output cannot be taken back");
		}
	}
}

/// An entry's id as the exchange has it.
pub fn entry_hash(id: EntryId) -> H256 {
	let mut hash = H256::default();
	// An id is written as 64 hex digits.
	let read = hex::decode_to_slice(id.to_string(), &mut hash.0);
	debug_assert!(read.is_ok());
	hash
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{Setting, release::room, serve::prepare::Blocks};
	use heirloom_gate::{Bundle, Release};
	use heirloom_sandbox_chain::{
		AccountId,
		types::{Approval, OutputLimits, PermitStatus},
	};
	use heirloom_seal::{Binding, ContentId, Envelope, LocalStore, Origin, Purpose, SealingKey, seal_file};
	use std::fs;

	const GENESIS: H256 = H256([1; 32]);

	/// A job on one asset each of these owners; none has no policy in force.
	fn job_of(owners: &[Option<u8>]) -> Agreement {
		let limits =
			OutputLimits { smallest_group: 10, largest_output: 0, largest_model: 0, release_budget: 0 };
		let record = PermitRecord {
			consumer: AccountId([1; 32]),
			operator: AccountId([2; 32]),
			uses: vec![],
			awaiting: vec![],
			code_hash: H256([2; 32]),
			parameters_hash: H256([3; 32]),
			output_cap: 4_096,
			limits,
			expires_at: 1_000,
			status: PermitStatus::Approved,
			report: None,
			deidentified: vec![],
		};
		let used = |(asset, owner): (u32, &Option<u8>)| Use {
			asset,
			content: None,
			owner: owner.map(|owner| (AccountId([owner; 32]), Approval::Owner)),
			medical: true,
		};
		Agreement { permit: 17, record, uses: (0..).zip(owners).map(used).collect() }
	}

	/// A job over two assets, and where their owners are told of it.
	struct Scene {
		folder: tempfile::TempDir,
		sources: Sources,
		place: Workplace,
		agreement: Agreement,
		keys: [DataKey; 2],
	}

	impl Scene {
		/// Of assets of these owners.
		fn of(owners: [u8; 2]) -> Self {
			let folder = tempfile::tempdir().unwrap();
			let exchange = Exchange::open(&folder.path().join("exchange")).unwrap();
			let place = Workplace::open(Setting::new(folder.path().join("home"))).unwrap();
			let blocks = Blocks::Folder(exchange.blocks());
			let sealing_key = SealingKey::generate().unwrap();
			let sources = Sources { exchange, blocks, sealing_key, genesis: GENESIS };
			let keys = [(); 2].map(|()| DataKey::generate().unwrap());
			let agreement = job_of(&owners.map(Some));
			let mut scene = Self { folder, sources, place, agreement, keys };
			for (index, owner) in owners.into_iter().enumerate() {
				scene.agreement.uses[index].content = Some(scene.sealed(owner, &scene.keys[index]));
			}
			scene
		}

		/// Seals an asset, and its key to the operator.
		fn sealed(&self, owner: u8, key: &DataKey) -> ContentId {
			let plain = self.folder.path().join("plain");
			fs::write(&plain, b"plaintext").unwrap();
			let Sources { exchange, sealing_key, .. } = &self.sources;
			let (store, origin) = (LocalStore::open(&exchange.blocks()).unwrap(), origin(owner));
			let content = seal_file(&plain, key, &store, &[], &origin, &mut |_| {}).unwrap().cid;
			let binding = Binding { origin, content, purpose: Purpose::Permit(17) };
			exchange.put_envelope(&Envelope::seal(key, &binding, &sealing_key.public()).unwrap()).unwrap();
			content
		}

		/// Holds an output of no files for these reasons.
		fn hold(&self, reasons: &[Reason]) -> EntryId {
			let mut bundle = b"HLOUTv1\n\0\0\0\0\x80".to_vec();
			bundle.resize(4_096, 0);
			let release = Release { bundle: Bundle::from_bytes(bundle).unwrap(), cells: Vec::new() };
			self.place.quarantine().keep(17, [1; 32], reasons, &release).unwrap()
		}

		/// What the owners of both assets are told of it.
		fn told(&self, id: EntryId, shared: bool) -> [Held; 2] {
			tell_held(&self.sources, &self.place, &self.agreement, id, shared);
			[0, 1].map(|asset: usize| {
				let sealed = self.sources.exchange.take_held(17, asset as u32).unwrap().unwrap();
				Held::open(&sealed, &self.keys[asset]).unwrap()
			})
		}
	}

	fn origin(owner: u8) -> Origin {
		Origin { genesis: GENESIS.0, owner: [owner; 32] }
	}

	fn codes(held: &Held) -> Vec<&str> {
		held.hold.reasons.iter().map(|(code, _)| code.as_str()).collect()
	}

	/// A consumer can be one of the owners, of an asset that it minted for that.
	#[test]
	fn refusal_02_owner_who_is_not_shown_held_output_should_be_told_no_more_than_a_report_says() {
		let scene = Scene::of([7, 8]);
		let id = scene.hold(&[Reason::NameNotAllowed, Reason::OutputUndeclared, Reason::TextInvalid]);
		for held in scene.told(id, false) {
			assert_eq!((codes(&held), held.entry.as_ref()), (vec!["manifest_invalid"], None));
		}
		for held in scene.told(id, true) {
			assert_eq!(codes(&held), ["name_not_allowed", "output_undeclared", "text_invalid"]);
			assert!(held.entry.is_some());
		}
	}

	#[test]
	fn only_owner_should_be_told_all_reasons_at_once() {
		let scene = Scene::of([7, 7]);
		for reasons in [&[Reason::OutputUndeclared, Reason::GroupTooSmall][..], &[]] {
			for held in scene.told(scene.hold(reasons), false) {
				assert_eq!(codes(&held).len(), reasons.len());
				assert!(held.entry.is_some());
			}
		}
	}

	#[test]
	fn room_should_be_looked_for_in_the_lengths_that_owners_are_handed() {
		let scene = Scene::of([7, 7]);
		let id = scene.hold(&[]);
		scene.told(id, false);
		let exchange = &scene.sources.exchange;
		let copies = [0, 1].map(|asset| fs::metadata(exchange.held_path(17, asset)).unwrap().len());
		let bundle = scene.place.quarantine().read(id).unwrap().release.bundle;
		// What sealing adds is less than is padded to.
		assert_eq!(copies.map(|length| length / bundle.padded_len()), [2, 2]);
		assert_eq!(room(2, &bundle) / bundle.padded_len(), 1 + 2 + 2);
	}

	#[test]
	fn held_output_should_be_looked_at_when_all_assets_have_one_owner() {
		for owners in [&[Some(7)][..], &[Some(7), Some(7)]] {
			assert!(may_be_seen_at_once(&job_of(owners)));
		}
	}

	#[test]
	fn held_output_should_be_shown_to_nobody_at_once_when_its_assets_have_two_owners() {
		for owners in [&[Some(7), Some(8)][..], &[Some(7), None], &[None]] {
			assert!(!may_be_seen_at_once(&job_of(owners)), "{owners:?}");
		}
	}

	#[test]
	fn owners_should_be_asked_only_while_they_can_decide() {
		let record = PermitRecord { expires_at: MARGIN + 1_000, ..job_of(&[Some(7)]).record };
		let held: Option<EntryId> = "ab".repeat(32).parse().ok();
		assert!(held.is_some());
		let at = [0, 999, 1_000, 1_000 + MARGIN];
		assert_eq!(at.map(|now| to_decide(held, &record, now)), [held, held, None, None]);
		assert_eq!(to_decide(None, &record, 0), None);
	}

	#[test]
	fn files_that_were_left_out_should_be_told_by_number_and_code() {
		let cleaned =
			[file(1, None), file(2, Some("residue")), file(1, Some("burned-in-text")), file(1, None)];
		let note = note_of(GENESIS, 17, 1, &cleaned);
		assert_eq!((note.permit, note.asset, note.used), (17, 1, 2));
		assert_eq!(note.left_out, [LeftOut { file: 2, code: "burned-in-text".into() }]);
		assert_eq!(note_of(GENESIS, 17, 2, &cleaned).left_out[0].file, 1);
	}

	fn file(asset: AssetId, code: Option<&'static str>) -> CleanedFile {
		CleanedFile { asset, name: "a pseudonym".into(), used: code.is_none(), code, findings: 0 }
	}

	#[test]
	fn owner_should_be_told_of_the_files_of_its_own_asset() {
		let scene = Scene::of([7, 8]);
		let notes = notes_of(GENESIS, 17, &[file(0, None), file(0, Some("residue")), file(1, None)]);
		tell_owners(&scene.sources, &scene.place, &scene.agreement, &notes, None);
		for (note, key) in notes.iter().zip(&scene.keys) {
			let sealed = scene.sources.exchange.take_note(17, note.asset).unwrap().unwrap();
			assert_eq!(Note::open(&sealed, key).unwrap(), *note);
		}
		assert_eq!(notes.iter().map(|note| note.left_out.len()).collect::<Vec<_>>(), [1, 0]);
	}
}
