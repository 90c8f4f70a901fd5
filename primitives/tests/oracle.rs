//! The arithmetic of this crate, put together as a settlement does it, against the independent model and against what
//! the reference wrote down for the scenarios.

use heirloom_primitives::{
	AssetFacts, Bps, FormulaVersion, Heirs, Kind, MicroU, Period, Quality, WeightInput, ancestors_part,
	average, rank, rate_per_weight, share, split, weigh, whole_cents,
};
use heirloom_scenario::{Scenario, model};
use proptest::{collection::vec, prelude::*};
use std::{collections::BTreeMap, path::Path};

/// What the two sides are compared by, by position of the asset.
type Rows = BTreeMap<usize, Row>;

/// Weight, shared, call fees, paid, carried.
type Row = (Option<Bps>, MicroU, MicroU, MicroU, MicroU);

fn facts(asset: &model::Asset) -> AssetFacts {
	let bps = |number: u32| Bps::try_from(number).unwrap();
	AssetFacts {
		kind: match asset.kind {
			model::Kind::Data => Kind::Data,
			model::Kind::Model => Kind::Model,
			model::Kind::Script => Kind::Script,
		},
		active: asset.active,
		share_rate: asset.share_rate.map(bps),
		quality: asset.quality.map(|quality| Quality { bps: bps(quality.bps), attested: quality.attested }),
		impact: bps(asset.impact),
		minted: Period(asset.minted),
	}
}

/// A month as the functions of this crate settle it.
struct Settled {
	rows: Rows,
	pool: MicroU,
}

fn settle(month: &model::Month) -> Settled {
	let formula = match month.version {
		model::Version::V1 => FormulaVersion::V1,
		model::Version::V2 => FormulaVersion::V2,
	}
	.formula();
	let facts: Vec<_> = month.assets.iter().map(facts).collect();
	let eligible: Vec<Vec<usize>> = model::ancestors(&month.assets)
		.unwrap()
		.into_iter()
		.map(|ancestors| {
			ancestors.into_iter().filter(|asset| facts[*asset].eligible_rate().is_some()).collect()
		})
		.collect();

	let (mut gross, mut reported, mut units) =
		(vec![0; facts.len()], vec![0; facts.len()], vec![0u64; facts.len()]);
	for call in &month.calls {
		gross[call.asset] += call.fee;
		units[call.asset] += if call.fee > 0 && !call.own { call.units } else { 0 };
	}
	for revenue in &month.revenue {
		reported[revenue.asset] += revenue.amount;
	}

	let count = |is: &dyn Fn(usize) -> bool| {
		u32::try_from((0..facts.len()).filter(|asset| facts[*asset].active && is(*asset)).count()).unwrap()
	};
	let weight = |asset: usize| {
		let attested = facts
			.iter()
			.filter(|other| other.active && other.kind == facts[asset].kind)
			.filter_map(|other| {
				other.quality.filter(|quality| quality.attested).map(|quality| u64::from(quality.bps))
			});
		let attested: Vec<_> = attested.collect();
		let input = WeightInput {
			quality: facts[asset].quality,
			average: average(attested.iter().sum(), u32::try_from(attested.len()).unwrap()),
			rank: rank(
				count(&|other| units[other] < units[asset]),
				count(&|other| units[other] == units[asset]),
				count(&|_| true),
			),
			impact: facts[asset].impact,
			minted: facts[asset].minted,
		};
		weigh(&formula, &input, Period(month.period)).weight
	};

	let mut weights: Vec<Option<Bps>> = vec![None; facts.len()];
	let all_weights: Vec<_> = (0..facts.len()).map(weight).collect();
	let (mut rates, mut own, mut pots) = (vec![0; facts.len()], vec![0; facts.len()], 0);
	for asset in 0..facts.len() {
		let mut heirs = Heirs::default();
		for &ancestor in &eligible[asset] {
			heirs.add(all_weights[ancestor], facts[ancestor].standing().unwrap());
		}
		let split = split(gross[asset], reported[asset], heirs.highest_rate).unwrap();
		own[asset] = split.own;
		pots += split.pot;
		if split.pot == 0 {
			continue;
		}
		let rate = rate_per_weight(&formula, split.pot, heirs.total(&formula)).unwrap();
		for &ancestor in &eligible[asset] {
			if heirs.includes(&formula, facts[ancestor].is_proven()) {
				weights[ancestor] = Some(all_weights[ancestor]);
				rates[ancestor] += rate;
			}
		}
	}

	let mut settled = Settled { rows: Rows::new(), pool: pots };
	for (asset, facts) in month.assets.iter().enumerate() {
		let shared = weights[asset].map_or(0, |weight| share(weight, rates[asset]).unwrap());
		let (paid, carried) = whole_cents(shared + own[asset] + facts.carried_in);
		settled.pool -= shared;
		if weights[asset].is_some() || paid + carried > 0 {
			settled.rows.insert(asset, (weights[asset], shared, own[asset], paid, carried));
		}
	}
	settled
}

