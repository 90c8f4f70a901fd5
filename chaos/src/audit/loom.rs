//! LOOM, the native token: whether what accounts have is what there is of it, and whether what of it is not theirs to spend
//! belongs to something.

use crate::{chain::AccountId, report::loom};
use std::collections::{BTreeMap, BTreeSet};

/// What an account has, in planck.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountData {
	/// Its own, whether it can be spent or not.
	pub free: u128,
	/// Held or reserved, for whatever reason.
	pub reserved: u128,
	/// What cannot be spent of the two together.
	pub frozen: u128,
	/// Of what is reserved, what pallets hold, by their index.
	pub holds: BTreeMap<u8, u128>,
	/// Of what is reserved, what is for a name.
	pub named_reserves: u128,
	/// Of what is reserved, deposits for accounts in U (`assets.touch`).
	pub asset_deposits: u128,
	/// The largest of its locks and freezes: what should be frozen.
	pub largest_lock: u128,
}

/// All LOOM at a block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
	/// What there is of it, as the chain counts it.
	pub issuance: u128,
	/// Who has it.
	pub accounts: BTreeMap<AccountId, AccountData>,
	/// What each staker has bonded.
	pub bonds: BTreeMap<AccountId, u128>,
	/// What each has left for disputes that are not decided.
	pub disputes: BTreeMap<AccountId, u128>,
}

/// A pallet for whose sake LOOM cannot be spent.
#[derive(Clone, Debug, Default)]
pub struct Holder {
	/// Its name.
	pub name: String,
	/// Keys and values of its state.
	pub state: Vec<Vec<u8>>,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Holders {
	/// Those that hold something, by index.
	pub pallets: BTreeMap<u8, Holder>,
	/// The index of the one that bonds are held by.
	pub staking: u8,
	/// The index of the one that holds what is left for disputes.
	pub disputes: u8,
	/// Those whose deposits are reserved without a name, so that nobody can tell whose is whose.
	pub depositors: Vec<Holder>,
}

impl AccountData {
	/// What it has altogether.
	pub fn total(&self) -> u128 {
		self.free + self.reserved
	}

	/// What of it belongs to nothing, in words.
	fn strays(&self, who: &AccountId, holders: &Holders) -> Vec<String> {
		let mut wrong = Vec::new();
		let known = self.holds.values().sum::<u128>() + self.named_reserves + self.asset_deposits;
		match self.reserved.checked_sub(known) {
			None => wrong.push(format!("{} LOOM are held, {} reserved", loom(known), loom(self.reserved))),
			Some(rest) if rest > 0 && !holders.depositors.iter().any(|holder| holder.knows(who)) => {
				wrong.push(format!("{} LOOM are reserved for nothing", loom(rest)));
			}
			Some(_) => {}
		}
		for (index, amount) in &self.holds {
			let amount = loom(*amount);
			match holders.pallets.get(index) {
				None => wrong.push(format!(
					"{amount} LOOM are held by pallet {index}, but there is no pallet {index}"
				)),
				Some(holder) if !holder.knows(who) => {
					wrong.push(format!(
						"{amount} LOOM are held by {}, whose state does not name the account",
						holder.name
					));
				}
				Some(_) => {}
			}
		}
		if self.frozen != self.largest_lock {
			wrong.push(format!("{} LOOM are frozen, {} locked", loom(self.frozen), loom(self.largest_lock)));
		}
		wrong
	}
}

impl Holder {
	/// Whether its state names an account anywhere.
	fn knows(&self, who: &AccountId) -> bool {
		self.state.iter().any(|bytes| bytes.windows(who.0.len()).any(|part| part == who.0))
	}
}

impl Books {
	/// Everything that is not as it must be, in words, where there were `genesis` planck at genesis: nothing is ever minted or
	/// burnt.
	pub fn differences(&self, genesis: u128, holders: &Holders) -> Vec<String> {
		let mut wrong = Vec::new();
		if self.issuance != genesis {
			wrong.push(format!("there are {} LOOM and there were {}", loom(self.issuance), loom(genesis)));
		}
		let sum: u128 = self.accounts.values().map(AccountData::total).sum();
		if sum != self.issuance {
			wrong.push(format!("all accounts have {} LOOM and there are {}", loom(sum), loom(self.issuance)));
		}
		for (who, funds) in &self.accounts {
			let strays = funds.strays(who, holders);
			wrong.extend(strays.into_iter().map(|stray| format!("{who}: {stray}")));
		}
		wrong.extend(self.unheld("bonded", &self.bonds, holders.staking));
		wrong.extend(self.unheld("left for disputes", &self.disputes, holders.disputes));
		wrong
	}

