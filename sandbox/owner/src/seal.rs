//! `heirloom seal`: encrypts a file or a folder, and seals its key to operators. Of a file that was sealed in a browser it
//! does what a browser cannot: it puts it where operators find it.

use crate::{
	folder::FolderReader,
	keyring::Keyring,
	recipients::{Recipient, Whom},
	stores::Stores,
};
use anyhow::{Context, Result, bail};
use clap::Parser;
use heirloom_exchange::Exchange;
use heirloom_sandbox_chain::{AccountId, Chain};
use heirloom_seal::{
	Binding, BlockStore, ContentId, DataKey, Envelope, Origin, Purpose, SealingPublicKey,
	dag::{DagRoot, DagWriter},
	format,
	store::Nowhere,
};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::{
	fs::File,
	io,
	path::{Path, PathBuf},
	time::Duration,
};

/// Seals a file or a folder before it is uploaded: what is stored, and what the chain names, is ciphertext.
#[derive(Debug, Parser)]
#[command(
	name = "heirloom seal",
	version,
	arg_required_else_help = true,
	after_help = "For an automatic policy:
  heirloom seal studies/ --owner 5Grw… --to 5DAn…=/mnt/clinic
  heirloom seal bafybei….sealed --sealed --owner 5Grw… --to 5DAn…=/mnt/clinic

For one where you approve each permit:
  heirloom seal studies/ --owner 5Grw… --store blocks/

Then register it. Only data of a medical domain, as patients' is, goes into sandboxes from the start:
  heirloom mint CT-2026-0001 --from-file secret --kind data \\
      --domain medical-imaging --content bafybei… \\
      --share-rate 30% --call-fee 2

The data key stays with you (--keys). Whoever has it can open the data; without it you can approve no permit."
)]
pub struct SealArgs {
	/// The file, or the folder with all that is in it. `heirloom.json` in a folder says what jobs may see of its tables.
	pub path: PathBuf,
	/// The file is sealed already, in a browser, and its data key is in --keys: all of it is checked against that key, and
	/// put where operators find it.
	#[arg(long)]
	pub sealed: bool,
	/// The account that will own the asset.
	#[arg(long, value_name = "ACCOUNT")]
	pub owner: AccountId,
	/// An operator that may open it for any permit of an automatic policy: its account (or sealing key), and the folder
	/// it takes things from. Can be repeated.
	#[arg(long = "to", value_name = "ACCOUNT[=DIR]")]
	pub recipients: Vec<Recipient>,
	/// A folder for the ciphertext; without it and --kubo the operators' folders. Can be repeated.
	#[arg(long = "store", value_name = "DIR")]
	pub stores: Vec<PathBuf>,
	/// A Kubo node for the ciphertext.
	#[arg(long, value_name = "URL")]
	pub kubo: Option<String>,
	/// Where envelopes are written for operators named without a folder, a subfolder each.
	#[arg(long, value_name = "DIR")]
	pub envelopes: Option<PathBuf>,
	/// Where data keys are kept; without it `~/.heirloom/keys`.
	#[arg(long, value_name = "DIR")]
	pub keys: Option<PathBuf>,
	/// WebSocket address of a node.
	#[arg(long, env = "HEIRLOOM_URL", default_value = "ws://127.0.0.1:9944")]
	pub url: String,
	/// Write JSON instead of text.
	#[arg(long)]
	pub json: bool,
}

