//! Laws of the model that the scenarios do not show.

use heirloom_scenario::model::{Asset, Call, Error, Month, Quality, Revenue, Version, settle};
use proptest::{collection::vec, prelude::*};

fn shared() -> Asset {
	Asset { share_rate: Some(10_000), ..Asset::default() }
}

fn child_of(parents: &[usize]) -> Asset {
	Asset { parents: parents.to_vec(), ..shared() }
}

fn revenue(asset: usize, amount: u128) -> Month {
	let revenue = vec![Revenue { asset, amount }];
	Month { period: 24_314, assets: vec![shared(), child_of(&[0])], revenue, ..Month::default() }
}

#[test]
fn carried_micro_u_are_paid_once_they_make_a_cent() {
	let mut month = revenue(1, 12_500);
	month.assets[0].carried_in = 9_999;
	let row = settle(&month).unwrap().rows.remove(0);
	assert_eq!((row.shared, row.due, row.paid, row.carried), (10_000, 19_999, 10_000, 9_999));
}

#[test]
fn what_is_carried_only_has_a_row() {
	let month = Month { assets: vec![Asset { carried_in: 7, ..shared() }], ..Month::default() };
	let settled = settle(&month).unwrap();
	assert_eq!((settled.rows[0].carried, settled.totals.carried), (7, 7));
}

#[test]
fn revenue_whose_ancestors_are_gone_stays_with_its_asset() {
	let mut month = revenue(1, 30_000);
	month.assets[0].active = false;
	let settled = settle(&month).unwrap();
	assert_eq!((settled.rows[0].asset, settled.rows[0].call_fees, settled.totals.pots), (1, 30_000, 0));
}

#[test]
fn own_use_pays_without_counting_as_use() {
	let call = |asset, own| Call { asset, fee: 10, units: 5, own };
	let mut month = revenue(2, 1_000_000);
	month.assets = vec![shared(), shared(), child_of(&[0, 1])];
	month.calls = vec![call(0, true), call(1, false)];
	let settled = settle(&month).unwrap();
	let usage = |asset: usize| settled.rows[asset].weight.unwrap().usage;
	assert_eq!((usage(0), usage(1)), (-1_667, 3_333));
	assert_eq!(settled.rows[0].call_fees, 10);
}

#[test]
fn free_use_does_not_count() {
	let mut month = revenue(1, 1_000_000);
	month.calls = vec![Call { asset: 0, fee: 0, units: 5, own: false }];
	assert_eq!(settle(&month).unwrap().rows[0].weight.unwrap().rank, 5_000);
}

#[test]
fn amounts_too_large_are_refused() {
	assert_eq!(settle(&revenue(1, u128::MAX)), Err(Error::Overflow));
}

#[test]
fn unknown_positions_are_refused() {
	assert_eq!(settle(&revenue(9, 1)), Err(Error::UnknownAsset(9)));
}

/// A derivative with the revenue of a U and three parents, of which a curator has attested the first.
fn mixed(version: Version) -> Month {
	let attested = Quality { bps: 9_000, attested: true };
	let claimed = Quality { bps: 10_000, attested: false };
	let assets = vec![
		Asset { quality: Some(attested), ..shared() },
		Asset { quality: Some(claimed), ..shared() },
		shared(),
		child_of(&[0, 1, 2]),
	];
	let revenue = vec![Revenue { asset: 3, amount: 1_000_000 }];
	Month { version, period: 24_314, assets, revenue, ..Month::default() }
}

fn shares(month: &Month) -> Vec<u128> {
	let settled = settle(month).unwrap();
	(0..3).map(|asset| settled.row(asset).map_or(0, |row| row.shared)).collect()
}

#[test]
fn who_is_proven_shares_alone() {
	assert_eq!(shares(&mixed(Version::V1)), [258_064, 283_870, 258_064]);
	assert_eq!(shares(&mixed(Version::V2)), [800_000, 0, 0]);
}

#[test]
fn attested_impact_proves_as_well() {
	let mut month = mixed(Version::V2);
	month.assets[2].impact = 3;
	assert_eq!(shares(&month), [399_900, 0, 400_099]);
}

