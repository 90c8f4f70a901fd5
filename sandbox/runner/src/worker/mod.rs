//! The processes that a stranger's code is compiled and run in.
//!
//! They are this program again, with one argument: [`COMPILE`], [`COMPILE_BARE`] or [`RUN`]. Standard input is the one file they read,
//! standard output the pipe of results, standard error leads nowhere.

mod protocol;
mod run;
mod walls;

pub use protocol::{Ended, Frame};
pub use walls::{Landlock, Walls};

use crate::{Refusal, engine::engine, jobfile, wasi};
use std::{fs::File, io, os::fd::AsFd};
use wasmtime::{ExternType, Linker, Module};

/// The argument of a process that compiles.
pub const COMPILE: &str = "worker-compile";
/// The same where walls may be missing.
pub const COMPILE_BARE: &str = "worker-compile-bare";
/// The argument of a process that runs a job.
pub const RUN: &str = "worker-run";

/// Bytes that a compiler may use.
const COMPILER_BYTES: u64 = 2 << 30;
/// Seconds of processor time that a compiler may use.
const COMPILER_SECONDS: u64 = 600;

/// Does what a worker does, if the program's arguments say that it is one, and returns whether it was. Whoever embeds
/// the runner and is its own worker calls this before anything else.
pub fn is_worker() -> bool {
	let mut arguments = std::env::args_os().skip(1);
	let (Some(role), None) = (arguments.next(), arguments.next()) else { return false };
	// A pipe that nobody reads any more means that nobody waits for the result either.
	if role == COMPILE {
		compile(true).ok();
	} else if role == COMPILE_BARE {
		compile(false).ok();
	} else if role == RUN {
		run::run().ok();
	} else {
		return false;
	}
	true
}

fn compile(require_walls: bool) -> io::Result<()> {
	let alone = walls::close_others();
	let code = input()?;
	let walls = walls::raise(alone, COMPILER_BYTES, COMPILER_SECONDS);
	if let Some(missing) = walls.missing().filter(|_| require_walls) {
		return send(&Frame::Missing(missing.to_owned()));
	}
	send(&Frame::Walls(walls))?;
	send(&match jobfile::part(&code, 0, code.metadata()?.len()) {
		Ok(code) => compiled(&code),
		Err(_) => Frame::Unusable,
	})
}

/// Native code for a module, or why there is none.
fn compiled(code: &[u8]) -> Frame {
	let refused = |refusal: Refusal| Frame::Refused(refusal.number());
	let Ok(engine) = engine() else { return Frame::Unusable };
	let Ok(module) = Module::from_binary(&engine, code) else { return refused(Refusal::ModuleInvalid) };
	let mut linker = Linker::new(&engine);
	if wasi::link(&mut linker).is_err() {
		return Frame::Unusable;
	}
	if linker.instantiate_pre(&module).is_err() {
		return refused(Refusal::ImportRefused);
	}
	if module.resources_required().num_tables as usize > wasi::MOST_TABLES {
		return refused(Refusal::TablesSpent);
	}
	let starts = matches!(module.get_export("_start"), Some(ExternType::Func(function))
		if function.params().len() == 0 && function.results().len() == 0);
	let remembers = matches!(module.get_export("memory"), Some(ExternType::Memory(_)));
	if !starts || !remembers {
		return refused(Refusal::NotACommand);
	}
	module.serialize().map_or(Frame::Unusable, Frame::Compiled)
}

/// The one file of a worker, under a number of its own.
fn input() -> io::Result<File> {
	Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

fn send(frame: &Frame) -> io::Result<()> {
	frame.send(io::stdout().lock())
}
