//! What every account has in LOOM and what it is held for, read from one node's state at a block.

use super::{AccountId, At, Eye, read::account_data, rpc_params};
use crate::audit::loom::{Books, Holder, Holders};
use anyhow::{Context, Result};
use codec::{Compact, Decode, DecodeAll};
use heirloom_primitives::{Moment, Outcome, Subject};
use serde::Deserialize;
use sp_crypto_hashing::twox_128;
use std::collections::{BTreeMap, BTreeSet};
use subxt::utils::H256;

/// How many values are asked for at once.
const PAGE: u32 = 256;
/// What is deposited by reserving it, so that the balance does not say for what: where it is kept that it was.
const DEPOSITS: [(&str, Option<&str>); 3] =
	[("Multisig", None), ("Proxy", None), ("Assets", Some("Approvals"))];

/// Values that a node has.
#[derive(Deserialize)]
struct Values {
	changes: Vec<(String, Option<String>)>,
}

/// Why there is an account in an asset, as `pallet_assets` has it.
#[derive(Decode)]
#[cfg_attr(test, derive(codec::Encode))]
enum ExistenceReason {
	Consumer,
	Sufficient,
	DepositHeld(u128),
	DepositRefunded,
	DepositFrom(AccountId, u128),
}

/// A dispute, as `pallet_disputes` has it.
#[derive(Decode)]
#[cfg_attr(test, derive(codec::Encode))]
struct Dispute {
	_subject: Subject,
	by: AccountId,
	_parties: Vec<AccountId>,
	_evidence: Vec<u8>,
	bond: u128,
	_opened_at: Moment,
	_decide_until: Moment,
	_ballots: Vec<(AccountId, bool)>,
	outcome: Option<Outcome>,
}

/// Reads all accounts, and what there is of LOOM.
pub async fn books(eye: &Eye, at: H256) -> Result<Books> {
	let mut books = Books::default();
	for (_, value) in below(eye, at, "Balances", Some("TotalIssuance")).await? {
		books.issuance = u128::decode_all(&mut &value[..]).context("the issuance")?;
	}
	for (key, value) in below(eye, at, "System", Some("Account")).await? {
		books.accounts.insert(who(&key)?, account_data(&value)?);
	}
	// A reason is a pallet's index and one of its own.
	for (who, holds) in lists::<([u8; 2], u128)>(eye, at, "Holds").await? {
		let funds = books.accounts.entry(who).or_default();
		for ([pallet, _], amount) in holds {
			*funds.holds.entry(pallet).or_default() += amount;
		}
	}
	for (who, reserves) in lists::<([u8; 8], u128)>(eye, at, "Reserves").await? {
		books.accounts.entry(who).or_default().named_reserves +=
			reserves.iter().map(|(_, amount)| amount).sum::<u128>();
	}
	for (key, value) in below(eye, at, "Assets", Some("Account")).await? {
		if let Some((depositor, amount)) = asset_deposit(who(&key)?, &value)? {
			books.accounts.entry(depositor).or_default().asset_deposits += amount;
		}
	}
	for (who, locks) in lists::<([u8; 8], u128, u8)>(eye, at, "Locks").await? {
		lock(&mut books, who, locks.into_iter().map(|(_, amount, _)| amount));
	}
	for (who, freezes) in lists::<([u8; 2], u128)>(eye, at, "Freezes").await? {
		lock(&mut books, who, freezes.into_iter().map(|(_, amount)| amount));
	}
	for (_, value) in below(eye, at, "Staking", Some("Ledger")).await? {
		// Whose it is, and how much altogether, before what of it is active.
		let (stash, Compact(total)) =
			<(AccountId, Compact<u128>)>::decode(&mut &value[..]).context("a staker's ledger")?;
		books.bonds.insert(stash, total);
	}
	for (_, value) in below(eye, at, "Disputes", Some("Disputes")).await? {
		if let Some((who, bond)) = dispute_bond(&value)? {
			*books.disputes.entry(who).or_default() += bond;
		}
	}
	Ok(books)
}

/// Whose LOOM is held until a dispute is decided, and how much.
fn dispute_bond(value: &[u8]) -> Result<Option<(AccountId, u128)>> {
	let Dispute { by, bond, outcome, .. } = Dispute::decode_all(&mut &value[..]).context("a dispute")?;
	Ok(outcome.is_none().then_some((by, bond)))
}

/// Whose LOOM is reserved so that `who` has an account in an asset, and how much.
fn asset_deposit(who: AccountId, value: &[u8]) -> Result<Option<(AccountId, u128)>> {
	// After a balance and whether it is frozen.
	let (_, _, reason) = <(u128, u8, ExistenceReason)>::decode(&mut &value[..]).context("an account in U")?;
	Ok(match reason {
		ExistenceReason::DepositHeld(amount) => Some((who, amount)),
		ExistenceReason::DepositFrom(depositor, amount) => Some((depositor, amount)),
		ExistenceReason::Consumer | ExistenceReason::Sufficient | ExistenceReason::DepositRefunded => None,
	})
}

fn lock(books: &mut Books, who: AccountId, amounts: impl Iterator<Item = u128>) {
	let funds = books.accounts.entry(who).or_default();
	funds.largest_lock = amounts.fold(funds.largest_lock, u128::max);
}

