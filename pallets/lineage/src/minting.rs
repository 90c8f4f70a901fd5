//! Minting roots and derived assets.

use crate::{
	AccountIdOf, AssetDraft, AssetRecord, Assets, Config, Derivations, Domains, Error, Event, Handle,
	Handles, HoldReason, NextAssetId, Pallet, ParentsOf, PermitsOf, WeightInfo, derivations::add_parent,
	descent::Descent,
};
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, PostDispatchInfo},
	ensure,
	traits::{Get, nonfungibles_v2::Mutate},
	weights::Weight,
};
use heirloom_primitives::{
	AssetId, Bookings, DerivationId, Evidence, MAX_ASSETS, ONE, Parent, Quality, SandboxGate, Status, Terms,
};
use sp_runtime::DispatchResult;

/// Assets that a permit is expected to name at most; one that names more costs more than is charged beforehand.
const USES_PER_PERMIT: u32 = 16;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_mint(creator: AccountIdOf<T>, draft: AssetDraft) -> DispatchResult {
		Self::mint_with(creator, draft, ParentsOf::<T>::default())?;
		Ok(())
	}

	pub(crate) fn do_mint_derived(
		creator: AccountIdOf<T>,
		derivation: DerivationId,
		draft: AssetDraft,
		permits: PermitsOf<T>,
	) -> DispatchResultWithPostInfo {
		let open = Self::derivation_of(&creator, derivation)?;
		let mut parents = open.used;
		let into = NextAssetId::<T>::get();
		let mut used = permits.len();
		for (permit, relation) in permits {
			for asset in T::Gate::consume(permit, &creator, into)? {
				used += 1;
				let record = Assets::<T>::get(asset).ok_or(Error::<T>::NotFound)?;
				Self::ensure_may_derive(&creator, asset, &record)?;
				add_parent::<T>(&mut parents, Parent { asset, relation })?;
			}
		}
		ensure!(!parents.is_empty(), Error::<T>::NoParents);
		Self::release_deposit(&creator, HoldReason::Derivation, open.deposit)?;
		Derivations::<T>::remove(derivation);
		// Assets used under several permits are one parent and are looked at each time.
		let width = u32::try_from(parents.len().max(used)).unwrap_or(u32::MAX);
		let ancestors = Self::mint_with(creator, draft, parents)?;
		let actual_weight = Some(derived_weight::<T>(width, ancestors));
		Ok(PostDispatchInfo { actual_weight, ..Default::default() })
	}

	/// What minting from a derivation is charged for before it runs: all parents an asset can have, or a permit and
	/// some uses for each permit where that is more.
	pub(crate) fn mint_weight(permits: usize) -> Weight {
		let permits = u32::try_from(permits).unwrap_or(u32::MAX).saturating_mul(USES_PER_PERMIT + 1);
		derived_weight::<T>(T::MaxParents::get().max(permits), T::MaxAncestors::get())
	}

	/// Mints an asset with a deposit from its creator and returns the number of its ancestors.
	fn mint_with(
		creator: AccountIdOf<T>,
		draft: AssetDraft,
		parents: ParentsOf<T>,
	) -> Result<u32, sp_runtime::DispatchError> {
		ensure_draft::<T>(&draft)?;
		let descent = Self::descent_from(&parents)?;
		let amount = asset_deposit::<T>(parents.len(), descent.ancestors.len())?;
		let deposit = Self::hold_deposit(&creator, HoldReason::Asset, amount)?;
		let record = AssetRecord {
			handle: Handle::try_from(draft.handle.into_inner()).map_err(|_| Error::<T>::HandleTooLong)?,
			kind: draft.kind,
			creator,
			content: draft.content,
			domain: draft.domain,
			scenario: draft.scenario,
			evidence: draft.evidence,
			terms: draft.terms,
			call_fee: draft.call_fee,
			quality: draft.quality.map(|bps| Quality { bps, attested: false }),
			impact: 0,
			minted: T::Bookings::open_period(),
			generation: 0,
			status: Status::Active,
			ancestors: 0,
			deposit: Some(deposit),
		};
		Self::insert(record, parents, descent)
	}

	/// Gives a record its id, its item and its place in the genealogy, and returns the number of its ancestors.
	pub(crate) fn insert(
		mut record: AssetRecord<AccountIdOf<T>>,
		parents: ParentsOf<T>,
		descent: Descent,
	) -> Result<u32, sp_runtime::DispatchError> {
		let asset = NextAssetId::<T>::get();
		ensure!(asset < MAX_ASSETS, Error::<T>::IdsExhausted);
		NextAssetId::<T>::put(asset + 1);
		ensure!(!Handles::<T>::contains_key(&record.handle), Error::<T>::HandleTaken);
		let medical = match record.domain {
			Some(domain) => Domains::<T>::get(domain).ok_or(Error::<T>::DomainNotFound)?.medical,
			None => false,
		};

		let ancestors = u32::try_from(descent.ancestors.len()).map_err(|_| Error::<T>::TooManyAncestors)?;
		record.generation = descent.generation;
		record.ancestors = ancestors;

		let item_config = T::ItemConfig::default();
		T::Nfts::mint_into(&crate::COLLECTION, &asset, &record.creator, &item_config, true)?;
		Self::link(asset, parents.clone(), &descent.ancestors)?;
		Self::push_facts(asset, record.facts())?;
		Self::push_payee(asset, &record.creator).ok_or(Error::<T>::IdsExhausted)?;
		T::Gate::on_minted(asset, record.kind, medical);
		Handles::<T>::insert(&record.handle, asset);
		Self::deposit_event(Event::Minted {
			asset,
			handle: record.handle.clone(),
			creator: record.creator.clone(),
			parents,
			ancestors,
		});
		Assets::<T>::insert(asset, record);
		Ok(ancestors)
	}

	/// The asset that a handle names.
	pub(crate) fn by_handle(handle: &[u8]) -> Option<AssetId> {
		let handle: Handle = handle.to_vec().try_into().ok()?;
		Handles::<T>::get(handle)
	}
}

