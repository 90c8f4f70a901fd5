//! The chain that an input runs on: a genesis with assets of every kind and an admitted operator, and blocks that
//! `Executive` makes, as a node would have it done. Only the signatures of transactions are not verified.

use codec::Encode;
use frame_support::{
	assert_ok,
	dispatch::{DispatchResult, GetDispatchInfo},
	storage::with_storage_layer,
	traits::GetCallMetadata,
};
use heirloom_primitives::Moment;
use heirloom_runtime::{
	AccountId, Balance, Executive, Header, MILLISECS_PER_BLOCK, Runtime, RuntimeCall, RuntimeEvent,
	SLOT_DURATION, System, Timestamp, TxExtension, UncheckedExtrinsic, configs::SessionPeriod,
};
use sp_consensus_aura::{AURA_ENGINE_ID, Slot};
use sp_core::{Blake2Hasher, H256};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	Digest, DigestItem, DispatchError,
	generic::{CheckedExtrinsic, Era, ExtrinsicFormat},
	traits::{Applyable, Header as _},
	transaction_validity::TransactionValidityError,
};
use sp_state_machine::InMemoryBackend;

mod genesis;

pub use genesis::policy;

/// What a signature and a transaction's extensions take, in bytes, roughly: fees are by length.
const ENVELOPE: usize = 120;

thread_local! {
	/// The state that every input starts from. Not shared: a state's backend keeps to its thread.
	static START: InMemoryBackend<Blake2Hasher> = genesis::start();
}

/// A transaction whose signature is taken for granted.
#[derive(Clone, Debug)]
pub struct Transaction {
	/// Who signed it.
	pub signer: AccountId,
	/// What is dispatched.
	pub call: RuntimeCall,
	/// The asset that its fee is paid in; LOOM without one.
	pub fee_asset: Option<u32>,
	/// Tip, in planck, in whatever money it is paid.
	pub tip: Balance,
}

/// An included transaction.
#[derive(Clone, Copy, Debug)]
pub struct Applied {
	/// What its call said.
	pub result: DispatchResult,
	/// What it paid, in planck or in the smallest unit of the asset.
	pub fee: Balance,
}

/// Runs `test` on a chain of its own, inside of an open block.
pub fn on_a_new_chain<Outcome>(test: impl FnOnce() -> Outcome) -> Outcome {
	let mut externalities = TestExternalities::new_empty();
	externalities.backend = START.with(Clone::clone);
	externalities.execute_with(test)
}

/// Pallet and name of a call, as in `Royalty.claim`.
pub fn name(call: &RuntimeCall) -> String {
	let metadata = call.get_call_metadata();
	format!("{}.{}", metadata.pallet_name, metadata.function_name)
}

/// The events of the block that was ended last, each by the index of its pallet and by its own.
pub fn events() -> impl Iterator<Item = [u8; 2]> {
	System::read_events_no_consensus().filter_map(|record| record.event.encode().first_chunk().copied())
}

fn open_block(number: u32, parent: H256, at: Moment) {
	let digest = Digest {
		logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(at / SLOT_DURATION).encode())],
	};
	Executive::initialize_block(&Header::new(number, Default::default(), Default::default(), parent, digest));
	let inherent = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: at });
	assert_ok!(Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(inherent)).unwrap());
}

/// How far the next block is from the open one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Jump {
	/// Milliseconds that it comes later than usual.
	pub later: Moment,
	/// Whether it is a later one that begins a session, those in between being empty ones.
	pub to_session: bool,
}

/// Finalizes the open block.
pub fn end_block() -> Header {
	Executive::finalize_block()
}

/// Opens the block after the one of `header`.
pub fn open_next(header: &Header, jump: Jump) {
	System::reset_events();
	let next = header.number + 1;
	let number = if jump.to_session { next.next_multiple_of(SessionPeriod::get()) } else { next };
	// As the empty blocks in between would have left it.
	System::set_block_number(number - 1);
	let after = Moment::from(number - header.number) * MILLISECS_PER_BLOCK + jump.later;
	open_block(number, header.hash(), (Timestamp::get() + after).next_multiple_of(SLOT_DURATION));
}

/// Applies a transaction as `Executive` does; one that is refused leaves nothing behind.
///
/// # Errors
/// Why it is refused.
pub fn apply(transaction: Transaction) -> Result<Applied, TransactionValidityError> {
	let Transaction { signer, call, fee_asset, tip } = transaction;
	let extension: TxExtension = (
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(System::account_nonce(&signer)),
		frame_system::CheckWeight::new(),
		pallet_asset_tx_payment::ChargeAssetTxPayment::from(tip, fee_asset),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let encoded = call.encode();
	let length = encoded.len() + ENVELOPE;
	let checked: CheckedExtrinsic<AccountId, RuntimeCall, TxExtension> =
		CheckedExtrinsic { format: ExtrinsicFormat::Signed(signer, extension), function: call };
	let mut refused = None;
	let applied = with_storage_layer(|| {
		System::note_extrinsic(encoded);
		let info = frame_support::dispatch::DispatchInfo {
			extension_weight: checked.extension_weight(),
			..checked.function.get_dispatch_info()
		};
		let result = checked.apply::<Runtime>(&info, length).map_err(|error| {
			refused = Some(error);
			DispatchError::Other("refused")
		})?;
		System::note_applied_extrinsic(&result, info);
		Ok::<_, DispatchError>(Applied {
			result: result.map(drop).map_err(|failed| failed.error),
			fee: fee(),
		})
	});
	applied.map_err(|error| refused.unwrap_or_else(|| panic!("nothing else fails: {error:?}")))
}

/// Applies a call that a key signed, the fee paid in LOOM.
///
/// # Errors
/// Why it is refused.
pub fn submit(
	signer: Sr25519Keyring,
	call: impl Into<RuntimeCall>,
) -> Result<Applied, TransactionValidityError> {
	let (signer, call) = (signer.to_account_id(), call.into());
	apply(Transaction { signer, call, fee_asset: None, tip: 0 })
}

/// What the last transaction paid.
fn fee() -> Balance {
	let index = System::extrinsic_index().expect("a block is open").saturating_sub(1);
	let of_it = |record: &Record| record.phase == frame_system::Phase::ApplyExtrinsic(index);
	let paid = System::events().into_iter().filter(of_it).map(|record| match record.event {
		RuntimeEvent::TransactionPayment(pallet_transaction_payment::Event::TransactionFeePaid {
			actual_fee,
			..
		})
		| RuntimeEvent::AssetTxPayment(pallet_asset_tx_payment::Event::AssetTxFeePaid {
			actual_fee, ..
		}) => actual_fee,
		_ => 0,
	});
	paid.sum()
}

type Record = frame_system::EventRecord<RuntimeEvent, H256>;

/// Whether a settlement is under way.
pub fn is_settling() -> bool {
	pallet_royalty::CurrentSettlement::<Runtime>::exists()
}

/// How many months are settled.
pub fn settled() -> u32 {
	u32::try_from(pallet_royalty::Reports::<Runtime>::iter_keys().count()).unwrap_or(u32::MAX)
}
