//! Statements, periods and the settlement as nodes show them.

use crate::{AssetId, Bps, FormulaVersion, MicroU, Moment, Period, Quality, Units, WeightParts};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What one asset was due for one period and what came of it. What came in is what went out:
/// `shared + call_fees + carried_in = paid + carried_out`.
#[derive(
	Clone,
	Debug,
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
pub struct Statement<AccountId> {
	/// Its weight, where it shared in a descendant's pot.
	pub weight: Option<Bps>,
	/// Its shares of its descendants' pots.
	#[serde(with = "crate::text")]
	pub shared: MicroU,
	/// Its own part of its own call fees (and of revenue reported for it, where no ancestor was eligible any more).
	#[serde(with = "crate::text")]
	pub call_fees: MicroU,
	/// Carried from earlier periods.
	#[serde(with = "crate::text")]
	pub carried_in: MicroU,
	/// To the payee, in whole cents. Paid together with what else the payee is due, see [`PeriodReport`].
	#[serde(with = "crate::text")]
	pub paid: MicroU,
	/// Carried to the next period: less than a cent.
	#[serde(with = "crate::text")]
	pub carried_out: MicroU,
	/// Who gets it. None where there was not a cent to pay.
	pub payee: Option<AccountId>,
}

/// How a weight of a settled period came about.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct WeightView {
	/// The quality that was stated at the close.
	pub quality: Option<Quality>,
	/// The average of its kind at the close.
	pub average: Option<Bps>,
	/// The usage rank.
	pub rank: Bps,
	/// The attested impact.
	pub impact: Bps,
	/// The parts of the weight and their sum.
	pub parts: WeightParts,
}

/// A statement with what its weight is made of, while the detail is kept.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct StatementView<AccountId> {
	/// The asset.
	pub asset: AssetId,
	/// The period.
	pub period: Period,
	/// What it was due and paid.
	pub statement: Statement<AccountId>,
	/// Units that counted as its use; none once the detail is pruned.
	pub units: Option<Units>,
	/// How its weight came about; none without a weight or once the detail is pruned.
	pub weight: Option<WeightView>,
}

/// One descendant's part in an ancestor's share: `weight × 80 % of pot / total_weight`.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct StatementLine {
	/// The earning descendant.
	pub descendant: AssetId,
	/// Its pot.
	#[serde(with = "crate::text")]
	pub pot: MicroU,
	/// Sum of the weights of its eligible ancestors.
	pub total_weight: u64,
	/// Micro-U × 2^48 for one weight unit: a share is `(weight × Σ of these) >> 48`.
	#[serde(with = "crate::text")]
	pub rate_per_weight: u128,
	/// This line alone, rounded down.
	#[serde(with = "crate::text")]
	pub amount: MicroU,
}

/// A settled period. What came in is what went out:
/// `revenue + call_fees + carried_in + held_in = paid + carried_out + held_out + pool`.
#[derive(
	Clone,
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
pub struct PeriodReport {
	/// The rule it was settled by.
	pub formula: FormulaVersion,
	/// Assets that existed at the close.
	pub assets: u32,
	/// Of these, active.
	pub active: u32,
	/// Pairs of earning derivative and eligible ancestor.
	pub pairs: u64,
	/// Derivatives with a pot.
	pub pots: u32,
	/// Assets that were due at least a cent.
	pub earning: u32,
	/// Payees that were paid, each in one payment for all its assets.
	pub payments: u32,
	/// Payees that could not receive; what is held for disputes does not count here.
	pub undelivered: u32,
	/// Sum of all pots: the shared revenue.
	#[serde(with = "crate::text")]
	pub revenue: MicroU,
	/// Sum of what stayed with the assets it was booked for.
	#[serde(with = "crate::text")]
	pub call_fees: MicroU,
	/// Carried in from earlier periods.
	#[serde(with = "crate::text")]
	pub carried_in: MicroU,
	/// Sum of the ancestors' shares.
	#[serde(with = "crate::text")]
	pub shared: MicroU,
	/// What waited from earlier periods: for payees that could not receive, for disputes that were not over, and what had
	/// been released of these and not been paid yet.
	#[serde(with = "crate::text")]
	pub held_in: MicroU,
	/// Paid out.
	#[serde(with = "crate::text")]
	pub paid: MicroU,
	/// Carried to the next period: less than a cent an asset.
	#[serde(with = "crate::text")]
	pub carried_out: MicroU,
	/// What waits for payees that could not receive, who can claim it while the next settlement tries again; and what is
	/// held for disputes.
	#[serde(with = "crate::text")]
	pub held_out: MicroU,
	/// To the ecosystem pool.
	#[serde(with = "crate::text")]
	pub pool: MicroU,
	/// Average attested quality by kind: data, model, script.
	pub averages: [Option<Bps>; 3],
	/// When it was closed.
	pub closed_at: Moment,
	/// Block of the close.
	pub closed_in: u32,
	/// When the report was made and everything was paid.
	pub reported_at: Moment,
	/// Block of the report.
	pub reported_in: u32,
}

/// An asset's open period so far, as if it were closed now.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct Estimate {
	/// The open period.
	pub period: Period,
	/// Units that counted as use.
	pub units: Units,
	/// Gross call fees.
	#[serde(with = "crate::text")]
	pub gross: MicroU,
	/// Reported revenue.
	#[serde(with = "crate::text")]
	pub reported: MicroU,
	/// Its own part of these.
	#[serde(with = "crate::text")]
	pub call_fees: MicroU,
	/// Its share of its descendants' pots.
	#[serde(with = "crate::text")]
	pub shared: MicroU,
	/// Carried from before.
	#[serde(with = "crate::text")]
	pub carried_in: MicroU,
	/// How it would weigh; none while it is no eligible ancestor.
	pub weight: Option<WeightView>,
}

/// What a settlement is doing.
#[derive(
	Clone,
	Copy,
	Debug,
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
#[serde(rename_all = "snake_case")]
pub enum Phase {
	/// Counting units and qualities.
	Count,
	/// Ranking the distinct numbers of units.
	Rank,
	/// Weighing the eligible ancestors.
	Weigh,
	/// Spreading pots over ancestors.
	Spread,
	/// Writing statements, and summing up what each payee is due.
	Due,
	/// Paying every payee once.
	Pay,
	/// Reporting, and clearing what the next settlement does not need.
	Report,
}

/// Where the settlement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct Progress {
	/// The period that is open for bookings.
	pub open: Period,
	/// The last one that was reported.
	pub settled: Option<Period>,
	/// The one being settled.
	pub settling: Option<Settling>,
}

/// A settlement under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct Settling {
	/// The period.
	pub period: Period,
	/// What is being done.
	pub phase: Phase,
	/// Pages of this phase that are done; of the payments, buckets of payees.
	pub done: u32,
	/// The same in all; 0 where it is not known.
	pub of: u32,
}
