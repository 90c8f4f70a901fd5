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
	send(&Frame::Ended(execute(store, &linker, &module)))
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

fn execute(mut store: Store<Host>, linker: &Linker<Host>, module: &Module) -> Ended {
	let given = store.data().fuel;
	let ran = linker
		.instantiate(&mut store, module)
		.and_then(|instance| instance.get_typed_func::<(), ()>(&mut store, "_start"))
		.and_then(|start| start.call(&mut store, ()));
	let (refusal, exit) = match ran {
		Ok(()) => (None, 0),
		Err(error) => reason(&error),
	};
	let fuel = given.saturating_sub(store.get_fuel().unwrap_or(0));
	let (outputs, log) = store.into_data().into_results();
	Ended { refusal: refusal.map_or(0, Refusal::number), exit, fuel, outputs, log }
}

/// Why a job failed, if it did, and its exit code.
fn reason(error: &wasmtime::Error) -> (Option<Refusal>, u32) {
	if let Some(stopped) = error.downcast_ref::<Stopped>() {
		return match stopped {
			Stopped::Exit(0) => (None, 0),
			Stopped::Exit(code) => (Some(Refusal::ExitedWithError), *code),
			Stopped::Memory => (Some(Refusal::MemorySpent), 0),
			Stopped::Tables => (Some(Refusal::TablesSpent), 0),
			Stopped::Output => (Some(Refusal::OutputSpent), 0),
		};
	}
	let refusal = match error.downcast_ref::<Trap>() {
		Some(Trap::OutOfFuel) => Refusal::FuelSpent,
		Some(Trap::StackOverflow) => Refusal::StackSpent,
		// Whatever else it is: which of them would tell the consumer a few bits more.
		Some(_) | None => Refusal::Trapped,
	};
	(Some(refusal), 0)
}
