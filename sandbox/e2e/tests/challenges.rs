//! A second operator repeats a job whose report is doubted.

use heirloom_e2e::{CONSUMER, OWNER, Operator, Request, World, eventually, plain_folder, quick};
use heirloom_sandbox_chain::{
	blake2_256, calls, read,
	report::{JobInput, Report, Verdict},
	types::{Approval, ChallengeStatus, PermitId, PermitStatus},
};
use heirloom_seal::{Binding, DataKey, Envelope, Origin, Purpose, SealingPublicKey};
use std::fs;

const DOUBTER: &str = "//Ferdie";

/// Two operators with the same data, and a job that either may run.
struct Scene {
	world: World,
	first: Operator,
	second: Operator,
	request: Request,
	content: String,
}

impl Scene {
	async fn new() -> Self {
		let world = World::start().await;
		let first = Operator::admitted(&world, "//Bob").await;
		let second = Operator::admitted(&world, "//Eve").await;
		let (keys, studies) = (tempfile::tempdir().unwrap(), plain_folder());
		let content = first.seal_to(&world, OWNER, keys.path(), &studies, &[&first, &second]);
		let asset = world.mint_data(OWNER, "CT", &content, "1").await;
		let code = quick();
		world.set_policy(OWNER, asset, Approval::Automatic, &[&code], &[&first, &second]).await;
		let request = Request::of(asset, &code);
		second.exchange().put_upload(&request.code).unwrap();
		second.exchange().put_upload(&request.parameters).unwrap();
		Self { world, first, second, request, content }
	}

	async fn status(&self, permit: PermitId) -> ChallengeStatus {
		eventually("the challenge is answered", async || {
			let at = self.world.chain.finalized().await.unwrap();
			let challenge = read::challenge(&at, permit).await.unwrap().unwrap();
			(challenge.status != ChallengeStatus::Open).then_some(challenge.status)
		})
		.await
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn honest_report_should_be_confirmed_by_another_operator() {
	let scene = Scene::new().await;
	let _first = scene.first.serve(&scene.world).await;
	let _second = scene.second.serve(&scene.world).await;
	let permit = scene.world.request(CONSUMER, &scene.first, &scene.request).await;
	scene.first.handed_out(permit).await;
	scene.world.run(DOUBTER, &calls::challenge(permit)).await;
	assert_eq!(scene.status(permit).await, ChallengeStatus::Dismissed);
	assert!(!scene.second.exchange().released_path(permit).exists(), "a repetition releases nothing");
	let ledger = fs::read_to_string(scene.second.home().join("ledger")).unwrap();
	assert_eq!(ledger, "", "a repetition is charged to nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn job_should_be_repeated_when_its_asset_was_sold_and_somebody_put_another_key_there() {
	let scene = Scene::new().await;
	let (world, asset) = (&scene.world, scene.request.asset);
	let _first = scene.first.serve(world).await;
	let permit = world.request(CONSUMER, &scene.first, &scene.request).await;
	scene.first.handed_out(permit).await;

	// Its owner would approve each job from now on, and sells it.
	world.set_policy(OWNER, asset, Approval::Owner, &[&scene.request.code], &[&scene.first]).await;
	world.give(OWNER, asset, "//Alice").await;
	// An envelope for this very permit, as anybody can make one.
	let origin = Origin { genesis: world.genesis().0, owner: heirloom_e2e::account(OWNER).0 };
	let content = scene.content.parse().unwrap();
	let binding = Binding { origin, content, purpose: Purpose::Permit(permit) };
	let second = SealingPublicKey(scene.second.profile.sealing_key);
	let forged = Envelope::seal(&DataKey::generate().unwrap(), &binding, &second).unwrap();
	scene.second.exchange().put_envelope(&forged).unwrap();

	world.run(DOUBTER, &calls::challenge(permit)).await;
	let _second = scene.second.serve(world).await;
	assert_eq!(scene.status(permit).await, ChallengeStatus::Dismissed);
}

#[tokio::test(flavor = "multi_thread")]
async fn report_of_a_job_that_was_not_run_should_be_found_out() {
	let scene = Scene::new().await;
	let permit = scene.world.request_only(CONSUMER, &scene.first, &scene.request).await;
	let report = Report {
		measurement: scene.first.profile.measurement,
		code_hash: blake2_256(&scene.request.code),
		parameters_hash: blake2_256(&scene.request.parameters),
		inputs: vec![JobInput {
			asset: scene.request.asset,
			commitment: Default::default(),
			findings: 0,
			deidentified: true,
		}],
		output: Default::default(),
		output_bytes: 4_096,
		smallest_group: None,
		fuel: 1 << 20,
		verdict: Verdict::Released,
	};
	let signature = scene.first.sign(&scene.world, permit, &report);
	scene.world.run(CONSUMER, &calls::complete(permit, report, signature)).await;
	scene.world.until(permit, PermitStatus::Completed).await;

	scene.world.run(DOUBTER, &calls::challenge(permit)).await;
	let _second = scene.second.serve(&scene.world).await;
	assert_eq!(scene.status(permit).await, ChallengeStatus::Upheld);
	let at = scene.world.chain.finalized().await.unwrap();
	let first = read::operator(&at, &scene.first.account()).await.unwrap().unwrap();
	assert_eq!(first.status, heirloom_sandbox_chain::types::OperatorStatus::Registered, "it is suspended");
}
