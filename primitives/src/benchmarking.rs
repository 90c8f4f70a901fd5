//! What the benchmarks of one pallet have another set up: each trait extends the one by which the measured pallet asks
//! it.

use crate::{Ancestry, AssetFacts, AssetId, Bookings, Catalogue, EdgeEdit, Genealogy, PageIndex, PayeeIndex};
use alloc::vec::Vec;

/// Sets up what [`Bookings`] answers.
pub trait BookingsSetup<AccountId>: Bookings<AccountId> {
	/// Lets the facts of assets stand still, as from a close to its report.
	fn freeze_facts();
}

/// Sets up assets for [`Catalogue`].
pub trait CatalogueSetup<AccountId>: Catalogue<AccountId> {
	/// Mints an asset of `owner` with a call fee of 1 U, in a page of its own.
	fn new_asset(owner: &AccountId) -> AssetId;

	/// Books a use of all other assets in the page of such an asset, which makes its own use expensive to book.
	fn book_neighbours(asset: AssetId);
}

/// Sets up assets and payees for [`Genealogy`].
pub trait GenealogySetup<AccountId>: Genealogy<AccountId> {
	/// Fills a page with assets that all have these facts and ancestors. Who is paid for them must be looked up.
	fn fill_page(page: PageIndex, facts: AssetFacts, ancestors: &[AssetId]);

	/// Gives the last asset of a full page other ancestors, and returns it. `creator` minted it and handed it over.
	fn derive(page: PageIndex, creator: &AccountId, ancestors: &[AssetId]) -> AssetId;

	/// Makes an account the owner of an asset that nobody owned.
	fn give(asset: AssetId, owner: &AccountId);

	/// Remembers who is paid for the assets of a full page.
	fn remember_payees(page: PageIndex, payees: Vec<Option<PayeeIndex>>);

	/// Numbers accounts as the payees of a page; those of the pages below are numbered already.
	fn number_payees(page: PageIndex, accounts: Vec<AccountId>);
}

/// Sets up assets for [`Ancestry`].
pub trait AncestrySetup<AccountId>: Ancestry<AccountId> {
	/// A parent that an asset can be said to have left out.
	fn edge() -> EdgeEdit;

	/// An asset of `owner` that was just taken off the list.
	fn delisted(owner: &AccountId) -> AssetId;
}
