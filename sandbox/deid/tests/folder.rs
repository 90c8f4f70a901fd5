//! A folder: what is written, what is refused, and what the report says about it.

mod common;

use common::{ct, ct_with, deidentifier, file, read, text, value};
use dicom_core::VR;
use dicom_dictionary_std::tags;
use heirloom_deid::{FolderError, Report, Verdict};
use std::fs;
use std::path::Path;

fn run(files: &[(&str, Vec<u8>)]) -> (tempfile::TempDir, Report, Vec<usize>) {
	let folder = tempfile::tempdir().unwrap();
	for (name, bytes) in files {
		let path = folder.path().join("in").join(name);
		fs::create_dir_all(path.parent().unwrap()).unwrap();
		fs::write(path, bytes).unwrap();
	}
	let mut done = Vec::new();
	let output = folder.path().join("out");
	let report = deidentifier()
		.deidentify_folder(&folder.path().join("in"), &output, |progress| done.push(progress.done))
		.unwrap();
	(folder, report, done)
}

fn code(report: &Report, at: usize) -> &'static str {
	match &report.files[at].verdict {
		Verdict::Used(_) => "used",
		Verdict::Refused { code, .. } => code,
	}
}

fn written(folder: &Path) -> usize {
	fs::read_dir(folder.join("out")).unwrap().count()
}

#[test]
fn clean_files_should_be_named_after_their_instance() {
	let (folder, report, done) = run(&[("a/DOE_JANE.dcm", file(ct()))]);
	assert_eq!((report.used(), report.refused()), (1, 0));
	assert_eq!(done, [1]);
	let Verdict::Used(used) = &report.files[0].verdict else { panic!("used") };
	let result = read(&fs::read(folder.path().join("out").join(format!("{}.dcm", used.instance))).unwrap());
	assert_eq!(value(&result, tags::SOP_INSTANCE_UID).as_ref(), Some(&used.instance));
}

#[test]
fn refused_files_should_not_be_written() {
	let refused = ct_with([text(tags::BURNED_IN_ANNOTATION, VR::CS, "YES")]);
	let (folder, report, _) = run(&[("a.dcm", file(refused)), ("b.txt", b"Jane Kowalski".to_vec())]);
	assert_eq!((report.used(), report.refused()), (0, 2));
	assert_eq!([code(&report, 0), code(&report, 1)], ["burned-in", "not-dicom"]);
	assert_eq!(written(folder.path()), 0);
}

#[test]
fn the_report_should_not_show_names_of_files() {
	let (_folder, report, _) = run(&[("DOE_JANE/scan.dcm", file(ct())), ("KOWALSKI.txt", Vec::new())]);
	let json = serde_json::to_string(&report).unwrap().to_uppercase();
	assert!(!json.contains("DOE") && !json.contains("KOWALSKI"));
	assert_ne!(report.files[0].name, report.files[1].name);
}

#[test]
fn the_second_file_of_one_instance_should_be_refused() {
	let (folder, report, _) = run(&[("a.dcm", file(ct())), ("b.dcm", file(ct()))]);
	assert_eq!([code(&report, 0), code(&report, 1)], ["used", "duplicate"]);
	assert_eq!(written(folder.path()), 1);
}

#[test]
fn residue_should_be_reported_by_tag() {
	let object = ct_with([text(tags::PATIENT_NAME, VR::PN, "Monochrome^Jane")]);
	let (_folder, report, _) = run(&[("a.dcm", file(object))]);
	let json = serde_json::to_value(&report).unwrap();
	let finding = &json["files"][0]["findings"][0];
	assert_eq!(*finding, serde_json::json!({"at": "(0028,0004)", "from": "(0010,0010)", "class": "name"}));
}

#[test]
fn a_folder_with_results_in_it_should_be_refused() {
	let folder = tempfile::tempdir().unwrap();
	fs::write(folder.path().join("old.dcm"), b"").unwrap();
	let input = tempfile::tempdir().unwrap();
	let result = deidentifier().deidentify_folder(input.path(), folder.path(), |_| {});
	assert!(matches!(result, Err(FolderError::OutputNotEmpty)));
}

#[cfg(unix)]
#[test]
fn links_should_not_be_followed() {
	let folder = tempfile::tempdir().unwrap();
	let input = folder.path().join("in");
	fs::create_dir(&input).unwrap();
	fs::write(folder.path().join("outside.dcm"), file(ct())).unwrap();
	std::os::unix::fs::symlink(folder.path().join("outside.dcm"), input.join("link.dcm")).unwrap();
	let report = deidentifier().deidentify_folder(&input, &folder.path().join("out"), |_| {}).unwrap();
	assert!(report.files.is_empty());
}
