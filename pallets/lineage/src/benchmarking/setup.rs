//! Accounts, assets and full pages for the benchmarks.

use crate::{
	AccountIdOf, AncestorPages, AncestorSets, AssetDraft, Assets, CHILDREN_PER_PAGE, ChildCounts, ChildPages,
	Config, DeferredChanges, DeferredFacts, Domain, Domains, FactPages, NextAssetId, NextDerivationId,
	Pallet, PayeeAccounts, PayeeCounts, PayeePages, Revision, Stage,
};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	BoundedVec,
	traits::{EnsureOrigin, Get, fungible::Unbalanced, tokens::Precision},
};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Bookings, Bps, DerivationId, DomainId, EdgeChange, EdgeEdit,
	Evidence, Kind, MAX_ASSETS, MicroU, ONE, PAYEE_BUCKETS, PAYEES_PER_PAGE, PageIndex, Parent, Quality,
	Relation, Terms, U, Words,
	packed::{self, INLINE_BYTES, PackedSets},
	page_of, pages_below, payee_index, payee_page_of, slot_of,
};
use sp_runtime::DispatchError;

/// Fee for a unit of the assets set up here.
pub(super) const CALL_FEE: MicroU = U;

/// Terms of derivatives that share.
pub(super) const SHARE: Terms = Terms::Share { rate: ONE };

/// Slots of a page that are filled so that the next asset or account is its last.
const ALL_BUT_ONE: u32 = ASSETS_PER_PAGE - 1;

/// An account that has U and no LOOM: its deposits are tried in LOOM and taken in U.
pub(super) fn funded<T: Config>(name: &'static str) -> Result<AccountIdOf<T>, DispatchError> {
	let who = account(name, 0, 0);
	fund::<T>(&who)?;
	Ok(who)
}

/// Gives an account U.
pub(super) fn fund<T: Config>(who: &AccountIdOf<T>) -> Result<(), DispatchError> {
	T::U::increase_balance(who, 1_000_000_000 * U, Precision::Exact)?;
	Ok(())
}

pub(super) fn curators<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::CuratorOrigin::try_successful_origin().map_err(|()| BenchmarkError::Weightless)
}

/// Facts that take all the space that facts can take.
pub(super) fn facts() -> AssetFacts {
	AssetFacts {
		kind: Kind::Model,
		active: true,
		share_rate: Some(ONE),
		quality: Some(Quality { bps: ONE, attested: true }),
		impact: Bps::MAX,
		minted: Default::default(),
	}
}

/// A domain that sandboxes data.
pub(super) fn medical_domain<T: Config>() -> DomainId {
	let domain = DomainId::MAX;
	Domains::<T>::insert(domain, Domain { name: BoundedVec::truncate_from(vec![b'x'; 64]), medical: true });
	domain
}

/// The longest draft. Its handle ends with a number.
pub(super) fn draft(number: u32, terms: Terms) -> AssetDraft {
	let digits = (0..10).map(|place| b'0' + (number / 10u32.pow(place) % 10) as u8);
	let handle = core::iter::repeat_n(b'x', 246).chain(digits);
	AssetDraft {
		handle: BoundedVec::truncate_from(handle.collect()),
		kind: Kind::Data,
		content: BoundedVec::truncate_from(vec![b'x'; 128]),
		domain: None,
		scenario: BoundedVec::truncate_from(vec![b'x'; 256]),
		evidence: Evidence { accuracy: Some(ONE), speed_gain: Some(ONE) },
		terms,
		call_fee: CALL_FEE,
		quality: Some(ONE),
	}
}

/// Fills the first page that nothing was minted into but for its last place, which the next asset gets.
pub(super) fn fill_page<T: Config>() -> PageIndex {
	let page = pages_below(NextAssetId::<T>::get());
	FactPages::<T>::insert(page, BoundedVec::truncate_from(vec![facts(); ALL_BUT_ONE as usize]));
	PayeePages::<T>::insert(page, BoundedVec::truncate_from((0..ALL_BUT_ONE).collect()));
	AncestorPages::<T>::insert(page, sets(ALL_BUT_ONE));
	NextAssetId::<T>::put(page * ASSETS_PER_PAGE + ALL_BUT_ONE);
	page
}

/// The longest sets that stand in a page.
fn sets(count: u32) -> PackedSets {
	let mut sets = PackedSets::default();
	for _ in 0..count {
		sets.push(&[0; INLINE_BYTES as usize]);
	}
	sets
}

