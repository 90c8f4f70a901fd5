//! The attacks that are played.

use super::{Attacked, Error, Outcome, Platform, disputing, inserting, using};

/// One attack, and what stands against it.
#[derive(Debug)]
pub struct Plan {
	/// What is done.
	pub name: &'static str,
	/// The rule that makes it not pay, or what stands against it where no rule of the formula does.
	pub rule: &'static str,
	/// A test that shows the rule on the chain.
	pub shown_by: &'static str,
	/// Whether it still pays by the second version.
	pub still_pays: bool,
	/// What the platform is like before, where it is not the scenario's.
	pub before: fn(Platform) -> Result<Platform, Error>,
	/// The attack.
	pub attack: fn(Platform) -> Result<Attacked, Error>,
}

/// All attacks, in the order of the table.
pub const PLANS: &[Plan] = &[
	Plan {
		name: "five parents of one's own, under both models",
		rule: "a pot that has proven ancestors is shared among those only",
		shown_by: "royalty formula::parents_of_ones_own_should_take_nothing_from_a_proven_one",
		still_pays: false,
		before: using::as_it_is,
		attack: inserting::five_parents,
	},
	Plan {
		name: "as many parents as an asset can have",
		rule: "the same: their number does not matter",
		shown_by: "royalty formula::parents_of_ones_own_should_take_nothing_from_a_proven_one",
		still_pays: false,
		before: using::as_it_is,
		attack: inserting::many_parents,
	},
	Plan {
		name: "a derived asset of one's own put in between",
		rule: "the same: it is an ancestor like others",
		shown_by: "royalty formula::unproven_parent_should_have_neither_share_nor_weight_beside_a_proven_one",
		still_pays: false,
		before: using::as_it_is,
		attack: inserting::chain_between,
	},
	Plan {
		name: "five parents where nobody is proven",
		rule: "none of the formula: one attested ancestor ends it",
		shown_by: "royalty formula::parents_of_ones_own_should_take_nothing_from_a_proven_one",
		still_pays: true,
		before: inserting::unproven,
		attack: inserting::five_parents,
	},
	Plan {
		name: "an attested parent that was never used",
		rule: "none of the formula: curators attest what they know, and not what they own themselves",
		shown_by: "runtime governance::curators_should_attest_their_own_by_the_votes_of_others_alone",
		still_pays: true,
		before: using::as_it_is,
		attack: inserting::attested_parent,
	},
	Plan {
		name: "an asset for one-time sale put in between",
		rule: "an ancestor behind a sale stays eligible",
		shown_by: "royalty booking::report_should_reach_an_ancestor_behind_a_sale",
		still_pays: false,
		before: using::as_it_is,
		attack: inserting::buyout_between,
	},
	Plan {
		name: "calls by the owner to raise a rank",
		rule: "units of creator and owner do not count",
		shown_by: "lineage using::call_should_count_no_units_of_the_owner",
		still_pays: false,
		before: using::as_it_is,
		attack: using::calls_by_the_owner,
	},
	Plan {
		name: "calls of a root from a fresh wallet",
		rule: "none of the formula, beside proven ancestors only for who is proven: curators can attest anew or delist",
		shown_by: "lineage curating::attested_quality_should_replace_the_claim",
		still_pays: true,
		before: using::as_it_is,
		attack: using::calls_of_a_root,
	},
	Plan {
		name: "calls of a derivative from a fresh wallet",
		rule: "its fees are shared with its ancestors, and a fifth is the pool's",
		shown_by: "royalty payment::call_fees_should_be_split_by_the_highest_rate",
		still_pays: false,
		before: using::as_it_is,
		attack: using::calls_of_a_derivative,
	},
	Plan {
		name: "1,200 unused assets to raise all ranks",
		rule: "none of the formula: what is delisted is in no rank, and its deposit is lost",
		shown_by: "royalty formula::delisted_assets_should_be_in_no_rank",
		still_pays: true,
		before: using::as_it_is,
		attack: using::tiny_assets,
	},
	Plan {
		name: "minted again for the bonus of new assets",
		rule: "derivatives keep the parents that they were made from",
		shown_by: "lineage derivations::parents_should_be_what_was_called",
		still_pays: false,
		before: using::as_it_is,
		attack: inserting::minted_again,
	},
	Plan {
		name: "a quality of 100 % claimed",
		rule: "a claim adds nothing",
		shown_by: "primitives weight::claim_adds_nothing_by_the_second_version",
		still_pays: false,
		before: using::without_claims,
		attack: using::perfect_claim,
	},
	Plan {
		name: "the item sold just before it is paid",
		rule: "whoever owns it when it is paid gets the month, once",
		shown_by: "runtime month::item_sold_after_the_close_should_be_paid_to_its_buyer",
		still_pays: false,
		before: using::as_it_is,
		attack: using::sell,
	},
	Plan {
		name: "the rate lowered after the derivation",
		rule: "rates only fall, and what falls is one's own",
		shown_by: "lineage owning::rate_should_only_fall",
		still_pays: false,
		before: using::as_it_is,
		attack: using::lower_rate,
	},
	Plan {
		name: "turned to one-time sale after the derivation",
		rule: "who sells is owed nothing by derivatives",
		shown_by: "royalty formula::ancestor_for_sale_should_get_nothing",
		still_pays: false,
		before: using::as_it_is,
		attack: using::turn_to_sale,
	},
	Plan {
		name: "8,000 micro-U of calls over 2,000 assets, rounded down",
		rule: "a month is split once per asset, and an asset takes a deposit",
		shown_by: "runtime fees::attacks_should_not_be_said_to_cost_more_than_they_do",
		still_pays: false,
		before: using::one_model,
		attack: using::splinters,
	},
	Plan {
		name: "10,000 U reported that were never made",
		rule: "what is reported is paid in, and a fifth is the pool's",
		shown_by: "royalty payment::ancestor_should_get_eighty_percent_of_a_pot",
		still_pays: false,
		before: using::as_it_is,
		attack: using::report_too_much,
	},
	Plan {
		name: "15,000 U of revenue not reported",
		rule: "none on the chain, which does not see it: a contract; call fees are shared by the chain itself",
		shown_by: "royalty payment::call_fees_should_be_split_by_the_highest_rate",
		still_pays: true,
		before: using::as_it_is,
		attack: using::report_nothing,
	},
	Plan {
		name: "a true parent claimed never used, dismissed",
		rule: "what was held is paid to whom it was due, and the bond is lost",
		shown_by: "runtime disputes::dismissed_claim_should_cost_its_bond",
		still_pays: false,
		before: using::as_it_is,
		attack: |platform| disputing::by_another(platform, Outcome::Dismissed),
	},
	Plan {
		name: "a true parent claimed never used, not decided",
		rule: "what was held is paid to whom it was due",
		shown_by: "disputes closing::share_of_a_parent_that_stays_should_be_released_when_a_dispute_lapses",
		still_pays: false,
		before: using::as_it_is,
		attack: |platform| disputing::by_another(platform, Outcome::Lapsed),
	},
	Plan {
		name: "a true parent claimed never used, wrongly upheld",
		rule: "none of the formula: it takes more than half of all curators without an interest, each with a reason",
		shown_by: "runtime disputes::curator_with_an_interest_should_not_vote",
		still_pays: true,
		before: using::as_it_is,
		attack: |platform| disputing::by_another(platform, Outcome::Upheld),
	},
	Plan {
		name: "15,000 U reported, then its parents claimed away, not decided",
		rule: "what was held is paid to whom it was due, which is not who reported",
		shown_by: "royalty contests::share_should_be_paid_when_the_ancestor_stays",
		still_pays: false,
		before: using::as_it_is,
		attack: |platform| disputing::by_the_reporter(platform, Outcome::Lapsed),
	},
	Plan {
		name: "15,000 U reported, then its parents claimed away, wrongly upheld",
		rule: "none of the formula: the same majority; the pool keeps its fifth, so that not to report gains more",
		shown_by: "runtime disputes::inserted_parent_should_lose_its_share",
		still_pays: true,
		before: using::as_it_is,
		attack: |platform| disputing::by_the_reporter(platform, Outcome::Upheld),
	},
];
