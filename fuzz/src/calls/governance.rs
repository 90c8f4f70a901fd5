//! What curators decide, directly and as root, and what members and validators do by themselves.
//!
//! As root they do what root is there for. It could also write any value to any place in state, which no check survives.

use super::{assets::maybe_bps, rarely};
use crate::pick::{
	RUNNER, account, acting_as, address, as_root, asset, council, micro_u, one_of, permit, planck, signer,
};
use arbitrary::{Result, Unstructured};
use codec::Encode;
use frame_support::weights::Weight;
use heirloom_primitives::{FormulaVersion, MicroU, Words};
use heirloom_runtime::{
	Runtime, RuntimeCall,
	configs::{CouncilAccount, EcosystemPool},
	constants::u::U_ID,
};
use pallet_collective::{Instance1 as CuratorsInstance, ProposalCount, ProposalOf, Proposals};
use pallet_royalty::OpenPeriod;
use pallet_staking::{Call as Staking, ConfigOp};
use sp_runtime::{
	FixedU128, Perbill,
	traits::{BlakeTwo256, Hash},
};

/// More U than an input moves is not made: sums of it stay far from the greatest number.
const MOST_U: MicroU = 1 << 64;

pub fn call(source: &mut Unstructured) -> Result<RuntimeCall> {
	match one_of(source, 6)? {
		0..=2 => curators(source).map(council),
		3 => root(source),
		4 => motion(source),
		_ => session(source),
	}
}

fn curators(source: &mut Unstructured) -> Result<RuntimeCall> {
	Ok(match one_of(source, 15)? {
		0..=2 => pallet_lineage::Call::attest {
			asset: asset(source)?,
			quality: maybe_bps(source)?,
			impact: maybe_bps(source)?,
			reason: reason(),
		}
		.into(),
		3..=4 => pallet_lineage::Call::delist { asset: asset(source)?, reason: reason() }.into(),
		5 => pallet_sandbox_access::Call::admit_operator { operator: signer(source)?, measurement: RUNNER }
			.into(),
		6 => pallet_sandbox_access::Call::suspend_operator { operator: signer(source)?, reason: reason() }
			.into(),
		7 => pallet_sandbox_access::Call::slash_operator {
			operator: signer(source)?,
			amount: planck(source)?,
			reason: reason(),
		}
		.into(),
		8 => pallet_sandbox_access::Call::force_sandboxed { asset: asset(source)?, reason: reason() }.into(),
		9 => pallet_sandbox_access::Call::force_revoke { permit: permit(source)?, reason: reason() }.into(),
		10 => {
			let rate = FixedU128::from_rational(1 + u128::from(source.arbitrary::<u32>()?), 1_000);
			pallet_asset_rate::Call::update { asset_kind: Box::new(U_ID), rate }.into()
		}
		11 => {
			let rate = Perbill::from_percent(one_of(source, 101)?.into());
			pallet_validators::Call::set_reward_rate { rate }.into()
		}
		12..=13 => formula(source)?,
		_ => safe_mode(source)?,
	})
}

/// A rule from one of the next months on, or one that has begun.
fn formula(source: &mut Unstructured) -> Result<RuntimeCall> {
	let formula = source.choose(&[FormulaVersion::V1, FormulaVersion::V2]).copied()?;
	let from = OpenPeriod::<Runtime>::get().plus(one_of(source, 4)?.into());
	Ok(pallet_royalty::Call::set_formula { formula, from }.into())
}

fn safe_mode(source: &mut Unstructured) -> Result<RuntimeCall> {
	let call: pallet_safe_mode::Call<Runtime> = match one_of(source, 4)? {
		0 => pallet_safe_mode::Call::force_enter {},
		1 => pallet_safe_mode::Call::force_extend {},
		_ => pallet_safe_mode::Call::force_exit {},
	};
	Ok(call.into())
}