	/// In what a pallet does not hold what its state says, in words.
	fn unheld(&self, what: &str, said: &BTreeMap<AccountId, u128>, pallet: u8) -> Vec<String> {
		let mut wrong = Vec::new();
		for who in self.accounts.keys().chain(said.keys()).collect::<BTreeSet<_>>() {
			let held = self.accounts.get(who).and_then(|funds| funds.holds.get(&pallet)).copied();
			let (held, said) = (held.unwrap_or(0), said.get(who).copied().unwrap_or(0));
			if held != said {
				wrong.push(format!("{who}: {} LOOM are {what}, {} held for it", loom(said), loom(held)));
			}
		}
		wrong
	}

	/// In what the books of another node are different, in words.
	pub fn unlike(&self, name: &str, other: &Self) -> Vec<String> {
		let mut wrong = Vec::new();
		if other.issuance != self.issuance {
			let (is, should) = (loom(other.issuance), loom(self.issuance));
			wrong.push(format!("{name} says that there are {is} LOOM and should say {should}"));
		}
		for who in self.accounts.keys().chain(other.accounts.keys()).collect::<BTreeSet<_>>() {
			let nothing = AccountData::default();
			let should = self.accounts.get(who).unwrap_or(&nothing);
			let is = other.accounts.get(who).unwrap_or(&nothing);
			if is.total() != should.total() {
				let (is, should) = (loom(is.total()), loom(should.total()));
				wrong.push(format!("{name}: {who} has {is} LOOM and should have {should}"));
			} else if is != should {
				let total = loom(is.total());
				wrong.push(format!("{name}: {who} has {total} LOOM, and other parts of it held"));
			}
		}
		if other.bonds != self.bonds || other.disputes != self.disputes {
			wrong.push(format!("{name} has other bonds"));
		}
		wrong
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const LOOM: u128 = 1_000_000_000_000;
	const STAKING: u8 = 20;
	const LINEAGE: u8 = 50;
	const DISPUTES: u8 = 53;
	const VALIDATOR: AccountId = AccountId([1; 32]);
	const OWNER: AccountId = AccountId([2; 32]);

	fn holder(name: &str, who: AccountId) -> Holder {
		// In the middle of a key, as accounts are.
		Holder {
			name: name.into(),
			state: vec![[[7u8; 48].to_vec(), who.0.to_vec(), vec![8; 5]].concat(), vec![1, 2]],
		}
	}

	fn holders() -> Holders {
		let pallets = [
			(STAKING, holder("Staking", VALIDATOR)),
			(LINEAGE, holder("Lineage", OWNER)),
			(DISPUTES, holder("Disputes", OWNER)),
		];
		Holders {
			pallets: pallets.into(),
			staking: STAKING,
			disputes: DISPUTES,
			depositors: vec![holder("Proxy", OWNER)],
		}
	}

	/// A validator with a bond, and an owner with a deposit that is held, one that is reserved, and a dispute.
	fn books() -> Books {
		let validator = AccountData {
			free: 5 * LOOM,
			reserved: 1_000 * LOOM,
			holds: [(STAKING, 1_000 * LOOM)].into(),
			..AccountData::default()
		};
		let owner = AccountData {
			free: LOOM,
			reserved: 4 * LOOM,
			frozen: LOOM,
			holds: [(LINEAGE, 2 * LOOM), (DISPUTES, LOOM)].into(),
			largest_lock: LOOM,
			..AccountData::default()
		};
		Books {
			issuance: 1_010 * LOOM,
			accounts: [(VALIDATOR, validator), (OWNER, owner)].into(),
			bonds: [(VALIDATOR, 1_000 * LOOM)].into(),
			disputes: [(OWNER, LOOM)].into(),
		}
	}

	/// What is said of changed books.
	fn changed(change: impl FnOnce(&mut Books)) -> Vec<String> {
		let mut books = books();
		change(&mut books);
		books.differences(1_010 * LOOM, &holders())
	}

	fn of(who: AccountId, what: &str) -> String {
		format!("{who}: {what}")
	}

	fn funds(books: &mut Books, who: AccountId) -> &mut AccountData {
		books.accounts.get_mut(&who).unwrap()
	}

	#[test]
	fn books_that_add_up_have_no_difference() {
		assert_eq!(changed(|_| ()), [""; 0]);
		assert_eq!(books().unlike("alice", &books()), [""; 0]);
	}

	#[test]
	fn lost_planck_is_found() {
		let wrong = changed(|books| funds(books, OWNER).free -= 1);
		assert_eq!(wrong, ["all accounts have 1009.999999999999 LOOM and there are 1010"]);
	}

	#[test]
	fn minted_planck_is_found() {
		let wrong = changed(|books| {
			funds(books, OWNER).free += 1;
			books.issuance += 1;
		});
		assert_eq!(wrong, ["there are 1010.000000000001 LOOM and there were 1010"]);
	}

	#[test]
	fn deposit_of_nobody_is_found() {
		let wrong = changed(|books| {
			let funds = funds(books, VALIDATOR);
			(funds.free, funds.reserved) = (funds.free - LOOM, funds.reserved + LOOM);
		});
		assert_eq!(wrong, [of(VALIDATOR, "1 LOOM are reserved for nothing")]);
	}

	#[test]
	fn deposit_for_an_account_in_u_belongs_to_it() {
		let wrong = changed(|books| {
			let funds = funds(books, VALIDATOR);
			(funds.free, funds.reserved) = (funds.free - LOOM, funds.reserved + LOOM);
			funds.asset_deposits = LOOM;
		});
		assert_eq!(wrong, [""; 0]);
	}

	#[test]
	fn hold_without_a_reason_is_found() {
		let wrong = changed(|books| {
			let funds = funds(books, VALIDATOR);
			(funds.free, funds.reserved) = (0, funds.reserved + 5 * LOOM);
			funds.holds.extend([(LINEAGE, 4 * LOOM), (99, LOOM)]);
		});
		let expected = [
			"4 LOOM are held by Lineage, whose state does not name the account",
			"1 LOOM are held by pallet 99, but there is no pallet 99",
		];
		assert_eq!(wrong, expected.map(|what| of(VALIDATOR, what)));
	}

	#[test]
	fn more_held_than_reserved_is_found() {
		let wrong = changed(|books| funds(books, OWNER).named_reserves = 2 * LOOM);
		assert_eq!(wrong, [of(OWNER, "5 LOOM are held, 4 reserved")]);
	}

	#[test]
	fn forgotten_lock_is_found() {
		let wrong = changed(|books| funds(books, OWNER).largest_lock = 0);
		assert_eq!(wrong, [of(OWNER, "1 LOOM are frozen, 0 locked")]);
	}

	#[test]
	fn bond_that_is_not_held_is_found() {
		let wrong = changed(|books| books.bonds.extend([(OWNER, 2 * LOOM)]));
		assert_eq!(wrong, [of(OWNER, "2 LOOM are bonded, 0 held for it")]);
		let wrong = changed(|books| books.bonds.clear());
		assert_eq!(wrong, [of(VALIDATOR, "0 LOOM are bonded, 1000 held for it")]);
		let wrong = changed(|books| books.disputes.clear());
		assert_eq!(wrong, [of(OWNER, "0 LOOM are left for disputes, 1 held for it")]);
	}

	#[test]
	fn node_with_other_books_is_found() {
		let mut other = books();
		funds(&mut other, OWNER).free -= 1;
		funds(&mut other, VALIDATOR).frozen = 7;
		let expected = [
			format!("alice: {VALIDATOR} has 1005 LOOM, and other parts of it held"),
			format!("alice: {OWNER} has 4.999999999999 LOOM and should have 5"),
		];
		assert_eq!(books().unlike("alice", &other), expected);
	}

	#[test]
	fn account_that_another_node_lacks_is_found() {
		let mut other = books();
		other.accounts.remove(&OWNER);
		let expected = format!("alice: {OWNER} has 0 LOOM and should have 5");
		assert_eq!(books().unlike("alice", &other), [expected]);
	}
}
