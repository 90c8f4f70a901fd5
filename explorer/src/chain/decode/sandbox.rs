//! Events of sandbox access.

use super::{
	Fields,
	values::{self, Approval, Mode, Purpose},
};
use crate::chain;
use scale_decode::DecodeAsType;
use subxt::utils::{AccountId32, H256};

/// An event of sandbox access.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Event {
	Operator(Operator),
	Sandboxed(Sandboxed),
	PolicySet { asset: u32, policy: Policy },
	Requested(Box<Requested>),
	Permit(Permit),
}

/// Something happened to an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
	/// Who.
	pub operator: AccountId32,
	/// The event.
	pub name: String,
	/// What it states of itself now, where it said so.
	pub profile: Option<Profile>,
	/// Where it stands now, where that changed: `registered`, `admitted`, `unbonding` or `left`.
	pub status: Option<&'static str>,
	/// An amount in LOOM's smallest unit, where the event has one.
	pub amount: Option<u128>,
	/// Why, in the curators' words, where they decided it.
	pub reason: Option<String>,
}

/// A step of a permit behind its request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
	/// Which.
	pub permit: u64,
	/// The event.
	pub name: String,
	/// Whose doing it was, where the event says so.
	pub account: Option<AccountId32>,
	/// Where it stands now, where that changed.
	pub status: Option<&'static str>,
	/// The derived asset that used it up.
	pub into: Option<u32>,
	/// What its operator signed of the job, with the hash of it.
	pub report: Option<Box<(Report, H256)>>,
	/// Where a challenge stands now, and who repeats the job.
	pub challenge: Option<(&'static str, AccountId32)>,
	/// Why, in the curators' words, where they decided it.
	pub reason: Option<String>,
}

macro_rules! fields {
	($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),+ $(,)? })+) => {
		$(
			$(#[$doc])*
			#[derive(Clone, Debug, PartialEq, Eq, DecodeAsType)]
			#[allow(missing_docs)]
			pub struct $name { $(pub $field: $type),+ }
		)+
	};
}

fields! {
	/// What an operator states of itself.
	Profile { signing_key: AccountId32, sealing_key: [u8; 32], measurement: H256, fee: u128 }
	/// What may come out of a job.
	Limits { smallest_group: u32, largest_output: u64, largest_model: u64, release_budget: u64 }
	/// What an owner allows.
	Policy { codes: Vec<H256>, operators: Vec<AccountId32>, limits: Limits, approval: Approval }
	/// An asset of a permit.
	Use { asset: u32, units: u64, fee: u128 }
	/// A permit was asked for.
	Requested {
		permit: u64,
		consumer: AccountId32,
		operator: AccountId32,
		uses: Vec<Use>,
		purpose: Purpose,
		code_hash: H256,
		parameters_hash: H256,
		output_cap: u64,
		expires_at: u64,
		operator_fee: u128,
	}
	/// What a job read of an asset.
	Input { asset: u32, commitment: H256, findings: u32 }
	/// What an operator signs of a job.
	Report {
		measurement: H256,
		code_hash: H256,
		parameters_hash: H256,
		inputs: Vec<Input>,
		output: H256,
		output_bytes: u64,
		smallest_group: Option<u32>,
		fuel: u64,
		verdict: Verdict,
	}
}

fields! {
	/// Fields of several events.
	OfPermit { permit: u64 }
	/// Fields of an approval by an owner.
	ByOwner { owner: AccountId32 }
	/// Fields of events that name the operator.
	ByOperator { operator: AccountId32 }
	/// Fields of a withdrawal.
	ByWhom { by: Option<AccountId32> }
	/// Fields of a completion, a refusal, and answers to challenges.
	Signed { report: Report, hash: H256 }
	/// Fields of what a derived asset used up.
	UsedUp { into: u32 }
	/// Fields of a challenge.
	Doubted { challenger: AccountId32 }
	/// Fields of all events around challenges.
	Repeated { second: AccountId32 }
	/// Fields of a registration or an update.
	Stated { operator: AccountId32, profile: Profile }
	/// Fields of an update.
	Standing { status: OperatorStatus }
	/// Fields of events with an amount.
	Amount { amount: u128 }
	/// Fields of a suspension, a slash or a withdrawal; no reason where the curators did not decide it.
	Decided { reason: Option<Vec<u8>> }
	/// Fields of a sandboxing, with the reason where the curators decided it.
	Sandboxed { asset: u32, mode: Mode, reason: Option<Vec<u8>> }
	/// Fields of a policy.
	OfPolicy { asset: u32, policy: Policy }
}

/// How a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub enum Verdict {
	Released,
	Refused { code: u16 },
}

