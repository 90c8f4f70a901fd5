//! Jobs for tests: guests written as text, and a place to run them.

// Every test file uses its own part.
#![allow(dead_code)]

use heirloom_sandbox::{
	Cancel, GatePolicy, InputSpec, JobOutcome, JobSpec, Limits, OperatorFault, Refusal, Setting, Source,
	Verdict, Workplace, run_job,
};
use sp_crypto_hashing::blake2_256;
use std::{fmt::Write, fs, path::PathBuf};
use tempfile::TempDir;

/// The program that workers are.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_heirloom-sandbox");

/// What every guest has: imports, memory, and helpers. Data stands from 1,024 on, buffers from 65,536 on.
const PRELUDE: &str = r#"
(import "wasi_snapshot_preview1" "path_open"
  (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_readdir" (func $fd_readdir (param i32 i32 i32 i64 i32) (result i32)))
(import "wasi_snapshot_preview1" "fd_filestat_get" (func $fd_filestat_get (param i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "path_symlink" (func $path_symlink (param i32 i32 i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "path_link"
  (func $path_link (param i32 i32 i32 i32 i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "path_rename" (func $path_rename (param i32 i32 i32 i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "path_unlink_file" (func $path_unlink_file (param i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "path_create_directory" (func $path_create_directory (param i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
(import "wasi_snapshot_preview1" "proc_raise" (func $proc_raise (param i32) (result i32)))
(import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
(import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
(import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes_get (param i32 i32) (result i32)))
(memory (export "memory") 64)
;; Traps unless two numbers are the same.
(func $expect (param i32 i32)
  (if (i32.ne (local.get 0) (local.get 1)) (then unreachable)))
;; Error number of opening a path below the root, with flags and rights; the descriptor is at 0.
(func $try_open (param $path i32) (param $len i32) (param $how i32) (param $rights i64) (result i32)
  (call $path_open (i32.const 3) (i32.const 0) (local.get $path) (local.get $len) (local.get $how)
    (local.get $rights) (i64.const 0) (i32.const 0) (i32.const 0)))
(func $open (param $path i32) (param $len i32) (param $how i32) (param $rights i64) (result i32)
  (call $expect (call $try_open (local.get $path) (local.get $len) (local.get $how) (local.get $rights)) (i32.const 0))
  (i32.load (i32.const 0)))
(func $write (param $fd i32) (param $at i32) (param $len i32)
  (i32.store (i32.const 16) (local.get $at))
  (i32.store (i32.const 20) (local.get $len))
  (call $expect (call $fd_write (local.get $fd) (i32.const 16) (i32.const 1) (i32.const 24)) (i32.const 0)))
;; Reads up to 1 MiB to 65,536; returns how much.
(func $read (param $fd i32) (result i32)
  (i32.store (i32.const 16) (i32.const 65536))
  (i32.store (i32.const 20) (i32.const 1048576))
  (call $expect (call $fd_read (local.get $fd) (i32.const 16) (i32.const 1) (i32.const 24)) (i32.const 0))
  (i32.load (i32.const 24)))
;; Makes an output.
(func $emit (param $name i32) (param $name_len i32) (param $at i32) (param $len i32)
  (call $write
    (call $open (local.get $name) (local.get $name_len) (i32.const 1) (i64.const 64))
    (local.get $at) (local.get $len)))
"#;

/// A guest: what it does, in the text format, and the texts it needs.
#[derive(Default)]
pub struct Guest {
	data: String,
	at: usize,
	body: String,
	functions: String,
}

impl Guest {
	/// A guest that does nothing yet.
	pub fn new() -> Self {
		Self { at: 1_024, ..Self::default() }
	}

	/// Puts bytes into its memory: their address and length, as two constants.
	pub fn bytes(&mut self, bytes: &[u8]) -> String {
		let at = self.at;
		let escaped = bytes.iter().fold(String::new(), |mut text, byte| {
			write!(text, "\\{byte:02x}").unwrap();
			text
		});
		writeln!(self.data, "(data (i32.const {at}) \"{escaped}\")").unwrap();
		self.at += bytes.len();
		assert!(self.at < 65_536);
		format!("(i32.const {at}) (i32.const {})", bytes.len())
	}

	/// Goes on with some instructions.
	pub fn then(mut self, instructions: &str) -> Self {
		self.body.push_str(instructions);
		self.body.push('\n');
		self
	}

	/// Adds functions.
	pub fn with(mut self, functions: &str) -> Self {
		self.functions.push_str(functions);
		self
	}

	/// Writes an output.
	pub fn emit(mut self, name: &str, bytes: &[u8]) -> Self {
		let (name, bytes) = (self.bytes(format!("out/{name}").as_bytes()), self.bytes(bytes));
		self.then(&format!("(call $emit {name} {bytes})"))
	}

	/// Writes to its log.
	pub fn log(mut self, text: &str) -> Self {
		let text = self.bytes(text.as_bytes());
		self.then(&format!("(call $write (i32.const 1) {text})"))
	}

	/// Opening a path gives an error number.
	pub fn refused(mut self, path: &str, how: u32, rights: u64, errno: u16) -> Self {
		let path = self.bytes(path.as_bytes());
		self.then(&format!(
			"(call $expect (call $try_open {path} (i32.const {how}) (i64.const {rights})) (i32.const {errno}))"
		))
	}

	/// Copies the beginning of a file, up to 1 MiB, into an output.
	pub fn copy(mut self, from: &str, to: &str) -> Self {
		let (from, to) = (self.bytes(from.as_bytes()), self.bytes(format!("out/{to}").as_bytes()));
		self.then(&format!(
			"(call $emit {to} (i32.const 65536) (call $read (call $open {from} (i32.const 0) (i64.const 2))))"
		))
	}

	/// Copies the beginning of a file into its log.
	pub fn echo(mut self, from: &str) -> Self {
		let from = self.bytes(from.as_bytes());
		self.then(&format!(
			"(call $write (i32.const 2) (i32.const 65536)
			   (call $read (call $open {from} (i32.const 0) (i64.const 2))))"
		))
	}

	/// The module.
	pub fn module(&self) -> Vec<u8> {
		let Self { data, body, functions, .. } = self;
		wasm(&format!("(module {PRELUDE} {functions} {data} (func (export \"_start\") {body}))"))
	}
}

/// A module from text.
pub fn wasm(text: &str) -> Vec<u8> {
	wat::parse_str(text).unwrap()
}

/// The manifest of outputs.
pub fn manifest(outputs: &str) -> Vec<u8> {
	format!(r#"{{"version": 1, "outputs": [{outputs}]}}"#).into_bytes()
}

/// A place for one test.
pub struct Place {
	pub workplace: Workplace,
	pub folder: TempDir,
}

impl Place {
	pub fn new() -> Self {
		let folder = TempDir::new().unwrap();
		let mut setting = Setting::new(folder.path().join("home"));
		setting.worker = PathBuf::from(PROGRAM);
		Self { workplace: Workplace::open(setting).unwrap(), folder }
	}

	/// A plain input.
	pub fn input(&self, name: &str, bytes: &[u8]) -> InputSpec {
		let path = self.folder.path().join(name);
		fs::create_dir_all(path.parent().unwrap()).unwrap();
		fs::write(&path, bytes).unwrap();
		plain(path)
	}

	pub fn run(&self, spec: &JobSpec) -> JobOutcome {
		self.try_run(spec).unwrap()
	}

	pub fn try_run(&self, spec: &JobSpec) -> Result<JobOutcome, OperatorFault> {
		run_job(spec, &self.workplace, &Cancel::new(), |_| {})
	}
}

/// An input that is not sealed.
pub fn plain(path: PathBuf) -> InputSpec {
	InputSpec { asset: 1, medical: false, source: Source::Plain { path }, masks: Vec::new() }
}

/// A job of some code without inputs.
pub fn job(code: Vec<u8>) -> JobSpec {
	let parameters = b"{}".to_vec();
	JobSpec {
		permit_id: 7,
		code_hash: blake2_256(&code),
		code,
		parameters_hash: blake2_256(&parameters),
		parameters,
		inputs: Vec::new(),
		limits: Limits { seconds: 60, ..Limits::default() },
		gate: GatePolicy {
			output_cap: 1 << 20,
			smallest_group: 10,
			largest_output: None,
			largest_model: 0,
			release_budget: 1 << 20,
		},
		consumer: [9; 32],
	}
}

/// The refusal of a job that was refused.
pub fn refusal(outcome: &JobOutcome) -> Refusal {
	let refusal = outcome.refusal.expect("the job is refused");
	assert_eq!(outcome.report.verdict, Verdict::Refused { code: refusal.number() });
	assert!(outcome.bundle.is_none(), "nothing of its outputs leaves");
	refusal
}

/// Runs a guest that must not be refused.
pub fn passes(guest: &Guest) {
	let outcome = Place::new().run(&job(guest.module()));
	assert_eq!(outcome.report.verdict, Verdict::Released, "{:?}", outcome.refusal);
}

/// Runs code, and returns what it is refused for.
pub fn refused(code: Vec<u8>) -> Refusal {
	refusal(&Place::new().run(&job(code)))
}
