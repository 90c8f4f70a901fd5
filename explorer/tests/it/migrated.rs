//! An index that an earlier explorer filled, opened by this one: nothing is lost, and what is new since then can be used.

use crate::{
	database::{Database, on_both},
	rows::asset,
};
use heirloom_explorer::{
	chain::decode::sandbox::Operator,
	on,
	store::{
		ExtrinsicPlace, FIRST, Money, Month, NEWEST, Pool, Store,
		read::{
			alerts::Place,
			demand::DomainUsage,
			lineage::Way,
			overview::{OwnUsage, SoFar},
		},
		write::{NewAsset, NewBlock, NewExtrinsic, NewReceipt},
	},
};
use sqlx::migrate::Migrator;
use std::path::Path;
use subxt::utils::AccountId32;

/// The month that is open, and the one before, which is settled.
const OPEN: Month = Month(24_314);
const SETTLED: Month = Month(24_313);

/// The migrations of the first explorer.
const FIRST_HAD: i64 = 4;

/// The migration by which transactions have their events.
const ORIGINS: i64 = 12;

/// The migration by which mints are events of their block.
const MINTS: i64 = 13;

/// The migration by which what the curators did to operators has their reason.
const REASONS: i64 = 14;

/// The transaction that left the events of the last block.
const CALL: ExtrinsicPlace = ExtrinsicPlace { height: 7, position: 1 };

/// What explorers wrote that had the migrations up to one at least.
const WRITTEN: [(i64, &str); 10] = [
	(4, include_str!("earlier/04_sandbox.sql")),
	(5, include_str!("earlier/05_sums.sql")),
	(6, include_str!("earlier/06_formula.sql")),
	(7, include_str!("earlier/07_disputes.sql")),
	(8, include_str!("earlier/08_alerts.sql")),
	(9, include_str!("earlier/09_webhooks.sql")),
	(11, include_str!("earlier/11_nearest.sql")),
	(12, include_str!("earlier/12_origins.sql")),
	(13, include_str!("earlier/13_mints.sql")),
	(14, include_str!("earlier/14_reasons.sql")),
];

/// The migrations of a database.
async fn migrations(database: &Database) -> Migrator {
	let of = match database {
		Database::Sqlite(_) => "sqlite",
		Database::Postgres(_) => "postgres",
	};
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(of);
	Migrator::new(folder).await.unwrap()
}

/// Fills an index as an explorer did that had the migrations up to one.
async fn fill(database: &Database, name: &str, migrations: &Migrator, last: i64) {
	let index = database.open(name).await;
	match index.pool() {
		Pool::Sqlite(pool) => migrations.run_to(last, pool).await.unwrap(),
		Pool::Postgres(pool) => migrations.run_to(last, pool).await.unwrap(),
	}
	for (_, rows) in WRITTEN.into_iter().filter(|(since, _)| *since <= last) {
		on!(index, pool => sqlx::raw_sql(rows).execute(pool).await.map(|_| ()).unwrap());
	}
	index.close().await;
}

