//! What the council can do, how many curators it takes, and that nobody else is root.

use crate::chain::{
	ExtBuilder, address, dispatch_error, events, mint, next_block, pool, reason, submit, submit_ok, u_of,
};
use codec::Encode;
use frame_support::weights::Weight;
use heirloom_primitives::{AssetId, Status, U};
use heirloom_runtime::{
	AccountId, Curators, Lineage, OriginCaller, Runtime, RuntimeCall, RuntimeEvent,
	configs::{CouncilAccount, EcosystemPool},
	constants::u::U_ID,
	genesis,
};
use pallet_collective::Instance1 as CuratorsInstance;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve};
use sp_runtime::{
	DispatchError, DispatchResult, FixedU128,
	traits::{BlakeTwo256, Hash},
};

fn executed() -> DispatchResult {
	let results = events(|event| match event {
		RuntimeEvent::Curators(
			pallet_collective::Event::Executed { result, .. }
			| pallet_collective::Event::MemberExecuted { result, .. },
		) => Some(result),
		_ => None,
	});
	results.into_iter().last().expect("a motion was executed")
}

fn length_of(call: &RuntimeCall) -> u32 {
	call.encoded_size().try_into().unwrap()
}

fn propose(proposer: Sr25519Keyring, threshold: u32, call: &RuntimeCall) {
	let (proposal, length_bound) = (Box::new(call.clone()), length_of(call));
	submit_ok(
		proposer,
		pallet_collective::Call::<Runtime, CuratorsInstance>::propose { threshold, proposal, length_bound },
	);
}

/// A motion of the development chain's only curator.
pub fn council_of_one(call: impl Into<RuntimeCall>) -> DispatchResult {
	propose(Alice, 1, &call.into());
	executed()
}

/// A motion of the local chain's council for which these vote; Alice proposes it.
pub fn motion(ayes: &[Sr25519Keyring], call: impl Into<RuntimeCall>) -> DispatchResult {
	let call = call.into();
	let threshold = ayes.len().try_into().unwrap();
	propose(Alice, threshold, &call);
	if threshold > 1 {
		let proposal = BlakeTwo256::hash_of(&call);
		let index = pallet_collective::ProposalCount::<Runtime, CuratorsInstance>::get() - 1;
		for curator in ayes {
			let vote =
				pallet_collective::Call::<Runtime, CuratorsInstance>::vote { proposal, index, approve: true };
			submit_ok(*curator, vote);
		}
		submit_ok(
			Dave,
			pallet_collective::Call::<Runtime, CuratorsInstance>::close {
				proposal_hash: proposal,
				index,
				proposal_weight_bound: Weight::from_parts(500_000_000_000, u64::MAX / 4),
				length_bound: length_of(&call),
			},
		);
	}
	executed()
}

/// The call as root: whitelisted and dispatched in one motion.
pub fn as_root(call: impl Into<RuntimeCall>) -> RuntimeCall {
	let call = call.into();
	let call_hash = BlakeTwo256::hash_of(&call);
	let whitelist = pallet_whitelist::Call::whitelist_call { call_hash };
	let dispatch = pallet_whitelist::Call::dispatch_whitelisted_call_with_preimage { call: Box::new(call) };
	pallet_utility::Call::batch_all { calls: vec![whitelist.into(), dispatch.into()] }.into()
}

/// The call as root that makes an account without a key act.
fn acting_as(account: AccountId, call: impl Into<RuntimeCall>) -> RuntimeCall {
	let as_origin = Box::new(OriginCaller::system(frame_system::RawOrigin::Signed(account)));
	as_root(pallet_utility::Call::dispatch_as_fallible { as_origin, call: Box::new(call.into()) })
}

fn mint_u(to: Sr25519Keyring, amount: u128) -> RuntimeCall {
	let beneficiary = address(&to.to_account_id());
	pallet_assets::Call::mint { id: U_ID, beneficiary, amount }.into()
}

fn set_heap_pages() -> RuntimeCall {
	frame_system::Call::set_heap_pages { pages: 64 }.into()
}

fn heap_pages() -> Option<Vec<u8>> {
	sp_io::storage::get(sp_core::storage::well_known_keys::HEAP_PAGES).map(Into::into)
}

#[test]
fn two_thirds_of_the_council_should_call_as_root() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		assert_eq!(motion(&[Alice, Bob], as_root(set_heap_pages())), Ok(()));
		assert_eq!(heap_pages(), Some(64u64.encode()));
	});
}

