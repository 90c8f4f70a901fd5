//! What the chain refuses of a sandbox's use, by the numbers of `docs/sandbox-refusals.md`. Everything is signed and goes
//! through blocks, as an attacker's transactions would.

use crate::{
	chain::{ExtBuilder, address, block_at, dispatch_error, draft, mint, reason, submit, submit_ok, use_of},
	governance::council_of_one,
	sandbox::{
		CODE, RUNNER, admit, admit_eve, complete, completion, job, mint_from, mint_medical, permit_for,
		register, report, request, set_policy, sign,
	},
};
use heirloom_primitives::{AssetId, PermitId, PermitStatus, Purpose, Relation, U};
use heirloom_runtime::{Lineage, Runtime, RuntimeCall, SandboxAccess, Signature, Timestamp};
use pallet_lineage::{AssetDraft, COLLECTION};
use pallet_sandbox_access::{Call, Error, Job, OperatorProfile, Report, ReportRole};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Eve, Ferdie};
use sp_runtime::DispatchError;

/// Bob's CT studies and a permit of Charlie's to use them.
fn permitted() -> (PermitId, AssetId) {
	let asset = mint_medical("CT-1");
	admit_eve();
	(permit_for(&[asset]), asset)
}

/// The same, completed.
fn completed() -> (PermitId, AssetId) {
	let (permit, asset) = permitted();
	complete(permit, &[asset]);
	(permit, asset)
}

/// What the chain says to a completion brought by Eve.
fn refused(completion: RuntimeCall) -> DispatchError {
	dispatch_error(submit(Eve, completion))
}

fn permit_required() -> DispatchError {
	pallet_lineage::Error::<Runtime>::PermitRequired.into()
}

#[test]
fn refusal_08_a_completed_permit_should_not_be_replayed() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = completed();
		let again = completion(Ferdie, permit, report(&[asset]));
		assert_eq!(refused(again), Error::<Runtime>::AlreadyCompleted.into());
	});
}

#[test]
fn refusal_08_a_report_should_not_be_replayed_for_another_permit() {
	ExtBuilder::default().build_and_execute(|| {
		let (first, asset) = completed();
		let second = permit_for(&[asset]);
		let signature = sign(Ferdie, first, &report(&[asset]));
		let replayed = Call::complete { permit: second, report: report(&[asset]), signature };
		assert_eq!(refused(replayed.into()), Error::<Runtime>::BadSignature.into());
	});
}

#[test]
fn refusal_09_an_expired_permit_should_not_be_completed() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		block_at(Timestamp::get() + 3_700_000);
		let late = completion(Ferdie, permit, report(&[asset]));
		assert_eq!(refused(late), Error::<Runtime>::Expired.into());
	});
}

#[test]
fn refusal_09_a_permit_revoked_in_the_middle_of_its_job_should_not_be_completed() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		submit_ok(Bob, Call::<Runtime>::revoke { permit });
		let done = completion(Ferdie, permit, report(&[asset]));
		assert_eq!(refused(done), Error::<Runtime>::Revoked.into());
	});
}

#[test]
fn refusal_09_a_permit_revoked_by_the_curators_should_not_be_completed() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		council_of_one(Call::<Runtime>::force_revoke { permit, reason: reason() }).unwrap();
		let done = completion(Ferdie, permit, report(&[asset]));
		assert_eq!(refused(done), Error::<Runtime>::Revoked.into());
	});
}

#[test]
fn refusal_10_other_code_than_approved_should_not_be_permitted() {
	ExtBuilder::default().build_and_execute(|| {
		let (_, asset) = permitted();
		let other = request(Job { code_hash: H256::repeat_byte(9), ..job(&[asset]) });
		assert_eq!(dispatch_error(submit(Charlie, other)), Error::<Runtime>::CodeNotApproved.into());
	});
}

#[test]
fn refusal_10_a_report_of_other_code_should_not_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		let other = Report { code_hash: H256::repeat_byte(9), ..report(&[asset]) };
		assert_eq!(refused(completion(Ferdie, permit, other)), Error::<Runtime>::OtherCode.into());
	});
}

