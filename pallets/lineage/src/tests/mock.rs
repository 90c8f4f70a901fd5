//! A runtime of the pallet, the ledgers it uses, and fakes of its siblings that record what they are asked.

use crate::{self as pallet_lineage, AssetDraft, GenesisAsset, GenesisDomain};
use core::cell::RefCell;
use frame_support::{
	derive_impl,
	dispatch::DispatchResultWithPostInfo,
	parameter_types,
	traits::{AsEnsureOriginWithArg, ConstU32, ConstU64, ConstU128, EitherOfDiverse, fungible::ItemOf},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSignedBy};
use heirloom_primitives::{
	AssetId, Booked, Bookings, Bps, DepositRate, Impartial, Kind, MicroU, Period, PermitId, SandboxGate,
	Terms, U, Units, Words,
};
use pallet_nfts::PalletFeatures;
use sp_runtime::{
	BuildStorage, DispatchError, DispatchResult,
	testing::{TestSignature, UintAuthorityId},
	traits::IdentityLookup,
};

pub type AccountId = u64;
type Block = frame_system::mocking::MockBlock<Test>;

pub const ANN: AccountId = 1;
pub const BOB: AccountId = 2;
pub const CYD: AccountId = 3;
/// Has U and no LOOM.
pub const DEE: AccountId = 4;
/// Has neither.
pub const EVE: AccountId = 5;
pub const CURATOR: AccountId = 6;
pub const COLLECTION_OWNER: AccountId = 99;
const U_ID: u32 = 1;
pub const ASSET_DEPOSIT: u128 = 100;
pub const PARENT_DEPOSIT: u128 = 7;
pub const ANCESTOR_DEPOSIT: u128 = 3;
pub const DERIVATION_DEPOSIT: u128 = 10;
pub const LICENCE_DEPOSIT: u128 = 1;
pub const MARCH: Period = Period(12 * 2026 + 2);

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(3)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(4)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(5)]
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(6)]
	pub type Lineage = pallet_lineage;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type MinimumPeriod = ConstU64<1>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = u128;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type CreateOrigin = AsEnsureOriginWithArg<frame_system::EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Currency = Balances;
	type Holder = AssetsHolder;
}

impl pallet_assets_holder::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
}

parameter_types! {
	pub storage Features: PalletFeatures = PalletFeatures::all_enabled();
	pub const CollectionOwner: AccountId = COLLECTION_OWNER;
	pub static Frozen: bool = false;
	/// Whether sets of ancestors stand still.
	pub static AncestorsFrozen: bool = false;
	pub static OpenPeriod: Period = MARCH;
	pub static MaxDeferred: u32 = 4;
	/// What the greatest step needs, and more.
	pub static RevisionWeight: Weight = Weight::from_parts(100_000_000_000, u64::MAX);
	/// Whether a session ends in the block.
	pub static BlockIsTaken: bool = false;
}

impl pallet_nfts::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type CollectionId = u32;
	type ItemId = u32;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<frame_system::EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Locker = Lineage;
	type CollectionDeposit = ConstU128<0>;
	type ItemDeposit = ConstU128<0>;
	type MetadataDepositBase = ConstU128<0>;
	type AttributeDepositBase = ConstU128<0>;
	type DepositPerByte = ConstU128<0>;
	type StringLimit = ConstU32<8>;
	type KeyLimit = ConstU32<8>;
	type ValueLimit = ConstU32<8>;
	type ApprovalsLimit = ConstU32<4>;
	type ItemAttributesApprovalsLimit = ConstU32<2>;
	type MaxTips = ConstU32<2>;
	type MaxDeadlineDuration = ConstU64<10>;
	type MaxAttributesPerCall = ConstU32<2>;
	type Features = Features;
	type OffchainSignature = TestSignature;
	type OffchainPublic = UintAuthorityId;
	type WeightInfo = ();
	type BlockNumberProvider = System;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = NftsHelper;
}

/// What the NFT pallet's own benchmarks would need; nothing here runs them.
#[cfg(feature = "runtime-benchmarks")]
pub struct NftsHelper;

#[cfg(feature = "runtime-benchmarks")]
impl pallet_nfts::BenchmarkHelper<u32, u32, UintAuthorityId, AccountId, TestSignature> for NftsHelper {
	fn collection(i: u16) -> u32 {
		i.into()
	}

	fn item(i: u16) -> u32 {
		i.into()
	}

	fn signer() -> (UintAuthorityId, AccountId) {
		(UintAuthorityId(ANN), ANN)
	}

