//! The engine that jobs are compiled for and run on.

use wasmtime::{Config, Engine, OptLevel, Strategy};

/// What jobs are compiled for, whatever the machine has beyond it: two machines of one architecture make the same native
/// code of a module. Without it the compiler takes what it finds, and one that has a mistake with some instructions makes
/// results depend on who has them.
struct Target {
	triple: &'static str,
	/// Cranelift's flags, and what the standard library calls the same features.
	features: &'static [(&'static str, &'static str)],
}

/// x86-64-v3: Intel's processors since 2013, AMD's since 2015.
#[cfg(target_arch = "x86_64")]
const TARGET: Target = Target {
	triple: "x86_64-unknown-linux-gnu",
	features: &[
		("has_cmpxchg16b", "cmpxchg16b"),
		("has_sse3", "sse3"),
		("has_ssse3", "ssse3"),
		("has_sse41", "sse4.1"),
		("has_sse42", "sse4.2"),
		("has_popcnt", "popcnt"),
		("has_avx", "avx"),
		("has_avx2", "avx2"),
		("has_fma", "fma"),
		("has_bmi1", "bmi1"),
		("has_bmi2", "bmi2"),
		("has_lzcnt", "lzcnt"),
	],
};

/// ARMv8.0.
#[cfg(target_arch = "aarch64")]
const TARGET: Target = Target { triple: "aarch64-unknown-linux-gnu", features: &[] };

/// Bytes of native stack that wasm may use. The same for all jobs, since frames are the compiler's.
const STACK_BYTES: usize = 1 << 20;

/// What [`engine`] sets, as it is measured. Whoever changes one changes the other.
pub const SETTINGS: &str = "wasmtime 36.0.20, cranelift, optimised for speed; fuel; NaN canonical; relaxed SIMD \
	deterministic; no threads, shared memory, several memories, 64-bit memories, tail calls, exceptions, components or \
	garbage collection; stack 1048576 bytes; one memory, one instance; x86-64-v3 or ARMv8.0, whatever the processor has; \
	WASI preview 1, runner 2";

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
	compile_for(&mut config, &TARGET)?;
	Engine::new(&config)
}

#[allow(unsafe_code)]
fn compile_for(config: &mut Config, target: &Target) -> wasmtime::Result<()> {
	config.target(target.triple)?;
	for (flag, _) in target.features {
		// SAFETY: the flags switch instructions on, and nothing else; the engine loads no code with instructions that the
		// processor does not have.
		unsafe { config.cranelift_flag_enable(flag) };
	}
	Ok(())
}

/// The first feature that jobs are compiled for and this processor does not have.
pub fn missing_feature() -> Option<&'static str> {
	TARGET.features.iter().map(|(_, feature)| *feature).find(|feature| !has(feature))
}

/// Whether the processor has a feature, by the name of the standard library's macro, which takes literals only.
#[cfg(target_arch = "x86_64")]
fn has(feature: &str) -> bool {
	macro_rules! detected {
		($($name:tt)*) => { match feature { $($name => std::arch::is_x86_feature_detected!($name),)* _ => false } };
	}
	detected!("cmpxchg16b" "sse3" "ssse3" "sse4.1" "sse4.2" "popcnt" "avx" "avx2" "fma" "bmi1" "bmi2" "lzcnt")
}

/// Nothing beyond the base is asked for.
#[cfg(target_arch = "aarch64")]
fn has(_: &str) -> bool {
	false
}

#[cfg(test)]
mod tests {
	use super::*;
	use wasmtime::Module;

	/// Code of sums, roundings, counts of bits and vectors: what has several instructions to choose from.
	const CHOICES: &str = r#"(module (func (export "f") (param f64 i64 v128) (result f64 i64 v128)
		(f64.nearest (f64.add (f64.mul (local.get 0) (local.get 0)) (f64.const 1)))
		(i64.popcnt (i64.clz (local.get 1)))
		(f32x4.add (f32x4.mul (local.get 2) (local.get 2)) (f64x2.nearest (local.get 2)))))"#;

	#[test]
	fn this_processor_should_have_what_jobs_are_compiled_for() {
		assert_eq!(missing_feature(), None);
	}

	#[test]
	fn same_code_should_be_made_each_time() {
		let wasm = wat::parse_str(CHOICES).unwrap();
		let [one, other] = [(); 2].map(|()| engine().unwrap().precompile_module(&wasm).unwrap());
		assert_eq!(one, other);
		// What was made is loaded here: it has no instruction that this processor lacks.
		Module::new(&engine().unwrap(), &wasm).unwrap();
	}

	#[test]
	fn code_should_be_another_for_another_choice_of_instructions() {
		let wasm = wat::parse_str(CHOICES).unwrap();
		let made = |target: &Target| {
			let mut config = Config::new();
			compile_for(&mut config, target).unwrap();
			Engine::new(&config).unwrap().precompile_module(&wasm).unwrap()
		};
		let fewer = Target { triple: TARGET.triple, features: &TARGET.features[..TARGET.features.len() / 2] };
		assert_eq!(made(&TARGET), made(&TARGET));
		assert_eq!(made(&TARGET) == made(&fewer), TARGET.features.is_empty());
	}
}
