//! Sensitive data from the request for a permit to the derived asset, the payments, and what a doubt costs.

use crate::{
	chain::{
		ExtBuilder, block_at, dispatch_error, draft, loom_of, next_block, reason, submit, submit_ok, u_of,
		use_of,
	},
	governance::council_of_one,
	month::close_and_settle,
};
use heirloom_primitives::{
	AssetId, ChallengeStatus, DomainId, OperatorReport, OutputLimits, PermitId, PermitStatus, Purpose,
	Relation, Terms, U,
};
use heirloom_runtime::{
	Lineage, Royalty, Runtime, RuntimeCall, SandboxAccess, Signature, System, Timestamp,
	configs::{AnswerMillis, ChallengeBond, ChallengeMillis, ChallengeSlash, EcosystemPool, UnbondingMillis},
	constants::loom::LOOM,
};
use pallet_lineage::AssetDraft;
use pallet_sandbox_access::{
	Approval, Call, Error, Job, JobInput, Mode, OperatorProfile, Policy, Report, ReportRole, SandboxedAssets,
	Verdict,
};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::DispatchError;

/// The id of the presets' domain `medical-imaging`.
const MEDICAL_IMAGING: u16 = 0;

pub const CODE: H256 = H256::repeat_byte(1);
pub const PARAMETERS: H256 = H256::repeat_byte(2);
pub const RUNNER: H256 = H256::repeat_byte(3);

/// Bob's CT studies, which nobody can call plainly.
pub fn mint_medical(handle: &str) -> AssetId {
	let draft = AssetDraft { domain: Some(MEDICAL_IMAGING), ..draft(handle) };
	submit_ok(Bob, pallet_lineage::Call::<Runtime>::mint { draft });
	Lineage::asset_id(handle.as_bytes()).unwrap()
}

pub fn register(operator: Sr25519Keyring, signer: Sr25519Keyring) {
	let profile = OperatorProfile {
		signing_key: signer.to_account_id(),
		sealing_key: [7; 32],
		measurement: RUNNER,
		fee: 2 * U,
	};
	submit_ok(operator, Call::<Runtime>::register_operator { profile });
}

pub fn admit(operator: Sr25519Keyring) {
	let operator = operator.to_account_id();
	council_of_one(Call::<Runtime>::admit_operator { operator, measurement: RUNNER }).unwrap();
}

/// Eve runs a sandbox that the council admitted; Ferdie's key signs for it.
pub fn admit_eve() {
	register(Eve, Ferdie);
	admit(Eve);
}

/// Dave runs another one, and signs himself.
fn admit_dave() {
	register(Dave, Dave);
	admit(Dave);
}

/// Lets everybody's requests for the job below pass.
pub fn set_policy(owner: Sr25519Keyring, asset: AssetId) {
	let operators = [Eve, Dave].map(|operator| operator.to_account_id()).to_vec();
	let policy = Policy {
		codes: vec![CODE].try_into().unwrap(),
		operators: operators.try_into().unwrap(),
		limits: OutputLimits {
			smallest_group: 10,
			largest_output: 1_024,
			largest_model: 0,
			release_budget: 65_536,
		},
		approval: Approval::Automatic,
	};
	submit_ok(owner, Call::<Runtime>::set_policy { asset, policy });
}

/// A job that uses 37 units of each asset.
pub fn job(assets: &[AssetId]) -> Job<Runtime> {
	Job {
		uses: assets.iter().map(|asset| (*asset, 37)).collect::<Vec<_>>().try_into().unwrap(),
		purpose: Purpose::Training,
		code_hash: CODE,
		parameters_hash: PARAMETERS,
		operator: Eve.to_account_id(),
		output_cap: 1_024,
		expires_at: Timestamp::get() + 3_600_000,
	}
}

pub fn request(job: Job<Runtime>) -> RuntimeCall {
	Call::request { job, max_fee: 1_000 * U }.into()
}

/// Charlie asks for 37 units of each asset, which Bob's policies let pass.
pub fn permit_for(assets: &[AssetId]) -> PermitId {
	let permit = pallet_sandbox_access::NextPermitId::<Runtime>::get();
	assets.iter().for_each(|asset| set_policy(Bob, *asset));
	submit_ok(Charlie, request(job(assets)));
	permit
}

