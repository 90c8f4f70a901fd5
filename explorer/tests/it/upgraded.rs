//! Events of before and behind a runtime upgrade: each read by the metadata of its own block.

use crate::chain;
use codec::{Compact, Decode, Encode};
use heirloom_explorer::chain::{
	Chain, Config,
	decode::{self, Event, royalty},
	rpc_params,
};
use scale_info::TypeDef;
use std::sync::Arc;
use subxt::{
	ArcMetadata, Metadata, OfflineClient, SubstrateConfig,
	config::substrate::SpecVersionForRange,
	ext::frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed},
	utils::AccountId32,
};

const PAYEE: AccountId32 = AccountId32([7; 32]);
const PERIOD: u32 = 24_314;
const AMOUNT: u128 = 2_000_000_000;

/// The runtime's metadata as the chain hands it out.
pub async fn of_the_chain() -> Vec<u8> {
	let chain = Chain::connect(chain::march().0).await.unwrap();
	let text: String = chain.request("state_getMetadata", rpc_params![]).await.unwrap();
	hex::decode(text.trim_start_matches("0x")).unwrap()
}

/// The runtime's metadata, and that of a later one whose payments have another field, in front, and the others turned round.
async fn metadata() -> [ArcMetadata; 2] {
	let bytes = of_the_chain().await;
	let now = Metadata::decode_from(&bytes).unwrap();
	let mut later = RuntimeMetadataPrefixed::decode(&mut &bytes[..]).unwrap();
	let RuntimeMetadata::V14(runtime) = &mut later.1 else { panic!("not the metadata of version 14") };
	let mut types = runtime.types.types.iter_mut().map(|known| &mut known.ty);
	let event = types.find(|known| known.path.segments == ["pallet_royalty", "pallet", "Event"]).unwrap();
	let TypeDef::Variant(variants) = &mut event.type_def else { panic!("events are variants") };
	let paid = variants.variants.iter_mut().find(|variant| variant.name == "Paid").unwrap();
	paid.fields.reverse();
	let mut added = paid.fields.last().unwrap().clone();
	added.name = Some("tranche".into());
	paid.fields.insert(0, added);
	[now, Metadata::decode_from(&later.encode()).unwrap()].map(Arc::new)
}

/// The events of a block that has these of a pallet: each by its name, with its fields.
pub fn block_with(metadata: &Metadata, pallet: &str, events: &[(&str, Vec<u8>)]) -> Vec<u8> {
	const INITIALIZATION: u8 = 2;
	let pallet = metadata.pallet_by_name(pallet).unwrap();
	let variants = pallet.event_variants().unwrap();
	let mut bytes = Compact(u32::try_from(events.len()).unwrap()).encode();
	for (name, fields) in events {
		let index = variants.iter().find(|variant| variant.name == *name).unwrap().index;
		bytes.extend([INITIALIZATION, pallet.event_index(), index]);
		bytes.extend(fields);
		bytes.extend(Vec::<[u8; 32]>::new().encode());
	}
	bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_before_and_behind_an_upgrade_should_be_read_alike() {
	let [now, later] = metadata().await;
	let version = |first, spec_version| SpecVersionForRange {
		block_range: first..first + 10,
		spec_version,
		transaction_version: 1,
	};
	let config = SubstrateConfig::builder()
		.set_spec_version_for_block_ranges([version(0, 1), version(10, 2)])
		.set_metadata_for_spec_versions([(1, now.clone()), (2, later.clone())])
		.build();
	let client = OfflineClient::<Config>::new_with_config(config);
	let before = block_with(&now, "Royalty", &[("Paid", (PERIOD, PAYEE, AMOUNT).encode())]);
	let behind = block_with(&later, "Royalty", &[("Paid", (9u32, AMOUNT, PAYEE, PERIOD).encode())]);
	let expected = royalty::Event::Paid(royalty::Payment { period: PERIOD, payee: PAYEE, amount: AMOUNT });
	for (block, bytes) in [(9u64, before.clone()), (10, behind)] {
		let at = client.at_block(block).unwrap();
		let noted = decode::events(block, &at.events().from_bytes(bytes), &at.metadata()).unwrap();
		let found: Vec<_> = noted.events.into_iter().map(|placed| placed.event).collect();
		assert_eq!(found, [Event::Royalty(expected.clone())], "block {block}");
	}
	// Read by the wrong one, it is refused or is something else, never silently the same.
	let at = client.at_block(10u64).unwrap();
	let wrong = decode::events(10, &at.events().from_bytes(before), &at.metadata());
	let same = wrong.is_ok_and(|noted| {
		noted.events.first().is_some_and(|placed| placed.event == Event::Royalty(expected))
	});
	assert!(!same);
}
