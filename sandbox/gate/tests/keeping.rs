//! The ledger and the quarantine, also when the machine stops in between.

mod common;

use common::{output, policy, verdict};
use heirloom_gate::{
	Account, Cell, Decision, Entry, EntryId, Error, Key, Ledger, Quarantine, Reason, Release, Reservation,
	Reserved, Standing, Verdict,
};
use proptest::prelude::*;
use std::{
	fs::{self, OpenOptions},
	io::Write,
	os::unix::fs::PermissionsExt,
	path::Path,
};

const ACCOUNT: Account = Account { consumer: [9; 32], asset: 4 };
const BLINDING: [u8; 32] = [5; 32];

fn reservation(job: u64, bytes: u64) -> Reservation {
	Reservation {
		job,
		accounts: vec![ACCOUNT],
		digest: [job as u8; 32],
		bytes,
		cells: vec![Cell { counted: 1, keys: vec![Key { column: 2, value: job }], count: 100 }],
		budget: 100_000,
		smallest_group: 10,
	}
}

fn released(ledger: &Ledger) -> u64 {
	ledger.standing(&[ACCOUNT], u64::MAX).released_bytes
}

#[test]
fn reserved_bytes_should_count_until_they_are_abandoned() {
	let directory = tempfile::tempdir().expect("a place to write");
	let mut ledger = Ledger::open(&directory.path().join("l")).expect("a new ledger");
	assert_eq!(ledger.reserve(reservation(1, 4_096)).expect("in budget"), Reserved::New);
	ledger.reserve(reservation(2, 8_192)).expect("in budget");
	assert_eq!(released(&ledger), 12_288);
	ledger.abandon(1).expect("not handed out");
	assert_eq!(released(&ledger), 8_192);
	ledger.commit(2).expect("reserved");
	assert!(matches!(ledger.abandon(2), Err(Error::NotReserved)));
	assert!(matches!(ledger.commit(1), Err(Error::NotReserved)));
	assert_eq!(ledger.standing(&[ACCOUNT], 2), Standing::default());
}

#[test]
fn a_crash_before_the_commit_should_not_release_twice() {
	let directory = tempfile::tempdir().expect("a place to write");
	let path = directory.path().join("l");
	Ledger::open(&path).expect("a new ledger").reserve(reservation(1, 4_096)).expect("in budget");
	let mut ledger = Ledger::open(&path).expect("the same ledger");
	assert_eq!(ledger.reserve(reservation(1, 4_096)).expect("reserved"), Reserved::Again);
	assert_eq!(released(&ledger), 4_096);
	let other = Reservation { digest: [77; 32], ..reservation(1, 4_096) };
	assert!(matches!(ledger.reserve(other), Err(Error::OtherOutput)));
	ledger.commit(1).expect("reserved");
	drop(ledger);
	let mut ledger = Ledger::open(&path).expect("the same ledger");
	assert_eq!(ledger.reserve(reservation(1, 4_096)).expect("known"), Reserved::Committed);
	assert_eq!(ledger.standing(&[ACCOUNT], u64::MAX).cells, reservation(1, 0).cells);
}

#[test]
fn a_budget_should_hold_over_all_jobs() {
	let directory = tempfile::tempdir().expect("a place to write");
	let mut ledger = Ledger::open(&directory.path().join("l")).expect("a new ledger");
	ledger.reserve(reservation(1, 65_536)).expect("in budget");
	let error = ledger.reserve(reservation(2, 65_536)).expect_err("above the budget");
	assert!(matches!(error, Error::Overtaken(Reason::BudgetSpent)));
	let elsewhere = Account { asset: 5, ..ACCOUNT };
	ledger
		.reserve(Reservation { accounts: vec![elsewhere], ..reservation(3, 65_536) })
		.expect("another asset");
	assert_eq!(released(&ledger), 65_536);
}

#[test]
fn a_count_told_of_another_asset_should_be_new() {
	let directory = tempfile::tempdir().expect("a place to write");
	let mut ledger = Ledger::open(&directory.path().join("l")).expect("a new ledger");
	let elsewhere = Account { asset: 5, ..ACCOUNT };
	let everybody = Cell { counted: 1, keys: Vec::new(), count: 100 };
	let part = |value: u64, count: u64| Cell { counted: 1, keys: vec![Key { column: 2, value }], count };
	let job = |job: u64, accounts: &[Account], cells: &[Cell]| Reservation {
		accounts: accounts.to_vec(),
		cells: cells.to_vec(),
		..reservation(job, 4_096)
	};
	ledger.reserve(job(1, &[ACCOUNT], &[everybody, part(1, 60)])).expect("40 are left");
	ledger.reserve(job(2, &[elsewhere], &[part(2, 38)])).expect("another asset");
	ledger.reserve(job(3, &[elsewhere], &[part(2, 38)])).expect("nothing is beside it");
	// A job that reads both may count the first alone, and then two are left.
	let error = ledger.reserve(job(4, &[ACCOUNT, elsewhere], &[part(2, 38)])).expect_err("two may be left");
	assert!(matches!(error, Error::Overtaken(Reason::DifferenceTooSmall)));
}

