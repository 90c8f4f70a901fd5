//! The transactions that the commands make, by their names in the chain's metadata.

use super::AccountId;
use codec::{Compact, Encode};
use heirloom_primitives::{AssetId, DerivationId, MicroU, PermitId, Purpose, Relation, Units};
use subxt::{
	dynamic::transaction,
	ext::scale_encode::EncodeAsFields,
	transactions::DynamicPayload,
	utils::{Encoded, H256, MultiAddress, Static},
};

/// A call whose arguments are encoded against the metadata. Types of the primitives are [`Static`]: they bring their
/// own encoding, which is the chain's.
pub type Call<Arguments> = DynamicPayload<Arguments>;

/// Uses an asset and pays at most `max_fee`.
pub fn call(
	asset: AssetId,
	units: Units,
	purpose: Purpose,
	max_fee: MicroU,
	derivation: Option<(DerivationId, Relation)>,
) -> Call<impl EncodeAsFields> {
	transaction("Lineage", "call", (asset, units, Static(purpose), max_fee, Static(derivation)))
}

/// Mints a root. `draft` is an encoded `AssetDraft`.
pub fn mint(draft: Vec<u8>) -> Call<impl EncodeAsFields> {
	transaction("Lineage", "mint", (Static(Encoded(draft)),))
}

/// Opens a derivation.
pub fn open_derivation() -> Call<impl EncodeAsFields> {
	transaction("Lineage", "open_derivation", ())
}

/// Closes a derivation that nothing is minted from, and returns its deposit.
pub fn close_derivation(derivation: DerivationId) -> Call<impl EncodeAsFields> {
	transaction("Lineage", "close_derivation", (derivation,))
}

/// Mints an asset from a derivation and completed permits. `draft` is an encoded `AssetDraft`.
pub fn mint_derived(
	derivation: DerivationId,
	draft: Vec<u8>,
	permits: Vec<(PermitId, Relation)>,
) -> Call<impl EncodeAsFields> {
	transaction("Lineage", "mint_derived", (derivation, Static(Encoded(draft)), Static(permits)))
}

/// Takes an asset off the list, for a reason that its owner reads.
pub fn delist(asset: AssetId, reason: &str) -> Call<impl EncodeAsFields> {
	transaction("Lineage", "delist", (asset, reason.as_bytes().to_vec()))
}

/// Binds the wallet that an asset's income is paid to; with none it is its owner.
pub fn set_payee(asset: AssetId, payee: Option<AccountId>) -> Call<impl EncodeAsFields> {
	transaction("Lineage", "set_payee", (asset, payee.map(address)))
}

/// Pays what could not be delivered to an account.
pub fn claim(payee: AccountId) -> Call<impl EncodeAsFields> {
	transaction("Royalty", "claim", (address(payee),))
}

fn address(account: AccountId) -> Static<MultiAddress<AccountId, ()>> {
	Static(MultiAddress::Id(account))
}

/// Reports and pays in revenue.
pub fn report_revenue(asset: AssetId, amount: MicroU) -> Call<impl EncodeAsFields> {
	transaction("Royalty", "report_revenue", (asset, amount))
}

/// Puts a validator's session keys on the chain. `proof` shows that who signs has their secret halves.
pub fn set_session_keys(keys: Vec<u8>, proof: Vec<u8>) -> Call<impl EncodeAsFields> {
	transaction("Session", "set_keys", (Static(Encoded(keys)), proof))
}

/// Several encoded calls, all or none.
pub fn batch_all(calls: Vec<Vec<u8>>) -> Call<impl EncodeAsFields> {
	let calls: Vec<_> = calls.into_iter().map(|call| Static(Encoded(call))).collect();
	transaction("Utility", "batch_all", (calls,))
}

/// Proposes an encoded call to the curators.
pub fn propose(threshold: u32, proposal: Vec<u8>) -> Call<impl EncodeAsFields> {
	let length = u32::try_from(proposal.len()).unwrap_or(u32::MAX);
	transaction("Curators", "propose", (threshold, Static(Encoded(proposal)), length))
}

/// Votes for a motion.
pub fn vote(proposal: H256, index: u32) -> Call<impl EncodeAsFields> {
	transaction("Curators", "vote", (Static(proposal), index, true))
}

/// Closes a motion that has its votes, and so dispatches it.
pub fn close(proposal: H256, index: u32, length: u32) -> Call<impl EncodeAsFields> {
	// Half a second of a block, and a megabyte of proof: more than any motion made here.
	let weight = (Compact(500_000_000_000u64), Compact(1_048_576u64)).encode();
	transaction("Curators", "close", (Static(proposal), index, Static(Encoded(weight)), length))
}
