//! What the pallet stores and takes.

use crate::Config;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound, traits::ConstU32};
use heirloom_primitives::{Moment, Outcome, Subject};
use scale_info::TypeInfo;

/// A CID in its text form; the longest in use takes 113 bytes.
pub type Evidence = BoundedVec<u8, ConstU32<128>>;

/// Creator, owner and payee of two assets.
pub const MAX_PARTIES: u32 = 6;

pub(crate) type AccountIdOf<T> = <T as frame_system::Config>::AccountId;

/// A curator's vote.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Ballot<AccountId> {
	/// Who voted.
	pub curator: AccountId,
	/// Whether for who raised the dispute.
	pub uphold: bool,
}

/// A dispute that is not over.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct Dispute<T: Config> {
	/// What it is about.
	pub subject: Subject,
	/// Who raised it.
	pub by: AccountIdOf<T>,
	/// Who had an interest of its own in the assets when it was raised: creators, owners and payees.
	pub parties: BoundedVec<AccountIdOf<T>, ConstU32<MAX_PARTIES>>,
	/// What they brought.
	pub evidence: Evidence,
	/// What is held from them until it is decided, in the native token.
	pub bond: u128,
	/// When it was raised.
	pub opened_at: Moment,
	/// Until when the curators can decide.
	pub decide_until: Moment,
	/// The votes so far, a curator's once.
	pub ballots: BoundedVec<Ballot<AccountIdOf<T>>, T::MaxCurators>,
	/// How it was decided, where what is held waits for the end of a settlement or of a correction.
	pub outcome: Option<Outcome>,
}
