//! The three scenarios settle to what the reference wrote down, row by row.

use heirloom_scenario::{ExpectedRow, ExpectedTotals, Scenario, model};
use std::path::Path;

fn read(name: &str) -> Scenario {
	let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
	Scenario::read(&scenarios.join(name)).unwrap_or_else(|error| panic!("{error}"))
}

fn settles_as_expected(name: &str) {
	let scenario = read(name);
	let settled = model::settle(&scenario.month()).unwrap();
	let mut expected = scenario.expected.clone().unwrap();
	expected.rows.sort_by_key(|row| row.asset);

	for (row, expected) in settled.rows.iter().zip(&expected.rows) {
		let row = ExpectedRow {
			asset: row.asset,
			weight: row.weight.map(|weight| weight.bps),
			shared: row.shared,
			call_fees: row.call_fees,
			paid: row.paid,
			carried: row.carried,
		};
		assert_eq!(row, *expected, "{}", scenario.assets[expected.asset].handle);
	}
	assert_eq!(settled.rows.len(), expected.rows.len());
	assert_eq!(totals(&settled.totals), expected.totals.unwrap());
}

fn totals(totals: &model::Totals) -> ExpectedTotals {
	let averages = model::Kind::ALL.iter().zip(totals.averages);
	ExpectedTotals {
		assets: totals.assets,
		active: totals.active,
		pairs: totals.pairs,
		pots: totals.pots,
		revenue: totals.revenue,
		call_fees: totals.call_fees,
		pool: totals.pool,
		paid: totals.paid,
		carried: totals.carried,
		payees: totals.payees,
		average_quality_bps: averages
			.filter_map(|(kind, average)| Some((kind.word().to_owned(), average?)))
			.collect(),
	}
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

#[test]
fn annotator_gets_the_same_by_the_second_version() {
	let mut scenario = read("march-2026");
	scenario.formula = model::Version::V2;
	let settled = model::settle(&scenario.month()).unwrap();
	let row = settled.row(scenario.find("CT-2025-0312").unwrap()).unwrap();
	assert_eq!((row.weight.unwrap().bps, row.shared, row.paid), (18_000, 1_600_000_000, 2_000_000_000));
}

#[test]
fn parents_stand_before_their_children() {
	for name in ["march-2026", "edge-cases", "huggingface-2025-04", "proven-first"] {
		for (position, asset) in read(name).assets.iter().enumerate() {
			assert!(asset.parents.iter().all(|edge| edge.parent < position), "{name}: {}", asset.handle);
		}
	}
}

#[test]
fn annotators_share_is_1_8_of_13_5() {
	let scenario = read("march-2026");
	let settled = model::settle(&scenario.month()).unwrap();
	let row = settled.row(scenario.find("CT-2025-0312").unwrap()).unwrap();
	let lines: Vec<_> = settled.lines(row).collect();
	assert_eq!(row.weight.unwrap().bps, 18_000);
	assert!(lines.iter().all(|line| line.pot.total_weight == 135_000));
	assert_eq!(lines.iter().map(|line| line.pot.amount).sum::<u128>(), 15_000_000_000);
	assert_eq!(lines.iter().map(|line| line.amount).sum::<u128>(), 1_600_000_000);
}