/// What was indexed is found by all that asks for it, by what was added later as well.
async fn finds_all(store: &Store, last: i64) {
	assert_eq!(store.cursor().await.unwrap().unwrap().height, 7);
	assert_eq!(store.chain_fact("genesis").await.unwrap().as_deref(), Some("0x00"));
	// The events of its transaction are known where they were noted.
	let noted = last >= ORIGINS;
	let call = store.extrinsic(CALL).await.unwrap().unwrap();
	let events = (call.first_event, call.events);
	assert_eq!((call.call.as_str(), events), ("call", (noted.then_some(1), noted.then_some(8))));
	assert_eq!(store.extrinsic_of(7, 2).await.unwrap(), noted.then_some(CALL));
	let happened = store.happened_in(7, FIRST, 100).await.unwrap().items;
	let whats: Vec<_> = happened.iter().map(|one| one.what.as_str()).collect();
	assert_eq!(whats, ["used", "used", "transfer", "changed", "bought", "revenue", "claimed"]);
	assert!(happened.iter().all(|one| one.transaction() == noted.then_some(CALL)), "{happened:?}");
	// So are mints of their block, and why the curators did something to an operator. Why they revoked a permit was kept by none
	// of these explorers.
	let happened = store.happened_in(6, FIRST, 100).await.unwrap().items;
	assert_eq!(happened[0].what == "minted", last >= MINTS, "{happened:?}");
	let reasons = happened.iter().filter(|one| one.what == "operator" || one.what == "permit");
	let reasons: Vec<_> = reasons.map(|one| one.reason.as_deref()).collect();
	assert_eq!(reasons, [(last >= REASONS).then_some("unread"), None], "{happened:?}");
	assert_eq!(store.permit(0).await.unwrap().unwrap().reason, None);

	let bob = store.account("BOB").await.unwrap();
	assert_eq!((bob.calls, bob.spent, bob.extrinsics), (1, Money(3_000_000), 1));
	assert_eq!((bob.owned, bob.payments, bob.earned), (3, 0, Money(1_000_000)));
	let alice = store.account("ALICE").await.unwrap();
	assert_eq!((alice.calls, alice.spent, alice.extrinsics), (1, Money(1_000_000), 0));
	assert_eq!((alice.payments, alice.earned, alice.held), (1, Money(3_000_000), Money(4)));

	let (fees, reported) = (Money(4_000_000), Money(9_000_000));
	let month = SoFar { assets: 1, calls: 2, units: 4, fees, reported };
	assert_eq!(store.month_so_far(OPEN).await.unwrap(), month);
	let domain = DomainUsage { domain: Some("law".into()), assets: 1, calls: 2, fees };
	assert_eq!(store.domains_in_demand(OPEN).await.unwrap(), [domain]);
	let usage = OwnUsage { asset: 0, calls: 2, units: 4, fees };
	assert_eq!(store.usage_of(&[0, 1, 2, 3], OPEN).await.unwrap(), [usage]);
	assert_eq!(store.usage(0, OPEN).await.unwrap().unwrap().callers, 2);
	// Its owner's own use is none by somebody else.
	let used = store.uses_of_owner("ALICE", 10).await.unwrap().items;
	assert_eq!(used.iter().map(|used| used.receipt.number).collect::<Vec<_>>(), [0]);
	let validators = store.validators().await.unwrap();
	assert_eq!(validators.iter().map(|one| (one.blocks, one.last)).collect::<Vec<_>>(), [(2, 7)]);

	// What is usual in a settled month is written down at the latest when the index is opened.
	let spread = store.distribution(SETTLED).await.unwrap();
	assert_eq!((spread.payees, spread.paid, spread.greatest), (2, Money(4_000_000), Money(3_000_000)));
	let medians = store.domain_medians(SETTLED).await.unwrap();
	assert_eq!(medians.iter().map(|one| one.paid).collect::<Vec<_>>(), [Money(1_000_000), Money(3_000_000)]);

	// Of the children the one with the most children of its own, which is not the first.
	let nearest = store.next_layer(&[0], Way::Down, 1).await.unwrap();
	assert_eq!(nearest.iter().map(|kin| kin.id).collect::<Vec<_>>(), [2]);

	let held = store.withheld_of("ALICE", NEWEST, 10).await.unwrap().items;
	let (disputes, webhooks) = (last >= 7, last >= 9);
	assert_eq!(
		held.iter().map(|one| one.released_in).collect::<Vec<_>>(),
		vec![Some(7); usize::from(disputes)]
	);
	let told = store.webhook("clinic", "ALICE").await.unwrap();
	assert_eq!(told, webhooks.then_some(Place { height: 6, event: 1, part: 0 }));
}