fn rows_of_model(settled: &model::Settlement) -> Rows {
	let row = |row: &model::Row| {
		let weight = row.weight.map(|weight| Bps::try_from(weight.bps).unwrap());
		(row.asset, (weight, row.shared, row.call_fees, row.paid, row.carried))
	};
	settled.rows.iter().map(row).collect()
}

fn settles_as_expected(name: &str) {
	let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
	let scenario = Scenario::read(&scenarios.join(name)).unwrap_or_else(|error| panic!("{error}"));
	let settled = settle(&scenario.month());
	let expected = scenario.expected.as_ref().unwrap();
	for expected in &expected.rows {
		let weight = expected.weight.map(|weight| Bps::try_from(weight).unwrap());
		let row = (weight, expected.shared, expected.call_fees, expected.paid, expected.carried);
		assert_eq!(
			settled.rows.get(&expected.asset),
			Some(&row),
			"{}",
			scenario.assets[expected.asset].handle
		);
	}
	assert_eq!(settled.rows.len(), expected.rows.len());
	assert_eq!(settled.pool, expected.totals.as_ref().unwrap().pool);
}

#[test]
fn march_2026_settles_as_the_reference() {
	settles_as_expected("march-2026");
}

#[test]
fn edge_cases_settle_as_the_reference() {
	settles_as_expected("edge-cases");
}

#[test]
fn huggingface_2025_04_settles_as_the_reference() {
	settles_as_expected("huggingface-2025-04");
}

#[test]
fn proven_first_settles_as_the_reference() {
	settles_as_expected("proven-first");
}

fn version() -> impl Strategy<Value = model::Version> {
	prop::sample::select(vec![model::Version::V1, model::Version::V2])
}

prop_compose! {
	fn asset(position: usize)(
		kind in prop::sample::select(model::Kind::ALL.to_vec()), minted in 24_308u32..24_316,
		active in prop::bool::weighted(0.9), share_rate in prop::option::weighted(0.8, 0u32..=10_000),
		bps in prop::option::of(0u32..=10_000), attested: bool, impact in prop_oneof![Just(0), 0u32..=10_000], carried_in in 0u128..10_000,
		parents in vec(0..position.max(1), 0..4),
	) -> model::Asset {
		let quality = bps.map(|bps| model::Quality { bps, attested });
		let parents = if position == 0 { Vec::new() } else { parents };
		model::Asset { kind, minted, active, share_rate, quality, impact, parents, carried_in }
	}
}

fn month() -> impl Strategy<Value = model::Month> {
	(1usize..60).prop_flat_map(|count| {
		let assets = (0..count).map(asset).collect::<Vec<_>>();
		let call = (0..count, 0u128..1_000_000_000_000, 0u64..1_000, any::<bool>());
		let call = call.prop_map(|(asset, fee, units, own)| model::Call { asset, fee, units, own });
		let revenue = (0..count, 1u128..1_000_000_000_000_000_000);
		let revenue = revenue.prop_map(|(asset, amount)| model::Revenue { asset, amount });
		let period = 24_314;
		(version(), assets, vec(call, 0..80), vec(revenue, 0..30)).prop_map(
			move |(version, assets, calls, revenue)| model::Month { version, period, assets, calls, revenue },
		)
	})
}

proptest! {
	#[test]
	fn settlement_equals_the_model(month in month()) {
		let expected = model::settle(&month).unwrap();
		let settled = settle(&month);
		prop_assert_eq!(&settled.rows, &rows_of_model(&expected));
		prop_assert_eq!(settled.pool, expected.totals.pool);
	}

	#[test]
	fn money_in_is_paid_carried_or_the_pools(month in month()) {
		let money_in = month.calls.iter().map(|call| call.fee).sum::<u128>()
			+ month.revenue.iter().map(|revenue| revenue.amount).sum::<u128>()
			+ month.assets.iter().map(|asset| asset.carried_in).sum::<u128>();
		let settled = settle(&month);
		let money_out = settled.rows.values().map(|(_, _, _, paid, carried)| paid + carried).sum::<u128>();
		prop_assert_eq!(money_in, money_out + settled.pool);
	}

	#[test]
	fn pool_gets_its_part_of_every_pot(month in month()) {
		let formula = FormulaVersion::V1.formula();
		let pots = model::settle(&month).unwrap().pots;
		let part = pots.iter().map(|pot| pot.amount - ancestors_part(&formula, pot.amount).unwrap()).sum::<u128>();
		prop_assert!(settle(&month).pool >= part);
	}
}
