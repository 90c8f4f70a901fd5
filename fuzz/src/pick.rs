//! Parameters: mostly what exists or fits, sometimes not.

use crate::chain::Jump;
use arbitrary::{Result, Unstructured};
use heirloom_primitives::{AssetId, DerivationId, DisputeId, MicroU, Moment, PermitId, U, Units};
use heirloom_runtime::{
	AccountId, Address, Balance, OriginCaller, Runtime, RuntimeCall,
	configs::{EcosystemPool, ProxyType},
	constants::loom::LOOM,
};
use pallet_collective::Instance1 as CuratorsInstance;
use pallet_disputes::NextDisputeId;
use pallet_lineage::{NextAssetId, NextDerivationId};
use pallet_sandbox_access::NextPermitId;
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie, One, Two};
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Those who sign: with LOOM and U, the last two with U only.
pub const SIGNERS: [Sr25519Keyring; 8] = [Alice, Bob, Charlie, Dave, Eve, Ferdie, One, Two];
/// Those who run sandboxes; they sign their reports themselves.
pub const OPERATORS: [Sr25519Keyring; 2] = [Eve, Dave];

/// Hash of the code that policies allow.
pub const CODE: H256 = H256::repeat_byte(1);
/// Hash of every job's parameters.
pub const PARAMETERS: H256 = H256::repeat_byte(2);
/// Hash of the runner that was admitted.
pub const RUNNER: H256 = H256::repeat_byte(3);

const MINUTE: Moment = 60_000;
const DAY: Moment = 24 * 60 * MINUTE;

/// The account of a key.
pub fn key(of: Sr25519Keyring) -> AccountId {
	of.to_account_id()
}

/// One of so many alternatives.
pub fn one_of(source: &mut Unstructured, alternatives: u8) -> Result<u8> {
	Ok(source.arbitrary::<u8>()? % alternatives)
}

/// How far the next block is: the usual six seconds mostly, or minutes, days, months; or the rest of a session.
pub fn jump(source: &mut Unstructured) -> Result<Jump> {
	let later = match source.arbitrary::<u8>()? {
		0..=143 => 0,
		144..=159 => return Ok(Jump { to_session: true, ..Default::default() }),
		160..=179 => Moment::from(source.arbitrary::<u8>()?) * MINUTE,
		180..=209 => Moment::from(one_of(source, 10)?) * DAY,
		210..=239 => (1 + Moment::from(one_of(source, 31)?)) * DAY,
		_ => (1 + Moment::from(one_of(source, 4)?)) * 31 * DAY,
	};
	Ok(Jump { later, to_session: false })
}

/// One of the signers.
pub fn signer(source: &mut Unstructured) -> Result<AccountId> {
	Ok(key(*source.choose(&SIGNERS)?))
}

/// Somebody to receive or to be named: a signer, an account that nobody has a key to, or one that does not exist. Not
/// royalty's, whose money is counted.
pub fn account(source: &mut Unstructured) -> Result<AccountId> {
	Ok(match source.arbitrary::<u8>()? {
		0..=199 => signer(source)?,
		200..=209 => EcosystemPool::get(),
		210..=229 => pallet_utility::derivative_account_id(signer(source)?, 0),
		230..=239 => shared(source)?,
		_ => AccountId::new([source.arbitrary()?; 32]),
	})
}

/// The same as a transaction names it.
pub fn address(source: &mut Unstructured) -> Result<Address> {
	account(source).map(Address::Id)
}

/// The account of two signers, of whom one suffices.
fn shared(source: &mut Unstructured) -> Result<AccountId> {
	let mut signatories = vec![signer(source)?, signer(source)?];
	signatories.sort();
	Ok(pallet_multisig::Pallet::<Runtime>::multi_account_id(&signatories, 1))
}

/// An asset, in rare cases one that does not exist.
pub fn asset(source: &mut Unstructured) -> Result<AssetId> {
	let next = NextAssetId::<Runtime>::get();
	Ok(AssetId::from(source.arbitrary::<u8>()?) % (next + 1))
}