/// Fills the first page of payees of every bucket but for its last place, which the next new payee gets.
pub(super) fn fill_payees<T: Config>() {
	let accounts: Vec<_> = (0..PAYEES_PER_PAGE - 1).map(|index| account("payee", index, 0)).collect();
	for bucket in 0..=u8::MAX {
		let page = payee_page_of(payee_index(bucket, 0));
		PayeeAccounts::<T>::insert(page, BoundedVec::truncate_from(accounts.clone()));
	}
	let counts = vec![PAYEES_PER_PAGE - 1; PAYEE_BUCKETS as usize];
	PayeeCounts::<T>::put(BoundedVec::truncate_from(counts));
}

/// Why the curators decide as they do, at most length.
pub(super) fn longest_reason() -> Words {
	Words::truncate_from(vec![b'x'; Words::bound()])
}

/// Mints a root as the last asset of a page.
pub(super) fn minted<T: Config>(owner: &AccountIdOf<T>, terms: Terms) -> Result<AssetId, DispatchError> {
	let number = fill_page::<T>();
	let asset = NextAssetId::<T>::get();
	Pallet::<T>::do_mint(owner.clone(), draft(number, terms))?;
	Ok(asset)
}

/// Books a use of all other assets in the page of such an asset.
pub(super) fn book_neighbours<T: Config>(asset: AssetId) -> Result<(), DispatchError> {
	let payer = funded::<T>("payer")?;
	for neighbour in asset - ALL_BUT_ONE..asset {
		T::Bookings::book(neighbour, &payer, 1_000_000 * U, u32::MAX.into())?;
	}
	Ok(())
}

/// Mints roots that have many children.
pub(super) fn parents<T: Config>(count: u32) -> Result<Vec<Parent>, DispatchError> {
	let owner = funded::<T>("owner")?;
	(0..count)
		.map(|_| {
			let asset = minted::<T>(&owner, SHARE)?;
			let children = (asset..).take(CHILDREN_PER_PAGE as usize - 1).collect();
			ChildPages::<T>::insert(asset, 0, BoundedVec::truncate_from(children));
			ChildCounts::<T>::insert(asset, CHILDREN_PER_PAGE - 1);
			Ok(Parent { asset, relation: Relation::TrainedOn })
		})
		.collect()
}

/// Opens a derivation under which these were used.
pub(super) fn derivation<T: Config>(
	owner: &AccountIdOf<T>,
	used: Vec<Parent>,
) -> Result<DerivationId, DispatchError> {
	let derivation = NextDerivationId::<T>::get();
	Pallet::<T>::do_open_derivation(owner.clone())?;
	crate::Derivations::<T>::mutate_extant(derivation, |open| open.used = BoundedVec::truncate_from(used));
	Ok(derivation)
}

/// So many parents that are looked at by their number only.
pub(super) fn other_parents(count: u32) -> Vec<Parent> {
	(0..count).map(|asset| Parent { asset, relation: Relation::EvaluatedWith }).collect()
}

/// Ids that lie as far apart as so many can on the largest chain: two bytes each.
pub(super) fn spread_ids(count: u32) -> Vec<AssetId> {
	let distance = MAX_ASSETS.checked_div(count).unwrap_or_default();
	(0..count).map(|position| position * distance).collect()
}

/// Keeps a set of ancestors apart from its page.
pub(super) fn keep_apart<T: Config>(asset: AssetId, ancestors: &[AssetId]) {
	let packed = packed::pack(ancestors).unwrap_or_default();
	AncestorSets::<T>::insert(asset, BoundedVec::truncate_from(packed));
}

/// Lets changes of the first assets of `count` pages wait. They are inactive from then on.
pub(super) fn defer<T: Config>(count: u32) {
	let made_in = T::Bookings::open_period();
	let facts = AssetFacts { active: false, ..facts() };
	let change = |page| DeferredFacts { made_in, asset: page * ASSETS_PER_PAGE, facts };
	DeferredChanges::<T>::put(BoundedVec::truncate_from((0..count).map(change).collect()));
}

/// Whether an asset's facts in its page are those of its record.
pub(super) fn facts_written<T: Config>(asset: AssetId) -> bool {
	let page = FactPages::<T>::get(page_of(asset));
	let record = Assets::<T>::get(asset);
	page.get(slot_of(asset)).copied() == record.map(|record| record.facts())
}

/// As many corrections as can wait.
pub(super) fn waiting<T: Config>() -> BoundedVec<Revision, T::MaxRevisions> {
	let edit = EdgeEdit { child: 1, parent: 0, change: EdgeChange::Remove };
	let waiting = vec![Revision { edit, stage: Stage::Waiting }; T::MaxRevisions::get() as usize];
	BoundedVec::truncate_from(waiting)
}
