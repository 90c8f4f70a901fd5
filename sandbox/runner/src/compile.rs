//! From a module to native code, which is kept for the next job of the same code.
//!
//! A compiler reads what a stranger wrote, for a long time and with much memory, so it runs in a worker of its own, behind
//! the same walls: a module that breaks it has broken into a process that has nothing. What it returns is not looked at
//! here; it is loaded in the job's worker only, behind the walls. So a worker that runs needs no compiler and no threads,
//! and starts in milliseconds once its code is known.

use crate::{
	Cancel, JobSpec, OperatorFault, Refusal, Stage, Workplace,
	process::{Finished, Loss, work},
	run::Interrupted,
	worker::{COMPILE, COMPILE_BARE, Frame},
};
use std::io::Write;

/// The most bytes of native code.
const MOST_BYTES: u64 = 512 << 20;

/// Native code of the job's module.
pub fn native(
	spec: &JobSpec,
	place: &Workplace,
	cancel: &Cancel,
	progress: &mut dyn FnMut(Stage),
) -> Result<Vec<u8>, Interrupted> {
	if spec.code.len() as u64 > spec.limits.module_bytes {
		return Err(Refusal::ModuleTooLarge.into());
	}
	let kept = place.modules().read(&spec.code_hash).map_err(OperatorFault::PlaceUnusable)?;
	if let Some(native) = kept {
		return Ok(native);
	}
	progress(Stage::Compiling);
	let file = place.scratch_file()?;
	(&file).write_all(&spec.code).map_err(OperatorFault::PlaceUnusable)?;
	let role = if place.setting().require_walls { COMPILE } else { COMPILE_BARE };
	let finished = work(place, role, &file, spec.limits.wall_clock(), MOST_BYTES, cancel)?;
	let native = match finished {
		Finished::Frames(frames) => result(frames)?,
		Finished::Stopped(stop) => return Err(stop.into()),
		// Its limits of time and memory end a compiler by a signal.
		Finished::Late | Finished::Lost(Loss::Time | Loss::Signal(_)) => {
			return Err(Refusal::ModuleTooComplex.into());
		}
		Finished::Lost(Loss::Forbidden) => return Err(Refusal::ForbiddenCall.into()),
		Finished::Lost(loss) => return Err(OperatorFault::WorkerLost(loss.to_string()).into()),
	};
	place.modules().keep(&spec.code_hash, &native).map_err(OperatorFault::PlaceUnusable)?;
	Ok(native)
}

fn result(frames: Vec<Frame>) -> Result<Vec<u8>, Interrupted> {
	match frames.into_iter().last() {
		Some(Frame::Compiled(native)) => Ok(native),
		Some(Frame::Refused(number)) => {
			let refusal = Refusal::of_number(number).ok_or(OperatorFault::WorkerUnintelligible)?;
			Err(refusal.into())
		}
		Some(Frame::Missing(wall)) => Err(OperatorFault::WallMissing(wall).into()),
		Some(Frame::Walls(_) | Frame::Unusable | Frame::Ended(_) | Frame::Failed) | None => {
			Err(OperatorFault::WorkerUnintelligible.into())
		}
	}
}
