//! 2: size, timing, exit code and fuel as channels.

mod common;

use common::{Guest, Place, job, manifest, refusal};
use heirloom_gate::{Decision, Reason, decode};
use heirloom_sandbox::{Limits, Refusal, Verdict};

/// A guest that takes `turns` of a loop.
fn busy(turns: u64) -> Guest {
	Guest::new()
		.with(
			"(func $spin (param $turns i64)
			   (loop $again
			     (local.set $turns (i64.sub (local.get $turns) (i64.const 1)))
			     (br_if $again (i64.gt_s (local.get $turns) (i64.const 0)))))",
		)
		.then(&format!("(call $spin (i64.const {turns}))"))
}

#[test]
fn output_above_what_its_owner_lets_leave_should_be_held() {
	let text = vec![b'x'; 5_000];
	let outcome = Place::new().run(&job(Guest::new().emit("a.txt", &text).module()));
	assert_eq!(refusal(&outcome), Refusal::Held(Reason::OutputTooLarge));
	assert_eq!(outcome.report.output_bytes, 0);
	assert!(outcome.held.is_some(), "its owner can look at it");
}

#[test]
fn output_above_the_permit_s_cap_should_not_be_kept() {
	let place = Place::new();
	let mut spec = job(Guest::new().emit("a.txt", &[b'x'; 5_000]).module());
	spec.gate.output_cap = 4_096;
	let outcome = place.run(&spec);
	assert_eq!(refusal(&outcome), Refusal::Held(Reason::OutputTooLarge));
	assert!(outcome.held.is_none(), "nobody could let it leave");
	assert!(place.workplace.quarantine().list(Decision::Pending).unwrap().is_empty());
}

#[test]
fn output_above_the_runner_s_own_limit_should_stop_the_job() {
	let mut spec = job(Guest::new().copy("params.json", "a").module());
	spec.limits = Limits { output_bytes: 1, ..spec.limits };
	assert_eq!(refusal(&Place::new().run(&spec)), Refusal::OutputSpent);
}

#[test]
fn released_bytes_should_be_padded_to_a_bucket() {
	let table = |groups: usize| {
		let rows: String = (0..groups).map(|group| format!("g{group},{}\n", 100 + 20 * group)).collect();
		let declared =
			manifest(r#"{"name": "t.csv", "kind": "table", "keys": ["k"], "counts": ["n"], "values": []}"#);
		let guest =
			Guest::new().emit("t.csv", format!("k,n\n{rows}").as_bytes()).emit("outputs.json", &declared);
		Place::new().run(&job(guest.module()))
	};
	for groups in [1, 5, 50] {
		let outcome = table(groups);
		assert_eq!(outcome.report.verdict, Verdict::Released, "{:?}", outcome.reasons);
		assert_eq!(outcome.report.output_bytes, 4_096);
		assert_eq!(outcome.report.smallest_group, Some(10));
		let bundle = outcome.bundle.unwrap();
		assert_eq!(bundle.padded_len(), 4_096);
		assert_eq!(decode(bundle.bytes()).unwrap()[0].name, "t.csv");
	}
}

#[test]
fn exit_codes_should_all_look_the_same() {
	let reports = [1, 42, 255].map(|code| {
		let outcome = Place::new()
			.run(&job(Guest::new().then(&format!("(call $proc_exit (i32.const {code}))")).module()));
		assert_eq!(refusal(&outcome), Refusal::ExitedWithError);
		assert!(!outcome.shown.success);
		(outcome.report.verdict, outcome.report.output_bytes, outcome.report.fuel)
	});
	assert!(reports.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn all_failures_of_a_job_should_look_the_same() {
	let failures = [
		("unreachable", Refusal::Trapped),
		("(call $proc_exit (i32.const 7))", Refusal::ExitedWithError),
		("(drop (memory.grow (i32.const 65000)))", Refusal::MemorySpent),
	];
	let shown = failures.map(|(body, expected)| {
		let outcome = Place::new().run(&job(Guest::new().then(body).module()));
		assert_eq!(refusal(&outcome), expected, "its operator knows");
		let disclosed = outcome.report.disclosed();
		assert_eq!(outcome.report.differences(&disclosed), [], "what leaves is what a repetition finds");
		(disclosed.verdict, disclosed.output_bytes, disclosed.fuel, disclosed.smallest_group)
	});
	assert_eq!(shown[0].0, Verdict::Refused { code: 48 });
	assert!(shown.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn fuel_should_be_shown_in_buckets() {
	let outcomes = [10, 1_000].map(|turns| Place::new().run(&job(busy(turns).module())));
	assert_ne!(outcomes[0].private.fuel, outcomes[1].private.fuel);
	assert_eq!(outcomes[0].report.fuel, outcomes[1].report.fuel);
	assert_eq!(outcomes[0].shown.fuel, 1 << 20);
}

#[test]
fn exact_fuel_should_be_committed_to_all_the_same() {
	let spec = |turns| {
		let mut spec = job(busy(turns).module());
		// The same permit, as far as the seed of the commitment goes.
		spec.permit_id = 1;
		spec
	};
	let outcomes = [10, 1_000].map(|turns| Place::new().run(&spec(turns)));
	assert_ne!(outcomes[0].report.output, outcomes[1].report.output);
	for outcome in &outcomes {
		let opening = outcome.opening.unwrap();
		assert_eq!(opening.commitment(outcome.bundle.as_ref()), outcome.report.output);
	}
}

#[test]
fn duration_should_be_shown_in_buckets() {
	let outcome = Place::new().run(&job(busy(10).module()));
	assert!(outcome.shown.seconds.is_power_of_two());
}

#[test]
fn log_should_leave_in_a_bucket() {
	let outcome = Place::new().run(&job(Guest::new().log("two lines\nof log\n").module()));
	assert_eq!(outcome.report.verdict, Verdict::Released);
	let log = outcome.log.unwrap();
	assert!(outcome.opening.unwrap().is_of_log(&log));
	assert_eq!(decode(log.bytes()).unwrap()[0].bytes, b"two lines\nof log\n");
	assert_eq!(outcome.report.output_bytes, 2 * 4_096);
}

#[test]
fn log_and_outputs_should_be_charged_to_one_budget() {
	let place = Place::new();
	let mut spec = job(Guest::new().log("a log").module());
	spec.inputs = vec![place.input("in", b"x")];
	spec.gate.release_budget = 4_096;
	let outcome = place.run(&spec);
	assert_eq!(outcome.report.verdict, Verdict::Released);
	assert!(outcome.log.is_none());
	assert_eq!(outcome.log_reasons, [Reason::BudgetSpent]);
	let opening = outcome.opening.unwrap();
	assert!(opening.log_key.is_none(), "what the log said cannot be tried");
	assert_eq!(opening.commitment(outcome.bundle.as_ref()), outcome.report.output);
}

#[test]
fn budget_should_be_one_over_all_jobs() {
	let place = Place::new();
	let spec = |permit_id| {
		let mut spec = job(Guest::new().module());
		spec.permit_id = permit_id;
		spec.inputs = vec![place.input("in", b"x")];
		spec.gate.release_budget = 2 * 4_096;
		spec
	};
	for permit in [1, 2] {
		assert_eq!(place.run(&spec(permit)).report.verdict, Verdict::Released);
	}
	assert_eq!(refusal(&place.run(&spec(3))), Refusal::Held(Reason::BudgetSpent));
	// The same job again is charged once.
	assert_eq!(place.run(&spec(2)).report.verdict, Verdict::Released);
	place.workplace.abandon(1).unwrap();
	assert_eq!(place.run(&spec(3)).report.verdict, Verdict::Released);
}
