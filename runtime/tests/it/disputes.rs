//! Disputes from the claim to the months that are split anew, and appeals against delistings.

use crate::{
	chain::{
		ExtBuilder, address, block_at, dispatch_error, draft, events, loom_of, mint, moment, next_block,
		pool, reason, submit, submit_ok, u_of, use_of,
	},
	governance::council_of_one,
	month::{close_and_settle, derive, settle},
};
use heirloom_primitives::{AssetId, EdgeChange, Outcome, Period, Relation, Status, U};
use heirloom_runtime::{Disputes, Lineage, Royalty, Runtime, RuntimeEvent, configs::DisputeBond, genesis};
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve};
use sp_runtime::DispatchError;

const MARCH: Period = Period::new(2026, 3).unwrap();
const APRIL: Period = Period::new(2026, 4).unwrap();

const MISSING: EdgeChange = EdgeChange::Add { relation: Relation::TrainedOn };

fn claim(who: Sr25519Keyring, derivative: AssetId, parent: AssetId, change: EdgeChange) -> u32 {
	let evidence = b"bafkreigh2akiscaildc".to_vec().try_into().unwrap();
	let call = pallet_disputes::Call::<Runtime>::claim { derivative, parent, change, evidence };
	submit_ok(who, call);
	Disputes::disputes(Some(derivative)).last().expect("it was raised").id
}

fn vote_of(dispute: u32, uphold: bool) -> pallet_disputes::Call<Runtime> {
	pallet_disputes::Call::vote { dispute, uphold, reason: reason() }
}

/// The outcomes that the open block has seen.
fn decided() -> Vec<(u32, Outcome)> {
	events(|event| match event {
		RuntimeEvent::Disputes(pallet_disputes::Event::Decided { dispute, outcome, .. }) => {
			Some((dispute, outcome))
		}
		_ => None,
	})
}

/// Bob's data, other data of Eve's, and Charlie's model, which names Bob's alone. Dave uses it for 1,000 U: a pot of
/// 300 U. It is late in March, so that what is claimed now can be decided in April.
fn family() -> (AssetId, AssetId, AssetId) {
	block_at(moment("2026-03-25T12:00:00Z"));
	let (named, other) = (mint(Bob, "CT-1"), mint(Eve, "CT-2"));
	next_block();
	let model = derive(named, "LUNG-1");
	submit_ok(Dave, use_of(model, 1_000));
	(named, other, model)
}

fn close_april() {
	block_at(moment("2026-05-01T00:00:00Z"));
	settle(APRIL);
}

#[test]
fn missing_parent_should_share_in_the_months_after_the_decision() {
	ExtBuilder::default().build_and_execute(|| {
		let (named, other, model) = family();
		let eve_loom = loom_of(&Eve.to_account_id());
		let dispute = claim(Eve, model, other, MISSING);
		let [bob, charlie, eve] = [Bob, Charlie, Eve].map(|who| who.to_account_id());
		let before = [u_of(&bob), u_of(&charlie), u_of(&eve)];
		close_and_settle();
		// The named ancestor is paid in full and on time; only of the model's payment a part is held.
		let held = Disputes::disputes(None)[0].held;
		assert!(held > 0 && held < 240 * U);
		assert_eq!(u_of(&bob) - before[0], (240 + 37) * U);
		assert_eq!(u_of(&charlie) - before[1], 700 * U - held);
		assert_eq!(Royalty::period(MARCH).unwrap().held_out, held);

		submit_ok(Alice, vote_of(dispute, true));
		assert_eq!(decided(), [(dispute, Outcome::Upheld)]);
		next_block();
		assert_eq!(Lineage::ancestors(model), Some(vec![named, other]));
		assert!(Disputes::disputes(None).is_empty());
		assert!(loom_of(&eve).abs_diff(eve_loom) < DisputeBond::get() / 100);

		submit_ok(Dave, use_of(model, 1_000));
		close_april();
		// The past stays: March's statement names one ancestor, April's two, and what was held is paid with it.
		assert!(Royalty::statement(other, MARCH).is_none());
		let shared = [named, other].map(|asset| Royalty::statement(asset, APRIL).unwrap().statement.shared);
		assert!(shared[1] > 0 && shared[0] < 240 * U && 240 * U - (shared[0] + shared[1]) < 10);
		let paid = Royalty::statement(other, APRIL).unwrap().statement.paid;
		assert_eq!(u_of(&eve) - before[2], paid + held);
		let report = Royalty::period(APRIL).unwrap();
		assert_eq!((report.held_in, report.held_out), (held, 0));
	});
}

