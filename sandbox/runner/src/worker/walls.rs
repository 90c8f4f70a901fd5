//! The second wall: what a worker takes from itself before it looks at anything that a stranger wrote.

use codec::{Decode, Encode};
use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus, Scope};
use rustix::{
	process::{
		DumpableBehavior, Resource, Rlimit, Signal, set_dumpable_behavior, set_parent_process_death_signal,
		setrlimit,
	},
	thread::set_no_new_privs,
};
use seccompiler::{
	BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
	TargetArch, apply_filter,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Bytes that a worker may use beside what its job was promised.
const OWN_BYTES: u64 = 512 << 20;
/// Seconds of processor time that a worker may use beside its wall clock.
const OWN_SECONDS: u64 = 5;
/// The Landlock features that are asked for; an older kernel gives those it has.
const LANDLOCK: ABI = ABI::V6;

/// How far Landlock is enforced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Landlock {
	/// The kernel has none.
	#[default]
	Absent,
	/// Files are out of reach; the kernel does not know of all the rest (TCP, signals, abstract sockets).
	Partial,
	/// All of it.
	Full,
}

/// What stands around a worker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, Serialize)]
pub struct Walls {
	/// No descriptor but its input and its pipes.
	pub descriptors: bool,
	/// An empty environment.
	pub environment: bool,
	/// Limits of memory, processor time, files and processes.
	pub limits: bool,
	/// It cannot gain privileges, be traced or dumped, or outlive the runner.
	pub no_new_privileges: bool,
	/// No file can be reached by path.
	pub landlock: Landlock,
	/// System calls that open, connect or start are fatal.
	pub seccomp: bool,
	/// Inputs are opened in memory and not on a disk. Whoever starts the worker says so.
	pub in_memory: bool,
}

impl Walls {
	/// The first wall that does not stand.
	pub fn missing(&self) -> Option<&'static str> {
		let walls = [
			(self.descriptors, "no inherited descriptors"),
			(self.environment, "an empty environment"),
			(self.limits, "limits of the process"),
			(self.no_new_privileges, "no new privileges"),
			(self.landlock != Landlock::Absent, "Landlock"),
			(self.seccomp, "seccomp"),
		];
		walls.into_iter().find(|(stands, _)| !stands).map(|(_, name)| name)
	}
}

/// Raises all walls but the last filter, as far as the kernel lets. `descriptors` is what [`close_others`] said.
pub fn raise(descriptors: bool, memory_bytes: u64, seconds: u64) -> Walls {
	let environment = std::env::vars_os().next().is_none();
	// Before the limit of descriptors, since Landlock needs one for a moment.
	let no_new_privileges = set_no_new_privs(true).is_ok()
		&& set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok()
		&& set_parent_process_death_signal(Some(Signal::KILL)).is_ok();
	let landlock = landlock().unwrap_or_default();
	let limits = limit(memory_bytes.saturating_add(OWN_BYTES), seconds.saturating_add(OWN_SECONDS));
	let seccomp = filter(Phase::Loading).is_some_and(|filter| apply_filter(&filter).is_ok());
	Walls { descriptors, environment, limits, no_new_privileges, landlock, seccomp, in_memory: false }
}

/// The last filter, once native code is loaded: from here on no memory becomes executable.
pub fn seal() -> bool {
	filter(Phase::Running).is_some_and(|filter| apply_filter(&filter).is_ok())
}

/// Closes what was inherited beside the three standard descriptors. Comes before everything else.
#[allow(unsafe_code)]
pub fn close_others() -> bool {
	// SAFETY: called before this process opened a descriptor of its own, so that none is closed that something here
	// relies on; the call takes numbers only.
	unsafe { libc::close_range(3, libc::c_uint::MAX, 0) == 0 }
}

