//! How much a permit can ask for: no more than a transaction can complete.

use crate::{
	chain::{ExtBuilder, dispatch_error, next_block, submit, submit_ok},
	sandbox::{admit_eve, complete, job, permit_for, request, set_policy},
};
use frame_support::traits::Get;
use heirloom_primitives::{AssetId, Catalogue, PermitStatus};
use heirloom_runtime::{AccountId, Lineage, Runtime, SandboxAccess, configs::MaxCompletionWeight, genesis};
use pallet_sandbox_access::{Call, Error, WeightInfo as _};
use serde_json::{Value, json};
use sp_keyring::Sr25519Keyring::{Bob, Charlie};

/// Data of Bob's, each made from the one before: the `n`th has `n` ancestors.
fn line_of_descent(length: u32) -> Value {
	let asset = |number: u32| {
		let parents = number.checked_sub(1).map(|parent| json!({ "asset": parent, "relation": "finetune" }));
		json!({
			"handle": format!("CT-{number}"),
			"kind": "data",
			"creator": Bob.to_account_id(),
			"terms": { "share": { "rate": 3_000 } },
			"callFee": "1000000",
			"quality": { "bps": 9_800, "attested": true },
			"minted": "2025-03",
			"parents": parents.into_iter().collect::<Vec<_>>(),
		})
	};
	json!({ "lineage": { "assets": (0..length).map(asset).collect::<Vec<_>>() } })
}

/// Whether a permit with these assets of a line of descent can be completed.
fn fits(assets: &[AssetId]) -> bool {
	type Weights = <Runtime as pallet_sandbox_access::Config>::WeightInfo;
	let own = Weights::complete(u32::try_from(assets.len()).unwrap());
	let settle = |ancestors: &AssetId| <Lineage as Catalogue<AccountId>>::settlement_weight(*ancestors);
	let weight = assets.iter().map(settle).fold(own, |sum, weight| sum + weight);
	weight.all_lte(MaxCompletionWeight::get())
}

/// As many assets with the most ancestors as can be used together, and then one with as many as still fit.
fn most_that_fits() -> Vec<AssetId> {
	let most: u32 = <Runtime as pallet_lineage::Config>::MaxAncestors::get();
	let mut assets: Vec<AssetId> = vec![];
	while fits(&[&assets[..], &[most - assets.len() as u32]].concat()) {
		assets.push(most - assets.len() as u32);
	}
	let ancestors: Vec<_> = (0..most - assets.len() as u32).collect();
	let too_many = ancestors.partition_point(|number| fits(&[&assets[..], &[*number]].concat()));
	assets.push(ancestors[too_many - 1]);
	assets
}

#[test]
fn permit_should_be_refused_when_no_transaction_could_complete_it() {
	let most: u32 = <Runtime as pallet_lineage::Config>::MaxAncestors::get();
	let builder = ExtBuilder::default().preset(genesis::SCENARIO).patch(line_of_descent(most + 1));
	builder.build_and_execute(|| {
		admit_eve();
		let most_that_fits = most_that_fits();
		let (last, others) = most_that_fits.split_last().unwrap();
		assert!(others.contains(&most), "an asset with the most ancestors can be used");
		let one_too_many = [others, &[last + 1]].concat();
		for asset in most_that_fits.iter().chain(&[last + 1]) {
			submit_ok(Bob, Call::<Runtime>::set_sandboxed { asset: *asset });
			set_policy(Bob, *asset);
		}
		let error = dispatch_error(submit(Charlie, request(job(&one_too_many))));
		assert_eq!(error, Error::<Runtime>::TooMuchToSettle.into());
		let permit = permit_for(&most_that_fits);
		next_block();
		complete(permit, &most_that_fits);
		assert_eq!(SandboxAccess::permit(permit).unwrap().status, PermitStatus::Completed);
	});
}
