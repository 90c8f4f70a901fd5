//! The command line.

use crate::{
	chain::read::AssetRef,
	commands::{
		account::AccountCommand,
		rotate_keys::RotateKeysArgs,
		sandbox::{OperatorCommand, PermitCommand, PolicyArgs},
		session_keys::SessionKeysArgs,
	},
	production::args::SpecCommand,
	runtime::args::RuntimeCommand,
	signing::SigningArgs,
	values::{bps, parent, permit, purpose, whole},
};
use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};
use heirloom_primitives::{Bps, MicroU, Period, PermitId, Purpose, Relation, Units, parse_u};
use std::{env, ffi::OsString, path::PathBuf};

/// Reads a Heirloom chain, uses assets, replays whole months, and recomputes settlements.
#[derive(Debug, Parser)]
#[command(
	name = "heirloom",
	version,
	arg_required_else_help = true,
	after_help = "Owners of sensitive data also have `heirloom seal` and `heirloom review`, which are separate programs: any \
		program heirloom-NAME next to this one or in PATH is the command `heirloom NAME`."
)]
pub struct Cli {
	/// What to do.
	#[command(subcommand)]
	pub command: Command,
	/// WebSocket address of a node; without it, the one in HEIRLOOM_URL, or else ws://127.0.0.1:9944.
	#[arg(long, global = true)]
	url: Option<String>,
	/// Write JSON instead of text: amounts are micro-U, as decimal text.
	#[arg(long, global = true)]
	pub json: bool,
}

/// Has the node's address where `--url` is not given, and tells it to commands that are programs of their own.
pub const URL_VARIABLE: &str = "HEIRLOOM_URL";

impl Cli {
	/// The node's WebSocket address.
	///
	/// The variable is read here and not by clap, whose feature for it would have the whole node built once more.
	///
	/// # Errors
	/// The variable is not text.
	pub fn url(&self) -> Result<String> {
		if let Some(url) = &self.url {
			return Ok(url.clone());
		}
		match env::var(URL_VARIABLE) {
			Ok(url) => Ok(url),
			Err(env::VarError::NotPresent) => Ok("ws://127.0.0.1:9944".into()),
			Err(env::VarError::NotUnicode(_)) => bail!("{URL_VARIABLE} is not text"),
		}
	}
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Work with a scenario's directory.
	#[command(subcommand)]
	Scenario(ScenarioCommand),
	/// Show a runtime's interface, and what an upgrade changes.
	#[command(subcommand)]
	Runtime(RuntimeCommand),
	/// Write the specification of a new chain.
	#[command(subcommand)]
	Spec(SpecCommand),
	/// Have a validator's node make new session keys: on its own machine, where they stay.
	#[command(
		after_help = "Example, on the validator's machine; `heirloom session-keys` puts on the chain what it prints:
  heirloom rotate-keys --owner 5Grw…"
	)]
	RotateKeys(RotateKeysArgs),
	/// Put a validator's new session keys on the chain; they take effect in the session after next.
	#[command(after_help = "Examples, with keys and proof as `heirloom rotate-keys` prints them:
  heirloom session-keys 0x8ac1… 0x51f0… --from-file validator.secret

While finality is stalled:
  heirloom session-keys 0x8ac1… 0x51f0… --from-file validator.secret --best")]
	SessionKeys(SessionKeysArgs),
	/// Replay a scenario's month on a chain, settle it, and check every payment.
	#[command(after_help = "Examples:
  heirloom scenario spec scenarios/march-2026 --out march.json
  heirloom-node --chain march.json --tmp --rpc-port 9944 &
  heirloom replay scenarios/march-2026")]
	Replay(ReplayArgs),
	/// Write out the arithmetic of an asset's statement.
	#[command(after_help = "Examples:
  heirloom statement CT-2025-0312 2026-03
  heirloom statement CT-2025-0312            the last settled month
  heirloom statement 17 2026-03 --json")]
	Statement(StatementArgs),
	/// Recompute a settled month from the chain's state; exits with 1 at the first difference.
	#[command(after_help = "Example:
  heirloom verify 2026-03

