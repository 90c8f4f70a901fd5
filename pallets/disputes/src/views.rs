//! Answers for [`heirloom_primitives::api::DisputesApi`].

use crate::{AccountIdOf, Config, Disputes, Pallet, tally::Tally};
use alloc::{string::String, vec::Vec};
use heirloom_primitives::{AssetId, Contests, DisputeView, EdgeEdit, Subject};

impl<T: Config> Pallet<T> {
	/// All disputes that are not over, or those about an asset, in the order in which they were raised. There are at most
	/// [`Config::MaxOpen`].
	pub fn disputes(asset: Option<AssetId>) -> Vec<DisputeView<AccountIdOf<T>>> {
		let about = |subject: &Subject| match (asset, subject) {
			(None, _) => true,
			(Some(asset), Subject::Edge(EdgeEdit { child, parent, .. })) => {
				[*child, *parent].contains(&asset)
			}
			(Some(asset), Subject::Delisting { asset: delisted }) => asset == *delisted,
		};
		let mut found: Vec<_> = Disputes::<T>::iter()
			.filter(|(_, dispute)| about(&dispute.subject))
			.map(|(id, dispute)| {
				let Tally { ayes, nays, .. } = Self::tally(&dispute);
				let held = match dispute.subject {
					Subject::Edge(EdgeEdit { child, parent, .. }) => {
						T::Contests::held(child, parent).unwrap_or_default()
					}
					Subject::Delisting { .. } => 0,
				};
				DisputeView {
					id,
					subject: dispute.subject,
					by: dispute.by,
					evidence: String::from_utf8_lossy(&dispute.evidence).into_owned(),
					opened_at: dispute.opened_at,
					decide_until: dispute.decide_until,
					ayes,
					nays,
					held,
					outcome: dispute.outcome,
				}
			})
			.collect();
		found.sort_by_key(|dispute| dispute.id);
		found
	}
}
