//! Asking for a permit.

use super::mock::*;
use crate::{Approval, Error, Event, Job, OpenPermits, OperatorProfile, Permits, Policy};
use frame_support::{assert_noop, assert_ok, weights::Weight};
use heirloom_primitives::{MicroU, OutputLimits, PermitStatus, PermitUse, Purpose, U};
use sp_runtime::{DispatchError, DispatchResult};

const PLENTY: MicroU = 1_000 * U;

fn ask(job: Job<Test>) -> DispatchResult {
	SandboxAccess::request(signed(ANN), job, PLENTY)
}

#[test]
fn a_request_holds_fees_and_deposit() {
	build_and_execute(|| {
		request(&[(CT, 3)]);
		assert_eq!(held_u(ANN), (30 * U + OPERATOR_FEE, DEPOSIT));
		assert_eq!(free_u(ANN), 1_000 * U - 30 * U - OPERATOR_FEE - DEPOSIT);
	});
}

#[test]
fn a_licence_spares_the_fee_of_its_asset() {
	build_and_execute(|| {
		buy(CT, ANN);
		let permit = request(&[(CT, 3), (MRI, 2)]);
		assert_eq!(held_u(ANN), (8 * U + OPERATOR_FEE, DEPOSIT));
		assert_ok!(SandboxAccess::approve(signed(BOB), permit));
		assert_ok!(complete(permit, report(&[CT, MRI])));
		let fees: Vec<_> = RecordedUses::get().into_iter().map(|(.., fee)| fee).collect();
		assert_eq!(fees, [0, 8 * U]);
	});
}

#[test]
fn a_licence_of_somebody_else_spares_nothing() {
	build_and_execute(|| {
		buy(CT, BOB);
		request(&[(CT, 3)]);
		assert_eq!(held_u(ANN), (30 * U + OPERATOR_FEE, DEPOSIT));
	});
}

#[test]
fn an_automatic_policy_approves_at_once() {
	build_and_execute(|| {
		let permit = request(&[(CT, 3)]);
		assert_eq!(status(permit), PermitStatus::Approved);
		let uses = vec![PermitUse { asset: CT, units: 3, fee: 30 * U }].try_into().unwrap();
		let requested = Event::Requested {
			permit,
			consumer: ANN,
			operator: OPERATOR,
			uses,
			purpose: Purpose::Training,
			code_hash: hash(1),
			parameters_hash: hash(2),
			output_cap: 4_096,
			expires_at: START + LONGEST,
			operator_fee: OPERATOR_FEE,
			awaiting: Default::default(),
			sealed_to: Default::default(),
		};
		assert_eq!(events(), [requested, Event::Approved { permit, operator: OPERATOR }]);
	});
}

#[test]
fn a_policy_that_asks_the_owner_leaves_the_permit_waiting() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1), (MRI, 2), (LOGS, 5)]);
		assert_eq!(status(permit), PermitStatus::Requested);
		assert_eq!(Permits::<Test>::get(permit).unwrap().awaiting.into_inner(), vec![MRI, LOGS]);
	});
}

#[test]
fn an_owner_need_not_approve_its_own_request() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::request(signed(BOB), job(&[(MRI, 1)]), PLENTY));
		assert_eq!(status(0), PermitStatus::Approved);
	});
}

#[test]
fn an_open_permit_is_listed_under_its_operator() {
	build_and_execute(|| {
		let permits = [request(&[(CT, 1)]), request(&[(MRI, 1)])];
		let mut listed: Vec<_> = OpenPermits::<Test>::iter_key_prefix(OPERATOR).collect();
		listed.sort();
		assert_eq!(listed, permits);
	});
}

#[test]
fn the_strictest_policies_set_the_limits() {
	build_and_execute(|| {
		let limits = OutputLimits {
			smallest_group: 5,
			largest_output: 5_000,
			largest_model: 7,
			release_budget: 9_000,
		};
		let strict = Policy { limits, ..policy(Approval::Automatic) };
		assert_ok!(SandboxAccess::set_policy(signed(BOB), MRI, strict));
		let permit = request(&[(MRI, 1), (CT, 1)]);
		let agreed = OutputLimits { release_budget: 9_000, ..LIMITS };
		assert_eq!(SandboxAccess::permit(permit).unwrap().limits, agreed);
	});
}

