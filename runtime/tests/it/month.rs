//! A month from the first minting to the payments that the hooks make.

use crate::{
	chain::{
		ExtBuilder, address, block_at, draft, events, mint, moment, next_block, pool, submit_ok, u_of, use_of,
	},
	governance::council_of_one,
};
use heirloom_primitives::{AssetId, Kind, Period, Purpose, Relation, U};
use heirloom_runtime::{AccountId, Lineage, Royalty, Runtime, RuntimeEvent};
use pallet_lineage::{AssetDraft, COLLECTION};
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve};

const MARCH: Period = Period::new(2026, 3).unwrap();

/// Charlie trains a model on an asset, for 37 units of it.
pub fn derive(data: AssetId, handle: &str) -> AssetId {
	submit_ok(Charlie, pallet_lineage::Call::<Runtime>::open_derivation {});
	let opened = events(|event| match event {
		RuntimeEvent::Lineage(pallet_lineage::Event::DerivationOpened { derivation, .. }) => Some(derivation),
		_ => None,
	});
	let derivation = opened[0];
	submit_ok(
		Charlie,
		pallet_lineage::Call::<Runtime>::call {
			asset: data,
			units: 37,
			purpose: Purpose::Training,
			max_fee: 37 * U,
			derivation: Some((derivation, Relation::TrainedOn)),
		},
	);
	let draft = AssetDraft { kind: Kind::Model, ..draft(handle) };
	let permits = Default::default();
	submit_ok(Charlie, pallet_lineage::Call::<Runtime>::mint_derived { derivation, draft, permits });
	Lineage::asset_id(handle.as_bytes()).unwrap()
}

/// Bob's data, Charlie's model of it, and Dave who uses the model for 1,000 U: a pot of 300 U.
fn month() -> (AssetId, AssetId) {
	let data = mint(Bob, "CT-1");
	next_block();
	let model = derive(data, "LUNG-1");
	submit_ok(Dave, use_of(model, 1_000));
	(data, model)
}

/// The first block of April, which closes March.
fn close() {
	block_at(moment("2026-04-01T00:00:00Z"));
}

/// Lets the hooks settle a closed month.
pub fn settle(month: Period) {
	for _ in 0..20 {
		if Royalty::progress().settled == Some(month) {
			return;
		}
		next_block();
	}
	panic!("{month} is not settled: {:?}", Royalty::progress());
}

/// The end of March and all that follows from it.
pub fn close_and_settle() {
	close();
	settle(MARCH);
}

/// What these accounts get while `test` runs, in micro-U.
fn gains<const N: usize>(of: [AccountId; N], test: impl FnOnce()) -> [u128; N] {
	let before = of.each_ref().map(u_of);
	test();
	std::array::from_fn(|index| u_of(&of[index]) - before[index])
}

#[test]
fn month_should_be_paid_by_the_hooks() {
	ExtBuilder::default().build_and_execute(|| {
		let (data, model) = month();
		let (pool_before, _) = pool();
		let paid = gains([Bob.to_account_id(), Charlie.to_account_id()], close_and_settle);
		// The only ancestor gets 80 % of the model's pot, beside what its own 37 units brought.
		assert_eq!(paid, [(240 + 37) * U, 700 * U]);
		assert_eq!(pool().0 - pool_before, 60 * U);

		let statement = Royalty::statement(data, MARCH).unwrap().statement;
		assert_eq!((statement.shared, statement.call_fees, statement.paid), (240 * U, 37 * U, 277 * U));
		assert_eq!(Royalty::statement(model, MARCH).unwrap().statement.paid, 700 * U);
		let report = Royalty::period(MARCH).unwrap();
		assert_eq!((report.revenue, report.call_fees), (300 * U, 737 * U));
		assert_eq!((report.paid, report.pool, report.carried_out), (977 * U, 60 * U, 0));
	});
}

#[test]
fn transfer_of_the_item_should_transfer_the_income() {
	ExtBuilder::default().build_and_execute(|| {
		let (data, _) = month();
		let dest = address(&Eve.to_account_id());
		submit_ok(Bob, pallet_nfts::Call::<Runtime>::transfer { collection: COLLECTION, item: data, dest });
		let paid = gains([Bob.to_account_id(), Eve.to_account_id()], close_and_settle);
		assert_eq!(paid, [0, 277 * U]);
	});
}

#[test]
fn item_sold_after_the_close_should_be_paid_to_its_buyer() {
	ExtBuilder::default().build_and_execute(|| {
		let (data, _) = month();
		let paid = gains([Bob.to_account_id(), Eve.to_account_id()], || {
			close();
			let dest = address(&Eve.to_account_id());
			submit_ok(
				Bob,
				pallet_nfts::Call::<Runtime>::transfer { collection: COLLECTION, item: data, dest },
			);
			settle(MARCH);
		});
		assert_eq!(paid, [0, 277 * U]);
	});
}

#[test]
fn reported_revenue_should_be_shared_whole() {
	ExtBuilder::default().build_and_execute(|| {
		let (_, model) = month();
		submit_ok(Charlie, pallet_royalty::Call::<Runtime>::report_revenue { asset: model, amount: 500 * U });
		let paid = gains([Bob.to_account_id()], close_and_settle);
		assert_eq!(paid, [(240 + 400 + 37) * U]);
	});
}

#[test]
fn call_in_the_first_block_of_a_month_should_count_for_it() {
	ExtBuilder::default().build_and_execute(|| {
		let (data, _) = month();
		close();
		submit_ok(Alice, use_of(data, 5));
		assert_eq!(Royalty::estimate(data).unwrap().gross, 5 * U);
		settle(MARCH);
		assert_eq!(Royalty::statement(data, MARCH).unwrap().statement.call_fees, 37 * U);
	});
}

#[test]
fn month_should_be_settled_after_a_chain_slept_over_its_end() {
	ExtBuilder::default().build_and_execute(|| {
		month();
		let paid = gains([Bob.to_account_id()], || {
			block_at(moment("2026-06-15T08:30:00Z"));
			(0..5).for_each(|_| next_block());
		});
		assert_eq!(paid, [277 * U]);
		assert_eq!(Royalty::progress().open, Period::new(2026, 6).unwrap());
	});
}

#[test]
fn month_should_be_paid_in_safe_mode() {
	ExtBuilder::default().build_and_execute(|| {
		month();
		council_of_one(pallet_safe_mode::Call::<Runtime>::force_enter {}).unwrap();
		assert_eq!(gains([Bob.to_account_id()], close_and_settle), [277 * U]);
	});
}
