//! Running a job.

use super::{
	input,
	protocol::{Ended, Frame},
	send, walls,
};
use crate::{
	Refusal,
	engine::engine,
	jobfile::{self, Head},
	wasi::{self, Allowance, Host, Stopped, Tree},
};
use std::{fs::File, io};
use wasmtime::{Linker, Module, Store, Trap};

/// Runs the job that standard input is the file of, and tells what came of it.
pub fn run() -> io::Result<()> {
	let alone = walls::close_others();
	let file = input()?;
	let Ok(head) = jobfile::head(&file) else { return send(&Frame::Unusable) };
	// Outputs and native code are there twice for a moment.
	let own = head.output_bytes.saturating_add(head.module_len).saturating_mul(2);
	let raised = walls::raise(alone, head.memory_bytes.saturating_add(own), head.seconds);
	if let Some(missing) = raised.missing().filter(|_| head.require_walls) {
		return send(&Frame::Missing(missing.to_owned()));
	}
	let Some((store, linker, module)) = load(file, head) else { return send(&Frame::Unusable) };
	let mut raised = raised;
	raised.seccomp &= walls::seal();
	send(&Frame::Walls(raised))?;
	send(&execute(store, &linker, &module))
}

type Loaded = (Store<Host>, Linker<Host>, Module);

/// Makes everything ready but the instance.
fn load(file: File, head: Head) -> Option<Loaded> {
	let code = jobfile::part(&file, head.module_at, head.module_len).ok()?;
	let engine = engine().ok()?;
	let module = deserialized(&engine, &code)?;
	let mut linker = Linker::new(&engine);
	wasi::link(&mut linker).ok()?;
	let allowance = Allowance {
		fuel: head.fuel,
		memory_bytes: head.memory_bytes,
		table_elements: head.table_elements,
		output_bytes: head.output_bytes,
	};
	let host = Host::new(Tree::new(&head.files)?, file, head.parameters, head.seed, allowance);
	let mut store = Store::new(&engine, host);
	store.limiter(|host| host);
	store.set_fuel(head.fuel).ok()?;
	Some((store, linker, module))
}

#[allow(unsafe_code)]
fn deserialized(engine: &wasmtime::Engine, code: &[u8]) -> Option<Module> {
	// SAFETY: the bytes are what `Module::serialize` wrote in a compiling worker of this same program, kept in a folder
	// that only the operator can write to. Were they not, what they do happens behind the walls that stand already,
	// where a job is expected to do its worst anyway.
	unsafe { Module::deserialize(engine, code) }.ok()
}

fn execute(mut store: Store<Host>, linker: &Linker<Host>, module: &Module) -> Frame {
	let given = store.data().fuel;
	let ran = linker
		.instantiate(&mut store, module)
		.and_then(|instance| instance.get_typed_func::<(), ()>(&mut store, "_start"))
		.and_then(|start| start.call(&mut store, ()));
	let (refusal, exit) = match ran {
		Ok(()) => (None, 0),
		Err(error) => match reason(&error) {
			Some(reason) => reason,
			None => return Frame::Failed,
		},
	};
	let fuel = given.saturating_sub(store.get_fuel().unwrap_or(0));
	let (outputs, log) = store.into_data().into_results();
	Frame::Ended(Ended { refusal: refusal.map_or(0, Refusal::number), exit, fuel, outputs, log })
}

/// Why a job failed, if it did, and its exit code. None where not the job failed but this machine: everything that wasm
/// can do wrong is a trap.
fn reason(error: &wasmtime::Error) -> Option<(Option<Refusal>, u32)> {
	if let Some(stopped) = error.downcast_ref::<Stopped>() {
		return Some(match stopped {
			Stopped::Exit(0) => (None, 0),
			Stopped::Exit(code) => (Some(Refusal::ExitedWithError), *code),
			Stopped::Memory => (Some(Refusal::MemorySpent), 0),
			Stopped::Tables => (Some(Refusal::TablesSpent), 0),
			Stopped::Output => (Some(Refusal::OutputSpent), 0),
			Stopped::Machine => return None,
		});
	}
	let refusal = match error.downcast_ref::<Trap>()? {
		Trap::OutOfFuel => Refusal::FuelSpent,
		Trap::StackOverflow => Refusal::StackSpent,
		// Whatever else it is: which of them would tell the consumer a few bits more.
		_ => Refusal::Trapped,
	};
	Some((Some(refusal), 0))
}

#[cfg(test)]
mod tests {
	use super::*;
	use rustix::process::{Resource, Rlimit, setrlimit};
	use std::{env, process::Command};

	const ATTEMPT: &str = "HEIRLOOM_GROWTH_ATTEMPT";

	/// What comes of a module on this machine as it is.
	fn executed(text: &str) -> Frame {
		let engine = engine().unwrap();
		let module = Module::new(&engine, wat::parse_str(text).unwrap()).unwrap();
		let allowance =
			Allowance { fuel: 1 << 30, memory_bytes: 4 << 30, table_elements: 10, output_bytes: 0 };
		let host =
			Host::new(Tree::new(&[]).unwrap(), tempfile::tempfile().unwrap(), Vec::new(), [0; 32], allowance);
		let mut store = Store::new(&engine, host);
		store.limiter(|host| host);
		store.set_fuel(1 << 30).unwrap();
		execute(store, &Linker::new(&engine), &module)
	}

	fn refusal(text: &str) -> u16 {
		match executed(text) {
			Frame::Ended(ended) => ended.refusal,
			other => panic!("{other:?}"),
		}
	}

	/// Runs in a process of its own, with little memory, and does nothing unless asked.
	#[test]
	fn attempt() {
		if env::var(ATTEMPT).is_err() {
			return;
		}
		let little = Rlimit { current: Some(256 << 20), maximum: Some(256 << 20) };
		setrlimit(Resource::Data, little).unwrap();
		let grows = |pages: u32| {
			format!(
				r#"(module (memory (export "memory") 1)
				   (func (export "_start") (if (i32.lt_s (memory.grow (i32.const {pages})) (i32.const 0)) (then unreachable))))"#
			)
		};
		assert_eq!(refusal(&grows(1)), 0);
		assert_eq!(executed(&grows(16_000)), Frame::Failed);
	}

	#[test]
	fn memory_that_the_machine_does_not_have_should_not_be_held_against_the_job() {
		let status = Command::new(env::current_exe().unwrap())
			.args(["--exact", "worker::run::tests::attempt"])
			.env(ATTEMPT, "1")
			.status();
		assert!(status.unwrap().success());
	}

	#[test]
	fn trap_should_be_the_job_s_own() {
		let starts = |body: &str| {
			refusal(&format!(r#"(module (memory (export "memory") 1 2) (func (export "_start") {body}))"#))
		};
		assert_eq!(starts("unreachable"), Refusal::Trapped.number());
		assert_eq!(starts("(drop (i32.load (i32.const -1)))"), Refusal::Trapped.number());
		assert_eq!(starts("(drop (memory.grow (i32.const 2)))"), 0, "beyond its own maximum is -1");
		let outside =
			r#"(module (memory (export "memory") 1) (data (i32.const 65536) "x") (func (export "_start")))"#;
		assert_eq!(refusal(outside), Refusal::Trapped.number());
	}
}
