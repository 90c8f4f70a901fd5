use super::mock::*;
use crate::{Appeals, Error};
use frame_support::{assert_noop, assert_ok, storage::with_storage_layer};
use sp_runtime::DispatchError;

#[test]
fn upheld_appeal_should_relist() {
	build_and_execute(|| {
		let dispute = appeal();
		assert_eq!(free(BOB), RICHES - BOND);
		assert_ok!(vote(KIM, dispute, true));
		assert_ok!(vote(LEO, dispute, true));
		assert_eq!((Relisted::get(), KeptOff::get()), (vec![LUNG], vec![]));
		assert_eq!(free(BOB), RICHES);
		assert!(!Appeals::<Test>::contains_key(LUNG));
	});
}

#[test]
fn dismissed_appeal_should_be_the_last() {
	build_and_execute(|| {
		let dispute = appeal();
		assert_ok!(vote(KIM, dispute, false));
		assert_ok!(vote(LEO, dispute, false));
		assert_eq!((Relisted::get(), KeptOff::get()), (vec![], vec![LUNG]));
		assert_eq!((free(BOB), free(POOL)), (RICHES - BOND, RICHES + BOND));
		assert_noop!(try_appeal(BOB, LUNG), Error::<Test>::NotDelisted);
	});
}

#[test]
fn appeal_should_be_decided_during_a_settlement() {
	build_and_execute(|| {
		let dispute = appeal();
		Settling::set(true);
		assert_ok!(vote(KIM, dispute, true));
		assert_ok!(vote(LEO, dispute, true));
		assert_eq!(Relisted::get(), [LUNG]);
		assert_noop!(close(dispute), Error::<Test>::NotFound);
	});
}

#[test]
fn appeal_should_wait_where_an_asset_cannot_be_relisted_now() {
	build_and_execute(|| {
		let dispute = appeal();
		assert_ok!(vote(KIM, dispute, true));
		Refusal::set(Some(DispatchError::Exhausted));
		let voted = with_storage_layer(|| vote(LEO, dispute, true));
		assert_eq!(voted, Err(DispatchError::Exhausted));
	});
}

#[test]
fn undecided_appeal_should_lapse() {
	build_and_execute(|| {
		let dispute = appeal();
		At::set(NOW + DECISION + 1);
		assert_ok!(close(dispute));
		assert_eq!((free(BOB), Relisted::get(), KeptOff::get()), (RICHES, vec![], vec![]));
	});
}

#[test]
fn others_should_not_appeal() {
	build_and_execute(|| {
		DelistedAt::set(Some(NOW));
		assert_noop!(try_appeal(CYD, LUNG), Error::<Test>::NotOwner);
	});
}

#[test]
fn appeal_should_fail_for_an_unknown_asset() {
	build_and_execute(|| {
		assert_noop!(try_appeal(BOB, 7), Error::<Test>::AssetNotFound);
	});
}

#[test]
fn appeal_should_fail_for_an_asset_on_the_list() {
	build_and_execute(|| {
		assert_noop!(try_appeal(BOB, LUNG), Error::<Test>::NotDelisted);
	});
}

#[test]
fn appeal_should_fail_when_the_time_is_over() {
	build_and_execute(|| {
		DelistedAt::set(Some(NOW));
		At::set(NOW + APPEAL + 1);
		assert_noop!(try_appeal(BOB, LUNG), Error::<Test>::TooLateToAppeal);
	});
}

#[test]
fn appeal_should_fail_twice_at_a_time() {
	build_and_execute(|| {
		appeal();
		assert_noop!(try_appeal(BOB, LUNG), Error::<Test>::AlreadyAppealed);
	});
}

#[test]
fn owner_among_the_curators_should_not_decide_its_appeal() {
	build_and_execute(|| {
		Members::set(vec![BOB, KIM]);
		let dispute = appeal();
		assert_noop!(vote(BOB, dispute, true), Error::<Test>::ConflictOfInterest);
	});
}
