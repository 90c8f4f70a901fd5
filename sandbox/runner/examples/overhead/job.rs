//! The job that is measured: a logistic regression by gradient descent, in wasm, on numbers that it makes itself.

use heirloom_sandbox::{Cancel, GatePolicy, JobSpec, Limits, Setting, Verdict, Workplace, run_job};
use sp_crypto_hashing::blake2_256;
use std::{cell::Cell, error::Error, path::PathBuf};
use tempfile::TempDir;

/// 4,096 records of 32 features, as f64 from 65,536 on; labels behind them; weights from 1,024 on. A turn is a pass over
/// all records. `TURNS` stands for their number.
pub const MODULE: &str = r#"(module
  (memory (export "memory") 64)
  (global $turns (export "turns") (mut i32) (i32.const TURNS))
  (global $seed (mut i64) (i64.const 88172645463325252))
  (func $next (result f64)
    (global.set $seed (i64.add (i64.mul (global.get $seed) (i64.const 6364136223846793005)) (i64.const 1442695040888963407)))
    (f64.sub (f64.mul (f64.convert_i64_u (i64.shr_u (global.get $seed) (i64.const 11))) (f64.const 0x1p-53)) (f64.const 0.5)))
  (func $make (local $at i32)
    (local.set $at (i32.const 65536))
    (loop $again
      (f64.store (local.get $at) (call $next))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $again (i32.lt_u (local.get $at) (i32.const 1146880)))))
  (func $sigmoid (param $x f64) (result f64)
    (f64.add (f64.const 0.5)
      (f64.mul (f64.const 0.5) (f64.div (local.get $x) (f64.add (f64.const 1) (f64.abs (local.get $x)))))))
  (func $dot (param $row i32) (result f64) (local $at i32) (local $sum f64)
    (loop $again
      (local.set $sum (f64.add (local.get $sum)
        (f64.mul (f64.load offset=1024 (local.get $at)) (f64.load (i32.add (local.get $row) (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $again (i32.lt_u (local.get $at) (i32.const 256))))
    (local.get $sum))
  (func $update (param $row i32) (param $step f64) (local $at i32)
    (loop $again
      (f64.store offset=1024 (local.get $at) (f64.sub (f64.load offset=1024 (local.get $at))
        (f64.mul (local.get $step) (f64.load (i32.add (local.get $row) (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $again (i32.lt_u (local.get $at) (i32.const 256)))))
  (func $pass (local $record i32) (local $row i32)
    (loop $again
      (local.set $row (i32.add (i32.const 65536) (i32.mul (local.get $record) (i32.const 256))))
      (call $update (local.get $row)
        (f64.mul (f64.const 0.01) (f64.sub (call $sigmoid (call $dot (local.get $row)))
          (f64.load offset=1114112 (i32.mul (local.get $record) (i32.const 8))))))
      (local.set $record (i32.add (local.get $record) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $record) (i32.const 4096)))))
  (func (export "_start") (local $turn i32)
    (if (global.get $turns) (then
      (call $make)
      (loop $again
        (call $pass)
        (local.set $turn (i32.add (local.get $turn) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $turn) (global.get $turns)))))))
)"#;

/// The module for so many turns.
pub fn module(turns: u32) -> Result<Vec<u8>, Box<dyn Error>> {
	Ok(wat::parse_str(MODULE.replace("TURNS", &turns.to_string()))?)
}

/// A place to run jobs in.
pub struct Place {
	workplace: Workplace,
	permit: Cell<u64>,
	_folder: TempDir,
}

impl Place {
	/// A place with all walls.
	pub fn new(worker: PathBuf) -> Result<Self, Box<dyn Error>> {
		let folder = TempDir::new()?;
		let setting = Setting { worker, ..Setting::new(folder.path().to_owned()) };
		Ok(Self { workplace: Workplace::open(setting)?, permit: Cell::new(0), _folder: folder })
	}

	/// Runs a job of its own permit.
	pub fn run(&self, code: &[u8]) -> Result<(), Box<dyn Error>> {
		self.permit.set(self.permit.get() + 1);
		let parameters = b"{}".to_vec();
		let spec = JobSpec {
			permit_id: self.permit.get(),
			code: code.to_vec(),
			code_hash: blake2_256(code),
			parameters_hash: blake2_256(&parameters),
			parameters,
			inputs: Vec::new(),
			limits: Limits { fuel: u64::MAX, ..Limits::default() },
			gate: GatePolicy {
				output_cap: 1 << 20,
				smallest_group: 10,
				largest_output: None,
				largest_model: 0,
				release_budget: u64::MAX,
			},
			consumer: [0; 32],
		};
		let outcome = run_job(&spec, &self.workplace, &Cancel::new(), |_| {})?;
		match outcome.report.verdict {
			Verdict::Released => Ok(()),
			Verdict::AwaitingOwner | Verdict::Refused { .. } => Err(format!("{:?}", outcome.refusal).into()),
		}
	}
}