#[test]
fn one_curator_of_three_should_not_call_as_root() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		assert_eq!(motion(&[Alice], as_root(set_heap_pages())), Err(DispatchError::BadOrigin));
		assert_eq!(heap_pages(), None);
	});
}

#[test]
fn motion_should_not_be_root_without_the_whitelist() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		assert_eq!(motion(&[Alice, Bob, Charlie], set_heap_pages()), Err(DispatchError::BadOrigin));
	});
}

#[test]
fn curator_alone_should_not_execute_as_root() {
	ExtBuilder::default().build_and_execute(|| {
		let (proposal, length_bound) = (Box::new(as_root(set_heap_pages())), 1_000);
		submit_ok(
			Alice,
			pallet_collective::Call::<Runtime, CuratorsInstance>::execute { proposal, length_bound },
		);
		assert_eq!(executed(), Err(DispatchError::BadOrigin));
	});
}

#[test]
fn nobody_should_whitelist_a_call_but_the_council() {
	ExtBuilder::default().build_and_execute(|| {
		let call_hash = BlakeTwo256::hash_of(&set_heap_pages());
		let result = submit(Alice, pallet_whitelist::Call::<Runtime>::whitelist_call { call_hash });
		assert_eq!(dispatch_error(result), DispatchError::BadOrigin);
	});
}

#[test]
fn council_should_issue_u() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let before = u_of(&Dave.to_account_id());
		let call = acting_as(CouncilAccount::get(), mint_u(Dave, 5 * U));
		assert_eq!(motion(&[Alice, Charlie], call), Ok(()));
		assert_eq!(u_of(&Dave.to_account_id()), before + 5 * U);
	});
}

#[test]
fn curator_should_not_issue_u() {
	ExtBuilder::default().build_and_execute(|| {
		let error = dispatch_error(submit(Alice, mint_u(Alice, 5 * U)));
		assert_eq!(error, pallet_assets::Error::<Runtime>::NoPermission.into());
	});
}

#[test]
fn council_should_spend_the_pool() {
	ExtBuilder::default().build_and_execute(|| {
		let pool_account = EcosystemPool::get();
		let (id, amount) = (U_ID, 3 * U);
		let target = address(&pool_account);
		submit_ok(Bob, pallet_assets::Call::<Runtime>::transfer { id, target, amount });
		let ((pool_u, _), dave) = (pool(), u_of(&Dave.to_account_id()));
		let target = address(&Dave.to_account_id());
		let grant = pallet_assets::Call::transfer_keep_alive { id, target, amount };
		assert_eq!(council_of_one(acting_as(pool_account, grant)), Ok(()));
		assert_eq!((pool().0, u_of(&Dave.to_account_id())), (pool_u - amount, dave + amount));
	});
}

#[test]
fn majority_should_update_the_rate_of_u() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let rate = FixedU128::from_u32(2_000_000);
		let update = pallet_asset_rate::Call::update { asset_kind: Box::new(U_ID), rate };
		assert_eq!(motion(&[Alice, Bob], update), Ok(()));
		assert_eq!(pallet_asset_rate::ConversionRateToNative::<Runtime>::get(U_ID), Some(rate));
	});
}

#[test]
fn majority_should_not_remove_the_rate_of_u() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let remove = pallet_asset_rate::Call::remove { asset_kind: Box::new(U_ID) };
		assert_eq!(motion(&[Alice, Bob, Charlie], remove), Err(DispatchError::BadOrigin));
	});
}

#[test]
fn majority_should_not_set_a_rate_of_zero() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let asset_kind = || Box::new(U_ID);
		let rate = FixedU128::from_u32(0);
		let filtered = Err(frame_system::Error::<Runtime>::CallFiltered.into());
		let update = pallet_asset_rate::Call::update { asset_kind: asset_kind(), rate };
		assert_eq!(motion(&[Alice, Bob], update), filtered);
		let create = pallet_asset_rate::Call::create { asset_kind: asset_kind(), rate };
		assert_eq!(motion(&[Alice, Bob], create), filtered);
	});
}

#[test]
fn curator_should_not_hand_the_seat_to_another_account() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let new = address(&Eve.to_account_id());
		let change = pallet_membership::Call::<Runtime, pallet_membership::Instance1>::change_key { new };
		let filtered: DispatchError = frame_system::Error::<Runtime>::CallFiltered.into();
		assert_eq!(dispatch_error(submit(Charlie, change)), filtered);
		assert!(Curators::is_member(&Charlie.to_account_id()));
		let swap = pallet_membership::Call::<Runtime, pallet_membership::Instance1>::swap_member {
			remove: address(&Charlie.to_account_id()),
			add: address(&Eve.to_account_id()),
		};
		assert_eq!(motion(&[Alice, Bob], RuntimeCall::CuratorMembership(swap)), Ok(()));
		assert!(Curators::is_member(&Eve.to_account_id()));
	});
}

