//! What the chain takes from who attacks it, in micro-U at the rate of genesis. The runtime's tests hold these figures
//! to the runtime's own.

/// Held for an asset as long as it exists, which is for ever.
pub const ASSET_DEPOSIT: i128 = 489_600;

/// Less than any transaction that an attack needs costs: attacks look cheaper by this, never dearer.
pub const TRANSACTION_FEE: i128 = 200;

/// Left by who claims, while fewer than 32 disputes are open. It is lost where the claim is dismissed.
pub const DISPUTE_BOND: i128 = 100_000_000;

/// What an attack takes beside the money that it moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs {
	/// Assets that are minted for it.
	pub minted: u32,
	/// Transactions that begin it, those that mint not among them.
	pub beginning: u32,
	/// Transactions that keep it up each month.
	pub repeated: u32,
	/// Bonds that are lost.
	pub bonds: u32,
}

impl Costs {
	/// What is paid once.
	pub fn once(self) -> i128 {
		let minting = i128::from(self.minted) * (ASSET_DEPOSIT + TRANSACTION_FEE);
		let bonds = i128::from(self.bonds) * DISPUTE_BOND;
		minting + bonds + i128::from(self.beginning) * TRANSACTION_FEE
	}

	/// What is paid each month.
	pub fn monthly(self) -> i128 {
		i128::from(self.repeated) * TRANSACTION_FEE
	}
}
