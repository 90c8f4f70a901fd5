//! The functions that are there because toolchains link them, and do nothing but say no.

use super::{MODULE, calls::charge, errno::Errno, host::Host};
use wasmtime::{Caller, FuncType, Linker, Val, ValType};

/// Fuel that a call costs.
const FUEL_OF_CALL: u64 = 64;

/// Name, parameters (`i`: 32 bits, `l`: 64 bits), and what they return.
const REFUSED: [(&str, &str, Errno); 16] = [
	("fd_allocate", "ill", Errno::NOTSUP),
	("fd_fdstat_set_rights", "ill", Errno::NOTCAPABLE),
	("fd_filestat_set_size", "il", Errno::NOTCAPABLE),
	("fd_filestat_set_times", "illi", Errno::NOTCAPABLE),
	("fd_renumber", "ii", Errno::NOTCAPABLE),
	("path_create_directory", "iii", Errno::NOTCAPABLE),
	("path_filestat_set_times", "iiiilli", Errno::NOTCAPABLE),
	("path_link", "iiiiiii", Errno::NOTCAPABLE),
	("path_readlink", "iiiiii", Errno::INVAL),
	("path_remove_directory", "iii", Errno::NOTCAPABLE),
	("path_rename", "iiiiii", Errno::NOTCAPABLE),
	("path_symlink", "iiiii", Errno::NOTCAPABLE),
	("path_unlink_file", "iii", Errno::NOTCAPABLE),
	("proc_raise", "i", Errno::NOSYS),
	("fd_pwrite", "iiili", Errno::NOTSUP),
	("fd_advise", "illi", Errno(0)),
];

pub fn link(linker: &mut Linker<Host>) -> wasmtime::Result<()> {
	for (name, parameters, errno) in REFUSED {
		let kind = |letter| if letter == 'l' { ValType::I64 } else { ValType::I32 };
		let signature = FuncType::new(linker.engine(), parameters.chars().map(kind), [ValType::I32]);
		linker.func_new(MODULE, name, signature, move |mut caller: Caller<'_, Host>, _, results| {
			charge(&mut caller, FUEL_OF_CALL)?;
			results[0] = Val::I32(i32::from(errno.0));
			Ok(())
		})?;
	}
	Ok(())
}
