//! The constants of the royalty formula, versioned: a later rule never rewrites a settled month.

use crate::Bps;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Which rule a period is settled by. Recorded at its close.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
pub enum FormulaVersion {
	/// Quality, usage and impact around 1.0, and 20 % for the ecosystem.
	#[default]
	V1,
	/// As [`Self::V1`], but who is proven shares before who is not, and a mere claim of quality adds nothing: what its
	/// maker puts into a derivative's descent cannot take from those whom curators vouched for.
	V2,
}

/// The constants of one version. Weights and rates are in basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formula {
	/// Weight of an asset that is average in everything.
	pub base: i64,
	/// Weight for each basis point of quality above the average of its kind.
	pub quality_slope: i64,
	/// The most that a quality nobody attested can add.
	pub unattested_cap: i64,
	/// Usage adds the rank less this: half of all assets gain, half lose.
	pub median_rank: i64,
	/// Impact counts `impact × numerator / denominator`.
	pub impact_slope: (i64, i64),
	/// The most that impact can add.
	pub impact_cap: i64,
	/// Least weight before the bonus.
	pub floor: i64,
	/// Greatest weight before the bonus.
	pub ceiling: i64,
	/// New assets weigh `× numerator / denominator`.
	pub bonus: (i64, i64),
	/// Periods that an asset counts as new for, the one of its minting included.
	pub bonus_periods: u32,
	/// The ancestors' part of a pot, in percent; the pool gets the rest.
	pub ancestors_percent: u128,
	/// Whether a pot that has proven ancestors is shared among those only.
	pub proven_first: bool,
}

impl FormulaVersion {
	/// The constants of this version.
	pub const fn formula(self) -> Formula {
		match self {
			Self::V1 => Formula {
				base: 10_000,
				quality_slope: 5,
				unattested_cap: 1_000,
				median_rank: 5_000,
				impact_slope: (5, 3),
				impact_cap: 10_000,
				floor: 1_000,
				ceiling: 30_000,
				bonus: (12, 10),
				bonus_periods: 3,
				ancestors_percent: 80,
				proven_first: false,
			},
			Self::V2 => Formula { unattested_cap: 0, proven_first: true, ..Self::V1.formula() },
		}
	}
}

impl Formula {
	/// The greatest weight the formula can give, which must fit [`Bps`].
	pub const fn greatest_weight(&self) -> i64 {
		self.ceiling * self.bonus.0 / self.bonus.1
	}
}

const _: () = assert!(FormulaVersion::V1.formula().greatest_weight() <= Bps::MAX as i64);
const _: () = assert!(FormulaVersion::V2.formula().greatest_weight() <= Bps::MAX as i64);