/// Refuses what can be seen to be wrong in a draft alone.
fn ensure_draft<T: Config>(draft: &AssetDraft) -> Result<(), Error<T>> {
	ensure_handle::<T>(&draft.handle)?;
	ensure_terms::<T>(&draft.terms)?;
	let Evidence { accuracy, .. } = draft.evidence;
	ensure!(draft.quality.max(accuracy) <= Some(ONE), Error::<T>::AboveOneHundredPercent);
	Ok(())
}

/// A handle is printable ASCII without spaces: what looks alike is the same, in a terminal as on a page.
pub(crate) fn ensure_handle<T: Config>(handle: &[u8]) -> Result<(), Error<T>> {
	ensure!(!handle.is_empty(), Error::<T>::HandleEmpty);
	ensure!(handle.iter().all(u8::is_ascii_graphic), Error::<T>::HandleNotPrintable);
	Ok(())
}

/// A rate is at most 100 %.
pub(crate) fn ensure_terms<T: Config>(terms: &Terms) -> Result<(), Error<T>> {
	ensure!(terms.share_rate() <= Some(ONE), Error::<T>::AboveOneHundredPercent);
	Ok(())
}

/// Held for an asset with so many parents and ancestors: its creator leaves the more, the more of state it takes.
fn asset_deposit<T: Config>(parents: usize, ancestors: usize) -> Result<u128, Error<T>> {
	let of = |count: usize, each: u128| each.checked_mul(u128::try_from(count).ok()?);
	of(parents, T::ParentDeposit::get())
		.zip(of(ancestors, T::AncestorDeposit::get()))
		.and_then(|(parents, ancestors)| T::AssetDeposit::get().checked_add(parents)?.checked_add(ancestors))
		.ok_or(Error::<T>::DepositNotAffordable)
}

/// Minting from so many parents an asset with so many ancestors; no parent has more than it.
fn derived_weight<T: Config>(parents: u32, ancestors: u32) -> Weight {
	let joining = T::WeightInfo::join_ancestors(ancestors).saturating_mul(parents.into());
	T::WeightInfo::mint_derived(parents)
		.saturating_add(joining)
		.saturating_add(T::WeightInfo::store_ancestors(ancestors))
}
