//! What the curators say of their decisions: read from the chain's events.

use crate::upgraded::{block_with, of_the_chain};
use codec::Encode;
use heirloom_explorer::chain::{
	Config,
	decode::{
		self, Event,
		sandbox::{self, Operator, Permit, Sandboxed},
		values::Mode,
	},
};
use std::sync::Arc;
use subxt::{
	Metadata, OfflineClient, SubstrateConfig, config::substrate::SpecVersionForRange, utils::AccountId32,
};

const OPERATOR: AccountId32 = AccountId32([7; 32]);
const POOL: AccountId32 = AccountId32([8; 32]);
const CONSUMER: AccountId32 = AccountId32([9; 32]);
const AMOUNT: u128 = 250_000_000_000_000;
const ASSET: u32 = 12;
const PERMIT: u64 = 4;

/// A reason that is no UTF-8 throughout, with a zero, which PostgreSQL takes in no text.
const REASON: &[u8] = b"late\0reports\xff";

/// It as the index has it.
const TEXT: &str = "late\u{fffd}reports\u{fffd}";

/// Something that happened to the operator.
fn happened(name: &str, status: Option<&'static str>, amount: Option<u128>, reason: Option<&str>) -> Event {
	let (name, reason) = (name.into(), reason.map(Into::into));
	let event = Operator { operator: OPERATOR, name, profile: None, status, amount, reason };
	Event::Sandbox(sandbox::Event::Operator(event))
}

/// The permit was revoked.
fn revoked(account: Option<AccountId32>, reason: Option<&str>) -> Event {
	let (name, status, reason) = ("Revoked".into(), Some("revoked"), reason.map(Into::into));
	let (into, report, challenge) = (None, None, None);
	let event = Permit { permit: PERMIT, name, account, status, into, report, challenge, reason };
	Event::Sandbox(sandbox::Event::Permit(event))
}

#[tokio::test(flavor = "multi_thread")]
async fn reasons_of_decisions_about_sandboxes_should_be_read() {
	const BLOCK: u64 = 1;
	const MEDICAL: u8 = 1;
	let metadata = Arc::new(Metadata::decode_from(&of_the_chain().await).unwrap());
	let version =
		SpecVersionForRange { block_range: BLOCK..BLOCK + 1, spec_version: 1, transaction_version: 1 };
	let config = SubstrateConfig::builder()
		.set_spec_version_for_block_ranges([version])
		.set_metadata_for_spec_versions([(1, metadata.clone())])
		.build();
	let client = OfflineClient::<Config>::new_with_config(config);
	let (said, unsaid) = (Some(REASON.to_vec()), None::<Vec<u8>>);
	let bytes = block_with(
		&metadata,
		"SandboxAccess",
		&[
			("OperatorSuspended", (OPERATOR, said.clone()).encode()),
			("OperatorSlashed", (OPERATOR, AMOUNT, POOL, said.clone()).encode()),
			("Sandboxed", (ASSET, MEDICAL, said.clone()).encode()),
			("Revoked", (PERMIT, None::<AccountId32>, said.clone()).encode()),
			// A challenge did these, and gives no reason.
			("OperatorSuspended", (OPERATOR, unsaid.clone()).encode()),
			("OperatorSlashed", (OPERATOR, AMOUNT, POOL, unsaid.clone()).encode()),
			// Nor does a consumer or an owner.
			("Revoked", (PERMIT, Some(CONSUMER), unsaid).encode()),
		],
	);
	let at = client.at_block(BLOCK).unwrap();
	let noted = decode::events(BLOCK, &at.events().from_bytes(bytes), &at.metadata()).unwrap();
	let found: Vec<_> = noted.events.into_iter().map(|placed| placed.event).collect();
	let sandboxed = Sandboxed { asset: ASSET, mode: Mode::Medical, reason: said };
	let expected = [
		happened("OperatorSuspended", Some("registered"), None, Some(TEXT)),
		happened("OperatorSlashed", None, Some(AMOUNT), Some(TEXT)),
		Event::Sandbox(sandbox::Event::Sandboxed(sandboxed)),
		revoked(None, Some(TEXT)),
		happened("OperatorSuspended", Some("registered"), None, None),
		happened("OperatorSlashed", None, Some(AMOUNT), None),
		revoked(Some(CONSUMER), None),
	];
	assert_eq!(found, expected);
}