	fn sign(signer: &UintAuthorityId, message: &[u8]) -> TestSignature {
		TestSignature(signer.0, message.to_vec())
	}
}

/// One micro-U for one LOOM.
pub struct OneToOne;
impl DepositRate<u128> for OneToOne {
	fn to_micro_u(native: u128) -> Option<MicroU> {
		Some(native)
	}
}

/// A booking: asset, payer, fee, units.
pub type BookingCall = (AssetId, AccountId, MicroU, Units);

thread_local! {
	static BOOKED: RefCell<Vec<BookingCall>> = const { RefCell::new(Vec::new()) };
	static SANDBOXED: RefCell<Vec<AssetId>> = const { RefCell::new(Vec::new()) };
	static PERMITS: RefCell<Vec<(PermitId, AccountId, Vec<AssetId>)>> = const { RefCell::new(Vec::new()) };
	static CONSUMED: RefCell<Vec<(PermitId, AssetId)>> = const { RefCell::new(Vec::new()) };
}

/// What looking up a payee costs.
pub const LOOK_UP: Weight = Weight::from_parts(160_000_000, 0);

/// Books everything except for `EVE`, who has nothing to pay with.
pub struct FakeBookings;
impl Bookings<AccountId> for FakeBookings {
	fn open_period() -> Period {
		OpenPeriod::get()
	}

	fn facts_frozen() -> bool {
		Frozen::get()
	}

	fn ancestors_frozen() -> bool {
		AncestorsFrozen::get()
	}

	fn book(asset: AssetId, payer: &AccountId, fee: MicroU, units: Units) -> Result<Booked, DispatchError> {
		if *payer == EVE {
			return Err(DispatchError::Token(sp_runtime::TokenError::FundsUnavailable));
		}
		BOOKED.with_borrow_mut(|booked| {
			let first = booked.iter().all(|(known, ..)| *known != asset);
			booked.push((asset, *payer, fee, units));
			Ok(Booked { first })
		})
	}

	fn settlement_weight(ancestors: u32) -> Weight {
		Weight::from_parts(1_000_000_000_000 + u64::from(ancestors), 0)
	}

