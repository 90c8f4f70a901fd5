//! What the pallets ask of each other. Each trait is owned by the pallet that asks; the runtime connects them, and
//! `()` answers where a pallet stands alone.

use crate::{
	AssetFacts, AssetId, Bps, EdgeEdit, Kind, MicroU, Moment, PageIndex, PayeeIndex, Period, PermitId,
	Purpose, Units, Words, packed::PackedSets,
};
use alloc::vec::Vec;
use frame_support::weights::Weight;
use sp_runtime::{DispatchError, DispatchResult};

/// Where lineage books what its assets earn. Asked by lineage, answered by royalty.
pub trait Bookings<AccountId> {
	/// The period that is open now.
	fn open_period() -> Period;

	/// Whether a closed period is not reported yet. Until then what a settlement reads must stand still.
	fn facts_frozen() -> bool;

	/// Whether sets of ancestors must stand still: as long as facts must, and to the end of a report's block, so that
	/// whoever asks for them at that block sees those that the period was split by.
	fn ancestors_frozen() -> bool;

	/// Moves `fee` from `payer` into the settlement's money and books it for `asset` in the open period, with the
	/// `units` of it that count as use.
	fn book(asset: AssetId, payer: &AccountId, fee: MicroU, units: Units) -> Result<Booked, DispatchError>;

	/// What settling one more earning asset with so many ancestors will cost later; the call that books it first in
	/// a period is charged for it.
	fn settlement_weight(ancestors: u32) -> Weight;

	/// What looking up one payee costs a settlement, which a transfer causes.
	fn look_up_weight() -> Weight;
}

/// The outcome of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
	/// Whether it was the asset's first of the period.
	pub first: bool,
}

/// Assets as a settlement sees them. Asked by royalty, answered by lineage.
pub trait Genealogy<AccountId> {
	/// The id that the next minted asset gets: the exclusive end of all that exist.
	fn next_asset() -> AssetId;

	/// The facts of the assets of one page, in order; the last page may be shorter than a page.
	fn facts_page(page: PageIndex) -> Vec<AssetFacts>;

	/// All transitive ancestors of an asset, ascending. Empty for a root or an unknown asset.
	fn ancestors(asset: AssetId) -> Vec<AssetId>;

	/// The ancestors of the assets of one page; large sets are kept apart, see [`Genealogy::ancestors`].
	fn ancestor_sets(page: PageIndex) -> PackedSets;

	/// How many ancestors an asset has, at a read that does not load them. The most that one can have, where there is none of
	/// this id: weights are asked for before a batch runs, and an asset that it mints first may have as many.
	fn ancestor_count(asset: AssetId) -> u32;

	/// Who is paid for the assets of one page, in order; none where [`Genealogy::find_payee`] must look it up.
	fn payees_page(page: PageIndex) -> Vec<Option<PayeeIndex>>;

	/// Looks up who is paid for an asset now: the bound payee while its setter owns the item, else the owner. It is
	/// given an index, and remembered until the item or the binding changes hands.
	fn find_payee(asset: AssetId) -> Option<PayeeIndex>;

	/// How many payees each of the [`crate::PAYEE_BUCKETS`] has, those that have none at the end left out.
	fn payee_counts() -> Vec<u32>;

	/// The accounts of one page of payees, in order; the last page of a bucket may be shorter than a page.
	fn payee_accounts(page: PageIndex) -> Vec<AccountId>;

	/// The index of an account that assets pay.
	fn payee_index(account: &AccountId) -> Option<PayeeIndex>;

	/// Whether `who` may speak for an asset's revenue: its creator, owner or payee.
	fn may_report(asset: AssetId, who: &AccountId) -> bool;

	/// Applies what was deferred while the facts stood still and was decided in `until` or earlier, and returns what
	/// that cost.
	fn apply_deferred(until: Period) -> Weight;

	/// The greatest weight that [`Genealogy::apply_deferred`] can return.
	fn apply_deferred_weight() -> Weight;
}

/// What lineage must ask before an asset is used or derived. Asked by lineage, answered by sandbox-access.
pub trait SandboxGate<AccountId> {
	/// Whether an asset can only be used through permits.
	fn is_sandboxed(asset: AssetId) -> bool;

	/// Tells of a new asset, so that data of a medical domain is sandboxed from its first block on.
	fn on_minted(asset: AssetId, kind: Kind, medical_domain: bool);

	/// Uses up a completed permit of `minter` for the derived asset `into` and returns the assets that were used
	/// under it, which become parents. A permit serves one minting.
	fn consume(permit: PermitId, minter: &AccountId, into: AssetId) -> Result<Vec<AssetId>, DispatchError>;
}

impl<AccountId> SandboxGate<AccountId> for () {
	fn is_sandboxed(_: AssetId) -> bool {
		false
	}

	fn on_minted(_: AssetId, _: Kind, _: bool) {}

	fn consume(_: PermitId, _: &AccountId, _: AssetId) -> Result<Vec<AssetId>, DispatchError> {
		Err(DispatchError::Unavailable)
	}
}

/// A use that took place inside a sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermittedUse<AccountId> {
	/// The completed permit.
	pub permit: PermitId,
	/// Who asked for the use and pays for it.
	pub consumer: AccountId,
	/// What was used.
	pub asset: AssetId,
	/// Metered units.
	pub units: Units,
	/// What for.
	pub purpose: Purpose,
	/// The fee agreed when the permit was requested, in micro-U.
	pub fee: MicroU,
}

