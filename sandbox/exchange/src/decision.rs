//! An owner's decision about held output.

use codec::Encode;
use heirloom_sandbox_chain::{AccountId, H256, Keypair, keys::id_of};
use serde::{Deserialize, Serialize};

/// Stands before everything that an owner signs as a decision, so that a signature made for something else is none.
const CONTEXT: [u8; 16] = *b"heirloom-review1";

/// What an owner decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
	/// It stays.
	#[codec(index = 0)]
	Refuse,
	/// It may leave.
	#[codec(index = 1)]
	Approve,
	/// The owners of the other data that it was made of may look at it, so that they can decide.
	#[codec(index = 2)]
	Share,
}

/// A decision, signed with the key of the owner's account.
///
/// Signed is the SCALE encoding of `b"heirloom-review1"`, the chain's genesis hash, the permit (u64), the entry (32
/// bytes) and the decision (0 refuse, 1 approve, 2 share). The entry is the hash of what the owner looked at; of what is not
/// shown yet it is the hash that the operator says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedDecision {
	/// The chain's genesis hash.
	#[serde(with = "hash")]
	pub genesis: H256,
	/// The permit.
	pub permit: u64,
	/// The entry in the operator's quarantine.
	#[serde(with = "hash")]
	pub entry: H256,
	/// What is decided.
	pub decision: Decision,
	/// Who decides.
	pub owner: AccountId,
	#[serde(with = "hex::serde")]
	signature: [u8; 64],
}

/// Why a decision does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
	/// It is about something else.
	#[error("the decision is about another chain, permit or output")]
	OtherSubject,
	/// Somebody else's.
	#[error("the decision is not the owner's")]
	OtherOwner,
	/// The signature is wrong.
	#[error("the decision is not signed with the owner's key")]
	BadSignature,
}

impl SignedDecision {
	/// Signs a decision.
	pub fn sign(key: &Keypair, genesis: H256, permit: u64, entry: H256, decision: Decision) -> Self {
		let signature = key.sign(&payload(&genesis, permit, &entry, decision)).0;
		Self { genesis, permit, entry, decision, owner: id_of(key), signature }
	}

	/// What the owner decided about this entry of this permit.
	///
	/// # Errors
	/// [`DecisionError`].
	pub fn check(
		&self,
		owner: &AccountId,
		genesis: &H256,
		permit: u64,
		entry: &H256,
	) -> Result<Decision, DecisionError> {
		if self.genesis != *genesis || self.permit != permit || self.entry != *entry {
			return Err(DecisionError::OtherSubject);
		}
		if self.owner != *owner {
			return Err(DecisionError::OtherOwner);
		}
		let payload = payload(genesis, permit, entry, self.decision);
		if !heirloom_sandbox_chain::keys::is_signed(owner, &self.signature, &payload) {
			return Err(DecisionError::BadSignature);
		}
		Ok(self.decision)
	}
}

fn payload(genesis: &H256, permit: u64, entry: &H256, decision: Decision) -> Vec<u8> {
	(CONTEXT, genesis, permit, entry, decision).encode()
}

/// A hash as 64 hex digits.
mod hash {
	use heirloom_sandbox_chain::H256;
	use serde::{Deserializer, Serializer};

	pub fn serialize<S: Serializer>(hash: &H256, serializer: S) -> Result<S::Ok, S::Error> {
		hex::serde::serialize(hash.0, serializer)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<H256, D::Error> {
		hex::serde::deserialize::<_, [u8; 32]>(deserializer).map(H256)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_sandbox_chain::keys::key_of;

	const GENESIS: H256 = H256([1; 32]);
	const ENTRY: H256 = H256([2; 32]);

	fn signed(decision: Decision) -> (AccountId, SignedDecision) {
		let key = key_of("//owner").unwrap();
		(id_of(&key), SignedDecision::sign(&key, GENESIS, 17, ENTRY, decision))
	}

	#[test]
	fn decision_should_be_read_as_it_was_written() {
		let (owner, decision) = signed(Decision::Approve);
		let text = serde_json::to_string(&decision).unwrap();
		let read: SignedDecision = serde_json::from_str(&text).unwrap();
		assert_eq!(read.check(&owner, &GENESIS, 17, &ENTRY), Ok(Decision::Approve));
	}

	#[test]
	fn refusal_should_not_be_turned_into_an_approval() {
		let (owner, mut decision) = signed(Decision::Refuse);
		decision.decision = Decision::Approve;
		assert_eq!(decision.check(&owner, &GENESIS, 17, &ENTRY), Err(DecisionError::BadSignature));
	}

	#[test]
	fn decision_should_count_for_one_chain_permit_and_output() {
		let (owner, decision) = signed(Decision::Approve);
		for (genesis, permit, entry) in [(ENTRY, 17, ENTRY), (GENESIS, 18, ENTRY), (GENESIS, 17, GENESIS)] {
			assert_eq!(decision.check(&owner, &genesis, permit, &entry), Err(DecisionError::OtherSubject));
			let mut retold = decision.clone();
			(retold.genesis, retold.permit, retold.entry) = (genesis, permit, entry);
			assert_eq!(retold.check(&owner, &genesis, permit, &entry), Err(DecisionError::BadSignature));
		}
	}

	#[test]
	fn decision_should_be_the_owners_own() {
		let (_, decision) = signed(Decision::Approve);
		let other = id_of(&key_of("//other").unwrap());
		assert_eq!(decision.check(&other, &GENESIS, 17, &ENTRY), Err(DecisionError::OtherOwner));
		let mut renamed = decision;
		renamed.owner = other;
		assert_eq!(renamed.check(&other, &GENESIS, 17, &ENTRY), Err(DecisionError::BadSignature));
	}
}