	fn look_up_weight() -> Weight {
		LOOK_UP
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl heirloom_primitives::BookingsSetup<AccountId> for FakeBookings {
	fn freeze_facts() {
		Frozen::set(true);
		AncestorsFrozen::set(true);
	}
}

pub fn booked() -> Vec<BookingCall> {
	BOOKED.with_borrow(Clone::clone)
}

/// Sandboxes medical data, and grants the permits that a test gives out.
pub struct FakeGate;
impl SandboxGate<AccountId> for FakeGate {
	fn is_sandboxed(asset: AssetId) -> bool {
		SANDBOXED.with_borrow(|sandboxed| sandboxed.contains(&asset))
	}

	fn on_minted(asset: AssetId, kind: Kind, medical_domain: bool) {
		if kind == Kind::Data && medical_domain {
			SANDBOXED.with_borrow_mut(|sandboxed| sandboxed.push(asset));
		}
	}

	fn consume(permit: PermitId, minter: &AccountId, into: AssetId) -> Result<Vec<AssetId>, DispatchError> {
		let granted = PERMITS.with_borrow(|permits| {
			permits
				.iter()
				.find(|(id, owner, _)| *id == permit && owner == minter)
				.map(|(_, _, assets)| assets.clone())
		});
		let assets = granted.ok_or(DispatchError::CannotLookup)?;
		CONSUMED.with_borrow_mut(|consumed| consumed.push((permit, into)));
		Ok(assets)
	}
}

pub fn grant_permit(permit: PermitId, owner: AccountId, assets: Vec<AssetId>) {
	PERMITS.with_borrow_mut(|permits| permits.push((permit, owner, assets)));
}

pub fn consumed_permits() -> Vec<(PermitId, AssetId)> {
	CONSUMED.with_borrow(Clone::clone)
}

/// The only curator has decided whatever is attested.
pub struct CuratorAttests;

impl Impartial<AccountId> for CuratorAttests {
	fn may_have_attested(who: &AccountId, _: AssetId, _: Option<Bps>, _: Option<Bps>, _: &Words) -> bool {
		*who == CURATOR
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

impl pallet_lineage::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = crate::weights::SubstrateWeight<Test>;
	type CuratorOrigin = EitherOfDiverse<EnsureRoot<AccountId>, EnsureSignedBy<Curators, AccountId>>;
	type Impartial = CuratorAttests;
	type Time = Timestamp;
	type Nfts = Nfts;
	type ItemConfig = pallet_nfts::ItemConfig;
	type CollectionConfig = pallet_nfts::CollectionConfigFor<Test>;
	type CollectionOwner = CollectionOwner;
	type Native = Balances;
	type U = ItemOf<AssetsHolder, ConstU32<U_ID>, AccountId>;
	type DepositRate = OneToOne;
	type Bookings = FakeBookings;
	type Gate = FakeGate;
	type AssetDeposit = ConstU128<ASSET_DEPOSIT>;
	type ParentDeposit = ConstU128<PARENT_DEPOSIT>;
	type AncestorDeposit = ConstU128<ANCESTOR_DEPOSIT>;
	type DerivationDeposit = ConstU128<DERIVATION_DEPOSIT>;
	type LicenceDeposit = ConstU128<LICENCE_DEPOSIT>;
	type MaxParents = ConstU32<8>;
	type MaxAddedParents = ConstU32<2>;
	type MaxAncestors = ConstU32<80>;
	type MaxAncestorBytes = ConstU32<400>;
	type MaxDeferred = MaxDeferred;
	type MaxRevisions = ConstU32<4>;
	type RevisionWeight = RevisionWeight;
	type BlockIsTaken = BlockIsTaken;
}

frame_support::ord_parameter_types! {
	pub const Curators: AccountId = CURATOR;
}

/// Runs a test on a fresh chain, then checks the invariants.
pub fn build_and_execute(test: impl FnOnce()) {
	build_with_assets_and_execute(Vec::new(), test);
}

/// The same, with assets at genesis.
pub fn build_with_assets_and_execute(assets: Vec<GenesisAsset<AccountId>>, test: impl FnOnce()) {
	genesis(assets).execute_with(|| {
		System::set_block_number(1);
		Timestamp::set_timestamp(1_772_323_200_000);
		test();
		Lineage::do_try_state().unwrap();
	});
}

pub fn genesis(assets: Vec<GenesisAsset<AccountId>>) -> sp_io::TestExternalities {
	BOOKED.take();
	SANDBOXED.take();
	PERMITS.take();
	CONSUMED.take();
	Frozen::set(false);
	AncestorsFrozen::set(false);
	OpenPeriod::set(MARCH);
	MaxDeferred::set(4);
	RevisionWeight::set(Weight::from_parts(100_000_000_000, u64::MAX));
	BlockIsTaken::set(false);
	let medical = |name: &str, medical| GenesisDomain { name: name.into(), medical };
	RuntimeGenesisConfig {
		system: Default::default(),
		balances: pallet_balances::GenesisConfig {
			balances: [ANN, BOB, CYD].map(|who| (who, 1_000_000)).to_vec(),
			..Default::default()
		},
		assets: pallet_assets::GenesisConfig {
			assets: vec![(U_ID, COLLECTION_OWNER, true, U / 100)],
			accounts: [ANN, BOB, CYD, DEE].map(|who| (U_ID, who, 1_000 * U)).to_vec(),
			..Default::default()
		},
		lineage: pallet_lineage::GenesisConfig {
			domains: vec![medical("nlp", false), medical("medical-imaging", true)],
			assets,
		},
	}
	.build_storage()
	.unwrap()
	.into()
}

/// A draft that nothing is wrong with.
/// What became of a use, without what it weighed.
pub fn outcome(used: DispatchResultWithPostInfo) -> DispatchResult {
	used.map(drop).map_err(|failed| failed.error)
}

/// Why the curators take something off the list.
pub fn reason() -> Words {
	b"a copy of CT-2025-0312".to_vec().try_into().unwrap()
}

pub fn draft(handle: &str) -> AssetDraft {
	AssetDraft {
		handle: handle.as_bytes().to_vec().try_into().unwrap(),
		kind: Kind::Data,
		content: b"bafkreigh2akiscaildc".to_vec().try_into().unwrap(),
		domain: Some(0),
		scenario: b"trains a classifier".to_vec().try_into().unwrap(),
		evidence: Default::default(),
		terms: Terms::Share { rate: 3_000 },
		call_fee: 2 * U,
		quality: Some(9_000),
	}
}

/// Mints a root and returns its id.
pub fn mint(who: AccountId, draft: AssetDraft) -> AssetId {
	let id = crate::NextAssetId::<Test>::get();
	Lineage::mint(RuntimeOrigin::signed(who), draft).unwrap();
	id
}