#[test]
fn who_is_not_proven_shares_where_nobody_is() {
	let mut month = mixed(Version::V2);
	month.assets[0].quality = None;
	assert_eq!(shares(&month), [266_666; 3]);
}

#[test]
fn who_is_not_proven_shares_once_the_proven_are_delisted() {
	let mut month = mixed(Version::V2);
	month.assets[0].active = false;
	assert_eq!(shares(&month), [0, 400_000, 400_000]);
}

prop_compose! {
	fn asset(position: usize)(
		minted in 24_308u32..24_316, active in prop::bool::weighted(0.9), share_rate in prop::option::of(0u32..=10_000),
		bps in prop::option::of(0u32..=10_000), attested: bool, impact in prop_oneof![Just(0), 0u32..=10_000], carried_in in 0u128..10_000,
		parents in vec(0..position.max(1), 0..4),
	) -> Asset {
		let quality = bps.map(|bps| Quality { bps, attested });
		let parents = if position == 0 { Vec::new() } else { parents };
		Asset { minted, active, share_rate, quality, impact, carried_in, parents, ..Asset::default() }
	}
}

fn month() -> impl Strategy<Value = Month> {
	(1usize..40).prop_flat_map(|count| {
		let assets = (0..count).map(asset).collect::<Vec<_>>();
		let call = (0..count, 0u128..1_000_000_000, 0u64..1_000, any::<bool>());
		let revenue = (0..count, 1u128..1_000_000_000_000);
		let version = prop::sample::select(vec![Version::V1, Version::V2]);
		let bookings = (vec(call, 0..60), vec(revenue, 0..20));
		(version, assets, bookings).prop_map(|(version, assets, (calls, revenue))| Month {
			version,
			period: 24_314,
			assets,
			calls: calls
				.into_iter()
				.map(|(asset, fee, units, own)| Call { asset, fee, units, own })
				.collect(),
			revenue: revenue.into_iter().map(|(asset, amount)| Revenue { asset, amount }).collect(),
		})
	})
}

proptest! {
	#[test]
	fn nothing_is_lost(month in month()) {
		let totals = settle(&month).unwrap().totals;
		let fees = month.calls.iter().map(|call| call.fee).sum::<u128>();
		let reported = month.revenue.iter().map(|revenue| revenue.amount).sum::<u128>();
		let carried_in = month.assets.iter().map(|asset| asset.carried_in).sum::<u128>();
		prop_assert_eq!(fees + reported + carried_in, totals.paid + totals.carried + totals.pool);
	}

	#[test]
	fn who_is_not_proven_takes_nothing_from_who_is(month in month(), inserted in vec(any::<bool>(), 1..6)) {
		// The derivatives get further parents that nobody vouched for and nobody has used, which moves ranks but not pots.
		let mut attacked = month.clone();
		attacked.version = Version::V2;
		let honest = attacked.assets.len();
		attacked.assets.extend(inserted.iter().map(|derived| Asset {
			parents: if *derived { vec![0] } else { Vec::new() },
			..shared()
		}));
		for derivative in &mut attacked.assets[..honest].iter_mut().filter(|asset| !asset.parents.is_empty()) {
			derivative.parents.extend(honest..honest + inserted.len());
		}
		let settled = settle(&attacked).unwrap();
		for pot in &settled.pots {
			let proven = pot.ancestors.iter().filter(|ancestor| attacked.assets[**ancestor].is_proven()).count();
			prop_assert!(proven == 0 || proven == pot.ancestors.len());
			prop_assert!(proven == 0 || pot.ancestors.iter().all(|ancestor| *ancestor < honest));
		}
	}

	#[test]
	fn lines_add_up_to_the_share_but_for_their_rounding(month in month()) {
		let settled = settle(&month).unwrap();
		for row in &settled.rows {
			let lines: Vec<_> = settled.lines(row).map(|line| line.amount).collect();
			let sum = lines.iter().sum::<u128>();
			prop_assert!(row.shared >= sum && row.shared - sum <= lines.len() as u128);
		}
	}

	#[test]
	fn order_of_bookings_does_not_matter(month in month()) {
		let mut turned = month.clone();
		turned.calls.reverse();
		turned.revenue.reverse();
		prop_assert_eq!(settle(&month), settle(&turned));
	}
}
