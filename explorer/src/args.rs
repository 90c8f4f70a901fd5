//! The command line.

use clap::{Parser, Subcommand};
use std::{
	net::{IpAddr, SocketAddr},
	path::PathBuf,
};

/// Heirloom for people: every asset, every call, every payment and its calculation.
#[derive(Parser, Debug)]
#[command(name = "heirloom-explorer", version, about)]
pub struct Args {
	/// What to do.
	#[command(subcommand)]
	pub command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
	/// Follows a chain, and answers in the browser.
	Serve(Serve),
	/// Takes in what is final, and ends.
	Index(Index),
}

/// What to take in.
#[derive(clap::Args, Debug)]
pub struct Index {
	/// From where, to where.
	#[command(flatten)]
	pub source: Source,
	/// The last block to take in; the last final one where it is missing.
	#[arg(long, value_name = "BLOCK")]
	pub until: Option<u64>,
}

/// From where, to where.
#[derive(clap::Args, Debug)]
pub struct Source {
	/// The node's WebSocket address. It must keep the state of old blocks (--state-pruning archive) to be read from its
	/// beginning.
	#[arg(long, env = "HEIRLOOM_URL", default_value = "ws://127.0.0.1:9944")]
	pub url: String,
	/// sqlite:PATH, made where it is missing, or postgres://USER@HOST/NAME.
	#[arg(long, env = "HEIRLOOM_DATABASE", default_value = "sqlite:heirloom-explorer.db")]
	pub database: String,
}

/// How to serve.
#[derive(clap::Args, Debug)]
pub struct Serve {
	/// From where, to where.
	#[command(flatten)]
	pub source: Source,
	/// Where to listen.
	#[arg(long, env = "HEIRLOOM_LISTEN", default_value = "127.0.0.1:8080")]
	pub listen: SocketAddr,
	/// The node's address as browsers reach it; that of --url where it is missing.
	#[arg(long, env = "HEIRLOOM_PUBLIC_NODE")]
	pub public_node: Option<String>,
	/// Pages, and requests of the API, a second that one address may ask for over time.
	#[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..))]
	pub requests_per_second: u64,
	/// A file that names webhooks: addresses that are told what happens to an account. docs/explorer.md says how.
	#[arg(long, env = "HEIRLOOM_WEBHOOKS", value_name = "FILE")]
	pub webhooks: Option<PathBuf>,
	/// A file of rates (date,currency,price of 1 U), for the value in other currencies in yearly files. It is read again when it
	/// changes.
	#[arg(long, env = "HEIRLOOM_RATES", value_name = "FILE")]
	pub rates: Option<PathBuf>,
	/// The chain's raw specification, whose bootNodes have addresses that browsers reach (/ws, /wss): with it, Verify looks
	/// with a light client which block is final. docs/explorer.md says how.
	#[arg(long, env = "HEIRLOOM_LIGHT_CLIENT", value_name = "SPEC_FILE")]
	pub light_client: Option<PathBuf>,
	/// The address of a proxy in front: what it says in X-Forwarded-For is who asks.
	#[arg(long, env = "HEIRLOOM_PROXY", value_name = "IP")]
	pub proxy: Option<IpAddr>,
}
