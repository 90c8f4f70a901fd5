//! `heirloom operator`, `policy`, `permit`: what operators, owners and consumers of sensitive data do on chain.

mod consumer;
mod operator;
mod owner;

use crate::{
	chain::{AccountId, Chain, read::AssetRef},
	signing::SigningArgs,
	values::{address, purpose, whole},
};
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use heirloom_primitives::{MicroU, PermitId, Purpose, Units, parse_u};
use sp_crypto_hashing::blake2_256;
use std::{path::PathBuf, str::FromStr};
use subxt::utils::H256;

/// What to do with operators.
#[derive(Debug, Subcommand)]
pub enum OperatorCommand {
	/// Become an operator, or change its keys, runner or fee.
	#[command(after_help = "Example:
  heirloom operator register --from-file clinic.secret --fee 5 \\
      --signing-key 5FHn… --sealing-key 9f3c… --measurement 4be1…

Keys and measurement are what `heirloom-sandbox keygen` and `heirloom-sandbox measure` print. The bond is held on the \
account; the curators admit the operator with this measurement.")]
	Register(RegisterArgs),
	/// Show an operator.
	Show {
		/// Its account.
		#[arg(value_parser = address)]
		account: AccountId,
	},
}

/// What to do with permits.
#[derive(Debug, Subcommand)]
pub enum PermitCommand {
	/// Ask for a permit, and pay for it.
	#[command(after_help = "Example:
  heirloom permit request CT-2026-0001:37 --from-file company.secret \\
      --operator 5DAn… --code train.wasm --parameters params.json

Code and parameters themselves go to the operator, as files named by their hashes, which this prints.")]
	Request(RequestArgs),
	/// Show a permit.
	Show {
		/// Its number.
		#[arg(value_parser = whole::<PermitId>)]
		permit: PermitId,
	},
	/// Withdraw a permit that has not ended, as its consumer or as the owner of one of its assets.
	Revoke {
		/// Its number.
		#[arg(value_parser = whole::<PermitId>)]
		permit: PermitId,
		/// Who.
		#[command(flatten)]
		signing: SigningArgs,
	},
	/// Challenge a completed job: another operator repeats it. Holds 100 U, which cover that operator's fee; if the result
	/// is the same, the rest is lost, else the first operator is slashed.
	Challenge {
		/// The permit's number.
		#[arg(value_parser = whole::<PermitId>)]
		permit: PermitId,
		/// Who.
		#[command(flatten)]
		signing: SigningArgs,
	},
}

/// Arguments of `operator register`.
#[derive(Debug, Args)]
pub struct RegisterArgs {
	/// The operator's account.
	#[command(flatten)]
	pub signing: SigningArgs,
	/// The account of the key that signs its reports: the "signing account" of heirloom-sandbox keygen.
	#[arg(long, value_name = "ACCOUNT", value_parser = address)]
	pub signing_key: AccountId,
	/// The X25519 key that owners seal data keys to.
	#[arg(long, value_name = "HEX", value_parser = hash)]
	pub sealing_key: H256,
	/// Hash of its runner.
	#[arg(long, value_name = "HEX", value_parser = hash)]
	pub measurement: H256,
	/// What it charges for a completed job, in U.
	#[arg(long, value_name = "U", value_parser = parse_u)]
	pub fee: MicroU,
}

/// Arguments of `policy`.
#[derive(Debug, Args)]
pub struct PolicyArgs {
	/// The asset's handle or number.
	pub asset: AssetRef,
	/// The owner.
	#[command(flatten)]
	pub signing: SigningArgs,
	/// Code that may see it: a module's file, or its hash. Can be repeated.
	#[arg(long = "code", value_name = "FILE|HEX")]
	pub codes: Vec<Hashed>,
	/// An operator that it is sealed to. Can be repeated.
	#[arg(long = "operator", value_name = "ACCOUNT", value_parser = address)]
	pub operators: Vec<AccountId>,
	/// The fewest people that a released number may stand for.
	#[arg(long, value_name = "PEOPLE", default_value_t = 10, value_parser = whole::<u32>)]
	pub smallest_group: u32,
	/// The most bytes of a job's output other than models.
	#[arg(long, value_name = "BYTES", default_value_t = 1 << 20, value_parser = whole::<u64>)]
	pub largest_output: u64,
	/// The most bytes of a job's models together; 0 lets none leave.
	#[arg(long, value_name = "BYTES", default_value_t = 0, value_parser = whole::<u64>)]
	pub largest_model: u64,
	/// The most bytes that one consumer may ever get from it, over all jobs.
	#[arg(long, value_name = "BYTES", default_value_t = 4 << 20, value_parser = whole::<u64>)]
	pub release_budget: u64,
	/// Approve each permit yourself (heirloom review), instead of letting everything within the policy pass.
	#[arg(long)]
	pub approve_each: bool,
}

