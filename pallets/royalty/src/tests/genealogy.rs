//! A fake genealogy that a test writes.

use super::mock::*;
use core::cell::RefCell;
use frame_support::weights::Weight;
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Bps, Genealogy, Kind, PAYEES_PER_BUCKET, PAYEES_PER_PAGE,
	PageIndex, PayeeIndex, Period, packed, packed::PackedSets, payee_bucket_of_page, payee_index,
};
use std::collections::BTreeSet;

/// An asset as a test writes it. Its owner and payee is `payee`.
#[derive(Clone, Debug)]
pub struct FakeAsset {
	pub facts: AssetFacts,
	pub parents: Vec<AssetId>,
	pub payee: AccountId,
	/// The payee's index, once it was looked up.
	pub remembered: Option<PayeeIndex>,
}

/// A root with nothing special; it was minted long ago.
pub fn root() -> FakeAsset {
	let facts = AssetFacts {
		kind: Kind::Data,
		active: true,
		share_rate: Some(10_000),
		quality: None,
		impact: 0,
		minted: MARCH.minus(24).unwrap(),
	};
	FakeAsset { facts, parents: Vec::new(), payee: 10, remembered: None }
}

/// A model that derives from `parents`.
pub fn child(parents: &[AssetId]) -> FakeAsset {
	let facts = AssetFacts { kind: Kind::Model, ..root().facts };
	FakeAsset { facts, parents: parents.to_vec(), payee: 20, remembered: None }
}

/// The same asset with another payee.
pub fn paid_to(asset: FakeAsset, payee: AccountId) -> FakeAsset {
	FakeAsset { payee, ..asset }
}

/// The same asset with another rate; none for a one-time sale.
pub fn with_rate(mut asset: FakeAsset, rate: Option<Bps>) -> FakeAsset {
	asset.facts.share_rate = rate;
	asset
}

thread_local! {
	pub(super) static ASSETS: RefCell<Vec<FakeAsset>> = const { RefCell::new(Vec::new()) };
	pub(super) static PAYEES: RefCell<Vec<Vec<AccountId>>> = const { RefCell::new(Vec::new()) };
}

/// The bucket of an account, of five.
fn bucket_of(account: AccountId) -> u8 {
	(account % 5) as u8
}

pub struct Fake;

impl Fake {
	pub fn push(asset: FakeAsset) -> AssetId {
		ASSETS.with_borrow_mut(|assets| {
			assets.push(asset);
			assets.len() as AssetId - 1
		})
	}

	pub fn change(asset: AssetId, change: impl FnOnce(&mut FakeAsset)) {
		ASSETS.with_borrow_mut(|assets| {
			let asset = &mut assets[asset as usize];
			change(asset);
			asset.remembered = None;
		});
	}

	/// Something of each asset of a page.
	fn on_page<V>(page: PageIndex, of: impl Fn(&FakeAsset) -> V) -> Vec<V> {
		ASSETS.with_borrow(|assets| {
			let mut pages = assets.chunks(ASSETS_PER_PAGE as usize);
			pages.nth(page as usize).into_iter().flatten().map(of).collect()
		})
	}

	pub fn all() -> Vec<FakeAsset> {
		ASSETS.with_borrow(Clone::clone)
	}
}

impl Genealogy<AccountId> for Fake {
	fn next_asset() -> AssetId {
		ASSETS.with_borrow(|assets| assets.len() as AssetId)
	}

	fn facts_page(page: PageIndex) -> Vec<AssetFacts> {
		Self::on_page(page, |asset| asset.facts)
	}

	fn ancestors(asset: AssetId) -> Vec<AssetId> {
		ASSETS.with_borrow(|assets| {
			let mut found = BTreeSet::new();
			let mut open: Vec<AssetId> =
				assets.get(asset as usize).map_or(Vec::new(), |asset| asset.parents.clone());
			while let Some(ancestor) = open.pop() {
				if found.insert(ancestor) {
					open.extend(&assets[ancestor as usize].parents);
				}
			}
			found.into_iter().collect()
		})
	}

	fn ancestor_count(asset: AssetId) -> u32 {
		Self::ancestors(asset).len() as u32
	}

	fn ancestor_sets(page: PageIndex) -> PackedSets {
		let mut sets = PackedSets::default();
		let first = page * ASSETS_PER_PAGE;
		for asset in first..Self::next_asset().min(first + ASSETS_PER_PAGE) {
			sets.push(&packed::pack(&Self::ancestors(asset)).unwrap()).unwrap();
		}
		sets
	}

	fn payees_page(page: PageIndex) -> Vec<Option<PayeeIndex>> {
		Self::on_page(page, |asset| asset.remembered)
	}

	fn find_payee(asset: AssetId) -> Option<PayeeIndex> {
		ASSETS.with_borrow_mut(|assets| {
			let asset = assets.get_mut(asset as usize)?;
			let payee = asset.payee;
			asset.remembered = Self::payee_index(&payee).or_else(|| {
				let bucket = bucket_of(payee);
				PAYEES.with_borrow_mut(|payees| payees[usize::from(bucket)].push(payee));
				Self::payee_index(&payee)
			});
			asset.remembered
		})
	}

	fn payee_counts() -> Vec<u32> {
		PAYEES.with_borrow(|payees| payees.iter().map(|bucket| bucket.len() as u32).collect())
	}

	fn payee_accounts(page: PageIndex) -> Vec<AccountId> {
		PAYEES.with_borrow(|payees| {
			let bucket = payees.get(payee_bucket_of_page(page) as usize);
			let first = (page % (PAYEES_PER_BUCKET / PAYEES_PER_PAGE) * PAYEES_PER_PAGE) as usize;
			bucket.into_iter().flatten().skip(first).take(PAYEES_PER_PAGE as usize).copied().collect()
		})
	}

	fn payee_index(account: &AccountId) -> Option<PayeeIndex> {
		PAYEES.with_borrow(|payees| {
			// The benchmarks number accounts as they like.
			let mut found = (0u8..).zip(payees).filter_map(|(bucket, accounts)| {
				let position = accounts.iter().position(|known| known == account)?;
				Some(payee_index(bucket, position as u32))
			});
			found.next()
		})
	}

	fn may_report(asset: AssetId, who: &AccountId) -> bool {
		let payee = ASSETS.with_borrow(|assets| assets.get(asset as usize).map(|asset| asset.payee));
		*who == COMPANY || payee == Some(*who)
	}

	fn apply_deferred(until: Period) -> Weight {
		Applied::mutate(|applied| applied.push(until));
		Weight::zero()
	}

	fn apply_deferred_weight() -> Weight {
		Weight::zero()
	}
}
