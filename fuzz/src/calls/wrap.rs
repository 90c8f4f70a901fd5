//! Calls around calls, and who may act for whom.

use super::rarely;
use crate::pick::{SIGNERS, account, address, key, one_of, proxy_type, signer};
use arbitrary::{Result, Unstructured};
use frame_support::weights::Weight;
use heirloom_runtime::{AccountId, Runtime, RuntimeCall};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What a multisig call may weigh.
const MOST: Weight = Weight::from_parts(100_000_000_000, u64::MAX / 4);

/// The bytes of an input bound how deep this goes: each level takes some.
pub fn call(source: &mut Unstructured, who: &AccountId) -> Result<RuntimeCall> {
	if source.is_empty() {
		return Ok(pallet_proxy::Call::remove_proxies {}.into());
	}
	Ok(match one_of(source, 16)? {
		0 => pallet_utility::Call::batch { calls: calls(source, who)? }.into(),
		1..=2 => pallet_utility::Call::batch_all { calls: calls(source, who)? }.into(),
		3 => pallet_utility::Call::force_batch { calls: calls(source, who)? }.into(),
		4 => {
			let (main, fallback) = (inner(source, who)?, inner(source, who)?);
			pallet_utility::Call::if_else { main, fallback }.into()
		}
		5 => {
			let derived = pallet_utility::derivative_account_id(who.clone(), 0);
			pallet_utility::Call::as_derivative { index: 0, call: inner(source, &derived)? }.into()
		}
		6 => multisig_of_one(source, who)?,
		7..=8 => multisig_of_two(source, who)?,
		9..=10 => {
			let real = account(source)?;
			let call = inner(source, &real)?;
			pallet_proxy::Call::<Runtime>::proxy { real: real.into(), force_proxy_type: None, call }.into()
		}
		_ => proxies(source)?,
	})
}

fn inner(source: &mut Unstructured, who: &AccountId) -> Result<Box<RuntimeCall>> {
	super::call(source, who).map(Box::new)
}

fn calls(source: &mut Unstructured, who: &AccountId) -> Result<Vec<RuntimeCall>> {
	let mut calls = Vec::new();
	for _ in 0..one_of(source, 5)? {
		calls.push(super::call(source, who)?);
	}
	Ok(calls)
}

fn multisig_of_one(source: &mut Unstructured, who: &AccountId) -> Result<RuntimeCall> {
	let other = signer(source)?;
	let mut signatories = vec![who.clone(), other.clone()];
	signatories.sort();
	let shared = pallet_multisig::Pallet::<Runtime>::multi_account_id(&signatories, 1);
	let call = inner(source, &shared)?;
	Ok(pallet_multisig::Call::as_multi_threshold_1 { other_signatories: vec![other], call }.into())
}

/// A call that two of three are to sign; the one of an open multisig at times, so that it is executed or cancelled.
fn multisig_of_two(source: &mut Unstructured, who: &AccountId) -> Result<RuntimeCall> {
	let mut signatories: Vec<_> = SIGNERS[..3].iter().map(|signer| key(*signer)).collect();
	signatories.sort();
	let shared = pallet_multisig::Pallet::<Runtime>::multi_account_id(&signatories, 2);
	let other_signatories: Vec<_> = signatories.into_iter().filter(|signatory| signatory != who).collect();
	let open = pallet_multisig::Multisigs::<Runtime>::iter_prefix(&shared).next();
	let maybe_timepoint = open.as_ref().map(|(_, multisig)| multisig.when);
	// Of few kinds, so that the second signature meets the first.
	let dest = key(SIGNERS[usize::from(one_of(source, 3)?)]).into();
	let call: RuntimeCall = pallet_balances::Call::<Runtime>::transfer_all { dest, keep_alive: false }.into();
	let call_hash = BlakeTwo256::hash_of(&call).0;
	Ok(match (one_of(source, 4)?, maybe_timepoint) {
		(0, Some(timepoint)) => pallet_multisig::Call::cancel_as_multi {
			threshold: 2,
			other_signatories,
			timepoint,
			call_hash: open.map_or(call_hash, |(hash, _)| hash),
		}
		.into(),
		(1, _) => pallet_multisig::Call::approve_as_multi {
			threshold: 2,
			other_signatories,
			maybe_timepoint,
			call_hash,
			max_weight: MOST,
		}
		.into(),
		_ => pallet_multisig::Call::as_multi {
			threshold: 2,
			other_signatories,
			maybe_timepoint,
			call: Box::new(call),
			max_weight: MOST,
		}
		.into(),
	})
}

fn proxies(source: &mut Unstructured) -> Result<RuntimeCall> {
	let delay = if rarely(source, 4)? { 1 } else { 0 };
	let call: pallet_proxy::Call<Runtime> = match one_of(source, 9)? {
		0..=2 => pallet_proxy::Call::add_proxy {
			delegate: address(source)?,
			proxy_type: proxy_type(source)?,
			delay,
		},
		3 => pallet_proxy::Call::remove_proxy {
			delegate: address(source)?,
			proxy_type: proxy_type(source)?,
			delay,
		},
		4 => pallet_proxy::Call::create_pure { proxy_type: proxy_type(source)?, delay, index: 0 },
		5 => pallet_proxy::Call::announce { real: address(source)?, call_hash: Default::default() },
		6 => pallet_proxy::Call::reject_announcement {
			delegate: address(source)?,
			call_hash: Default::default(),
		},
		7 => pallet_proxy::Call::poke_deposit {},
		_ => pallet_proxy::Call::remove_proxies {},
	};
	Ok(call.into())
}
