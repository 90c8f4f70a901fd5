//! What callers see of errors and of the names of assets.

use super::*;
use crate::clock::{InThePast, NotADate};
use crate::service::sealing::SealError;
use heirloom_primitives::{NotAPeriod, Period};
use jsonrpsee::types::{ErrorCode, ErrorObjectOwned};
use serde_json::json;

const MARCH: Period = Period(24_314);

fn asset(handle: &str) -> AssetRef {
	AssetRef::Handle(handle.into())
}

/// One of each, as a caller gets it.
fn answers() -> Vec<(i32, &'static str, ErrorObjectOwned)> {
	[
		(9_001, "there is no asset `CT-1`", Error::UnknownAsset(asset("CT-1"))),
		(9_002, "asset 7 does not descend from asset 2", Error::NotADescendant { asset: 2, after: 7 }),
		(
			9_003,
			"`March` is not a month of the form 2026-03",
			Error::BadPeriod { text: "March".into(), error: NotAPeriod },
		),
		(9_004, "2026-03 is not settled", Error::NotSettled(MARCH)),
		(9_005, "the detail of 2026-03 is no longer kept", Error::DetailPruned(MARCH)),
		(9_006, "there is no permit 5", Error::UnknownPermit(5)),
		(
			9_007,
			"there is no block 0x0101010101010101010101010101010101010101010101010101010101010101, \
			 or its state is no longer kept",
			Error::UnknownBlock(Hash::repeat_byte(1)),
		),
		(9_008, "the runtime did not answer: too old", Error::Runtime("too old".into())),
		(
			9_009,
			"asset 7 is younger than the estimates of block \
			 0x0101010101010101010101010101010101010101010101010101010101010101: ask again in some minutes",
			Error::NotEstimated(7, Hash::repeat_byte(1)),
		),
		(9_010, "estimates are being taken, and many wait for them: ask again in some seconds", Error::Busy),
		(
			9_101,
			"`soon` is not a date of the form 2026-03-01 or 2026-03-01T12:00:00Z, from 1970 on",
			Error::BadDate { text: "soon".into(), error: NotADate },
		),
		(
			9_102,
			"the time is before the next block's, 1970-01-01T00:00:06Z",
			SealError::InThePast(InThePast { earliest: 6_000 }).into(),
		),
		(
			9_103,
			"1001 blocks cannot be made at once: ask for 1 to 1000",
			Error::BadCount { count: 1_001, most: 1_000 },
		),
		(9_104, "no block was made: no parent", SealError::Failed("no parent".into()).into()),
		(9_104, "the node is stopping", SealError::Stopping.into()),
	]
	.map(|(code, sentence, error)| (code, sentence, error.into()))
	.into()
}

#[test]
fn every_error_has_its_code_and_its_sentence() {
	for (code, sentence, answer) in answers() {
		assert_eq!((answer.code(), answer.message()), (code, sentence));
	}
}

#[test]
fn codes_stay_clear_of_the_sdk_s() {
	for (code, sentence, _) in answers() {
		assert!((9_000..10_000).contains(&code), "{code}: {sentence}");
	}
}

#[test]
fn unsafe_calls_are_answered_as_the_sdk_answers_them() {
	let answer = ErrorObjectOwned::from(Error::from(sc_rpc_api::UnsafeRpcError));
	assert_eq!(answer.code(), ErrorCode::MethodNotFound.code());
}

#[test]
fn assets_are_named_by_number_or_handle() {
	let read = |value| serde_json::from_value::<AssetRef>(value).map_err(|error| error.to_string());
	assert_eq!(read(json!(7)), Ok(AssetRef::Id(7)));
	assert_eq!(read(json!(5_000_000_000u64)), Ok(AssetRef::Id(5_000_000_000)));
	assert_eq!(read(json!("CT-2025-0312")), Ok(asset("CT-2025-0312")));
	assert_eq!(read(json!("7")), Ok(asset("7")));
	assert_eq!(read(json!(-1)), Err("an asset's number or its handle".into()));
}