#[test]
fn a_ledger_should_have_one_process_at_a_time() {
	let directory = tempfile::tempdir().expect("a place to write");
	let path = directory.path().join("l");
	let _first = Ledger::open(&path).expect("a new ledger");
	assert!(matches!(Ledger::open(&path), Err(Error::LedgerLocked)));
}

#[test]
fn a_ledger_should_be_readable_by_its_owner_only() {
	let directory = tempfile::tempdir().expect("a place to write");
	let path = directory.path().join("l");
	Ledger::open(&path).expect("a new ledger");
	assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
}

fn three_jobs(path: &Path) {
	let mut ledger = Ledger::open(path).expect("a new ledger");
	for job in 1..=3 {
		ledger.reserve(reservation(job, 4_096)).expect("in budget");
	}
}

#[test]
fn a_changed_record_should_be_damage() {
	let directory = tempfile::tempdir().expect("a place to write");
	let path = directory.path().join("l");
	three_jobs(&path);
	let text = fs::read_to_string(&path).expect("it is there");
	let lines: Vec<&str> = text.lines().collect();
	let damaged = [
		(text.replacen("4096", "1096", 1), 1),
		(format!("{}\n{}\n", lines[0], lines[2]), 2),
		(format!("{}\n{}\n{}\n", lines[0], lines[0], lines[1]), 2),
		(format!("{}\n\n{}\n", lines[0], lines[1]), 2),
	];
	for (content, wanted) in damaged {
		fs::write(&path, content).expect("it can be written");
		match Ledger::open(&path) {
			Err(Error::LedgerDamaged { record }) => assert_eq!(record, wanted),
			other => panic!("no damage: {other:?}"),
		}
	}
}

#[test]
fn writing_should_go_on_after_a_torn_record() {
	let directory = tempfile::tempdir().expect("a place to write");
	let path = directory.path().join("l");
	three_jobs(&path);
	let torn = OpenOptions::new().append(true).open(&path).and_then(|mut file| file.write_all(b"a81c {\"ki"));
	torn.expect("it can be written");
	let mut ledger = Ledger::open(&path).expect("a torn record is none");
	ledger.reserve(reservation(4, 4_096)).expect("in budget");
	drop(ledger);
	assert_eq!(released(&Ledger::open(&path).expect("sound")), 4 * 4_096);
}

fn held() -> (Vec<Reason>, Release) {
	match verdict(&policy(), vec![output("x.txt", "undeclared")], &[]) {
		Verdict::Held { reasons, kept } => (reasons, kept),
		other => panic!("not held: {other:?}"),
	}
}

#[test]
fn what_is_held_should_be_kept_until_it_is_approved_once() {
	let directory = tempfile::tempdir().expect("a place to write");
	let quarantine = Quarantine::open(&directory.path().join("q")).expect("a new quarantine");
	let (reasons, release) = held();
	let id = quarantine.keep(12, BLINDING, &reasons, &release).expect("it can be written");
	assert_eq!(quarantine.keep(12, BLINDING, &reasons, &release).expect("the same"), id);
	assert_eq!(quarantine.list(Decision::Pending).expect("readable"), [id]);
	let entry = quarantine.read(id).expect("kept");
	assert_eq!((entry.job, &entry.reasons, &entry.release), (12, &reasons, &release));
	assert_eq!(quarantine.approve(id).expect("pending"), entry);
	assert!(matches!(quarantine.approve(id), Err(Error::EntryUnknown)));
	assert!(matches!(quarantine.refuse(id), Err(Error::EntryUnknown)));
	// Whoever stopped before releasing it finds it again.
	assert_eq!(quarantine.list(Decision::Approved).expect("readable"), [id]);
	assert_eq!(quarantine.read(id).expect("approved"), entry);
}

#[test]
fn what_is_refused_should_be_erased_and_stay_refused() {
	let directory = tempfile::tempdir().expect("a place to write");
	let path = directory.path().join("q");
	let quarantine = Quarantine::open(&path).expect("a new quarantine");
	let (reasons, release) = held();
	let id = quarantine.keep(12, BLINDING, &reasons, &release).expect("it can be written");
	quarantine.refuse(id).expect("pending");
	assert_eq!(fs::read(path.join("refused").join(id.to_string())).expect("it was there"), b"");
	assert!(matches!(quarantine.read(id), Err(Error::EntryUnknown)));
	quarantine.keep(12, BLINDING, &reasons, &release).expect("nothing to do");
	assert_eq!(quarantine.list(Decision::Pending).expect("readable"), []);
}

#[test]
fn a_refusal_that_was_not_finished_should_be_finished_at_the_next_start() {
	let directory = tempfile::tempdir().expect("a place to write");
	let quarantine = Quarantine::open(directory.path()).expect("a new quarantine");
	let (reasons, release) = held();
	let id = quarantine.keep(12, BLINDING, &reasons, &release).expect("it can be written").to_string();
	let refused = directory.path().join("refused").join(&id);
	fs::rename(directory.path().join("pending").join(&id), &refused).expect("it is there");
	Quarantine::open(directory.path()).expect("the same quarantine");
	assert_eq!(fs::metadata(refused).expect("it is there").len(), 0);
}

