//! 5: endless loops, fuel and wall clock spent.

mod common;

use common::{Guest, Place, job, passes, refusal, refused};
use heirloom_sandbox::{Limits, Refusal};
use std::time::{Duration, Instant};

const ENDLESS: &str = "(loop $again (br $again))";

#[test]
fn endless_loop_should_end_with_its_fuel() {
	let mut spec = job(Guest::new().then(ENDLESS).module());
	spec.limits = Limits { fuel: 1_000_000, ..spec.limits };
	let outcome = Place::new().run(&spec);
	assert_eq!(refusal(&outcome), Refusal::FuelSpent);
	assert!(outcome.private.fuel <= 1_000_000);
}

#[test]
fn endless_loop_should_end_with_its_time() {
	let mut spec = job(Guest::new().then(ENDLESS).module());
	spec.limits = Limits { fuel: u64::MAX, seconds: 2, ..spec.limits };
	let begun = Instant::now();
	let outcome = Place::new().run(&spec);
	assert_eq!(refusal(&outcome), Refusal::TimeSpent);
	assert_eq!(outcome.report.output, [0; 32]);
	assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn endless_recursion_of_calls_to_the_host_should_end_with_the_fuel() {
	let guest = Guest::new().then(
		"(loop $again
		   (drop (call $random_get (i32.const 65536) (i32.const 1048576)))
		   (br $again))",
	);
	let mut spec = job(guest.module());
	spec.limits = Limits { fuel: 10_000_000, ..spec.limits };
	assert_eq!(refusal(&Place::new().run(&spec)), Refusal::FuelSpent);
}

#[test]
fn bytes_that_a_call_moves_should_cost_fuel() {
	let fuel = |len: u32| {
		let guest =
			Guest::new().then(&format!("(drop (call $random_get (i32.const 65536) (i32.const {len})))"));
		Place::new().run(&job(guest.module())).private.fuel
	};
	assert_eq!(fuel(1_000_000) - fuel(0), 125_000);
}

#[test]
fn start_function_should_be_held_to_the_same_fuel() {
	let code = common::wasm(
		r#"(module (memory (export "memory") 1) (func $s (loop $again (br $again))) (start $s) (func (export "_start")))"#,
	);
	let mut spec = job(code);
	spec.limits = Limits { fuel: 1_000_000, ..spec.limits };
	assert_eq!(refusal(&Place::new().run(&spec)), Refusal::FuelSpent);
}

#[test]
fn sleeping_should_take_no_time() {
	// A relative sleep of 10^18 ns on the monotonic clock, which has passed afterwards.
	let guest = Guest::new().then(
		"(i32.store (i32.const 65552) (i32.const 1))
		 (i64.store (i32.const 65560) (i64.const 1000000000000000000))
		 (call $expect
		   (call $poll_oneoff (i32.const 65536) (i32.const 66000) (i32.const 1) (i32.const 67000)) (i32.const 0))
		 (call $expect (call $clock_time_get (i32.const 1) (i64.const 0) (i32.const 65536)) (i32.const 0))
		 (if (i64.lt_u (i64.load (i32.const 65536)) (i64.const 1000000000000000000)) (then unreachable))",
	);
	let begun = Instant::now();
	passes(&guest);
	assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn loop_that_waits_for_the_clock_should_end() {
	// For 100 microseconds.
	let guest = Guest::new().then(
		"(loop $again
		   (drop (call $clock_time_get (i32.const 1) (i64.const 0) (i32.const 65536)))
		   (br_if $again (i64.lt_u (i64.load (i32.const 65536)) (i64.const 100000))))",
	);
	passes(&guest);
}

#[test]
fn trap_should_be_refused_without_saying_which() {
	for instructions in [
		"unreachable",
		"(drop (i32.div_s (i32.const 1) (i32.const 0)))",
		"(drop (i32.load (i32.const -1)))",
		"(drop (i32.trunc_f32_s (f32.const nan)))",
	] {
		assert_eq!(refused(Guest::new().then(instructions).module()), Refusal::Trapped, "{instructions}");
	}
}
