//! From an agreement to a job that can run: its parts are looked for, and checked against what final state names.

use super::agreement::{Agreement, Use};
use crate::{GatePolicy, InputSpec, JobSpec, Limits, Source};
use heirloom_exchange::Exchange;
use heirloom_sandbox_chain::{AccountId, H256, types::AssetId};
use heirloom_seal::{
	Binding, BlockStore, DataKey, Kubo, KuboTimeouts, LocalStore, OpenAssetError, SealingKey, StoreError,
	check_asset_key, dag::DagError, format::OpenError,
};
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
		Ok(InputSpec {
			asset,
			medical: used.medical,
			source: Source::Stored { store, content, key },
			masks: Vec::new(),
		})
	}

	/// The data key of an asset, out of an envelope for this use. Anybody can make one and put any key into it, so one that
	/// does not open, or holds another key than the ciphertext's, is passed over for the next.
	///
	/// # Errors
	/// [`Missing`]; of the last envelope that is there, where none is right.
	pub fn data_key(&self, used: &Use, permit: u64) -> Result<DataKey, Missing> {
		let Some((owner, _)) = used.owner else { return Err(Missing::Policy(used.asset)) };
		let mut missing = Missing::Envelope(used.asset, owner);
		for binding in used.bindings(&self.genesis, permit) {
			match self.key_in_envelope(used.asset, &owner, &binding) {
				Ok(Some(key)) => return Ok(key),
				Ok(None) => {}
				Err(why) => missing = why,
			}
		}
		Err(missing)
	}

	/// The data key in one envelope; none where there is no such envelope.
	fn key_in_envelope(
		&self,
		asset: AssetId,
		owner: &AccountId,
		binding: &Binding,
	) -> Result<Option<DataKey>, Missing> {
		let envelope = self.exchange.envelope(&binding.content, owner, binding.purpose).map_err(unusable)?;
		let Some(envelope) = envelope else { return Ok(None) };
		let key = envelope
			.open(&self.sealing_key, binding)
			.map_err(|error| unusable(format!("the envelope for asset {asset} does not open: {error}")))?;
		let store = self.blocks.open().map_err(unusable)?;
		match check_asset_key(&binding.content, Limits::default().input_bytes, &key, &*store) {
			Err(OpenAssetError::Open(OpenError::WrongKey)) => {
				Err(unusable(format!("the envelope for asset {asset} holds the key of something else")))
			}
			Err(OpenAssetError::Content(DagError::Store(StoreError::NotFound(_)))) => {
				Err(Missing::Ciphertext(asset))
			}
			Err(OpenAssetError::Content(DagError::Store(error))) => Err(unusable(error)),
			// What else is wrong with the ciphertext is no matter of the key; the job says so.
			Ok(()) | Err(_) => Ok(Some(key)),
		}
	}
}

fn unusable(what: impl ToString) -> Missing {
	Missing::Unusable(what.to_string())
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_sandbox_chain::types::Approval;
	use heirloom_seal::{ContentId, Envelope, Origin, Purpose, seal_file};
	use std::fs;
	use tempfile::TempDir;

	const GENESIS: H256 = H256([1; 32]);
	const OWNER: AccountId = AccountId([7; 32]);
	const PERMIT: u64 = 17;

	/// An asset whose ciphertext is there, and no envelope of it.
	struct Scene {
		_folder: TempDir,
		sources: Sources,
		key: DataKey,
		content: ContentId,
	}

	impl Scene {
		fn new() -> Self {
			let folder = tempfile::tempdir().unwrap();
			let exchange = Exchange::open(&folder.path().join("exchange")).unwrap();
			let (plain, key) = (folder.path().join("plain"), DataKey::generate().unwrap());
			fs::write(&plain, b"plaintext").unwrap();
			let store = LocalStore::open(&exchange.blocks()).unwrap();
			let sealed = seal_file(&plain, &key, &store, &[], &origin(), &mut |_| {}).unwrap();
			let blocks = Blocks::Folder(exchange.blocks());
			let sealing_key = SealingKey::generate().unwrap();
			let sources = Sources { exchange, blocks, sealing_key, genesis: GENESIS };
			Self { _folder: folder, sources, key, content: sealed.cid }
		}

		/// Puts an envelope with this key where the one for a purpose belongs.
		fn put(&self, key: &DataKey, purpose: Purpose) {
			let binding = Binding { origin: origin(), content: self.content, purpose };
			let envelope = Envelope::seal(key, &binding, &self.sources.sealing_key.public()).unwrap();
			self.sources.exchange.put_envelope(&envelope).unwrap();
		}

		fn found(&self) -> Result<DataKey, Missing> {
			let owner = Some((OWNER, Approval::Automatic));
			let used = Use { asset: 3, content: Some(self.content), owner, medical: false };
			self.sources.data_key(&used, PERMIT)
		}

		fn is_found(&self) -> bool {
			self.found().is_ok_and(|key| key.derive(b"test") == self.key.derive(b"test"))
		}
	}

	fn origin() -> Origin {
		Origin { genesis: GENESIS.0, owner: OWNER.0 }
	}

	#[test]
	fn key_should_come_out_of_the_other_envelope_when_one_holds_another_key() {
		let scene = Scene::new();
		scene.put(&DataKey::generate().unwrap(), Purpose::Permit(PERMIT));
		assert!(matches!(scene.found(), Err(Missing::Unusable(_))));
		scene.put(&scene.key, Purpose::Standing);
		assert!(scene.is_found());
	}

	#[test]
	fn key_should_come_out_of_the_other_envelope_when_one_is_none() {
		let scene = Scene::new();
		let path = scene.sources.exchange.envelope_path(&scene.content, &OWNER, Purpose::Permit(PERMIT));
		fs::write(path, b"{}").unwrap();
		assert!(matches!(scene.found(), Err(Missing::Unusable(_))));
		scene.put(&scene.key, Purpose::Standing);
		assert!(scene.is_found());
	}

	#[test]
	fn job_should_wait_when_every_envelope_holds_another_key() {
		let scene = Scene::new();
		assert!(matches!(scene.found(), Err(Missing::Envelope(3, owner)) if owner == OWNER));
		for purpose in [Purpose::Permit(PERMIT), Purpose::Standing] {
			scene.put(&DataKey::generate().unwrap(), purpose);
		}
		assert!(matches!(scene.found(), Err(Missing::Unusable(_))));
		scene.put(&scene.key, Purpose::Permit(PERMIT));
		assert!(scene.is_found());
	}

	#[test]
	fn job_should_wait_for_ciphertext_that_is_not_there() {
		let scene = Scene::new();
		scene.put(&scene.key, Purpose::Standing);
		fs::remove_dir_all(scene.sources.exchange.blocks()).unwrap();
		assert!(matches!(scene.found(), Err(Missing::Ciphertext(3))));
	}
}
