//! What strangers can make in the exchange stops nothing but their own jobs.

use heirloom_e2e::{CONSUMER, Request, Scene, quick};
use heirloom_sandbox_chain::types::PermitStatus;
use std::{fs, os::unix::fs::symlink, process::Command};

#[tokio::test(flavor = "multi_thread")]
async fn hostile_entry_should_hold_up_its_own_permit_and_no_other() {
	let code = quick();
	let scene = Scene::new(&[&code]).await;
	let runner = scene.operator.serve(&scene.world).await;
	let request = Request::of(scene.asset, &code);
	let first = scene.world.request(CONSUMER, &scene.operator, &request).await;
	// Where the first one's output is to go there is a way out, and where its code may be looked for a pipe.
	let exchange = scene.operator.exchange();
	let elsewhere = tempfile::tempdir().unwrap();
	symlink(elsewhere.path(), exchange.released_path(first)).unwrap();
	for name in ["held/9999.1", "uploads/pipe", "envelopes/pipe"] {
		let made = Command::new("mkfifo").arg(format!("{}/{name}", scene.operator.folder())).status();
		assert!(made.unwrap().success());
	}
	let second = scene.world.request(CONSUMER, &scene.operator, &request).await;
	scene.operator.handed_out(second).await;
	assert_eq!(scene.world.permit(second).await.status, PermitStatus::Completed);
	runner.says(&format!("tried again later permit={first}")).await;
	assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);

	fs::remove_file(exchange.released_path(first)).unwrap();
	scene.operator.handed_out(first).await;
	assert!(runner.stop().success());
}