/// The next block is taken in behind it, with what only this explorer writes.
async fn goes_on(store: &Store) {
	let (at, author) = (1_772_323_212_000, Some("VALIDATOR".to_string()));
	let block = NewBlock {
		height: 8,
		hash: "0x08".into(),
		parent: "0x07".into(),
		state_root: "0x18".into(),
		at,
		spec_version: 2,
		extrinsics: 1,
		events: 5,
		author,
	};
	let extrinsic = NewExtrinsic {
		position: 0,
		hash: "0x80".into(),
		pallet: "Utility".into(),
		call: "batch".into(),
		signer: Some("BOB".into()),
		fee: None,
		fee_currency: None,
		error: None,
		args: "{}".into(),
		first_event: Some(0),
		events: 5,
	};
	let receipt = NewReceipt {
		asset: 0,
		number: 2,
		event: 2,
		caller: "BOB".into(),
		units: "1".into(),
		paid_units: 1,
		purpose: "training",
		fee: Money(1_000_000),
		permit: None,
		derivation: None,
		at,
		period: OPEN,
		hash: "0xa2".into(),
	};
	let suspended = Operator {
		operator: AccountId32([9; 32]),
		name: "OperatorSuspended".into(),
		profile: None,
		status: Some("registered"),
		amount: None,
		reason: Some("late".into()),
	};
	let minted = NewAsset { minted_in: 8, minted_event: Some(1), ..asset(4, "LATER") };
	let mut tx = store.begin().await.unwrap();
	tx.block(&block).await.unwrap();
	tx.extrinsics(8, &[extrinsic]).await.unwrap();
	tx.assets(&[minted]).await.unwrap();
	tx.receipts(8, &[receipt]).await.unwrap();
	tx.operator((8, 3), &suspended, at).await.unwrap();
	tx.permit_event((8, 4), 0, "Revoked", None, Some("leaked"), at).await.unwrap();
	tx.advance(8, "0x08").await.unwrap();
	tx.commit().await.unwrap();
	let told = Place { height: 8, event: 2, part: 0 };
	store.set_webhook("clinic", "ALICE", told).await.unwrap();

	let happened = store.happened_in(8, FIRST, 100).await.unwrap().items;
	let of = ExtrinsicPlace { height: 8, position: 0 };
	let found: Vec<_> = happened.iter().map(|one| (one.event, one.what.as_str())).collect();
	assert_eq!(found, [(1, "minted"), (2, "used"), (3, "operator"), (4, "permit")]);
	assert!(happened.iter().all(|one| one.transaction() == Some(of)), "{happened:?}");
	assert_eq!(happened[2].reason.as_deref(), Some("late"));
	assert_eq!(happened[3].reason.as_deref(), Some("leaked"));
	assert_eq!(store.permit(0).await.unwrap().unwrap().reason.as_deref(), Some("leaked"));
	// It was counted on, not anew.
	let bob = store.account("BOB").await.unwrap();
	assert_eq!((bob.calls, bob.spent, bob.extrinsics), (2, Money(4_000_000), 2));
	let usage = store.usage(0, OPEN).await.unwrap().unwrap();
	assert_eq!((usage.calls, usage.callers), (3, 2));
	assert_eq!(store.month_so_far(OPEN).await.unwrap().assets, 1);
	assert_eq!(store.validators().await.unwrap()[0].blocks, 3);
	assert_eq!(store.webhook("clinic", "ALICE").await.unwrap(), Some(told));
}

async fn index_of_any_earlier_explorer_should_keep_what_it_has(database: Database) {
	let migrations = migrations(&database).await;
	let newest = migrations.iter().map(|one| one.version).max().unwrap();
	for last in FIRST_HAD..newest {
		let (before, opened) = (format!("before_{last}"), format!("opened_{last}"));
		fill(&database, &before, &migrations, last).await;
		fill(&database, &opened, &migrations, last).await;
		println!("migrations up to {last}");
		let store = Store::open(&database.index(&opened).await).await.unwrap();
		let rows = database.compare(&opened, &before, &[]).await;
		assert!(rows > 30, "{rows}");
		finds_all(&store, last).await;
		goes_on(&store).await;
		store.close().await;
	}
}

on_both![index_of_any_earlier_explorer_should_keep_what_it_has];
