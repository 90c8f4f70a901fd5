//! What the pallet stores and takes.

use crate::Config;
use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
	BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
	traits::{ConstU32, Get},
};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, Bps, DerivationId, DomainId, EdgeEdit, Evidence, Kind, MicroU,
	Moment, PageIndex, Parent, PayeeIndex, Period, PermitId, Purpose, Quality, Relation, Status, Terms,
	Units,
};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::traits::StaticLookup;

/// A unique name: printable ASCII without spaces, at most 256 bytes (real model handles reach 75).
pub type Handle = BoundedVec<u8, ConstU32<256>>;

/// A handle as somebody wishes it: longer than allowed, so that too long a one is refused with an error of its own
/// instead of as a transaction that cannot be decoded.
pub type WishedHandle = BoundedVec<u8, ConstU32<1_024>>;

/// A CID in its text form; the longest in use (CIDv1 with a 512-bit hash, base 32) takes 113 bytes.
pub type ContentId = BoundedVec<u8, ConstU32<128>>;

/// What an asset is good for, in its owner's words: a sentence or two.
pub type Scenario = BoundedVec<u8, ConstU32<256>>;

/// The name of a domain.
pub type DomainName = BoundedVec<u8, ConstU32<64>>;

/// Facts of neighbouring assets, see [`AssetFacts`].
pub type FactsPage = BoundedVec<AssetFacts, ConstU32<ASSETS_PER_PAGE>>;

/// Who is paid for neighbouring assets.
pub type PayeesPage = BoundedVec<PayeeIndex, ConstU32<ASSETS_PER_PAGE>>;

/// Direct children of an asset in one storage page, ascending: 1 KiB, so that adding a child to an asset with
/// 100,000s of them stays cheap.
pub type ChildPage = BoundedVec<AssetId, ConstU32<CHILDREN_PER_PAGE>>;

/// See [`ChildPage`].
pub const CHILDREN_PER_PAGE: u32 = 256;

pub(crate) type AccountIdOf<T> = <T as frame_system::Config>::AccountId;
pub(crate) type AccountIdLookupOf<T> = <<T as frame_system::Config>::Lookup as StaticLookup>::Source;
/// The parents that an asset is minted with.
pub(crate) type ParentsOf<T> = BoundedVec<Parent, <T as Config>::MaxParents>;
/// The parents that an asset has, corrections included.
pub(crate) type AllParentsOf<T> = BoundedVec<Parent, MostParents<T>>;
pub(crate) type PermitsOf<T> = BoundedVec<(PermitId, Relation), <T as Config>::MaxParents>;

/// The most parents that an asset can have: those it was minted with and those that corrections add.
pub struct MostParents<T>(PhantomData<T>);

impl<T: Config> Get<u32> for MostParents<T> {
	fn get() -> u32 {
		T::MaxParents::get().saturating_add(T::MaxAddedParents::get())
	}
}

/// What a person states when minting an asset.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct AssetDraft {
	/// A name that nobody has yet.
	pub handle: WishedHandle,
	/// What it consists of.
	pub kind: Kind,
	/// CID of the content; of the ciphertext where it will be sandboxed.
	pub content: ContentId,
	/// One of [`crate::Domains`], or none.
	pub domain: Option<DomainId>,
	/// What it is good for.
	pub scenario: Scenario,
	/// Stated evidence.
	pub evidence: Evidence,
	/// Terms for those who derive from it.
	pub terms: Terms,
	/// Fee for one unit, in micro-U.
	pub call_fee: MicroU,
	/// Claimed quality.
	pub quality: Option<Bps>,
}

/// Everything stored of one asset that settlements do not scan.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct AssetRecord<AccountId> {
	/// Its unique name.
	pub handle: Handle,
	/// What it consists of.
	pub kind: Kind,
	/// Who minted it; stays when the item is transferred.
	pub creator: AccountId,
	/// CID of the content.
	pub content: ContentId,
	/// Its domain.
	pub domain: Option<DomainId>,
	/// What it is good for.
	pub scenario: Scenario,
	/// Stated evidence.
	pub evidence: Evidence,
	/// Terms for those who derive from it from now on.
	pub terms: Terms,
	/// Fee for one unit, in micro-U.
	pub call_fee: MicroU,
	/// Claimed or attested quality.
	pub quality: Option<Quality>,
	/// Attested improvement of its derivatives.
	pub impact: Bps,
	/// The period it was minted in.
	pub minted: Period,
	/// 0 for a root, else one more than the greatest of its parents.
	pub generation: u32,
	/// Whether it can be used.
	pub status: Status,
	/// Number of its transitive ancestors.
	pub ancestors: u32,
	/// What its minter left for the space it takes; none at genesis.
	pub deposit: Option<Deposit>,
}