/// U is made, frozen and thawed, the pool is spent, and curators come and go. The pool's account itself is never blocked:
/// fees in U would have nowhere to go.
fn root(source: &mut Unstructured) -> Result<RuntimeCall> {
	let id = U_ID;
	let call: pallet_assets::Call<Runtime> = match one_of(source, 12)? {
		0 => {
			let amount = micro_u(source)? % MOST_U;
			pallet_assets::Call::mint { id, beneficiary: address(source)?, amount }
		}
		1 => pallet_assets::Call::burn { id, who: signer(source)?.into(), amount: micro_u(source)? },
		2 => pallet_assets::Call::freeze { id, who: signer(source)?.into() },
		3 => pallet_assets::Call::thaw { id, who: signer(source)?.into() },
		4 => pallet_assets::Call::freeze_asset { id },
		5 => pallet_assets::Call::thaw_asset { id },
		6 => pallet_assets::Call::block { id, who: signer(source)?.into() },
		7 => {
			let (target, amount) = (address(source)?, micro_u(source)?);
			return Ok(acting_as(
				EcosystemPool::get(),
				pallet_assets::Call::transfer_keep_alive { id, target, amount },
			));
		}
		8 => return Ok(as_root(pallet_preimage::Call::request_preimage { hash: Default::default() }.into())),
		9..=10 => return staking(source).map(as_root),
		_ => return membership(source).map(as_root),
	};
	Ok(acting_as(CouncilAccount::get(), call))
}

/// How many validators there may be, what they bond at least, who may nominate, and who leaves without waiting.
fn staking(source: &mut Unstructured) -> Result<RuntimeCall> {
	let call: Staking<Runtime> = match one_of(source, 5)? {
		0 => Staking::set_validator_count { new: one_of(source, 8)?.into() },
		1 => Staking::force_new_era {},
		2 => Staking::force_unstake { stash: account(source)?, num_slashing_spans: 0 },
		3 => Staking::cancel_deferred_slash { era: one_of(source, 3)?.into(), slash_indices: vec![0] },
		_ => Staking::set_staking_configs {
			min_nominator_bond: ConfigOp::Set(planck(source)?),
			min_validator_bond: ConfigOp::Set(planck(source)?),
			max_nominator_count: ConfigOp::Set(one_of(source, 4)?.into()),
			max_validator_count: ConfigOp::Noop,
			chill_threshold: ConfigOp::Noop,
			min_commission: ConfigOp::Noop,
			max_staked_rewards: ConfigOp::Noop,
		},
	};
	Ok(call.into())
}

fn membership(source: &mut Unstructured) -> Result<RuntimeCall> {
	let call: pallet_membership::Call<Runtime, pallet_membership::Instance1> = match one_of(source, 4)? {
		0 => pallet_membership::Call::remove_member { who: address(source)? },
		1 => pallet_membership::Call::set_prime { who: address(source)? },
		_ => pallet_membership::Call::add_member { who: address(source)? },
	};
	Ok(call.into())
}

/// A motion of several, and votes on it.
fn motion(source: &mut Unstructured) -> Result<RuntimeCall> {
	let open = Proposals::<Runtime, CuratorsInstance>::get();
	// The last one that was proposed, where it is open still.
	let (hash, index) =
		(open.last().copied(), ProposalCount::<Runtime, CuratorsInstance>::get().saturating_sub(1));
	let call: pallet_collective::Call<Runtime, CuratorsInstance> = match (one_of(source, 4)?, hash) {
		(0..=1, Some(proposal)) => {
			pallet_collective::Call::vote { proposal, index, approve: !rarely(source, 3)? }
		}
		(2, Some(proposal_hash)) => {
			let length = ProposalOf::<Runtime, CuratorsInstance>::get(proposal_hash).encoded_size();
			pallet_collective::Call::close {
				proposal_hash,
				index,
				proposal_weight_bound: Weight::from_parts(500_000_000_000, u64::MAX / 4),
				length_bound: u32::try_from(length).unwrap_or(u32::MAX),
			}
		}
		_ => {
			let proposal = Box::new(curators(source)?);
			let length_bound = u32::try_from(proposal.encoded_size()).unwrap_or(u32::MAX);
			pallet_collective::Call::propose { threshold: 2, proposal, length_bound }
		}
	};
	Ok(call.into())
}

/// A decision without a reason is refused before it is looked at any further.
fn reason() -> Words {
	Words::truncate_from(b"looked at".to_vec())
}

fn session(source: &mut Unstructured) -> Result<RuntimeCall> {
	let hash = BlakeTwo256::hash(&[one_of(source, 3)?]);
	Ok(match one_of(source, 4)? {
		0 => pallet_session::Call::purge_keys {}.into(),
		1 => pallet_whitelist::Call::remove_deferred_dispatch { call_hash: hash }.into(),
		2 => pallet_membership::Call::<Runtime, pallet_membership::Instance1>::change_key {
			new: account(source)?.into(),
		}
		.into(),
		_ => frame_system::Call::remark_with_event { remark: hash.0.to_vec() }.into(),
	})
}