#[test]
fn inserted_parent_should_lose_its_share() {
	ExtBuilder::default().build_and_execute(|| {
		let (named, _, model) = family();
		let dispute = claim(Eve, model, named, EdgeChange::Remove);
		let [bob, charlie] = [Bob, Charlie].map(|who| who.to_account_id());
		let before = [u_of(&bob), u_of(&charlie)];
		close_and_settle();
		// Its own call fees are not contested.
		assert_eq!([u_of(&bob) - before[0], u_of(&charlie) - before[1]], [37 * U, 700 * U]);
		submit_ok(Alice, vote_of(dispute, true));
		// Until the parent is removed it would share in it once more.
		let close = pallet_disputes::Call::<Runtime>::close { dispute };
		let refused = dispatch_error(submit(Dave, close.clone()));
		assert_eq!(refused, pallet_disputes::Error::<Runtime>::CorrectionUnderWay.into());
		next_block();
		assert_eq!(Lineage::ancestors(model), Some(vec![]));
		submit_ok(Dave, close);
		close_april();
		// Without an ancestor the model keeps what was held.
		assert_eq!([u_of(&bob) - before[0], u_of(&charlie) - before[1]], [37 * U, 940 * U]);
	});
}

#[test]
fn dismissed_claim_should_cost_its_bond() {
	ExtBuilder::default().build_and_execute(|| {
		let (named, _, model) = family();
		let before = u_of(&Bob.to_account_id());
		let dispute = claim(Eve, model, named, EdgeChange::Remove);
		close_and_settle();
		let (_, pool_loom) = pool();
		submit_ok(Alice, vote_of(dispute, false));
		assert!(pool().1 - pool_loom >= DisputeBond::get());
		submit_ok(Eve, pallet_royalty::Call::<Runtime>::claim { payee: address(&Bob.to_account_id()) });
		assert_eq!(u_of(&Bob.to_account_id()) - before, (240 + 37) * U);
	});
}

#[test]
fn money_of_a_decision_during_a_settlement_should_wait_for_its_end() {
	ExtBuilder::default().build_and_execute(|| {
		let (_, other, model) = family();
		let dispute = claim(Eve, model, other, MISSING);
		let eve = Eve.to_account_id();
		let before = u_of(&eve);
		block_at(moment("2026-04-01T00:00:00Z"));
		submit_ok(Alice, vote_of(dispute, true));
		assert_eq!(Disputes::disputes(None)[0].outcome, Some(Outcome::Upheld));
		settle(MARCH);
		// The month was over before the decision.
		let held = Disputes::disputes(None)[0].held;
		assert!(held > 0);
		submit_ok(Dave, pallet_disputes::Call::<Runtime>::close { dispute });
		assert!(Disputes::disputes(None).is_empty());
		submit_ok(Dave, pallet_royalty::Call::<Runtime>::claim { payee: address(&eve) });
		assert_eq!(u_of(&eve) - before, held);
		next_block();
		assert_eq!(Lineage::ancestors(model).unwrap().len(), 2);
		assert_eq!(Royalty::statement(other, MARCH), None);
	});
}

#[test]
fn curator_with_an_interest_should_not_vote() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let (named, other, model) = family();
		let dispute = claim(Eve, model, other, MISSING);
		let conflict: DispatchError = pallet_disputes::Error::<Runtime>::ConflictOfInterest.into();
		// Charlie made the model. Bob owns neither of both.
		assert_eq!(dispatch_error(submit(Charlie, vote_of(dispute, false))), conflict);
		submit_ok(Alice, vote_of(dispute, true));
		assert!(decided().is_empty());
		submit_ok(Bob, vote_of(dispute, true));
		assert_eq!(decided(), [(dispute, Outcome::Upheld)]);
		next_block();
		assert_eq!(Lineage::ancestors(model), Some(vec![named, other]));
	});
}

#[test]
fn upheld_appeal_should_put_an_asset_back_on_the_list() {
	ExtBuilder::default().build_and_execute(|| {
		let asset = mint(Bob, "CT-1");
		council_of_one(pallet_lineage::Call::<Runtime>::delist { asset, reason: reason() }).unwrap();
		assert!(submit(Dave, use_of(asset, 1)).unwrap().is_err());
		let evidence = Default::default();
		submit_ok(Bob, pallet_disputes::Call::<Runtime>::appeal { asset, evidence });
		let dispute = Disputes::disputes(Some(asset))[0].id;
		submit_ok(Alice, vote_of(dispute, true));
		assert_eq!(Lineage::asset(asset).unwrap().status, Status::Active);
		submit_ok(Dave, use_of(asset, 1));
	});
}

#[test]
fn dispute_should_be_decided_in_safe_mode() {
	ExtBuilder::default().build_and_execute(|| {
		let (_, other, model) = family();
		let dispute = claim(Eve, model, other, MISSING);
		council_of_one(pallet_safe_mode::Call::<Runtime>::force_enter {}).unwrap();
		next_block();
		let mint = pallet_lineage::Call::<Runtime>::mint { draft: draft("CT-3") };
		assert!(submit(Eve, mint).unwrap().is_err());
		submit_ok(Alice, vote_of(dispute, false));
		assert_eq!(decided(), [(dispute, Outcome::Dismissed)]);
	});
}
