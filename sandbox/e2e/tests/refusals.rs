//! What the daemon refuses, against a real chain. The numbers are those of the list of refusals.

use heirloom_e2e::{CONSUMER, OWNER, Operator, Request, Scene, World, endless, failing, plain_folder, quick};
use heirloom_sandbox_chain::{
	calls, read,
	report::{Context, JobInput, Report, Role, Verdict},
	types::{Approval, PermitStatus},
};

#[tokio::test(flavor = "multi_thread")]
async fn refusal_02_report_should_wait_for_its_step_when_its_permit_is_short() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let _runner = scene.operator.serve(&scene.world).await;
	// Of the chain's clock, which runs forty times as fast.
	let nine_minutes = 9 * 60 * 1_000;
	let request = Request { lifetime: nine_minutes, ..Request::of(scene.asset, &code) };
	let begun = std::time::Instant::now();
	let permit = scene.world.request(CONSUMER, &scene.operator, &request).await;
	scene.operator.handed_out(permit).await;
	let waited = begun.elapsed();
	assert!(waited >= std::time::Duration::from_secs(8), "it was reported before the first step: {waited:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_08_permit_should_not_be_used_twice() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let permit = scene.world.request(CONSUMER, &scene.operator, &Request::of(scene.asset, &code)).await;
	scene.operator.handed_out(permit).await;

	// Another report with the operator's own signature.
	let report = made_up(&scene, &code);
	let signature = scene.operator.sign(&scene.world, permit, &report);
	let name = scene.world.refused(CONSUMER, &calls::complete(permit, report, signature)).await;
	assert_eq!(name, "SandboxAccess::AlreadyCompleted");
	assert!(runner.stop().success());
	// A runner with the same folder has nothing to do, and does nothing.
	let runner = scene.operator.serve(&scene.world).await;
	tokio::time::sleep(std::time::Duration::from_secs(2)).await;
	assert_eq!(runner.said().matches("verdict=Released").count(), 2, "run once, reported once");
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_09_job_should_be_stopped_when_its_permit_is_revoked_in_the_middle() {
	let code = endless();
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let permit = scene.world.request(CONSUMER, &scene.operator, &Request::of(scene.asset, &code)).await;
	runner.says("running").await;
	scene.world.client().json(&["review", "revoke", &permit.to_string(), "--from", OWNER]);
	runner.says("stop=Revoked").await;
	runner.says("ending=Revoked").await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Revoked);
	assert!(!scene.operator.exchange().released_path(permit).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_09_job_should_be_stopped_when_the_curators_revoke_its_permit() {
	let code = endless();
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let permit = scene.world.request(CONSUMER, &scene.operator, &Request::of(scene.asset, &code)).await;
	runner.says("running").await;
	scene.world.decide(&calls::force_revoke(permit, "its code is not what it was read as")).await;
	runner.says("stop=Revoked").await;
	runner.says("ending=Revoked").await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Revoked);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_09_job_should_be_stopped_when_its_permit_expires_in_the_middle() {
	let code = endless();
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let day = 24 * 60 * 60 * 1_000;
	let request = Request { lifetime: day, ..Request::of(scene.asset, &code) };
	let permit = scene.world.request(CONSUMER, &scene.operator, &request).await;
	runner.says("running").await;
	scene.world.advance_to("2026-03-04").await;
	runner.says("stop=Expired").await;
	// The consumer is refunded by the operator's late refusal, without having to ask for it.
	let released = scene.operator.handed_out(permit).await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Refused);
	assert_eq!(scene.world.refusal(permit, &released.join("report.json")), Some(12));
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_11_job_should_wait_when_its_code_is_something_else() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let request = Request::of(scene.asset, &code);
	let permit = scene.world.request_only(CONSUMER, &scene.operator, &request).await;
	runner.says("is not uploaded").await;
	// Somebody puts other code where the agreed one belongs.
	let exchange = scene.operator.exchange();
	let hash = scene.world.permit(permit).await.code_hash;
	std::fs::write(exchange.upload_path(&hash), endless()).unwrap();
	runner.says("is not what its name is the hash of").await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Approved);
	// The agreed one arrives.
	exchange.put_upload(&request.code).unwrap();
	exchange.put_upload(&request.parameters).unwrap();
	scene.operator.handed_out(permit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_11_job_should_be_refused_when_its_asset_is_delisted_before_its_report() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let permit = scene.world.request(CONSUMER, &scene.operator, &Request::of(scene.asset, &code)).await;
	// Its report waits some seconds longer.
	runner.says("ran to its end").await;
	scene.world.delist(scene.asset).await;
	let released = scene.operator.handed_out(permit).await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Refused);
	assert_eq!(scene.world.refusal(permit, &released.join("report.json")), Some(3));
	assert!(!released.join("outputs.bundle").exists());
	assert_eq!(runner.said().matches("the report was not taken").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_12_runner_should_not_start_when_its_operator_is_unfit() {
	let world = World::start().await;
	let mut operator = Operator::new("//Bob");
	ends_with(&world, &operator, "is not registered as an operator").await;
	operator.register(&world).await;
	ends_with(&world, &operator, "the operator is not admitted by the curators").await;

	// Registered with another runner than the one that is there.
	let own = operator.profile.measurement;
	operator.profile.measurement = heirloom_sandbox_chain::blake2_256(b"yesterday's runner");
	world.run("//Bob", &calls::update_operator(operator.profile.clone())).await;
	world.decide(&calls::admit_operator(&operator.account(), operator.profile.measurement)).await;
	ends_with(&world, &operator, "the measurement is stale").await;

	operator.profile.measurement = own;
	world.run("//Bob", &calls::update_operator(operator.profile.clone())).await;
	world.decide(&calls::admit_operator(&operator.account(), own)).await;
	let runner = operator.serve(&world).await;
	world.run("//Bob", &calls::begin_unbonding()).await;
	runner.says("no jobs are taken").await;
	assert!(runner.stop().success());
	ends_with(&world, &operator, "the operator is leaving").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_12_job_should_not_be_taken_when_its_operator_is_suspended() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let request = Request::of(scene.asset, &code);
	let permit = scene.world.request_only(CONSUMER, &scene.operator, &request).await;
	runner.says("is not uploaded").await;
	let account = scene.operator.account();
	scene.world.decide(&calls::suspend_operator(&account, "its runner is being examined")).await;
	runner.says("operator_not_admitted").await;
	scene.operator.exchange().put_upload(&request.code).unwrap();
	scene.operator.exchange().put_upload(&request.parameters).unwrap();
	tokio::time::sleep(std::time::Duration::from_secs(8)).await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Approved);
	scene.world.decide(&calls::admit_operator(&account, scene.operator.profile.measurement)).await;
	scene.operator.handed_out(permit).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_12_report_should_wait_while_its_operator_is_suspended() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let permit = scene.world.request(CONSUMER, &scene.operator, &Request::of(scene.asset, &code)).await;
	// Its report waits some seconds longer.
	runner.says("ran to its end").await;
	let account = scene.operator.account();
	scene.world.decide(&calls::suspend_operator(&account, "its runner is being examined")).await;
	runner.says("operator_not_admitted").await;
	tokio::time::sleep(std::time::Duration::from_secs(12)).await;
	assert!(!runner.said().contains("reporting"), "no fee is paid for what the chain does not take");
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Approved);
	scene.world.decide(&calls::admit_operator(&account, scene.operator.profile.measurement)).await;
	scene.operator.handed_out(permit).await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Completed);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_13_report_should_be_refused_when_it_is_forged() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let request = Request::of(scene.asset, &code);
	let permit = scene.world.request_only(CONSUMER, &scene.operator, &request).await;
	let report = made_up(&scene, &code);
	// By the consumer's key, and by the operator's for another chain.
	let key = heirloom_sandbox_chain::keys::key_of(CONSUMER).unwrap();
	let (genesis, operator) = (scene.world.genesis(), scene.operator.account());
	let own = Context { genesis, permit, operator, role: Role::First };
	let forged = report.sign(&key, &own);
	let name = scene.world.refused(CONSUMER, &calls::complete(permit, report.clone(), forged)).await;
	assert_eq!(name, "SandboxAccess::BadSignature");
	let other_chain = Context { genesis: heirloom_sandbox_chain::blake2_256(b"another chain"), ..own };
	let elsewhere = report.sign(&scene.operator.signing_key(), &other_chain);
	let name = scene.world.refused(CONSUMER, &calls::complete(permit, report, elsewhere)).await;
	assert_eq!(name, "SandboxAccess::BadSignature");
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_13_runner_should_not_serve_another_chain_with_its_folder() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	assert!(scene.operator.serve(&scene.world).await.stop().success());
	std::fs::write(scene.operator.home().join("chain"), format!("{}\n", "ab".repeat(32))).unwrap();
	ends_with(&scene.world, &scene.operator, "was used with another chain").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_13_envelope_should_not_open_when_it_is_anothers() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	// Dave mints a second asset over Charlie's ciphertext, and allows it his own code.
	let at = scene.world.chain.finalized().await.unwrap();
	let content = read::asset(&at, scene.asset).await.unwrap().unwrap().content;
	let content = String::from_utf8(content).unwrap();
	let stolen = scene.world.mint_data(CONSUMER, "STOLEN", &content, "1").await;
	let copies = [&code[..]];
	scene.world.set_policy(CONSUMER, stolen, Approval::Automatic, &copies, &[&scene.operator]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let permit = scene.world.request("//Eve", &scene.operator, &Request::of(stolen, &code)).await;
	runner.says(&format!("permit={permit}")).await;
	runner.says("there is no envelope of").await;
	// Charlie's envelope under Dave's name does not open either.
	let exchange = scene.operator.exchange();
	let id = content.parse().unwrap();
	let owner =
		|uri| heirloom_sandbox_chain::keys::id_of(&heirloom_sandbox_chain::keys::key_of(uri).unwrap());
	let path = |uri| exchange.envelope_path(&id, &owner(uri), heirloom_seal::Purpose::Standing);
	std::fs::copy(path(OWNER), path(CONSUMER)).unwrap();
	runner.says("the envelope was made by another owner").await;
	assert_eq!(scene.world.permit(permit).await.status, PermitStatus::Approved);
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_14_permit_should_be_minted_from_once() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let _runner = scene.operator.serve(&scene.world).await;
	let permit = scene.world.request(CONSUMER, &scene.operator, &Request::of(scene.asset, &code)).await;
	scene.operator.handed_out(permit).await;
	let by_permit = format!("{permit}:trained-on");
	let mint = |handle| {
		[
			"mint",
			handle,
			"--from",
			CONSUMER,
			"--kind",
			"model",
			"--share-rate",
			"2000",
			"--call-fee",
			"1",
			"--permit",
		]
	};
	let client = scene.world.client();
	client.json(&[&mint("ONE")[..], &[by_permit.as_str()]].concat());
	let error = client.error(&[&mint("OTHER")[..], &[by_permit.as_str()]].concat());
	assert!(error.contains("SandboxAccess::AlreadyConsumed"), "{error}");
	assert!(matches!(scene.world.permit(permit).await.status, PermitStatus::Consumed { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_15_sensitive_data_should_not_be_derived_from_without_a_permit() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let client = scene.world.client();
	let error = client.error(&[
		"mint",
		"COPY",
		"--from",
		CONSUMER,
		"--kind",
		"model",
		"--share-rate",
		"2000",
		"--call-fee",
		"1",
		"--parent",
		"CT:trained-on:1",
	]);
	// The client says so before anybody pays; that the chain refuses it, too, is tested with the runtime.
	assert!(error.contains("CT can only be used inside a sandbox"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn log_of_a_failed_job_should_stay_when_its_asset_was_put_into_medical_mode_since() {
	let code = failing("line 7: no labels");
	let world = World::start().await;
	let operator = Operator::admitted(&world, "//Bob").await;
	let keys = tempfile::tempdir().unwrap();
	let content = operator.seal(&world, OWNER, keys.path(), &plain_folder());
	let asset = world.mint_sandboxed(OWNER, "LOGS", &content).await;
	world.set_policy(OWNER, asset, Approval::Automatic, &[&code], &[&operator]).await;
	let runner = operator.serve(&world).await;
	let before = world.request(CONSUMER, &operator, &Request::of(asset, &code)).await;
	assert!(operator.handed_out(before).await.join("log.bundle").exists());

	// Another one has failed, and its report waits for its step.
	let permit = world.request(CONSUMER, &operator, &Request::of(asset, &code)).await;
	runner.says(&format!("refused permit={permit}")).await;
	assert!(runner.stop().success());
	world.decide(&calls::force_sandboxed(asset, "patients are named in it")).await;
	let runner = operator.serve(&world).await;
	let released = operator.handed_out(permit).await;
	runner.says("the log stays").await;
	assert_eq!(world.permit(permit).await.status, PermitStatus::Refused);
	assert_eq!(world.refusal(permit, &released.join("report.json")), Some(48));
	assert!(!released.join("log.bundle").exists() && !released.join("opening.json").exists());
	let ledger = std::fs::read_to_string(operator.home().join("ledger")).unwrap();
	assert_eq!(ledger.matches("\"kind\":\"abandon\"").count(), 1, "{ledger}");
}

/// The runner ends by itself, with this in its last words.
async fn ends_with(world: &World, operator: &Operator, why: &str) {
	let mut runner = operator.start(world, &[]);
	let status = runner.ended().await;
	assert!(!status.success());
	let said = runner.said();
	let last = said.lines().last().unwrap_or_default();
	assert!(last.contains(why), "{said}");
}

/// A report that nobody worked for.
fn made_up(scene: &Scene, code: &[u8]) -> Report {
	Report {
		measurement: scene.operator.profile.measurement,
		code_hash: heirloom_sandbox_chain::blake2_256(code),
		parameters_hash: heirloom_sandbox_chain::blake2_256(b"{}"),
		inputs: vec![JobInput {
			asset: scene.asset,
			commitment: Default::default(),
			findings: 0,
			deidentified: true,
		}],
		output: Default::default(),
		output_bytes: 4_096,
		smallest_group: None,
		fuel: 1,
		verdict: Verdict::Released,
	}
}
