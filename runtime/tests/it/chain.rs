//! A chain in memory: blocks are opened, filled with signed transactions and finalized by `Executive`, as a node would
//! have it done.

use codec::Encode;
use frame_support::{
	assert_ok,
	traits::{fungible, fungibles},
};
use heirloom_primitives::{AssetId, Genealogy, Kind, MicroU, Moment, Purpose, Terms, U, Units, Words};
use heirloom_runtime::{
	AccountId, Address, Assets, Balance, Balances, Disputes, Executive, Header, Lineage, MILLISECS_PER_BLOCK,
	Royalty, Runtime, RuntimeCall, RuntimeEvent, RuntimeGenesisConfig, SLOT_DURATION, SandboxAccess,
	Signature, SignedPayload, System, Timestamp, TxExtension, UncheckedExtrinsic, Validators,
	constants::u::U_ID, genesis,
};
use pallet_lineage::AssetDraft;
use serde_json::Value;
use sp_consensus_aura::{AURA_ENGINE_ID, Slot};
use sp_genesis_builder::PresetId;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	ApplyExtrinsicResult, Digest, DigestItem, DispatchError, generic::Era, traits::Header as _,
};

/// The moment of an RFC 3339 date.
pub fn moment(date: &str) -> Moment {
	chrono::DateTime::parse_from_rfc3339(date).unwrap().timestamp_millis().try_into().unwrap()
}

/// The genesis config of a preset, complete: the runtime's defaults patched with it and then with `patch`.
pub fn genesis_json(preset: &str, patch: &Value) -> Vec<u8> {
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	let preset = genesis::get_preset(&PresetId::from(preset)).expect("the preset exists");
	merge(&mut config, &serde_json::from_slice(&preset).unwrap());
	merge(&mut config, patch);
	serde_json::to_vec(&config).unwrap()
}

/// RFC 7386, without its deletions.
fn merge(target: &mut Value, patch: &Value) {
	match (target, patch) {
		(Value::Object(target), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(target.entry(key).or_insert(Value::Null), value);
			}
		}
		(target, patch) => *target = patch.clone(),
	}
}

/// Builds the chain that a test runs on.
pub struct ExtBuilder {
	preset: &'static str,
	patch: Value,
	start: Moment,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { preset: genesis::DEVELOPMENT, patch: Value::Null, start: moment("2026-03-10T12:00:00Z") }
	}
}

impl ExtBuilder {
	/// Another preset than `development`.
	pub fn preset(mut self, preset: &'static str) -> Self {
		self.preset = preset;
		self
	}

	/// A patch of the preset.
	pub fn patch(mut self, patch: Value) -> Self {
		self.patch = patch;
		self
	}

	/// Runs `test` inside block 1, finalizes the block that it ends in, and checks the state.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Executive::finalize_block();
			check_state();
		});
	}

	/// The chain, with block 1 open.
	pub fn build(self) -> sp_io::TestExternalities {
		let patch = if self.patch.is_null() { Value::Object(Default::default()) } else { self.patch };
		let config = genesis_json(self.preset, &patch);
		let mut chain = sp_io::TestExternalities::new_empty();
		chain.execute_with(|| {
			frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(config).unwrap();
			open_block(1, System::block_hash(0), self.start);
		});
		chain
	}
}

fn check_state() {
	Lineage::do_try_state().unwrap();
	Royalty::do_try_state().unwrap();
	SandboxAccess::do_try_state().unwrap();
	Validators::do_try_state().unwrap();
	Disputes::do_try_state().unwrap();
}

fn open_block(number: u32, parent: sp_core::H256, at: Moment) {
	let slot = Slot::from(at / SLOT_DURATION);
	let digest = Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())] };
	Executive::initialize_block(&Header::new(number, Default::default(), Default::default(), parent, digest));
	let inherent = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: at });
	assert_ok!(Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(inherent)).unwrap());
}

/// Finalizes the open block and opens the next one, a slot later.
pub fn next_block() {
	block_at(Timestamp::get() + MILLISECS_PER_BLOCK);
}

/// Finalizes the open block and opens the next one at the first slot from `at` on, however long that is.
pub fn block_at(at: Moment) {
	let header = Executive::finalize_block();
	// Of a large platform it would be most of the test's time; such tests check it at their end.
	if Lineage::next_asset() < 1_000 {
		check_state();
	}
	System::reset_events();
	open_block(header.number + 1, header.hash(), at.next_multiple_of(SLOT_DURATION));
}

/// Submits a call signed by `key`, the fee paid in LOOM.
pub fn submit(key: Sr25519Keyring, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
	submit_paying_in(None, key, call)
}

/// Submits a call signed by `key`, the fee paid in U.
pub fn submit_paying_in_u(key: Sr25519Keyring, call: impl Into<RuntimeCall>) -> ApplyExtrinsicResult {
	submit_paying_in(Some(U_ID), key, call)
}