/// A derivation, mostly a late one.
pub fn derivation(source: &mut Unstructured) -> Result<DerivationId> {
	let next = NextDerivationId::<Runtime>::get();
	Ok(next.saturating_sub(DerivationId::from(one_of(source, 6)?)))
}

/// A permit, mostly a late one.
pub fn permit(source: &mut Unstructured) -> Result<PermitId> {
	let next = NextPermitId::<Runtime>::get();
	Ok(next.saturating_sub(PermitId::from(one_of(source, 6)?)))
}

/// A dispute, mostly a late one.
pub fn dispute(source: &mut Unstructured) -> Result<DisputeId> {
	let next = NextDisputeId::<Runtime>::get();
	Ok(next.saturating_sub(DisputeId::from(one_of(source, 6)?)))
}

/// Micro-U: of usual size, at the edges of rounding, or anything.
pub fn micro_u(source: &mut Unstructured) -> Result<MicroU> {
	Ok(match one_of(source, 8)? {
		0..=3 => MicroU::from(source.arbitrary::<u16>()?) * U / 100,
		4..=5 => MicroU::from(source.arbitrary::<u32>()?),
		6 => MicroU::from(source.arbitrary::<u8>()?),
		_ => source.arbitrary()?,
	})
}

/// Planck: of usual size, next to nothing, or anything.
pub fn planck(source: &mut Unstructured) -> Result<Balance> {
	Ok(match one_of(source, 6)? {
		0..=2 => Balance::from(source.arbitrary::<u16>()?) * LOOM / 100,
		3 => Balance::from(source.arbitrary::<u8>()?),
		4 => Balance::from(source.arbitrary::<u64>()?),
		_ => source.arbitrary()?,
	})
}

/// Units: few, some, or anything.
pub fn units(source: &mut Unstructured) -> Result<Units> {
	Ok(match one_of(source, 8)? {
		0..=5 => Units::from(source.arbitrary::<u8>()?),
		6 => Units::from(source.arbitrary::<u32>()?),
		_ => source.arbitrary()?,
	})
}

/// At most so many bytes.
pub fn bytes(source: &mut Unstructured, most: u8) -> Result<Vec<u8>> {
	let length = usize::from(one_of(source, most)?).min(source.len());
	Ok(source.bytes(length)?.to_vec())
}

/// A type of proxy.
pub fn proxy_type(source: &mut Unstructured) -> Result<ProxyType> {
	let types =
		[ProxyType::Any, ProxyType::Any, ProxyType::Assets, ProxyType::Curation, ProxyType::CancelProxy];
	source.choose(&types).copied()
}

/// A motion that the only curator of the genesis decides at once.
pub fn council(call: RuntimeCall) -> RuntimeCall {
	let length_bound = u32::try_from(codec::Encode::encoded_size(&call)).unwrap_or(u32::MAX);
	let proposal = Box::new(call);
	pallet_collective::Call::<Runtime, CuratorsInstance>::propose { threshold: 1, proposal, length_bound }
		.into()
}

/// The same as root: whitelisted and dispatched in one motion.
pub fn as_root(call: RuntimeCall) -> RuntimeCall {
	let call_hash = BlakeTwo256::hash_of(&call);
	let whitelist = pallet_whitelist::Call::whitelist_call { call_hash };
	let dispatch = pallet_whitelist::Call::dispatch_whitelisted_call_with_preimage { call: Box::new(call) };
	council(pallet_utility::Call::batch_all { calls: vec![whitelist.into(), dispatch.into()] }.into())
}

/// The same as an account without a key.
pub fn acting_as(account: AccountId, call: impl Into<RuntimeCall>) -> RuntimeCall {
	let as_origin = Box::new(OriginCaller::system(frame_system::RawOrigin::Signed(account)));
	as_root(pallet_utility::Call::dispatch_as_fallible { as_origin, call: Box::new(call.into()) }.into())
}
