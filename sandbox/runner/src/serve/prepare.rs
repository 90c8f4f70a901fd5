//! From an agreement to a job that can run: its parts are looked for, and checked against what final state names.

use super::agreement::{Agreement, Use};
use crate::{GatePolicy, InputSpec, JobSpec, Limits, Source};
use heirloom_exchange::Exchange;
use heirloom_sandbox_chain::{AccountId, H256, types::AssetId};
use heirloom_seal::{BlockStore, DataKey, Kubo, KuboTimeouts, LocalStore, SealingKey, StoreError};
use std::{fmt, path::PathBuf};

/// Where the parts of jobs are, and the key to them.
#[derive(Debug)]
pub struct Sources {
	/// Where others hand over.
	pub exchange: Exchange,
	/// Where ciphertext is.
	pub blocks: Blocks,
	/// The key that data keys are sealed to.
	pub sealing_key: SealingKey,
	/// The chain's genesis hash.
	pub genesis: H256,
}

/// Where ciphertext is.
#[derive(Clone, Debug)]
pub enum Blocks {
	/// In a folder.
	Folder(PathBuf),
	/// In a Kubo node.
	Kubo(String),
}

/// What a job cannot run without, and is not there; it is looked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
	/// The code of this hash.
	Code(H256),
	/// The parameters of this hash.
	Parameters(H256),
	/// An envelope for this asset, by its owner.
	Envelope(AssetId, AccountId),
	/// A policy by the asset's present owner: it was sold since the permit was requested.
	Policy(AssetId),
	/// The ciphertext of this asset.
	Ciphertext(AssetId),
	/// Something is there, and cannot be used.
	Unusable(String),
}

impl fmt::Display for Missing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Code(hash) => write!(f, "the code {hash:?} is not uploaded"),
			Self::Parameters(hash) => write!(f, "the parameters {hash:?} are not uploaded"),
			Self::Envelope(asset, owner) => write!(f, "there is no envelope of {owner} for asset {asset}"),
			Self::Policy(asset) => write!(f, "the owner of asset {asset} has set no policy"),
			Self::Ciphertext(asset) => write!(f, "the ciphertext of asset {asset} is not in the store"),
			Self::Unusable(what) => f.write_str(what),
		}
	}
}

impl Blocks {
	/// The store.
	///
	/// # Errors
	/// [`StoreError`].
	pub fn open(&self) -> Result<Box<dyn BlockStore + Send + Sync>, StoreError> {
		Ok(match self {
			Self::Folder(folder) => Box::new(LocalStore::open(folder)?),
			Self::Kubo(address) => Box::new(Kubo::new(address, KuboTimeouts::default())?),
		})
	}
}

impl Sources {
	/// Looks for everything that a job needs. Blocks: a Kubo node may have to ask others for ciphertext.
	///
	/// # Errors
	/// [`Missing`].
	pub fn prepare(&self, agreement: &Agreement) -> Result<JobSpec, Missing> {
		let Agreement { permit, record, uses } = agreement;
		let limits = Limits::default();
		let code = self.upload(&record.code_hash, limits.module_bytes, Missing::Code)?;
		let parameters = self.upload(&record.parameters_hash, limits.module_bytes, Missing::Parameters)?;
		let inputs =
			uses.iter().map(|used| self.input(used, *permit)).collect::<Result<Vec<InputSpec>, Missing>>()?;
		Ok(JobSpec {
			permit_id: *permit,
			code,
			code_hash: record.code_hash.0,
			parameters,
			parameters_hash: record.parameters_hash.0,
			inputs,
			limits,
			gate: GatePolicy {
				output_cap: record.output_cap,
				smallest_group: record.limits.smallest_group.into(),
				largest_output: Some(record.limits.largest_output),
				largest_model: record.limits.largest_model,
				release_budget: record.limits.release_budget,
			},
			consumer: record.consumer.0,
		})
	}

	fn upload(&self, hash: &H256, most: u64, missing: fn(H256) -> Missing) -> Result<Vec<u8>, Missing> {
		let found = self.exchange.upload(hash, most).map_err(unusable)?;
		found.ok_or(missing(*hash))
	}

	fn input(&self, used: &Use, permit: u64) -> Result<InputSpec, Missing> {
		let asset = used.asset;
		let content = used.content.ok_or_else(|| unusable(format!("asset {asset} has no content id")))?;
		let key = self.data_key(used, permit)?;
		let store = self.blocks.open().map_err(unusable)?;
		match store.get(&content) {
			Ok(_) => {}
			Err(StoreError::NotFound(_)) => return Err(Missing::Ciphertext(asset)),
			Err(error) => return Err(unusable(error)),
		}
		Ok(InputSpec {
			asset,
			medical: used.medical,
			source: Source::Stored { store, content, key },
			masks: Vec::new(),
		})
	}

	/// The data key of an asset, out of an envelope that its owner made for this use.
	///
	/// # Errors
	/// [`Missing`].
	pub fn data_key(&self, used: &Use, permit: u64) -> Result<DataKey, Missing> {
		let Some((owner, _)) = used.owner else { return Err(Missing::Policy(used.asset)) };
		for binding in used.bindings(&self.genesis, permit) {
			let envelope =
				self.exchange.envelope(&binding.content, &owner, binding.purpose).map_err(unusable)?;
			if let Some(envelope) = envelope {
				return envelope.open(&self.sealing_key, &binding).map_err(|error| {
					unusable(format!("the envelope for asset {} does not open: {error}", used.asset))
				});
			}
		}
		Err(Missing::Envelope(used.asset, owner))
	}
}

fn unusable(what: impl ToString) -> Missing {
	Missing::Unusable(what.to_string())
}