pub fn report(assets: &[AssetId]) -> OperatorReport {
	let input = |asset: &AssetId| JobInput {
		asset: *asset,
		commitment: H256::repeat_byte(4),
		findings: 0,
		deidentified: SandboxedAssets::<Runtime>::get(asset) == Some(Mode::Medical),
	};
	Report {
		measurement: RUNNER,
		code_hash: CODE,
		parameters_hash: PARAMETERS,
		inputs: assets.iter().map(input).collect::<Vec<_>>().try_into().unwrap(),
		output: H256::repeat_byte(5),
		output_bytes: 512,
		smallest_group: Some(12),
		fuel: 1_000_000,
		verdict: Verdict::Released,
	}
}

/// The signature by this key under a report of Eve's that ends a permit.
pub fn sign(key: Sr25519Keyring, permit: PermitId, report: &OperatorReport) -> Signature {
	let eve = Eve.to_account_id();
	key.sign(&report.payload(&System::block_hash(0), permit, &eve, ReportRole::First)).into()
}

/// What Eve brings, signed by this key.
pub fn completion(key: Sr25519Keyring, permit: PermitId, report: OperatorReport) -> RuntimeCall {
	let signature = sign(key, permit, &report);
	Call::complete { permit, report, signature }.into()
}

pub fn complete(permit: PermitId, assets: &[AssetId]) {
	submit_ok(Eve, completion(Ferdie, permit, report(assets)));
}

/// Charlie mints a model from a permit.
pub fn mint_from(permit: PermitId, handle: &str) -> RuntimeCall {
	let derivation = pallet_lineage::NextDerivationId::<Runtime>::get();
	submit_ok(Charlie, pallet_lineage::Call::<Runtime>::open_derivation {});
	let permits = vec![(permit, Relation::TrainedOn)].try_into().unwrap();
	pallet_lineage::Call::mint_derived { derivation, draft: draft(handle), permits }.into()
}

fn derive(permit: PermitId, handle: &str) -> AssetId {
	let mint = mint_from(permit, handle);
	submit_ok(Charlie, mint);
	Lineage::asset_id(handle.as_bytes()).unwrap()
}

#[test]
fn medical_data_should_be_refused_to_a_plain_call() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint_medical("CT-1");
		let error = dispatch_error(submit(Charlie, use_of(asset, 1)));
		assert_eq!(error, pallet_lineage::Error::<Runtime>::PermitRequired.into());
		assert!(Lineage::asset(asset).unwrap().sandboxed);
	});
}

#[test]
fn completed_permit_should_pay_the_operator_and_leave_a_receipt() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint_medical("CT-1");
		admit_eve();
		let permit = permit_for(&[asset]);
		let operator = u_of(&Eve.to_account_id());
		complete(permit, &[asset]);
		assert_eq!(u_of(&Eve.to_account_id()), operator + 2 * U);
		assert_eq!(SandboxAccess::permit(permit).unwrap().status, PermitStatus::Completed);
		assert_eq!(Lineage::receipts(asset).unwrap().count, 1);
		assert_eq!(Royalty::estimate(asset).unwrap().gross, 37 * U);
	});
}

#[test]
fn derived_asset_should_share_with_the_data_used_under_its_permit() {
	ExtBuilder::default().build_and_execute(|| {
		let data = mint_medical("CT-1");
		admit_eve();
		let permit = permit_for(&[data]);
		complete(permit, &[data]);
		let model = derive(permit, "LUNG-1");
		assert_eq!(Lineage::ancestors(model), Some(vec![data]));
		submit_ok(Alice, use_of(model, 1_000));
		let before = u_of(&Bob.to_account_id());
		close_and_settle();
		assert_eq!(u_of(&Bob.to_account_id()), before + (240 + 37) * U);
	});
}

/// Bob's data, of which licences are for sale. Charlie has one.
fn licensed(domain: Option<DomainId>) -> AssetId {
	let draft = AssetDraft { domain, terms: Terms::Buyout { price: 25 * U }, ..draft("SOLD-1") };
	submit_ok(Bob, pallet_lineage::Call::<Runtime>::mint { draft });
	let asset = Lineage::asset_id(b"SOLD-1").unwrap();
	submit_ok(Charlie, pallet_lineage::Call::<Runtime>::buy { asset, max_price: 25 * U });
	asset
}

