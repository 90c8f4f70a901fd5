//! Following a chain and answering in the browser, until told to end.

use crate::{
	State, app,
	args::{Index, Serve},
	chain::Node,
	index::{Indexer, checks},
	light::LightClient,
	listener::{Impatient, PATIENCE},
	rates::RatesFile,
	settings::Settings,
	store::Store,
	webhooks::{self, Pace},
};
use anyhow::{Context, Result};
use axum::serve::{Listener, ListenerExt};
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// How often a part of what is stored is compared with the chain once more.
const COMPARE_EVERY: Duration = Duration::from_secs(60 * 60);

/// How long the first comparison waits for the index to be where the chain is.
const COMPARE_FIRST: Duration = Duration::from_secs(30);

/// Takes in what is final, and ends.
pub async fn index(options: Index) -> Result<()> {
	let Index { source, until } = options;
	let store = Store::open(&source.database).await?;
	let node = Arc::new(Node::new(&source.url));
	let news = tokio::sync::broadcast::Sender::new(1);
	let mut indexer = Indexer::new(store.clone(), node, news).until(until.unwrap_or(u64::MAX));
	let outcome = indexer.catch_up().await;
	store.close().await;
	Ok(outcome?)
}

/// Follows and serves. Ends on Ctrl-C or when asked to terminate, with the block it is at finished.
pub async fn serve(options: Serve) -> Result<()> {
	let Serve { source, listen, public_node, requests_per_second, webhooks, rates, light_client, proxy } =
		options;
	let hooks = webhooks.as_deref().map(webhooks::read).transpose()?.unwrap_or_default();
	let rates = rates.as_deref().map(RatesFile::open).transpose()?.map(Arc::new);
	let light_client = light_client.as_deref().map(LightClient::open).transpose()?.map(Arc::new);
	let store = Store::open(&source.database).await?;
	let node = Arc::new(Node::new(&source.url));
	let public_node = public_node.unwrap_or_else(|| source.url.clone());
	let settings =
		Settings { public_node, requests_per_second, rates, light_client, proxy, ..Settings::default() };
	let state = State::new(store.clone(), node.clone(), settings);
	let listener = Impatient::bind(listen, PATIENCE).with_context(|| format!("cannot listen at {listen}"))?;
	tracing::info!("http://{}", listener.local_addr()?);
	let mut indexer = Indexer::new(store.clone(), node.clone(), state.news.clone());
	let service = app(state).into_make_service_with_connect_info::<SocketAddr>();
	let outcome = tokio::select! {
		served = async { axum::serve(listener.tap_io(|_| {}), service).await } => served.map_err(Into::into),
		followed = indexer.follow() => followed.map_err(Into::into),
		() = compare(&store, &node) => Ok(()),
		told = webhooks::follow(&store, &node, hooks, Pace::default()) => told,
		asked = told_to_end() => asked,
	};
	store.close().await;
	outcome
}

/// Compares what is stored with the chain, part by part, for ever.
async fn compare(store: &Store, node: &Node) {
	tokio::time::sleep(COMPARE_FIRST).await;
	loop {
		if let Err(error) = checks::compare_next(store, node).await {
			tracing::warn!("what is stored could not be compared: {error}");
		}
		tokio::time::sleep(COMPARE_EVERY).await;
	}
}

async fn told_to_end() -> Result<()> {
	use tokio::signal::unix::{SignalKind, signal};
	let mut terminate = signal(SignalKind::terminate())?;
	tokio::select! {
		pressed = tokio::signal::ctrl_c() => Ok(pressed?),
		_ = terminate.recv() => Ok(()),
	}
}
