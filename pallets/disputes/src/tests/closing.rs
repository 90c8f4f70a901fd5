use super::mock::*;
use crate::{Disputes as Stored, Error, Event};
use frame_support::{assert_noop, assert_ok};
use heirloom_primitives::{HeldFor, Outcome, Subject};
use sp_runtime::DispatchError;

#[test]
fn undecided_dispute_should_lapse() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_ok!(vote(KIM, dispute, true));
		At::set(NOW + DECISION + 1);
		assert_ok!(close(dispute));
		assert_eq!((free(EVE), free(POOL)), (RICHES, RICHES));
		assert!(Revised::get().is_empty());
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Payee(LUNG))]);
		let subject = Subject::Edge(missing(LUNG, CT));
		assert_event(Event::Decided { dispute, subject, outcome: Outcome::Lapsed, reason: None });
	});
}

#[test]
fn share_of_a_parent_that_stays_should_be_released_when_a_dispute_lapses() {
	build_and_execute(|| {
		let dispute = claim(EVE, inserted(LUNG, CT));
		At::set(NOW + DECISION + 1);
		assert_ok!(close(dispute));
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Payee(CT))]);
	});
}

#[test]
fn close_should_fail_in_time() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		At::set(NOW + DECISION);
		assert_noop!(close(dispute), Error::<Test>::StillOpen);
	});
}

#[test]
fn close_should_fail_for_an_unknown_dispute() {
	build_and_execute(|| {
		assert_noop!(close(3), Error::<Test>::NotFound);
	});
}

#[test]
fn money_should_wait_for_a_settlement() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		Settling::set(true);
		assert_ok!(vote(KIM, dispute, true));
		assert_ok!(vote(LEO, dispute, true));
		// Decided, corrected, and the bond is back; only the money waits.
		assert_eq!((free(EVE), Revised::get().len()), (RICHES, 1));
		assert_eq!(Stored::<Test>::get(dispute).unwrap().outcome, Some(Outcome::Upheld));
		// Whenever it is given away, months that close from now on add nothing.
		assert_eq!(Decided::get(), [(LUNG, CT)]);
		assert_noop!(close(dispute), Error::<Test>::SettlementUnderWay);
		assert_noop!(vote(MIA, dispute, true), Error::<Test>::AlreadyDecided);
		Settling::set(false);
		assert_ok!(close(dispute));
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Payee(CT))]);
		assert_noop!(close(dispute), Error::<Test>::NotFound);
	});
}

#[test]
fn dispute_should_lapse_during_a_settlement() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		Settling::set(true);
		At::set(NOW + DECISION + 1);
		assert_ok!(close(dispute));
		assert_eq!((free(EVE), Given::get().len()), (RICHES, 0));
		Settling::set(false);
		assert_ok!(close(dispute));
		assert_eq!((free(EVE), Given::get().len()), (RICHES, 1));
	});
}

#[test]
fn same_edge_should_be_disputed_again_after_a_decision() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		At::set(NOW + DECISION + 1);
		assert_ok!(close(dispute));
		assert_ok!(try_claim(EVE, missing(LUNG, CT)));
	});
}

#[test]
fn majority_should_decide_at_the_close() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_ok!(vote(KIM, dispute, false));
		Members::set(vec![KIM]);
		At::set(NOW + DECISION + 1);
		assert_ok!(close(dispute));
		// Dismissed, not lapsed.
		assert_eq!((free(EVE), free(POOL)), (RICHES - BOND, RICHES + BOND));
		let subject = Subject::Edge(missing(LUNG, CT));
		assert_event(Event::Decided { dispute, subject, outcome: Outcome::Dismissed, reason: None });
	});
}

#[test]
fn money_should_wait_until_an_inserted_parent_is_removed() {
	build_and_execute(|| {
		let dispute = claim(EVE, inserted(LUNG, CT));
		AtOnce::set(false);
		assert_ok!(vote(KIM, dispute, true));
		assert_ok!(vote(LEO, dispute, true));
		assert_eq!((free(EVE), Given::get(), Decided::get()), (RICHES, vec![], vec![(LUNG, CT)]));
		assert_noop!(close(dispute), Error::<Test>::CorrectionUnderWay);
		AtOnce::set(true);
		assert_ok!(close(dispute));
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Revenue)]);
	});
}

#[test]
fn money_should_be_the_parents_where_it_stays_an_ancestor_through_others() {
	build_and_execute(|| {
		let dispute = claim(EVE, inserted(LUNG, CT));
		AnotherWay::set(true);
		assert_ok!(vote(KIM, dispute, true));
		assert_ok!(vote(LEO, dispute, true));
		assert_eq!(
			(Revised::get(), Given::get()),
			(vec![inserted(LUNG, CT)], vec![(LUNG, CT, HeldFor::Payee(CT))])
		);
	});
}

#[test]
fn money_should_be_the_parents_where_it_cannot_be_removed() {
	build_and_execute(|| {
		let dispute = claim(EVE, inserted(LUNG, CT));
		assert_ok!(vote(KIM, dispute, true));
		Refusal::set(Some(DispatchError::Unavailable));
		assert_ok!(vote(LEO, dispute, true));
		assert_event(Event::NotCorrected { dispute, error: DispatchError::Unavailable });
		assert_eq!(Given::get(), [(LUNG, CT, HeldFor::Payee(CT))]);
	});
}
