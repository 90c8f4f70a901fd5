//! The command line of `heirloom runtime`.

use clap::Subcommand;
use std::path::PathBuf;

/// What a runtime shows to the outside.
#[derive(Debug, Subcommand)]
pub enum RuntimeCommand {
	/// Write calls, events, storage and versions of the runtime at --url as JSON, with a hash of how each is encoded.
	Show,
	/// Print what changed from one runtime to another. Exits with 1 if a version had to be raised and was not.
	#[command(after_help = "Examples:
  heirloom runtime show > new.json
  heirloom runtime diff releases/1.json new.json
  heirloom runtime diff releases/1.json          against the runtime at --url")]
	Diff {
		/// The older one, as `runtime show` wrote it.
		old: PathBuf,
		/// The newer one; without it, that of the chain at --url.
		new: Option<PathBuf>,
	},
}
