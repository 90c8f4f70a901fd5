//! Attacks on the money do not pay by the second version of the formula, or are said to.

use heirloom_scenario::{
	Scenario,
	gaming::{Attack, Error, PLANS, Platform, play},
	model::{Version, settle},
};
use std::path::{Path, PathBuf};

fn project() -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(name: &str) -> Scenario {
	Scenario::read(&project().join("scenarios").join(name)).unwrap_or_else(|error| panic!("{error}"))
}

fn attacks() -> Vec<Attack> {
	play(&read("march-2026")).unwrap()
}

fn named(attacks: &[Attack], name: &str) -> Attack {
	attacks.iter().find(|attack| attack.plan.name.contains(name)).unwrap().clone()
}

#[test]
fn attack_pays_only_where_it_is_said_to() {
	for attack in attacks() {
		let [_, net] = attack.nets();
		assert_eq!(net > 0, attack.plan.still_pays, "{}: {net}", attack.plan.name);
	}
}

#[test]
fn parents_of_ones_own_gain_less_than_they_cost_in_a_single_month() {
	let attacks = attacks();
	for name in ["five parents of one's own, under", "as many parents", "put in between"] {
		let Attack { costs, gains: [first, second], .. } = named(&attacks, name);
		assert!(first.max(0) >= second && second <= costs.once(), "{name}: {first}, {second}");
	}
	assert!(named(&attacks, "five parents of one's own, under").gains[0] > 4_000_000_000);
}

#[test]
fn annotator_keeps_what_is_theirs_under_attack() {
	let scenario = read("march-2026");
	let plan = PLANS.iter().find(|plan| plan.name.starts_with("five parents of one's own, under")).unwrap();
	let shared = |version| {
		let attacked = (plan.attack)(Platform::new(&scenario, version)).unwrap().platform;
		let annotated = attacked.position("CT-2025-0312").unwrap();
		settle(&attacked.month).unwrap().row(annotated).unwrap().shared
	};
	assert!(shared(Version::V1) < 960_000_000);
	// Five more assets in use move everybody's rank by a little.
	assert!(shared(Version::V2).abs_diff(1_600_000_000) < 1_000_000);
}

#[test]
fn rules_are_shown_by_tests_that_there_are() {
	for plan in PLANS {
		let (part, test) = plan.shown_by.split_once(' ').unwrap();
		let (file, test) = test.split_once("::").unwrap();
		let directory = match part {
			"runtime" => "runtime/tests/it".to_owned(),
			"primitives" => "primitives/src".to_owned(),
			pallet => format!("pallets/{pallet}/src/tests"),
		};
		let file = project().join(directory).join(file).with_extension("rs");
		let source = std::fs::read_to_string(&file).unwrap();
		assert!(source.contains(&format!("fn {test}()")), "{} has no {test}", file.display());
	}
}

#[test]
fn scenario_without_the_worked_example_is_refused() {
	assert_eq!(play(&read("edge-cases")).unwrap_err(), Error::NobodyToPlay("COMPANY-A-LUNG-1"));
}