#[test]
fn a_policy_changed_later_leaves_the_limits_agreed() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1)]);
		let limits = OutputLimits { smallest_group: 1, largest_model: 1 << 20, ..LIMITS };
		let changed = Policy { limits, ..policy(Approval::Automatic) };
		assert_ok!(SandboxAccess::set_policy(signed(BOB), CT, changed));
		assert_eq!(SandboxAccess::permit(permit).unwrap().limits, LIMITS);
	});
}

#[test]
fn a_policy_for_models_allows_their_bytes_on_top() {
	build_and_execute(|| {
		let limits = OutputLimits { largest_model: 4, ..LIMITS };
		let for_models = Policy { limits, ..policy(Approval::Automatic) };
		assert_ok!(SandboxAccess::set_policy(signed(BOB), CT, for_models));
		assert_noop!(ask(Job { output_cap: 4_101, ..job(&[(CT, 1)]) }), Error::<Test>::OutputCapTooLarge);
		assert_ok!(ask(Job { output_cap: 4_100, ..job(&[(CT, 1)]) }));
	});
}

#[test]
fn a_view_shows_what_was_agreed() {
	build_and_execute(|| {
		let permit = request(&[(CT, 3), (MRI, 1)]);
		let view = SandboxAccess::permit(permit).unwrap();
		let fees: Vec<_> = view.uses.iter().map(|used| (used.asset, used.units, used.fee)).collect();
		assert_eq!(fees, [(CT, 3, 30 * U), (MRI, 1, 4 * U)]);
		assert_eq!((view.consumer, view.operator, view.operator_fee), (ANN, OPERATOR, OPERATOR_FEE));
		assert_eq!((view.code_hash, view.parameters_hash, view.report), (hash(1), hash(2), None));
		assert_eq!(SandboxAccess::permit(permit + 1), None);
	});
}

#[test]
fn a_job_without_assets_should_fail() {
	build_and_execute(|| {
		assert_noop!(ask(job(&[])), Error::<Test>::NoUses);
	});
}

#[test]
fn a_job_that_names_an_asset_twice_should_fail() {
	build_and_execute(|| {
		assert_noop!(ask(job(&[(CT, 1), (MRI, 1), (CT, 2)])), Error::<Test>::DuplicateUse);
	});
}

#[test]
fn an_unknown_asset_should_fail() {
	build_and_execute(|| {
		assert_noop!(ask(job(&[(CT, 1), (99, 1)])), Error::<Test>::AssetNotFound);
	});
}

#[test]
fn an_asset_that_is_not_sandboxed_should_fail() {
	build_and_execute(|| {
		assert_noop!(ask(job(&[(PLAIN, 1)])), Error::<Test>::NotSandboxed);
	});
}

#[test]
fn zero_units_should_fail() {
	build_and_execute(|| {
		assert_noop!(ask(job(&[(CT, 0)])), DispatchError::Other("ZeroUnits"));
	});
}

#[test]
fn a_delisted_asset_should_fail() {
	build_and_execute(|| {
		delist(CT);
		assert_noop!(ask(job(&[(CT, 1)])), DispatchError::Other("NotActive"));
	});
}

#[test]
fn an_asset_without_a_policy_should_fail() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::set_sandboxed(signed(BOB), PLAIN));
		assert_noop!(ask(job(&[(PLAIN, 1)])), Error::<Test>::PolicyNotFound);
	});
}

#[test]
fn code_that_one_policy_does_not_name_should_fail() {
	build_and_execute(|| {
		let other = Policy { codes: vec![hash(5)].try_into().unwrap(), ..policy(Approval::Automatic) };
		assert_ok!(SandboxAccess::set_policy(signed(BOB), MRI, other));
		assert_noop!(ask(job(&[(CT, 1), (MRI, 1)])), Error::<Test>::CodeNotApproved);
	});
}

#[test]
fn an_operator_that_the_asset_is_not_sealed_to_should_fail() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::register_operator(signed(CYD), profile()));
		assert_ok!(SandboxAccess::admit_operator(signed(CURATOR), CYD, hash(9)));
		assert_noop!(ask(Job { operator: CYD, ..job(&[(CT, 1)]) }), Error::<Test>::OperatorNotApproved);
	});
}

