//! The fake genealogy as the benchmarks have it set up.

use super::mock::{ASSETS, AccountId, Fake, FakeAsset, PAYEES, root};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetFacts, AssetId, GenealogySetup, PAYEES_PER_PAGE, PageIndex, PayeeIndex,
};

impl GenealogySetup<AccountId> for Fake {
	fn fill_page(page: PageIndex, facts: AssetFacts, ancestors: &[AssetId]) {
		ASSETS.with_borrow_mut(|assets| {
			assets.resize((page * ASSETS_PER_PAGE) as usize, root());
			let asset = FakeAsset { facts, parents: ancestors.to_vec(), ..root() };
			assets.resize(assets.len() + ASSETS_PER_PAGE as usize, asset);
		});
	}

	fn derive(page: PageIndex, creator: &AccountId, ancestors: &[AssetId]) -> AssetId {
		let asset = (page + 1) * ASSETS_PER_PAGE - 1;
		Self::change(asset, |asset| {
			asset.parents = ancestors.to_vec();
			asset.payee = *creator;
		});
		asset
	}

	fn give(asset: AssetId, owner: &AccountId) {
		Self::change(asset, |asset| asset.payee = *owner);
	}

	fn remember_payees(page: PageIndex, payees: Vec<Option<PayeeIndex>>) {
		let first = (page * ASSETS_PER_PAGE) as usize;
		ASSETS.with_borrow_mut(|assets| {
			for (asset, payee) in assets.iter_mut().skip(first).zip(payees) {
				asset.remembered = payee;
			}
		});
	}

	fn number_payees(page: PageIndex, accounts: Vec<AccountId>) {
		let below = vec![AccountId::MAX; (page * PAYEES_PER_PAGE) as usize];
		PAYEES.set(vec![
			below.into_iter().chain(accounts).collect(),
			Vec::new(),
			Vec::new(),
			Vec::new(),
			Vec::new(),
		]);
	}
}
