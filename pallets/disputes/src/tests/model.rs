//! What the pallet should do, told once more from `docs/disputes.md`: who may do what, which votes decide, whose every bond
//! is, and what the siblings hear of it. It takes from the pallet's mock what the siblings answer, and nothing from the
//! pallet.

use super::mock::*;
use heirloom_primitives::{
	Ancestry, AssetId, DisputeId, EdgeChange, EdgeEdit, HeldFor, MicroU, Moment, Outcome, Subject,
};
use std::collections::{BTreeMap, BTreeSet};

/// How many disputes the mock has room for, and how many of these places claims can take.
const PLACES: usize = 4;
const PLACES_FOR_CLAIMS: usize = 3;
/// As many as there can be curators.
pub const MOST_VOTES: usize = 5;

/// A dispute that is not over.
#[derive(Clone, Debug)]
pub struct Known {
	pub subject: Subject,
	pub by: AccountId,
	pub bond: u128,
	pub until: Moment,
	/// Who must not decide it, whatever becomes of the assets.
	pub interested: BTreeSet<AccountId>,
	pub votes: Vec<(AccountId, bool)>,
	pub outcome: Option<Outcome>,
	/// What the months that closed meanwhile have held for it.
	pub held: MicroU,
}

impl Known {
	/// What more than half of all curators without an interest want.
	fn majority(&self) -> Option<Outcome> {
		let voters: Vec<_> =
			Members::get().into_iter().filter(|who| !self.interested.contains(who)).collect();
		let wins = |wish: bool| {
			let votes = self.votes.iter().filter(|(who, uphold)| *uphold == wish && voters.contains(who));
			2 * votes.count() > voters.len()
		};
		if wins(true) {
			Some(Outcome::Upheld)
		} else if wins(false) {
			Some(Outcome::Dismissed)
		} else {
			None
		}
	}
}

/// What the siblings are told, each in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
	revised: Vec<EdgeEdit>,
	relisted: Vec<AssetId>,
	kept_off: Vec<AssetId>,
	decided: Vec<(AssetId, AssetId)>,
	pub given: Vec<(AssetId, AssetId, HeldFor)>,
}

impl Told {
	/// What the mock's siblings have recorded.
	pub fn by_the_pallet() -> Self {
		Self {
			revised: Revised::get(),
			relisted: Relisted::get(),
			kept_off: KeptOff::get(),
			decided: Decided::get(),
			given: Given::get(),
		}
	}
}

/// The disputes of a chain whose claims cost twice as much for every dispute that is open. What a call does to the model
/// means nothing where it returns false, for a call that the pallet has to refuse.
#[derive(Clone, Debug)]
pub struct Model {
	pub open: BTreeMap<DisputeId, Known>,
	/// The id of the next one.
	pub next: DisputeId,
	/// What everybody has beside the bonds.
	pub free: BTreeMap<AccountId, u128>,
	pub told: Told,
	/// How they were decided.
	pub decided: Vec<(DisputeId, Outcome)>,
	/// Which are over, and what was held for each.
	pub concluded: Vec<(DisputeId, MicroU)>,
}

impl Model {
	pub fn new(people: &[AccountId]) -> Self {
		Self {
			open: BTreeMap::new(),
			next: 0,
			free: people.iter().map(|who| (*who, free(*who))).collect(),
			told: Told::default(),
			decided: Vec::new(),
			concluded: Vec::new(),
		}
	}

	/// What somebody has in bonds: those of disputes that are not decided.
	pub fn bonds(&self, who: AccountId) -> u128 {
		let undecided = self.open.values().filter(|known| known.by == who && known.outcome.is_none());
		undecided.map(|known| known.bond).sum()
	}

	pub fn claim(&mut self, by: AccountId, edit: EdgeEdit) -> bool {
		let same = |known: &Known| match known.subject {
			Subject::Edge(other) => (other.child, other.parent) == (edit.child, edit.parent),
			Subject::Delisting { .. } => false,
		};
		let contested = self.open.values().any(same);
		let open = self.open.len();
		let allowed = Refusal::get().is_none() && !contested && open < PLACES_FOR_CLAIMS;
		allowed && self.raise(by, Subject::Edge(edit), BOND << open)
	}

	pub fn appeal(&mut self, by: AccountId, asset: AssetId) -> bool {
		let subject = Subject::Delisting { asset };
		let in_time = DelistedAt::get().is_some_and(|at| At::get() <= at + APPEAL);
		let appealed = self.open.values().any(|known| known.subject == subject);
		let allowed = Fake::owner(asset) == Some(by) && in_time && !appealed && self.open.len() < PLACES;
		allowed && self.raise(by, subject, BOND)
	}

