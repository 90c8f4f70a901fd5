//! Whole lists as files, however long: read page by page as they are sent, so nothing is cut off and little is kept.

mod rows;

use super::{
	Error, Result, limits, lines,
	params::{Asked, account, asset, month},
};
use crate::{
	State,
	store::{self, Cursor, FIRST, Listed, NEWEST, Store, read::statements::NamedStatement},
};
use axum::{
	body::{Body, Bytes},
	extract::{self, Path},
	http::header,
	response::{IntoResponse, Response},
};
use rows::Row;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Rows that are read at once.
const AT_ONCE: i64 = 1_000;

pub(super) fn routes() -> OpenApiRouter<State> {
	OpenApiRouter::new()
		.routes(routes!(account_payments))
		.routes(routes!(account_statements))
		.routes(routes!(account_receipts))
		.routes(routes!(account_withheld))
		.routes(routes!(asset_receipts))
		.routes(routes!(asset_statements))
		.routes(routes!(statement_lines))
		.routes(routes!(period_payments))
		.routes(routes!(period_statements))
}

/// In which form.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Format {
	/// With a line of names; amounts in U with six decimals, times in ISO 8601.
	#[default]
	Csv,
	/// A list of what the interface answers.
	Json,
}

/// In which form.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Shape {
	/// `csv` or `json`.
	#[serde(default)]
	#[param(inline)]
	format: Format,
}

/// Sends all pages of a list.
fn all<Item, Fetching>(
	name: &str,
	shape: &Shape,
	first: Cursor,
	fetch: impl Fn(Cursor) -> Fetching + Send + Sync + 'static,
) -> Response
where
	Item: Row,
	Fetching: Future<Output = store::Result<Listed<Item>>> + Send,
{
	let format = shape.format;
	let stream = async_stream::try_stream! {
		let _place = limits::place_of_a_file().await.map_err(|error| Error::Broken(error.into()))?;
		let mut after = Some(first);
		let mut begun = false;
		while let Some(cursor) = after {
			let page = fetch(cursor).await?;
			if page.items.is_empty() && page.next.is_some() {
				after = page.next;
				continue;
			}
			let bytes = match format {
				Format::Csv => rows::csv(&page.items, !begun),
				Format::Json => rows::json(&page.items, !begun, page.next.is_none()),
			};
			begun = true;
			after = page.next;
			yield Bytes::from(bytes.map_err(Error::Broken)?);
		}
	};
	let stream: std::pin::Pin<Box<dyn futures::Stream<Item = Result<Bytes>> + Send>> = Box::pin(stream);
	let (kind, ending) = match format {
		Format::Csv => ("text/csv; charset=utf-8", "csv"),
		Format::Json => ("application/json", "json"),
	};
	let disposition = format!("attachment; filename=\"{name}.{ending}\"");
	let headers = [(header::CONTENT_TYPE, kind.to_string()), (header::CONTENT_DISPOSITION, disposition)];
	(headers, Body::from_stream(stream)).into_response()
}

/// Sends all pages of a list of an account.
fn all_of<Item, Fetching>(
	name: &str,
	text: &str,
	shape: &Shape,
	state: State,
	first: Cursor,
	fetch: impl Fn(Store, String, Cursor) -> Fetching + Send + Sync + 'static,
) -> Result<Response>
where
	Item: Row,
	Fetching: Future<Output = store::Result<Listed<Item>>> + Send,
{
	let address = account(text)?;
	Ok(all(&format!("{name}-{address}"), shape, first, move |after| {
		fetch(state.store.clone(), address.clone(), after)
	}))
}

/// All that an account was paid, the newest first.
#[utoipa::path(
	get, path = "/exports/accounts/{address}/payments", params(("address" = String, Path), Shape),
	responses((status = 200, content((String = "text/csv"), (serde_json::Value = "application/json")))))]
async fn account_payments(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(shape): Asked<Shape>,
) -> Result<Response> {
	all_of("payments", &text, &shape, state, NEWEST, |store, address, after| async move {
		store.payments_of(&address, after, AT_ONCE).await
	})
}

/// All statements whose payee an account was, the oldest first.
#[utoipa::path(
	get, path = "/exports/accounts/{address}/statements", params(("address" = String, Path), Shape),
	responses((status = 200, content((String = "text/csv"), (serde_json::Value = "application/json")))))]
async fn account_statements(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(shape): Asked<Shape>,
) -> Result<Response> {
	all_of("statements", &text, &shape, state, FIRST, |store, address, after| async move {
		store.all_statements_of(&address, after, AT_ONCE).await
	})
}

