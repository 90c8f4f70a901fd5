//! The jobs on de-identified studies, and their outputs at the output gate.

use heirloom_deid::plant::Study;
use heirloom_deid::{Deidentifier, Options, Salt};
use heirloom_gate::{Gate, Output, Policy, Reason, Release, Verdict, decode};
use heirloom_jobs::{Failure, Model, robustness, train};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// De-identified studies of so many patients, every second one with a nodule, as a job sees them: in `data/0`.
struct Place(TempDir);

impl Place {
	fn with(patients: u64) -> Self {
		let place = Self(tempfile::tempdir().unwrap());
		let raw = place.0.path().join("raw");
		fs::create_dir(&raw).unwrap();
		for seed in 0..patients {
			let study = Study { seed, nodule: seed % 2 == 0, ..Study::default() };
			for (number, slice) in study.files().iter().enumerate() {
				fs::write(raw.join(format!("{seed}-{number}.dcm")), &slice.file.bytes).unwrap();
			}
		}
		let deidentifier = Deidentifier::new(Salt::new([7; 32]), Options::new(2026));
		fs::create_dir(place.data()).unwrap();
		let report = deidentifier.deidentify_folder(&raw, &place.data().join("0"), |_| {}).unwrap();
		assert_eq!(report.refused(), 0);
		place
	}

	fn data(&self) -> PathBuf {
		self.0.path().join("data")
	}

	fn out(&self, name: &str) -> PathBuf {
		let out = self.0.path().join(name);
		fs::create_dir(&out).unwrap();
		out
	}

	fn inputs(&self) -> Vec<PathBuf> {
		let mut files = Vec::new();
		for asset in fs::read_dir(self.data()).unwrap() {
			files.extend(fs::read_dir(asset.unwrap().path()).unwrap().map(|file| file.unwrap().path()));
		}
		files.sort();
		files
	}

	fn verdict(&self, out: &Path) -> Verdict {
		let inputs = self.inputs();
		let input_bytes = inputs.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
		let policy = Policy {
			permit_cap: 4_096,
			largest_output: None,
			largest_model: 4_096,
			smallest_group: Policy::SMALLEST_GROUP,
			input_bytes,
			released_bytes: 0,
			release_budget: 4_096,
			significant_digits: Policy::SIGNIFICANT_DIGITS,
		};
		let outputs = fs::read_dir(out).unwrap().map(|entry| {
			let path = entry.unwrap().path();
			Output {
				name: path.file_name().unwrap().to_str().unwrap().to_owned(),
				bytes: fs::read(path).unwrap(),
			}
		});
		let gate = Gate::new(&policy, &[], &[]).unwrap();
		gate.check(outputs.collect(), inputs.iter().map(File::open)).unwrap()
	}
}

fn file(release: &Release, name: &str) -> String {
	let outputs = decode(release.bundle.bytes()).unwrap();
	let output = outputs.into_iter().find(|output| output.name == name).unwrap();
	String::from_utf8(output.bytes).unwrap()
}

fn figure(json: &str, name: &str) -> f64 {
	serde_json::from_str::<serde_json::Value>(json).unwrap()[name].as_f64().unwrap()
}

#[test]
fn training_should_pass_the_gate_and_wait_for_the_owner() {
	let place = Place::with(40);
	let out = place.out("out");
	train::run(&place.data(), b"", &out).unwrap();
	let Verdict::AwaitingOwner(release) = place.verdict(&out) else { panic!("{:?}", place.verdict(&out)) };
	assert_eq!(release.bundle.padded_len(), 4_096);
	let table = file(&release, "metrics.csv");
	let rows: Vec<&str> = table.lines().collect();
	assert_eq!(rows[0], "truth,patients,mean_probability,probability_deviation");
	assert!(rows[1].starts_with("nodule,20,") && rows[2].starts_with("none,"), "{table}");
	let quality = file(&release, "quality.json");
	assert!(figure(&quality, "area_under_curve") > 0.9, "{quality}");
	assert!(figure(&quality, "accuracy") > 0.8, "{quality}");
	Model::from_json(file(&release, "model.json").as_bytes()).unwrap();
}

