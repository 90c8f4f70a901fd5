//! The command `heirloom-explorer`.

use clap::Parser;
use heirloom_explorer::{
	args::{Args, Command},
	serve,
};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
	let filter =
		EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,heirloom_explorer=info"));
	tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).init();
	let done = match Args::parse().command {
		Command::Serve(options) => serve::serve(options).await,
		Command::Index(options) => serve::index(options).await,
	};
	match done {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("heirloom-explorer: {error:#}");
			ExitCode::FAILURE
		}
	}
}
