//! The pallet settles the scenarios as their `expected.csv` says, row by row.

use super::mock::*;
use crate::{CurrentRule, Reports, Rule};
use chrono::{DateTime, Months, Utc};
use heirloom_primitives::{AssetFacts, AssetId, FormulaVersion, Kind, Moment, Period, Quality, Schedule};
use heirloom_scenario::{Scenario, Status, Terms, model};
use std::path::Path;

fn facts(asset: &heirloom_scenario::Asset) -> AssetFacts {
	let bps = |number: u32| u16::try_from(number).unwrap();
	AssetFacts {
		kind: match asset.kind {
			model::Kind::Data => Kind::Data,
			model::Kind::Model => Kind::Model,
			model::Kind::Script => Kind::Script,
		},
		// Status is that at the close: during the month it could be called.
		active: true,
		share_rate: match asset.terms {
			Terms::Share { rate } => Some(bps(rate)),
			Terms::Buyout { .. } => None,
		},
		quality: asset.quality.map(|quality| Quality { bps: bps(quality.bps), attested: quality.attested }),
		impact: bps(asset.impact),
		minted: Period(asset.minted.0),
	}
}

/// The first moment of a period, by an arithmetic that is not the pallet's.
fn first_moment(period: Period) -> Moment {
	let first = format!("{period}-01T00:00:00Z").parse::<DateTime<Utc>>().unwrap();
	first.timestamp_millis().try_into().unwrap()
}

fn next_month(period: Period) -> Moment {
	let first = format!("{period}-01T00:00:00Z").parse::<DateTime<Utc>>().unwrap();
	(first + Months::new(1)).timestamp_millis().try_into().unwrap()
}

fn settles_as_expected(name: &str) {
	let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name);
	let scenario = Scenario::read(&directory).unwrap();
	let period = Period(scenario.period.0);
	let assets = scenario.assets.iter().map(|asset| FakeAsset {
		facts: facts(asset),
		parents: asset.parents.iter().map(|edge| edge.parent as AssetId).collect(),
		payee: 10,
		remembered: None,
	});
	build_with(Schedule::Calendar, first_moment(period), assets.collect(), || {
		let formula = match scenario.formula {
			model::Version::V1 => FormulaVersion::V1,
			model::Version::V2 => FormulaVersion::V2,
		};
		CurrentRule::<Test>::put(Rule { current: formula, next: None });
		for call in &scenario.calls {
			let own = call.caller == scenario.assets[call.asset].creator;
			let fee = scenario.fee(call).unwrap();
			if fee > 0 {
				book(call.asset as AssetId, fee, if own { 0 } else { call.units });
			}
		}
		for revenue in &scenario.revenue {
			report(revenue.asset as AssetId, revenue.amount).unwrap();
		}
		for (asset, stated) in scenario.assets.iter().enumerate() {
			Fake::change(asset as AssetId, |fake| fake.facts.active = stated.status == Status::Active);
		}
		settle_from(next_month(period));

		let expected = scenario.expected.as_ref().unwrap();
		let mut named = vec![false; scenario.assets.len()];
		for row in &expected.rows {
			named[row.asset] = true;
			let handle = &scenario.assets[row.asset].handle;
			let stated = Royalty::stated(row.asset as AssetId, period);
			let stated = stated.map(|stated| {
				(
					stated.weight.map(u32::from),
					stated.shared,
					stated.call_fees,
					stated.paid,
					stated.carried_out,
				)
			});
			let row = (row.weight, row.shared, row.call_fees, row.paid, row.carried);
			assert_eq!(stated, Some(row), "{handle}");
		}
		for (asset, named) in named.into_iter().enumerate() {
			let stated = Royalty::stated(asset as AssetId, period).is_some();
			assert_eq!(stated, named, "{}", scenario.assets[asset].handle);
		}
		let totals = expected.totals.as_ref().unwrap();
		let report = Reports::<Test>::get(period).unwrap();
		assert_eq!(
			(report.revenue, report.call_fees, report.pool, report.paid, report.carried_out),
			(totals.revenue, totals.call_fees, totals.pool, totals.paid, totals.carried)
		);
		assert_eq!(
			(report.assets, report.active, report.pairs),
			(totals.assets, totals.active, totals.pairs)
		);
	});
}

#[test]
fn march_2026_should_settle_as_expected() {
	settles_as_expected("march-2026");
}

#[test]
fn edge_cases_should_settle_as_expected() {
	settles_as_expected("edge-cases");
}

#[test]
fn huggingface_2025_04_should_settle_as_expected() {
	settles_as_expected("huggingface-2025-04");
}

#[test]
fn proven_first_should_settle_as_expected() {
	settles_as_expected("proven-first");
}
