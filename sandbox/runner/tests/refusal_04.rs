//! 4: threads and processes.

mod common;

use common::{Guest, job, passes, refusal, refused, wasm};
use heirloom_sandbox::{Cancel, Refusal, Setting, Workplace, run_job};
use std::{fs, os::unix::fs::PermissionsExt};

#[test]
fn shared_memory_should_be_refused() {
	let code = wasm(r#"(module (memory (export "memory") 1 1 shared) (func (export "_start")))"#);
	assert_eq!(refused(code), Refusal::ModuleInvalid);
}

#[test]
fn atomic_instructions_should_be_refused() {
	let code = wasm(
		r#"(module (memory (export "memory") 1)
		   (func (export "_start") (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))))"#,
	);
	assert_eq!(refused(code), Refusal::ModuleInvalid);
}

#[test]
fn starting_a_thread_should_be_refused() {
	let code = wasm(
		r#"(module (import "wasi" "thread-spawn" (func (param i32) (result i32)))
		   (memory (export "memory") 1) (func (export "_start")))"#,
	);
	assert_eq!(refused(code), Refusal::ImportRefused);
}

#[test]
fn starting_a_process_should_be_refused() {
	for (module, name) in
		[("env", "fork"), ("env", "execve"), ("env", "system"), ("wasi_snapshot_preview1", "proc_exec")]
	{
		let code = wasm(&format!(
			r#"(module (import "{module}" "{name}" (func (param i32) (result i32)))
			   (memory (export "memory") 1) (func (export "_start")))"#
		));
		assert_eq!(refused(code), Refusal::ImportRefused, "{name}");
	}
}

#[test]
fn signals_should_not_be_raised() {
	passes(&Guest::new().then("(call $expect (call $proc_raise (i32.const 9)) (i32.const 52))"));
}

#[test]
fn memory_of_another_module_should_be_refused() {
	let code = wasm(
		r#"(module (import "env" "memory" (memory 1)) (export "memory" (memory 0)) (func (export "_start")))"#,
	);
	assert_eq!(refused(code), Refusal::ImportRefused);
}

#[test]
fn several_memories_should_be_refused() {
	let code = wasm(r#"(module (memory (export "memory") 1) (memory 1) (func (export "_start")))"#);
	assert_eq!(refused(code), Refusal::ModuleInvalid);
}

#[test]
fn component_should_be_refused() {
	assert_eq!(refused(wasm("(component)")), Refusal::ModuleInvalid);
}

#[test]
fn module_that_is_no_command_should_be_refused() {
	for text in [
		r#"(module (memory (export "memory") 1))"#,
		r#"(module (func (export "_start")))"#,
		r#"(module (memory (export "memory") 1) (func (export "_start") (param i32)))"#,
	] {
		assert_eq!(refused(wasm(text)), Refusal::NotACommand, "{text}");
	}
}

#[test]
fn arguments_and_environment_should_be_empty() {
	let mut guest = Guest::new();
	for function in ["args_sizes_get", "environ_sizes_get"] {
		guest = guest.then(&format!(
			"(i32.store (i32.const 65536) (i32.const 7))
			 (call $expect (call ${function} (i32.const 65536) (i32.const 65540)) (i32.const 0))
			 (call $expect (i32.load (i32.const 65536)) (i32.const 0))
			 (call $expect (i32.load (i32.const 65540)) (i32.const 0))"
		));
	}
	passes(&guest);
}

/// A worker that a wall kills, whatever it is given.
#[test]
fn forbidden_system_call_should_refuse_the_job() {
	let folder = tempfile::tempdir().unwrap();
	let worker = folder.path().join("worker");
	fs::write(&worker, "#!/bin/sh\nkill -SYS $$\n").unwrap();
	fs::set_permissions(&worker, fs::Permissions::from_mode(0o700)).unwrap();
	let mut setting = Setting::new(folder.path().join("home"));
	setting.worker = worker;
	let place = Workplace::open(setting).unwrap();
	let spec = job(Guest::new().module());
	let outcome = run_job(&spec, &place, &Cancel::new(), |_| {}).unwrap();
	assert_eq!(refusal(&outcome), Refusal::ForbiddenCall);
	assert!(!Refusal::ForbiddenCall.is_deterministic(), "another system's library may do without it");
}
