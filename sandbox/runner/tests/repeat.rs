//! The same job in two processes: the same output, the same fuel.

mod common;

use common::{Guest, PROGRAM, Place, job, wasm};
use heirloom_sandbox::{Cancel, Difference, JobSpec, Verdict, repeat_job};
use proptest::prelude::*;
use serde_json::Value;
use sp_crypto_hashing::blake2_256;
use std::{fs, process::Command};

/// A guest that does what its parameters say, byte for byte: arithmetic with NaNs, memory, chance, clock, a listing of
/// its inputs; all of it ends in its log as digits.
fn mixer() -> Vec<u8> {
	let mut guest = Guest::new();
	let (parameters, data) = (guest.bytes(b"params.json"), guest.bytes(b"data"));
	let guest = guest
		.with(
			r#"
(global $state (mut i64) (i64.const 88172645463325252))
(global $x (mut f64) (f64.const 1))
(func $mix (param i64)
  (global.set $state (i64.xor (i64.mul (global.get $state) (i64.const 6364136223846793005)) (local.get 0))))
(func $float (param $op i32)
  (global.set $x (f64.add (f64.mul (global.get $x) (f64.convert_i32_s (local.get $op))) (f64.const 0.1)))
  (if (i32.eq (i32.and (local.get $op) (i32.const 7)) (i32.const 3))
    (then (global.set $x (f64.sqrt (f64.neg (f64.abs (global.get $x)))))))
  (if (i32.eq (i32.and (local.get $op) (i32.const 7)) (i32.const 4))
    (then (global.set $x (f64.div (f64.sub (global.get $x) (global.get $x)) (f64.const 0)))))
  (call $mix (i64.reinterpret_f64 (global.get $x))))
(func $chance (param $len i32)
  (call $expect (call $random_get (i32.const 200000) (local.get $len)) (i32.const 0))
  (call $mix (i64.load (i32.const 200000))))
(func $now
  (call $expect (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const 200000)) (i32.const 0))
  (call $mix (i64.load (i32.const 200000))))
(func $step (param $op i32)
  (call $float (local.get $op))
  (if (i32.eqz (i32.rem_u (local.get $op) (i32.const 3))) (then (call $chance (local.get $op))))
  (if (i32.eqz (i32.rem_u (local.get $op) (i32.const 5))) (then (call $now)))
  (if (i32.eqz (i32.rem_u (local.get $op) (i32.const 11)))
    (then (call $mix (i64.extend_i32_s (memory.grow (i32.const 1)))))))
(func $digits (local $at i32)
  (loop $again
    (i32.store8 (i32.add (i32.const 210000) (local.get $at))
      (i32.add (i32.const 97) (i32.wrap_i64 (i64.and (global.get $state) (i64.const 15)))))
    (global.set $state (i64.shr_u (global.get $state) (i64.const 4)))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br_if $again (i32.lt_u (local.get $at) (i32.const 16))))
  (call $write (i32.const 1) (i32.const 210000) (i32.const 16)))
(func $all (local $at i32) (local $end i32)
  (local.set $end (call $read (call $open PARAMETERS (i32.const 0) (i64.const 2))))
  (loop $again
    (if (i32.lt_u (local.get $at) (local.get $end))
      (then
        (call $step (i32.load8_u (i32.add (i32.const 65536) (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $again))))
  (call $expect (call $fd_readdir (call $open DATA (i32.const 2) (i64.const 0))
    (i32.const 65536) (i32.const 4096) (i64.const 0) (i32.const 24)) (i32.const 0))
  (call $mix (i64.load (i32.const 65584)))
  (call $digits))
"#
			.replace("PARAMETERS", &parameters)
			.replace("DATA", &data)
			.as_str(),
		)
		.then("(call $all)");
	guest.module()
}

fn mixing(code: &[u8], parameters: Vec<u8>) -> JobSpec {
	let mut spec = job(code.to_vec());
	spec.parameters_hash = blake2_256(&parameters);
	spec.parameters = parameters;
	spec
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	#[test]
	fn same_job_in_two_processes_should_have_the_same_output_and_fuel(
		parameters in proptest::collection::vec(any::<u8>(), 0..200),
	) {
		let place = Place::new();
		let code = mixer();
		let first = place.run(&mixing(&code, parameters.clone()));
		let second = repeat_job(&mixing(&code, parameters), &place.workplace, &Cancel::new(), |_| {}).unwrap();
		prop_assert_eq!(first.report.verdict, Verdict::Released);
		prop_assert_eq!(first.private.fuel, second.private.fuel);
		prop_assert_eq!(first.log.unwrap(), second.log.unwrap());
		prop_assert_eq!(first.report.differences(&second.report), []);
	}
}

#[test]
fn other_parameters_should_make_another_output() {
	let place = Place::new();
	let code = mixer();
	let one = place.run(&mixing(&code, vec![1, 2, 3]));
	let mut other = mixing(&code, vec![1, 2, 4]);
	other.permit_id += 1;
	assert_ne!(one.log.unwrap(), place.run(&other).log.unwrap());
}

#[test]
fn nan_should_be_canonical() {
	// The sign of a computed NaN is the machine's own, unless it is made canonical.
	let code = wasm(
		r#"(module (memory (export "memory") 1)
		   (func (export "_start") (local $zero f64)
		     (if (i64.ne (i64.reinterpret_f64 (f64.div (local.get $zero) (local.get $zero)))
		                 (i64.const 0x7ff8000000000000)) (then unreachable))
		     (if (i64.ne (i64.reinterpret_f64 (f64.sqrt (f64.const -1))) (i64.const 0x7ff8000000000000))
		       (then unreachable))))"#,
	);
	assert_eq!(Place::new().run(&job(code)).refusal, None);
}