/// Assets as sandbox-access sees them. Asked by sandbox-access, answered by lineage.
pub trait Catalogue<AccountId> {
	/// The item's owner; none for an unknown asset.
	fn owner(asset: AssetId) -> Option<AccountId>;

	/// Whether an asset is for one-time sale, which it stays for good: others may have bought a licence of it.
	fn is_sold_once(asset: AssetId) -> bool;

	/// The fee of a consumer for `units` of an asset: nothing under a licence. Refuses unknown and delisted assets, zero
	/// units and an overflow.
	fn quote(consumer: &AccountId, asset: AssetId, units: Units) -> Result<MicroU, DispatchError>;

	/// Moves the fee from the consumer, books it with the units, and leaves the receipt. Refuses a delisted asset.
	fn record(used: PermittedUse<AccountId>) -> DispatchResult;

	/// What settling an asset with `ancestors` ancestors costs, which [`Catalogue::record`] causes where it is the first
	/// of a month.
	fn settlement_weight(ancestors: u32) -> Weight;

	/// How many ancestors an asset has; the most that one can have, where there is none of this id.
	fn ancestor_count(asset: AssetId) -> u32;
}

/// The rate of U against the native token, so that a deposit can be taken in either.
pub trait DepositRate<Balance> {
	/// What a deposit of `native` planck is in micro-U; none while no rate is set.
	fn to_micro_u(native: Balance) -> Option<MicroU>;
}

/// The curators, whose word decides who is paid. Asked by lineage, answered by the runtime.
pub trait Impartial<AccountId> {
	/// Whether this attestation, which is being dispatched, may have been decided by somebody: a curator has not where more
	/// than half of all voted for a motion of it, and that curator did not. Where there is no such motion, as for what is nested
	/// in another one, every curator may have.
	fn may_have_attested(
		who: &AccountId,
		asset: AssetId,
		quality: Option<Bps>,
		impact: Option<Bps>,
		reason: &Words,
	) -> bool;

	/// The weight of asking that for creator, owner and payee of an asset, whose benchmark asks nobody.
	fn weight() -> Weight;
}

/// Assets as disputes see them. Asked by disputes, answered by lineage.
pub trait Ancestry<AccountId> {
	/// The item's owner; none for an unknown asset.
	fn owner(asset: AssetId) -> Option<AccountId>;

	/// Who has an interest of its own in an asset: its creator, owner and payee.
	fn parties(asset: AssetId) -> Vec<AccountId>;

	/// How many ancestors an asset has, at a read that does not load them. The most that one can have, where there is none of
	/// this id: weights are asked for before a batch runs, and an asset that it mints first may have as many.
	fn ancestor_count(asset: AssetId) -> u32;

	/// Refuses an edge that cannot be added or removed.
	fn check(edit: &EdgeEdit) -> DispatchResult;

	/// The greatest weight of [`Ancestry::check`], [`Ancestry::revise`] and [`Ancestry::is_ancestor`], each.
	fn check_weight() -> Weight;

	/// Has an edge added or removed, and the ancestors of all descendants updated, over as many blocks as that takes. A
	/// settlement under way does not see it. Refuses what [`Ancestry::check`] does.
	fn revise(edit: EdgeEdit) -> DispatchResult;

	/// Whether a correction of this edge is not worked off yet.
	fn is_revising(edit: &EdgeEdit) -> bool;

	/// Whether an asset descends from another one, directly or through others.
	fn is_ancestor(child: AssetId, ancestor: AssetId) -> bool;

	/// When an asset was taken off the list, in milliseconds. None where it is on the list, or was left off it in an
	/// appeal.
	fn delisted_at(asset: AssetId) -> Option<Moment>;

	/// Puts an asset back on the list.
	fn relist(asset: AssetId) -> DispatchResult;

	/// Leaves an asset off the list for good.
	fn keep_delisted(asset: AssetId);
}

/// What becomes of money that is held for a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldFor {
	/// Whoever is paid for this asset.
	Payee(AssetId),
	/// The derivative's ancestors: it is the derivative's revenue once more, and split with the open month.
	Revenue,
}

/// Where money is held while it is disputed who descends from whom. Asked by disputes, answered by royalty.
pub trait Contests {
	/// Whether a closed period is not reported yet: until then nothing that is held is given to anybody.
	fn is_settling() -> bool;

	/// Has held, in every period that closes from now until `until`, in milliseconds, what the disputed parent of
	/// `doubted` gets of the child's pot, or, where it is said to be missing, would get. Nothing is held for a period at
	/// whose close the parent is an ancestor although it is said to be missing, or is none although it is said to be
	/// inserted. Refuses more than there is room for, and the same contest twice.
	fn open(doubted: &EdgeEdit, until: Moment) -> DispatchResult;

	/// Has nothing held for a contest in periods that close from now on: it is decided. What is held stays so.
	fn decided(derivative: AssetId, ancestor: AssetId);

	/// Ends a contest and gives away what was held for it, which is returned, in micro-U. Refused while
	/// [`Contests::is_settling`].
	fn end(derivative: AssetId, ancestor: AssetId, to: HeldFor) -> Result<MicroU, DispatchError>;

	/// What ending a contest of a derivative with so many ancestors can cost, settling it once more included.
	fn end_weight(ancestors: u32) -> Weight;

	/// What is held for a contest, in micro-U. None where there is no such contest.
	fn held(derivative: AssetId, ancestor: AssetId) -> Option<MicroU>;

	/// How many contests there are.
	fn count() -> u32;
}
