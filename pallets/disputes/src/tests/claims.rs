use super::mock::*;
use crate::{Appeals, Disputes as Stored, Error, Event, Pallet};
use frame_support::{assert_noop, assert_ok, storage::with_storage_layer};
use heirloom_primitives::Subject;
use sp_runtime::DispatchError;

#[test]
fn claim_should_hold_the_bond() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		assert_eq!(free(EVE), RICHES - BOND);
		assert_event(Event::Raised {
			dispute,
			subject: Subject::Edge(missing(LUNG, CT)),
			by: EVE,
			evidence: evidence(),
			bond: BOND,
			decide_until: NOW + DECISION,
		});
	});
}

#[test]
fn claims_should_cost_more_the_more_are_open_and_appeals_the_same() {
	build_and_execute(|| {
		BondDoubling::set(2);
		for (parent, times) in [(0, 1), (2, 1), (3, 2)] {
			let before = free(EVE);
			claim(EVE, missing(9, parent));
			assert_eq!(before - free(EVE), times * BOND);
		}
		let before = free(BOB);
		appeal();
		assert_eq!(before - free(BOB), BOND);
		assert_eq!(Pallet::<Test>::claim_bond(), 4 * BOND);
	});
}

#[test]
fn claim_should_fail_without_the_bond() {
	build_and_execute(|| {
		assert_noop!(try_claim(POOR, missing(LUNG, CT)), Error::<Test>::BondNotAffordable);
	});
}

#[test]
fn claim_of_an_impossible_edge_should_fail() {
	build_and_execute(|| {
		Refusal::set(Some(DispatchError::Unavailable));
		assert_noop!(try_claim(EVE, missing(LUNG, CT)), DispatchError::Unavailable);
	});
}

#[test]
fn same_claim_should_fail_while_one_is_open() {
	build_and_execute(|| {
		claim(EVE, missing(LUNG, CT));
		assert_noop!(try_claim(ANN, missing(LUNG, CT)), DispatchError::Other("contested already"));
	});
}

#[test]
fn disputes_should_be_bounded() {
	build_and_execute(|| {
		appeal();
		(0..2).for_each(|parent| {
			assert_ok!(try_claim(EVE, missing(9, parent)));
		});
		let claimed = with_storage_layer(|| try_claim(EVE, missing(9, 4)));
		assert_eq!(claimed, Err(Error::<Test>::TooManyOpen.into()));
		// A quarter of the places is left for appeals.
		assert_ok!(try_appeal(ANN, CT));
		Owner::set(ANN);
		Appeals::<Test>::remove(LUNG);
		assert_noop!(try_appeal(ANN, LUNG), Error::<Test>::TooManyOpen);
		Appeals::<Test>::insert(LUNG, 0);
	});
}

#[test]
fn those_concerned_should_answer() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		for who in [ANN, BOB, CYD, DEE] {
			assert_ok!(Disputes::answer(RuntimeOrigin::signed(who), dispute, text("it was not used")));
			assert_event(Event::Answered { dispute, who, statement: text("it was not used") });
		}
	});
}

#[test]
fn others_should_not_answer() {
	build_and_execute(|| {
		let dispute = claim(EVE, missing(LUNG, CT));
		let answered = Disputes::answer(RuntimeOrigin::signed(EVE), dispute, text(""));
		assert_noop!(answered, Error::<Test>::NotConcerned);
	});
}

#[test]
fn answer_should_fail_for_an_unknown_dispute() {
	build_and_execute(|| {
		assert_noop!(Disputes::answer(RuntimeOrigin::signed(BOB), 7, text("")), Error::<Test>::NotFound);
	});
}

#[test]
fn open_disputes_should_be_listed() {
	build_and_execute(|| {
		let first = claim(EVE, missing(LUNG, CT));
		let second = claim(EVE, inserted(5, CT));
		hold(5, CT, 77);
		assert_ok!(vote(KIM, second, true));
		let listed = |asset| Disputes::disputes(asset).iter().map(|view| view.id).collect::<Vec<_>>();
		assert_eq!([listed(None), listed(Some(CT))], [vec![first, second], vec![first, second]]);
		assert_eq!([listed(Some(LUNG)), listed(Some(7))], [vec![first], vec![]]);
		let view = &Disputes::disputes(Some(5))[0];
		assert_eq!((view.ayes, view.nays, view.held, view.outcome), (1, 0, 77, None));
		assert_eq!(view.evidence, "bafkreigh2akiscaildc");
		assert!(Stored::<Test>::contains_key(second));
	});
}