#[test]
fn refusal_11_a_report_of_other_parameters_should_not_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		let other = Report { parameters_hash: CODE, ..report(&[asset]) };
		assert_eq!(refused(completion(Ferdie, permit, other)), Error::<Runtime>::OtherParameters.into());
	});
}

#[test]
fn refusal_11_a_report_of_other_input_should_not_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		let other = mint_medical("CT-2");
		for assets in [&[][..], &[other], &[asset, other]] {
			let report = completion(Ferdie, permit, report(assets));
			assert_eq!(refused(report), Error::<Runtime>::OtherAssets.into());
		}
	});
}

#[test]
fn refusal_12_an_operator_that_is_not_admitted_should_get_no_job() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint_medical("CT-1");
		set_policy(Bob, asset);
		register(Eve, Ferdie);
		let asked = dispatch_error(submit(Charlie, request(job(&[asset]))));
		assert_eq!(asked, Error::<Runtime>::OperatorNotAdmitted.into());
		admit(Eve);
		submit_ok(Charlie, request(job(&[asset])));
	});
}

#[test]
fn refusal_12_a_suspended_operator_should_not_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		council_of_one(Call::<Runtime>::suspend_operator { operator: Eve.to_account_id(), reason: reason() })
			.unwrap();
		let done = completion(Ferdie, permit, report(&[asset]));
		assert_eq!(refused(done), Error::<Runtime>::OperatorNotAdmitted.into());
	});
}

#[test]
fn refusal_12_an_operator_that_is_unbonding_should_not_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		submit_ok(Eve, Call::<Runtime>::begin_unbonding {});
		let done = completion(Ferdie, permit, report(&[asset]));
		assert_eq!(refused(done), Error::<Runtime>::OperatorUnbonding.into());
		let asked = dispatch_error(submit(Charlie, request(job(&[asset]))));
		assert_eq!(asked, Error::<Runtime>::OperatorUnbonding.into());
	});
}

#[test]
fn refusal_12_a_report_with_a_stale_measurement_should_not_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		let measurement = H256::repeat_byte(9);
		let (signing_key, sealing_key) = (Ferdie.to_account_id(), [7; 32]);
		let profile = OperatorProfile { signing_key, sealing_key, measurement, fee: 2 * U };
		submit_ok(Eve, Call::<Runtime>::update_operator { profile });
		let stale = || completion(Ferdie, permit, Report { measurement: RUNNER, ..report(&[asset]) });
		assert_eq!(refused(stale()), Error::<Runtime>::OperatorNotAdmitted.into());
		let operator = Eve.to_account_id();
		council_of_one(Call::<Runtime>::admit_operator { operator, measurement }).unwrap();
		assert_eq!(refused(stale()), Error::<Runtime>::OtherMeasurement.into());
	});
}

#[test]
fn refusal_13_a_forged_signature_should_not_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		for forger in [Eve, Charlie, Bob] {
			let forged = completion(forger, permit, report(&[asset]));
			assert_eq!(refused(forged), Error::<Runtime>::BadSignature.into());
		}
	});
}

#[test]
fn refusal_13_a_report_changed_after_its_signature_should_not_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		let signature = sign(Ferdie, permit, &report(&[asset]));
		let changed = Report { output_bytes: 256, ..report(&[asset]) };
		let call = Call::complete { permit, report: changed, signature };
		assert_eq!(refused(call.into()), Error::<Runtime>::BadSignature.into());
	});
}

#[test]
fn refusal_13_a_report_of_another_chain_should_not_complete() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = permitted();
		let other_genesis = H256::repeat_byte(9);
		let eve = Eve.to_account_id();
		let payload = report(&[asset]).payload(&other_genesis, permit, &eve, ReportRole::First);
		let signature = Signature::from(Ferdie.sign(&payload));
		let call = Call::complete { permit, report: report(&[asset]), signature };
		assert_eq!(refused(call.into()), Error::<Runtime>::BadSignature.into());
	});
}