impl<AccountId> AssetRecord<AccountId> {
	/// What settlements see of it.
	pub fn facts(&self) -> AssetFacts {
		AssetFacts {
			kind: self.kind,
			active: self.status == Status::Active,
			share_rate: self.terms.share_rate(),
			quality: self.quality,
			impact: self.impact,
			minted: self.minted,
		}
	}
}

/// A deposit held on an account, in whichever money it had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Deposit {
	/// In LOOM's smallest unit.
	Native(u128),
	/// In micro-U.
	U(MicroU),
}

/// An entry of the list of domains.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Domain {
	/// Its name.
	pub name: DomainName,
	/// Whether data in it is sensitive by law: such data is sandboxed from its minting on.
	pub medical: bool,
}

/// A derivation: the assets that were used towards an asset which is not minted yet.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Derivation<T: Config> {
	/// Who opened it; only they use it.
	pub owner: AccountIdOf<T>,
	/// What they called under it: the parents, with their relations.
	pub used: ParentsOf<T>,
	/// Held until it is minted from or closed.
	pub deposit: Deposit,
}

/// A bound payee, void while its setter does not own the item.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct BoundPayee<AccountId> {
	/// Who is paid.
	pub payee: AccountId,
	/// The owner who said so. Nothing tells this pallet of a transfer, so it is compared when it matters.
	pub set_by: AccountId,
}

/// New facts of an asset that wait for a settlement's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct DeferredFacts {
	/// The period in which they were decided: they count from its close on.
	pub made_in: Period,
	/// The asset.
	pub asset: AssetId,
	/// Its facts from then on.
	pub facts: AssetFacts,
}

/// One paid use. Hashed in order into the asset's [`heirloom_primitives::ReceiptHead`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Receipt<AccountId> {
	/// What was used.
	pub asset: AssetId,
	/// The asset's how-manyth receipt, from 0.
	pub index: u64,
	/// Who used it.
	pub caller: AccountId,
	/// Metered units.
	pub units: Units,
	/// What for.
	pub purpose: Purpose,
	/// What was paid, in micro-U; 0 under a licence.
	pub fee: MicroU,
	/// The permit, for a use inside a sandbox.
	pub permit: Option<PermitId>,
	/// The derivation it was used towards.
	pub derivation: Option<DerivationId>,
	/// When, by the chain's clock.
	pub at: Moment,
}

/// A domain at genesis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisDomain {
	/// Its name.
	pub name: String,
	/// See [`Domain::medical`].
	pub medical: bool,
}

/// An asset at genesis. Its id is its position in the list; parents stand before their children.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisAsset<AccountId> {
	/// Its unique name.
	pub handle: String,
	/// What it consists of.
	pub kind: Kind,
	/// Creator and owner.
	pub creator: AccountId,
	/// CID of the content.
	#[serde(default)]
	pub content: String,
	/// Name of its domain, from the list of domains.
	#[serde(default)]
	pub domain: Option<String>,
	/// What it is good for.
	#[serde(default)]
	pub scenario: String,
	/// Terms; a price in micro-U.
	pub terms: Terms,
	/// Fee for one unit, in micro-U, as decimal text.
	#[serde(with = "heirloom_primitives::text")]
	pub call_fee: MicroU,
	/// Claimed or attested quality.
	#[serde(default)]
	pub quality: Option<Quality>,
	/// Attested improvement of its derivatives.
	#[serde(default)]
	pub impact: Bps,
	/// The period it was minted in.
	pub minted: Period,
	/// Its parents, by position in the list.
	#[serde(default)]
	pub parents: Vec<Parent>,
}

/// An edge that is being corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Revision {
	/// The edge.
	pub edit: EdgeEdit,
	/// How far that is.
	pub stage: Stage,
}

/// How far a revision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum Stage {
	/// Not begun.
	Waiting,
	/// The parent's children are shifted by a place.
	Shifting {
		/// The page of children that is next.
		page: PageIndex,
		/// The child that is to be put into it.
		carried: AssetId,
	},
	/// Sets of ancestors are joined anew.
	Updating {
		/// The asset that is looked at next.
		next: AssetId,
	},
}
