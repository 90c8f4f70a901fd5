use super::mock::*;
use crate::{Disputes as Stored, Error, Event};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{EdgeEdit, HeldFor, Outcome, Subject};
use sp_runtime::DispatchError;

/// Has two curators of three decide.
fn decided(edit: EdgeEdit, uphold: bool) -> u32 {
	let dispute = claim(EVE, edit);
	hold(edit.child, edit.parent, 5);
	assert_ok!(vote(KIM, dispute, uphold));
	assert!(Given::get().is_empty());
	assert_ok!(vote(LEO, dispute, uphold));
	dispute
}

#[test]
fn majority_should_uphold_a_missing_parent() {
	build_and_execute(|| {
		let dispute = decided(missing(LUNG, CT), true);
		assert_eq!(Revised::get(), [missing(LUNG, CT)]);
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Payee(CT))]);
		assert_eq!((free(EVE), free(POOL)), (RICHES, RICHES));
		assert!(!Stored::<Test>::contains_key(dispute));
		assert_event(Event::Decided {
			dispute,
			subject: Subject::Edge(missing(LUNG, CT)),
			outcome: Outcome::Upheld,
			reason: Some(text("I looked")),
		});
		assert_event(Event::Concluded { dispute, held: 5 });
	});
}

#[test]
fn majority_should_dismiss_a_missing_parent() {
	build_and_execute(|| {
		decided(missing(LUNG, CT), false);
		assert!(Revised::get().is_empty());
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Payee(LUNG))]);
		assert_eq!((free(EVE), free(POOL)), (RICHES - BOND, RICHES + BOND));
	});
}

#[test]
fn majority_should_uphold_an_inserted_parent() {
	build_and_execute(|| {
		decided(inserted(LUNG, CT), true);
		assert_eq!(Revised::get(), [inserted(LUNG, CT)]);
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Revenue)]);
	});
}

#[test]
fn majority_should_dismiss_an_inserted_parent() {
	build_and_execute(|| {
		decided(inserted(LUNG, CT), false);
		assert!(Revised::get().is_empty());
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Payee(CT))]);
	});
}

#[test]
fn decided_dispute_should_take_no_votes() {
	build_and_execute(|| {
		let dispute = decided(missing(LUNG, CT), true);
		assert_noop!(vote(MIA, dispute, false), Error::<Test>::NotFound);
	});
}

#[test]
fn others_should_not_vote() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_noop!(vote(EVE, dispute, true), Error::<Test>::NotCurator);
	});
}

#[test]
fn curator_should_vote_once() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_ok!(vote(KIM, dispute, true));
		assert_noop!(vote(KIM, dispute, true), Error::<Test>::AlreadyVoted);
	});
}

#[test]
fn vote_should_say_why() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_noop!(vote_for(KIM, dispute, true, ""), Error::<Test>::NoReason);
	});
}

#[test]
fn curator_with_an_interest_should_not_vote() {
	build_and_execute(|| {
		Members::set(vec![ANN, BOB, CYD, DEE, KIM]);
		let dispute = claim(EVE, missing(LUNG, CT));
		for who in [ANN, BOB, CYD, DEE] {
			assert_noop!(vote(who, dispute, true), Error::<Test>::ConflictOfInterest);
		}
		// Of those who may vote it is the majority alone.
		assert_ok!(vote(KIM, dispute, true));
		assert_eq!(Revised::get().len(), 1);
	});
}

#[test]
fn curator_who_claims_should_not_vote() {
	build_and_execute(|| {
		let dispute = claim(KIM, missing(LUNG, CT));
		assert_noop!(vote(KIM, dispute, true), Error::<Test>::ConflictOfInterest);
		// Half of the other two is no majority.
		assert_ok!(vote(LEO, dispute, true));
		assert!(Revised::get().is_empty());
		assert_ok!(vote(MIA, dispute, true));
		assert_eq!(Revised::get().len(), 1);
	});
}

#[test]
fn payee_named_by_a_party_should_keep_its_vote() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_ok!(vote(KIM, dispute, true));
		// Nobody was asked.
		Payee::set(KIM);
		assert_ok!(vote(LEO, dispute, true));
		assert_eq!(Revised::get().len(), 1);
	});
}