Reads what the chain keeps of a settled month for 13 months: uses, fees, and all assets as they stood at its close.")]
	Verify(VerifyArgs),
	/// Show an asset.
	#[command(after_help = "Examples:
  heirloom asset CT-2025-0312
  heirloom asset 17 --json")]
	Asset(AssetArgs),
	/// Show what an asset descends from, or what descends from it.
	#[command(after_help = "Examples:
  heirloom lineage LUNG-DX-WEIGHTS           what it was made from
  heirloom lineage CT-2025-0312 --down       what was made from it")]
	Lineage(LineageArgs),
	/// Use an asset and pay for it.
	#[command(after_help = "Examples:
  heirloom call MODEL-0020 3 --from //Alice
  heirloom call MODEL-0020 3 --from-file secret \\
      --purpose evaluation --max-fee 10
  pass show heirloom | heirloom call MODEL-0020 3 --from -")]
	Call(CallArgs),
	/// Mint an asset: a root, or one that is derived from others.
	#[command(after_help = "Examples:
  heirloom mint NURSE-TUTORIAL --from //Alice --kind data \\
      --share-rate 30% --call-fee 0.25 --quality 95%
  heirloom mint MY-MODEL --from //Bob --kind model \\
      --share-rate 20% --call-fee 1 \\
      --parent NURSE-TUTORIAL:trained-on:5 --parent MODEL-0020:finetune:1
  heirloom mint LUNG-DX --from //Bob --kind model \\
      --share-rate 20% --call-fee 1 --permit 4:trained-on

A parent is paid for like any use: name it with its relation and the units used. All parents are paid in the transaction \
that mints, so either everything is done or nothing is paid. Sandboxed assets become parents by the completed permit under \
which they were used.

Minting holds a deposit for good: 0.4896 LOOM, and more for parents and ancestors; in U where there is too little LOOM. \
The fee itself is in LOOM.")]
	Mint(MintArgs),
	/// Have an asset's income paid to another wallet, or to its owner again.
	#[command(after_help = "Examples:
  heirloom payee CT-2025-0312 --from-file secret \\
      5DAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy
  heirloom payee CT-2025-0312 --from-file secret     to its owner again

The owner signs. If the asset is transferred, its new owner is paid from then on.")]
	Payee(PayeeArgs),
	/// Pay what could not be delivered to an account.
	#[command(after_help = "Examples:
  heirloom claim --from-file secret           for the account that signs
  heirloom claim //annotator --from //Alice   for another, which alone is paid")]
	Claim(ClaimArgs),
	/// Make an account, or show the address of one.
	#[command(
		subcommand,
		after_help = "Examples:
  heirloom account new secret     makes the file, and prints the address
  heirloom account show --from-file secret"
	)]
	Account(AccountCommand),
	/// Show what an account has, what is held of it included.
	#[command(after_help = "Examples:
  heirloom balance //annotator
  heirloom balance 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY")]
	Balance(BalanceArgs),
	/// Run jobs beside sensitive data: register as an operator, or show one.
	#[command(subcommand)]
	Operator(OperatorCommand),
	/// Say what may be done with sensitive data; what is not named is refused.
	#[command(after_help = "Example:
  heirloom policy CT-2026-0001 --from-file nurse.secret \\
      --code train.wasm --operator 5DAn… --largest-model 65536")]
	Policy(PolicyArgs),
	/// Use sensitive data: request, show or revoke a permit, or challenge its job.
	#[command(subcommand)]
	Permit(PermitCommand),
	/// A program of its own: `heirloom seal` runs `heirloom-seal`.
	#[command(external_subcommand)]
	External(Vec<OsString>),
}

