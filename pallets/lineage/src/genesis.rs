//! Genesis: the collection, the domains, and assets with their parents.

use crate::{
	AccountIdOf, AssetRecord, COLLECTION, Config, Domain, Domains, GenesisAsset, GenesisConfig, Pallet,
	ParentsOf,
	minting::{ensure_handle, ensure_terms},
};
use alloc::vec::Vec;
use frame_support::{
	BoundedVec,
	traits::{ConstU32, Get, nonfungibles_v2::Create},
};
use heirloom_primitives::{DomainId, ONE, Status};

/// Builds the pallet's genesis. A chain specification that cannot be built is refused with the asset it stumbled
/// over: there is no chain yet that a panic could stop.
pub(crate) fn build<T: Config>(config: &GenesisConfig<T>) {
	let owner = T::CollectionOwner::get();
	T::Nfts::create_collection_with_id(COLLECTION, &owner, &owner, &T::CollectionConfig::default())
		.unwrap_or_else(|error| panic!("the collection of assets cannot be created: {error:?}"));
	for (id, domain) in config.domains.iter().enumerate() {
		let id = DomainId::try_from(id).unwrap_or_else(|_| panic!("more domains than ids"));
		let name = bounded(&domain.name, "domain", &domain.name);
		Domains::<T>::insert(id, Domain { name, medical: domain.medical });
	}
	let names: Vec<&str> = config.domains.iter().map(|domain| domain.name.as_str()).collect();
	for asset in &config.assets {
		let record = record_of::<T>(asset, &names);
		let parents = ParentsOf::<T>::try_from(asset.parents.clone())
			.unwrap_or_else(|_| panic!("{}: more parents than an asset can have", asset.handle));
		Pallet::<T>::descent_from(&parents)
			.map_err(Into::into)
			.and_then(|descent| Pallet::<T>::insert(record, parents, descent))
			.unwrap_or_else(|error| panic!("{}: {error:?}", asset.handle));
	}
}

fn record_of<T: Config>(
	asset: &GenesisAsset<AccountIdOf<T>>,
	domains: &[&str],
) -> AssetRecord<AccountIdOf<T>> {
	let handle = &asset.handle;
	ensure_handle::<T>(handle.as_bytes()).unwrap_or_else(|error| panic!("{handle}: {error:?}"));
	ensure_terms::<T>(&asset.terms).unwrap_or_else(|error| panic!("{handle}: {error:?}"));
	let highest = asset.quality.map(|quality| quality.bps).max(Some(asset.impact));
	assert!(highest <= Some(ONE), "{handle}: a quality or impact above 100 %");
	let domain = asset.domain.as_ref().map(|name| {
		let position = domains.iter().position(|known| known == name);
		position
			.and_then(|position| DomainId::try_from(position).ok())
			.unwrap_or_else(|| panic!("{handle}: {name} is not in the list of domains"))
	});
	AssetRecord {
		handle: bounded(handle, "handle", handle),
		kind: asset.kind,
		creator: asset.creator.clone(),
		content: bounded(&asset.content, "content id", handle),
		domain,
		scenario: bounded(&asset.scenario, "scenario", handle),
		evidence: Default::default(),
		terms: asset.terms,
		call_fee: asset.call_fee,
		quality: asset.quality,
		impact: asset.impact,
		minted: asset.minted,
		generation: 0,
		status: Status::Active,
		ancestors: 0,
		deposit: None,
	}
}

fn bounded<const BOUND: u32>(text: &str, what: &str, of: &str) -> BoundedVec<u8, ConstU32<BOUND>> {
	let bytes = text.as_bytes().to_vec();
	bytes.try_into().unwrap_or_else(|_| panic!("{of}: its {what} is longer than {BOUND} bytes"))
}
