//! What random sequences are made of.

use super::{mock::*, model::MOST_VOTES};
use heirloom_primitives::{AssetId, EdgeEdit, MicroU, Moment, U};
use proptest::{
	collection::vec,
	option,
	prelude::*,
	sample::{select, subsequence},
};

/// Descends from one of the others or from both, and belongs to nobody.
const OTHER: AssetId = 5;
/// Who may be a curator: those who have to do with an asset or with a claim, and those who do not. Both in order.
const PARTIES: &[AccountId] = &[ANN, BOB, CYD, DEE, EVE];
const CURATORS: &[AccountId] = &[KIM, LEO, MIA, 14, 15, 16, 17];

/// A call; most fail somewhere along a random sequence. Disputes are chosen among those that are open; none stands for the
/// youngest, open or over.
#[derive(Clone, Debug)]
pub enum Call {
	Claim(AccountId, EdgeEdit),
	Appeal { asset: AssetId, by_owner: bool },
	Answer(AccountId, Option<usize>),
	Vote { seat: usize, dispute: Option<usize>, uphold: bool, reason: &'static str },
	Close(Option<usize>),
}

/// What happens around the pallet.
#[derive(Clone, Debug)]
pub enum Change {
	/// So many milliseconds pass.
	Pass(Moment),
	/// The council has other members.
	Seat(Vec<AccountId>),
	/// The assets are taken off the list.
	Delist,
	/// Asset 1 has another owner.
	GiveTo(AccountId),
	/// Somebody else is paid for asset 1.
	PayTo(AccountId),
	/// A month closes, and so much is held for every claim; it is reported.
	CloseMonth(MicroU),
	Report,
	/// Whether nothing can be checked, corrected or put back on the list.
	Refuse(bool),
	/// Whether corrections are worked off at once.
	Correct(bool),
	/// Whether removed parents stay ancestors through others.
	AnotherWay(bool),
}

#[derive(Clone, Debug)]
pub enum Step {
	Call(Call),
	Change(Change),
}

fn call() -> impl Strategy<Value = Call> {
	let dispute = || option::weighted(0.9, 0usize..4);
	let claimant = select(vec![EVE, EVE, POOR, KIM, BOB]);
	let edge = select(vec![(LUNG, CT), (OTHER, CT), (OTHER, LUNG)]);
	let edit = (edge, any::<bool>()).prop_map(|((child, parent), is_missing)| {
		if is_missing { missing(child, parent) } else { inserted(child, parent) }
	});
	let asset = prop_oneof![3 => Just(CT), 3 => Just(LUNG), 1 => Just(7)];
	let reason = prop_oneof![9 => Just("I looked"), 1 => Just("")];
	let vote = (0usize..8, dispute(), any::<bool>(), reason);
	prop_oneof![
		10 => (claimant, edit).prop_map(|(by, edit)| Call::Claim(by, edit)),
		8 => (asset, prop::bool::weighted(0.8)).prop_map(|(asset, by_owner)| Call::Appeal { asset, by_owner }),
		2 => (select(PARTIES), dispute()).prop_map(|(who, dispute)| Call::Answer(who, dispute)),
		40 => vote.prop_map(|(seat, dispute, uphold, reason)| Call::Vote { seat, dispute, uphold, reason }),
		10 => dispute().prop_map(Call::Close),
	]
}

fn change() -> impl Strategy<Value = Change> {
	let council = (subsequence(PARTIES, 0..=2), subsequence(CURATORS, 1..=MOST_VOTES));
	prop_oneof![
		3 => (1..DECISION / 2).prop_map(Change::Pass),
		1 => Just(Change::Pass(DECISION + 1)),
		7 => council.prop_map(|(parties, others)| {
			Change::Seat(parties.into_iter().chain(others).take(MOST_VOTES).collect())
		}),
		4 => Just(Change::Delist),
		1 => select(vec![ANN, BOB, BOB, KIM]).prop_map(Change::GiveTo),
		1 => select(vec![DEE, LEO]).prop_map(Change::PayTo),
		2 => (1..U).prop_map(Change::CloseMonth),
		3 => Just(Change::Report),
		3 => prop::bool::weighted(0.3).prop_map(Change::Refuse),
		2 => prop::bool::weighted(0.6).prop_map(Change::Correct),
		1 => any::<bool>().prop_map(Change::AnotherWay),
	]
}

/// A random sequence. Steps are weighted so that something is open most of the time, and that some of it is decided.
pub fn sequence() -> impl Strategy<Value = Vec<Step>> {
	vec(prop_oneof![14 => call().prop_map(Step::Call), 5 => change().prop_map(Step::Change)], 1..150)
}
