//! What stays in state is paid for by the byte: whoever makes it grow leaves a deposit that is at least linear in it. An account
//! itself is not among it: that costs its least balance.

use crate::{address, submit_ok};
use codec::MaxEncodedLen;
use frame_support::traits::fungible::InspectHold;
use heirloom_fuzz::chain;
use heirloom_primitives::{AssetId, Kind, Moment, OutputLimits, Purpose, Relation, Terms, U};
use heirloom_runtime::{
	AccountId, Balance, Runtime, RuntimeCall, Timestamp,
	configs::{HeldU, PermitDeposit, ProxyType},
	constants::{
		loom::{LOOM, deposit},
		u::U_ID,
	},
};
use pallet_lineage::{AssetDraft, COLLECTION, NextAssetId, NextDerivationId, PayeeCounts};
use pallet_sandbox_access::{Approval, Job, OperatorProfile, PermitRecord, Policy};
use sp_core::H256;
use sp_io::hashing::twox_128;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie, One};

/// Planck of a micro-U, at the rate of genesis.
const PLANCK: Balance = 1_000_000;

/// What is in state under the keys that `counts` picks, keys included, in bytes.
fn bytes_under(counts: impl Fn(&[u8]) -> bool) -> usize {
	let (mut key, mut bytes) = (Vec::new(), 0);
	while let Some(next) = sp_io::storage::next_key(&key) {
		if counts(&next) {
			bytes += next.len() + sp_io::storage::get(&next).map_or(0, |value| value.len());
		}
		key = next;
	}
	bytes
}

/// What is in state, in bytes; of what the system pallet keeps during a block, accounts only.
fn bytes() -> usize {
	let (system, accounts) = (twox_128(b"System"), [twox_128(b"System"), twox_128(b"Account")].concat());
	bytes_under(|key| !key.starts_with(&system) || key.starts_with(&accounts))
}

/// All that is reserved or held of an account, in planck.
fn left_by(who: &AccountId) -> Balance {
	let reserved = frame_system::Account::<Runtime>::get(who).data.reserved;
	reserved + <HeldU as InspectHold<AccountId>>::total_balance_on_hold(who) * PLANCK
}

/// Bytes that `act` adds to state, and planck that it makes `who` leave for them.
fn cost(who: Sr25519Keyring, act: impl FnOnce()) -> (usize, Balance) {
	let who = who.to_account_id();
	let (bytes_before, left_before) = (bytes(), left_by(&who));
	act();
	(bytes() - bytes_before, left_by(&who) - left_before)
}

/// What so many bytes cost in every deposit.
fn price(bytes: usize) -> Balance {
	deposit(0, bytes.try_into().unwrap())
}

fn assert_paid_for(who: Sr25519Keyring, what: &str, act: impl FnOnce()) {
	let (bytes, left) = cost(who, act);
	assert!(bytes > 0, "{what} is to leave something in state");
	let price = price(bytes);
	assert!(left >= price, "{what}: {left} planck for {bytes} bytes, {price} at the price of a byte");
}

fn call_pays(who: Sr25519Keyring, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let what = chain::name(&call);
	assert_paid_for(who, &what, || submit_ok(who, call));
}

fn draft(handle: &str) -> AssetDraft {
	AssetDraft {
		handle: handle.as_bytes().to_vec().try_into().unwrap(),
		kind: Kind::Data,
		content: Default::default(),
		domain: None,
		scenario: Default::default(),
		evidence: Default::default(),
		terms: Terms::Share { rate: 3_000 },
		call_fee: U,
		quality: None,
	}
}

/// Mints an asset of Bob's and returns its id.
fn mint(draft: AssetDraft) -> AssetId {
	let asset = NextAssetId::<Runtime>::get();
	submit_ok(Bob, pallet_lineage::Call::<Runtime>::mint { draft });
	asset
}

/// A use of an asset that costs 1 U.
fn use_of(asset: AssetId, derivation: Option<u64>) -> RuntimeCall {
	let derivation = derivation.map(|derivation| (derivation, Relation::TrainedOn));
	pallet_lineage::Call::call { asset, units: 1, purpose: Purpose::Training, max_fee: U, derivation }.into()
}

