//! What owners decide about.

use heirloom_e2e::{CONSUMER, OWNER, Request, Scene, quick, writing};
use heirloom_sandbox_chain::{
	keys::{id_of, key_of},
	types::{Approval, PermitStatus},
};
use std::time::{Duration, SystemTime};

#[tokio::test(flavor = "multi_thread")]
async fn data_should_be_opened_for_one_permit_when_its_owner_approves_each() {
	let code = quick();
	let scene = Scene::with(Approval::Owner, &[&code]).await;
	let _runner = scene.operator.serve(&scene.world).await;
	let request = Request::of(scene.asset, &code);
	let [wanted, other] = [
		scene.world.request(CONSUMER, &scene.operator, &request).await,
		scene.world.request(CONSUMER, &scene.operator, &request).await,
	];
	let owner = id_of(&key_of(OWNER).unwrap()).to_string();
	let requests = scene.review(&["requests", &owner]);
	let listed: Vec<_> =
		requests.as_array().unwrap().iter().map(|one| one["permit"].as_u64().unwrap()).collect();
	assert_eq!(listed, [wanted, other]);

	let exchange = ["--exchange", scene.operator.folder()];
	scene.review(&[&["allow", &wanted.to_string(), "--from", OWNER][..], &exchange].concat());
	scene.operator.handed_out(wanted).await;
	assert_eq!(scene.world.permit(wanted).await.status, PermitStatus::Completed);

	// The other one is approved on chain alone: what was sealed for the first does not open for it.
	scene.world.run(OWNER, &heirloom_sandbox_chain::calls::approve(other)).await;
	tokio::time::sleep(Duration::from_secs(3)).await;
	assert_eq!(scene.world.permit(other).await.status, PermitStatus::Approved);
	assert!(!scene.operator.exchange().released_path(other).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn owner_should_have_the_last_word_about_what_the_gate_holds() {
	// Figures over three people.
	let manifest = r#"{"version":1,"outputs":[{"name":"quality.json","kind":"metrics","records":3}]}"#;
	let code = writing(&[("out/outputs.json", manifest), ("out/quality.json", r#"{"accuracy":0.5}"#)]);
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let begun = SystemTime::now();
	let permit = scene.world.request(CONSUMER, &scene.operator, &Request::of(scene.asset, &code)).await;
	scene.operator.held(permit, scene.asset).await;
	// A job chooses when it ends, and others see when the file came.
	let file = std::fs::metadata(scene.operator.exchange().held_path(permit, scene.asset)).unwrap();
	let waited = file.modified().unwrap().duration_since(begun).unwrap();
	assert!(waited >= Duration::from_secs(8), "the owner was told before the first step: {waited:?}");
	let exchange = ["--exchange", scene.operator.folder()];
	let held = scene.review(&[&["held"][..], &exchange].concat());
	assert_eq!(held[0]["hold"]["reasons"][0][0], "group_too_small");

	// The consumer's word counts for nothing.
	let number = permit.to_string();
	scene.review(&[&["approve", &number, "--from", CONSUMER][..], &exchange].concat());
	tokio::time::sleep(Duration::from_secs(2)).await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Approved);

	scene.review(&[&["refuse", &number, "--from", OWNER][..], &exchange].concat());
	let released = scene.operator.handed_out(permit).await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Refused);
	assert_eq!(scene.world.refusal(permit, &released.join("report.json")), Some(131));
	assert!(!released.join("outputs.bundle").exists());
	runner.says("the output stays").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn output_should_leave_when_its_owner_lets_go_what_the_gate_holds() {
	// Something that is not declared.
	let manifest = r#"{"version":1,"outputs":[]}"#;
	let code = writing(&[("out/outputs.json", manifest), ("out/notes.txt", "it went well")]);
	let scene = Scene::new(&[&code]).await;
	let _runner = scene.operator.serve(&scene.world).await;
	let permit = scene.world.request(CONSUMER, &scene.operator, &Request::of(scene.asset, &code)).await;
	scene.operator.held(permit, scene.asset).await;
	let exchange = ["--exchange", scene.operator.folder()];
	let number = permit.to_string();
	scene.review(&[&["approve", &number, "--from", OWNER][..], &exchange].concat());
	let released = scene.operator.handed_out(permit).await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Completed);
	let outputs = heirloom_gate::decode(&std::fs::read(released.join("outputs.bundle")).unwrap()).unwrap();
	assert_eq!((outputs[0].name.as_str(), outputs[0].bytes.as_slice()), ("notes.txt", &b"it went well"[..]));
}

#[tokio::test(flavor = "multi_thread")]
async fn output_should_stay_when_nobody_decides_in_time() {
	let manifest = r#"{"version":1,"outputs":[{"name":"weights.bin","kind":"model"}]}"#;
	let code = writing(&[("out/outputs.json", manifest), ("out/weights.bin", "0.25 0.5")]);
	let scene = Scene::new(&[&code]).await;
	let _runner = scene.operator.serve(&scene.world).await;
	let day = 24 * 60 * 60 * 1_000;
	let request = Request { lifetime: 2 * day, ..Request::of(scene.asset, &code) };
	let permit = scene.world.request(CONSUMER, &scene.operator, &request).await;
	scene.operator.held(permit, scene.asset).await;
	scene.world.advance_to("2026-03-04").await;
	let released = scene.operator.handed_out(permit).await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Refused);
	assert_eq!(scene.world.refusal(permit, &released.join("report.json")), Some(13));
	assert!(scene.operator.exchange().held().unwrap().is_empty());
}
