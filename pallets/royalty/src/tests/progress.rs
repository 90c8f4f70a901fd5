use super::mock::*;
use super::weights::TestWeight;
use crate::{MostPerHook, Reports, WeightInfo};
use frame_support::{
	storage::{TransactionOutcome, with_transaction},
	traits::Hooks,
	weights::Weight,
};
use heirloom_primitives::{AssetId, PeriodReport, Phase, Statement, U};
use std::collections::{BTreeMap, BTreeSet};

/// 1,200 assets over five pages: roots, and models that derive from several of them.
fn platform() -> Vec<FakeAsset> {
	(0..1_200u32)
		.map(|asset| match asset % 4 {
			3 => paid_to(child(&[asset % 97, asset / 2, asset - 1]), 20 + u64::from(asset % 30)),
			_ => paid_to(root(), 10 + u64::from(asset % 40)),
		})
		.collect()
}

fn a_busy_month() {
	for asset in 0..1_200 {
		book(asset, u128::from(asset % 13) * 777_777 + 1, u64::from(asset % 29));
	}
	for asset in (3..1_200).step_by(8) {
		report(asset, u128::from(asset) * 1_000_003).unwrap();
	}
}

type Outcome = (BTreeMap<AssetId, Statement<AccountId>>, PeriodReport, Vec<u128>);

fn outcome() -> Outcome {
	// When it was paid is all that may differ.
	let report = PeriodReport { reported_at: 0, reported_in: 0, ..Reports::<Test>::get(MARCH).unwrap() };
	let balances = (0..=COMPANY).chain([POT, POOL]).map(|who| Assets::balance(U_ID, who)).collect();
	(statements(MARCH), report, balances)
}

fn settled_with(guaranteed: Weight) -> (u32, Outcome) {
	let mut result = None;
	build_and_execute(platform(), || {
		GuaranteedWeight::set(guaranteed);
		a_busy_month();
		let blocks = settle_from(APRIL_FIRST);
		result = Some((blocks, outcome()));
	});
	result.unwrap()
}

#[test]
fn small_budget_should_spread_a_month_over_blocks_with_the_same_result() {
	let (few, at_once) = settled_with(Weight::from_parts(500_000_000_000, u64::MAX));
	let (some, in_parts) = settled_with(Weight::from_parts(20_000_000_000, u64::MAX));
	let (many, step_by_step) = settled_with(Weight::from_parts(1, 0));
	assert!(few < some && some < many, "{few}, {some}, {many} blocks");
	assert_eq!(at_once, in_parts);
	assert_eq!(at_once, step_by_step);
}

#[test]
fn spare_weight_should_settle_on_top() {
	build_and_execute(platform(), || {
		GuaranteedWeight::set(Weight::from_parts(1, 0));
		a_busy_month();
		block_at(APRIL_FIRST);
		block(APRIL_FIRST + 6_000, Weight::from_parts(u64::MAX, u64::MAX));
		assert!(Reports::<Test>::contains_key(MARCH));
	});
}

#[test]
fn lowered_limit_should_hold_for_either_hook_and_change_nothing_else() {
	let (_, undisturbed) = settled_with(Weight::from_parts(500_000_000_000, u64::MAX));
	build_and_execute(platform(), || {
		MostPerHook::<Test>::put(Weight::from_parts(1, u64::MAX));
		a_busy_month();
		block_at(APRIL_FIRST);
		let (mut blocks, plenty) = (0, Weight::from_parts(u64::MAX, u64::MAX));
		while !Reports::<Test>::contains_key(MARCH) {
			blocks += 1;
			block(APRIL_FIRST + 6_000 * blocks, plenty);
		}
		assert!(blocks > 5, "{blocks} blocks");
		assert_eq!(outcome(), undisturbed);
	});
}

#[test]
fn settlement_should_pause_in_a_block_that_others_take() {
	build_and_execute(platform(), || {
		a_busy_month();
		block_at(APRIL_FIRST);
		let before = Royalty::progress();
		BlockIsTaken::set(true);
		assert_eq!(Royalty::on_initialize(System::block_number()), Weight::zero());
		assert_eq!(Royalty::progress(), before);
		BlockIsTaken::set(false);
		Royalty::on_initialize(System::block_number());
		assert_ne!(Royalty::progress(), before);
	});
}