/// Arguments of `permit request`.
#[derive(Debug, Args)]
pub struct RequestArgs {
	/// What is used, as ASSET:UNITS. Can be repeated.
	#[arg(value_name = "ASSET:UNITS", required = true)]
	pub uses: Vec<UseArg>,
	/// Who pays.
	#[command(flatten)]
	pub signing: SigningArgs,
	/// Who is to run it.
	#[arg(long, value_name = "ACCOUNT", value_parser = address)]
	pub operator: AccountId,
	/// The code: a module's file, or its hash.
	#[arg(long, value_name = "FILE|HEX")]
	pub code: Hashed,
	/// Its parameters: a file, or their hash.
	#[arg(long, value_name = "FILE|HEX")]
	pub parameters: Hashed,
	/// What for: inference, training, fine-tuning or evaluation.
	#[arg(long, value_parser = purpose, default_value = "training")]
	pub purpose: Purpose,
	/// The most bytes that may leave the sandbox.
	#[arg(long, value_name = "BYTES", default_value_t = 64 << 10, value_parser = whole::<u64>)]
	pub output_cap: u64,
	/// Days until it expires.
	#[arg(long, value_name = "DAYS", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=7))]
	pub days: u32,
	/// The most to pay in all, in U; without it, the current fees.
	#[arg(long, value_name = "U", value_parser = parse_u)]
	pub max_fee: Option<MicroU>,
}

/// A use of an asset.
#[derive(Clone, Debug)]
pub struct UseArg {
	/// The asset.
	pub asset: AssetRef,
	/// Units of it.
	pub units: Units,
}

/// Something that the chain knows by its hash: a file, or the hash itself.
#[derive(Clone, Debug)]
pub enum Hashed {
	/// Its hash.
	Hash(H256),
	/// A file with it.
	File(PathBuf),
}

impl FromStr for UseArg {
	type Err = String;

	/// A handle may have colons itself.
	fn from_str(text: &str) -> Result<Self, String> {
		let form = || "a use is written ASSET:UNITS, as in CT-2025-0312:37".to_owned();
		let (asset, units) = text.rsplit_once(':').ok_or_else(form)?;
		Ok(Self { asset: asset.parse().map_err(|_| form())?, units: units.parse().map_err(|_| form())? })
	}
}

impl FromStr for Hashed {
	type Err = std::convert::Infallible;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		Ok(hash(text).map_or_else(|_| Self::File(text.into()), Self::Hash))
	}
}

impl Hashed {
	/// The hash.
	fn hash(&self) -> Result<H256> {
		match self {
			Self::Hash(hash) => Ok(*hash),
			Self::File(path) => {
				let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
				Ok(blake2_256(&bytes).into())
			}
		}
	}
}

/// Reads 64 hex digits, with or without 0x before them.
fn hash(text: &str) -> Result<H256, String> {
	let mut bytes = [0; 32];
	match hex::decode_to_slice(text.trim_start_matches("0x"), &mut bytes) {
		Ok(()) => Ok(H256(bytes)),
		Err(_) => Err("64 hex digits are needed".into()),
	}
}

/// Runs `heirloom operator`.
pub async fn operator(chain: &Chain, command: &OperatorCommand, json: bool) -> Result<()> {
	match command {
		OperatorCommand::Register(args) => operator::register(chain, args, json).await,
		OperatorCommand::Show { account } => operator::show(chain, account, json).await,
	}
}

/// Runs `heirloom policy`.
pub async fn policy(chain: &Chain, args: &PolicyArgs, json: bool) -> Result<()> {
	owner::set_policy(chain, args, json).await
}

/// Runs `heirloom permit`.
pub async fn permit(chain: &Chain, command: &PermitCommand, json: bool) -> Result<()> {
	match command {
		PermitCommand::Request(args) => consumer::request(chain, args, json).await,
		PermitCommand::Show { permit } => consumer::show(chain, *permit, json).await,
		PermitCommand::Revoke { permit, signing } => consumer::revoke(chain, *permit, signing, json).await,
		PermitCommand::Challenge { permit, signing } => {
			consumer::challenge(chain, *permit, signing, json).await
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn use_is_read_from_the_end() {
		let read: UseArg = "org/data:v2:37".parse().unwrap();
		assert_eq!((read.asset, read.units), (AssetRef::Handle("org/data:v2".into()), 37));
		assert!("CT-2025-0312".parse::<UseArg>().is_err());
	}

	#[test]
	fn sixty_four_digits_are_a_hash_and_all_else_a_file() {
		let read = |text: &str| text.parse::<Hashed>().unwrap();
		assert!(matches!(read(&"ab".repeat(32)), Hashed::Hash(hash) if hash == H256::repeat_byte(0xab)));
		assert!(matches!(read(&format!("0x{}", "ab".repeat(32))), Hashed::Hash(_)));
		assert!(matches!(read("train.wasm"), Hashed::File(_)));
	}
}
