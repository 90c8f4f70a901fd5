//! What the call filter refuses, however deep it is wrapped, and what it lets through.

use crate::chain::{
	ExtBuilder, address, dispatch_error, events, mint, next_block, owner_of, submit, submit_ok,
};
use codec::Encode;
use frame_support::{
	traits::{Contains, GetCallName},
	weights::Weight,
};
use heirloom_primitives::AssetId;
use heirloom_runtime::{
	AccountId, Runtime, RuntimeCall, RuntimeEvent, SafeMode,
	configs::{Callable, ProxyType},
};
use pallet_lineage::COLLECTION;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave};
use sp_runtime::{
	DispatchError,
	traits::{BlakeTwo256, Hash},
};

fn burn(item: AssetId) -> RuntimeCall {
	pallet_nfts::Call::burn { collection: COLLECTION, item }.into()
}

fn transfer(item: AssetId, to: Sr25519Keyring) -> RuntimeCall {
	let dest = address(&to.to_account_id());
	pallet_nfts::Call::transfer { collection: COLLECTION, item, dest }.into()
}

fn batch(call: RuntimeCall) -> RuntimeCall {
	pallet_utility::Call::batch_all { calls: vec![call] }.into()
}

fn by_proxy(real: Sr25519Keyring, call: RuntimeCall) -> RuntimeCall {
	let real = address(&real.to_account_id());
	pallet_proxy::Call::proxy { real, force_proxy_type: None, call: Box::new(call) }.into()
}

fn add_proxy(real: Sr25519Keyring, delegate: Sr25519Keyring, proxy_type: ProxyType) {
	let delegate = address(&delegate.to_account_id());
	submit_ok(real, pallet_proxy::Call::<Runtime>::add_proxy { delegate, proxy_type, delay: 0 });
}

/// Charlie may act for Bob a block after he has announced what he is going to do.
fn add_announcing_proxy(proxy_type: ProxyType) {
	let delegate = address(&Charlie.to_account_id());
	submit_ok(Bob, pallet_proxy::Call::<Runtime>::add_proxy { delegate, proxy_type, delay: 1 });
}

/// Charlie announces a call of Bob's, and anybody has it executed when its time has come; returns what it said.
fn by_announcement(call: RuntimeCall) -> Result<(), DispatchError> {
	let (real, delegate) = (address(&Bob.to_account_id()), address(&Charlie.to_account_id()));
	let call_hash = BlakeTwo256::hash_of(&call);
	submit_ok(Charlie, pallet_proxy::Call::<Runtime>::announce { real: real.clone(), call_hash });
	next_block();
	let call = Box::new(call);
	let announced =
		pallet_proxy::Call::<Runtime>::proxy_announced { delegate, real, force_proxy_type: None, call };
	submit_ok(Dave, announced);
	proxied()
}

/// The account that Charlie and Dave share, with an asset.
fn shared_account(asset: AssetId) -> AccountId {
	let mut signatories = vec![Charlie.to_account_id(), Dave.to_account_id()];
	signatories.sort();
	let shared = pallet_multisig::Pallet::<Runtime>::multi_account_id(&signatories, 2);
	let dest = address(&shared);
	submit_ok(Bob, pallet_nfts::Call::<Runtime>::transfer { collection: COLLECTION, item: asset, dest });
	shared
}

/// Both sign; returns what the wrapped call said.
fn by_multisig(call: RuntimeCall) -> Result<(), DispatchError> {
	let signed = |other: Sr25519Keyring, maybe_timepoint| pallet_multisig::Call::<Runtime>::as_multi {
		threshold: 2,
		other_signatories: vec![other.to_account_id()],
		maybe_timepoint,
		call: Box::new(call.clone()),
		max_weight: Weight::from_parts(10_000_000_000, u64::MAX / 4),
	};
	let timepoint = pallet_multisig::Pallet::<Runtime>::timepoint();
	submit_ok(Charlie, signed(Dave, None));
	submit_ok(Dave, signed(Charlie, Some(timepoint)));
	let results = events(|event| match event {
		RuntimeEvent::Multisig(pallet_multisig::Event::MultisigExecuted { result, .. }) => Some(result),
		_ => None,
	});
	results.into_iter().last().expect("the second signature executes it")
}

fn proxied() -> Result<(), DispatchError> {
	let results = events(|event| match event {
		RuntimeEvent::Proxy(pallet_proxy::Event::ProxyExecuted { result }) => Some(result),
		_ => None,
	});
	results.into_iter().last().expect("a proxy executed it")
}

fn filtered() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

#[test]
fn burn_should_be_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		assert_eq!(dispatch_error(submit(Bob, burn(asset))), filtered());
		assert_eq!(owner_of(asset), Bob.to_account_id());
	});
}

#[test]
fn burn_should_be_refused_in_a_batch() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		assert_eq!(dispatch_error(submit(Bob, batch(batch(burn(asset))))), filtered());
		assert_eq!(owner_of(asset), Bob.to_account_id());
	});
}

#[test]
fn burn_should_be_refused_by_proxy() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		add_proxy(Bob, Charlie, ProxyType::Any);
		submit_ok(Charlie, by_proxy(Bob, burn(asset)));
		assert_eq!(proxied(), Err(filtered()));
		submit_ok(Charlie, by_proxy(Bob, batch(burn(asset))));
		assert_eq!(proxied(), Err(filtered()));
		assert_eq!(owner_of(asset), Bob.to_account_id());
	});
}

#[test]
fn burn_should_be_refused_by_announcement() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		add_announcing_proxy(ProxyType::Any);
		assert_eq!(by_announcement(burn(asset)), Err(filtered()));
		assert_eq!(by_announcement(batch(burn(asset))), Err(filtered()));
		assert_eq!(owner_of(asset), Bob.to_account_id());
	});
}

