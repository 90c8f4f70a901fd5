//! What people do in the tests: owners, consumers, operators, doubters.

use super::mock::*;
use crate::{
	Approval, Challenges, HoldReason, Job, JobInput, OperatorProfile, Policy, Report, ReportOf, ReportRole,
	Verdict,
};
use frame_support::{
	assert_ok,
	dispatch::DispatchResultWithPostInfo,
	traits::{Time, fungible::InspectHold},
};
use heirloom_primitives::{AssetId, ChallengeStatus, PermitId, Purpose, U, Units};
use sp_core::H256;
use sp_runtime::{DispatchResult, testing::TestSignature};

/// Admits [`SECOND`], with the same runner and a key of its own, and seals all assets to both operators.
pub fn admit_second() {
	assert_ok!(SandboxAccess::register_operator(signed(SECOND), second_profile()));
	assert_ok!(SandboxAccess::admit_operator(signed(CURATOR), SECOND, hash(9)));
	for (owner, asset, approval) in
		[(BOB, CT, Approval::Automatic), (BOB, MRI, Approval::Owner), (CYD, LOGS, Approval::Owner)]
	{
		seal_to(owner, asset, approval, &[OPERATOR, SECOND]);
	}
	System::reset_events();
}

/// Admits Cyd as well, with the same runner, and seals [`CT`] to all three.
pub fn admit_third() {
	admit_second();
	assert_ok!(SandboxAccess::register_operator(signed(CYD), profile()));
	assert_ok!(SandboxAccess::admit_operator(signed(CURATOR), CYD, hash(9)));
	seal_to(BOB, CT, Approval::Automatic, &[CYD, OPERATOR, SECOND]);
	System::reset_events();
}

