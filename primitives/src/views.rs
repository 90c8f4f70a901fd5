//! What the runtime APIs and the JSON-RPC methods answer with. Amounts are micro-U, as decimal text in JSON.

use crate::{
	AssetId, Bps, FormulaVersion, Kind, MicroU, Moment, Period, PermitId, Purpose, Quality, Relation, Status,
	Terms, Units, WeightParts,
};
use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;

/// Evidence that an owner states for an asset, in basis points.
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
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
	/// Accuracy: 9,300 = 93 %.
	pub accuracy: Option<Bps>,
	/// Gain in speed over what it derives from: 4,000 = 40 % faster.
	pub speed_gain: Option<Bps>,
}

/// A parent of a derived asset.
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
pub struct Parent {
	/// The parent.
	pub asset: AssetId,
	/// How it was used.
	pub relation: Relation,
}

/// The count of an asset's receipts and the running hash over them. A list of receipts that anyone serves is whole
/// and unchanged if hashing it again ends here: `hash = blake2_256(previous hash ++ SCALE(receipt))`, from zero on.
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
pub struct ReceiptHead {
	/// Receipts so far.
	pub count: u64,
	/// Hash over all of them, in order.
	pub hash: H256,
}

/// Everything the chain holds of one asset.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct AssetView<AccountId> {
	/// Its number.
	pub id: AssetId,
	/// Its name.
	pub handle: String,
	/// What it consists of.
	pub kind: Kind,
	/// Who minted it.
	pub creator: AccountId,
	/// Who owns the item now.
	pub owner: AccountId,
	/// Who would be paid now.
	pub payee: AccountId,
	/// CID of the content; of the ciphertext where it is sandboxed.
	pub content: String,
	/// Name of its domain.
	pub domain: Option<String>,
	/// What it is good for, in its owner's words.
	pub scenario: String,
	/// Evidence its owner states.
	pub evidence: Evidence,
	/// Terms for those who derive from it.
	pub terms: Terms,
	/// Fee for one unit, in micro-U.
	#[serde(with = "crate::text")]
	pub call_fee: MicroU,
	/// Claimed or attested quality.
	pub quality: Option<Quality>,
	/// Attested improvement of its derivatives.
	pub impact: Bps,
	/// Period it was minted in.
	pub minted: Period,
	/// 0 for a root, else one more than the greatest of its parents.
	pub generation: u32,
	/// Active or delisted.
	pub status: Status,
	/// Whether it is used through permits only.
	pub sandboxed: bool,
	/// Direct parents.
	pub parents: Vec<Parent>,
	/// Number of all transitive ancestors.
	pub ancestors: u32,
	/// Number of direct children.
	pub children: u32,
	/// Its receipts.
	pub receipts: ReceiptHead,
}

/// An asset met on a walk through descendants.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct Descendant {
	/// The asset.
	pub asset: AssetId,
	/// The one parent under which the walk lists it: an asset with several is listed once.
	pub under: AssetId,
	/// Steps from the asset that was asked for.
	pub depth: u32,
}

/// A page of a longer list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct Page<Item> {
	/// In order.
	pub items: Vec<Item>,
	/// Where the next page begins; none at the end.
	pub next: Option<AssetId>,
}

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
	/// Paid to the payee, in whole cents.
	#[serde(with = "crate::text")]
	pub paid: MicroU,
	/// Carried to the next period: less than a cent, or all of it where the payee could not receive.
	#[serde(with = "crate::text")]
	pub carried_out: MicroU,
	/// Who was paid, or could not be. None where there was not a cent to pay.
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

/// A settled period. What came in is what went out: `revenue + call_fees + carried_in = paid + carried_out + pool`.
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
	/// Assets that were paid.
	pub payments: u32,
	/// Assets whose payee could not receive.
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
	/// Paid out.
	#[serde(with = "crate::text")]
	pub paid: MicroU,
	/// Carried to the next period.
	#[serde(with = "crate::text")]
	pub carried_out: MicroU,
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
	/// Paying.
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
	/// Pages of this phase that are done.
	pub done: u32,
	/// Pages of this phase in all; 0 where it is not known.
	pub of: u32,
}

/// One asset of a permit.
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
pub struct PermitUse {
	/// The asset.
	pub asset: AssetId,
	/// Units that are paid for.
	pub units: Units,
	/// Their fee, held when the permit was requested.
	#[serde(with = "crate::text")]
	pub fee: MicroU,
}

/// Where a permit stands.
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
pub enum PermitStatus {
	/// Waits for the owners' approval.
	Requested,
	/// The operator may run the job.
	Approved,
	/// The job ran and its output was released.
	Completed,
	/// The operator refused to run it or to release its output; refunded.
	Refused,
	/// Withdrawn by the consumer or an owner; refunded.
	Revoked,
	/// Past its time; refunded.
	Expired,
	/// Completed, and used up by a derived asset.
	Consumed {
		/// The derived asset.
		into: AssetId,
	},
}

/// A permit to use sensitive assets inside a sandbox.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo, Serialize, Deserialize)]
pub struct PermitView<AccountId> {
	/// Its number.
	pub id: PermitId,
	/// Who asked for it and pays.
	pub consumer: AccountId,
	/// Who runs the job.
	pub operator: AccountId,
	/// What is used, and the fees held.
	pub uses: Vec<PermitUse>,
	/// What the job is for.
	pub purpose: Purpose,
	/// Hash of the code that runs.
	pub code_hash: H256,
	/// Hash of its parameters.
	pub parameters_hash: H256,
	/// The most bytes that may leave the sandbox.
	pub output_cap: u64,
	/// The operator's own fee.
	#[serde(with = "crate::text")]
	pub operator_fee: MicroU,
	/// After this moment it cannot be completed.
	pub expires_at: Moment,
	/// Where it stands.
	pub status: PermitStatus,
	/// Hash of the operator's signed report, once there is one.
	pub report: Option<H256>,
}