#[test]
fn refusal_14_one_permit_should_not_be_minted_from_twice() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, _) = completed();
		let first = mint_from(permit, "LUNG-1");
		submit_ok(Charlie, first);
		let second = mint_from(permit, "LUNG-2");
		assert_eq!(dispatch_error(submit(Charlie, second)), Error::<Runtime>::AlreadyConsumed.into());
		let into = Lineage::asset_id(b"LUNG-1").unwrap();
		assert_eq!(SandboxAccess::permit(permit).unwrap().status, PermitStatus::Consumed { into });
	});
}

#[test]
fn refusal_15_a_sensitive_asset_should_not_be_derived_from_without_a_permit() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint_medical("CT-1");
		submit_ok(Charlie, pallet_lineage::Call::<Runtime>::open_derivation {});
		let (purpose, derivation) = (Purpose::Training, Some((0, Relation::TrainedOn)));
		let call = pallet_lineage::Call::call { asset, units: 1, purpose, max_fee: U, derivation };
		assert_eq!(dispatch_error(submit(Charlie, RuntimeCall::from(call))), permit_required());
	});
}

#[test]
fn refusal_15_a_permit_that_is_not_completed_should_not_be_minted_from() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, _) = permitted();
		let early = mint_from(permit, "LUNG-1");
		assert_eq!(dispatch_error(submit(Charlie, early)), Error::<Runtime>::NotCompleted.into());
	});
}

#[test]
fn refusal_15_a_derivative_should_leave_out_no_sensitive_parent() {
	ExtBuilder::default().build_and_execute(|| {
		let assets = [mint_medical("CT-1"), mint_medical("CT-2")];
		admit_eve();
		let permit = permit_for(&assets);
		complete(permit, &assets);
		// Parents are not typed in: a minting names the permit, and the chain its assets.
		let mint = mint_from(permit, "LUNG-1");
		submit_ok(Charlie, mint);
		let model = Lineage::asset_id(b"LUNG-1").unwrap();
		assert_eq!(Lineage::ancestors(model), Some(assets.to_vec()));
	});
}

#[test]
fn refusal_16_a_sale_should_not_take_the_sandbox_away() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint_medical("CT-1");
		let dest = address(&Charlie.to_account_id());
		submit_ok(Bob, pallet_nfts::Call::<Runtime>::transfer { collection: COLLECTION, item: asset, dest });
		assert!(Lineage::asset(asset).unwrap().sandboxed);
		assert_eq!(dispatch_error(submit(Alice, use_of(asset, 1))), permit_required());
		let again = Call::<Runtime>::set_sandboxed { asset };
		assert_eq!(dispatch_error(submit(Charlie, again)), Error::<Runtime>::AlreadySandboxed.into());
	});
}

#[test]
fn refusal_16_no_call_should_take_the_sandbox_away() {
	use frame_support::traits::GetCallName;
	// Whoever adds one finds it here.
	let names = Call::<Runtime>::get_call_names();
	let about_sandboxes: Vec<_> = names.iter().filter(|name| name.contains("sandboxed")).collect();
	assert_eq!(about_sandboxes, [&"set_sandboxed", &"force_sandboxed"]);
}

#[test]
fn refusal_16_medical_data_registered_as_plain_should_be_forced_into_the_sandbox() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "NOTES-1");
		submit_ok(Charlie, use_of(asset, 1));
		council_of_one(Call::<Runtime>::force_sandboxed { asset, reason: reason() }).unwrap();
		assert_eq!(dispatch_error(submit(Charlie, use_of(asset, 1))), permit_required());
	});
}

#[test]
fn refusal_16_medical_data_should_be_sandboxed_from_its_first_block_on() {
	ExtBuilder::default().build_and_execute(|| {
		for (domain, sandboxed) in [(0, true), (1, true), (2, false)] {
			let handle = format!("DATA-{domain}");
			let draft = AssetDraft { domain: Some(domain), ..draft(&handle) };
			submit_ok(Bob, pallet_lineage::Call::<Runtime>::mint { draft });
			let asset = Lineage::asset_id(handle.as_bytes()).unwrap();
			assert_eq!(Lineage::asset(asset).unwrap().sandboxed, sandboxed, "{handle}");
		}
	});
}
