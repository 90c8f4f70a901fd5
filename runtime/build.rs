//! Compiles the runtime to wasm beside the native build.

fn main() {
	#[cfg(feature = "std")]
	{
		let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
		#[cfg(feature = "metadata-hash")]
		let builder = builder.enable_metadata_hash("LOOM", 12);
		// Beside the runtime that is released, not in its place. It has no section with its version, which the macro would
		// write: nodes ask the runtime itself then.
		#[cfg(feature = "rehearsal")]
		let builder = builder.set_file_name("rehearsal.rs").disable_runtime_version_section_check();
		builder.build();
	}
}
