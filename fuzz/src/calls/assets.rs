//! Calls about assets: minting, using, deriving, owning, reporting, claiming.

use super::rarely;
use crate::pick::{account, address, asset, bytes, derivation, micro_u, one_of, permit, units};
use arbitrary::{Result, Unstructured};
use frame_support::BoundedVec;
use heirloom_primitives::{AssetId, Bps, Evidence, Kind, MicroU, PermitId, Purpose, Relation, Terms, U};
use heirloom_runtime::{Runtime, RuntimeCall};
use pallet_lineage::{AssetDraft, COLLECTION, Call, NextAssetId};

pub fn call(source: &mut Unstructured) -> Result<RuntimeCall> {
	let call: Call<Runtime> = match one_of(source, 24)? {
		0..=2 => Call::mint { draft: draft(source)? },
		3..=5 => Call::open_derivation {},
		6..=12 => return used(source),
		13..=15 => Call::mint_derived {
			derivation: derivation(source)?,
			draft: draft(source)?,
			permits: permits(source)?,
		},
		16 => Call::buy { asset: asset(source)?, max_price: micro_u(source)?.saturating_add(25 * U) },
		17 => {
			let payee = if rarely(source, 4)? { None } else { Some(address(source)?) };
			Call::set_payee { asset: asset(source)?, payee }
		}
		18 => Call::set_call_fee { asset: asset(source)?, call_fee: micro_u(source)? },
		19 => Call::set_terms { asset: asset(source)?, terms: terms(source)? },
		20 => Call::close_derivation { derivation: derivation(source)? },
		21 => return royalty(source),
		_ => return item(source),
	};
	Ok(call.into())
}

pub fn kind(source: &mut Unstructured) -> Result<Kind> {
	source.choose(&Kind::ALL).copied()
}

pub fn purpose(source: &mut Unstructured) -> Result<Purpose> {
	let purposes = [Purpose::Inference, Purpose::Training, Purpose::FineTuning, Purpose::Evaluation];
	source.choose(&purposes).copied()
}

pub fn relation(source: &mut Unstructured) -> Result<Relation> {
	let relations = [Relation::TrainedOn, Relation::Finetune, Relation::Merge, Relation::EvaluatedWith];
	source.choose(&relations).copied()
}

fn bps(source: &mut Unstructured) -> Result<Bps> {
	let any: Bps = source.arbitrary()?;
	Ok(if rarely(source, 8)? { any } else { any % 10_001 })
}

pub fn maybe_bps(source: &mut Unstructured) -> Result<Option<Bps>> {
	Ok(if rarely(source, 2)? { Some(bps(source)?) } else { None })
}

fn terms(source: &mut Unstructured) -> Result<Terms> {
	Ok(if rarely(source, 3)? {
		Terms::Buyout { price: micro_u(source)? }
	} else {
		Terms::Share { rate: bps(source)? }
	})
}

/// A draft with a new name mostly, of a medical domain at times.
fn draft(source: &mut Unstructured) -> Result<AssetDraft> {
	let handle = if rarely(source, 8)? {
		bytes(source, 80)?
	} else {
		format!("A{}", NextAssetId::<Runtime>::get()).into_bytes()
	};
	let domain = if rarely(source, 4)? { Some(u16::from(one_of(source, 10)?)) } else { None };
	Ok(AssetDraft {
		handle: handle.try_into().unwrap_or_default(),
		kind: kind(source)?,
		content: Default::default(),
		domain,
		scenario: Default::default(),
		evidence: Evidence { accuracy: maybe_bps(source)?, speed_gain: None },
		terms: terms(source)?,
		call_fee: micro_u(source)?,
		quality: maybe_bps(source)?,
	})
}

type Permits = BoundedVec<(PermitId, Relation), <Runtime as pallet_lineage::Config>::MaxParents>;

fn permits(source: &mut Unstructured) -> Result<Permits> {
	let mut permits = Vec::new();
	for _ in 0..one_of(source, 3)? {
		permits.push((permit(source)?, relation(source)?));
	}
	Ok(permits.try_into().unwrap_or_default())
}

/// A use that costs what it may, under a derivation at times.
fn used(source: &mut Unstructured) -> Result<RuntimeCall> {
	let asset = asset(source)?;
	let units = units(source)?;
	let derivation = if rarely(source, 2)? { Some((derivation(source)?, relation(source)?)) } else { None };
	let max_fee = if rarely(source, 8)? { micro_u(source)? } else { price(asset, units) };
	Ok(Call::call { asset, units, purpose: purpose(source)?, max_fee, derivation }.into())
}

fn price(asset: AssetId, units: u64) -> MicroU {
	let fee = pallet_lineage::Assets::<Runtime>::get(asset).map_or(U, |record| record.call_fee);
	fee.saturating_mul(units.into())
}

fn royalty(source: &mut Unstructured) -> Result<RuntimeCall> {
	let call: pallet_royalty::Call<Runtime> = if rarely(source, 4)? {
		pallet_royalty::Call::claim { payee: address(source)? }
	} else {
		pallet_royalty::Call::report_revenue { asset: asset(source)?, amount: micro_u(source)? }
	};
	Ok(call.into())
}

/// An asset's item changes hands.
fn item(source: &mut Unstructured) -> Result<RuntimeCall> {
	let (collection, item) = (COLLECTION, asset(source)?);
	let call: pallet_nfts::Call<Runtime> = match one_of(source, 5)? {
		0..=1 => pallet_nfts::Call::transfer { collection, item, dest: address(source)? },
		2 => pallet_nfts::Call::approve_transfer {
			collection,
			item,
			delegate: account(source)?.into(),
			maybe_deadline: None,
		},
		3 => pallet_nfts::Call::cancel_approval { collection, item, delegate: address(source)? },
		_ => pallet_nfts::Call::clear_all_transfer_approvals { collection, item },
	};
	Ok(call.into())
}