#[test]
fn preimage_should_cost_the_same_for_every_further_byte() {
	chain::on_a_new_chain(|| {
		let note = |length: usize| {
			cost(Bob, || {
				let bytes = vec![u8::try_from(length % 251).unwrap(); length];
				submit_ok(Bob, pallet_preimage::Call::<Runtime>::note_preimage { bytes });
			})
		};
		let (short, long) = (note(1_000), note(100_000));
		// What the two keep of their lengths differs by a few bytes.
		assert!(long.1 - short.1 >= price(long.0 - short.0 - 16));
		call_pays(Bob, pallet_preimage::Call::note_preimage { bytes: vec![3; 10] });
	});
}

#[test]
fn multisig_should_leave_a_deposit() {
	chain::on_a_new_chain(|| {
		let approve = |threshold, others: Vec<AccountId>| pallet_multisig::Call::approve_as_multi {
			threshold,
			other_signatories: others,
			maybe_timepoint: None,
			call_hash: [7; 32],
			max_weight: Default::default(),
		};
		call_pays(Bob, approve(2, vec![Charlie.to_account_id()]));
		let many = (0..99).map(|number| AccountId::new([number; 32])).collect();
		call_pays(Charlie, approve(100, many));
	});
}

#[test]
fn proxies_should_leave_a_deposit() {
	chain::on_a_new_chain(|| {
		for delegate in [Charlie, Dave, Eve] {
			let delegate = address(&delegate.to_account_id());
			call_pays(Bob, pallet_proxy::Call::add_proxy { delegate, proxy_type: ProxyType::Any, delay: 0 });
		}
		for byte in 0..5 {
			let (real, call_hash) = (address(&Bob.to_account_id()), H256::repeat_byte(byte));
			call_pays(Charlie, pallet_proxy::Call::announce { real, call_hash });
		}
		call_pays(Dave, pallet_proxy::Call::create_pure { proxy_type: ProxyType::Any, delay: 0, index: 0 });
	});
}

#[test]
fn approval_to_spend_u_should_leave_a_deposit() {
	chain::on_a_new_chain(|| {
		let delegate = address(&Charlie.to_account_id());
		call_pays(Bob, pallet_assets::Call::approve_transfer { id: U_ID, delegate, amount: U });
	});
}

#[test]
fn opened_account_of_u_should_leave_a_deposit() {
	chain::on_a_new_chain(|| {
		// With LOOM for the fee, and without U.
		let (new, value) = (Sr25519Keyring::AliceStash, LOOM);
		let dest = address(&new.to_account_id());
		submit_ok(Bob, pallet_balances::Call::<Runtime>::transfer_allow_death { dest, value });
		call_pays(new, pallet_assets::Call::touch { id: U_ID });
	});
}

/// The longest that can be stated, and all that its owner can later hang on it.
#[test]
fn asset_should_leave_a_deposit_for_all_that_is_kept_of_it() {
	chain::on_a_new_chain(|| {
		let draft = AssetDraft {
			handle: vec![b'h'; 256].try_into().unwrap(),
			content: vec![b'c'; 128].try_into().unwrap(),
			scenario: vec![b's'; 256].try_into().unwrap(),
			domain: Some(3),
			quality: Some(9_000),
			..draft("")
		};
		assert_paid_for(Bob, "an asset", || {
			let asset = mint(draft);
			let payee = Some(address(&AccountId::new([200; 32])));
			submit_ok(Bob, pallet_lineage::Call::<Runtime>::set_payee { asset, payee });
			submit_ok(Bob, pallet_sandbox_access::Call::<Runtime>::set_sandboxed { asset });
			submit_ok(Bob, longest_policy(asset));
			for number in 0..20 {
				let delegate = address(&AccountId::new([number; 32]));
				let approve = pallet_nfts::Call::<Runtime>::approve_transfer {
					collection: COLLECTION,
					item: asset,
					delegate,
					maybe_deadline: None,
				};
				submit_ok(Bob, approve);
			}
		});
	});
}

