//! Laws on random months: the pallet equals the pure model, and nothing is lost.

use super::mock::*;
use crate::Reports;
use frame_support::weights::Weight;
use heirloom_primitives::{AssetFacts, AssetId, Kind, MicroU, Quality};
use heirloom_scenario::model;
use proptest::{collection::vec, option, prelude::*, sample::Index};
use std::collections::BTreeSet;

/// A month that a test can play on the pallet and on the model.
#[derive(Clone, Debug)]
pub struct Month {
	pub assets: Vec<FakeAsset>,
	/// Asset, fee in all, units that count.
	pub calls: Vec<(AssetId, MicroU, u64)>,
	/// Asset, amount.
	pub revenue: Vec<(AssetId, MicroU)>,
}

fn any_facts() -> impl Strategy<Value = AssetFacts> {
	let kind = prop_oneof![Just(Kind::Data), Just(Kind::Model), Just(Kind::Script)];
	let quality =
		option::of((0u16..=10_000, any::<bool>()).prop_map(|(bps, attested)| Quality { bps, attested }));
	let rate = option::weighted(0.8, 0u16..=10_000);
	let impact = prop_oneof![Just(0), 0u16..=10_000];
	(kind, prop::bool::weighted(0.85), rate, quality, impact, 0u32..6).prop_map(
		|(kind, active, share_rate, quality, impact, age)| AssetFacts {
			kind,
			active,
			share_rate,
			quality,
			impact,
			minted: MARCH.minus(age).unwrap(),
		},
	)
}

fn any_asset() -> impl Strategy<Value = (AssetFacts, Vec<Index>, AccountId)> {
	(any_facts(), vec(any::<Index>(), 0..5), 0..20u64)
}

/// Amounts from a micro-U to a thousand million U.
fn any_amount() -> impl Strategy<Value = MicroU> {
	prop_oneof![1..100u128, 1..10_000_000_000u128, 1..1_000_000_000_000_000u128]
}

pub fn any_month() -> impl Strategy<Value = Month> {
	let calls = vec((any::<Index>(), any_amount(), 0u64..50), 0..40);
	let revenue = vec((any::<Index>(), any_amount()), 0..15);
	(vec(any_asset(), 1..40), calls, revenue).prop_map(|(assets, calls, revenue)| {
		let number = assets.len();
		let assets = assets.into_iter().enumerate().map(|(child, (facts, parents, payee))| {
			let parents: BTreeSet<AssetId> =
				parents.iter().filter(|_| child > 0).map(|parent| parent.index(child) as AssetId).collect();
			FakeAsset { facts, parents: parents.into_iter().collect(), payee, remembered: None }
		});
		let pick = |index: Index| index.index(number) as AssetId;
		Month {
			assets: assets.collect(),
			calls: calls.into_iter().map(|(asset, fee, units)| (pick(asset), fee, units)).collect(),
			revenue: revenue.into_iter().map(|(asset, amount)| (pick(asset), amount)).collect(),
		}
	})
}

/// Plays a month up to its close. Revenue that would reach nobody is refused, as on a chain, and left out.
pub fn play(month: &mut Month) {
	for (asset, fee, units) in &month.calls {
		book(*asset, *fee, *units);
	}
	month.revenue.retain(|(asset, amount)| report(*asset, *amount).is_ok());
}

pub fn settle_by_model(month: &Month, version: model::Version, carried: &[MicroU]) -> model::Settlement {
	let asset = |(asset, fake): (usize, &FakeAsset)| model::Asset {
		kind: match fake.facts.kind {
			Kind::Data => model::Kind::Data,
			Kind::Model => model::Kind::Model,
			Kind::Script => model::Kind::Script,
		},
		minted: fake.facts.minted.0,
		active: fake.facts.active,
		share_rate: fake.facts.share_rate.map(u32::from),
		quality: fake
			.facts
			.quality
			.map(|quality| model::Quality { bps: quality.bps.into(), attested: quality.attested }),
		impact: fake.facts.impact.into(),
		parents: fake.parents.iter().map(|parent| *parent as usize).collect(),
		carried_in: carried.get(asset).copied().unwrap_or_default(),
	};
	let settled = model::settle(&model::Month {
		version,
		period: MARCH.0,
		assets: month.assets.iter().enumerate().map(asset).collect(),
		calls: month
			.calls
			.iter()
			.map(|(asset, fee, units)| model::Call {
				asset: *asset as usize,
				fee: *fee,
				units: *units,
				own: false,
			})
			.collect(),
		revenue: month
			.revenue
			.iter()
			.map(|(asset, amount)| model::Revenue { asset: *asset as usize, amount: *amount })
			.collect(),
	});
	settled.unwrap()
}