#[test]
fn robustness_should_pass_the_gate() {
	let place = Place::with(24);
	let trained = place.out("trained");
	train::run(&place.data(), b"", &trained).unwrap();
	fs::create_dir(place.data().join("1")).unwrap();
	fs::copy(trained.join("model.json"), place.data().join("1/model.json")).unwrap();
	let out = place.out("out");
	robustness::run(&place.data(), b"{\"noise\": [20, 200], \"shift\": [4]}", &out, 7).unwrap();
	let Verdict::Released(release) = place.verdict(&out) else { panic!("{:?}", place.verdict(&out)) };
	let table = file(&release, "robustness.csv");
	assert_eq!(table.lines().count(), 5, "{table}");
	assert!(table.lines().skip(1).all(|row| row.split(',').nth(2) == Some("24")), "{table}");
	let accuracy = file(&release, "accuracy.json");
	assert!(figure(&accuracy, "accuracy.none_0") > figure(&accuracy, "accuracy.noise_200"), "{accuracy}");
}

#[test]
fn model_may_be_a_parameter() {
	let place = Place::with(20);
	let trained = place.out("trained");
	train::run(&place.data(), b"", &trained).unwrap();
	let model: serde_json::Value =
		serde_json::from_slice(&fs::read(trained.join("model.json")).unwrap()).unwrap();
	let parameters = serde_json::json!({ "model": model, "noise": [], "shift": [1] }).to_string();
	let out = place.out("out");
	robustness::run(&place.data(), parameters.as_bytes(), &out, 7).unwrap();
	assert!(matches!(place.verdict(&out), Verdict::Released(_)));
}

#[test]
fn same_data_and_seed_should_give_the_same_bytes() {
	let place = Place::with(20);
	let outs = ["a", "b"].map(|name| {
		let out = place.out(name);
		train::run(&place.data(), b"", &out).unwrap();
		let model = fs::read(out.join("model.json")).unwrap();
		let parameters = format!("{{\"model\": {}}}", String::from_utf8(model).unwrap());
		let second = place.out(&format!("{name}-robustness"));
		robustness::run(&place.data(), parameters.as_bytes(), &second, 7).unwrap();
		[out, second].map(|out| {
			let mut files: Vec<_> =
				fs::read_dir(out).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect();
			files.sort();
			files
		})
	});
	assert_eq!(outs[0], outs[1]);
}

#[test]
fn table_of_labels_should_count_before_annotations() {
	let place = Place::with(20);
	let mut table = "sop_instance_uid,nodule\n".to_owned();
	for path in place.inputs() {
		// Results are named after their instance.
		let uid = path.file_stem().unwrap().to_str().unwrap().to_owned();
		table += &format!("{uid},0\n");
	}
	fs::create_dir(place.data().join("1")).unwrap();
	fs::write(place.data().join("1/labels.csv"), table).unwrap();
	let failed = train::run(&place.data(), b"", &place.out("out"));
	assert!(matches!(failed, Err(Failure::TooFewPatients)));
}

#[test]
fn few_patients_should_give_no_numbers() {
	let place = Place::with(18);
	let out = place.out("out");
	let failed = train::run(&place.data(), b"", &out);
	assert!(matches!(failed, Err(Failure::TooFewPatients)));
	assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
}

#[test]
fn job_that_lowers_the_group_by_itself_should_be_held() {
	let place = Place::with(12);
	let out = place.out("out");
	train::run(&place.data(), b"{\"smallest_group\": 2}", &out).unwrap();
	let Verdict::Held { reasons, .. } = place.verdict(&out) else { panic!("{:?}", place.verdict(&out)) };
	assert!(reasons.contains(&Reason::GroupTooSmall), "{reasons:?}");
}
