//! Held output: what owners are told, and what they decide.

use super::{agreement::Agreement, prepare::Sources};
use crate::{JobOutcome, Workplace};
use heirloom_exchange::{Decision, Exchange, Held, Hold};
use heirloom_gate::{EntryId, SMALLEST_BUCKET};
use heirloom_sandbox_chain::{
	AccountId, H256,
	types::{Moment, PermitId, PermitRecord},
};
use tracing::warn;

/// Before a permit's expiry, in milliseconds: what was not decided by then is refused, so that the refusal is on chain
/// in time and the consumer has its money back.
const MARGIN: Moment = 10 * 60 * 1_000;

/// Until when owners can decide about a permit's output.
pub fn decide_by(record: &PermitRecord) -> Moment {
	record.expires_at.saturating_sub(MARGIN)
}

/// Hands held output to the owners of all assets of a job, each sealed with its own data key; where there are several
/// owners, they are told of it only ([`to_look_at`]).
///
/// An owner that cannot be told now is told of in the log; its decision is missing then, and the output stays.
pub fn tell_owners(sources: &Sources, place: &Workplace, agreement: &Agreement, outcome: &JobOutcome) {
	let Some(id) = outcome.held else { return };
	let permit = agreement.permit;
	let bundle = match place.quarantine().read(id) {
		Ok(entry) => to_look_at(agreement, entry.release.bundle.bytes()),
		Err(error) => return warn!(permit, %error, "held output cannot be read"),
	};
	let reasons: Vec<_> =
		outcome.reasons.iter().map(|reason| (reason.code().to_owned(), reason.to_string())).collect();
	for used in &agreement.uses {
		let key = match sources.data_key(used, permit) {
			Ok(key) => key,
			Err(missing) => {
				warn!(permit, asset = used.asset, %missing, "the owner cannot be told of held output");
				continue;
			}
		};
		let hold = Hold {
			genesis: sources.genesis,
			permit,
			asset: used.asset,
			consumer: agreement.record.consumer,
			operator: agreement.record.operator,
			code_hash: agreement.record.code_hash,
			entry: entry_hash(id),
			reasons: reasons.clone(),
			decide_by: decide_by(&agreement.record),
		};
		let told = match (Held { hold, bundle: bundle.clone() }).seal(&key) {
			Ok(sealed) => sources.exchange.put_held(permit, used.asset, &sealed).map_err(|e| e.to_string()),
			Err(error) => Err(error.to_string()),
		};
		if let Err(error) = told {
			warn!(permit, asset = used.asset, error, "the owner cannot be told of held output");
		}
	}
}

/// What an owner is handed of a held bundle: all of it where every asset of the job is that owner's, otherwise a bundle
/// without outputs. What the job took from one owner's data is not for another to see before that owner decided, and
/// nobody can tell whose of it is where.
fn to_look_at(agreement: &Agreement, bundle: &[u8]) -> Vec<u8> {
	match agreement.owners().as_deref() {
		Some([_]) => bundle.to_vec(),
		Some(_) | None => without_outputs(),
	}
}

/// A bundle without outputs, as the gate writes it.
fn without_outputs() -> Vec<u8> {
	let mut bundle = b"HLOUTv1\n\0\0\0\0\x80".to_vec();
	bundle.resize(SMALLEST_BUCKET as usize, 0);
	bundle
}

/// Takes back what owners were handed of a permit's output.
pub fn untell_owners(exchange: &Exchange, permit: PermitId) {
	let taken_back = exchange.held().and_then(|held| {
		let mut of_permit = held.into_iter().filter(|(of, ..)| *of == permit);
		of_permit.try_for_each(|(_, asset, _)| exchange.remove_held(permit, asset))
	});
	if let Err(error) = taken_back {
		warn!(permit, %error, "held output cannot be taken back");
	}
}

/// What all owners together decided: one who refuses is enough, and all must approve. None while any is silent.
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
	let all = !owners.is_empty() && decisions.iter().all(|decision| *decision == Some(Decision::Approve));
	all.then_some(Decision::Approve)
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

/// An entry's id as the exchange has it.
fn entry_hash(id: EntryId) -> H256 {
	let mut hash = H256::default();
	// An id is written as 64 hex digits.
	let read = hex::decode_to_slice(id.to_string(), &mut hash.0);
	debug_assert!(read.is_ok());
	hash
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::serve::agreement::Use;
	use heirloom_exchange::SignedDecision;
	use heirloom_gate::decode;
	use heirloom_sandbox_chain::{
		Keypair,
		keys::{id_of, key_of},
		types::{Approval, OutputLimits, PermitStatus},
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

	/// A job on one asset each of these owners; none has no policy in force.
	fn job_of(owners: &[Option<u8>]) -> Agreement {
		let limits =
			OutputLimits { smallest_group: 10, largest_output: 0, largest_model: 0, release_budget: 0 };
		let record = PermitRecord {
			consumer: AccountId([1; 32]),
			operator: AccountId([2; 32]),
			uses: vec![],
			awaiting: vec![],
			code_hash: H256([2; 32]),
			parameters_hash: H256([3; 32]),
			output_cap: 4_096,
			limits,
			expires_at: 1_000,
			status: PermitStatus::Approved,
			report: None,
		};
		let used = |(asset, owner): (u32, &Option<u8>)| Use {
			asset,
			content: None,
			owner: owner.map(|owner| (AccountId([owner; 32]), Approval::Owner)),
			medical: true,
		};
		Agreement { permit: 17, record, uses: (0..).zip(owners).map(used).collect() }
	}

	#[test]
	fn held_output_should_be_looked_at_when_all_assets_have_one_owner() {
		for owners in [&[Some(7)][..], &[Some(7), Some(7)]] {
			assert_eq!(to_look_at(&job_of(owners), b"bundle"), b"bundle");
		}
	}

	#[test]
	fn held_output_should_be_shown_to_nobody_when_its_assets_have_two_owners() {
		for owners in [&[Some(7), Some(8)][..], &[Some(7), None], &[None]] {
			assert_eq!(decode(&to_look_at(&job_of(owners), b"bundle")), Ok(vec![]), "{owners:?}");
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