fn limit(memory_bytes: u64, seconds: u64) -> bool {
	// What can be written, not what is reserved: wasm memories reserve 4 GiB of addresses. Processor time ends with a
	// signal of its own first, so that it can be told. The descriptors are the standard ones and the input: none can be
	// added.
	let limits = [
		(Resource::Data, memory_bytes, memory_bytes),
		(Resource::Cpu, seconds, seconds.saturating_add(1)),
		(Resource::Core, 0, 0),
		(Resource::Fsize, 0, 0),
		(Resource::Nofile, 4, 4),
		(Resource::Nproc, 0, 0),
		(Resource::Memlock, 0, 0),
		(Resource::Msgqueue, 0, 0),
	];
	let set = |(resource, soft, hard)| {
		setrlimit(resource, Rlimit { current: Some(soft), maximum: Some(hard) }).is_ok()
	};
	limits.into_iter().all(set)
}

/// Landlock without a single rule: everything that it knows of is denied.
fn landlock() -> Option<Landlock> {
	let ruleset = Ruleset::default()
		.handle_access(AccessFs::from_all(LANDLOCK))
		.and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(LANDLOCK)))
		.and_then(|ruleset| ruleset.scope(Scope::from_all(LANDLOCK)))
		.and_then(Ruleset::create)
		.ok()?;
	Some(match ruleset.restrict_self().ok()?.ruleset {
		RulesetStatus::FullyEnforced => Landlock::Full,
		RulesetStatus::PartiallyEnforced => Landlock::Partial,
		RulesetStatus::NotEnforced => Landlock::Absent,
	})
}

/// What a filter is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
	/// Compiling, or loading what was compiled: memory may become executable, and the next filter be set.
	Loading,
	/// Running a job.
	Running,
}

/// The system calls that are allowed; any other kills the process. Reading the input, writing the pipe, memory, signals
/// of traps, and the end.
fn filter(phase: Phase) -> Option<BpfProgram> {
	let always = [
		libc::SYS_read,
		libc::SYS_pread64,
		libc::SYS_lseek,
		libc::SYS_close,
		libc::SYS_fstat,
		libc::SYS_munmap,
		libc::SYS_mremap,
		libc::SYS_madvise,
		libc::SYS_brk,
		libc::SYS_rt_sigaction,
		libc::SYS_rt_sigprocmask,
		libc::SYS_rt_sigreturn,
		libc::SYS_sigaltstack,
		libc::SYS_futex,
		libc::SYS_sched_yield,
		libc::SYS_getrandom,
		libc::SYS_clock_gettime,
		libc::SYS_restart_syscall,
		libc::SYS_membarrier,
		libc::SYS_getpid,
		libc::SYS_gettid,
		libc::SYS_exit,
		libc::SYS_exit_group,
	];
	let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
		always.into_iter().map(|call| (call, Vec::new())).collect();
	// Only the pipe of results is written.
	rules.insert(libc::SYS_write, vec![SeccompRule::new(vec![argument(0, SeccompCmpOp::Eq, 1)?]).ok()?]);
	// A signal to itself is how it aborts.
	let itself = u64::from(std::process::id());
	rules
		.insert(libc::SYS_tgkill, vec![SeccompRule::new(vec![argument(0, SeccompCmpOp::Eq, itself)?]).ok()?]);
	// `statx` of a descriptor, not of a path.
	let of_descriptor =
		argument(2, SeccompCmpOp::MaskedEq(libc::AT_EMPTY_PATH as u64), libc::AT_EMPTY_PATH as u64)?;
	rules.insert(libc::SYS_statx, vec![SeccompRule::new(vec![of_descriptor]).ok()?]);
	let executable = libc::PROT_EXEC as u64;
	let not_executable = || SeccompRule::new(vec![argument(2, SeccompCmpOp::MaskedEq(executable), 0)?]).ok();
	for call in [libc::SYS_mmap, libc::SYS_mprotect] {
		let rule = match phase {
			Phase::Loading => Vec::new(),
			Phase::Running => vec![not_executable()?],
		};
		rules.insert(call, rule);
	}
	if phase == Phase::Loading {
		rules.insert(libc::SYS_seccomp, Vec::new());
		let no_new_privileges = argument(0, SeccompCmpOp::Eq, libc::PR_SET_NO_NEW_PRIVS as u64)?;
		rules.insert(libc::SYS_prctl, vec![SeccompRule::new(vec![no_new_privileges]).ok()?]);
	}
	let architecture = TargetArch::try_from(std::env::consts::ARCH).ok()?;
	SeccompFilter::new(rules, SeccompAction::KillProcess, SeccompAction::Allow, architecture)
		.ok()
		.and_then(|filter| filter.try_into().ok())
}

