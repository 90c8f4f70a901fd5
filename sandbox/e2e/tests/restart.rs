//! A runner that is killed loses nothing and doubles nothing.

use heirloom_e2e::{CONSUMER, Request, Scene, quick, quiet_for};
use heirloom_sandbox_chain::types::PermitStatus;
use std::{fs, time::Duration};

/// Rounds that take some seconds.
const LONG: u64 = 6_000_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn job_should_be_completed_once_when_its_runner_is_killed() {
	let (long, short) = (quiet_for(LONG), quick());
	let Scene { world, operator, asset, .. } = &Scene::new(&[&long, &short]).await;
	let asset = *asset;

	// In the middle of a job, with another one waiting.
	let runner = operator.serve(world).await;
	let first = world.request(CONSUMER, operator, &Request::of(asset, &long)).await;
	let second = world.request(CONSUMER, operator, &Request::of(asset, &short)).await;
	runner.says("running").await;
	runner.kill();
	assert_eq!(world.permit(first).await.status, PermitStatus::Approved);

	// A permit that was asked for while there was no runner is found in state.
	let third = world.request(CONSUMER, operator, &Request::of(asset, &short)).await;
	let runner = operator.serve(world).await;
	runner.says("it runs again").await;
	for permit in [first, second, third] {
		operator.handed_out(permit).await;
		assert_eq!(world.permit(permit).await.status, PermitStatus::Completed);
	}

	// Again, right after the report was given to the chain: it is final while there is no runner.
	let fourth = world.request(CONSUMER, operator, &Request::of(asset, &short)).await;
	runner.says(&format!("permit={fourth} verdict=Released")).await;
	runner.says(&format!("reporting permit={fourth}")).await;
	tokio::time::sleep(Duration::from_millis(100)).await;
	runner.kill();
	let runner = operator.serve(world).await;
	operator.handed_out(fourth).await;
	assert_eq!(world.permit(fourth).await.status, PermitStatus::Completed);

	// Each was charged once: four bundles of the smallest length.
	let ledger = fs::read_to_string(operator.home().join("ledger")).unwrap();
	assert_eq!(ledger.matches("\"kind\":\"reserve\"").count(), 4, "{ledger}");
	assert_eq!(ledger.matches("\"kind\":\"commit\"").count(), 4, "{ledger}");
	assert!(runner.stop().success());
}
