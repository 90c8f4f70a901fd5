//! 1 and 17 to 20 through the whole runner: what the gate and the de-identification refuse, from a job's point of view.

mod common;

use common::{Guest, Place, job, manifest, plain, refusal};
use heirloom_deid::plant::Plan;
use heirloom_gate::{Decision, Encoding, Reason, decode};
use heirloom_sandbox::{InputSpec, JobOutcome, Refusal, Verdict};
use std::fs;

/// Bytes that no rule takes for trivial.
fn noise(len: usize) -> Vec<u8> {
	let mut state = 0x2545_f491_4f6c_dd1d_u64;
	let mut next = || {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		state.to_le_bytes()
	};
	(0..len.div_ceil(8)).flat_map(|_| next()).take(len).collect()
}

fn table(rows: &str, values: &str) -> Guest {
	let declared = manifest(&format!(
		r#"{{"name": "t.csv", "kind": "table", "keys": ["k"], "counts": ["n"], "values": [{values}]}}"#
	));
	Guest::new().emit("t.csv", rows.as_bytes()).emit("outputs.json", &declared)
}

fn run(guest: &Guest, input: &[u8]) -> JobOutcome {
	let place = Place::new();
	let mut spec = job(guest.module());
	spec.gate.largest_model = 1 << 20;
	spec.inputs = vec![place.input("in", input)];
	place.run(&spec)
}

#[test]
fn refusal_01_copy_of_an_input_should_be_held() {
	let outcome = run(&Guest::new().copy("data/0/content", "copy.bin"), &noise(2_000));
	let _ = refusal(&outcome);
	assert!(outcome.reasons.contains(&Reason::InputWindow(Encoding::Raw)), "{:?}", outcome.reasons);
}

#[test]
fn refusal_01_copy_of_an_input_in_the_log_should_be_held() {
	let text: String = noise(200).iter().map(|byte| char::from(b'a' + byte % 26)).collect();
	let outcome = run(&Guest::new().echo("data/0/content"), text.as_bytes());
	assert_eq!(outcome.report.verdict, Verdict::Released);
	assert!(outcome.log.is_none());
	assert_eq!(outcome.log_reasons, [Reason::InputWindow(Encoding::Raw)]);
}

#[test]
fn refusal_17_count_below_the_group_size_should_be_held() {
	let outcome = run(&table("k,n\na,100\nb,9\n", ""), b"x");
	assert_eq!(refusal(&outcome), Refusal::Held(Reason::GroupTooSmall));
}

#[test]
fn refusal_17_two_jobs_whose_difference_isolates_one_record_should_be_held() {
	let place = Place::new();
	let spec = |permit_id, rows: &str| {
		let mut spec = job(table(rows, "").module());
		spec.permit_id = permit_id;
		spec.inputs = vec![place.input("in", b"x")];
		spec
	};
	assert_eq!(place.run(&spec(1, "k,n\na,100\n")).refusal, None);
	assert_eq!(refusal(&place.run(&spec(2, "k,n\na,99\n"))), Refusal::Held(Reason::DifferenceTooSmall));
}

#[test]
fn refusal_18_a_single_record_s_maximum_should_be_held() {
	let value = r#"{"column": "m", "statistic": "maximum", "of": "n"}"#;
	let outcome = run(&table("k,n,m\na,100,7.5\n", value), b"x");
	assert_eq!(refusal(&outcome), Refusal::Held(Reason::ExtremeValue));
}

