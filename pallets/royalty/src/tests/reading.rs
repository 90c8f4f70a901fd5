use super::mock::*;
use frame_support::{
	assert_ok,
	storage::{TransactionOutcome, with_transaction_unchecked},
	weights::Weight,
};
use heirloom_primitives::{Estimate, Quality, U};
use std::collections::BTreeSet;

/// The annotator's example: 1.8 of 13.5 of 15,000 U, and 400.000007 U of call fees.
fn worked_example() -> Vec<FakeAsset> {
	let mut ct = root();
	ct.facts.quality = Some(Quality { bps: 9_800, attested: true });
	let mut peer = root();
	peer.facts.quality = Some(Quality { bps: 8_600, attested: true });
	vec![ct, peer, child(&[0, 1]), child(&[0])]
}

#[test]
fn statement_should_show_how_its_weight_came_about() {
	build_and_execute(worked_example(), || {
		book(0, 400 * U, 37);
		assert_ok!(report(2, 1_000 * U));
		settle_from(APRIL_FIRST);
		let view = Royalty::statement(0, MARCH).unwrap();
		let weight = view.weight.unwrap();
		assert_eq!((weight.average, weight.parts.quality), (Some(9_200), 3_000));
		// Three of four have fewer units: 10,000 × (2 × 3 + 1) / 8.
		assert_eq!((weight.rank, weight.parts.usage), (8_750, 3_750));
		assert_eq!(Some(weight.parts.weight), view.statement.weight);
		assert_eq!(view.units, Some(37));
	});
}

#[test]
fn lines_should_add_up_to_the_share() {
	build_and_execute(worked_example(), || {
		assert_ok!(report(2, 1_000 * U));
		assert_ok!(report(3, 77 * U + 7));
		settle_from(APRIL_FIRST);
		let statement = Royalty::statement(0, MARCH).unwrap().statement;
		let lines = Royalty::statement_lines(0, MARCH, 0, 10).unwrap();
		assert_eq!(lines.next, None);
		assert_eq!(lines.items.iter().map(|line| line.descendant).collect::<Vec<_>>(), [2, 3]);
		let rates: u128 = lines.items.iter().map(|line| line.rate_per_weight).sum();
		assert_eq!((u128::from(statement.weight.unwrap()) * rates) >> 48, statement.shared);
	});
}

#[test]
fn lines_should_come_in_pages() {
	build_and_execute(worked_example(), || {
		assert_ok!(report(2, 1_000 * U));
		assert_ok!(report(3, 77 * U));
		settle_from(APRIL_FIRST);
		let first = Royalty::statement_lines(0, MARCH, 0, 1).unwrap();
		assert_eq!((first.items.len(), first.next), (1, Some(3)));
		let second = Royalty::statement_lines(0, MARCH, 3, 1).unwrap();
		assert_eq!((second.items[0].descendant, second.next), (3, None));
	});
}

#[test]
fn nothing_should_be_stated_of_an_open_period() {
	build_and_execute(worked_example(), || {
		assert_ok!(report(2, U));
		assert_eq!(Royalty::statement(0, MARCH), None);
		assert_eq!(Royalty::statement_lines(0, MARCH, 0, 10), None);
		assert_eq!(Royalty::period(MARCH), None);
	});
}

#[test]
fn estimate_should_be_what_the_settlement_pays() {
	build_and_execute(worked_example(), || {
		book(0, 400 * U, 37);
		book(2, 9 * U, 3);
		assert_ok!(report(2, 1_000 * U));
		assert_ok!(report(3, 77 * U));
		let estimates: Vec<_> = (0..4).map(|asset| Royalty::estimate(asset).unwrap()).collect();
		settle_from(APRIL_FIRST);
		for (asset, estimate) in estimates.into_iter().enumerate() {
			let Some(view) = Royalty::statement(asset as u32, MARCH) else {
				assert_eq!(estimate.shared + estimate.call_fees, 0);
				continue;
			};
			assert_eq!(estimate.shared, view.statement.shared);
			assert_eq!(estimate.call_fees, view.statement.call_fees);
			if let Some(weight) = view.weight {
				assert_eq!(estimate.weight, Some(weight));
			}
		}
	});
}

#[test]
fn estimate_should_be_none_for_an_unknown_asset() {
	build_and_execute(vec![root()], || assert_eq!(Royalty::estimate(1), None));
}

#[test]
fn estimate_should_leave_state_as_it_is() {
	build_and_execute(worked_example(), || {
		book(0, 400 * U, 37);
		assert_ok!(report(2, 1_000 * U));
		let root = || sp_io::storage::root(sp_runtime::StateVersion::V1);
		let before = root();
		assert!(Royalty::estimate(0).is_some());
		assert_eq!(root(), before);
	});
}

#[test]
fn shares_of_an_estimate_should_not_see_a_settlement_under_way() {
	build_and_execute(worked_example(), || {
		GuaranteedWeight::set(Weight::from_parts(1, 0));
		book(0, 400 * U, 37);
		assert_ok!(report(2, 1_000 * U));
		block_at(APRIL_FIRST);
		book(0, U, 1);
		assert_ok!(report(2, 15 * U));
		let estimate = || {
			let Estimate { period, gross, shared, call_fees, .. } = Royalty::estimate(0).unwrap();
			(period, gross, shared, call_fees)
		};
		let expected = estimate();
		assert_eq!((expected.0, expected.1, expected.3), (MARCH.plus(1), U, U));
		assert!(expected.2 > 0);
		let mut phases = BTreeSet::new();
		while let Some(settling) = Royalty::progress().settling {
			phases.insert(format!("{:?}", settling.phase));
			assert_eq!(estimate(), expected, "{settling:?}");
			block_at(APRIL_FIRST + 6_000 * System::block_number());
		}
		assert!(phases.len() > 4, "{phases:?}");
		assert_eq!(Royalty::progress().settled, Some(MARCH));
	});
}

#[test]
fn nothing_should_be_prepared_in_a_chains_own_state() {
	build_and_execute(worked_example(), || {
		GuaranteedWeight::set(Weight::from_parts(1, 0));
		assert_ok!(report(2, U));
		assert_eq!(Royalty::prepared_estimate(0), None);
		block_at(APRIL_FIRST);
		let mut phases = BTreeSet::new();
		while let Some(settling) = Royalty::progress().settling {
			phases.insert(format!("{:?}", settling.phase));
			assert_eq!(Royalty::prepared_estimate(0), None, "{settling:?}");
			block_at(APRIL_FIRST + 6_000 * System::block_number());
		}
		assert!(phases.contains("Due"), "{phases:?}");
		let prepared = with_transaction_unchecked(|| {
			Royalty::prepare_estimates();
			TransactionOutcome::Rollback(Royalty::prepared_estimate(0))
		});
		assert_eq!(prepared.map(|estimate| estimate.period), Some(MARCH.plus(1)));
	});
}