	fn raise(&mut self, by: AccountId, subject: Subject, bond: u128) -> bool {
		// The smallest balance stays.
		if self.free[&by] <= bond {
			return false;
		}
		*self.free.entry(by).or_default() -= bond;
		let mut interested: BTreeSet<_> =
			assets_of(&subject).into_iter().flat_map(<Fake as Ancestry<AccountId>>::parties).collect();
		interested.insert(by);
		let known = Known {
			subject,
			by,
			bond,
			until: At::get() + DECISION,
			interested,
			votes: Vec::new(),
			outcome: None,
			held: 0,
		};
		self.open.insert(self.next, known);
		self.next += 1;
		true
	}

	pub fn answer(&self, who: AccountId, id: DisputeId) -> bool {
		self.open.get(&id).is_some_and(|known| {
			let mut assets = assets_of(&known.subject).into_iter();
			known.outcome.is_none() && assets.any(|asset| Fake::parties(asset).contains(&who))
		})
	}

	pub fn vote(&mut self, who: AccountId, id: DisputeId, uphold: bool, reason: &str) -> bool {
		let members = Members::get();
		let Some(known) = self.open.get_mut(&id) else { return false };
		let owns = assets_of(&known.subject).into_iter().any(|asset| Fake::owner(asset) == Some(who));
		let interested = owns || known.interested.contains(&who);
		let in_time = known.outcome.is_none() && At::get() <= known.until;
		let voted = known.votes.iter().any(|(voter, _)| *voter == who);
		if !in_time || !members.contains(&who) || interested || voted || reason.is_empty() {
			return false;
		}
		if known.votes.len() == MOST_VOTES {
			known.votes.retain(|(voter, _)| members.contains(voter));
		}
		known.votes.push((who, uphold));
		let majority = known.majority();
		majority.is_none_or(|outcome| self.decide(id, outcome))
	}

	pub fn close(&mut self, id: DisputeId) -> bool {
		let Some(known) = self.open.get(&id) else { return false };
		if known.outcome.is_some() {
			let ends = !self.has_to_wait(known);
			if ends {
				self.conclude(id);
			}
			return ends;
		}
		let lapsed = (At::get() > known.until).then_some(Outcome::Lapsed);
		let outcome = known.majority().or(lapsed);
		outcome.is_some_and(|outcome| self.decide(id, outcome))
	}

	/// Something is held for every claim that nobody has decided, and nothing is given away until the month is reported.
	pub fn close_month(&mut self, amount: MicroU) {
		Settling::set(true);
		for known in self.open.values_mut().filter(|known| known.outcome.is_none()) {
			if let Subject::Edge(EdgeEdit { child, parent, .. }) = known.subject {
				known.held += amount;
				hold(child, parent, known.held);
			}
		}
	}

	/// False where an asset cannot be put back on the list now: then nothing is decided.
	fn decide(&mut self, id: DisputeId, outcome: Outcome) -> bool {
		let mut known = self.open[&id].clone();
		known.outcome = Some(outcome);
		let to = if outcome == Outcome::Dismissed { POOL } else { known.by };
		*self.free.entry(to).or_default() += known.bond;
		self.decided.push((id, outcome));
		let possible = Refusal::get().is_none();
		match (known.subject, outcome) {
			(Subject::Edge(edit), Outcome::Upheld) if possible => self.told.revised.push(edit),
			(Subject::Delisting { .. }, Outcome::Upheld) if !possible => return false,
			(Subject::Delisting { asset }, Outcome::Upheld) => self.told.relisted.push(asset),
			(Subject::Delisting { asset }, Outcome::Dismissed) => self.told.kept_off.push(asset),
			_ => {}
		}
		let (subject, waits) = (known.subject, self.has_to_wait(&known));
		self.open.insert(id, known);
		match subject {
			Subject::Edge(EdgeEdit { child, parent, .. }) if waits => self.told.decided.push((child, parent)),
			_ => self.conclude(id),
		}
		true
	}

	/// During a settlement, and as long as a parent that was found to be inserted still shares.
	fn has_to_wait(&self, known: &Known) -> bool {
		let Subject::Edge(edit) = known.subject else { return false };
		let removed = known.outcome == Some(Outcome::Upheld) && !edit.is_addition();
		Settling::get() || (removed && !AtOnce::get() && self.told.revised.contains(&edit))
	}

	fn conclude(&mut self, id: DisputeId) {
		let known = self.open.remove(&id).unwrap();
		self.concluded.push((id, known.held));
		let Subject::Edge(edit) = known.subject else { return };
		let EdgeEdit { child, parent, change } = edit;
		let upheld = known.outcome == Some(Outcome::Upheld);
		let to = match change {
			EdgeChange::Add { .. } => HeldFor::Payee(if upheld { parent } else { child }),
			EdgeChange::Remove => {
				let stays = AnotherWay::get() || !self.told.revised.contains(&edit);
				if upheld && !stays { HeldFor::Revenue } else { HeldFor::Payee(parent) }
			}
		};
		self.told.given.push((child, parent, to));
	}
}

fn assets_of(subject: &Subject) -> Vec<AssetId> {
	match *subject {
		Subject::Edge(EdgeEdit { child, parent, .. }) => vec![child, parent],
		Subject::Delisting { asset } => vec![asset],
	}
}
