//! What stands around a worker, on a machine whose kernel has it all.

mod common;

use common::{Guest, PROGRAM, Place, job};
use heirloom_sandbox::Landlock;
use std::{
	fs,
	path::{Path, PathBuf},
	process::{Command, Stdio},
};

#[test]
fn every_wall_should_stand() {
	let walls = Place::new().run(&job(Guest::new().module())).walls.unwrap();
	assert_eq!(walls.missing(), None);
	assert_eq!(walls.landlock, Landlock::Full);
	assert!(walls.in_memory);
}

#[test]
fn worker_should_ignore_what_is_no_job() {
	for role in ["worker-run", "worker-compile"] {
		let input = tempfile::tempfile().unwrap();
		let output = Command::new(PROGRAM).arg(role).env_clear().stdin(input).output().unwrap();
		assert!(output.status.success(), "{role}: {:?}", output.status);
		assert!(output.stderr.is_empty());
	}
}

#[test]
fn worker_with_an_environment_should_not_run_where_walls_are_required() {
	let input = tempfile::tempfile().unwrap();
	let output = Command::new(PROGRAM)
		.arg("worker-compile")
		.env_clear()
		.env("SECRET", "x")
		.stdin(input)
		.stdout(Stdio::piped())
		.output()
		.unwrap();
	let text = String::from_utf8_lossy(&output.stdout).into_owned();
	assert!(text.contains("an empty environment"), "{text:?}");
}

/// The only thing in a folder.
fn only_in(folder: &Path) -> PathBuf {
	let found: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
	let [only] = &found[..] else { panic!("{found:?} are in {}", folder.display()) };
	only.clone()
}

#[test]
fn compiled_modules_should_be_the_operator_s_alone() {
	use std::os::unix::fs::PermissionsExt;
	let place = Place::new();
	place.run(&job(Guest::new().module()));
	let folder = place.folder.path().join("home/modules");
	let of_this_runner = only_in(&folder);
	for folder in [&folder, &of_this_runner] {
		assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
	}
	assert!(only_in(&of_this_runner).is_file());
}

#[test]
fn damaged_compiled_module_should_be_made_anew() {
	let place = Place::new();
	let spec = job(Guest::new().module());
	place.run(&spec);
	let kept = only_in(&only_in(&place.folder.path().join("home/modules")));
	fs::write(&kept, b"damaged").unwrap();
	assert_eq!(place.try_run(&spec).unwrap_err().code(), "worker_unintelligible");
	assert_eq!(place.run(&spec).refusal, None);
}

#[test]
fn scratch_folder_on_a_disk_should_be_refused_where_walls_are_required() {
	use heirloom_sandbox::{Setting, Workplace};
	let folder = tempfile::TempDir::new_in(env!("CARGO_MANIFEST_DIR")).unwrap();
	let mut setting = Setting::new(folder.path().join("home"));
	setting.worker = PROGRAM.into();
	setting.scratch = folder.path().to_owned();
	assert_eq!(Workplace::open(setting).unwrap_err().code(), "wall_missing");
}

#[test]
fn nothing_should_be_left_in_the_scratch_folder() {
	let before = fs::read_dir("/dev/shm").unwrap().count();
	let place = Place::new();
	let mut spec = job(Guest::new().module());
	spec.inputs = vec![place.input("in", b"secret")];
	place.run(&spec);
	assert!(fs::read_dir("/dev/shm").unwrap().count() <= before);
}