#[test]
fn payee_named_by_a_party_should_vote() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		Payee::set(KIM);
		assert_ok!(vote(KIM, dispute, true));
	});
}

#[test]
fn vote_should_count_although_its_curator_was_given_an_asset() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_ok!(vote(KIM, dispute, true));
		Owner::set(KIM);
		assert_ok!(vote(LEO, dispute, true));
		assert_eq!(Revised::get().len(), 1);
	});
}

#[test]
fn curator_should_not_vote_while_it_owns_an_asset() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		Owner::set(KIM);
		assert_noop!(vote(KIM, dispute, true), Error::<Test>::ConflictOfInterest);
		// It still counts among all: with one vote of three nothing is decided.
		assert_ok!(vote(LEO, dispute, true));
		assert!(Revised::get().is_empty());
		Owner::set(BOB);
		assert_ok!(vote(KIM, dispute, true));
		assert_eq!(Revised::get().len(), 1);
	});
}

#[test]
fn former_party_should_not_vote() {
	build_and_execute(|| {
		Members::set(vec![BOB, KIM, LEO]);
		let dispute = claim(EVE, missing(LUNG, CT));
		Owner::set(ANN);
		assert_noop!(vote(BOB, dispute, false), Error::<Test>::ConflictOfInterest);
	});
}

#[test]
fn vote_of_a_former_curator_should_not_count() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_ok!(vote(KIM, dispute, true));
		Members::set(vec![LEO, MIA, 14]);
		assert_ok!(vote(LEO, dispute, true));
		assert!(Revised::get().is_empty());
		assert_ok!(vote(MIA, dispute, true));
		assert_eq!(Revised::get().len(), 1);
	});
}

#[test]
fn decision_should_not_have_the_reason_of_a_vote_against_it() {
	build_and_execute(|| {
		Members::set(vec![KIM, LEO, MIA, 14, 15]);
		let subject = missing(LUNG, CT);
		let dispute = claim(EVE, subject);
		assert_ok!(vote(KIM, dispute, false));
		assert_ok!(vote(LEO, dispute, false));
		// Two of three from here on, which the next vote brings to light.
		Members::set(vec![KIM, LEO, MIA]);
		assert_ok!(vote(MIA, dispute, true));
		let subject = Subject::Edge(subject);
		assert_event(Event::Decided { dispute, subject, outcome: Outcome::Dismissed, reason: None });
	});
}

#[test]
fn new_curators_should_vote_when_all_places_are_taken() {
	build_and_execute(|| {
		Members::set((20..30).collect());
		let dispute = claim(EVE, missing(LUNG, CT));
		(20..25).for_each(|who| {
			assert_ok!(vote(who, dispute, who % 2 == 0));
		});
		Members::set(vec![KIM, LEO, MIA]);
		assert_ok!(vote(KIM, dispute, true));
		assert_eq!(Stored::<Test>::get(dispute).unwrap().ballots.len(), 1);
	});
}

#[test]
fn vote_should_fail_when_the_time_is_over() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		At::set(NOW + DECISION);
		assert_ok!(vote(KIM, dispute, true));
		At::set(NOW + DECISION + 1);
		assert_noop!(vote(LEO, dispute, true), Error::<Test>::TooLateToDecide);
	});
}

#[test]
fn decision_should_stand_where_nothing_can_be_corrected() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_ok!(vote(KIM, dispute, true));
		Refusal::set(Some(DispatchError::Unavailable));
		assert_ok!(vote(LEO, dispute, true));
		assert_event(Event::NotCorrected { dispute, error: DispatchError::Unavailable });
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Payee(CT))]);
	});
}

#[test]
fn vote_that_decides_should_be_charged_for_what_follows() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		let cost = |who| {
			let voted = Disputes::vote(RuntimeOrigin::signed(who), dispute, true, text("I looked"));
			voted.unwrap().actual_weight.unwrap()
		};
		let (first, last) = (cost(KIM), cost(LEO));
		// A correction, a look whether the parent stays an ancestor, and what is settled once more.
		assert_eq!(last.ref_time() - first.ref_time(), 1_000_000 + 2 * 1_000);
	});
}