#[test]
fn more_output_than_the_policy_allows_should_fail() {
	build_and_execute(|| {
		assert_noop!(ask(Job { output_cap: 4_097, ..job(&[(CT, 1)]) }), Error::<Test>::OutputCapTooLarge);
	});
}

#[test]
fn more_output_than_the_policies_allow_together_should_fail() {
	build_and_execute(|| {
		let limits = |largest_output, largest_model| OutputLimits { largest_output, largest_model, ..LIMITS };
		let set = |asset, limits| {
			let policy = Policy { limits, ..policy(Approval::Automatic) };
			assert_ok!(SandboxAccess::set_policy(signed(BOB), asset, policy));
		};
		// Either allows 4,096 bytes: of numbers, or of models.
		set(CT, limits(4_000, 96));
		set(MRI, limits(96, 4_000));
		let both = |output_cap| Job { output_cap, ..job(&[(CT, 1), (MRI, 1)]) };
		assert_noop!(ask(both(193)), Error::<Test>::OutputCapTooLarge);
		assert_ok!(ask(both(192)));
	});
}

#[test]
fn who_is_no_operator_should_fail() {
	build_and_execute(|| {
		assert_noop!(ask(Job { operator: EVE, ..job(&[(CT, 1)]) }), Error::<Test>::OperatorNotFound);
	});
}

#[test]
fn a_suspended_operator_should_fail() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::suspend_operator(signed(CURATOR), OPERATOR, reason()));
		assert_noop!(ask(job(&[(CT, 1)])), Error::<Test>::OperatorNotAdmitted);
	});
}

#[test]
fn an_operator_that_is_leaving_should_fail() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::begin_unbonding(signed(OPERATOR)));
		assert_noop!(ask(job(&[(CT, 1)])), Error::<Test>::OperatorUnbonding);
	});
}

#[test]
fn an_expiry_out_of_range_should_fail() {
	build_and_execute(|| {
		for expires_at in [0, START, START + LONGEST + 1, u64::MAX] {
			assert_noop!(ask(Job { expires_at, ..job(&[(CT, 1)]) }), Error::<Test>::ExpiryOutOfRange);
		}
		assert_ok!(ask(Job { expires_at: START + 1, ..job(&[(CT, 1)]) }));
	});
}

#[test]
fn a_total_above_the_maximum_should_fail() {
	build_and_execute(|| {
		let ask = |max_fee| SandboxAccess::request(signed(ANN), job(&[(CT, 3)]), max_fee);
		assert_noop!(ask(30 * U + OPERATOR_FEE - 1), Error::<Test>::FeeAboveMaximum);
		assert_ok!(ask(30 * U + OPERATOR_FEE));
	});
}

#[test]
fn a_fee_that_overflows_should_fail() {
	build_and_execute(|| {
		assert_ok!(SandboxAccess::update_operator(
			signed(OPERATOR),
			OperatorProfile { fee: MicroU::MAX, ..profile() }
		));
		assert_noop!(ask(job(&[(CT, 1)])), Error::<Test>::AmountTooLarge);
		set_call_fee(CT, MicroU::MAX);
		assert_noop!(ask(job(&[(CT, 2)])), DispatchError::Other("AmountTooLarge"));
	});
}

#[test]
fn more_than_a_transaction_can_settle_should_fail() {
	build_and_execute(|| {
		let permit = request(&[(CT, 1), (LOGS, 1)]);
		let completion = SandboxAccess::completion_weight(permit);
		CompletionBound::set(&completion);
		assert_ok!(ask(job(&[(CT, 1), (LOGS, 1)])));
		CompletionBound::set(&completion.saturating_sub(Weight::from_parts(1, 0)));
		assert_noop!(ask(job(&[(CT, 1), (LOGS, 1)])), Error::<Test>::TooMuchToSettle);
		assert_ok!(ask(job(&[(CT, 1), (MRI, 1)])));
	});
}

#[test]
fn too_little_u_should_fail() {
	build_and_execute(|| {
		let price = 10 * U + OPERATOR_FEE;
		spend_u(ANN, price + DEPOSIT + CENT - 1);
		assert_noop!(ask(job(&[(CT, 1)])), Error::<Test>::NotEnoughU);
		give_u(ANN, 1);
		assert_ok!(ask(job(&[(CT, 1)])));
		assert_eq!(free_u(ANN), CENT);
	});
}