#[test]
fn another_output_should_be_a_difference() {
	let place = Place::new();
	let outcome = place.run(&job(Guest::new().log("one").module()));
	let mut report = outcome.report.clone();
	report.output[0] ^= 1;
	assert_eq!(report.differences(&outcome.report), [Difference::Output]);
	let mut report = outcome.report.clone();
	report.verdict = Verdict::Refused { code: 47 };
	assert_eq!(report.differences(&outcome.report), [Difference::Verdict]);
}

#[test]
fn refusal_by_time_should_not_be_held_against_an_operator() {
	let outcome = Place::new().run(&job(Guest::new().log("one").module()));
	let mut slow = outcome.report.clone();
	(slow.verdict, slow.output, slow.fuel) = (Verdict::Refused { code: 42 }, [0; 32], 0);
	assert_eq!(slow.differences(&outcome.report), []);
}

/// A folder with a job in files.
fn files(place: &Place) -> Vec<String> {
	let path = |name: &str| place.folder.path().join(name).display().to_string();
	fs::write(path("job.wasm"), Guest::new().echo("data/0/content").log("done\n").module()).unwrap();
	fs::write(path("input"), "short").unwrap();
	let document = "permit = 17\n[gate]\noutput_cap = 65536\nsmallest_group = 10\nlargest_model = 0\n\
		release_budget = 65536\n[[inputs]]\nasset = 3\npath = \"input\"\n";
	fs::write(path("job.toml"), document).unwrap();
	vec![path("job.toml"), "--code".into(), path("job.wasm")]
}

fn command(name: &str, arguments: &[String]) -> (Option<i32>, Value) {
	let output = Command::new(PROGRAM).arg(name).args(arguments).arg("--json").output().unwrap();
	let text = String::from_utf8(output.stdout).unwrap();
	(output.status.code(), serde_json::from_str(&text).unwrap_or(Value::Null))
}

#[test]
fn verify_should_reproduce_a_report_in_another_process() {
	let place = Place::new();
	let job = files(&place);
	let out = place.folder.path().join("out").display().to_string();
	let (code, summary) = command("run", &[job.clone(), vec!["--out".into(), out.clone()]].concat());
	assert_eq!(code, Some(0), "{summary}");
	assert_eq!(summary["released"][0], "log.txt");
	assert_eq!(fs::read(format!("{out}/released/log.txt")).unwrap(), b"shortdone\n");

	let report = vec!["--report".to_owned(), format!("{out}/report.json")];
	let (code, verified) = command("verify", &[job.clone(), report.clone()].concat());
	assert_eq!((code, &verified["same"]), (Some(0), &Value::Bool(true)), "{verified}");

	fs::write(place.folder.path().join("input"), "other").unwrap();
	let (code, verified) = command("verify", &[job, report].concat());
	assert_eq!(code, Some(12));
	assert_eq!(verified["differences"], serde_json::json!(["inputs", "output"]));
}

#[test]
fn keys_should_be_made_once() {
	let place = Place::new();
	let home = vec!["--home".to_owned(), place.folder.path().join("operator").display().to_string()];
	let (code, keys) = command("keygen", &home);
	assert_eq!(code, Some(0));
	assert_eq!(keys["sealing_key"].as_str().map(str::len), Some(64));
	assert_eq!(command("keygen", &home).0, Some(11), "keys are not written over");
}

#[test]
fn measurement_should_be_that_of_the_program() {
	let (code, measured) = command("measure", &[]);
	assert_eq!(code, Some(0));
	let place = Place::new();
	assert_eq!(measured["measurement"], hex::encode(place.workplace.measurement()));
}
