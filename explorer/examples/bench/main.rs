//! `./scripts/bench explorer`: how fast the explorer takes in a chain, and how fast it answers from the index of a large
//! platform.
//!
//! A real chain is read from its beginning and compared with a bare loop over the same blocks. No chain of millions of assets
//! can be replayed in reasonable time, so the large platform's index is written from generated events, encoded as the real
//! runtime encodes them, by the indexer's own decoding and its own transactions. Its pages are asked for over HTTP.

mod backfill;
#[path = "../../tests/it/chain.rs"]
mod chain;
mod drawn;
mod events;
mod http;
mod load;
mod paths;
mod platform;
mod settlement;
mod table;

use anyhow::{Context, Result, ensure};
use axum::serve::{Listener, ListenerExt};
use clap::Parser;
use heirloom_explorer::{
	State, app,
	chain::Node,
	listener::{Impatient, PATIENCE},
	settings::Settings,
	store::Store,
};
use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc};

#[derive(Debug, Parser)]
#[command(name = "scripts/bench explorer")]
struct Arguments {
	/// Assets of the large platform.
	#[arg(long, value_name = "N", default_value_t = 2_000_000)]
	assets: u32,
	/// Accounts that are paid for its month; a quarter of the assets where nothing is said.
	#[arg(long, value_name = "K")]
	payees: Option<u32>,
	/// Blocks that are read once more beside a bare loop.
	#[arg(long, value_name = "N", default_value_t = 2_000)]
	blocks: u32,
	/// How often each page is asked for.
	#[arg(long, value_name = "N", default_value_t = 200)]
	questions: usize,
	/// sqlite:PATH or postgres://… of an empty database, that stays; one in a folder that goes where nothing is said.
	#[arg(long, value_name = "ADDRESS")]
	database: Option<String>,
	/// The program that draws a page in a browser and says how long it took; without it nothing is drawn.
	#[arg(long, value_name = "SCRIPT")]
	draw: Option<PathBuf>,
	/// Write the figures here.
	#[arg(long, value_name = "FILE")]
	json: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<()> {
	let arguments = Arguments::parse();
	let payees = arguments.payees.unwrap_or(arguments.assets / 4);
	ensure!(arguments.assets >= 1_000, "--assets: fewer than 1,000 assets have no shape");
	ensure!((2..=arguments.assets / 2).contains(&payees), "--payees: from 2 to one for each two assets");
	let size = platform::Size { assets: arguments.assets, payees };

	eprintln!("replaying a month on a development chain");
	let (url, _) = chain::march();
	let backfill = backfill::measure(url, arguments.blocks).await?;

	let folder = tempfile::tempdir()?;
	let address = arguments.database.clone();
	let address = address.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("bench.db").display()));
	let store = Store::open(&address).await?;
	let written = match store.cursor().await? {
		None => Some(platform::write(&store, url, size).await?),
		Some(_) => None,
	};

	let settings = Settings { requests_per_second: 1_000_000, burst: 1_000_000, ..Settings::default() };
	let listener = Impatient::bind("127.0.0.1:0".parse()?, PATIENCE)?.tap_io(|_| {});
	let server = listener.local_addr()?;
	let service = app(State::new(store.clone(), Arc::new(Node::new(url)), settings));
	let service = service.into_make_service_with_connect_info::<SocketAddr>();
	let serving = tokio::spawn(async move { axum::serve(listener, service).await });
	let kinds = paths::kinds(&store, size).await?;
	let answers = load::measure(server, kinds, arguments.questions).await?;
	let first_load = http::first_load(server).await?;
	let drawn = match &arguments.draw {
		Some(script) => Some(drawn::measure(script, server).await?),
		None => None,
	};
	serving.abort();
	store.close().await;

	let figures = table::Figures { size, backfill, written, answers, first_load, drawn };
	println!("{}", figures.table());
	if let Some(file) = &arguments.json {
		let text = serde_json::to_string_pretty(&figures.json())? + "\n";
		fs::write(file, text).with_context(|| format!("{}", file.display()))?;
	}
	Ok(())
}