#[test]
fn burn_should_be_refused_by_multisig() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		let shared = shared_account(asset);
		assert_eq!(by_multisig(burn(asset)), Err(filtered()));
		assert_eq!(by_multisig(batch(burn(asset))), Err(filtered()));
		assert_eq!(owner_of(asset), shared);
	});
}

#[test]
fn transfer_should_pass() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		submit_ok(Bob, transfer(asset, Charlie));
		submit_ok(Charlie, batch(transfer(asset, Dave)));
		assert_eq!(owner_of(asset), Dave.to_account_id());
	});
}

#[test]
fn transfer_should_pass_by_proxy() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		add_proxy(Bob, Charlie, ProxyType::Assets);
		submit_ok(Charlie, by_proxy(Bob, batch(transfer(asset, Dave))));
		assert_eq!(proxied(), Ok(()));
		assert_eq!(owner_of(asset), Dave.to_account_id());
	});
}

#[test]
fn transfer_should_pass_by_announcement() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		add_announcing_proxy(ProxyType::Assets);
		assert_eq!(by_announcement(batch(transfer(asset, Dave))), Ok(()));
		assert_eq!(owner_of(asset), Dave.to_account_id());
	});
}

#[test]
fn transfer_should_pass_by_multisig() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		shared_account(asset);
		assert_eq!(by_multisig(transfer(asset, Dave)), Ok(()));
		assert_eq!(owner_of(asset), Dave.to_account_id());
	});
}

#[test]
fn approved_account_should_transfer() {
	ExtBuilder::default().build_and_execute(|| {
		let item = mint(Bob, "CT-1");
		let delegate = address(&Charlie.to_account_id());
		submit_ok(
			Bob,
			pallet_nfts::Call::<Runtime>::approve_transfer {
				collection: COLLECTION,
				item,
				delegate,
				maybe_deadline: None,
			},
		);
		submit_ok(Charlie, transfer(item, Dave));
		assert_eq!(owner_of(item), Dave.to_account_id());
	});
}

#[test]
fn nothing_of_nfts_but_transfers_and_approvals_should_be_callable() {
	let callable = ["transfer", "approve_transfer", "cancel_approval", "clear_all_transfer_approvals"];
	let mut seen = Vec::new();
	for index in 0..=u8::MAX {
		// A call of this index with arguments of zero bytes, where there is one that decodes.
		let mut encoded = RuntimeCall::from(pallet_nfts::Call::transfer {
			collection: COLLECTION,
			item: 0,
			dest: address(&Alice.to_account_id()),
		})
		.encode();
		encoded.truncate(1);
		encoded.push(index);
		encoded.extend([0; 512]);
		let Ok(RuntimeCall::Nfts(call)) = codec::Decode::decode(&mut &encoded[..]) else { continue };
		let name = call.get_call_name();
		assert_eq!(Callable::contains(&RuntimeCall::Nfts(call)), callable.contains(&name), "{name}");
		seen.push(name);
	}
	assert_eq!(seen, pallet_nfts::Call::<Runtime>::get_call_names(), "every call was tried");
}

#[test]
fn proxy_for_assets_should_not_move_money() {
	ExtBuilder::default().build_and_execute(|| {
		add_proxy(Bob, Charlie, ProxyType::Assets);
		let dest = address(&Charlie.to_account_id());
		let call = pallet_balances::Call::transfer_allow_death { dest, value: 1 };
		submit_ok(Charlie, by_proxy(Bob, batch(call.into())));
		assert_eq!(proxied(), Err(filtered()));
	});
}

#[test]
fn proxy_for_assets_should_not_stake_a_bond() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		add_proxy(Bob, Charlie, ProxyType::Assets);
		let evidence = pallet_disputes::Evidence::default();
		let appeal = pallet_disputes::Call::<Runtime>::appeal { asset, evidence: evidence.clone() };
		submit_ok(Charlie, by_proxy(Bob, appeal.into()));
		assert_eq!(proxied(), Err(filtered()));
		let change = heirloom_primitives::EdgeChange::Remove;
		let claim =
			pallet_disputes::Call::<Runtime>::claim { derivative: asset, parent: asset, change, evidence };
		submit_ok(Charlie, by_proxy(Bob, claim.into()));
		assert_eq!(proxied(), Err(filtered()));
		let challenge = pallet_sandbox_access::Call::<Runtime>::challenge { permit: 0 };
		let top_up = pallet_sandbox_access::Call::<Runtime>::top_up_bond {};
		for call in [challenge, top_up] {
			submit_ok(Charlie, by_proxy(Bob, call.into()));
			assert_eq!(proxied(), Err(filtered()));
		}
	});
}

#[test]
fn safe_mode_should_stop_trade_until_the_council_ends_it() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		crate::governance::council_of_one(pallet_safe_mode::Call::<Runtime>::force_enter {}).unwrap();
		assert_eq!(dispatch_error(submit(Bob, transfer(asset, Charlie))), filtered());
		assert_eq!(dispatch_error(submit(Bob, batch(transfer(asset, Charlie)))), filtered());
		next_block();
		crate::governance::council_of_one(pallet_safe_mode::Call::<Runtime>::force_exit {}).unwrap();
		submit_ok(Bob, transfer(asset, Charlie));
		assert_eq!(owner_of(asset), Charlie.to_account_id());
	});
}

#[test]
fn safe_mode_should_not_be_entered_for_a_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		assert!(submit(Bob, pallet_safe_mode::Call::<Runtime>::enter {}).unwrap().is_err());
		assert!(!SafeMode::is_entered());
	});
}
