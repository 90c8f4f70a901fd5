//! Calls about sandboxes: operators, policies, permits, reports, doubts.

use super::{assets::purpose, rarely};
use crate::{
	chain::policy,
	pick::{CODE, OPERATORS, PARAMETERS, RUNNER, asset, key, micro_u, one_of, permit, units},
};
use arbitrary::{Result, Unstructured};
use heirloom_primitives::{AssetId, OperatorReport, PermitId, U};
use heirloom_runtime::{AccountId, Runtime, RuntimeCall, Signature, System, Timestamp};
use pallet_sandbox_access::{
	Approval, Call, Challenges, Job, JobInput, Mode, OperatorProfile, Permits, Policy, Report, ReportRole,
	SandboxedAssets, Verdict,
};
use sp_core::H256;
use sp_keyring::Sr25519Keyring;

pub fn call(source: &mut Unstructured) -> Result<RuntimeCall> {
	let call: Call<Runtime> = match one_of(source, 24)? {
		0..=5 => Call::request { job: job(source)?, max_fee: micro_u(source)?.saturating_add(100 * U) },
		6..=10 => {
			let (permit, report, signature) = report(source, ReportRole::First)?;
			Call::complete { permit, report, signature }
		}
		11 => {
			let (permit, report, signature) = report(source, ReportRole::First)?;
			Call::refuse { permit, report, signature }
		}
		12..=13 => Call::challenge { permit: permit(source)? },
		14..=15 => {
			let (permit, report, signature) = report(source, ReportRole::Answer)?;
			Call::answer_challenge { permit, report, signature }
		}
		16 => Call::expire_challenge { permit: permit(source)? },
		17 => Call::approve { permit: permit(source)? },
		18 => Call::revoke { permit: permit(source)? },
		19 => Call::expire { permit: permit(source)? },
		20 => Call::prune { permit: permit(source)? },
		21 => Call::set_policy { asset: asset(source)?, policy: policy_of(source)? },
		22 => Call::set_sandboxed { asset: asset(source)? },
		_ => operator(source)?,
	};
	Ok(call.into())
}

fn operator(source: &mut Unstructured) -> Result<Call<Runtime>> {
	Ok(match one_of(source, 5)? {
		0 => Call::register_operator { profile: profile(source)? },
		1 => Call::update_operator { profile: profile(source)? },
		2 => Call::top_up_bond {},
		3 => Call::begin_unbonding {},
		_ => Call::withdraw_bond {},
	})
}

fn profile(source: &mut Unstructured) -> Result<OperatorProfile<AccountId>> {
	Ok(OperatorProfile {
		signing_key: key(signing_key(source)?),
		sealing_key: [7; 32],
		measurement: RUNNER,
		fee: micro_u(source)?,
	})
}

fn signing_key(source: &mut Unstructured) -> Result<Sr25519Keyring> {
	source.choose(&OPERATORS).copied()
}

fn policy_of(source: &mut Unstructured) -> Result<Policy<Runtime>> {
	let mut policy = policy();
	if rarely(source, 3)? {
		policy.approval = Approval::Owner;
	}
	if rarely(source, 4)? {
		policy.limits.release_budget = u64::from(source.arbitrary::<u16>()?);
	}
	Ok(policy)
}

/// Mostly of the medical assets of the genesis, for an hour.
fn job(source: &mut Unstructured) -> Result<Job<Runtime>> {
	let mut uses = Vec::new();
	for _ in 0..=one_of(source, 3)? {
		let asset = if rarely(source, 3)? { asset(source)? } else { AssetId::from(3 + one_of(source, 2)?) };
		uses.push((asset, units(source)?));
	}
	Ok(Job {
		uses: uses.try_into().unwrap_or_default(),
		purpose: purpose(source)?,
		code_hash: CODE,
		parameters_hash: PARAMETERS,
		operator: key(signing_key(source)?),
		output_cap: 1_024,
		expires_at: Timestamp::get().saturating_add(u64::from(source.arbitrary::<u8>()?) * 3_600_000),
	})
}

/// A report that fits the permit, but for what it says that differs from machine to machine, signed by who is to sign it.
fn report(source: &mut Unstructured, role: ReportRole) -> Result<(PermitId, OperatorReport, Signature)> {
	let permit = permit(source)?;
	let record = Permits::<Runtime>::get(permit);
	let input = |asset: AssetId, byte: u8| JobInput {
		asset,
		commitment: H256::repeat_byte(byte),
		findings: byte.into(),
		deidentified: SandboxedAssets::<Runtime>::get(asset) == Some(Mode::Medical),
	};
	let byte = one_of(source, 2)?;
	let uses = record.as_ref().map(|record| record.uses.to_vec()).unwrap_or_default();
	let inputs: Vec<_> = uses.iter().map(|used| input(used.asset, byte)).collect();
	let verdict = match one_of(source, 4)? {
		0 => Verdict::Refused { code: source.arbitrary()? },
		_ => Verdict::Released,
	};
	let report = Report {
		measurement: RUNNER,
		code_hash: CODE,
		parameters_hash: PARAMETERS,
		inputs: inputs.try_into().unwrap_or_default(),
		output: H256::repeat_byte(byte),
		output_bytes: if rarely(source, 8)? { source.arbitrary()? } else { 512 },
		smallest_group: Some(12),
		fuel: 1_000_000,
		verdict,
	};
	let operator = match role {
		ReportRole::First => record.map(|record| record.operator),
		ReportRole::Answer => Challenges::<Runtime>::get(permit).map(|challenge| challenge.second),
	};
	let operator = operator.unwrap_or_else(|| key(OPERATORS[0]));
	let signer = OPERATORS.into_iter().find(|signer| key(*signer) == operator).unwrap_or(OPERATORS[0]);
	let payload = report.payload(&System::block_hash(0), permit, &operator, role);
	Ok((permit, report, signer.sign(&payload).into()))
}