#[test]
fn licence_should_not_be_taken_back_by_whoever_sold_it() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = licensed(None);
		let sandboxed = submit(Bob, Call::<Runtime>::set_sandboxed { asset });
		assert_eq!(dispatch_error(sandboxed), Error::<Runtime>::SoldOnce.into());
		let (purpose, max_fee, derivation) = (Purpose::Inference, 0, None);
		let call = pallet_lineage::Call::<Runtime>::call { asset, units: 5, purpose, max_fee, derivation };
		submit_ok(Charlie, call);
	});
}

#[test]
fn licence_of_medical_data_should_spare_its_fee() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = licensed(Some(MEDICAL_IMAGING));
		admit_eve();
		let permit = permit_for(&[asset]);
		assert_eq!(SandboxAccess::permit(permit).unwrap().uses[0].fee, 0);
		complete(permit, &[asset]);
		let model = derive(permit, "LUNG-1");
		assert_eq!(Lineage::ancestors(model), Some(vec![asset]));
		// The licence was paid for, and no unit.
		assert_eq!(Royalty::estimate(asset).unwrap().gross, 25 * U);
	});
}

#[test]
fn slashed_bond_should_end_in_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		admit_eve();
		let pool = loom_of(&EcosystemPool::get());
		let (operator, amount) = (Eve.to_account_id(), 1_000_000_000_000);
		let slash = Call::<Runtime>::slash_operator { operator, amount, reason: reason() };
		council_of_one(slash).unwrap();
		// The motion's own fee ends there, too.
		assert!(loom_of(&EcosystemPool::get()) >= pool + amount);
	});
}

/// A permit that Eve has not completed yet.
fn permitted() -> PermitId {
	let asset = mint_medical("CT-1");
	admit_eve();
	permit_for(&[asset])
}

#[test]
fn curators_should_not_revoke_a_permit_without_a_reason() {
	ExtBuilder::default().build_and_execute(|| {
		let revoke = Call::<Runtime>::force_revoke { permit: permitted(), reason: Default::default() };
		assert_eq!(council_of_one(revoke), Err(Error::<Runtime>::NoReason.into()));
	});
}

#[test]
fn curators_should_not_revoke_a_permit_as_a_party_to_it() {
	ExtBuilder::default().build_and_execute(|| {
		let revoke = Call::<Runtime>::revoke { permit: permitted() };
		assert_eq!(council_of_one(revoke), Err(DispatchError::BadOrigin));
	});
}

/// A permit that Eve completed. Dave could repeat the job.
fn completed() -> (PermitId, AssetId) {
	let asset = mint_medical("CT-1");
	admit_eve();
	admit_dave();
	let permit = permit_for(&[asset]);
	complete(permit, &[asset]);
	(permit, asset)
}

/// The same, doubted by Bob: Dave is to repeat the job.
fn challenged() -> (PermitId, AssetId) {
	let (permit, asset) = completed();
	submit_ok(Bob, Call::<Runtime>::challenge { permit });
	assert_eq!(SandboxAccess::permit(permit).unwrap().challenge.unwrap().second, Dave.to_account_id());
	(permit, asset)
}

fn answer_call(permit: PermitId, report: OperatorReport) -> RuntimeCall {
	let dave = Dave.to_account_id();
	let payload = report.payload(&System::block_hash(0), permit, &dave, ReportRole::Answer);
	Call::answer_challenge { permit, report, signature: Dave.sign(&payload).into() }.into()
}

/// Dave's answer, in another block than the challenge and brought by Alice, who pays its fee.
fn answer(permit: PermitId, report: OperatorReport) {
	next_block();
	submit_ok(Alice, answer_call(permit, report));
}

fn challenge_status(permit: PermitId) -> ChallengeStatus {
	SandboxAccess::permit(permit).unwrap().challenge.unwrap().status
}

#[test]
fn challenge_should_cost_its_bond_when_both_operators_agree() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = challenged();
		let before = [Bob.to_account_id(), Dave.to_account_id(), EcosystemPool::get()].map(|who| u_of(&who));
		answer(permit, report(&[asset]));
		let after = [Bob.to_account_id(), Dave.to_account_id(), EcosystemPool::get()].map(|who| u_of(&who));
		let bond = ChallengeBond::get();
		assert_eq!(after, [before[0] - bond, before[1] + 2 * U, before[2] + bond - 2 * U]);
		assert_eq!(challenge_status(permit), ChallengeStatus::Dismissed);
	});
}