#[test]
fn what_was_handed_out_should_be_erased() {
	let directory = tempfile::tempdir().expect("a place to write");
	let quarantine = Quarantine::open(directory.path()).expect("a new quarantine");
	let (reasons, release) = held();
	let id = quarantine.keep(12, BLINDING, &reasons, &release).expect("it can be written");
	// A second name, to see what becomes of the bytes.
	let other = directory.path().join("other");
	fs::hard_link(directory.path().join("pending").join(id.to_string()), &other).expect("it is there");
	quarantine.approve(id).expect("pending");
	quarantine.forget(id).expect("approved");
	quarantine.forget(id).expect("nothing to do");
	assert_eq!(quarantine.decision(id).expect("readable"), None);
	assert_eq!(fs::read(other).expect("it is there"), b"");
}

#[test]
fn what_was_being_written_should_be_erased_at_the_next_start() {
	let directory = tempfile::tempdir().expect("a place to write");
	Quarantine::open(directory.path()).expect("a new quarantine");
	let unfinished = directory.path().join(".tmpAb12Cd");
	fs::write(&unfinished, b"of a job").expect("it can be written");
	let others = directory.path().join("notes");
	fs::write(&others, b"the operator's").expect("it can be written");
	Quarantine::open(directory.path()).expect("the same quarantine");
	assert!(!unfinished.exists());
	assert!(others.exists());
}

#[test]
fn an_owner_should_come_to_the_same_id_by_what_it_is_shown() {
	let directory = tempfile::tempdir().expect("a place to write");
	let quarantine = Quarantine::open(directory.path()).expect("a new quarantine");
	let (reasons, release) = held();
	let id = quarantine.keep(12, BLINDING, &reasons, &release).expect("it can be written");
	let mut shown = quarantine.bytes(id).expect("kept");
	let entry = Entry::from_bytes(&shown).expect("whole");
	assert_eq!((entry.id, entry.job, entry.release), (id, 12, release));
	let last = shown.len() - 1;
	shown[last] ^= 1;
	assert_ne!(EntryId::of(&shown), id);
}

#[test]
fn an_id_should_not_be_computed_from_the_output_alone() {
	let directory = tempfile::tempdir().expect("a place to write");
	let quarantine = Quarantine::open(directory.path()).expect("a new quarantine");
	let (reasons, release) = held();
	let id = quarantine.keep(12, BLINDING, &reasons, &release).expect("it can be written");
	let other = quarantine.keep(12, [6; 32], &reasons, &release).expect("it can be written");
	assert_ne!(id, other, "whoever knows the output knows its id");
	assert_eq!(quarantine.read(other).expect("kept").release, quarantine.read(id).expect("kept").release);
}

#[test]
fn a_changed_entry_should_not_be_approved() {
	let directory = tempfile::tempdir().expect("a place to write");
	let quarantine = Quarantine::open(directory.path()).expect("a new quarantine");
	let (reasons, release) = held();
	let id = quarantine.keep(12, BLINDING, &reasons, &release).expect("it can be written");
	let path = directory.path().join("pending").join(id.to_string());
	let mut bytes = fs::read(&path).expect("it is there");
	bytes[100] ^= 1;
	fs::write(&path, bytes).expect("it can be written");
	assert!(matches!(quarantine.approve(id), Err(Error::EntryDamaged)));
}

#[test]
fn a_quarantine_should_be_closed_to_others() {
	let directory = tempfile::tempdir().expect("a place to write");
	fs::create_dir(directory.path().join("q")).expect("a new directory");
	Quarantine::open(&directory.path().join("q")).expect("a quarantine");
	for part in ["q", "q/pending", "q/approved", "q/refused"] {
		let mode = fs::metadata(directory.path().join(part)).expect("it is there").permissions().mode();
		assert_eq!(mode & 0o777, 0o700, "{part}");
	}
}

#[test]
fn an_id_that_is_a_path_should_be_unknown() {
	for id in ["../ledger", "", "zz", &"0".repeat(63)] {
		assert!(matches!(id.parse::<heirloom_gate::EntryId>(), Err(Error::EntryUnknown)));
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	/// Wherever the machine stops, the records that were whole count, and no others.
	#[test]
	fn a_cut_ledger_should_keep_its_whole_records(cut in any::<prop::sample::Index>()) {
		let directory = tempfile::tempdir().expect("a place to write");
		let path = directory.path().join("l");
		three_jobs(&path);
		let bytes = fs::read(&path).expect("it is there");
		let len = cut.index(bytes.len() + 1);
		fs::write(&path, &bytes[..len]).expect("it can be written");
		let whole = bytes[..len].iter().filter(|&&byte| byte == b'\n').count() as u64;
		let ledger = Ledger::open(&path).expect("a torn record is none");
		prop_assert_eq!(released(&ledger), whole * 4_096);
	}
}
