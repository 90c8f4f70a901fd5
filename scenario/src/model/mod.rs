//! The settlement of one month in plain integers: the oracle that the chain is compared with.
//!
//! A port of `scenarios/reference/settle.py`, every rounding included. It needs no files: tests make up a [`Month`]
//! and compare what the code under test did with [`settle`].
//!
//! ```
//! use heirloom_scenario::model::{Asset, Month, Revenue, settle};
//!
//! let root = Asset { share_rate: Some(3_000), ..Asset::default() };
//! let derived = Asset { parents: vec![0], ..Asset::default() };
//! let month = Month {
//! 	period: 24_314,
//! 	assets: vec![root, derived],
//! 	revenue: vec![Revenue { asset: 1, amount: 10_000_000 }],
//! 	..Month::default()
//! };
//! assert_eq!(settle(&month)?.rows[0].paid, 8_000_000);
//! # Ok::<(), heirloom_scenario::model::Error>(())
//! ```

mod ancestors;
mod settle;
mod weight;

pub use ancestors::ancestors;
pub(crate) use settle::CENT;
pub use settle::{Line, Pot, Row, Settlement, Totals, settle};
pub use weight::Weight;

/// Which rule a month is settled by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub enum Version {
	/// All eligible ancestors share a pot.
	#[default]
	V1,
	/// A pot that has proven ancestors is shared among those only, and a claim of quality adds nothing.
	V2,
}

impl Version {
	/// The word that files and chain specs have for it.
	pub const fn word(self) -> &'static str {
		match self {
			Self::V1 => "V1",
			Self::V2 => "V2",
		}
	}
}

/// Everything that one month's settlement depends on. Assets are named by their position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Month {
	/// The rule.
	pub version: Version,
	/// The month, in the same count as [`Asset::minted`].
	pub period: u32,
	/// All assets that exist at the close, in any order.
	pub assets: Vec<Asset>,
	/// Paid uses and other fees.
	pub calls: Vec<Call>,
	/// Reported revenue.
	pub revenue: Vec<Revenue>,
}

/// An asset at the month's close. The default is an active old data set that nobody derives from by `Share` terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
	/// Qualities are averaged within a kind.
	pub kind: Kind,
	/// The month of minting: the bonus counts from it.
	pub minted: u32,
	/// Not delisted.
	pub active: bool,
	/// With `Share` terms: the part of a derivative's call fees that is shared, in basis points.
	pub share_rate: Option<u32>,
	/// Claimed or attested quality.
	pub quality: Option<Quality>,
	/// Attested impact in basis points.
	pub impact: u32,
	/// Its direct parents.
	pub parents: Vec<usize>,
	/// Micro-U carried from earlier months.
	pub carried_in: u128,
}

impl Default for Asset {
	fn default() -> Self {
		Self {
			kind: Kind::Data,
			minted: 0,
			active: true,
			share_rate: None,
			quality: None,
			impact: 0,
			parents: Vec::new(),
			carried_in: 0,
		}
	}
}

impl Asset {
	/// Whether a curator attested its quality, or that it improves its derivatives.
	pub fn is_proven(&self) -> bool {
		self.impact > 0 || self.quality.is_some_and(|quality| quality.attested)
	}
}

/// What an asset consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
	/// A data set.
	Data,
	/// Model weights.
	Model,
	/// A script.
	Script,
}

impl Kind {
	/// All kinds, in the order of [`Totals::averages`].
	pub const ALL: [Self; 3] = [Self::Data, Self::Model, Self::Script];

	/// The word that files and chain specs have for it.
	pub const fn word(self) -> &'static str {
		match self {
			Self::Data => "data",
			Self::Model => "model",
			Self::Script => "script",
		}
	}
}

/// A stated quality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quality {
	/// In basis points: 9,800 = 98 %.
	pub bps: u32,
	/// Whether a curator attested it.
	pub attested: bool,
}

/// Money paid for an asset: a metered use, or a licence (no units).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
	/// The asset.
	pub asset: usize,
	/// Micro-U paid, all units together.
	pub fee: u128,
	/// Metered units.
	pub units: u64,
	/// Whether the caller is the asset's creator or owner: pays, but is no use.
	pub own: bool,
}

/// Revenue reported for an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revenue {
	/// The asset.
	pub asset: usize,
	/// Micro-U.
	pub amount: u128,
}

/// Why a month cannot be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
	/// A parent, call or revenue names a position that no asset has.
	#[error("position {0} is beyond the last asset")]
	UnknownAsset(usize),
	/// An asset descends from itself.
	#[error("the asset at position {0} descends from itself")]
	Cycle(usize),
	/// An amount does not fit in 128 bits.
	#[error("amounts too large to settle")]
	Overflow,
	/// The weights add up to 2^48 or more: rounding up could then give the ancestors more than their part.
	#[error("the weights of all pots' ancestors add up to 2^48 or more")]
	TooMuchWeight,
	/// What came in is not what went out. Cannot be, unless the model itself is wrong.
	#[error("the model lost or made money")]
	Unbalanced,
}
