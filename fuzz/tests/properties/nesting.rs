//! Calls inside calls: filters hold at every depth, and nothing gets cheaper by being wrapped.

use crate::{address, submit_ok};
use codec::{Decode, DecodeLimit, Encode};
use frame_support::{
	assert_ok,
	dispatch::{DispatchInfo, GetDispatchInfo, Pays},
	traits::{Contains, Currency, InstanceFilter},
	weights::Weight,
};
use heirloom_fuzz::chain;
use heirloom_primitives::AssetId;
use heirloom_runtime::{
	AccountId, Balance, Balances, Multisig, Proxy, Runtime, RuntimeCall, RuntimeOrigin, SafeMode,
	configs::{BaseCallFilter, ProxyType},
	constants::loom::LOOM,
};
use pallet_lineage::COLLECTION;
use proptest::{collection::vec, prelude::*, sample::Index};
use sp_keyring::Sr25519Keyring::{Bob, Charlie};
use sp_runtime::traits::{BlakeTwo256, Hash};
use std::sync::LazyLock;

/// An asset of Bob's.
const ITEM: AssetId = 0;
/// What arguments of zero bytes decode from; more than any call of fixed length takes.
const ZEROS: [u8; 1_024] = [0; 1_024];
/// The indices of every pallet and call.
static EVERY_CALL: LazyLock<Vec<[u8; 2]>> = LazyLock::new(|| {
	let indices = (0..=u8::MAX).flat_map(|pallet| (0..=u8::MAX).map(move |call| [pallet, call]));
	let exists = |indices: &[u8; 2]| RuntimeCall::decode(&mut &[&indices[..], &ZEROS].concat()[..]).is_ok();
	indices.filter(exists).collect()
});

/// A call of any kind with arguments of these bytes, or of zeros where they do not decode.
fn any_call() -> impl Strategy<Value = RuntimeCall> {
	(any::<Index>(), vec(any::<u8>(), 0..200)).prop_map(|(which, arguments)| {
		let indices = &which.get(&EVERY_CALL)[..];
		let decoded = |arguments: &[u8]| {
			let encoded = [indices, arguments, &ZEROS].concat();
			RuntimeCall::decode_with_depth_limit(8, &mut &encoded[..])
		};
		decoded(&arguments).or_else(|_| decoded(&[])).expect("arguments of zeros exist")
	})
}

/// What a call declares of itself on an empty chain: weights of some depend on state.
fn info(call: &RuntimeCall) -> DispatchInfo {
	sp_io::TestExternalities::new_empty().execute_with(|| call.get_dispatch_info())
}

/// Something around a call.
#[derive(Clone, Copy, Debug)]
enum Layer {
	Batch,
	BatchAll,
	ForceBatch,
	IfElse,
	Derivative(u16),
	/// One signature of several is enough.
	Multisig,
	/// The last of two approvals, which dispatches.
	Approved,
	Proxy(ProxyType),
	/// A proxy that announced the call before.
	Announced(ProxyType),
}

/// What is innermost.
#[derive(Clone, Copy, Debug)]
enum Deed {
	Burn,
	Lock,
	Transfer,
	Pay,
}

fn proxy_type() -> impl Strategy<Value = ProxyType> {
	prop_oneof![
		Just(ProxyType::Any),
		Just(ProxyType::Any),
		Just(ProxyType::Assets),
		Just(ProxyType::Curation),
		Just(ProxyType::CancelProxy),
	]
}

fn layers() -> impl Strategy<Value = Vec<Layer>> {
	let layer = prop_oneof![
		Just(Layer::Batch),
		Just(Layer::BatchAll),
		Just(Layer::ForceBatch),
		Just(Layer::IfElse),
		any::<u16>().prop_map(Layer::Derivative),
		Just(Layer::Multisig),
		Just(Layer::Approved),
		proxy_type().prop_map(Layer::Proxy),
		proxy_type().prop_map(Layer::Announced),
	];
	vec(layer, 0..7)
}

fn deed() -> impl Strategy<Value = Deed> {
	prop_oneof![Just(Deed::Burn), Just(Deed::Lock), Just(Deed::Transfer), Just(Deed::Pay)]
}

fn account(number: usize) -> AccountId {
	AccountId::new([100 + u8::try_from(number).unwrap(); 32])
}

fn give(who: &AccountId, amount: Balance) {
	drop(Balances::deposit_creating(who, amount));
}

/// An account of its own for each layer, with a proxy without a delay.
fn account_with_proxy(rest: &[Layer], proxy: &AccountId, proxy_type: ProxyType) -> AccountId {
	let real = account(rest.len());
	give(&real, LOOM);
	assert_ok!(Proxy::add_proxy(RuntimeOrigin::signed(real.clone()), address(proxy), proxy_type, 0));
	real
}

fn remark() -> Box<RuntimeCall> {
	Box::new(frame_system::Call::remark { remark: Vec::new() }.into())
}

