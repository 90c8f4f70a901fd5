//! How a call of a job becomes a call here.

use super::{
	errno::Errno,
	guest::Guest,
	host::{Host, Stopped},
};
use wasmtime::{Caller, Extern, Memory, Trap};

/// Fuel that a call costs.
const FUEL_OF_CALL: u64 = 64;
/// Bytes that a unit of fuel moves.
const BYTES_OF_FUEL: u64 = 8;

/// Why a call does not do what was asked.
pub enum Fail {
	/// The job gets an error number.
	Errno(Errno),
	/// The job is stopped.
	Stop(Stopped),
}

impl From<Errno> for Fail {
	fn from(errno: Errno) -> Self {
		Self::Errno(errno)
	}
}

impl From<Stopped> for Fail {
	fn from(stopped: Stopped) -> Self {
		Self::Stop(stopped)
	}
}

/// Answers one call: charges for it, and gives the job its error number. `answer` returns the bytes that it moved.
pub fn answer(
	caller: &mut Caller<'_, Host>,
	answer: impl FnOnce(&mut Guest<'_>, &mut Host) -> Result<u64, Fail>,
) -> wasmtime::Result<i32> {
	charge(caller, FUEL_OF_CALL)?;
	let memory = memory(caller)?;
	let (bytes, host) = memory.data_and_store_mut(&mut *caller);
	match answer(&mut Guest(bytes), host) {
		Ok(moved) => {
			charge(caller, moved / BYTES_OF_FUEL)?;
			Ok(0)
		}
		Err(Fail::Errno(errno)) => Ok(i32::from(errno.0)),
		Err(Fail::Stop(stopped)) => Err(stopped.into()),
	}
}

/// Takes fuel; a job that has less is at its end.
pub fn charge(caller: &mut Caller<'_, Host>, cost: u64) -> wasmtime::Result<()> {
	match caller.get_fuel()?.checked_sub(cost) {
		Some(left) => caller.set_fuel(left),
		None => {
			caller.set_fuel(0)?;
			Err(Trap::OutOfFuel.into())
		}
	}
}

fn memory(caller: &mut Caller<'_, Host>) -> wasmtime::Result<Memory> {
	if let Some(memory) = caller.data().memory {
		return Ok(memory);
	}
	// Every module that was compiled exports it.
	let memory =
		caller.get_export("memory").and_then(Extern::into_memory).ok_or(Trap::UnreachableCodeReached)?;
	caller.data_mut().memory = Some(memory);
	Ok(memory)
}
