//! A transaction of more calls than a pool takes is refused before any of them is asked what it weighs, and one without a
//! signature where it has more than one.

use crate::{
	callable::name,
	chain::{ExtBuilder, Wish, address, extension, signed_by},
	spam::validate,
};
use frame_support::weights::Weight;
use heirloom_runtime::{
	AccountId, Runtime, RuntimeCall, UncheckedExtrinsic,
	nesting::{self, MOST_CALLS},
};
use scale_info::{Field, MetaType, TypeDef, TypeInfo, meta_type};
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use sp_runtime::transaction_validity::InvalidTransaction;
use std::collections::BTreeSet;

fn remark() -> RuntimeCall {
	frame_system::Call::remark { remark: Vec::new() }.into()
}

/// A batch that is `calls` calls with itself.
fn batch(calls: usize) -> RuntimeCall {
	pallet_utility::Call::batch { calls: vec![remark(); calls - 1] }.into()
}

/// Whether a transaction of a call is refused for how many there are.
fn has_too_many(call: &RuntimeCall) -> bool {
	nesting::has_too_many(&signed_by(Bob, Wish::default(), call.clone()))
}

/// A call of each kind that wraps another, once around `inner`.
fn around(inner: RuntimeCall) -> Vec<RuntimeCall> {
	let call = || Box::new(inner.clone());
	let calls = || vec![inner.clone()];
	let account = || address(&Alice.to_account_id());
	let origin = || Box::new(frame_system::RawOrigin::<AccountId>::Root.into());
	let (length_bound, max_weight) = (0, Weight::zero());
	let (force_proxy_type, maybe_timepoint) = (None, None);
	vec![
		pallet_utility::Call::batch { calls: calls() }.into(),
		pallet_utility::Call::batch_all { calls: calls() }.into(),
		pallet_utility::Call::force_batch { calls: calls() }.into(),
		pallet_utility::Call::as_derivative { index: 0, call: call() }.into(),
		pallet_utility::Call::dispatch_as { as_origin: origin(), call: call() }.into(),
		pallet_utility::Call::dispatch_as_fallible { as_origin: origin(), call: call() }.into(),
		pallet_utility::Call::with_weight { call: call(), weight: max_weight }.into(),
		pallet_utility::Call::if_else { main: Box::new(remark()), fallback: call() }.into(),
		pallet_utility::Call::if_else { main: call(), fallback: Box::new(remark()) }.into(),
		pallet_proxy::Call::proxy { real: account(), force_proxy_type, call: call() }.into(),
		pallet_proxy::Call::proxy_announced {
			delegate: account(),
			real: account(),
			force_proxy_type,
			call: call(),
		}
		.into(),
		pallet_multisig::Call::as_multi_threshold_1 { other_signatories: Vec::new(), call: call() }.into(),
		pallet_multisig::Call::as_multi {
			threshold: 2,
			other_signatories: Vec::new(),
			maybe_timepoint,
			call: call(),
			max_weight,
		}
		.into(),
		pallet_whitelist::Call::dispatch_whitelisted_call_with_preimage { call: call() }.into(),
		RuntimeCall::Curators(pallet_collective::Call::execute { proposal: call(), length_bound }),
		RuntimeCall::Curators(pallet_collective::Call::propose {
			threshold: 1,
			proposal: call(),
			length_bound,
		}),
	]
}

/// The names of all calls that take a call, by the runtime's types.
fn wrappers() -> BTreeSet<String> {
	let kinds = [meta_type::<RuntimeCall>(), meta_type::<Vec<RuntimeCall>>()];
	let variants = |of: MetaType| match of.type_info().type_def {
		TypeDef::Variant(variants) => variants.variants,
		_ => panic!("calls are enums"),
	};
	let takes_a_call = |fields: &[Field]| fields.iter().any(|field| kinds.contains(&field.ty));
	let TypeDef::Variant(pallets) = RuntimeCall::type_info().type_def else { panic!("it is an enum") };
	let pallets = pallets.variants.into_iter();
	pallets
		.flat_map(|pallet| {
			let calls = variants(pallet.fields[0].ty).into_iter();
			let wrapping = calls.filter(|call| takes_a_call(&call.fields));
			wrapping.map(|call| format!("{},{}", pallet.name, call.name)).collect::<Vec<_>>()
		})
		.collect()
}

#[test]
fn each_call_that_wraps_another_should_be_looked_into() {
	let tried: BTreeSet<_> = around(remark()).iter().map(name).collect();
	assert_eq!(tried, wrappers());
	ExtBuilder::default().build_and_execute(|| {
		for call in around(batch(MOST_CALLS)) {
			assert!(has_too_many(&call), "{} was not looked into", name(&call));
		}
		for call in around(batch(MOST_CALLS - 2)) {
			assert!(!has_too_many(&call), "{} has no more than is taken", name(&call));
		}
	});
}

#[test]
fn calls_should_be_counted_however_they_are_spread() {
	let batches = |count: usize, of: usize| -> RuntimeCall {
		pallet_utility::Call::<Runtime>::batch_all { calls: vec![batch(of); count] }.into()
	};
	ExtBuilder::default().build_and_execute(|| {
		assert!(!has_too_many(&batches(4, MOST_CALLS / 4 - 1)));
		assert!(has_too_many(&batches(4, MOST_CALLS / 4)));
	});
}

#[test]
fn transaction_of_too_many_calls_should_be_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let signed = |calls| validate(signed_by(Bob, Wish::default(), batch(calls)));
		assert!(signed(MOST_CALLS).is_ok());
		assert_eq!(signed(MOST_CALLS + 1), Err(InvalidTransaction::ExhaustsResources.into()));
	});
}

#[test]
fn what_wraps_a_call_should_be_refused_without_a_signature() {
	ExtBuilder::default().build_and_execute(|| {
		let refused = Err(InvalidTransaction::ExhaustsResources.into());
		let wish = || extension(&Bob.to_account_id(), Wish::default());
		for call in around(remark()) {
			assert_eq!(validate(UncheckedExtrinsic::new_bare(call.clone())), refused, "{}", name(&call));
			let general = UncheckedExtrinsic::new_transaction(call, wish());
			assert_eq!(validate(general), refused);
		}
		assert_ne!(validate(UncheckedExtrinsic::new_bare(remark())), refused);
	});
}
