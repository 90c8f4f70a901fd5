//! 6: growth of memory, tables and stack, and huge modules.

mod common;

use common::{Guest, Place, job, passes, refusal, refused, wasm};
use heirloom_sandbox::{Limits, Refusal};

#[test]
fn memory_should_not_grow_beyond_the_limit() {
	let grows = |pages: u32| {
		let mut spec = job(Guest::new().then(&format!("(drop (memory.grow (i32.const {pages})))")).module());
		spec.limits = Limits { memory_bytes: 8 << 20, ..spec.limits };
		Place::new().run(&spec)
	};
	// 64 pages are there, 128 are allowed.
	assert_eq!(grows(64).refusal, None);
	assert_eq!(refusal(&grows(65)), Refusal::MemorySpent);
	assert_eq!(refusal(&grows(60_000)), Refusal::MemorySpent);
}

#[test]
fn memory_that_is_too_large_at_once_should_be_refused() {
	let code = wasm(r#"(module (memory (export "memory") 65536) (func (export "_start")))"#);
	assert_eq!(refused(code), Refusal::MemorySpent);
}

#[test]
fn all_of_the_memory_that_is_allowed_should_be_usable() {
	let guest = Guest::new().then(
		"(drop (memory.grow (i32.const 16320)))
		 (memory.fill (i32.const 65536) (i32.const 1) (i32.const 1073676288))",
	);
	passes(&guest);
}

#[test]
fn table_should_not_grow_beyond_the_limit() {
	let grows = |elements: u32| {
		let guest = Guest::new()
			.with("(table $t 1 funcref)")
			.then(&format!("(drop (table.grow $t (ref.null func) (i32.const {elements})))"));
		Place::new().run(&job(guest.module()))
	};
	assert_eq!(grows(1_000).refusal, None);
	assert_eq!(refusal(&grows(100_000)), Refusal::TablesSpent);
}

#[test]
fn table_that_is_too_large_at_once_should_be_refused() {
	let code =
		wasm(r#"(module (memory (export "memory") 1) (table 100001 funcref) (func (export "_start")))"#);
	assert_eq!(refused(code), Refusal::TablesSpent);
}

#[test]
fn tables_should_count_together() {
	let tables = "(table 60000 funcref)".repeat(2);
	let code = wasm(&format!(r#"(module (memory (export "memory") 1) {tables} (func (export "_start")))"#));
	assert_eq!(refused(code), Refusal::TablesSpent);
}

#[test]
fn too_many_tables_should_be_refused() {
	let with = |tables: usize| {
		let tables = "(table 1 funcref)".repeat(tables);
		Place::new().run(&job(wasm(&format!(
			r#"(module (memory (export "memory") 1) {tables} (func (export "_start")))"#
		))))
	};
	assert_eq!(with(64).refusal, None);
	assert_eq!(refusal(&with(65)), Refusal::TablesSpent);
}

#[test]
fn endless_recursion_should_be_refused() {
	let guest = Guest::new().with("(func $down (call $down))").then("(call $down)");
	assert_eq!(refused(guest.module()), Refusal::StackSpent);
}

#[test]
fn huge_module_should_be_refused() {
	let mut spec = job(Guest::new().module());
	spec.limits = Limits { module_bytes: spec.code.len() as u64 - 1, ..spec.limits };
	assert_eq!(refusal(&Place::new().run(&spec)), Refusal::ModuleTooLarge);
}

#[test]
fn module_of_thousands_of_functions_should_be_compiled_or_refused_within_its_time() {
	let body = "(local.set 0 (i64.mul (local.get 0) (i64.const 7)))".repeat(50);
	let functions: String = (0..3_000)
		.map(|number| format!("(func $f{number} (param i64) (result i64) {body} (local.get 0))"))
		.collect();
	let outcome = Place::new().run(&job(Guest::new().with(&functions).module()));
	assert!(matches!(outcome.refusal, None | Some(Refusal::ModuleTooComplex)), "{:?}", outcome.refusal);
}

#[test]
fn bytes_that_are_no_module_should_be_refused() {
	for code in [&b""[..], b"\0asm", b"#!/bin/sh\n", &[0xff; 1_000]] {
		assert_eq!(refused(code.to_vec()), Refusal::ModuleInvalid);
	}
}