/// Submits a call that must succeed.
pub fn submit_ok(key: Sr25519Keyring, call: impl Into<RuntimeCall>) {
	assert_ok!(submit(key, call).expect("the transaction is valid"));
}

fn submit_paying_in(
	asset: Option<u32>,
	key: Sr25519Keyring,
	call: impl Into<RuntimeCall>,
) -> ApplyExtrinsicResult {
	submit_signed(&key.to_account_id(), asset, call, |payload| key.sign(payload).into())
}

/// Submits a call of `who` with the fee paid in `asset`, none for LOOM, and the signature that `sign` makes of the
/// payload.
pub fn submit_signed(
	who: &AccountId,
	asset: Option<u32>,
	call: impl Into<RuntimeCall>,
	sign: impl FnOnce(&[u8]) -> Signature,
) -> ApplyExtrinsicResult {
	Executive::apply_extrinsic(signed(who, Wish { asset, ..Default::default() }, call, sign))
}

/// How a transaction is to be paid and how long it is to live.
#[derive(Clone, Copy)]
pub struct Wish {
	/// What fee and tip are paid in; none for LOOM.
	pub asset: Option<u32>,
	/// The tip, in planck, in whatever money it is paid.
	pub tip: Balance,
	/// The blocks that it is valid in.
	pub era: Era,
}

impl Default for Wish {
	fn default() -> Self {
		Self { asset: None, tip: 0, era: Era::Immortal }
	}
}

/// A transaction's extensions, for the next transaction of `who`.
pub fn extension(who: &AccountId, wish: Wish) -> TxExtension {
	(
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(wish.era),
		frame_system::CheckNonce::from(System::account_nonce(who)),
		frame_system::CheckWeight::new(),
		pallet_asset_tx_payment::ChargeAssetTxPayment::from(wish.tip, wish.asset),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// The next transaction of `who`, with the signature that `sign` makes of the payload.
pub fn signed(
	who: &AccountId,
	wish: Wish,
	call: impl Into<RuntimeCall>,
	sign: impl FnOnce(&[u8]) -> Signature,
) -> UncheckedExtrinsic {
	let payload = SignedPayload::new(call.into(), extension(who, wish)).expect("the implicit part is known");
	let signature = payload.using_encoded(sign);
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, address(who), signature, extension)
}

/// The next transaction of a key.
pub fn signed_by(key: Sr25519Keyring, wish: Wish, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	signed(&key.to_account_id(), wish, call, |payload| key.sign(payload).into())
}

/// How a transaction names an account.
pub fn address(who: &AccountId) -> Address {
	Address::Id(who.clone())
}

/// What `who` has in micro-U.
pub fn u_of(who: &AccountId) -> MicroU {
	<Assets as fungibles::Inspect<AccountId>>::total_balance(U_ID, who)
}

/// What `who` has in planck.
pub fn loom_of(who: &AccountId) -> Balance {
	<Balances as fungible::Inspect<AccountId>>::total_balance(who)
}

/// What the ecosystem pool has in micro-U and planck.
pub fn pool() -> (MicroU, Balance) {
	let pool = heirloom_runtime::configs::EcosystemPool::get();
	(u_of(&pool), loom_of(&pool))
}

/// The events of the open block that `pick` knows.
pub fn events<Event>(pick: impl Fn(RuntimeEvent) -> Option<Event>) -> Vec<Event> {
	System::events().into_iter().filter_map(|record| pick(record.event)).collect()
}

/// What a transaction said that was included and failed.
pub fn dispatch_error(result: ApplyExtrinsicResult) -> DispatchError {
	result.expect("the transaction is valid").expect_err("its call fails")
}

/// A data set that is called for 1 U a unit and whose derivatives share 30 %.
pub fn draft(handle: &str) -> AssetDraft {
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

/// Gives an account of U from Alice's.
pub fn give_u(to: &AccountId, amount: MicroU) {
	let transfer = pallet_assets::Call::<Runtime>::transfer { id: U_ID, target: address(to), amount };
	submit_ok(Sr25519Keyring::Alice, transfer);
}

/// A use of an asset that costs 1 U a unit.
pub fn use_of(asset: AssetId, units: Units) -> RuntimeCall {
	let (purpose, max_fee) = (Purpose::Inference, MicroU::from(units) * U);
	pallet_lineage::Call::call { asset, units, purpose, max_fee, derivation: None }.into()
}

/// Why the curators decide as they do.
pub fn reason() -> Words {
	Words::truncate_from(b"compared the weights".to_vec())
}

/// Mints a root and returns its id.
pub fn mint(key: Sr25519Keyring, handle: &str) -> AssetId {
	submit_ok(key, pallet_lineage::Call::<Runtime>::mint { draft: draft(handle) });
	Lineage::asset_id(handle.as_bytes()).expect("it was minted")
}

/// Who owns an asset.
pub fn owner_of(asset: AssetId) -> AccountId {
	Lineage::asset(asset).expect("it exists").owner
}
