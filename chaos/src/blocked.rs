//! An account that cannot receive U from the first block on.
//!
//! Who may block accounts of U is an account that nobody has a key to, and a motion of the council takes a minute; the genesis of
//! the assets pallet has no word for it. So it is said in the chain's first state itself.

use crate::chain::{AccountId, read::U_ID};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use sp_crypto_hashing::{blake2_128, twox_128};

/// Where an account in U has its status: after its balance.
const STATUS: usize = size_of::<u128>();
/// It can receive and send.
const LIQUID: u8 = 0;
/// It can do neither.
const BLOCKED: u8 = 2;

/// Blocks an account that has U in a spec that states all of the chain's first state.
///
/// # Errors
/// Where the account has no U, or is kept in another way than `pallet_assets` did.
pub fn block(spec: &mut Value, who: &AccountId) -> Result<()> {
	let state = spec.pointer_mut(&format!("/genesis/raw/top/0x{}", hex::encode(key(who))));
	let state = state.with_context(|| format!("{who} has no U at genesis"))?;
	let text = state.as_str().unwrap_or_default().trim_start_matches("0x");
	let mut bytes = hex::decode(text).context("an account in U")?;
	let status = bytes.get_mut(STATUS).context("an account in U")?;
	ensure!(*status == LIQUID, "{who} has status {status} at genesis");
	*status = BLOCKED;
	*state = format!("0x{}", hex::encode(bytes)).into();
	Ok(())
}

/// The key of an account in U.
fn key(who: &AccountId) -> Vec<u8> {
	let hashed = |bytes: &[u8]| [&blake2_128(bytes)[..], bytes].concat();
	let map = ["Assets", "Account"].map(|name| twox_128(name.as_bytes())).concat();
	[map, hashed(&U_ID.to_le_bytes()), hashed(&who.0)].concat()
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	const WHO: AccountId = AccountId([7; 32]);
	/// Where the chain keeps that account.
	const KEY: &str = "0x682a59d51ab9e48a8c8cc418ff9708d2b99d880ec681799c0cf30e8886371da9\
		d82c12285b5d4551f88e8f6e7eb52b8101000000\
		ddd6249d8a7334cf5ea37d21811e66710707070707070707070707070707070707070707070707070707070707070707";

	fn spec(account: &str) -> Value {
		json!({ "genesis": { "raw": { "top": { KEY: account } } } })
	}

	#[test]
	fn account_is_blocked_and_keeps_what_it_has() {
		// A balance, a status, and that the account exists because it has U.
		let mut spec = spec("0x102700000000000000000000000000000001");
		block(&mut spec, &WHO).unwrap();
		assert_eq!(spec["genesis"]["raw"]["top"][KEY], "0x102700000000000000000000000000000201");
		assert!(block(&mut spec, &WHO).is_err(), "it was blocked already");
	}

	#[test]
	fn account_without_u_is_not_blocked() {
		assert!(block(&mut spec("0x1027"), &WHO).is_err());
		let mut spec = spec("0x102700000000000000000000000000000001");
		assert!(block(&mut spec, &AccountId([8; 32])).is_err());
	}
}
