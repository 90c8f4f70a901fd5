//! What users do, and what they do it with.

use super::{STRIDE, USERS};
use crate::platform::{self, Platform};
use frame_support::dispatch::Callable;
use heirloom_primitives::{AssetId, Bps, CENT, DerivationId, Evidence, Kind, ONE, Purpose, Relation, Terms};
use heirloom_runtime::{
	AccountId, Address, Nfts, Runtime, RuntimeCall,
	constants::{loom::MILLI_LOOM, u::U_ID},
};
use pallet_lineage::{AssetDraft, COLLECTION};

/// What users do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
	/// `balances.transfer_keep_alive`.
	TransferLoom,
	/// `assets.transfer_keep_alive` of U.
	TransferU,
	/// `lineage.call` of a unit of an asset that is booked already.
	Call,
	/// `lineage.open_derivation`.
	OpenDerivation,
	/// `lineage.call` under a derivation, which makes the asset a parent.
	UseAsParent,
	/// `lineage.mint_derived` from such a derivation.
	Mint,
	/// `lineage.set_terms`, to a lower rate.
	SetTerms,
	/// `lineage.set_payee`.
	BindPayee,
	/// `royalty.report_revenue`, of some assets in turn.
	ReportRevenue,
	/// `nfts.transfer`.
	TransferAsset,
}

impl Action {
	/// The call's name.
	pub const fn name(self) -> &'static str {
		match self {
			Self::TransferLoom => "balances.transfer_keep_alive",
			Self::TransferU => "assets.transfer_keep_alive",
			Self::Call => "lineage.call",
			Self::OpenDerivation => "lineage.open_derivation",
			Self::UseAsParent => "lineage.call, as a parent",
			Self::Mint => "lineage.mint_derived",
			Self::SetTerms => "lineage.set_terms",
			Self::BindPayee => "lineage.set_payee",
			Self::ReportRevenue => "royalty.report_revenue",
			Self::TransferAsset => "nfts.transfer",
		}
	}

	/// Whether only one user may do it with an object, instead of anybody with any.
	pub const fn is_the_owners(self) -> bool {
		match self {
			Self::TransferLoom | Self::TransferU | Self::Call | Self::OpenDerivation => false,
			Self::UseAsParent
			| Self::Mint
			| Self::SetTerms
			| Self::BindPayee
			| Self::ReportRevenue
			| Self::TransferAsset => true,
		}
	}
}

/// Assets for which users report revenue: few enough that a few blocks book each of them once. Later reports are not
/// charged for settling the asset.
pub const REPORTED: usize = 1_000;
/// Assets from which users derive, as few for the same reason.
const PARENTS: usize = 1_000;
/// Derivations that users mint from: more than three blocks take.
pub const DERIVATIONS: usize = 4_500;
/// Revenue that is reported at a time, in micro-U.
const REVENUE: u128 = CENT;
/// Below the rate of any generated asset: terms may change in favour of derivatives only.
const LOW_RATE: Bps = 999;

/// Assets that users use and own, and the derivations that they open.
#[derive(Clone, Debug)]
pub struct Objects {
	/// Assets that earn: they are used.
	earning: Vec<AssetId>,
	/// Some of them from which anybody may derive.
	parents: Vec<AssetId>,
	/// Assets of users, of each user at most one: the first is the first user's.
	owned: Vec<AssetId>,
	/// Who opened each derivation.
	openers: Vec<usize>,
}

impl Objects {
	/// Those of a platform.
	pub fn of(platform: &Platform) -> Self {
		let earning: Vec<_> = platform.earning().collect();
		let parents: Vec<_> = earning.iter().copied().filter(|asset| platform.shares(*asset)).collect();
		let parents = parents.iter().copied().step_by(parents.len().div_ceil(PARENTS).max(1)).collect();
		Self { earning, parents, owned: platform.owned_by_users(), openers: Vec::new() }
	}

	/// How many assets earn.
	pub fn earning(&self) -> usize {
		self.earning.len()
	}

	/// Takes note of who opens the derivation of a number.
	pub(super) fn opened_by(&mut self, number: usize, user: usize) {
		self.openers.truncate(number);
		self.openers.push(user);
	}

	/// Who may do something for the `number`th time, when so many derivations are open.
	pub(super) fn owner(&self, action: Action, number: usize, opened: usize) -> usize {
		match action {
			Action::UseAsParent | Action::Mint => {
				self.openers.get(number % opened.max(1)).copied().unwrap_or_default()
			}
			Action::ReportRevenue => number % self.owned.len().clamp(1, REPORTED),
			// Whose an asset is after it went to another one as often as all others have.
			Action::TransferAsset => {
				let rounds = number / self.owned.len().max(1);
				(number % self.owned.len().max(1) + rounds * STRIDE) % USERS
			}
			_ => number % self.owned.len().max(1),
		}
	}