#[test]
fn challenge_should_slash_the_first_operator_when_the_second_comes_to_something_else() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = challenged();
		let [eve, dave, bob] = [Eve, Dave, Bob].map(|who| who.to_account_id());
		let (loom, u) = ([&eve, &dave, &bob].map(loom_of), [&dave, &bob].map(u_of));
		answer(permit, Report { output: H256::repeat_byte(6), ..report(&[asset]) });
		// Bob's bond pays Dave's fee of 2 U, which is worth 2 LOOM at the rate of genesis.
		let slashed = [loom[0] - ChallengeSlash::get(), loom[1], loom[2] + 2 * LOOM];
		assert_eq!([&eve, &dave, &bob].map(loom_of), slashed);
		assert_eq!([&dave, &bob].map(u_of), [u[0] + 2 * U, u[1] - 2 * U]);
		assert_eq!(challenge_status(permit), ChallengeStatus::Upheld);
		let error = dispatch_error(submit(Charlie, request(job(&[asset]))));
		assert_eq!(error, Error::<Runtime>::OperatorNotAdmitted.into());
	});
}

#[test]
fn challenge_should_not_be_answered_in_one_batch_with_it() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = completed();
		let other = Report { output: H256::repeat_byte(6), ..report(&[asset]) };
		let calls = vec![Call::challenge { permit }.into(), answer_call(permit, other)];
		let batch = pallet_utility::Call::<Runtime>::batch_all { calls };
		let error = dispatch_error(submit(Bob, batch));
		assert_eq!(error, Error::<Runtime>::TooEarlyToAnswer.into());
		assert_eq!(SandboxAccess::permit(permit).unwrap().challenge, None);
	});
}

#[test]
fn challenge_should_be_answered_in_safe_mode() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, asset) = challenged();
		council_of_one(pallet_safe_mode::Call::<Runtime>::force_enter {}).unwrap();
		answer(permit, report(&[asset]));
		assert_eq!(challenge_status(permit), ChallengeStatus::Dismissed);
	});
}

#[test]
fn challenge_should_be_ended_in_safe_mode() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, _) = challenged();
		council_of_one(pallet_safe_mode::Call::<Runtime>::force_enter {}).unwrap();
		next_block();
		// It is let through, and told that it is too early.
		let error = dispatch_error(submit(Alice, Call::<Runtime>::expire_challenge { permit }));
		assert_eq!(error, Error::<Runtime>::StillAnswerable.into());
	});
}

#[test]
fn challenge_should_be_raised_in_safe_mode() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, _) = completed();
		council_of_one(pallet_safe_mode::Call::<Runtime>::force_enter {}).unwrap();
		submit_ok(Bob, Call::<Runtime>::challenge { permit });
		assert_eq!(challenge_status(permit), ChallengeStatus::Open);
	});
}

#[test]
fn challenge_that_nobody_answered_should_leave_its_time_for_others() {
	ExtBuilder::default().build_and_execute(|| {
		let (permit, _) = challenged();
		let before = SandboxAccess::permit(permit).unwrap();
		assert_eq!(before.sealed_to, [Dave.to_account_id()]);
		block_at(before.challenge.unwrap().answer_until + 1);
		submit_ok(Alice, Call::<Runtime>::expire_challenge { permit });
		let after = SandboxAccess::permit(permit).unwrap();
		assert_eq!((after.challenge, after.sealed_to), (None, vec![]));
		let until = before.challengeable_until.unwrap() + AnswerMillis::get();
		// At most: the last moment from which an answer is in time for a bond that is leaving.
		assert_eq!(after.challengeable_until, Some(until));
		assert_eq!(until, before.reported_at.unwrap() + UnbondingMillis::get() - AnswerMillis::get());
		assert!(until > before.reported_at.unwrap() + ChallengeMillis::get());
		let error = dispatch_error(submit(Bob, Call::<Runtime>::challenge { permit }));
		assert_eq!(error, Error::<Runtime>::NoSecondOperator.into());
	});
}