/// All that an account used, the newest first.
#[utoipa::path(
	get, path = "/exports/accounts/{address}/receipts", params(("address" = String, Path), Shape),
	responses((status = 200, content((String = "text/csv"), (serde_json::Value = "application/json")))))]
async fn account_receipts(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(shape): Asked<Shape>,
) -> Result<Response> {
	all_of("receipts", &text, &shape, state, NEWEST, |store, address, after| async move {
		store.receipts_of(&address, after, AT_ONCE).await
	})
}

/// All that was held of an account's payments while it was disputed who descends from whom, the newest first.
#[utoipa::path(
	get, path = "/exports/accounts/{address}/withheld", params(("address" = String, Path), Shape),
	responses((status = 200, content((String = "text/csv"), (serde_json::Value = "application/json")))))]
async fn account_withheld(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(shape): Asked<Shape>,
) -> Result<Response> {
	all_of("withheld", &text, &shape, state, NEWEST, |store, address, after| async move {
		store.withheld_of(&address, after, AT_ONCE).await
	})
}

/// All receipts of an asset, the newest first.
#[utoipa::path(
	get, path = "/exports/assets/{asset}/receipts", params(("asset" = String, Path), Shape),
	responses((status = 200, content((String = "text/csv"), (serde_json::Value = "application/json")))))]
async fn asset_receipts(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
	Asked(shape): Asked<Shape>,
) -> Result<Response> {
	let id = asset(&state.store, &name).await?.id;
	Ok(all(&format!("receipts-of-asset-{id}"), &shape, NEWEST, move |after| {
		let store = state.store.clone();
		async move { store.receipts(id, after, AT_ONCE).await }
	}))
}

/// All statements of an asset, the newest first.
#[utoipa::path(
	get, path = "/exports/assets/{asset}/statements", params(("asset" = String, Path), Shape),
	responses((status = 200, content((String = "text/csv"), (serde_json::Value = "application/json")))))]
async fn asset_statements(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
	Asked(shape): Asked<Shape>,
) -> Result<Response> {
	let asset = asset(&state.store, &name).await?;
	Ok(all(&format!("statements-of-asset-{}", asset.id), &shape, NEWEST, move |_| {
		let (store, asset) = (state.store.clone(), asset.clone());
		async move {
			let named = |statement| NamedStatement {
				handle: asset.handle.clone(),
				kind: asset.kind.clone(),
				statement,
			};
			let items = store.statements(asset.id).await?.into_iter().map(named).collect();
			Ok(Listed { items, next: None })
		}
	}))
}

/// What the share of a statement is made of: the pots of the asset's descendants.
#[utoipa::path(
	get, path = "/exports/assets/{asset}/statements/{period}/lines",
	params(("asset" = String, Path), ("period" = String, Path), Shape),
	responses((status = 200, content((String = "text/csv"), (serde_json::Value = "application/json")))))]
async fn statement_lines(
	extract::State(state): extract::State<State>,
	Path((name, period)): Path<(String, String)>,
	Asked(shape): Asked<Shape>,
) -> Result<Response> {
	let period = month(&period)?;
	let asset = asset(&state.store, &name).await?;
	Ok(all(&format!("lines-of-asset-{}-{period}", asset.id), &shape, FIRST, move |after| {
		let (store, asset) = (state.store.clone(), asset.clone());
		async move { lines::page(&store, &asset, period, after, AT_ONCE).await }
	}))
}

/// All payments of a month, in the order they were made in.
#[utoipa::path(
	get, path = "/exports/periods/{period}/payments", params(("period" = String, Path), Shape),
	responses((status = 200, content((String = "text/csv"), (serde_json::Value = "application/json")))))]
async fn period_payments(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(shape): Asked<Shape>,
) -> Result<Response> {
	let period = month(&text)?;
	Ok(all(&format!("payments-{period}"), &shape, FIRST, move |after| {
		let store = state.store.clone();
		async move { store.payments_in(period, after, AT_ONCE).await }
	}))
}

/// All statements of a month, the highest paid first.
#[utoipa::path(
	get, path = "/exports/periods/{period}/statements", params(("period" = String, Path), Shape),
	responses((status = 200, content((String = "text/csv"), (serde_json::Value = "application/json")))))]
async fn period_statements(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(shape): Asked<Shape>,
) -> Result<Response> {
	let period = month(&text)?;
	Ok(all(&format!("statements-{period}"), &shape, NEWEST, move |after| {
		let store = state.store.clone();
		async move { store.statements_in(period, after, AT_ONCE).await }
	}))
}
