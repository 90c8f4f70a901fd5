//! What others rely on of a runtime, read from its metadata.

use crate::chain::{Chain, rpc_params};
use anyhow::{Context, Result};
use codec::Decode;
use scale_info::{Field, PortableRegistry, TypeDef, Variant, form::PortableForm};
use serde::{Deserialize, Serialize};
use sp_crypto_hashing::{blake2_128, twox_128};
use std::collections::BTreeMap;
use subxt::Metadata;

/// The key of a pallet's storage version, after the pallet's own prefix.
const STORAGE_VERSION: &[u8] = b":__STORAGE_VERSION__:";
/// Enumerations over all pallets: what is added to one changes nothing of how the rest is encoded.
const OUTER: [&str; 5] =
	["RuntimeCall", "RuntimeEvent", "RuntimeError", "RuntimeHoldReason", "RuntimeFreezeReason"];

/// What a runtime shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Surface {
	/// Rises with every change.
	pub spec_version: u32,
	/// Rises with every change of how a transaction is encoded.
	pub transaction_version: u32,
	/// What a transaction carries beside its call, in order, with a hash of the encoding.
	pub extensions: Vec<String>,
	/// The pallets.
	pub pallets: BTreeMap<String, Pallet>,
}

/// What a pallet shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pallet {
	/// Its index in calls.
	pub index: u8,
	/// The version of its storage on the chain, where it has one.
	pub storage_version: Option<u16>,
	/// Its calls: index, and a hash of the arguments.
	pub calls: BTreeMap<String, String>,
	/// Its events likewise.
	pub events: BTreeMap<String, String>,
	/// Its storage: a hash of keys, hashers and value.
	pub storage: BTreeMap<String, String>,
}

impl Surface {
	/// Reads the runtime of a node's best block.
	pub async fn read(chain: &Chain) -> Result<Self> {
		#[derive(Deserialize)]
		#[serde(rename_all = "camelCase")]
		struct Version {
			spec_version: u32,
			transaction_version: u32,
		}
		let version: Version = chain.request("state_getRuntimeVersion", rpc_params![]).await?;
		let text: String = chain.request("state_getMetadata", rpc_params![]).await?;
		let bytes = hex::decode(text.trim_start_matches("0x"))
			.context("the node's metadata is no hexadecimal text")?;
		let metadata = Metadata::decode_from(&bytes).context("the node's metadata is of an unknown form")?;

		let mut shapes = Shapes { types: metadata.types(), known: BTreeMap::new() };
		let mut pallets = BTreeMap::new();
		for pallet in metadata.pallets() {
			let variants = |shapes: &mut Shapes, variants: Option<&[Variant<PortableForm>]>| {
				variants
					.into_iter()
					.flatten()
					.map(|variant| (variant.name.clone(), shapes.variant(variant)))
					.collect()
			};
			let storage = pallet.storage().into_iter().flat_map(|storage| storage.entries());
			pallets.insert(
				pallet.name().to_owned(),
				Pallet {
					index: pallet.call_index(),
					storage_version: storage_version(chain, pallet.storage().map(|storage| storage.prefix()))
						.await?,
					calls: variants(&mut shapes, pallet.call_variants()),
					events: variants(&mut shapes, pallet.event_variants()),
					storage: storage
						.map(|entry| {
							let keys: Vec<_> = entry
								.keys()
								.map(|key| format!("{:?}:{}", key.hasher, shapes.of(key.key_id)))
								.collect();
							let shape = format!("{}>{}", keys.join(","), shapes.of(entry.value_ty()));
							(entry.name().to_owned(), hash(&shape))
						})
						.collect(),
				},
			);
		}
		let extrinsic = metadata.extrinsic();
		let extensions = extrinsic
			.transaction_extensions_to_use_for_encoding()
			.map(|extension| {
				let shape =
					[extension.extra_ty(), extension.additional_ty()].map(|ty| shapes.of(ty)).concat();
				format!("{} {}", extension.identifier(), hash(&shape))
			})
			.collect();
		let Version { spec_version, transaction_version } = version;
		Ok(Self { spec_version, transaction_version, extensions, pallets })
	}
}

/// The storage version that a pallet has on the chain.
async fn storage_version(chain: &Chain, prefix: Option<&str>) -> Result<Option<u16>> {
	let Some(prefix) = prefix else { return Ok(None) };
	let key = [twox_128(prefix.as_bytes()), twox_128(STORAGE_VERSION)].concat();
	let value: Option<String> =
		chain.request("state_getStorage", rpc_params![format!("0x{}", hex::encode(key))]).await?;
	Ok(value
		.and_then(|value| hex::decode(value.trim_start_matches("0x")).ok())
		.and_then(|value| u16::decode(&mut &*value).ok()))
}

fn hash(shape: &str) -> String {
	hex::encode(blake2_128(shape.as_bytes()))
}

/// Hashes of how types are encoded, whatever their numbers in the metadata are.
struct Shapes<'a> {
	types: &'a PortableRegistry,
	known: BTreeMap<u32, String>,
}

impl Shapes<'_> {
	fn of(&mut self, id: u32) -> String {
		if let Some(known) = self.known.get(&id) {
			return known.clone();
		}
		// What a type says of itself while it is being described.
		self.known.insert(id, "itself".into());
		let types = self.types;
		let Some(described) = types.resolve(id) else { return "unknown".into() };
		let shape = match &described.type_def {
			TypeDef::Variant(_) if described.path.ident().is_some_and(|name| OUTER.contains(&&*name)) => {
				described.path.ident().unwrap_or_default()
			}
			TypeDef::Variant(variants) => {
				let variants: Vec<_> = variants
					.variants
					.iter()
					.map(|variant| format!("{}={}", variant.name, self.variant(variant)))
					.collect();
				format!("<{}>", variants.join("|"))
			}
			TypeDef::Composite(composite) => self.fields(&composite.fields),
			TypeDef::Sequence(sequence) => format!("[{}]", self.of(sequence.type_param.id)),
			TypeDef::Array(array) => format!("[{};{}]", self.of(array.type_param.id), array.len),
			TypeDef::Tuple(tuple) => {
				let parts: Vec<_> = tuple.fields.iter().map(|field| self.of(field.id)).collect();
				format!("({})", parts.join(","))
			}
			TypeDef::Primitive(primitive) => format!("{primitive:?}"),
			TypeDef::Compact(compact) => format!("compact {}", self.of(compact.type_param.id)),
			TypeDef::BitSequence(bits) => {
				format!("bits {} {}", self.of(bits.bit_store_type.id), self.of(bits.bit_order_type.id))
			}
		};
		let hash = hash(&shape);
		self.known.insert(id, hash.clone());
		hash
	}

	/// An index, and a hash of the fields.
	fn variant(&mut self, variant: &Variant<PortableForm>) -> String {
		let fields = self.fields(&variant.fields);
		format!("{} {}", variant.index, hash(&fields))
	}

	fn fields(&mut self, fields: &[Field<PortableForm>]) -> String {
		let fields: Vec<_> = fields
			.iter()
			.map(|field| format!("{}:{}", field.name.as_deref().unwrap_or_default(), self.of(field.ty.id)))
			.collect();
		format!("{{{}}}", fields.join(","))
	}
}