/// Of 16 programs and 16 operators, of whom Eve is one.
fn longest_policy(asset: AssetId) -> RuntimeCall {
	let codes: Vec<_> = (0..16).map(H256::repeat_byte).collect();
	let others = (0..15).map(|number| AccountId::new([number; 32]));
	let operators: Vec<_> = others.chain([Eve.to_account_id()]).collect();
	let limits =
		OutputLimits { smallest_group: 1, largest_output: 1_024, largest_model: 1, release_budget: 65_536 };
	let (codes, operators) = (codes.try_into().unwrap(), operators.try_into().unwrap());
	let policy = Policy { codes, operators, limits, approval: Approval::Owner };
	pallet_sandbox_access::Call::set_policy { asset, policy }.into()
}

#[test]
fn derivation_should_leave_a_deposit_for_its_parents() {
	chain::on_a_new_chain(|| {
		let parents: Vec<_> = (0..20).map(|number| mint(draft(&format!("CT-{number}")))).collect();
		// What an asset's first booking adds to the month is not the derivation's.
		for asset in &parents {
			submit_ok(Charlie, use_of(*asset, None));
		}
		assert_paid_for(Charlie, "a derivation", || {
			let derivation = NextDerivationId::<Runtime>::get();
			submit_ok(Charlie, pallet_lineage::Call::<Runtime>::open_derivation {});
			for asset in parents {
				submit_ok(Charlie, use_of(asset, Some(derivation)));
			}
		});
	});
}

/// As many parents as an asset can have, each of them without a child before, and an asset that descends from all of them.
#[test]
fn derived_asset_should_leave_a_deposit_for_its_parents_and_ancestors() {
	chain::on_a_new_chain(|| {
		let parents: Vec<_> = (0..256).map(|number| mint(draft(&format!("CT-{number}")))).collect();
		let model = derived("OF-256", &parents);
		derived("OF-257", &[model]);
	});
}

/// Has Charlie derive an asset of these, pay for what it adds to state, and returns its id.
fn derived(handle: &str, parents: &[AssetId]) -> AssetId {
	// What an asset's first booking adds to the month is not the derivation's.
	for asset in parents {
		submit_ok(Charlie, use_of(*asset, None));
	}
	let asset = NextAssetId::<Runtime>::get();
	assert_paid_for(Charlie, handle, || {
		let derivation = NextDerivationId::<Runtime>::get();
		submit_ok(Charlie, pallet_lineage::Call::<Runtime>::open_derivation {});
		for parent in parents {
			submit_ok(Charlie, use_of(*parent, Some(derivation)));
		}
		let (draft, permits) = (draft(handle), Default::default());
		submit_ok(Charlie, pallet_lineage::Call::<Runtime>::mint_derived { derivation, draft, permits });
	});
	asset
}

#[test]
fn licence_should_leave_a_deposit() {
	// One has no LOOM, so it leaves U.
	for buyer in [Charlie, One] {
		chain::on_a_new_chain(|| {
			let asset = mint(AssetDraft { terms: Terms::Buyout { price: U }, ..draft("CT-1") });
			submit_ok(Charlie, use_of(asset, None));
			assert_paid_for(buyer, "a licence", || {
				let call = pallet_lineage::Call::buy { asset, max_price: U }.into();
				let signer = buyer.to_account_id();
				let fee_asset = (buyer == One).then_some(U_ID);
				let bought = chain::apply(chain::Transaction { signer, call, fee_asset, tip: 0 });
				bought.expect("the transaction is valid").result.unwrap();
			});
		});
	}
}

/// A job on 16 assets, which 15 others could repeat, before and after its first report: fees are the operator's and the
/// owners', so the deposit alone has to suffice.
#[test]
fn permit_should_leave_a_deposit_for_the_longest_record() {
	chain::on_a_new_chain(|| {
		let assets: Vec<_> = (0..16).map(|number| mint(draft(&format!("CT-{number}")))).collect();
		for asset in &assets {
			submit_ok(Bob, pallet_sandbox_access::Call::<Runtime>::set_sandboxed { asset: *asset });
			submit_ok(Bob, longest_policy(*asset));
		}
		let job = Job {
			uses: assets.iter().map(|asset| (*asset, 1)).collect::<Vec<_>>().try_into().unwrap(),
			purpose: Purpose::Training,
			code_hash: H256::repeat_byte(1),
			parameters_hash: H256::repeat_byte(2),
			operator: Eve.to_account_id(),
			output_cap: 1_024,
			expires_at: Timestamp::get() + 3_600_000,
		};
		let (bytes, _) = cost(Charlie, || {
			submit_ok(Charlie, pallet_sandbox_access::Call::<Runtime>::request { job, max_fee: 100 * U });
		});
		let stored = pallet_sandbox_access::NextPermitId::<Runtime>::get() - 1;
		let record = pallet_sandbox_access::Permits::<Runtime>::get(stored).unwrap();
		let later = PermitRecord::<Runtime>::max_encoded_len() - codec::Encode::encoded_size(&record);
		assert_eq!(record.deposit, PermitDeposit::get());
		assert!(
			record.deposit * PLANCK >= price(bytes + later),
			"{} micro-U for {bytes} bytes and {later} later",
			record.deposit
		);
	});
}