fn assert_equals_model(month: &Month, settled: &model::Settlement) {
	for asset in 0..month.assets.len() {
		let stated = Royalty::stated(asset as AssetId, MARCH);
		let row = settled.row(asset);
		let stated = stated.map(|stated| (stated.shared, stated.call_fees, stated.paid, stated.carried_out));
		let expected = row.map(|row| (row.shared, row.call_fees, row.paid, row.carried));
		// Of a pot of a single micro-U nothing reaches an ancestor: the model has a row of zeros, the chain none.
		assert_eq!(stated.unwrap_or_default(), expected.unwrap_or_default(), "asset {asset}");
		let weight = Royalty::stated(asset as AssetId, MARCH).and_then(|stated| stated.weight);
		if let (Some(weight), Some(row)) = (weight, row) {
			assert_eq!(Some(u32::from(weight)), row.weight.as_ref().map(|weight| weight.bps));
		}
	}
	let report = Reports::<Test>::get(MARCH).unwrap();
	let totals = &settled.totals;
	assert_eq!(
		(report.revenue, report.call_fees, report.pool, report.paid, report.carried_out),
		(totals.revenue, totals.call_fees, totals.pool, totals.paid, totals.carried)
	);
	assert_eq!((report.active, report.pairs, report.pots), (totals.active, totals.pairs, totals.pots));
	assert_eq!(report.averages.map(|average| average.map(u32::from)), totals.averages);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(192))]

	#[test]
	fn pallet_should_equal_the_model(mut month in any_month(), budget in 1u64..200_000_000_000) {
		build_and_execute(month.assets.clone(), || {
			play(&mut month);
			GuaranteedWeight::set(Weight::from_parts(budget, u64::MAX));
			settle_from(APRIL_FIRST);
			assert_equals_model(&month, &settle_by_model(&month, model::Version::V1, &[]));
		});
	}

	#[test]
	fn pallet_should_equal_the_model_by_the_second_version(mut month in any_month(), budget in 1u64..200_000_000_000) {
		build_by_second(month.assets.clone(), || {
			play(&mut month);
			GuaranteedWeight::set(Weight::from_parts(budget, u64::MAX));
			settle_from(APRIL_FIRST);
			assert_equals_model(&month, &settle_by_model(&month, model::Version::V2, &[]));
		});
	}

	#[test]
	fn lines_should_add_up_to_the_share_by_the_second_version(mut month in any_month()) {
		build_by_second(month.assets.clone(), || {
			play(&mut month);
			settle_from(APRIL_FIRST);
			for asset in 0..month.assets.len() as AssetId {
				let lines = Royalty::statement_lines(asset, MARCH, 0, 1_000).unwrap();
				let rates = lines.items.iter().map(|line| line.rate_per_weight).sum::<u128>();
				let stated = Royalty::stated(asset, MARCH);
				let (weight, shared) = stated.map_or((None, 0), |stated| (stated.weight, stated.shared));
				assert_eq!((u128::from(weight.unwrap_or_default()) * rates) >> 48, shared, "asset {asset}");
			}
		});
	}

	#[test]
	fn money_in_should_be_paid_carried_and_pool(mut month in any_month()) {
		build_and_execute(month.assets.clone(), || {
			play(&mut month);
			let came_in = in_pot();
			settle_from(APRIL_FIRST);
			let report = Reports::<Test>::get(MARCH).unwrap();
			assert_eq!(came_in, report.paid + report.carried_out + report.pool);
			assert_eq!(in_pot(), report.carried_out);
			assert_eq!(earned(POOL), report.pool);
		});
	}

	#[test]
	fn work_split_over_blocks_should_change_nothing(mut month in any_month(), budget in 1u64..100_000_000_000) {
		let settle = |month: &mut Month, budget| {
			let mut outcome = None;
			build_and_execute(month.assets.clone(), || {
				play(month);
				GuaranteedWeight::set(Weight::from_parts(budget, u64::MAX));
				settle_from(APRIL_FIRST);
				let balances: Vec<MicroU> = (0..20).chain([POOL, POT]).map(|who| Assets::balance(U_ID, who)).collect();
				outcome = Some((statements(MARCH), balances));
			});
			outcome.unwrap()
		};
		prop_assert_eq!(settle(&mut month, 500_000_000_000), settle(&mut month, budget));
	}

	#[test]
	fn second_month_should_begin_with_what_was_carried(mut first in any_month(), amount in any_amount()) {
		build_and_execute(first.assets.clone(), || {
			play(&mut first);
			settle_from(APRIL_FIRST);
			let carried = Reports::<Test>::get(MARCH).unwrap().carried_out;
			book(0, amount, 1);
			settle_from(APRIL_FIRST + 31 * 24 * 3_600_000);
			let second = Reports::<Test>::get(MARCH.plus(1)).unwrap();
			assert_eq!(second.carried_in, carried);
			assert_eq!(amount + carried, second.paid + second.carried_out + second.pool);
		});
	}
}