fn argument(index: u8, operator: SeccompCmpOp, value: u64) -> Option<SeccompCondition> {
	SeccompCondition::new(index, SeccompCmpArgLen::Dword, operator, value).ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{
		env,
		fs::{self, File},
		io::ErrorKind,
		net::{TcpStream, UdpSocket},
		os::unix::process::ExitStatusExt,
		process::{Command, ExitStatus, Stdio},
		thread,
	};

	const ATTEMPT: &str = "HEIRLOOM_WALLS_ATTEMPT";

	/// What a job that broke out of wasm would try: runs in a process of its own, and does nothing unless asked.
	#[test]
	fn attempt() {
		let Ok(attempt) = env::var(ATTEMPT) else { return };
		if attempt == "path" {
			assert_ne!(landlock(), Some(Landlock::Absent));
			assert_eq!(File::open("/etc/passwd").unwrap_err().kind(), ErrorKind::PermissionDenied);
			assert!(fs::read_dir("/").is_err());
			return;
		}
		let engine = crate::engine::engine().unwrap();
		let walls = raise(true, 1 << 30, 60);
		assert!(walls.seccomp && walls.limits && walls.no_new_privileges && seal());
		match attempt.as_str() {
			"nothing" => {}
			"open" => drop(File::open("/etc/passwd")),
			"connect" => drop(TcpStream::connect("127.0.0.1:1")),
			"send" => drop(UdpSocket::bind("127.0.0.1:0")),
			"start" => drop(Command::new("/bin/true").spawn()),
			"thread" => drop(thread::Builder::new().spawn(|| {})),
			"code" => {
				drop(wasmtime::Module::from_binary(&engine, &wat::parse_str("(module (func))").unwrap()))
			}
			other => panic!("{other}"),
		}
	}

	fn attempted(attempt: &str) -> ExitStatus {
		Command::new(env::current_exe().unwrap())
			.args(["--exact", "worker::walls::tests::attempt"])
			.env(ATTEMPT, attempt)
			.stdout(Stdio::null())
			.stderr(Stdio::null())
			.status()
			.unwrap()
	}

	#[test]
	fn walls_should_let_a_job_end() {
		assert!(attempted("nothing").success());
	}

	#[test]
	fn paths_should_be_out_of_reach() {
		assert!(attempted("path").success());
	}

	#[test]
	fn opening_a_file_should_be_fatal() {
		assert_eq!(attempted("open").signal(), Some(libc::SIGSYS));
	}

	#[test]
	fn refusal_03_a_socket_should_be_fatal() {
		assert_eq!(attempted("connect").signal(), Some(libc::SIGSYS));
		assert_eq!(attempted("send").signal(), Some(libc::SIGSYS));
	}

	#[test]
	fn refusal_04_a_process_or_thread_should_be_fatal() {
		assert_eq!(attempted("start").signal(), Some(libc::SIGSYS));
		assert_eq!(attempted("thread").signal(), Some(libc::SIGSYS));
	}

	#[test]
	fn making_code_should_be_fatal() {
		assert_eq!(attempted("code").signal(), Some(libc::SIGSYS));
	}

	#[test]
	fn first_wall_that_is_missing_should_be_named() {
		assert_eq!(Walls::default().missing(), Some("no inherited descriptors"));
		let mut walls = Walls { descriptors: true, environment: true, limits: true, ..Walls::default() };
		walls.no_new_privileges = true;
		assert_eq!(walls.missing(), Some("Landlock"));
		(walls.landlock, walls.seccomp) = (Landlock::Partial, true);
		assert_eq!(walls.missing(), None);
	}
}