#[test]
fn settlement_should_stay_within_its_guaranteed_part() {
	let limit = Weight::from_parts(50_000_000_000, u64::MAX);
	build_and_execute(platform(), || {
		GuaranteedWeight::set(limit);
		a_busy_month();
		block_at(APRIL_FIRST);
		for _ in 0..2_000 {
			let spent = Royalty::on_initialize(System::block_number());
			assert!(spent.all_lte(limit), "{spent} is more than {limit}");
		}
		assert!(Reports::<Test>::contains_key(MARCH));
	});
}

#[test]
fn idle_hook_should_use_nothing_it_was_not_given() {
	build_and_execute(platform(), || {
		GuaranteedWeight::set(Weight::from_parts(1, 0));
		a_busy_month();
		block_at(APRIL_FIRST);
		let mut phases = BTreeSet::new();
		while let Some(settling) = Royalty::progress().settling {
			phases.insert(format!("{:?}", settling.phase));
			for millis in [0, 1, 5, 20, 60, 200, 1_000] {
				let given = Weight::from_parts(millis * 1_000_000_000, 0);
				let spent = tried(|| Royalty::on_idle(System::block_number(), given));
				// The look at whether there is anything to do is taken in any case.
				let most = given.max(TestWeight::look());
				assert!(spent.all_lte(most), "{spent} of {given} while {settling:?}");
			}
			// One step on.
			Royalty::on_initialize(System::block_number());
		}
		assert_eq!(phases.len(), 7);
	});
}

/// What `act` returns; what it changed is undone.
fn tried<R>(act: impl FnOnce() -> R) -> R {
	let outcome: Result<R, sp_runtime::DispatchError> =
		with_transaction(|| TransactionOutcome::Rollback(Ok(act())));
	outcome.unwrap()
}

#[test]
fn many_distinct_numbers_of_units_should_be_ranked_and_cleared_over_blocks() {
	let owned = |owner: u64| paid_to(root(), owner % 40);
	build_and_execute((0..3_000).map(owned).collect(), || {
		// Room for a page or two of numbers a block, of a dozen.
		GuaranteedWeight::set(Weight::from_parts(1_000_000_000, u64::MAX));
		for asset in 0..3_000 {
			book(asset, U, u64::from(asset) * 7 + 1);
		}
		assert!(settle_from(APRIL_FIRST) > 20);
		assert_eq!(crate::UnitPages::<Test>::iter().count(), 0);
		// Nobody else has as few, or as many.
		let rank = |asset: u32| crate::ClosePages::<Test>::get(MARCH, asset / 256)[asset as usize % 256].rank;
		assert_eq!([rank(0), rank(1_500), rank(2_999)], [1, 5_001, 9_998]);
	});
}

#[test]
fn progress_should_go_through_the_phases_in_order() {
	build_and_execute(platform(), || {
		GuaranteedWeight::set(Weight::from_parts(1, 0));
		a_busy_month();
		block_at(APRIL_FIRST);
		let mut phases = Vec::new();
		for _ in 0..2_000 {
			let Some(settling) = Royalty::progress().settling else { break };
			assert_eq!(settling.period, MARCH);
			if phases.last() != Some(&settling.phase) {
				phases.push(settling.phase);
			}
			block_at(APRIL_FIRST);
		}
		assert_eq!(
			phases,
			[Phase::Count, Phase::Rank, Phase::Weigh, Phase::Spread, Phase::Due, Phase::Pay, Phase::Report]
		);
		assert_eq!(Royalty::progress().settled, Some(MARCH));
	});
}

#[test]
fn month_without_assets_should_be_reported() {
	build_and_execute(vec![], || {
		settle_from(APRIL_FIRST);
		let report = Reports::<Test>::get(MARCH).unwrap();
		assert_eq!((report.assets, report.paid, report.pool), (0, 0, 0));
	});
}

#[test]
fn bookings_during_a_settlement_should_not_change_it() {
	let undisturbed = settled_with(Weight::from_parts(500_000_000_000, u64::MAX)).1;
	build_and_execute(platform(), || {
		GuaranteedWeight::set(Weight::from_parts(1, 0));
		a_busy_month();
		block_at(APRIL_FIRST);
		for asset in (0..2_000).map(|number| number * 7 % 1_200) {
			book(asset, U, 1);
			block_at(APRIL_FIRST);
		}
		assert_eq!(outcome().0, undisturbed.0);
		assert_eq!(outcome().1, undisturbed.1);
	});
}