#[test]
fn new_curator_should_vote() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let who = address(&Dave.to_account_id());
		let add = pallet_membership::Call::<Runtime, pallet_membership::Instance1>::add_member { who };
		assert_eq!(motion(&[Alice, Bob], RuntimeCall::CuratorMembership(add)), Ok(()));
		assert!(Curators::is_member(&Dave.to_account_id()));
	});
}

#[test]
fn majority_should_attest() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let asset = mint(Dave, "CT-1");
		let attest = pallet_lineage::Call::attest {
			asset,
			quality: Some(9_800),
			impact: Some(1_200),
			reason: reason(),
		};
		assert_eq!(motion(&[Alice, Bob], attest), Ok(()));
		let attested = Lineage::asset(asset).unwrap();
		assert!(attested.quality.is_some_and(|quality| quality.attested && quality.bps == 9_800));
		assert_eq!(attested.impact, 1_200);
	});
}

/// What the runbook says to do where payments are wrong.
#[test]
fn council_should_freeze_u_in_safe_mode_and_thaw_it() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let status = || pallet_assets::Asset::<Runtime>::get(U_ID).map(|u| u.status);
		assert_eq!(motion(&[Alice, Bob], pallet_safe_mode::Call::<Runtime>::force_enter {}), Ok(()));
		let freeze = pallet_assets::Call::<Runtime>::freeze_asset { id: U_ID };
		assert_eq!(motion(&[Alice, Bob], acting_as(CouncilAccount::get(), freeze)), Ok(()));
		assert_eq!(status(), Some(pallet_assets::AssetStatus::Frozen));
		let thaw = pallet_assets::Call::<Runtime>::thaw_asset { id: U_ID };
		assert_eq!(motion(&[Alice, Bob], acting_as(CouncilAccount::get(), thaw)), Ok(()));
		assert_eq!(status(), Some(pallet_assets::AssetStatus::Live));
	});
}

fn attestation(asset: AssetId) -> pallet_lineage::Call<Runtime> {
	pallet_lineage::Call::attest { asset, quality: Some(9_800), impact: None, reason: reason() }
}

fn is_attested(asset: AssetId) -> bool {
	Lineage::asset(asset).unwrap().quality.is_some_and(|quality| quality.attested)
}

#[test]
fn curators_should_attest_their_own_by_the_votes_of_others_alone() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let asset = mint(Alice, "CT-1");
		let attest = attestation(asset);
		let conflict = Err(pallet_lineage::Error::<Runtime>::ConflictOfInterest.into());
		assert_eq!(motion(&[Alice, Bob], attest.clone()), conflict);
		// Where a motion wraps it, nobody can say whose votes it has.
		let wrapped = pallet_utility::Call::<Runtime>::batch_all { calls: vec![attest.clone().into()] };
		assert_eq!(motion(&[Bob, Charlie], wrapped), conflict);
		// The whitelist tells of a call that failed by an event.
		assert_eq!(motion(&[Bob, Charlie], as_root(attest.clone())), Ok(()));
		assert!(!is_attested(asset));
		assert_eq!(motion(&[Bob, Charlie], attest), Ok(()));
		assert!(is_attested(asset));
	});
}

/// A motion that nobody votes for, beside one that wraps the same attestation and that its owner decides.
#[test]
fn idle_motion_should_not_hide_whose_votes_attest() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let asset = mint(Alice, "CT-1");
		let attest = attestation(asset);
		propose(Alice, 2, &attest.clone().into());
		let wrapped = pallet_utility::Call::<Runtime>::batch_all { calls: vec![attest.clone().into()] };
		let conflict = Err(pallet_lineage::Error::<Runtime>::ConflictOfInterest.into());
		assert_eq!(motion(&[Alice, Bob], wrapped), conflict);
		assert_eq!(motion(&[Alice, Bob], as_root(attest)), Ok(()));
		assert!(!is_attested(asset));
	});
}

#[test]
fn one_curator_of_three_should_not_delist() {
	ExtBuilder::default().preset(genesis::LOCAL).build_and_execute(|| {
		let asset = mint(Dave, "CT-1");
		next_block();
		let delist = pallet_lineage::Call::delist { asset, reason: reason() };
		assert_eq!(motion(&[Alice], delist), Err(DispatchError::BadOrigin));
		assert_eq!(Lineage::asset(asset).unwrap().status, Status::Active);
	});
}
