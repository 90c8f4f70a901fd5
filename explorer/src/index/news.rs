//! What is new, for pages that are open and for alerts.

use crate::store::{Money, Month, read::withheld::Withheld};
use serde::Serialize;
use utoipa::ToSchema;

/// Something new in a block that was just taken in. While an old chain is read from its beginning there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum News {
	/// A block is final.
	Block {
		/// Its number.
		height: i64,
		/// Its hash.
		hash: String,
		/// When, in milliseconds.
		at: i64,
	},
	/// An asset was minted.
	Minted {
		/// The asset.
		asset: i64,
		/// Its name.
		handle: String,
		/// Who minted it.
		creator: String,
		/// Its direct parents.
		parents: Vec<i64>,
	},
	/// An asset was used.
	Called {
		/// The asset.
		asset: i64,
		/// The asset's how-manyth receipt.
		number: i64,
		/// Who used it.
		caller: String,
		/// Who owned it.
		owner: String,
		/// Whom its month is paid to: the owner, or the wallet that the owner bound.
		payee: String,
		/// Metered units.
		units: String,
		/// What was paid: of a derived asset its ancestors get a part of it.
		fee: Money,
		/// When, in milliseconds.
		at: i64,
	},
	/// A month was closed: its settlement begins.
	Closed {
		/// The period.
		period: Month,
	},
	/// Somebody was paid, or could not receive.
	Paid {
		/// The period.
		period: Month,
		/// Who.
		payee: String,
		/// How much.
		amount: Money,
		/// Whether it arrived.
		delivered: bool,
	},
	/// A part of a payment is held while an edge of the genealogy is disputed.
	Withheld(Box<Withheld>),
	/// What was held of a payment was given away: to somebody who can claim it, or as revenue once more. One event of the chain
	/// can give away what several months held; each is told.
	Released(Box<Withheld>),
	/// A month is settled.
	Reported {
		/// The period.
		period: Month,
	},
}

impl News {
	/// Its kind, as in JSON.
	pub fn kind(&self) -> &'static str {
		match self {
			Self::Block { .. } => "block",
			Self::Minted { .. } => "minted",
			Self::Called { .. } => "called",
			Self::Closed { .. } => "closed",
			Self::Paid { .. } => "paid",
			Self::Withheld(_) => "withheld",
			Self::Released(_) => "released",
			Self::Reported { .. } => "reported",
		}
	}

	/// Whether it is about an asset. What is held is about both of the disputed edge.
	pub fn is_about(&self, id: i64) -> bool {
		match self {
			Self::Minted { asset, .. } | Self::Called { asset, .. } => *asset == id,
			Self::Withheld(held) | Self::Released(held) => [held.derivative, held.ancestor].contains(&id),
			Self::Block { .. } | Self::Closed { .. } | Self::Paid { .. } | Self::Reported { .. } => false,
		}
	}

	/// Whether it concerns an account. A use concerns who used the asset, who owns it and who is paid for it. What is held concerns who was paid less, and who gets it.
	pub fn concerns(&self, address: &str) -> bool {
		match self {
			Self::Minted { creator: account, .. } | Self::Paid { payee: account, .. } => account == address,
			Self::Called { caller, owner, payee, .. } => {
				[caller, owner, payee].iter().any(|account| *account == address)
			}
			Self::Withheld(held) | Self::Released(held) => {
				held.payee == address || held.released_to.as_deref() == Some(address)
			}
			Self::Block { .. } | Self::Closed { .. } | Self::Reported { .. } => false,
		}
	}
}
