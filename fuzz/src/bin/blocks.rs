//! libFuzzer's target: an input is a chain of blocks. `scripts/fuzz` builds it with instrumentation and runs it.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
	heirloom_fuzz::run(input);
});