/// Whether an operator can be given jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, DecodeAsType)]
#[allow(missing_docs)]
pub enum OperatorStatus {
	Registered,
	Admitted,
	Unbonding { until: u64 },
}

impl OperatorStatus {
	fn text(self) -> &'static str {
		match self {
			Self::Registered => "registered",
			Self::Admitted => "admitted",
			Self::Unbonding { .. } => "unbonding",
		}
	}
}

/// Reads an event of sandbox access; none of those that are not noted.
pub fn read(fields: &Fields<'_, '_>) -> chain::Result<Option<Event>> {
	Ok(Some(match fields.name() {
		"Sandboxed" => Event::Sandboxed(fields.read()?),
		"PolicySet" => {
			let OfPolicy { asset, policy } = fields.read()?;
			Event::PolicySet { asset, policy }
		}
		"Requested" => Event::Requested(Box::new(fields.read()?)),
		"OperatorRegistered" | "OperatorUpdated" | "OperatorAdmitted" | "OperatorSuspended"
		| "OperatorSlashed" | "BondToppedUp" | "UnbondingBegun" | "BondWithdrawn" => {
			Event::Operator(operator(fields)?)
		}
		"UseApproved" | "Approved" | "Completed" | "Refused" | "Revoked" | "Expired" | "Consumed"
		| "Challenged" | "ChallengeDismissed" | "ChallengeUpheld" | "ChallengeExpired" | "Pruned" => {
			Event::Permit(permit(fields)?)
		}
		_ => return Ok(None),
	}))
}

fn operator(fields: &Fields<'_, '_>) -> chain::Result<Operator> {
	let name = fields.name();
	let ByOperator { operator } = fields.read()?;
	let profile = match name {
		"OperatorRegistered" | "OperatorUpdated" => {
			let Stated { profile, .. } = fields.read()?;
			Some(profile)
		}
		_ => None,
	};
	let status = match name {
		"OperatorRegistered" | "OperatorSuspended" => Some("registered"),
		"OperatorUpdated" => Some(fields.read::<Standing>()?.status.text()),
		"OperatorAdmitted" => Some("admitted"),
		"UnbondingBegun" => Some("unbonding"),
		"BondWithdrawn" => Some("left"),
		_ => None,
	};
	let amount = match name {
		"OperatorSlashed" | "BondToppedUp" | "BondWithdrawn" => Some(fields.read::<Amount>()?.amount),
		_ => None,
	};
	let reason = match name {
		"OperatorSuspended" | "OperatorSlashed" => fields.read::<Decided>()?.reason,
		_ => None,
	};
	let reason = reason.as_deref().map(values::text);
	Ok(Operator { operator, name: name.into(), profile, status, amount, reason })
}

fn permit(fields: &Fields<'_, '_>) -> chain::Result<Permit> {
	let name = fields.name();
	let OfPermit { permit } = fields.read()?;
	let account = match name {
		"UseApproved" => Some(fields.read::<ByOwner>()?.owner),
		"Approved" | "Completed" | "Refused" => Some(fields.read::<ByOperator>()?.operator),
		"Revoked" => fields.read::<ByWhom>()?.by,
		"Challenged" => Some(fields.read::<Doubted>()?.challenger),
		"ChallengeDismissed" | "ChallengeUpheld" | "ChallengeExpired" => {
			Some(fields.read::<Repeated>()?.second)
		}
		_ => None,
	};
	let status = match name {
		"Approved" => Some("approved"),
		"Completed" => Some("completed"),
		"Refused" => Some("refused"),
		"Revoked" => Some("revoked"),
		"Expired" => Some("expired"),
		"Consumed" => Some("consumed"),
		_ => None,
	};
	let challenge = match name {
		"Challenged" => Some("open"),
		"ChallengeDismissed" => Some("dismissed"),
		"ChallengeUpheld" => Some("upheld"),
		"ChallengeExpired" => Some("expired"),
		_ => None,
	};
	let second = |_| fields.read::<Repeated>().map(|repeated| repeated.second);
	let second = challenge.map(second).transpose()?;
	let report = match name {
		"Completed" | "Refused" => {
			let Signed { report, hash } = fields.read()?;
			Some(Box::new((report, hash)))
		}
		_ => None,
	};
	let into = if name == "Consumed" { Some(fields.read::<UsedUp>()?.into) } else { None };
	let challenge = challenge.zip(second);
	let reason = if name == "Revoked" { fields.read::<Decided>()?.reason } else { None };
	let reason = reason.as_deref().map(values::text);
	Ok(Permit { permit, name: name.into(), account, status, into, report, challenge, reason })
}