/// An operator that can open the asset, and where its envelope lies.
struct Handed {
	whom: Whom,
	path: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// What cannot be done, and why.
pub async fn run(args: SealArgs) -> Result<()> {
	let folders = exchanges(&args)?;
	let borrowed: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
	let chain = Chain::connect(&args.url).await?;
	let at = chain.finalized().await?;
	let mut recipients = Vec::new();
	for recipient in &args.recipients {
		recipients.push(recipient.sealing_key(&at).await?);
	}
	let stores = Stores::open(&args.stores, args.kubo.as_deref(), &borrowed)?;
	let keyring = Keyring::open(args.keys.as_deref())?;
	if args.sealed {
		let (key, root) = put(&args, &keyring, &stores)?;
		let handed = hand_over_all(&args, &chain, &key, &root.id, &recipients, &folders)?;
		return show(&args, &root.id, root.bytes, &keyring.path_of(&root.id), &handed);
	}
	let new = keyring.begin()?;
	let (content, size) = seal(&args, &new.key, &stores)?;
	let handed = hand_over_all(&args, &chain, &new.key, &content, &recipients, &folders)?;
	let kept = keyring.keep(new, &content)?;
	show(&args, &content, size, &kept, &handed)
}

/// Seals the data key to each recipient, for any permit.
fn hand_over_all(
	args: &SealArgs,
	chain: &Chain,
	key: &DataKey,
	content: &ContentId,
	recipients: &[SealingPublicKey],
	folders: &[PathBuf],
) -> Result<Vec<Handed>> {
	let origin = Origin { genesis: chain.genesis().0, owner: args.owner.0 };
	let binding = Binding { origin, content: *content, purpose: Purpose::Standing };
	let mut handed = Vec::new();
	for ((recipient, public), folder) in args.recipients.iter().zip(recipients).zip(folders) {
		let path = hand_over(key, &binding, public, folder)
			.with_context(|| format!("the envelope for {}", name_of(recipient.whom)))?;
		handed.push(Handed { whom: recipient.whom, path });
	}
	Ok(handed)
}

/// The folder that each recipient's envelope goes to.
fn exchanges(args: &SealArgs) -> Result<Vec<PathBuf>> {
	let folder_of = |recipient: &Recipient| match (&recipient.exchange, &args.envelopes) {
		(Some(folder), _) => Ok(folder.clone()),
		(None, Some(folder)) => Ok(folder.join(name_of(recipient.whom))),
		(None, None) => bail!(
			"there is no folder for the envelope of {}: name it behind = or by --envelopes",
			name_of(recipient.whom)
		),
	};
	args.recipients.iter().map(folder_of).collect()
}

/// Seals the file or folder into the stores. Returns content id and bytes of the ciphertext.
fn seal(args: &SealArgs, key: &DataKey, stores: &Stores) -> Result<(ContentId, u64)> {
	let path = &args.path;
	let metadata = path.metadata().with_context(|| path.display().to_string())?;
	let mut tree = DagWriter::new(stores);
	let bar = bar(args.json);
	if metadata.is_dir() {
		let mut folder = FolderReader::open(path)?;
		let sealed = format::seal(key, bar.wrap_read(&mut folder), &mut tree);
		let read = folder.finish();
		sealed.with_context(|| path.display().to_string())?;
		// One that cannot be read to its end ends early, and was sealed so far.
		read?;
	} else if metadata.is_file() {
		bar.set_length(metadata.len());
		let file = File::open(path).with_context(|| path.display().to_string())?;
		format::seal(key, bar.wrap_read(file), &mut tree).with_context(|| path.display().to_string())?;
	} else {
		bail!("{}: only a file or a folder can be sealed", path.display());
	}
	bar.finish_and_clear();
	let root = tree.finish()?;
	Ok((root.id, root.bytes))
}

/// Puts a file that is sealed already into the stores, once all of it was opened with its key. Nothing that was opened
/// is written anywhere.
fn put(args: &SealArgs, keyring: &Keyring, stores: &Stores) -> Result<(DataKey, DagRoot)> {
	let path = &args.path;
	let named = || path.display().to_string();
	if !path.metadata().with_context(named)?.is_file() {
		bail!("{}: only a file can be sealed already", path.display());
	}
	let root = copied(path, &Nowhere)?;
	let key = keyring.key_of(&root.id)?;
	format::open(&key, File::open(path).with_context(named)?, io::sink()).with_context(named)?;
	if copied(path, stores)? != root {
		bail!("{}: was changed while it was read", path.display());
	}
	Ok((key, root))
}

/// Puts a file into a store as it is.
fn copied(path: &Path, store: &impl BlockStore) -> Result<DagRoot> {
	let mut tree = DagWriter::new(store);
	let copy = File::open(path).and_then(|mut file| io::copy(&mut file, &mut tree));
	copy.with_context(|| path.display().to_string())?;
	Ok(tree.finish()?)
}

fn hand_over(
	key: &DataKey,
	binding: &Binding,
	recipient: &SealingPublicKey,
	folder: &Path,
) -> Result<PathBuf> {
	let envelope = Envelope::seal(key, binding, recipient)?;
	Ok(Exchange::open(folder)?.put_envelope(&envelope)?)
}

fn name_of(whom: Whom) -> String {
	match whom {
		Whom::Account(account) => account.to_string(),
		Whom::Key(key) => key.to_string(),
	}
}

fn bar(hidden: bool) -> ProgressBar {
	if hidden {
		return ProgressBar::hidden();
	}
	let bar = ProgressBar::new_spinner();
	let style = ProgressStyle::with_template("sealing {bytes} ({bytes_per_sec})");
	bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
	bar.enable_steady_tick(Duration::from_millis(200));
	bar
}

fn show(args: &SealArgs, content: &ContentId, size: u64, kept: &Path, handed: &[Handed]) -> Result<()> {
	if args.json {
		let envelopes: Vec<_> =
			handed.iter().map(|one| json!({ "to": name_of(one.whom), "path": one.path })).collect();
		let document = json!({
			"content": content, "size": size, "key": kept, "owner": args.owner.to_string(), "envelopes": envelopes,
		});
		println!("{}", serde_json::to_string(&document)?);
		return Ok(());
	}
	println!("content id  {content}");
	println!("ciphertext  {size} bytes");
	println!("data key    {}", kept.display());
	for one in handed {
		println!("envelope    {} for {}", one.path.display(), name_of(one.whom));
	}
	if handed.is_empty() {
		println!("no operator can open it until you approve a permit (heirloom review)");
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::fs;

	/// A file that was sealed elsewhere, with its key where the owner keeps keys, and a store.
	struct Scene {
		folder: tempfile::TempDir,
		path: PathBuf,
		sealed: Vec<u8>,
	}

	impl Scene {
		fn new() -> Self {
			let folder = tempfile::tempdir().unwrap();
			let key = DataKey::generate().unwrap();
			let mut sealed = Vec::new();
			format::seal(&key, &[7; 100_000][..], &mut sealed).unwrap();
			let path = folder.path().join("study.sealed");
			fs::write(&path, &sealed).unwrap();
			let scene = Self { folder, path, sealed };
			key.save(&scene.keyring().path_of(&scene.content())).unwrap();
			scene
		}

		fn keyring(&self) -> Keyring {
			Keyring::open(Some(&self.folder.path().join("keys"))).unwrap()
		}

		fn content(&self) -> ContentId {
			copied(&self.path, &Nowhere).unwrap().id
		}

		fn put(&self) -> Result<(DataKey, DagRoot)> {
			let [file, store] = [self.path.clone(), self.blocks()].map(|path| path.display().to_string());
			let owner = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
			let args = ["seal", &file, "--sealed", "--owner", owner, "--store", &store];
			let args = SealArgs::parse_from(args);
			let stores = Stores::open(&args.stores, None, &[]).unwrap();
			put(&args, &self.keyring(), &stores)
		}

		fn blocks(&self) -> PathBuf {
			self.folder.path().join("blocks")
		}

		/// What an altered file is refused with, and that nothing of it was stored. Its key is there under its new id.
		fn refused(&self, altered: &[u8]) -> String {
			let before = self.keyring().path_of(&self.content());
			fs::write(&self.path, altered).unwrap();
			fs::rename(before, self.keyring().path_of(&self.content())).unwrap();
			let error = format!("{:#}", self.put().unwrap_err());
			assert_eq!(fs::read_dir(self.blocks()).unwrap().count(), 0);
			error
		}
	}

	#[test]
	fn file_that_is_sealed_already_should_be_stored_as_it_is() {
		let scene = Scene::new();
		let (key, root) = scene.put().unwrap();
		assert_eq!((root.id, root.bytes), (scene.content(), scene.sealed.len() as u64));
		let store = heirloom_seal::LocalStore::open(&scene.blocks()).unwrap();
		let mut opened = Vec::new();
		heirloom_seal::open_asset(&root.id, u64::MAX, &key, &store, &mut opened, &mut |_| ()).unwrap();
		assert_eq!(opened, [7; 100_000]);
	}

	#[test]
	fn file_that_is_cut_short_should_be_refused() {
		let scene = Scene::new();
		let said = scene.refused(&scene.sealed[..scene.sealed.len() - 1]);
		assert!(said.ends_with("the sealed file is cut short"), "{said}");
	}

	#[test]
	fn file_that_was_altered_should_be_refused() {
		let scene = Scene::new();
		let mut altered = scene.sealed.clone();
		*altered.last_mut().unwrap() ^= 1;
		let said = scene.refused(&altered);
		assert!(said.contains("chunk 1 was altered"), "{said}");
	}

	#[test]
	fn file_that_is_not_sealed_should_be_refused() {
		let said = Scene::new().refused(b"a study in the clear");
		assert!(said.ends_with("this is not a sealed file"), "{said}");
	}

	#[test]
	fn file_without_its_key_should_be_refused() {
		let scene = Scene::new();
		fs::remove_file(scene.keyring().path_of(&scene.content())).unwrap();
		let said = scene.put().unwrap_err().to_string();
		assert!(said.starts_with("there is no data key for bafk"), "{said}");
	}
}
