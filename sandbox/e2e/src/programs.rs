//! Where programs are.

use std::{
	env,
	path::{Path, PathBuf},
};

/// The folder of this workspace's release build: tests lie in its `deps`.
fn own_build() -> PathBuf {
	let test = env::current_exe().expect("a test knows where it is");
	let build = test.parent().and_then(Path::parent).expect("a test lies in a build's folder");
	build.to_owned()
}

/// The folder of the main workspace's release build. This workspace's is in `sandbox` of the same target directory, or
/// each is in its own workspace.
fn main_build() -> PathBuf {
	let beside = own_build().join("../../release");
	if beside.join("heirloom-node").is_file() {
		return beside;
	}
	Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/release")
}

fn existing(path: PathBuf, how: &str) -> PathBuf {
	assert!(path.is_file(), "there is no program at {}: {how}", path.display());
	path
}

/// The node.
pub(crate) fn node() -> PathBuf {
	let named = env::var_os("HEIRLOOM_NODE").map(PathBuf::from);
	existing(
		named.unwrap_or_else(|| main_build().join("heirloom-node")),
		"build it, or name one with HEIRLOOM_NODE",
	)
}

/// The client.
pub(crate) fn client() -> PathBuf {
	let named = env::var_os("HEIRLOOM").map(PathBuf::from);
	existing(named.unwrap_or_else(|| main_build().join("heirloom")), "build it, or name one with HEIRLOOM")
}

/// A program of this workspace.
///
/// # Panics
/// If it is not built.
pub fn sandbox_program(name: &str) -> PathBuf {
	existing(own_build().join(name), "build the workspace: cargo test --release --workspace")
}

/// The code of a job of `sandbox/jobs`.
///
/// # Panics
/// If it is not built.
pub fn job(name: &str) -> Vec<u8> {
	let built = || {
		let target = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
		let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../jobs/target");
		target.into_iter().chain([own]).map(|target| target.join("wasm32-wasip1/release"))
	};
	let named = env::var_os("HEIRLOOM_JOBS").map(PathBuf::from);
	let mut folders = named.into_iter().chain(built());
	let path =
		folders.find_map(|folder| Some(folder.join(format!("{name}.wasm"))).filter(|path| path.is_file()));
	let path = path.unwrap_or_else(|| panic!("there is no {name}.wasm: build it with sandbox/jobs/build"));
	std::fs::read(path).expect("a built job can be read")
}
