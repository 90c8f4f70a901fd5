//! WASI preview 1 as jobs have it: written here, whole, so that what a job can reach can be read in one sitting.
//!
//! | functions | what they do |
//! |---|---|
//! | `args_*`, `environ_*` | there are none |
//! | `clock_*`, `poll_oneoff` | a clock that a unit of fuel moves by a nanosecond, and a sleep by its length |
//! | `random_get` | ChaCha20 from a seed of permit, code and parameters: the same for whoever repeats the job, no secret |
//! | `fd_*`, `path_open`, `path_filestat_get` | the files of [`tree`], and standard output and error, which are the log |
//! | `proc_exit`, `sched_yield` | as named |
//! | all others but sockets | an error number |
//! | `sock_*`, and everything of other modules | not there: a module that imports them is refused |
//!
//! A call costs fuel, and more for each 8 bytes that it moves, so that fuel bounds what calls can be made to do.

mod calls;
mod clock;
mod errno;
mod files;
mod guest;
mod host;
mod paths;
mod refused;
mod tree;

pub use host::{Allowance, Host, MOST_TABLES, Stopped};
pub use tree::Tree;

use wasmtime::Linker;

/// The name of the module that jobs import.
const MODULE: &str = "wasi_snapshot_preview1";

/// Defines all functions that jobs may import.
pub fn link(linker: &mut Linker<Host>) -> wasmtime::Result<()> {
	clock::link(linker)?;
	files::link(linker)?;
	paths::link(linker)?;
	refused::link(linker)
}