#[test]
fn refusal_19_model_that_embeds_its_records_should_be_held() {
	let declared = manifest(r#"{"name": "model.bin", "kind": "model"}"#);
	let guest = Guest::new().copy("data/0/content", "model.bin").emit("outputs.json", &declared);
	let outcome = run(&guest, &noise(2_000));
	let _ = refusal(&outcome);
	assert!(outcome.reasons.contains(&Reason::InputWindow(Encoding::Raw)), "{:?}", outcome.reasons);
}

#[test]
fn model_should_wait_for_its_owner() {
	let place = Place::new();
	let declared = manifest(r#"{"name": "model.bin", "kind": "model"}"#);
	let guest = Guest::new().emit("model.bin", b"weights").emit("outputs.json", &declared).log("trained");
	let mut spec = job(guest.module());
	spec.gate.largest_model = 1 << 20;
	spec.inputs = vec![place.input("in", b"x")];
	let outcome = place.run(&spec);
	assert_eq!(outcome.report.verdict, Verdict::AwaitingOwner);
	assert!(outcome.bundle.is_none() && outcome.log.is_none() && outcome.refusal.is_none());
	let held = outcome.held.unwrap();
	assert!(place.workplace.release_approved(held, &spec.charge()).is_err(), "nobody approved it");
	place.workplace.quarantine().approve(held).unwrap();
	for _ in 0..2 {
		let release = place.workplace.release_approved(held, &spec.charge()).unwrap();
		assert_eq!(decode(release.bundle.bytes()).unwrap()[0].bytes, b"weights");
	}
	place.workplace.commit(spec.permit_id).unwrap();
	assert_eq!(place.workplace.quarantine().decision(held).unwrap(), Some(Decision::Approved));
}

#[test]
fn id_of_held_output_should_take_the_keys_of_its_inputs() {
	let place = Place::new();
	let declared = manifest(r#"{"name": "model.bin", "kind": "model"}"#);
	let guest = Guest::new().emit("model.bin", b"weights").emit("outputs.json", &declared);
	let held = |asset| {
		let mut spec = job(guest.module());
		spec.gate.largest_model = 1 << 20;
		// The key of a plain input comes of the asset's number.
		spec.inputs = vec![InputSpec { asset, ..place.input("in", b"x") }];
		place.run(&spec).held.unwrap()
	};
	assert_eq!(held(1), held(1), "a job that runs again keeps the same entry");
	assert_ne!(held(1), held(2));
}

/// A medical asset of one planted image, and what an owner says of it.
fn medical(place: &Place, description: Option<&str>) -> (InputSpec, heirloom_deid::plant::PlantedFile) {
	let planted = Plan::default().file();
	let folder = place.folder.path().join("study");
	fs::create_dir_all(&folder).unwrap();
	fs::write(folder.join("DOE_JANE_1.dcm"), &planted.bytes).unwrap();
	if let Some(description) = description {
		fs::write(folder.join("heirloom.json"), description).unwrap();
	}
	(InputSpec { medical: true, ..plain(folder) }, planted)
}

/// Writes the beginning and the end of the one name in `/data/0` into its log: all of it is a piece of the file.
fn listing() -> Guest {
	let mut guest = Guest::new();
	let path = guest.bytes(b"data/0");
	guest.then(&format!(
		"(call $expect (call $fd_readdir (call $open {path} (i32.const 2) (i64.const 0))
		   (i32.const 65536) (i32.const 65536) (i64.const 2) (i32.const 24)) (i32.const 0))
		 (call $write (i32.const 1) (i32.const 65560) (i32.const 5))
		 (call $write (i32.const 1) (i32.add (i32.const 65556) (i32.load (i32.const 65552))) (i32.const 4))"
	))
}

#[test]
fn refusal_20_medical_file_should_be_seen_clean_under_another_name() {
	let place = Place::new();
	let (input, _) = medical(&place, Some(r#"{"version": 1, "release_year": 2026}"#));
	let mut spec = job(listing().module());
	spec.inputs = vec![input];
	let outcome = place.run(&spec);
	assert_eq!(outcome.report.verdict, Verdict::Released, "{:?}", outcome.refusal);
	let name = String::from_utf8(decode(outcome.log.unwrap().bytes()).unwrap()[0].bytes.clone()).unwrap();
	assert_eq!(name, "2.25..dcm");
	let [file] = &outcome.private.cleaned[..] else { panic!("one file was looked at") };
	assert!(file.used && !file.name.contains("DOE"));
}

#[test]
fn refusal_20_what_is_no_dicom_file_should_not_be_used() {
	let place = Place::new();
	let (input, _) = medical(&place, None);
	fs::write(place.folder.path().join("study/notes.txt"), "Jane Doe, born 12 March 1957").unwrap();
	fs::write(place.folder.path().join("study/list.csv"), "name\nJane Doe\n").unwrap();
	let mut spec =
		job(Guest::new().refused("data/0/notes.txt", 0, 2, 44).refused("data/0/list.csv", 0, 2, 44).module());
	spec.inputs = vec![input];
	let outcome = place.run(&spec);
	assert_eq!(outcome.report.verdict, Verdict::Released, "{:?}", outcome.refusal);
	assert_eq!(outcome.report.inputs[0].findings, 2);
	let codes: Vec<_> = outcome.private.cleaned.iter().filter_map(|file| file.code).collect();
	assert_eq!(codes, ["no-policy", "not-dicom"]);
}

#[test]
fn refusal_20_asset_without_a_clean_file_should_be_refused_and_counted() {
	let place = Place::new();
	let mut spec = job(Guest::new().module());
	spec.inputs = vec![InputSpec { medical: true, ..place.input("in", b"Jane Doe") }];
	let outcome = place.run(&spec);
	assert_eq!(refusal(&outcome), Refusal::NothingClean);
	assert_eq!(outcome.report.inputs[0].findings, 1);
}

#[test]
fn refusal_20_identifier_in_a_log_should_be_held() {
	let place = Place::new();
	let (input, planted) = medical(&place, None);
	let needle = planted
		.planted
		.iter()
		.filter_map(|planted| String::from_utf8(planted.needle.clone()).ok())
		.find(|needle| {
			let has = |kind: fn(&u8) -> bool| needle.as_bytes().iter().any(kind);
			needle.len() >= 8
				&& has(u8::is_ascii_digit)
				&& has(u8::is_ascii_alphabetic)
				&& !needle.contains(['.', '^'])
		})
		.expect("an identifier with digits is planted");
	let mut spec = job(Guest::new().log(&format!("cannot read {needle}\n")).module());
	spec.inputs = vec![input];
	let outcome = place.run(&spec);
	assert!(outcome.log.is_none());
	assert_eq!(outcome.log_reasons, [Reason::IdentifierEchoed], "{needle}");
}

#[test]
fn refusal_20_name_out_of_a_table_should_be_held_in_a_log() {
	let place = Place::new();
	let policy = r#"{"version": 1, "tables": {"labels.csv": {"columns": {"size": "keep", "name": "drop"}}}}"#;
	let (input, _) = medical(&place, Some(policy));
	fs::write(place.folder.path().join("study/labels.csv"), "name,size\nAgathe Kowalczyk,7\n").unwrap();
	let mut spec = job(Guest::new().log("no slice of kowalczyk\n").module());
	spec.inputs = vec![input];
	let outcome = place.run(&spec);
	assert!(outcome.log.is_none());
	assert_eq!(outcome.log_reasons, [Reason::IdentifierEchoed]);
}

#[test]
fn table_should_be_seen_under_its_owner_s_policy() {
	let place = Place::new();
	let policy = r#"{"version": 1, "tables": {"labels.csv": {"columns": {"size": "keep", "name": "drop"}}}}"#;
	let (input, _) = medical(&place, Some(policy));
	fs::write(place.folder.path().join("study/labels.csv"), "name,size\nJane Doe,7\n").unwrap();
	let mut spec =
		job(Guest::new().echo("data/0/labels.csv").refused("data/0/heirloom.json", 0, 2, 44).module());
	spec.inputs = vec![input];
	let outcome = place.run(&spec);
	assert_eq!(outcome.report.verdict, Verdict::Released, "{:?}", outcome.refusal);
	assert_eq!(decode(outcome.log.unwrap().bytes()).unwrap()[0].bytes, b"size\n7\n");
}

#[test]
fn description_that_is_not_understood_should_refuse_the_job() {
	let place = Place::new();
	let (input, _) = medical(&place, Some(r#"{"version": 1, "keep_names": true}"#));
	let mut spec = job(Guest::new().module());
	spec.inputs = vec![input];
	assert_eq!(refusal(&place.run(&spec)), Refusal::DescriptionInvalid);
}

#[test]
fn failed_job_should_release_its_log_and_none_of_its_outputs() {
	let guest = table("k,n\na,100\n", "").log("line 7: no labels\n").then("unreachable");
	let outcome = run(&guest, b"x");
	assert_eq!(refusal(&outcome), Refusal::Trapped);
	assert!(outcome.held.is_none());
	assert_eq!(decode(outcome.log.unwrap().bytes()).unwrap()[0].bytes, b"line 7: no labels\n");
	assert_eq!(outcome.report.output_bytes, 4_096);
}

#[test]
fn metrics_should_say_only_that_the_smallest_group_was_kept() {
	let declared = manifest(r#"{"name": "q.json", "kind": "metrics", "records": 412}"#);
	let guest = Guest::new().emit("q.json", br#"{"accuracy": 0.875}"#).emit("outputs.json", &declared);
	let outcome = run(&guest, b"x");
	assert_eq!(outcome.report.smallest_group, Some(10));
}
