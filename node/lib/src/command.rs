//! Runs what the command line asks for.

use crate::{
	chain_spec,
	cli::{Cli, Subcommand},
	limits,
	service::{self, ChainOps},
};
use heirloom_runtime::opaque::Block;
use sc_cli::SubstrateCli;
use std::sync::OnceLock;

/// The program's version. [`SubstrateCli`] asks the type for it, which has no instance to keep it in.
static VERSION: OnceLock<&str> = OnceLock::new();

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Heirloom Node".into()
	}

	fn impl_version() -> String {
		VERSION.get().copied().unwrap_or("unknown").into()
	}

	fn description() -> String {
		"Heirloom's validator and RPC node".into()
	}

	fn author() -> String {
		"the Heirloom authors".into()
	}

	fn support_url() -> String {
		"the issues of Heirloom's repository".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		chain_spec::load(id)
	}
}

/// Runs the node or a subcommand of the program of this version, until it ends or is told to.
pub fn run(version: &'static str) -> sc_cli::Result<()> {
	VERSION.get_or_init(|| version);
	let cli = Cli::from_args();
	let Some(subcommand) = &cli.subcommand else {
		let development = cli.development.clone();
		if cli.run.shared_params.chain.as_deref() == Some(chain_spec::PRODUCTION) {
			return Err("the chain `production` has no validators yet: fill it in with `heirloom spec production`, and \
			            start nodes from the file that it writes"
				.into());
		}
		return cli.create_runner(&cli.run)?.run_node_until_exit(|mut config| async move {
			limits::apply(&mut config.rpc)?;
			service::start(config, development).map_err(Into::into)
		});
	};
	match subcommand {
		Subcommand::Key(cmd) => cmd.run(&cli),
		Subcommand::ExportChainSpec(cmd) => cmd.run(chain_spec::load(&cmd.chain)?),
		Subcommand::BuildSpec(cmd) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run(config.chain_spec, config.network))
		}
		Subcommand::PurgeChain(cmd) => cli.create_runner(cmd)?.sync_run(|config| cmd.run(config.database)),
		Subcommand::ChainInfo(cmd) => cli.create_runner(cmd)?.sync_run(|config| cmd.run::<Block>(&config)),
		Subcommand::CheckBlock(cmd) => cli.create_runner(cmd)?.async_run(|config| {
			let ChainOps { client, import_queue, task_manager, .. } = service::chain_ops(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Subcommand::ImportBlocks(cmd) => cli.create_runner(cmd)?.async_run(|config| {
			let ChainOps { client, import_queue, task_manager, .. } = service::chain_ops(&config)?;
			Ok((cmd.run(client, import_queue), task_manager))
		}),
		Subcommand::ExportBlocks(cmd) => cli.create_runner(cmd)?.async_run(|config| {
			let ChainOps { client, task_manager, .. } = service::chain_ops(&config)?;
			Ok((cmd.run(client, config.database), task_manager))
		}),
		Subcommand::ExportState(cmd) => cli.create_runner(cmd)?.async_run(|config| {
			let ChainOps { client, task_manager, .. } = service::chain_ops(&config)?;
			Ok((cmd.run(client, config.chain_spec), task_manager))
		}),
		Subcommand::Revert(cmd) => cli.create_runner(cmd)?.async_run(|config| {
			let voted = !chain_spec::is_development(&*config.chain_spec);
			let ChainOps { client, backend, task_manager, .. } = service::chain_ops(&config)?;
			Ok((cmd.run(client, backend, voted.then(service::revert_votes)), task_manager))
		}),
	}
}

/// An error as one line for a person: without the kinds that the SDK's error types put in front of what they wrap.
pub fn sentence(error: &sc_cli::Error) -> String {
	use sc_service::Error as Service;
	let text = match error {
		sc_cli::Error::Input(text) | sc_cli::Error::Service(Service::Other(text)) => text.clone(),
		sc_cli::Error::Service(Service::Application(inner)) => inner.to_string(),
		other => other.to_string(),
	};
	text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn errors_are_said_in_one_line() {
		let error = sc_cli::Error::NetworkKeyNotFound("/tmp/x".into());
		assert!(error.to_string().contains('\n'));
		assert!(!sentence(&error).contains('\n'));
	}

	#[test]
	fn errors_are_said_without_their_kind() {
		assert_eq!(sentence(&"no such chain".into()), "no such chain");
		assert_eq!(sentence(&sc_service::Error::Other("in use".into()).into()), "in use");
	}

	#[test]
	fn command_line_is_well_formed() {
		<Cli as clap::CommandFactory>::command().debug_assert();
	}
}
