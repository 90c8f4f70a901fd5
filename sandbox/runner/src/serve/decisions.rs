//! What owners decided about held output.

use super::review::entry_hash;
use heirloom_exchange::{Decision, Exchange};
use heirloom_gate::EntryId;
use heirloom_sandbox_chain::{AccountId, H256, types::PermitId};
use tracing::warn;

/// What all owners together decided: one who refuses is enough, and all must approve. While not all do, all of them let the
/// others see it once none is silent: who approves lets it be seen as well. None while any is silent.
pub fn decided(
	exchange: &Exchange,
	genesis: &H256,
	permit: PermitId,
	entry: EntryId,
	owners: &[AccountId],
) -> Option<Decision> {
	let decisions: Vec<Option<Decision>> =
		owners.iter().map(|owner| decision_of(exchange, genesis, permit, entry, owner)).collect();
	if decisions.contains(&Some(Decision::Refuse)) {
		return Some(Decision::Refuse);
	}
	if owners.is_empty() || decisions.contains(&None) {
		return None;
	}
	let all_approve = decisions.iter().all(|decision| *decision == Some(Decision::Approve));
	Some(if all_approve { Decision::Approve } else { Decision::Share })
}

fn decision_of(
	exchange: &Exchange,
	genesis: &H256,
	permit: PermitId,
	entry: EntryId,
	owner: &AccountId,
) -> Option<Decision> {
	let entry = entry_hash(entry);
	match exchange.decision(permit, &entry, owner) {
		Ok(Some(decision)) => match decision.check(owner, genesis, permit, &entry) {
			Ok(decision) => Some(decision),
			Err(error) => {
				warn!(permit, %owner, %error, "a decision does not count");
				None
			}
		},
		Ok(None) => None,
		Err(error) => {
			warn!(permit, %owner, %error, "a decision cannot be read");
			None
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_exchange::SignedDecision;
	use heirloom_sandbox_chain::{
		Keypair,
		keys::{id_of, key_of},
	};

	const GENESIS: H256 = H256([1; 32]);

	struct Place {
		_folder: tempfile::TempDir,
		exchange: Exchange,
		entry: EntryId,
		keys: [Keypair; 2],
	}

	impl Place {
		fn new() -> Self {
			let folder = tempfile::tempdir().unwrap();
			let exchange = Exchange::open(folder.path()).unwrap();
			let keys = ["//one", "//other"].map(|uri| key_of(uri).unwrap());
			Self { _folder: folder, exchange, entry: "ab".repeat(32).parse().unwrap(), keys }
		}

		fn decide(&self, key: usize, decision: Decision) {
			let signed = SignedDecision::sign(&self.keys[key], GENESIS, 17, entry_hash(self.entry), decision);
			self.exchange.put_decision(&signed).unwrap();
		}

		fn decided(&self) -> Option<Decision> {
			let owners = [0, 1].map(|key: usize| id_of(&self.keys[key]));
			decided(&self.exchange, &GENESIS, 17, self.entry, &owners)
		}
	}

	#[test]
	fn output_should_leave_when_all_owners_approve() {
		let place = Place::new();
		assert_eq!(place.decided(), None);
		place.decide(0, Decision::Approve);
		assert_eq!(place.decided(), None);
		place.decide(1, Decision::Approve);
		assert_eq!(place.decided(), Some(Decision::Approve));
	}

	#[test]
	fn output_should_be_shown_when_all_owners_let_the_others_see_it() {
		let place = Place::new();
		place.decide(0, Decision::Share);
		assert_eq!(place.decided(), None);
		place.decide(1, Decision::Share);
		assert_eq!(place.decided(), Some(Decision::Share));
		place.decide(0, Decision::Approve);
		assert_eq!(place.decided(), Some(Decision::Share));
		place.decide(1, Decision::Approve);
		assert_eq!(place.decided(), Some(Decision::Approve));
	}

	#[test]
	fn output_should_stay_when_one_owner_refuses() {
		let place = Place::new();
		place.decide(0, Decision::Refuse);
		assert_eq!(place.decided(), Some(Decision::Refuse));
	}

	#[test]
	fn output_should_stay_when_it_has_no_owner() {
		let place = Place::new();
		assert_eq!(decided(&place.exchange, &GENESIS, 17, place.entry, &[]), None);
	}

	#[test]
	fn refusal_13_forged_decision_should_not_count() {
		let place = Place::new();
		let owner = id_of(&place.keys[0]);
		let mut forged =
			SignedDecision::sign(&place.keys[1], GENESIS, 17, entry_hash(place.entry), Decision::Approve);
		forged.owner = owner;
		place.exchange.put_decision(&forged).unwrap();
		assert_eq!(decided(&place.exchange, &GENESIS, 17, place.entry, &[owner]), None);
	}
}
