//! Over any sequence of calls, with whatever happens around the pallet meanwhile, disputes go as the model says.

use super::{
	mock::*,
	model::{MOST_VOTES, Model, Told},
	steps::{Call, Change, Step, sequence},
};
use crate::{Disputes as Stored, Event, HoldReason};
use core::cell::RefCell;
use frame_support::traits::fungible::InspectHold;
use heirloom_primitives::{
	Ancestry, Contests, DisputeId, EdgeEdit, HeldFor, MicroU, Moment, Outcome, Subject,
};
use proptest::{
	prelude::*,
	test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use sp_runtime::{DispatchError, DispatchResult, StateVersion};
use std::collections::{BTreeMap, BTreeSet};

/// What `POOR` has here: enough for some bonds, and at no time exactly for one, so that the smallest balance does not matter.
const LITTLE: u128 = 3 * BOND + BOND / 2;
/// Everybody who has LOOM.
const PEOPLE: &[AccountId] = &[ANN, BOB, CYD, DEE, EVE, POOR, KIM, LEO, MIA, POOL];
/// What one sequence or another has to reach, or it shows nothing: every refusal but that of the last id, every ending of
/// everything that is disputed, and what makes a difference to them.
const EVERYTHING: &[&str] = &[
	"NotFound",
	"AssetNotFound",
	"TooManyOpen",
	"BondNotAffordable",
	"NotOwner",
	"NotDelisted",
	"TooLateToAppeal",
	"AlreadyAppealed",
	"NotConcerned",
	"NotCurator",
	"ConflictOfInterest",
	"AlreadyVoted",
	"NoReason",
	"AlreadyDecided",
	"TooLateToDecide",
	"StillOpen",
	"SettlementUnderWay",
	"CorrectionUnderWay",
	"contested already",
	"Resource unavailable",
	"missing parent: Upheld",
	"missing parent: Dismissed",
	"missing parent: Lapsed",
	"inserted parent: Upheld",
	"inserted parent: Dismissed",
	"inserted parent: Lapsed",
	"appeal: Upheld",
	"appeal: Dismissed",
	"appeal: Lapsed",
	"answered",
	"divided votes",
	"decided at the close",
	"not corrected",
	"voter is no curator any more",
	"former curators' votes forgotten",
	"money held",
	"money given away later",
	"money split once more",
];

/// A chain, what the model knows of it, and what events have said.
struct Run {
	model: Model,
	issued: u128,
	votes: Vec<(DisputeId, AccountId, bool)>,
	decided: Vec<(DisputeId, Outcome)>,
	concluded: Vec<(DisputeId, MicroU)>,
	reached: BTreeSet<String>,
}

impl Run {
	fn new() -> Self {
		BondDoubling::set(1);
		Balances::transfer_allow_death(RuntimeOrigin::signed(POOL), POOR, LITTLE).unwrap();
		Self {
			model: Model::new(PEOPLE),
			issued: Balances::total_issuance(),
			votes: Vec::new(),
			decided: Vec::new(),
			concluded: Vec::new(),
			reached: BTreeSet::new(),
		}
	}

	fn reach(&mut self, what: &str) {
		self.reached.insert(what.into());
	}

	fn step(&mut self, step: &Step) {
		match step {
			Step::Call(call) => self.call(call),
			Step::Change(change) => self.change(change),
		}
		self.assert_agrees();
	}

	/// Has the model and the pallet do the same.
	fn call(&mut self, call: &Call) {
		System::reset_events();
		let (before, root) = (self.model.clone(), storage_root());
		let (allowed, called) = self.attempt(call);
		assert_eq!(called.is_ok(), allowed, "The model allows what the pallet does: {call:?}, {called:?}");
		match called {
			Ok(()) => self.watch(&before),
			Err(error) => {
				assert_eq!(storage_root(), root, "What is refused changes nothing.");
				self.model = before;
				self.reach(error.into());
			}
		}
	}

	/// Whether the model allows it, and what the pallet says.
	fn attempt(&mut self, call: &Call) -> (bool, DispatchResult) {
		let model = &mut self.model;
		match *call {
			Call::Claim(by, edit) => (model.claim(by, edit), try_claim(by, edit)),
			Call::Appeal { asset, by_owner } => {
				let by = Fake::owner(asset).filter(|_| by_owner).unwrap_or(EVE);
				(model.appeal(by, asset), try_appeal(by, asset))
			}
			Call::Answer(who, dispute) => {
				let id = chosen(model, dispute);
				let answered = Disputes::answer(RuntimeOrigin::signed(who), id, text("it was not used"));
				(model.answer(who, id), answered)
			}
			Call::Vote { seat, dispute, uphold, reason } => {
				let id = chosen(model, dispute);
				let mut voters = Members::get();
				voters.push(EVE);
				let who = voters[seat % voters.len()];
				(model.vote(who, id, uphold, reason), vote_for(who, id, uphold, reason))
			}
			Call::Close(dispute) => {
				let id = chosen(model, dispute);
				(model.close(id), close(id))
			}
		}
	}

	fn change(&mut self, change: &Change) {
		match *change {
			Change::Pass(millis) => At::mutate(|at| *at += millis),
			Change::Seat(ref members) => {
				let mut votes = self.model.open.values().flat_map(|known| &known.votes);
				if votes.any(|(voter, _)| !members.contains(voter)) {
					self.reach("voter is no curator any more");
				}
				Members::set(members.clone());
			}
			Change::Delist => DelistedAt::set(Some(At::get())),
			Change::GiveTo(owner) => Owner::set(owner),
			Change::PayTo(payee) => Payee::set(payee),
			Change::CloseMonth(amount) => self.model.close_month(amount),
			Change::Report => Settling::set(false),
			Change::Refuse(refuses) => Refusal::set(refuses.then_some(DispatchError::Unavailable)),
			Change::Correct(at_once) => AtOnce::set(at_once),
			Change::AnotherWay(stays) => AnotherWay::set(stays),
		}
	}

	/// Takes down what a call has announced.
	fn watch(&mut self, before: &Model) {
		let events = System::read_events_for_pallet::<Event<Test>>();
		let cast = events.iter().find_map(|event| match event {
			Event::Voted { uphold, .. } => Some(*uphold),
			_ => None,
		});
		for event in events {
			match event {
				Event::Answered { .. } => self.reach("answered"),
				Event::NotCorrected { .. } => self.reach("not corrected"),
				Event::Voted { dispute, curator, uphold, .. } => {
					let known = &before.open[&dispute];
					assert!(!known.interested.contains(&curator), "Who has an interest does not vote.");
					if known.votes.len() == MOST_VOTES {
						self.reach("former curators' votes forgotten");
					}
					self.votes.push((dispute, curator, uphold));
				}
				Event::Decided { dispute, subject, outcome, reason } => {
					self.watch_decision(dispute, &subject, outcome, before.open[&dispute].until);
					let agrees = cast == Some(outcome == Outcome::Upheld);
					assert_eq!(reason.is_some(), agrees, "A reason is that of a vote for what is decided.");
					if outcome != Outcome::Lapsed && cast.is_none() {
						self.reach("decided at the close");
					}
				}
				Event::Concluded { dispute, held } => {
					self.concluded.push((dispute, held));
					if held > 0 {
						self.reach("money held");
					}
					if before.open[&dispute].outcome.is_some() {
						self.reach("money given away later");
					}
					if let Some((.., HeldFor::Revenue)) = self.model.told.given.last() {
						self.reach("money split once more");
					}
				}
				_ => {}
			}
		}
	}

	fn watch_decision(&mut self, id: DisputeId, subject: &Subject, outcome: Outcome, until: Moment) {
		let members = Members::get();
		let voted = |wish: bool| {
			let mut votes = self.votes.iter();
			votes.any(|(about, who, uphold)| *about == id && *uphold == wish && members.contains(who))
		};
		let (ayes, nays) = (voted(true), voted(false));
		match outcome {
			Outcome::Upheld => assert!(ayes, "Nothing is upheld that no curator wants."),
			Outcome::Dismissed => assert!(nays, "Nothing is dismissed that no curator is against."),
			Outcome::Lapsed => assert!(At::get() > until, "Nothing lapses in time."),
		}
		if ayes && nays {
			self.reach("divided votes");
		}
		let disputed = match subject {
			Subject::Edge(edit) if edit.is_addition() => "missing parent",
			Subject::Edge(_) => "inserted parent",
			Subject::Delisting { .. } => "appeal",
		};
		self.reach(&format!("{disputed}: {outcome:?}"));
		self.decided.push((id, outcome));
	}

	fn assert_agrees(&self) {
		Disputes::do_try_state().unwrap();
		let model = &self.model;
		assert_eq!(self.decided, model.decided, "Votes and time decide, and nothing else.");
		assert_eq!(self.concluded, model.concluded, "What was held is given away.");
		assert_eq!(
			Told::by_the_pallet(),
			model.told,
			"Siblings are told what follows from a decision, once."
		);
		let mut total = 0_u128;
		for (who, rest) in &model.free {
			let bonds = model.bonds(*who);
			let on_hold = Balances::balance_on_hold(&HoldReason::Dispute.into(), who);
			assert_eq!((free(*who), on_hold), (*rest, bonds), "Everybody has what the model says: {who}.");
			total += rest + bonds;
		}
		let issued = (Balances::total_issuance(), total);
		assert_eq!(issued, (self.issued, self.issued), "What a loser leaves arrives in the pool.");
		let stored: BTreeMap<_, _> = Stored::<Test>::iter()
			.map(|(id, dispute)| {
				let ballots = dispute.ballots.iter().map(|ballot| (ballot.curator, ballot.uphold));
				(
					id,
					(dispute.subject, dispute.by, dispute.bond, ballots.collect::<Vec<_>>(), dispute.outcome),
				)
			})
			.collect();
		let known: BTreeMap<_, _> = model
			.open
			.iter()
			.map(|(id, known)| {
				(*id, (known.subject, known.by, known.bond, known.votes.clone(), known.outcome))
			})
			.collect();
		assert_eq!(stored, known, "What is open is what the model says.");
		for known in model.open.values() {
			if let Subject::Edge(EdgeEdit { child, parent, .. }) = known.subject {
				assert_eq!(Fake::held(child, parent), Some(known.held), "A contest lasts until it is ended.");
			}
		}
	}

	/// The time of all that is open passes and the siblings are done, so that anybody can close it.
	fn wind_up(&mut self) {
		let changes =
			[Change::Refuse(false), Change::Correct(true), Change::Report, Change::Pass(DECISION + 1)];
		for change in changes {
			self.step(&Step::Change(change));
		}
		for _ in 0..self.model.open.len() {
			self.step(&Step::Call(Call::Close(Some(0))));
		}
		assert_eq!(Stored::<Test>::count(), 0, "Everything can be closed in the end.");
		let every: Vec<_> = (0..self.model.next).collect();
		let mut decided: Vec<_> = self.decided.iter().map(|(id, _)| *id).collect();
		decided.sort_unstable();
		assert_eq!(decided, every, "Every dispute is decided once.");
		let mut concluded: Vec<_> = self.concluded.iter().map(|(id, _)| *id).collect();
		concluded.sort_unstable();
		assert_eq!(concluded, every, "Every dispute ends once.");
	}
}

/// Which dispute a call means. One that was never raised, where none is open.
fn chosen(model: &Model, nth: Option<usize>) -> DisputeId {
	let open: Vec<_> = model.open.keys().copied().collect();
	match nth {
		Some(_) if open.is_empty() => model.next,
		Some(nth) => open[nth % open.len()],
		None => model.next.saturating_sub(1),
	}
}

fn storage_root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

/// Plays a sequence on a fresh chain, and says what it has reached.
fn play(steps: &[Step]) -> BTreeSet<String> {
	let mut reached = BTreeSet::new();
	build_and_execute(|| {
		let mut run = Run::new();
		steps.iter().for_each(|step| run.step(step));
		run.wind_up();
		reached = run.reached;
	});
	reached
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn disputes_should_go_as_the_model_says(steps in sequence()) {
		play(&steps);
	}
}

/// The same sequences every time, so that what they reach does not depend on chance.
#[test]
fn sequences_should_reach_everything() {
	let reached = RefCell::new(BTreeSet::new());
	let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) };
	let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
	let played = TestRunner::new_with_rng(config, rng).run(&sequence(), |steps| {
		reached.borrow_mut().extend(play(&steps));
		Ok(())
	});
	played.unwrap();
	let reached = reached.into_inner();
	let left: Vec<_> = EVERYTHING.iter().filter(|what| !reached.contains(**what)).collect();
	assert!(left.is_empty(), "No sequence reaches {left:?}.");
}
