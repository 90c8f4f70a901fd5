//! Compiles the runtime to wasm beside the native build.

fn main() {
	#[cfg(all(feature = "std", not(feature = "rehearsal")))]
	builder().build();
	// Beside the runtime that is released, not in its place, each with the feature that it is called after. They have no
	// section with their version, which the macro would write: nodes ask the runtime itself then.
	#[cfg(all(feature = "std", feature = "rehearsal"))]
	for name in ["rehearsal", "broken", "repaired"] {
		builder()
			.set_file_name(format!("{name}.rs"))
			.enable_feature(name)
			.disable_runtime_version_section_check()
			.build();
	}
}

#[cfg(feature = "std")]
fn builder() -> substrate_wasm_builder::WasmBuilder {
	let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
	#[cfg(feature = "metadata-hash")]
	let builder = builder.enable_metadata_hash("LOOM", 12);
	builder
}
