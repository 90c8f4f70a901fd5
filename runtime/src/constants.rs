//! Units of time and money, and the accounts that nobody has a key to.

/// Units of time.
pub mod time {
	use crate::BlockNumber;

	/// Milliseconds from block to block.
	pub const MILLISECS_PER_BLOCK: u64 = 6_000;
	/// Milliseconds of an Aura slot: one block a slot. Cannot change while a chain lives.
	pub const SLOT_DURATION: u64 = MILLISECS_PER_BLOCK;
	/// Blocks in a minute.
	pub const MINUTES: BlockNumber = 10;
	/// Blocks in an hour.
	pub const HOURS: BlockNumber = 60 * MINUTES;
	/// Blocks in a day.
	pub const DAYS: BlockNumber = 24 * HOURS;

	const _: () = assert!(MINUTES as u64 * MILLISECS_PER_BLOCK == 60_000);
}

/// LOOM, the native token, in planck: 1 LOOM = 10^12.
pub mod loom {
	use crate::Balance;

	/// Decimals of LOOM.
	pub const DECIMALS: u8 = 12;
	/// One LOOM.
	pub const LOOM: Balance = 1_000_000_000_000;
	/// A thousandth of a LOOM.
	pub const MILLI_LOOM: Balance = LOOM / 1_000;
	/// A millionth of a LOOM.
	pub const MICRO_LOOM: Balance = LOOM / 1_000_000;
	/// The least that an account holds.
	pub const EXISTENTIAL_DEPOSIT: Balance = MILLI_LOOM;
	/// Fee for a byte of a transaction.
	pub const FEE_PER_BYTE: Balance = MICRO_LOOM;

	/// What is held for keeping `items` entries of `bytes` bytes altogether in state.
	pub const fn deposit(items: u32, bytes: u32) -> Balance {
		items as Balance * 10 * MILLI_LOOM + bytes as Balance * 100 * MICRO_LOOM
	}
}

/// U, the stable unit, an asset of `pallet-assets`.
pub mod u {
	use crate::constants::loom::LOOM;
	use heirloom_primitives::{CENT, MicroU, U};
	use sp_runtime::{FixedPointNumber, FixedU128};

	/// The id of U in `pallet-assets`. Not 0, which is what a forgotten id decodes to.
	pub const U_ID: u32 = 1;
	/// Its name.
	pub const NAME: &[u8] = b"Heirloom U";
	/// Its symbol.
	pub const SYMBOL: &[u8] = b"U";
	/// Its decimals: amounts are micro-U.
	pub const DECIMALS: u8 = 6;
	/// The least U that an account holds: a cent, the smallest amount that is ever paid.
	pub const MINIMUM_BALANCE: MicroU = CENT;

	/// The rate of U at genesis, in planck per micro-U: 1 U = 1 LOOM. The council updates it.
	pub fn genesis_rate() -> FixedU128 {
		FixedU128::saturating_from_rational(LOOM, U)
	}
}

/// Accounts that nobody has a key to. A council motion acts as one of them through `Whitelist`, which dispatches as
/// root, and `Utility::dispatch_as_fallible`, which lets root act as any account.
pub mod accounts {
	use frame_support::PalletId;

	/// Ecosystem pool: receives all fees and the ecosystem's part of every month's revenue.
	pub const ECOSYSTEM_POOL: PalletId = PalletId(*b"hl/pool_");
	/// Royalty's money: what is booked and not yet paid.
	pub const ROYALTY_POT: PalletId = PalletId(*b"hl/royal");
	/// What is set aside for validators, in LOOM.
	pub const REWARD_POT: PalletId = PalletId(*b"hl/rewrd");
	/// Owner of the collection that all assets are items of.
	pub const COLLECTION_OWNER: PalletId = PalletId(*b"hl/nfts_");
	/// Owner, issuer, admin and freezer of U: the council as an account.
	pub const COUNCIL: PalletId = PalletId(*b"hl/counc");
}