/// Work with a scenario's directory.
#[derive(Debug, Subcommand)]
pub enum ScenarioCommand {
	/// Write a chain spec whose genesis holds a scenario's assets and the money its month needs.
	#[command(after_help = "Examples:
  heirloom scenario spec scenarios/march-2026 --out march.json
  heirloom scenario spec scenarios/march-2026 --chain local \\
      --interval 300000 --out march-local.json")]
	Spec(SpecArgs),
}

/// Arguments of `scenario spec`.
#[derive(Debug, Args)]
pub struct SpecArgs {
	/// The scenario's directory.
	pub directory: PathBuf,
	/// The chain it is based on.
	#[arg(long, value_enum, default_value_t = BaseChain::Scenario)]
	pub chain: BaseChain,
	/// The node's program; without it, the one next to this program, or in PATH.
	#[arg(long, value_name = "PATH")]
	pub node: Option<PathBuf>,
	/// End the month after this many milliseconds of the chain's time instead of with the calendar month.
	#[arg(long, value_name = "MILLISECONDS", value_parser = whole::<u64>)]
	pub interval: Option<u64>,
	/// Write the spec to a file instead of to the terminal.
	#[arg(long, value_name = "FILE")]
	pub out: Option<PathBuf>,
}

/// A chain that a node knows by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum BaseChain {
	/// A development chain of one node with a simulated clock.
	Scenario,
	/// Four validators.
	Local,
}

/// Arguments of `replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
	/// The scenario's directory, which the chain's spec was made from.
	pub directory: PathBuf,
}

/// Arguments of `statement`.
#[derive(Debug, Args)]
pub struct StatementArgs {
	/// The asset's handle or number.
	pub asset: AssetRef,
	/// The month, as 2026-03; without it, the last settled one.
	pub period: Option<Period>,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
	/// The month, as 2026-03.
	pub period: Period,
}

/// Arguments of `asset`.
#[derive(Debug, Args)]
pub struct AssetArgs {
	/// The asset's handle or number.
	pub asset: AssetRef,
}

/// Arguments of `lineage`.
#[derive(Debug, Args)]
pub struct LineageArgs {
	/// The asset's handle or number.
	pub asset: AssetRef,
	/// Show descendants instead of ancestors.
	#[arg(long)]
	pub down: bool,
	/// Show at most this many other assets.
	#[arg(long, default_value_t = 200, value_parser = whole::<usize>)]
	pub limit: usize,
}

/// Arguments of `call`.
#[derive(Debug, Args)]
pub struct CallArgs {
	/// The asset's handle or number.
	pub asset: AssetRef,
	/// Metered units.
	#[arg(value_parser = whole::<Units>)]
	pub units: Units,
	/// Who pays.
	#[command(flatten)]
	pub signing: SigningArgs,
	/// What for: inference, training, fine-tuning or evaluation.
	#[arg(long, value_parser = purpose, default_value = "inference")]
	pub purpose: Purpose,
	/// The most to pay, in U; without it, the current fee.
	#[arg(long, value_name = "U", value_parser = parse_u)]
	pub max_fee: Option<MicroU>,
}