pub fn seal_to(owner: AccountId, asset: AssetId, approval: Approval, operators: &[AccountId]) {
	let policy = Policy { operators: operators.to_vec().try_into().unwrap(), ..policy(approval) };
	assert_ok!(SandboxAccess::set_policy(signed(owner), asset, policy));
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn hash(byte: u8) -> H256 {
	H256::repeat_byte(byte)
}

pub fn profile() -> OperatorProfile<AccountId> {
	OperatorProfile { signing_key: KEY, sealing_key: [7; 32], measurement: hash(9), fee: OPERATOR_FEE }
}

pub fn second_profile() -> OperatorProfile<AccountId> {
	OperatorProfile { signing_key: SECOND_KEY, ..profile() }
}

/// Allows the code of [`job`] to [`OPERATOR`].
pub fn policy(approval: Approval) -> Policy<Test> {
	Policy {
		codes: vec![hash(1)].try_into().unwrap(),
		operators: vec![OPERATOR].try_into().unwrap(),
		limits: LIMITS,
		approval,
	}
}

/// A job that nothing is wrong with.
pub fn job(uses: &[(AssetId, Units)]) -> Job<Test> {
	Job {
		uses: uses.to_vec().try_into().unwrap(),
		purpose: Purpose::Training,
		code_hash: hash(1),
		parameters_hash: hash(2),
		operator: OPERATOR,
		output_cap: 4_096,
		expires_at: Clock::now() + LONGEST,
	}
}

/// Requests a permit of Ann's and returns its id.
pub fn request(uses: &[(AssetId, Units)]) -> PermitId {
	let permit = crate::NextPermitId::<Test>::get();
	assert_ok!(SandboxAccess::request(signed(ANN), job(uses), 1_000 * U));
	permit
}

/// A report of [`job`] that nothing is wrong with.
pub fn report(assets: &[AssetId]) -> ReportOf<Test> {
	let input = |asset: &AssetId| JobInput {
		asset: *asset,
		commitment: hash(3),
		findings: 0,
		deidentified: *asset != LOGS,
	};
	Report {
		measurement: hash(9),
		code_hash: hash(1),
		parameters_hash: hash(2),
		inputs: assets.iter().map(input).collect::<Vec<_>>().try_into().unwrap(),
		output: hash(4),
		output_bytes: 1_024,
		smallest_group: Some(10),
		fuel: 1_000_000,
		verdict: Verdict::Released,
	}
}

/// The same, refused.
pub fn refusal(assets: &[AssetId]) -> ReportOf<Test> {
	Report { verdict: Verdict::Refused { code: 17 }, ..report(assets) }
}

/// What [`OPERATOR`] has to sign for this chain to end a permit.
pub fn payload(permit: PermitId, report: &ReportOf<Test>) -> Vec<u8> {
	report.payload(&System::block_hash(0), permit, &OPERATOR, ReportRole::First)
}

/// What [`SECOND`] has to sign to answer a challenge.
pub fn answer_payload(permit: PermitId, report: &ReportOf<Test>) -> Vec<u8> {
	report.payload(&System::block_hash(0), permit, &SECOND, ReportRole::Answer)
}

/// What `key` signs to end a permit.
pub fn signature(key: AccountId, permit: PermitId, report: &ReportOf<Test>) -> TestSignature {
	TestSignature(key, payload(permit, report))
}

/// What `key` signs to answer a challenge.
pub fn answer_signature(key: AccountId, permit: PermitId, report: &ReportOf<Test>) -> TestSignature {
	TestSignature(key, answer_payload(permit, report))
}

/// Brings a report signed by the operator, as anybody may.
pub fn complete(permit: PermitId, report: ReportOf<Test>) -> DispatchResult {
	let signature = signature(KEY, permit, &report);
	outcome(SandboxAccess::complete(signed(EVE), permit, report, signature))
}

/// What became of a report, without what it weighed.
pub fn outcome(brought: DispatchResultWithPostInfo) -> DispatchResult {
	brought.map(drop).map_err(|failed| failed.error)
}

/// The same for a refusal.
pub fn refuse(permit: PermitId, report: ReportOf<Test>) -> DispatchResult {
	let signature = signature(KEY, permit, &report);
	SandboxAccess::refuse(signed(EVE), permit, report, signature)
}

/// Brings a report signed by the second operator.
pub fn answer(permit: PermitId, report: ReportOf<Test>) -> DispatchResult {
	let signature = answer_signature(SECOND_KEY, permit, &report);
	SandboxAccess::answer_challenge(signed(EVE), permit, report, signature)
}

/// Requests and completes a permit for [`CT`].
pub fn completed() -> PermitId {
	let permit = request(&[(CT, 3)]);
	assert_ok!(complete(permit, report(&[CT])));
	permit
}

/// Bob doubts a job.
pub fn challenge(permit: PermitId) -> DispatchResult {
	SandboxAccess::challenge(signed(BOB), permit)
}

/// A completed permit that Bob has challenged, a moment later.
pub fn challenged() -> PermitId {
	admit_second();
	let permit = completed();
	assert_ok!(challenge(permit));
	pass(1);
	permit
}

/// Who is to repeat a doubted job.
pub fn second_of(permit: PermitId) -> AccountId {
	Challenges::<Test>::get(permit).unwrap().second
}

/// Ends a challenge that nobody answers, as soon as it can be ended.
pub fn let_expire(permit: PermitId) {
	Clock::set(&(Challenges::<Test>::get(permit).unwrap().answer_until + 1));
	assert_ok!(SandboxAccess::expire_challenge(signed(EVE), permit));
}

/// What the second operator reports where it comes to something else.
pub fn other_report() -> ReportOf<Test> {
	Report { fuel: 7, ..report(&[CT]) }
}

pub fn bond_of(who: AccountId) -> u128 {
	Balances::balance_on_hold(&HoldReason::Bond.into(), &who)
}

pub fn challenge_status(permit: PermitId) -> Option<ChallengeStatus> {
	Challenges::<Test>::get(permit).map(|challenge| challenge.status)
}
