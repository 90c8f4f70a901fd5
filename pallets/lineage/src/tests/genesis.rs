use super::mock::*;
use crate::GenesisAsset;
use heirloom_primitives::{Kind, Parent, Quality, Relation, Terms, U};

fn asset(handle: &str) -> GenesisAsset<AccountId> {
	GenesisAsset {
		handle: handle.into(),
		kind: Kind::Data,
		creator: BOB,
		content: String::new(),
		domain: Some("medical-imaging".into()),
		scenario: String::new(),
		terms: Terms::Share { rate: 10_000 },
		call_fee: 3 * U,
		quality: Some(Quality { bps: 9_800, attested: true }),
		impact: 1_200,
		minted: MARCH.minus(12).unwrap(),
		parents: Vec::new(),
	}
}

#[test]
fn genesis_assets_should_stand_as_stated() {
	let child = GenesisAsset {
		kind: Kind::Model,
		parents: vec![Parent { asset: 0, relation: Relation::TrainedOn }],
		..asset("LUNG-DX")
	};
	build_with_assets_and_execute(vec![asset("CT"), child], || {
		let (ct, lung) = (Lineage::asset(0).unwrap(), Lineage::asset(1).unwrap());
		assert_eq!((ct.owner, ct.call_fee, ct.impact, ct.children), (BOB, 3 * U, 1_200, 1));
		assert_eq!(ct.minted, MARCH.minus(12).unwrap());
		assert!(ct.sandboxed && !lung.sandboxed);
		assert_eq!((lung.ancestors, lung.generation), (1, 1));
	});
}

#[test]
#[should_panic(expected = "HandleTaken")]
fn genesis_should_refuse_a_handle_twice() {
	genesis(vec![asset("CT"), asset("CT")]);
}

#[test]
#[should_panic(expected = "NotFound")]
fn genesis_should_refuse_a_parent_that_comes_later() {
	let parents = vec![Parent { asset: 1, relation: Relation::Merge }];
	genesis(vec![GenesisAsset { parents, ..asset("A") }, asset("B")]);
}

#[test]
#[should_panic(expected = "A: a quality or impact above 100 %")]
fn genesis_should_refuse_an_impact_above_one_hundred_percent() {
	genesis(vec![GenesisAsset { impact: 10_001, ..asset("A") }]);
}

#[test]
#[should_panic(expected = "A: poetry is not in the list of domains")]
fn genesis_should_refuse_an_unknown_domain() {
	genesis(vec![GenesisAsset { domain: Some("poetry".into()), ..asset("A") }]);
}
