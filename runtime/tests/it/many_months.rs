//! Two years of a platform on which people mint, sell, buy and are delisted all the time.

use crate::{
	chain::{ExtBuilder, address, block_at, moment, reason, submit_ok},
	governance::council_of_one,
	month::{derive, settle},
};
use heirloom_primitives::{AssetId, Bookings, Genealogy, Kind, Period, Terms, U, pages_below};
use heirloom_runtime::{AccountId, Lineage, Royalty, Runtime};
use pallet_lineage::COLLECTION;
use pallet_royalty::{DuePages, Reports, StatementPages, UnitPages};
use serde_json::{Value, json};
use sp_core::crypto::Ss58Codec;
use sp_io::{hashing::twox_128, storage};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Dave};

const FIRST: Period = Period::new(2026, 3).unwrap();
const MONTHS: u32 = 24;
const ASSETS: AssetId = 10_000;

/// Some of five hundred people, or Bob for every hundredth asset.
fn creator(asset: AssetId) -> AccountId {
	if asset.is_multiple_of(100) {
		return Bob.to_account_id();
	}
	let mut bytes = [3; 32];
	bytes[..4].copy_from_slice(&(asset * 31 % 500).to_le_bytes());
	AccountId::new(bytes)
}

/// A tenth of the assets are roots, the others derive from one or two before them; every tenth is sold once and for all.
fn platform() -> Value {
	let asset = |asset: AssetId| {
		let parents: Vec<_> = match asset {
			0..1_000 => vec![],
			_ if asset.is_multiple_of(3) => vec![asset / 2, asset / 3],
			_ => vec![asset / 2],
		};
		let parents = parents.into_iter().map(|parent| json!({ "asset": parent, "relation": "finetune" }));
		let terms = match asset % 10 {
			7 => Terms::Buyout { price: 5 * U },
			_ => Terms::Share { rate: 1_000 + (asset % 7) as u16 * 900 },
		};
		json!({
			"handle": format!("A{asset}"),
			"kind": Kind::ALL[asset as usize % 3],
			"creator": creator(asset).to_ss58check(),
			"terms": terms,
			"callFee": "1000000",
			"minted": "2025-01",
			"parents": parents.collect::<Vec<_>>(),
		})
	};
	json!({ "lineage": { "assets": (0..ASSETS).map(asset).collect::<Vec<_>>() } })
}

/// Two thousand uses all over the platform, of amounts that leave less than a cent here and there.
fn use_assets(month: u32) {
	for number in 0..2_000 {
		let asset = (number * 5 + month) % ASSETS;
		let fee = 700_001 + u128::from(number * 7_919 + month * 104_729) % 3_000_000;
		<Royalty as Bookings<AccountId>>::book(asset, &Alice.to_account_id(), fee, u64::from(number % 97))
			.unwrap();
	}
}

/// Charlie derives a model from one of Bob's assets, Dave buys a licence, Bob gives an asset away, and the curators take
/// two off the list.
fn be_busy(month: u32) {
	let parent = month * 200;
	derive(parent, &format!("MODEL-{month}"));
	submit_ok(Dave, pallet_lineage::Call::<Runtime>::buy { asset: 10 * month + 7, max_price: 5 * U });
	let (item, dest) = (parent + 100, address(&Dave.to_account_id()));
	submit_ok(Bob, pallet_nfts::Call::<Runtime>::transfer { collection: COLLECTION, item, dest });
	for asset in [2_001 + month, 4_001 + month] {
		council_of_one(pallet_lineage::Call::<Runtime>::delist { asset, reason: reason() }).unwrap();
	}
}

/// How many keys begin with these bytes.
fn keys(prefix: &[u8]) -> usize {
	let mut key = prefix.to_vec();
	let mut keys = 0;
	while let Some(next) = storage::next_key(&key).filter(|next| next.starts_with(prefix)) {
		keys += 1;
		key = next;
	}
	keys
}

/// How many keys there are beside statements and reports, which are kept for good: of the royalty pallet, and of all others
/// but hashes of past blocks.
fn passing_keys() -> [usize; 2] {
	let kept = StatementPages::<Runtime>::iter_keys().count() + Reports::<Runtime>::iter_keys().count();
	let royalty = keys(&twox_128(b"Royalty"));
	let hashes = keys(&[twox_128(b"System"), twox_128(b"BlockHash")].concat());
	[royalty - kept, keys(&[]) - royalty - hashes]
}

#[test]
fn carries_should_add_up_and_state_should_grow_with_assets_and_statements_only() {
	ExtBuilder::default().patch(platform()).build_and_execute(|| {
		let (mut carried, mut keys, mut others) = (0, Vec::new(), Vec::new());
		for number in 0..MONTHS {
			let month = FIRST.plus(number);
			use_assets(number);
			be_busy(number);
			block_at(moment(&format!("{}-01T00:00:00Z", month.plus(1))));
			settle(month);
			let report = Royalty::period(month).unwrap();
			assert_eq!(report.carried_in, carried, "{month}");
			assert!(report.paid > 0 && report.pool > 0 && report.carried_out > 0, "{month}");
			carried = report.carried_out;
			assert_eq!(
				UnitPages::<Runtime>::iter_keys().count() + DuePages::<Runtime>::iter_keys().count(),
				0
			);
			let [royalty, other] = passing_keys();
			keys.push(royalty);
			others.push(other);
		}
		// Thirteen months of detail pile up; from then on as much goes as comes.
		assert!(keys[..13].is_sorted_by(|fewer, more| fewer < more), "{keys:?}");
		assert!(keys[14..].iter().all(|number| *number == keys[14]), "{keys:?}");
		// Of the rest, what grows is what a model, a licence and a new owner take, the same in every month.
		let grown: Vec<_> = others.windows(2).map(|months| months[1] - months[0]).collect();
		// The first ones also open pages and accounts.
		assert!(
			grown[2..].iter().all(|number| *number == grown[2] && (1..=10).contains(number)),
			"{grown:?}"
		);
		let assets = <Lineage as Genealogy<AccountId>>::next_asset();
		assert_eq!(assets, ASSETS + MONTHS);
		let pages = StatementPages::<Runtime>::iter_keys().count();
		assert!(pages <= (MONTHS * pages_below(assets)) as usize, "{pages} pages of statements");
	});
}
