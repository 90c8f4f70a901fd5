//! What is new, for pages that are open and for alerts.

use crate::store::{Money, Month};
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
		/// Metered units.
		units: String,
		/// What was paid.
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
			Self::Reported { .. } => "reported",
		}
	}

	/// The asset it is about.
	pub fn asset(&self) -> Option<i64> {
		match self {
			Self::Minted { asset, .. } | Self::Called { asset, .. } => Some(*asset),
			Self::Block { .. } | Self::Closed { .. } | Self::Paid { .. } | Self::Reported { .. } => None,
		}
	}

	/// The account it is about.
	pub fn account(&self) -> Option<&str> {
		match self {
			Self::Minted { creator: account, .. }
			| Self::Called { caller: account, .. }
			| Self::Paid { payee: account, .. } => Some(account),
			Self::Block { .. } | Self::Closed { .. } | Self::Reported { .. } => None,
		}
	}
}
