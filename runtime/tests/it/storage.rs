//! What is stored has a greatest size, or stands here with what bounds it all the same.

use frame_support::traits::{StorageInfo, StorageInfoTrait};
use heirloom_runtime::AllPalletsWithSystem;
use std::collections::BTreeSet;

/// Items of storage whose type has no greatest size, each with what bounds it. All are the SDK's.
const UNBOUNDED: [(&str, &str); 31] = [
	("System.ExtrinsicData", "the open block's, whose length is limited; gone at its end"),
	("System.Digest", "the open block's: its slot, and changes of authorities"),
	("System.Events", "the open block's, whose weight is limited"),
	("System.EventTopics", "no event has a topic"),
	("System.LastRuntimeUpgrade", "the name and the version of the runtime"),
	("Staking.Invulnerables", "root states it"),
	("Staking.ErasStakers", "of older versions; nothing is written into it"),
	("Staking.ErasStakersClipped", "of older versions; nothing is written into it"),
	("Staking.ErasStakersPaged", "`MaxExposurePageSize` backers"),
	("Staking.ClaimedRewards", "pages of a validator's backers, of whom an election hears a limited number"),
	("Staking.ErasRewardPoints", "an era's validators"),
	("Staking.UnappliedSlashes", "offences of an era's validators, each a greater one, and who backed them"),
	("Staking.BondedEras", "`BondingDuration` and the active era"),
	("Staking.SlashingSpans", "slashes of a validator within `BondingDuration`"),
	("Session.Validators", "`MaxAuthorities`, by `MaxValidatorSet` of elections"),
	("Session.CurrentIndex", "a number"),
	("Session.QueuedChanged", "a flag"),
	("Session.QueuedKeys", "as many as validators"),
	("Session.DisabledValidators", "fewer than a third of the validators"),
	("Session.NextKeys", "two keys"),
	("Session.KeyOwner", "an account, under a key"),
	("Session.ExternallySetKeys", "nothing, under an account"),
	("Offences.Reports", "an offender and who reported it"),
	("Offences.ConcurrentReportsIndex", "offenders in one round or slot, of a session's validators"),
	("Curators.Proposals", "`MaxProposals`"),
	("Curators.ProposalOf", "a call, which came in a block"),
	("Curators.CostOf", "an account and a deposit"),
	("Curators.Voting", "the curators, of whom there are `MaxMembers`"),
	("Curators.ProposalCount", "a number"),
	("Curators.Members", "`MaxMembers`"),
	("Curators.Prime", "an account"),
];

fn name(item: &StorageInfo) -> String {
	let text = String::from_utf8_lossy;
	format!("{}.{}", text(&item.pallet_name), text(&item.storage_name))
}

/// A new one is bounded, or somebody has to know what bounds it: what a block reads of it is not in its weight.
#[test]
fn storage_without_a_greatest_size_should_be_listed_with_what_bounds_it() {
	let items = AllPalletsWithSystem::storage_info();
	let unbounded: BTreeSet<_> = items.iter().filter(|item| item.max_size.is_none()).map(name).collect();
	let listed: BTreeSet<_> = UNBOUNDED.iter().map(|(item, _)| (*item).to_owned()).collect();
	let new: Vec<_> = unbounded.difference(&listed).collect();
	let gone: Vec<_> = listed.difference(&unbounded).collect();
	assert!(
		new.is_empty() && gone.is_empty(),
		"without a greatest size and not listed: {new:?}; listed, and bounded or not there: {gone:?}"
	);
}
