//! The transactions that are made, by their names in the chain's metadata.

use super::{At, Chain, Config, keys::account, rpc_params};
use anyhow::{Context, Result};
use heirloom_primitives::{AssetId, DerivationId, EdgeEdit, MicroU, Purpose, Relation, Units};
use subxt::{
	config::DefaultExtrinsicParamsBuilder,
	dynamic::transaction,
	ext::scale_encode::EncodeAsFields,
	transactions::{DynamicPayload, Payload},
	utils::{Encoded, H256, Static},
};
use subxt_signer::sr25519::Keypair;

/// Blocks for which a transaction can be included.
const MORTALITY: u64 = 64;

/// A call whose arguments are encoded against the metadata.
pub type Call<Arguments> = DynamicPayload<Arguments>;

/// Uses an asset and pays at most `max_fee`.
pub fn call(asset: AssetId, units: Units, max_fee: MicroU) -> Call<impl EncodeAsFields> {
	let derivation: Option<(DerivationId, Relation)> = None;
	transaction("Lineage", "call", (asset, units, Static(Purpose::Inference), max_fee, Static(derivation)))
}

/// Reports and pays in revenue.
pub fn report_revenue(asset: AssetId, amount: MicroU) -> Call<impl EncodeAsFields> {
	transaction("Royalty", "report_revenue", (asset, amount))
}

/// Claims that an edge of the genealogy is wrong.
pub fn claim(edit: EdgeEdit) -> Call<impl EncodeAsFields> {
	let evidence = b"nobody looks at it".to_vec();
	transaction("Disputes", "claim", (edit.child, edit.parent, Static(edit.change), evidence))
}

/// Does nothing: the cheapest call there is.
pub fn remark() -> Call<impl EncodeAsFields> {
	transaction("System", "remark", (Vec::<u8>::new(),))
}

/// Makes encoded calls, one after the other.
pub fn batch(calls: Vec<Vec<u8>>) -> Call<impl EncodeAsFields> {
	let calls: Vec<_> = calls.into_iter().map(|call| Static(Encoded(call))).collect();
	transaction("Utility", "batch", (calls,))
}

/// Signs a transaction, mortal from a block on that the node has, with the account's next nonce, and submits it to that
/// node. Returns its hash.
pub async fn submit(chain: &Chain, at: &At, signer: &Keypair, call: &impl Payload) -> Result<H256> {
	submit_with_tip(chain, at, signer, call, 0).await
}

/// The same with a tip, in planck.
pub async fn submit_with_tip(
	chain: &Chain,
	at: &At,
	signer: &Keypair,
	call: &impl Payload,
	tip: u128,
) -> Result<H256> {
	let nonce = next_nonce(chain, signer).await?;
	let text = sign(at, signer, call, nonce, tip)?;
	chain.eye.request("author_submitExtrinsic", rpc_params![text]).await
}

/// The number that a node gives the next transaction of an account, those that wait counted.
pub async fn next_nonce(chain: &Chain, signer: &Keypair) -> Result<u64> {
	chain.eye.request("system_accountNextIndex", rpc_params![account(signer).to_string()]).await
}

/// A signed transaction as a node takes it, in hexadecimal.
pub fn sign(at: &At, signer: &Keypair, call: &impl Payload, nonce: u64, tip: u128) -> Result<String> {
	let params = DefaultExtrinsicParamsBuilder::<Config>::new()
		.nonce(nonce)
		.tip(tip)
		.mortal_from_unchecked(MORTALITY, at.block_number(), at.block_hash())
		.build();
	let mut signable = at.tx().create_signable_offline(call, params).with_context(|| fits_not(call))?;
	let bytes = signable.sign(signer).with_context(|| fits_not(call))?.into_encoded();
	Ok(format!("0x{}", hex::encode(&bytes)))
}

fn fits_not(call: &impl Payload) -> String {
	format!("the chain's runtime has no fitting {}.{}", call.pallet_name(), call.call_name())
}