	/// The call of an action for the `number`th time.
	pub(super) fn call(
		&self,
		action: Action,
		number: usize,
		opened: usize,
		receiver: AccountId,
	) -> RuntimeCall {
		let of = |assets: &[AssetId], number: usize| {
			assets.get(number % assets.len().max(1)).copied().unwrap_or_default()
		};
		let owned = of(&self.owned, number);
		let derivation = (number % opened.max(1)) as DerivationId;
		match action {
			Action::TransferLoom => {
				let (dest, value) = (Address::Id(receiver), MILLI_LOOM);
				pallet_balances::Call::<Runtime>::transfer_keep_alive { dest, value }.into()
			}
			Action::TransferU => {
				let (id, target, amount) = (U_ID, Address::Id(receiver), CENT);
				pallet_assets::Call::<Runtime>::transfer_keep_alive { id, target, amount }.into()
			}
			Action::Call => used(of(&self.earning, number.wrapping_mul(STRIDE)), None),
			Action::OpenDerivation => pallet_lineage::Call::<Runtime>::open_derivation {}.into(),
			Action::UseAsParent => {
				let parent = of(&self.parents, number.wrapping_mul(STRIDE));
				used(parent, Some((derivation, Relation::Finetune)))
			}
			Action::Mint => {
				let (draft, permits) = (draft(number), Default::default());
				pallet_lineage::Call::<Runtime>::mint_derived { derivation, draft, permits }.into()
			}
			Action::SetTerms => {
				let round = (number / self.owned.len().max(1)) as Bps;
				let terms = Terms::Share { rate: LOW_RATE.saturating_sub(round) };
				pallet_lineage::Call::<Runtime>::set_terms { asset: owned, terms }.into()
			}
			Action::BindPayee => {
				let payee = Some(Address::Id(receiver));
				pallet_lineage::Call::<Runtime>::set_payee { asset: owned, payee }.into()
			}
			Action::ReportRevenue => {
				let asset = of(&self.owned, number % self.owned.len().clamp(1, REPORTED));
				pallet_royalty::Call::<Runtime>::report_revenue { asset, amount: REVENUE }.into()
			}
			Action::TransferAsset => {
				let (collection, item, dest) = (COLLECTION, owned, Address::Id(receiver));
				NftsCall::transfer { collection, item, dest }.into()
			}
		}
	}
}

/// The calls of `pallet-nfts`.
type NftsCall = <Nfts as Callable<Runtime>>::RuntimeCall;

fn used(asset: AssetId, derivation: Option<(DerivationId, Relation)>) -> RuntimeCall {
	let (units, purpose, max_fee) = (1, Purpose::Inference, platform::CALL_FEE);
	pallet_lineage::Call::<Runtime>::call { asset, units, purpose, max_fee, derivation }.into()
}

/// What a user mints.
fn draft(number: usize) -> AssetDraft {
	AssetDraft {
		handle: format!("user/minted-{number}").into_bytes().try_into().unwrap_or_default(),
		kind: Kind::Model,
		content: platform::content(number as AssetId).into_bytes().try_into().unwrap_or_default(),
		domain: None,
		scenario: Default::default(),
		evidence: Evidence::default(),
		terms: Terms::Share { rate: LOW_RATE },
		call_fee: platform::CALL_FEE,
		quality: Some(ONE / 2),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::users::receiver;

	fn objects() -> Objects {
		Objects { earning: vec![1, 2, 3], parents: vec![2], owned: vec![7, 8], openers: vec![] }
	}

	#[test]
	fn asset_is_transferred_by_whom_it_went_to() {
		let objects = objects();
		let owner = |number| objects.owner(Action::TransferAsset, number, 0);
		assert_eq!([0, 1].map(owner), [0, 1]);
		assert_eq!([2, 3].map(owner), [receiver(0), receiver(1)]);
		assert_eq!(owner(4), receiver(receiver(0)));
	}

	#[test]
	fn derivation_is_used_by_whom_opened_it() {
		let mut objects = objects();
		objects.opened_by(0, 40);
		objects.opened_by(1, 41);
		// Taken back and signed anew.
		objects.opened_by(1, 50);
		let owner = |action, number| objects.owner(action, number, 2);
		assert_eq!([0, 1, 2].map(|number| owner(Action::UseAsParent, number)), [40, 50, 40]);
		assert_eq!(owner(Action::Mint, 1), 50);
	}
}
