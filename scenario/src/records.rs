//! A scenario as it is used: sorted, and with positions instead of handles.

use crate::{Expected, Micro, Month, model};
use std::fmt;

/// One month of a platform.
#[derive(Clone, Debug)]
pub struct Scenario {
	/// Its name.
	pub name: String,
	/// The month.
	pub period: Month,
	/// What it is about.
	pub about: String,
	/// The rule that the month is settled by.
	pub formula: model::Version,
	/// All assets, parents before their children and otherwise as the file has them. A position in this list is how
	/// the rest of the scenario names an asset, and the id it gets on a chain that imports the list.
	pub assets: Vec<Asset>,
	/// Paid uses, in the order of the file.
	pub calls: Vec<Call>,
	/// Reported revenue, in the order of the file.
	pub revenue: Vec<Revenue>,
	/// What the settlement must come to, where the directory says so.
	pub expected: Option<Expected>,
}

/// One asset at the month's close.
#[derive(Clone, Debug)]
pub struct Asset {
	/// Its name: 1 to 256 printable ASCII characters without spaces.
	pub handle: String,
	/// What it consists of.
	pub kind: model::Kind,
	/// Name of who minted it and is paid for it.
	pub creator: String,
	/// The month of minting.
	pub minted: Month,
	/// Its domain, where it has one.
	pub domain: Option<String>,
	/// Terms for those who derive from it.
	pub terms: Terms,
	/// Micro-U for one unit.
	pub call_fee: Micro,
	/// Claimed or attested quality.
	pub quality: Option<model::Quality>,
	/// Attested impact in basis points.
	pub impact: u32,
	/// Whether it is on the list at the close.
	pub status: Status,
	/// Its direct parents.
	pub parents: Vec<Edge>,
}

/// Terms for those who derive from an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
	/// Derivatives share revenue.
	Share {
		/// The part of a derivative's call fees that is shared, in basis points.
		rate: u32,
	},
	/// A licence is bought once.
	Buyout {
		/// Its price in micro-U.
		price: Micro,
	},
}

/// Whether an asset is on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
	/// It is.
	Active,
	/// The curators took it off.
	Delisted,
}

/// A parent of an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
	/// Position of the parent, which is less than the child's.
	pub parent: usize,
	/// How the child uses it.
	pub relation: Relation,
}

/// How a derived asset uses a parent. Displayed as files and chain specs write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
	/// `trained_on`
	TrainedOn,
	/// `finetune`
	Finetune,
	/// `adapter`
	Adapter,
	/// `quantized`
	Quantized,
	/// `merge`
	Merge,
	/// `evaluated_with`
	EvaluatedWith,
}

impl fmt::Display for Relation {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::TrainedOn => "trained_on",
			Self::Finetune => "finetune",
			Self::Adapter => "adapter",
			Self::Quantized => "quantized",
			Self::Merge => "merge",
			Self::EvaluatedWith => "evaluated_with",
		})
	}
}

/// The metered uses of one asset by one caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
	/// Name of who called and pays.
	pub caller: String,
	/// The asset.
	pub asset: usize,
	/// Metered units, at least 1.
	pub units: u64,
}

/// Revenue that a derivative reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revenue {
	/// The derivative.
	pub asset: usize,
	/// Micro-U, at least 1.
	pub amount: Micro,
}

impl Scenario {
	/// What the calls of the month cost: `call_fee × units` in micro-U; none where it does not fit in 128 bits.
	pub fn fee(&self, call: &Call) -> Option<Micro> {
		self.assets[call.asset].call_fee.checked_mul(Micro::from(call.units))
	}

	/// The month as the model settles it.
	///
	/// A fee that fits in no number is given as the greatest one, which the model refuses as an overflow.
	pub fn month(&self) -> model::Month {
		let asset = |asset: &Asset| model::Asset {
			kind: asset.kind,
			minted: asset.minted.0,
			active: asset.status == Status::Active,
			share_rate: match asset.terms {
				Terms::Share { rate } => Some(rate),
				Terms::Buyout { .. } => None,
			},
			quality: asset.quality,
			impact: asset.impact,
			parents: asset.parents.iter().map(|edge| edge.parent).collect(),
			carried_in: 0,
		};
		let call = |call: &Call| model::Call {
			asset: call.asset,
			fee: self.fee(call).unwrap_or(Micro::MAX),
			units: call.units,
			own: call.caller == self.assets[call.asset].creator,
		};
		let revenue = |revenue: &Revenue| model::Revenue { asset: revenue.asset, amount: revenue.amount };
		model::Month {
			version: self.formula,
			period: self.period.0,
			assets: self.assets.iter().map(asset).collect(),
			calls: self.calls.iter().map(call).collect(),
			revenue: self.revenue.iter().map(revenue).collect(),
		}
	}

	/// The asset of a handle.
	pub fn find(&self, handle: &str) -> Option<usize> {
		self.assets.iter().position(|asset| asset.handle == handle)
	}
}