/// The layers around what `inner` makes for the account that they end with, as a call of `who`. What a layer needs before
/// that (a proxy, an announcement, a first approval) is done here.
fn wrap(layers: &[Layer], who: &AccountId, inner: &mut dyn FnMut(&AccountId) -> RuntimeCall) -> RuntimeCall {
	let Some((layer, rest)) = layers.split_first() else { return inner(who) };
	match *layer {
		Layer::Batch => pallet_utility::Call::batch { calls: vec![wrap(rest, who, inner)] }.into(),
		Layer::BatchAll => pallet_utility::Call::batch_all { calls: vec![wrap(rest, who, inner)] }.into(),
		Layer::ForceBatch => pallet_utility::Call::force_batch { calls: vec![wrap(rest, who, inner)] }.into(),
		Layer::IfElse => {
			let main = Box::new(wrap(rest, who, inner));
			pallet_utility::Call::if_else { main, fallback: remark() }.into()
		}
		Layer::Derivative(index) => {
			let derived = pallet_utility::derivative_account_id(who.clone(), index);
			let call = Box::new(wrap(rest, &derived, inner));
			pallet_utility::Call::as_derivative { index, call }.into()
		}
		Layer::Multisig => {
			let other = AccountId::new([255; 32]);
			let mut signatories = vec![who.clone(), other.clone()];
			signatories.sort();
			let shared = Multisig::multi_account_id(&signatories, 1);
			let call = Box::new(wrap(rest, &shared, inner));
			pallet_multisig::Call::as_multi_threshold_1 { other_signatories: vec![other], call }.into()
		}
		Layer::Approved => {
			let other = account(100 + rest.len());
			let mut signatories = vec![who.clone(), other.clone()];
			signatories.sort();
			let shared = Multisig::multi_account_id(&signatories, 2);
			let call = Box::new(wrap(rest, &shared, inner));
			let max_weight = call.get_dispatch_info().call_weight;
			let timepoint = Multisig::timepoint();
			give(&other, LOOM);
			assert_ok!(Multisig::approve_as_multi(
				RuntimeOrigin::signed(other.clone()),
				2,
				vec![who.clone()],
				None,
				BlakeTwo256::hash_of(&call).into(),
				max_weight,
			));
			pallet_multisig::Call::as_multi {
				threshold: 2,
				other_signatories: vec![other],
				maybe_timepoint: Some(timepoint),
				call,
				max_weight,
			}
			.into()
		}
		Layer::Proxy(proxy_type) => {
			let real = account_with_proxy(rest, who, proxy_type);
			let call = Box::new(wrap(rest, &real, inner));
			pallet_proxy::Call::proxy { real: address(&real), force_proxy_type: None, call }.into()
		}
		Layer::Announced(proxy_type) => {
			let real = account_with_proxy(rest, who, proxy_type);
			let call = Box::new(wrap(rest, &real, inner));
			give(who, LOOM);
			let hash = BlakeTwo256::hash_of(&call);
			assert_ok!(Proxy::announce(RuntimeOrigin::signed(who.clone()), address(&real), hash));
			let (delegate, real) = (address(who), address(&real));
			pallet_proxy::Call::proxy_announced { delegate, real, force_proxy_type: None, call }.into()
		}
	}
}

/// What an origin was restricted to on the way: by a proxy to its type, and by `batch_all` to anything but another one.
#[derive(Clone, Copy, Default)]
struct Restrictions {
	proxy: Option<ProxyType>,
	in_batch_all: bool,
}

impl Restrictions {
	fn permit(self, call: &RuntimeCall) -> bool {
		let nested = matches!(call, RuntimeCall::Utility(pallet_utility::Call::batch_all { .. }));
		BaseCallFilter::contains(call)
			&& self.proxy.is_none_or(|proxy_type| proxy_type.filter(call))
			&& !(self.in_batch_all && nested)
	}
}

/// Whether it comes to the innermost call and that passes: a batch, an alternative and a derivative account keep what
/// the origin was restricted to, a proxy and a multisig start with a new origin.
fn passes(call: &RuntimeCall, restrictions: Restrictions) -> bool {
	if !restrictions.permit(call) {
		return false;
	}
	match call {
		RuntimeCall::Utility(
			pallet_utility::Call::batch { calls } | pallet_utility::Call::force_batch { calls },
		) => passes(&calls[0], restrictions),
		RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }) => {
			passes(&calls[0], Restrictions { in_batch_all: true, ..restrictions })
		}
		RuntimeCall::Utility(
			pallet_utility::Call::if_else { main: call, .. }
			| pallet_utility::Call::as_derivative { call, .. },
		) => passes(call, restrictions),
		RuntimeCall::Multisig(
			pallet_multisig::Call::as_multi_threshold_1 { call, .. }
			| pallet_multisig::Call::as_multi { call, .. },
		) => passes(call, Restrictions::default()),
		RuntimeCall::Proxy(
			pallet_proxy::Call::proxy { real, call, .. }
			| pallet_proxy::Call::proxy_announced { real, call, .. },
		) => {
			let sp_runtime::MultiAddress::Id(real) = real else { panic!("of an id") };
			let (proxies, _) = pallet_proxy::Proxies::<Runtime>::get(real);
			passes(call, Restrictions { proxy: Some(proxies[0].proxy_type), in_batch_all: false })
		}
		_ => true,
	}
}