#[test]
fn operator_should_leave_a_bond() {
	chain::on_a_new_chain(|| {
		let profile = OperatorProfile {
			signing_key: Ferdie.to_account_id(),
			sealing_key: [7; 32],
			measurement: H256::repeat_byte(3),
			fee: 2 * U,
		};
		call_pays(Charlie, pallet_sandbox_access::Call::register_operator { profile });
	});
}

/// What can be sent without a deposit does not add up: only the last of it is left.
#[test]
fn repeated_changes_should_not_grow_state() {
	chain::on_a_new_chain(|| {
		let asset = mint(draft("CT-1"));
		let change = |byte: u8| {
			let payee = Some(address(&AccountId::new([byte; 32])));
			let terms = Terms::Share { rate: 2_000 - u16::from(byte) };
			let call_fee = U - u128::from(byte);
			let dest = address(&Dave.to_account_id());
			submit_ok(Bob, pallet_lineage::Call::<Runtime>::set_payee { asset, payee });
			submit_ok(Bob, pallet_lineage::Call::<Runtime>::set_terms { asset, terms });
			submit_ok(Bob, pallet_lineage::Call::<Runtime>::set_call_fee { asset, call_fee });
			submit_ok(Charlie, use_of(asset, None));
			submit_ok(Alice, pallet_balances::Call::<Runtime>::transfer_keep_alive { dest, value: 1 });
		};
		change(1);
		let before = bytes();
		(2..40).for_each(change);
		assert_eq!(bytes(), before);
	});
}

/// What a settlement keeps for good of a payee whom it pays first, at most, in bytes: its index under the hash of its account and
/// the account, and its account in a page, which may be a new one with a key and a length.
const PAYEE: usize = (32 + 16 + 32 + 4) + 32 + (32 + 8 + 4 + 2);

/// Lets a month go by, and the hooks settle what it closes.
fn settle_month() {
	const MONTH: Moment = 30 * 24 * 60 * 60 * 1_000;
	let settled = chain::settled();
	chain::open_next(&chain::end_block(), chain::Jump { later: MONTH, to_session: false });
	for _ in 0..100 {
		if chain::settled() > settled {
			return;
		}
		chain::open_next(&chain::end_block(), chain::Jump::default());
	}
	panic!("the month is not settled");
}

/// Nobody leaves a deposit for it. Who makes it grow binds an asset to another wallet and pays a use of it, each month.
#[test]
fn new_payee_should_leave_no_more_than_its_index() {
	chain::on_a_new_chain(|| {
		let asset = mint(draft("CT-1"));
		// Without how many payees each bucket has: a single list, of 256 numbers at most.
		let counts = PayeeCounts::<Runtime>::hashed_key();
		let of_lineage = || bytes_under(|key| key.starts_with(&twox_128(b"Lineage")) && key != counts);
		let month_of = |byte: u8| {
			let payee = Some(address(&AccountId::new([byte; 32])));
			submit_ok(Bob, pallet_lineage::Call::<Runtime>::set_payee { asset, payee });
			submit_ok(Charlie, use_of(asset, None));
			settle_month();
		};
		month_of(1);
		let before = of_lineage();
		month_of(1);
		assert_eq!(of_lineage(), before, "a month of the same payee");
		let payees = 2..8_u8;
		let most = payees.len() * PAYEE;
		payees.for_each(month_of);
		let grown = of_lineage() - before;
		assert!(grown > 0, "new payees are to leave something");
		assert!(grown <= most, "{grown} bytes, of {most} that are allowed");
	});
}
