//! The state of a platform on the eve of two months' ends, built natively by the pallets themselves.

use crate::{
	calendar::MONTHS,
	platform::{self, Platform},
	users,
};
use anyhow::{Context, Result};
use frame_support::traits::BuildGenesisConfig;
use heirloom_primitives::{ASSETS_PER_PAGE, MicroU, PageIndex, U, pages_below};
use heirloom_runtime::{
	AccountId, Runtime, RuntimeGenesisConfig, WASM_BINARY,
	constants::{accounts::ROYALTY_POT, loom::LOOM, u::U_ID},
	genesis,
};
use pallet_lineage::GenesisAsset;
use pallet_royalty::{Booking, BookingPages, BookingsPage, Totals};
use serde_json::Value;
use sp_core::storage::well_known_keys;
use sp_externalities::set_and_run_with_externalities;
use sp_genesis_builder::PresetId;
use sp_runtime::traits::{AccountIdConversion, BlakeTwo256};
use sp_state_machine::{Ext, InMemoryBackend, OverlayedChanges};
use std::collections::HashMap;

/// Changes to an empty state.
pub type State = OverlayedChanges<BlakeTwo256>;

/// What each payee and each user has beforehand, in micro-U.
const ENDOWED_U: MicroU = 1_000 * U;
/// What each user has, in planck.
const ENDOWED_LOOM: u128 = 10_000 * LOOM;

/// The state of a platform: its genesis, a month's bookings for each of [`crate::calendar::MONTHS`], and the code.
/// What is not needed any more is given up early: this is where generating takes the most memory.
pub fn state(platform: Platform) -> Result<State> {
	let config = config(&platform)?;
	let booked = platform.booked();
	let pages: Vec<_> =
		(0..pages_below(platform.size.assets)).map(|page| bookings(&platform, page)).collect();
	drop(platform);
	let (mut state, empty) = (State::default(), InMemoryBackend::<BlakeTwo256>::default());
	let mut externalities = Ext::new(&mut state, &empty, None);
	set_and_run_with_externalities(&mut externalities, || {
		config.build();
		drop(config);
		book(booked, &pages);
	});
	let code = WASM_BINARY.context("the runtime was built without its wasm binary")?;
	state.set_storage(well_known_keys::CODE.to_vec(), Some(code.to_vec()));
	Ok(state)
}

/// Books the same for every month.
fn book(booked: MicroU, pages: &[BookingsPage]) {
	for month in MONTHS {
		Totals::<Runtime>::insert(month, booked);
		for (page, bookings) in (0u32..).zip(pages) {
			if !bookings.is_empty() {
				BookingPages::<Runtime>::insert(month, page, bookings);
			}
		}
	}
}

fn bookings(platform: &Platform, page: PageIndex) -> BookingsPage {
	let mut bookings = BookingsPage::default();
	let neighbours = (0..).zip(&platform.assets).skip((page * ASSETS_PER_PAGE) as usize);
	for (asset, described) in neighbours.take(ASSETS_PER_PAGE as usize) {
		if let Some(earned) = described.earned {
			let booking = Booking { units: earned.units, gross: earned.gross, reported: earned.reported };
			bookings.set(asset, booking);
		}
	}
	bookings
}

/// The development chain's genesis with the platform, its payees and the users in it.
fn config(platform: &Platform) -> Result<RuntimeGenesisConfig> {
	let mut config = development()?;
	let booked = platform.booked() * MONTHS.len() as u128;
	let pot = ROYALTY_POT.into_account_truncating();
	let (_, _, held) = config
		.assets
		.accounts
		.iter_mut()
		.find(|(_, account, _)| *account == pot)
		.context("the preset has no pot")?;
	*held += booked;
	let payees = (0..platform.size.payees).map(platform::account);
	let users = users::accounts();
	config.balances.balances.extend(users.iter().map(|user| (user.clone(), ENDOWED_LOOM)));
	config.lineage.assets = assets(platform, &users);
	config.assets.accounts.extend(payees.chain(users).map(|account| (U_ID, account, ENDOWED_U)));
	Ok(config)
}

/// The preset of the development chain on top of the runtime's defaults.
fn development() -> Result<RuntimeGenesisConfig> {
	let preset = genesis::get_preset(&PresetId::from(genesis::DEVELOPMENT));
	let preset = serde_json::from_slice(&preset.context("the runtime has no preset")?)?;
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default())?;
	patch(&mut config, preset);
	Ok(serde_json::from_value(config)?)
}

/// RFC 7386, without its deletions: the preset has none.
fn patch(target: &mut Value, with: Value) {
	match (target, with) {
		(Value::Object(target), Value::Object(with)) => {
			for (key, value) in with {
				patch(target.entry(key).or_insert(Value::Null), value);
			}
		}
		(target, with) => *target = with,
	}
}

fn assets(platform: &Platform, users: &[AccountId]) -> Vec<GenesisAsset<AccountId>> {
	let parents = platform.genealogy.parents.iter();
	let owners: HashMap<_, _> = platform.owned_by_users().into_iter().zip(users).collect();
	(0u32..)
		.zip(platform.assets.iter().zip(parents))
		.map(|(number, (asset, parents))| GenesisAsset {
			handle: format!("creator-{}/asset-{number}", asset.creator),
			kind: asset.kind,
			creator: owners
				.get(&number)
				.map_or_else(|| platform::account(asset.creator), |user| (*user).clone()),
			content: platform::content(number),
			domain: None,
			scenario: String::new(),
			terms: asset.terms,
			call_fee: platform::CALL_FEE,
			quality: asset.quality,
			impact: asset.impact,
			minted: asset.minted,
			parents: parents.to_vec(),
		})
		.collect()
}
