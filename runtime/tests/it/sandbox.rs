//! Sensitive data from the request for a permit to the derived asset and the payments.

use crate::{
	chain::{ExtBuilder, dispatch_error, draft, loom_of, submit, submit_ok, u_of, use_of},
	governance::council_of_one,
	month::close_and_settle,
};
use heirloom_primitives::{AssetId, PermitId, PermitStatus, Purpose, Relation, U};
use heirloom_runtime::{
	Lineage, Royalty, Runtime, SandboxAccess, Signature, System, Timestamp, configs::EcosystemPool,
};
use pallet_lineage::AssetDraft;
use pallet_sandbox_access::{Approval, Job, JobInput, OperatorProfile, Policy, Report, Verdict};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Eve, Ferdie};

/// The id of the presets' domain `medical-imaging`.
const MEDICAL_IMAGING: u16 = 0;

const CODE: H256 = H256::repeat_byte(1);
const PARAMETERS: H256 = H256::repeat_byte(2);
const RUNNER: H256 = H256::repeat_byte(3);

/// Bob's CT studies, which nobody can call plainly.
fn mint_medical() -> AssetId {
	let draft = AssetDraft { domain: Some(MEDICAL_IMAGING), ..draft("CT-1") };
	submit_ok(Bob, pallet_lineage::Call::<Runtime>::mint { draft });
	Lineage::asset_id(b"CT-1").unwrap()
}

/// Eve runs a sandbox that the council admitted; Ferdie's key signs for it.
fn admit_eve() {
	let profile = OperatorProfile {
		signing_key: Ferdie.to_account_id(),
		sealing_key: [7; 32],
		measurement: RUNNER,
		fee: 2 * U,
	};
	submit_ok(Eve, pallet_sandbox_access::Call::<Runtime>::register_operator { profile });
	let operator = Eve.to_account_id();
	let admit = pallet_sandbox_access::Call::<Runtime>::admit_operator { operator, measurement: RUNNER };
	council_of_one(admit).unwrap();
}

/// Charlie asks for 37 units, which Bob's policy lets pass.
fn permit_for(asset: AssetId) -> PermitId {
	let policy = Policy {
		codes: vec![CODE].try_into().unwrap(),
		operators: vec![Eve.to_account_id()].try_into().unwrap(),
		smallest_group: 10,
		largest_output: 1_024,
		approval: Approval::Automatic,
	};
	submit_ok(Bob, pallet_sandbox_access::Call::<Runtime>::set_policy { asset, policy });
	let job = Job {
		uses: vec![(asset, 37)].try_into().unwrap(),
		purpose: Purpose::Training,
		code_hash: CODE,
		parameters_hash: PARAMETERS,
		operator: Eve.to_account_id(),
		output_cap: 1_024,
		expires_at: Timestamp::get() + 3_600_000,
	};
	submit_ok(Charlie, pallet_sandbox_access::Call::<Runtime>::request { job, max_fee: 39 * U });
	0
}

fn complete(permit: PermitId, asset: AssetId) {
	let report = Report {
		measurement: RUNNER,
		code_hash: CODE,
		parameters_hash: PARAMETERS,
		inputs: vec![JobInput { asset, commitment: H256::repeat_byte(4), findings: 0 }].try_into().unwrap(),
		output: H256::repeat_byte(5),
		output_bytes: 512,
		smallest_group: Some(12),
		fuel: 1_000_000,
		verdict: Verdict::Released,
	};
	let signature = Signature::from(Ferdie.sign(&report.payload(&System::block_hash(0), permit)));
	submit_ok(Eve, pallet_sandbox_access::Call::<Runtime>::complete { permit, report, signature });
}

fn derive(permit: PermitId, handle: &str) -> AssetId {
	submit_ok(Charlie, pallet_lineage::Call::<Runtime>::open_derivation {});
	let permits = vec![(permit, Relation::TrainedOn)].try_into().unwrap();
	let draft = draft(handle);
	submit_ok(Charlie, pallet_lineage::Call::<Runtime>::mint_derived { derivation: 0, draft, permits });
	Lineage::asset_id(handle.as_bytes()).unwrap()
}

#[test]
fn medical_data_should_be_refused_to_a_plain_call() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint_medical();
		let error = dispatch_error(submit(Charlie, use_of(asset, 1)));
		assert_eq!(error, pallet_lineage::Error::<Runtime>::PermitRequired.into());
		assert!(Lineage::asset(asset).unwrap().sandboxed);
	});
}

#[test]
fn completed_permit_should_pay_the_operator_and_leave_a_receipt() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint_medical();
		admit_eve();
		let permit = permit_for(asset);
		let operator = u_of(&Eve.to_account_id());
		complete(permit, asset);
		assert_eq!(u_of(&Eve.to_account_id()), operator + 2 * U);
		assert_eq!(SandboxAccess::permit(permit).unwrap().status, PermitStatus::Completed);
		assert_eq!(Lineage::receipts(asset).unwrap().count, 1);
		assert_eq!(Royalty::estimate(asset).unwrap().gross, 37 * U);
	});
}

#[test]
fn derived_asset_should_share_with_the_data_used_under_its_permit() {
	ExtBuilder::default().build_and_execute(|| {
		let data = mint_medical();
		admit_eve();
		let permit = permit_for(data);
		complete(permit, data);
		let model = derive(permit, "LUNG-1");
		assert_eq!(Lineage::ancestors(model), Some(vec![data]));
		submit_ok(Alice, use_of(model, 1_000));
		let before = u_of(&Bob.to_account_id());
		close_and_settle();
		assert_eq!(u_of(&Bob.to_account_id()), before + (240 + 37) * U);
	});
}

#[test]
fn slashed_bond_should_end_in_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		admit_eve();
		let pool = loom_of(&EcosystemPool::get());
		let (operator, amount) = (Eve.to_account_id(), 1_000_000_000_000);
		let slash = pallet_sandbox_access::Call::<Runtime>::slash_operator { operator, amount };
		council_of_one(slash).unwrap();
		// The motion's own fee ends there, too.
		assert!(loom_of(&EcosystemPool::get()) >= pool + amount);
	});
}