/// Reads the state of those pallets that hold something of what is in the books; `at` is the block `hash`.
pub async fn holders(eye: &Eye, at: &At, hash: H256, books: &Books) -> Result<Holders> {
	let pallets = at.metadata_ref().pallets();
	let names: BTreeMap<u8, String> =
		pallets.map(|pallet| (pallet.call_index(), pallet.name().to_owned())).collect();
	let index = |wanted: &str| {
		let found = names.iter().find(|(_, name)| *name == wanted);
		found.map(|(index, _)| *index).with_context(|| format!("the chain has no pallet {wanted}"))
	};
	let mut holders =
		Holders { staking: index("Staking")?, disputes: index("Disputes")?, ..Holders::default() };
	let holding: BTreeSet<u8> =
		books.accounts.values().flat_map(|funds| funds.holds.keys().copied()).collect();
	for index in holding {
		if let Some(name) = names.get(&index) {
			holders.pallets.insert(index, holder(eye, hash, name, None).await?);
		}
	}
	for (pallet, entry) in DEPOSITS {
		holders.depositors.push(holder(eye, hash, pallet, entry).await?);
	}
	Ok(holders)
}

async fn holder(eye: &Eye, at: H256, pallet: &str, entry: Option<&str>) -> Result<Holder> {
	let found = below(eye, at, pallet, entry).await?;
	let state = found.into_iter().flat_map(|(key, value)| [key, value]).collect();
	Ok(Holder { name: pallet.into(), state })
}

/// What the balances pallet lists of each account under one name.
async fn lists<Item: Decode>(eye: &Eye, at: H256, entry: &str) -> Result<Vec<(AccountId, Vec<Item>)>> {
	let mut lists = Vec::new();
	for (key, value) in below(eye, at, "Balances", Some(entry)).await? {
		let list = Vec::<Item>::decode_all(&mut &value[..]);
		lists.push((who(&key)?, list.with_context(|| format!("an account's {entry}"))?));
	}
	Ok(lists)
}

/// All keys and values of a pallet, or of one entry of it.
pub async fn below(
	eye: &Eye,
	at: H256,
	pallet: &str,
	entry: Option<&str>,
) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
	let names = [Some(pallet), entry].into_iter().flatten();
	let prefix: Vec<u8> = names.flat_map(|name| twox_128(name.as_bytes())).collect();
	let prefix = format!("0x{}", hex::encode(prefix));
	let mut found = Vec::new();
	let mut last: Option<String> = None;
	loop {
		let keys: Vec<String> =
			eye.request("state_getKeysPaged", rpc_params![&prefix, PAGE, &last, at]).await?;
		if keys.is_empty() {
			return Ok(found);
		}
		let values: Vec<Values> = eye.request("state_queryStorageAt", rpc_params![&keys, at]).await?;
		for (key, value) in values.into_iter().flat_map(|values| values.changes) {
			let value = value.with_context(|| format!("{key} has no value"))?;
			found.push((bytes(&key)?, bytes(&value)?));
		}
		last = keys.last().cloned();
	}
}

fn bytes(text: &str) -> Result<Vec<u8>> {
	hex::decode(text.trim_start_matches("0x")).context("what a node says of its state")
}

/// The account that a key ends with.
fn who(key: &[u8]) -> Result<AccountId> {
	key.last_chunk().map(|bytes| AccountId(*bytes)).context("a key without an account")
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use heirloom_primitives::{EdgeChange, EdgeEdit};

	#[test]
	fn account_is_the_end_of_its_key() {
		let key = [vec![1u8; 48], vec![2u8; 32]].concat();
		assert_eq!(who(&key).unwrap(), AccountId([2; 32]));
		assert!(who(&[1; 31]).is_err());
	}

	#[test]
	fn deposit_is_of_who_reserved_it() {
		let (who, other) = (AccountId([1; 32]), AccountId([2; 32]));
		let of = |reason: ExistenceReason| asset_deposit(who, &(7u128, 0u8, reason).encode()).unwrap();
		assert_eq!(of(ExistenceReason::DepositHeld(5)), Some((who, 5)));
		assert_eq!(of(ExistenceReason::DepositFrom(other, 6)), Some((other, 6)));
		assert_eq!(of(ExistenceReason::Sufficient), None);
		// The number that the pallet gives it.
		assert_eq!(ExistenceReason::DepositFrom(other, 6).encode()[0], 4);
	}

	#[test]
	fn bond_of_a_dispute_is_held_until_it_is_decided() {
		let who = AccountId([1; 32]);
		let of = |outcome| {
			let edge = EdgeEdit { child: 63, parent: 34, change: EdgeChange::Remove };
			let dispute = Dispute {
				_subject: Subject::Edge(edge),
				by: who,
				_parties: vec![AccountId([2; 32]); 4],
				_evidence: b"evidence".to_vec(),
				bond: 100,
				_opened_at: 1,
				_decide_until: 2,
				_ballots: vec![(AccountId([3; 32]), true)],
				outcome,
			};
			dispute_bond(&dispute.encode()).unwrap()
		};
		assert_eq!(of(None), Some((who, 100)));
		assert_eq!(of(Some(Outcome::Lapsed)), None);
		assert!(dispute_bond(&[0; 9]).is_err());
	}

	#[test]
	fn values_are_read_as_a_node_writes_them() {
		let said = r#"[{"block":"0x00","changes":[["0x01","0x02"],["0x03",null]]}]"#;
		let values: Vec<Values> = serde_json::from_str(said).unwrap();
		let expected = [("0x01".to_owned(), Some("0x02".to_owned())), ("0x03".to_owned(), None)];
		assert_eq!(values[0].changes, expected);
		assert_eq!(bytes("0x0102").unwrap(), [1, 2]);
	}
}
