//! What is new, as it comes: server-sent events.

use super::{
	Error, Result,
	params::{Asked, account},
};
use crate::{State, index::News};
use axum::{
	extract,
	response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, StreamExt};
use serde::Deserialize;
use std::convert::Infallible;
use tokio::sync::Semaphore;
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Listeners at once.
static LISTENERS: Semaphore = Semaphore::const_new(1_000);

pub(super) fn routes() -> OpenApiRouter<State> {
	OpenApiRouter::new().routes(routes!(events))
}

/// Of what is new, what is asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
	/// Of the kinds `block`, `minted`, `called`, `closed`, `paid`, `withheld`, `released` and `reported`, some, with commas
	/// between.
	kinds: Option<String>,
	/// Only what is about this asset, by number: of what is held, either of the disputed edge. Blocks and months are about none.
	asset: Option<i64>,
	/// Only what concerns this account: of uses, who used the asset, who owns it and who is paid for it; of what is held, who
	/// was paid less and who gets it.
	account: Option<String>,
}

/// What is new, as it is taken in: an event has its kind as `event`, and itself in JSON as `data`. Who is too slow is told
/// with an event `missed` how much was left out.
#[utoipa::path(
	get, path = "/events", params(Wanted),
	responses((status = 200, content_type = "text/event-stream", body = News)))]
async fn events(
	extract::State(state): extract::State<State>,
	Asked(wanted): Asked<Wanted>,
) -> Result<Sse<impl Stream<Item = std::result::Result<Event, Infallible>>>> {
	let kinds: Option<Vec<String>> =
		wanted.kinds.map(|kinds| kinds.split(',').map(|kind| kind.trim().into()).collect());
	let account = wanted.account.map(|text| account(&text)).transpose()?;
	let asset = wanted.asset;
	let place = LISTENERS.try_acquire().map_err(|_| Error::TooMany(10))?;
	let is_wanted = move |news: &News| {
		kinds.as_ref().is_none_or(|kinds| kinds.iter().any(|kind| kind == news.kind()))
			&& asset.is_none_or(|asset| news.is_about(asset))
			&& account.as_ref().is_none_or(|account| news.concerns(account))
	};
	let news = BroadcastStream::new(state.news.subscribe()).filter_map(move |news| {
		// Given back when the stream ends.
		let _place = &place;
		let event = match news {
			Ok(news) if is_wanted(&news) => Event::default().event(news.kind()).json_data(&news).ok(),
			Ok(_) => None,
			Err(BroadcastStreamRecvError::Lagged(count)) => {
				Some(Event::default().event("missed").data(count.to_string()))
			}
		};
		futures::future::ready(event.map(Ok))
	});
	Ok(Sse::new(news).keep_alive(KeepAlive::default()))
}
