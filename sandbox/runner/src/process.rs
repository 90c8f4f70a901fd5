//! Starting a worker, and waiting for it no longer than agreed.

use crate::{Cancel, OperatorFault, Stop, Workplace, worker::Frame};
use std::{
	fs::File,
	io::Read,
	os::{fd::AsRawFd, unix::process::ExitStatusExt},
	process::{Child, Command, Stdio},
	sync::mpsc::{self, RecvTimeoutError},
	thread,
	time::{Duration, Instant},
};

/// How often a running worker is looked after.
const PACE: Duration = Duration::from_millis(10);
/// Bytes of frames beside what a worker was allowed to return.
const OWN_BYTES: u64 = 1 << 20;

/// How a worker ended.
#[derive(Debug)]
pub enum Finished {
	/// By itself, with these frames, of which the last is a result.
	Frames(Vec<Frame>),
	/// It took longer than it may.
	Late,
	/// It was stopped.
	Stopped(Stop),
	/// Without frames that make sense.
	Lost(Loss),
}

/// How a worker ended that said nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Loss {
	/// It tried a system call that is not allowed.
	#[error("a system call that is not allowed")]
	Forbidden,
	/// Its processor time was spent.
	#[error("processor time spent")]
	Time,
	/// Another signal: out of memory, as a rule.
	#[error("signal {0}")]
	Signal(i32),
	/// By itself.
	#[error("exit code {0}")]
	Exit(i32),
	/// It is not known.
	#[error("unknown")]
	Unknown,
}

/// A worker's process. It does not outlive this value.
struct Worker(Child);

impl Drop for Worker {
	fn drop(&mut self) {
		// It may have ended by itself; either way it is waited for, so that no zombie stays.
		self.0.kill().ok();
		self.0.wait().ok();
	}
}

/// Runs a worker in a role over a file, and returns how it ended. `most` are the bytes that it may return.
///
/// # Errors
/// [`OperatorFault::WorkerUnstartable`].
pub fn work(
	place: &Workplace,
	role: &str,
	file: &File,
	time: Duration,
	most: u64,
	cancel: &Cancel,
) -> Result<Finished, OperatorFault> {
	let begun = Instant::now();
	// Opened anew, so that it can only be read: the descriptor at hand can write.
	let input =
		File::open(format!("/proc/self/fd/{}", file.as_raw_fd())).map_err(OperatorFault::PlaceUnusable)?;
	let mut command = Command::new(&place.setting().worker);
	command.arg(role).env_clear().current_dir("/");
	command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::null());
	let mut worker = Worker(command.spawn().map_err(OperatorFault::WorkerUnstartable)?);
	let pipe = worker.0.stdout.take().map(|pipe| pipe.take(most.saturating_add(OWN_BYTES)));
	let (sender, frames) = mpsc::channel();
	thread::spawn(move || {
		let mut bytes = Vec::new();
		let whole = pipe.is_some_and(|mut pipe| pipe.read_to_end(&mut bytes).is_ok());
		// Nobody waits any more for what comes too late.
		sender.send(whole.then_some(bytes)).ok();
	});
	loop {
		match frames.recv_timeout(PACE) {
			Ok(bytes) => {
				// One that announced its walls, and was not heard of again, is as lost as one that said nothing.
				let whole = |frames: &Vec<Frame>| !matches!(frames.last(), None | Some(Frame::Walls(_)));
				let frames = bytes.and_then(|bytes| Frame::all(&bytes)).filter(whole);
				return Ok(match frames {
					Some(frames) => Finished::Frames(frames),
					None => Finished::Lost(worker.ended()),
				});
			}
			Err(RecvTimeoutError::Timeout) => {
				if let Some(stop) = cancel.stopped() {
					return Ok(Finished::Stopped(stop));
				}
				if begun.elapsed() >= time {
					return Ok(Finished::Late);
				}
			}
			Err(RecvTimeoutError::Disconnected) => return Ok(Finished::Lost(worker.ended())),
		}
	}
}

impl Worker {
	/// How it ended. One that closed its pipe and lives on is killed.
	fn ended(&mut self) -> Loss {
		// A worker that broke its frames off is at its end, or will never be.
		let deadline = Instant::now() + PACE;
		while Instant::now() < deadline && matches!(self.0.try_wait(), Ok(None)) {
			thread::sleep(PACE / 10);
		}
		self.0.kill().ok();
		let Ok(status) = self.0.wait() else { return Loss::Unknown };
		match (status.signal(), status.code()) {
			(Some(libc::SIGSYS), _) => Loss::Forbidden,
			(Some(libc::SIGXCPU), _) => Loss::Time,
			(Some(signal), _) => Loss::Signal(signal),
			(None, Some(code)) => Loss::Exit(code),
			(None, None) => Loss::Unknown,
		}
	}
}