/// Arguments of `mint`.
#[derive(Debug, Args)]
pub struct MintArgs {
	/// Its unique name: printable ASCII without spaces.
	pub handle: String,
	/// Who mints and owns it.
	#[command(flatten)]
	pub signing: SigningArgs,
	/// What kind of asset it is.
	#[arg(long, value_enum)]
	pub kind: KindArg,
	/// What derivatives owe.
	#[command(flatten)]
	pub terms: TermsArgs,
	/// Fee for one unit, in U.
	#[arg(long, value_name = "U", value_parser = parse_u)]
	pub call_fee: MicroU,
	/// Claimed quality: 98%, or 9800 basis points. Only the curators can change it later. Where the second formula is in
	/// force a claim can lower the weight, never raise it.
	#[arg(long, value_name = "BPS", value_parser = bps)]
	pub quality: Option<Bps>,
	/// One of the chain's domains.
	#[arg(long, value_name = "NAME")]
	pub domain: Option<String>,
	/// CID of the content.
	#[arg(long, default_value = "")]
	pub content: String,
	/// What it is good for.
	#[arg(long, default_value = "")]
	pub scenario: String,
	/// An asset it is derived from, as HANDLE:RELATION:UNITS. Relations: trained-on, finetune, adapter, quantized, merge,
	/// evaluated-with.
	#[arg(long = "parent", value_name = "PARENT", value_parser = parent)]
	pub parents: Vec<ParentArg>,
	/// A completed permit whose assets it is derived from, as PERMIT:RELATION.
	#[arg(long = "permit", value_name = "PERMIT", value_parser = permit)]
	pub permits: Vec<(PermitId, Relation)>,
	/// The most to pay for the uses of all parents together, in U; without it, the current fees.
	#[arg(long, value_name = "U", value_parser = parse_u)]
	pub max_fee: Option<MicroU>,
}

/// What an owner asks of those who derive from an asset: one of both.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct TermsArgs {
	/// Derivatives share this part of their call fees: 30%, or 3000 basis points. It can be lowered later, never raised.
	#[arg(long, value_name = "BPS", value_parser = bps)]
	pub share_rate: Option<Bps>,
	/// Sell licences for this price in U instead.
	#[arg(long, value_name = "U", value_parser = parse_u)]
	pub buyout: Option<MicroU>,
}

/// What an asset consists of.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum KindArg {
	/// A data set.
	Data,
	/// Model weights.
	Model,
	/// A script.
	Script,
}

/// A parent of an asset to be minted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParentArg {
	/// Which.
	pub asset: AssetRef,
	/// How it is used.
	pub relation: Relation,
	/// How much.
	pub units: Units,
}

/// Arguments of `payee`.
#[derive(Debug, Args)]
pub struct PayeeArgs {
	/// The asset's handle or number.
	pub asset: AssetRef,
	/// Address of the wallet, or //Alice for an account of a development chain. Without it, the owner is paid.
	pub wallet: Option<String>,
	/// The owner.
	#[command(flatten)]
	pub signing: SigningArgs,
}

/// Arguments of `claim`.
#[derive(Debug, Args)]
pub struct ClaimArgs {
	/// Address of the account, or //Alice for one of a development chain. Without it, the one that signs.
	pub account: Option<String>,
	/// Who pays the fee.
	#[command(flatten)]
	pub signing: SigningArgs,
}

/// Arguments of `balance`.
#[derive(Debug, Args)]
pub struct BalanceArgs {
	/// Its address, or //Alice for an account of a development chain.
	pub account: String,
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn command_line_is_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn asset_without_terms_should_be_refused_with_both_kinds_of_them() {
		let mint = ["heirloom", "mint", "A", "--kind", "data", "--call-fee", "1"];
		let refused =
			|more: &[&str]| Cli::try_parse_from([&mint[..], more].concat()).unwrap_err().to_string();
		let none = refused(&[]);
		assert!(none.contains("<--share-rate <BPS>|--buyout <U>>"), "{none}");
		let both = refused(&["--share-rate", "30%", "--buyout", "120"]);
		assert!(both.contains("cannot be used with"), "{both}");
	}

	/// The indented lines behind the help of a command and of those below it: examples, and tables.
	fn examples(command: &clap::Command) -> Vec<String> {
		let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
		let own = text.lines().filter(|line| line.starts_with(' ')).map(str::to_owned);
		own.chain(command.get_subcommands().flat_map(examples)).collect()
	}

	#[test]
	fn examples_should_not_be_broken_by_the_width_of_a_terminal() {
		let examples = examples(&Cli::command());
		assert!(!examples.is_empty());
		for line in examples {
			assert!(line.chars().count() <= 78, "{line}");
		}
	}
}
