//! Calls about disputes: what people claim of a genealogy, and how curators vote.

use super::{assets::relation, rarely};
use crate::pick::{asset, bytes, dispute, one_of};
use arbitrary::{Result, Unstructured};
use heirloom_primitives::EdgeChange;
use heirloom_runtime::{Runtime, RuntimeCall};
use pallet_disputes::{Call, Evidence};

pub fn call(source: &mut Unstructured) -> Result<RuntimeCall> {
	let call: Call<Runtime> = match one_of(source, 12)? {
		0..=3 => Call::claim {
			derivative: asset(source)?,
			parent: asset(source)?,
			change: change(source)?,
			evidence: evidence(source)?,
		},
		4 => Call::appeal { asset: asset(source)?, evidence: evidence(source)? },
		5 => Call::answer {
			dispute: dispute(source)?,
			statement: bytes(source, 32)?.try_into().unwrap_or_default(),
		},
		6..=9 => Call::vote {
			dispute: dispute(source)?,
			uphold: !rarely(source, 3)?,
			reason: bytes(source, 32)?.try_into().unwrap_or_default(),
		},
		_ => Call::close { dispute: dispute(source)? },
	};
	Ok(call.into())
}

fn change(source: &mut Unstructured) -> Result<EdgeChange> {
	Ok(if rarely(source, 2)? { EdgeChange::Remove } else { EdgeChange::Add { relation: relation(source)? } })
}

fn evidence(source: &mut Unstructured) -> Result<Evidence> {
	Ok(bytes(source, 64)?.try_into().unwrap_or_default())
}