impl Deed {
	fn call(self) -> RuntimeCall {
		let item = ITEM;
		let dest = address(&Charlie.to_account_id());
		match self {
			Self::Burn => pallet_nfts::Call::burn { collection: COLLECTION, item }.into(),
			Self::Lock => pallet_nfts::Call::lock_item_transfer { collection: COLLECTION, item }.into(),
			Self::Transfer => pallet_nfts::Call::transfer { collection: COLLECTION, item, dest }.into(),
			Self::Pay => pallet_balances::Call::transfer_allow_death { dest, value: LOOM }.into(),
		}
	}
}

/// What the deeds change.
fn state() -> impl PartialEq + std::fmt::Debug {
	let owner = pallet_nfts::Pallet::<Runtime>::owner(COLLECTION, ITEM);
	let locked = pallet_nfts::ItemConfigOf::<Runtime>::get(COLLECTION, ITEM).map(|config| config.encode());
	(owner, locked, Balances::total_balance(&Charlie.to_account_id()))
}

/// Whether a deed inside of these layers changed anything, and whether it should have.
fn outcome(layers: &[Layer], deed: Deed, safe_mode: bool) -> (bool, bool) {
	chain::on_a_new_chain(|| {
		let mut last = Bob.to_account_id();
		let call = wrap(layers, &Bob.to_account_id(), &mut |who| {
			last = who.clone();
			deed.call()
		});
		give(&last, 2 * LOOM);
		let transfer = pallet_nfts::Call::<Runtime>::transfer {
			collection: COLLECTION,
			item: ITEM,
			dest: address(&last),
		};
		submit_ok(Bob, transfer);
		if safe_mode {
			assert_ok!(SafeMode::force_enter(RuntimeOrigin::root()));
		}
		let expected = passes(&call, Restrictions::default());
		let before = state();
		// Whether the outermost call fails with what is inside differs from layer to layer.
		let _ = chain::submit(Bob, call).expect("the transaction is valid").result;
		(state() != before, expected)
	})
}

/// Each layer that dispatches with a new origin: alone, in a batch, and around one more of its kind.
fn new_origins() -> impl Iterator<Item = Vec<Layer>> {
	let any = ProxyType::Any;
	let layers = [Layer::Multisig, Layer::Approved, Layer::Proxy(any), Layer::Announced(any)];
	layers.into_iter().flat_map(|layer| [vec![layer], vec![Layer::BatchAll, layer], vec![layer, layer]])
}

#[test]
fn new_origins_should_not_escape_the_filter() {
	for layers in new_origins() {
		for deed in [Deed::Burn, Deed::Lock] {
			assert_eq!(outcome(&layers, deed, false), (false, false), "{deed:?} in {layers:?}");
		}
	}
}

#[test]
fn new_origins_should_let_allowed_calls_pass() {
	for layers in new_origins() {
		for deed in [Deed::Transfer, Deed::Pay] {
			assert_eq!(outcome(&layers, deed, false), (true, true), "{deed:?} in {layers:?}");
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(400))]

	#[test]
	fn filters_should_hold_at_every_depth(layers in layers(), deed in deed(), safe_mode: bool) {
		let (changed, expected) = outcome(&layers, deed, safe_mode);
		prop_assert_eq!(changed, expected);
	}

	#[test]
	fn wrapped_calls_should_cost_what_they_cost_alone(calls in vec(any_call(), 1..6)) {
		let weight = |call: &RuntimeCall| info(call).call_weight;
		let sum = calls.iter().map(weight).fold(Weight::zero(), Weight::saturating_add);
		let first = Box::new(calls[0].clone());
		let real = address(&account(0));
		let together: [RuntimeCall; 3] = [
			pallet_utility::Call::batch { calls: calls.clone() }.into(),
			pallet_utility::Call::batch_all { calls: calls.clone() }.into(),
			pallet_utility::Call::force_batch { calls: calls.clone() }.into(),
		];
		let alone: [RuntimeCall; 6] = [
			pallet_utility::Call::as_derivative { index: 0, call: first.clone() }.into(),
			pallet_utility::Call::if_else { main: first.clone(), fallback: remark() }.into(),
			pallet_utility::Call::if_else { main: remark(), fallback: first.clone() }.into(),
			pallet_multisig::Call::as_multi_threshold_1 { other_signatories: Vec::new(), call: first.clone() }.into(),
			pallet_proxy::Call::proxy { real: real.clone(), force_proxy_type: None, call: first.clone() }.into(),
			pallet_proxy::Call::proxy_announced {
				delegate: real.clone(),
				real,
				force_proxy_type: None,
				call: first.clone(),
			}
			.into(),
		];
		for (wrapped, inner) in together.iter().map(|call| (call, sum)).chain(alone.iter().map(|call| (call, weight(&first)))) {
			let info = info(wrapped);
			prop_assert!(inner.all_lte(info.call_weight), "{inner} inside of {}", info.call_weight);
			prop_assert_eq!(info.pays_fee, Pays::Yes);
		}
	}
}
