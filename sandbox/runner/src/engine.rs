//! The engine that jobs are compiled for and run on.

use wasmtime::{Config, Engine, OptLevel, Strategy};

/// Bytes of native stack that wasm may use. The same for all jobs, since frames are the compiler's.
const STACK_BYTES: usize = 1 << 20;

/// What [`engine`] sets, as it is measured. Whoever changes one changes the other.
pub const SETTINGS: &str = "wasmtime 36.0.20, cranelift, optimised for speed; fuel; NaN canonical; relaxed SIMD \
	deterministic; no threads, shared memory, several memories, 64-bit memories, tail calls, exceptions, components or \
	garbage collection; stack 1048576 bytes; one memory, one instance; WASI preview 1, runner 1";

/// An engine on which the same module with the same inputs does the same, and uses the same fuel, on every machine.
///
/// There are no epochs: what ends a job at the end of its wall clock is a signal from outside, which also ends one that
/// broke out of wasm.
pub fn engine() -> wasmtime::Result<Engine> {
	let mut config = Config::new();
	config
		.strategy(Strategy::Cranelift)
		.cranelift_opt_level(OptLevel::Speed)
		.cranelift_nan_canonicalization(true)
		.relaxed_simd_deterministic(true)
		.consume_fuel(true)
		.max_wasm_stack(STACK_BYTES)
		.wasm_multi_memory(false)
		.wasm_memory64(false)
		.wasm_tail_call(false)
		// A worker may not make the file that copy-on-write images are mapped from.
		.memory_init_cow(false)
		.wasm_backtrace(false)
		.generate_address_map(false);
	Engine::new(&config)
}
