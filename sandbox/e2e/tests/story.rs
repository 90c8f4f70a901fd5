//! The whole way of sensitive data: sealed, used inside, derived from, called, settled, paid.

use heirloom_e2e::{
	CONSUMER, OWNER, Operator, Request, RpcParams, Studies, World, eventually, job, sandbox_program,
};
use heirloom_gate::decode;
use heirloom_sandbox_chain::{
	keys::{id_of, key_of},
	types::{Approval, PermitStatus},
};
use heirloom_seal::{LocalStore, dag::DagReader};
use serde_json::Value;
use std::{
	fs::{self, File},
	io,
	path::{Path, PathBuf},
	process::Command,
};

/// One U in micro-U.
const U: u128 = 1_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn owner_of_ct_studies_should_be_paid_for_a_model_that_was_trained_inside() {
	let world = World::start().await;
	let operator = Operator::admitted(&world, "//Bob").await;
	let studies = Studies::of(40);
	let keys = tempfile::tempdir().unwrap();

	// The owner seals, mints, and says what may be done.
	let content = operator.seal(&world, OWNER, keys.path(), &studies);
	let ct = world.mint_data(OWNER, "CT-2026-0001", &content, "10").await;
	let train = job("nodule-train");
	world.set_policy(OWNER, ct, Approval::Automatic, &[&train], &[&operator]).await;
	assert!(!studies.are_in(&all_bytes(operator.exchange().blocks())), "what is stored is ciphertext");

	// A company trains inside.
	let runner = operator.serve(&world).await;
	let request = Request { units: 37, ..Request::of(ct, &train) };
	let before = world.balance(CONSUMER).await;
	let permit = world.request(CONSUMER, &operator, &request).await;
	operator.held(permit, ct).await;
	assert_eq!(world.permit(permit).await.status, PermitStatus::Approved);
	assert!(!operator.exchange().released_path(permit).exists(), "a model waits for its owner");

	// The owner looks at the model, and lets it leave.
	let review = |words: &[&str]| {
		let common = ["--exchange", operator.folder(), "--keys", keys.path().to_str().unwrap()];
		world.client().json(&[&["review"][..], words, &common[..]].concat())
	};
	let held = review(&["held"]);
	assert_eq!(held[0]["hold"]["permit"], permit);
	assert_eq!(held[0]["hold"]["reasons"], Value::Array(vec![]));
	let looked = tempfile::tempdir().unwrap();
	let out = looked.path().join("looked");
	review(&["show", &permit.to_string(), "--out", out.to_str().unwrap()]);
	assert!(out.join("model.json").exists());
	review(&["approve", &permit.to_string(), "--from", OWNER]);

	// It is handed out once its report is final.
	let released = operator.handed_out(permit).await;
	assert_eq!(world.permit(permit).await.status, PermitStatus::Completed);
	let bundle = fs::read(released.join("outputs.bundle")).unwrap();
	let outputs = decode(&bundle).unwrap();
	let names: Vec<_> = outputs.iter().map(|output| output.name.as_str()).collect();
	assert_eq!(names, ["metrics.csv", "model.json", "quality.json"]);
	assert!(!studies.are_in(&all_bytes(released.clone())), "no planted identifier leaves");
	assert_eq!(
		fs::read(out.join("model.json")).unwrap(),
		outputs[1].bytes,
		"what was looked at is what leaves"
	);
	let paid = before - world.balance(CONSUMER).await;
	let fees = 370 * U + 5 * U;
	assert!(paid > fees && paid < fees + U, "all fees, and a deposit below 1 U: {paid}");

	verify_in_another_process(&operator, permit, ct, &train, keys.path(), &content);

	// The model is minted from the permit, and called.
	let model = world.client().json(&[
		"mint",
		"LUNG-DX",
		"--from",
		CONSUMER,
		"--kind",
		"model",
		"--share-rate",
		"2000",
		"--call-fee",
		"2",
		"--permit",
		&format!("{permit}:trained-on"),
	]);
	assert_eq!(model["ancestors"], 1);
	world.client().json(&["call", "LUNG-DX", "100", "--from", "//Eve"]);

	// The month ends by itself: 370 U of call fees are the owner's own. Of the model's 200 U the owner's rate, 30 %, is
	// shared; 80 % of these 60 U go to the only ancestor.
	let before = world.balance(OWNER).await;
	world.advance_to("2026-04-01").await;
	eventually("March is settled", async || {
		let progress: Value = world.chain.request("royalty_progress", RpcParams::new()).await.unwrap();
		(progress["settled"] == "2026-03").then_some(())
	})
	.await;
	let paid = eventually("the owner is paid", async || {
		let paid = world.balance(OWNER).await - before;
		(paid > 0).then_some(paid)
	})
	.await;
	assert_eq!(paid, 370 * U + 48 * U);
	let view = world.client().json(&["statement", "CT-2026-0001", "2026-03"]);
	let statement = &view["statement"]["statement"];
	assert_eq!(statement["paid"], (418 * U).to_string());
	assert_eq!(statement["payee"], id_of(&key_of(OWNER).unwrap()).to_string());
	assert!(runner.stop().success());
}

/// The report is reproduced by another process, from the same sealed data.
fn verify_in_another_process(
	operator: &Operator,
	permit: u64,
	asset: u32,
	code: &[u8],
	keys: &Path,
	content: &str,
) {
	let folder = tempfile::tempdir().unwrap();
	let path = |name: &str| folder.path().join(name);
	fs::write(path("code.wasm"), code).unwrap();
	let store = LocalStore::open(&operator.exchange().blocks()).unwrap();
	let mut sealed = DagReader::open(&store, content.parse().unwrap(), u64::MAX).unwrap();
	io::copy(&mut sealed, &mut File::create(path("ct.sealed")).unwrap()).unwrap();
	let job = format!(
		"permit = {permit}
		[gate]
		output_cap = 65536
		smallest_group = 10
		largest_output = 65536
		largest_model = 65536
		release_budget = 1048576
		[[inputs]]
		asset = {asset}
		medical = true
		path = \"ct.sealed\"
		key = \"{}\"
		content = \"{content}\"\n",
		keys.join(format!("{content}.key")).display()
	);
	fs::write(path("job.toml"), job).unwrap();
	let report = operator.exchange().released_path(permit).join("report.json");
	let output = Command::new(sandbox_program("heirloom-sandbox"))
		.args(["verify", "--accept-missing-walls", "--code"])
		.arg(path("code.wasm"))
		.arg("--report")
		.arg(report)
		.arg(path("job.toml"))
		.output()
		.unwrap();
	let said = String::from_utf8_lossy(&output.stdout);
	assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
	assert!(said.contains("the same"), "{said}");
}

/// The bytes of all files below a folder.
fn all_bytes(folder: PathBuf) -> Vec<u8> {
	let mut bytes = Vec::new();
	for entry in fs::read_dir(folder).unwrap() {
		let path = entry.unwrap().path();
		if path.is_dir() {
			bytes.extend(all_bytes(path));
		} else {
			bytes.extend(fs::read(path).unwrap());
		}
	}
	bytes
}
