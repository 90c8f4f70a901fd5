//! What can go wrong with Heirloom's own JSON-RPC methods. Each error has a code and says in a sentence what is wrong.

use super::AssetRef;
use crate::{
	clock::NotADate,
	service::{Hash, sealing::SealError},
};
use heirloom_primitives::{AssetId, NotAPeriod, Period, PermitId};
use jsonrpsee::types::{ErrorCode, ErrorObjectOwned};
use sp_api::ApiError;

/// The codes, beside those of JSON-RPC itself (below zero) and of the SDK's methods (up to 8,999, and from 10,000 on).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Code {
	/// No asset has this handle or number.
	UnknownAsset = 9_001,
	/// A list of descendants was to go on behind an asset that is none of them.
	NotADescendant = 9_002,
	/// A text is not a month of the form `2026-03`.
	BadPeriod = 9_003,
	/// The month is not settled yet.
	NotSettled = 9_004,
	/// The month is settled, but the detail behind its statements is no longer kept.
	DetailPruned = 9_005,
	/// There is no permit of this number.
	UnknownPermit = 9_006,
	/// There is no block of this hash, or its state is no longer kept.
	UnknownBlock = 9_007,
	/// The runtime could not answer: it lacks the method, or failed.
	Runtime = 9_008,
	/// The block that is answered from does not have the asset.
	NotEstimated = 9_009,
	/// Too many callers wait for estimates.
	Busy = 9_010,
	/// A text is not a date.
	BadDate = 9_101,
	/// The clock cannot be set back.
	InThePast = 9_102,
	/// The number of blocks is 0 or too great.
	BadCount = 9_103,
	/// No block was made.
	NotSealed = 9_104,
}

/// An error of a method.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// [`Code::UnknownAsset`]
	#[error("there is no asset {0}")]
	UnknownAsset(AssetRef),
	/// [`Code::NotADescendant`]
	#[error("asset {after} does not descend from asset {asset}")]
	NotADescendant {
		/// Whose descendants were asked for.
		asset: AssetId,
		/// Behind which the list was to go on.
		after: AssetId,
	},
	/// [`Code::BadPeriod`]
	#[error("`{text}` is {error}")]
	BadPeriod {
		/// What was sent.
		text: String,
		/// What is wrong with it.
		error: NotAPeriod,
	},
	/// [`Code::NotSettled`]
	#[error("{0} is not settled")]
	NotSettled(Period),
	/// [`Code::DetailPruned`]
	#[error("the detail of {0} is no longer kept")]
	DetailPruned(Period),
	/// [`Code::UnknownPermit`]
	#[error("there is no permit {0}")]
	UnknownPermit(PermitId),
	/// [`Code::UnknownBlock`]
	#[error("there is no block {0:?}, or its state is no longer kept")]
	UnknownBlock(Hash),
	/// [`Code::Runtime`]
	#[error("the runtime did not answer: {0}")]
	Runtime(String),
	/// [`Code::NotEstimated`]
	#[error("asset {0} is younger than the estimates of block {1:?}: ask again in some minutes")]
	NotEstimated(AssetId, Hash),
	/// [`Code::Busy`]
	#[error("estimates are being taken, and many wait for them: ask again in some seconds")]
	Busy,
	/// [`Code::BadDate`]
	#[error("`{text}` is {error}")]
	BadDate {
		/// What was sent.
		text: String,
		/// What is wrong with it.
		error: NotADate,
	},
	/// [`Code::BadCount`]
	#[error("{count} blocks cannot be made at once: ask for 1 to {most}")]
	BadCount {
		/// What was sent.
		count: u32,
		/// The most that can be.
		most: u32,
	},
	/// [`Code::InThePast`] or [`Code::NotSealed`]
	#[error(transparent)]
	Seal(#[from] SealError),
	/// The method is not for callers from other machines; the code is the SDK's.
	#[error(transparent)]
	Unsafe(#[from] sc_rpc_api::UnsafeRpcError),
}

impl Error {
	/// What a runtime API's failure at a block is told as.
	pub fn of_api(block: Hash, error: ApiError) -> Self {
		match error {
			ApiError::UnknownBlock(_) => Self::UnknownBlock(block),
			other => Self::Runtime(other.to_string()),
		}
	}

	/// The code that goes with the sentence.
	fn code(&self) -> i32 {
		let code = match self {
			Self::UnknownAsset(_) => Code::UnknownAsset,
			Self::NotADescendant { .. } => Code::NotADescendant,
			Self::BadPeriod { .. } => Code::BadPeriod,
			Self::NotSettled(_) => Code::NotSettled,
			Self::DetailPruned(_) => Code::DetailPruned,
			Self::UnknownPermit(_) => Code::UnknownPermit,
			Self::UnknownBlock(_) => Code::UnknownBlock,
			Self::Runtime(_) => Code::Runtime,
			Self::NotEstimated(..) => Code::NotEstimated,
			Self::Busy => Code::Busy,
			Self::BadDate { .. } => Code::BadDate,
			Self::BadCount { .. } => Code::BadCount,
			Self::Seal(SealError::InThePast(_)) => Code::InThePast,
			Self::Seal(SealError::Failed(_) | SealError::Stopping) => Code::NotSealed,
			Self::Unsafe(_) => return ErrorCode::MethodNotFound.code(),
		};
		code as i32
	}
}

impl From<Error> for ErrorObjectOwned {
	fn from(error: Error) -> Self {
		Self::owned(error.code(), error.to_string(), None::<()>)
	}
}
