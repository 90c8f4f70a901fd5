//! Assets: facts, relatives, receipts, statements.

use super::{
	Error, Result, lines,
	params::{Asked, Paging, asset, month},
};
use crate::{
	State,
	index::checks,
	store::{
		Cursor, FIRST, Listed, NEWEST,
		read::{
			MAX_PAGE,
			assets::{Asset, Change, Domain, Filter, Relative},
			checks::Check,
			demand::Usage,
			permits::Permit,
			receipts::{Licence, NamedReceipt, Receipt, Revenue},
			statements::{Pot, Statement},
		},
	},
};
use axum::{
	Json,
	extract::{self, Path},
};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Comparisons of receipts at once; whoever asks for more waits: each may read all receipts of an asset.
static COMPARISONS: Semaphore = Semaphore::const_new(2);

pub(super) fn routes() -> OpenApiRouter<State> {
	OpenApiRouter::new()
		.routes(routes!(list))
		.routes(routes!(one))
		.routes(routes!(parents))
		.routes(routes!(children))
		.routes(routes!(changes))
		.routes(routes!(receipts))
		.routes(routes!(receipt))
		.routes(routes!(check))
		.routes(routes!(licences))
		.routes(routes!(revenues))
		.routes(routes!(permits))
		.routes(routes!(statements))
		.routes(routes!(statement))
		.routes(routes!(statement_lines))
		.routes(routes!(usage))
		.routes(routes!(latest))
		.routes(routes!(domains))
}

/// Which assets.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
	/// `data`, `model` or `script`.
	kind: Option<String>,
	/// Name of a domain.
	domain: Option<String>,
	/// `active` or `delisted`.
	status: Option<String>,
	/// Who owns it.
	owner: Option<String>,
	/// Who minted it.
	creator: Option<String>,
	/// The `next` of the page before.
	after: Option<String>,
	/// The most items: 1 to 1,000, 50 where nothing is said.
	#[param(minimum = 1, maximum = 1_000)]
	limit: Option<i64>,
}

/// Assets, by their numbers.
#[utoipa::path(get, path = "/assets", params(Which), responses((status = 200, body = Listed<Asset>)))]
async fn list(
	extract::State(state): extract::State<State>,
	Asked(which): Asked<Which>,
) -> Result<Json<Listed<Asset>>> {
	let (after, limit) = Paging { after: which.after, limit: which.limit }.read(FIRST)?;
	let account = |text: Option<String>| text.map(|text| super::params::account(&text)).transpose();
	let filter = Filter {
		kind: which.kind,
		domain: which.domain,
		status: which.status,
		owner: account(which.owner)?,
		creator: account(which.creator)?,
	};
	Ok(Json(state.store.assets(&filter, after, limit).await?))
}

/// An asset, by its number or its name.
#[utoipa::path(
	get, path = "/assets/{asset}", params(("asset" = String, Path)),
	responses((status = 200, body = Asset), (status = 404, body = super::error::ErrorBody)))]
async fn one(extract::State(state): extract::State<State>, Path(name): Path<String>) -> Result<Json<Asset>> {
	Ok(Json(asset(&state.store, &name).await?))
}

/// The direct parents of an asset, in the order they were used in.
#[utoipa::path(
	get, path = "/assets/{asset}/parents", params(("asset" = String, Path)),
	responses((status = 200, body = Vec<Relative>)))]
async fn parents(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
) -> Result<Json<Vec<Relative>>> {
	let asset = asset(&state.store, &name).await?;
	Ok(Json(state.store.parents(asset.id).await?))
}

/// The direct children of an asset, by their numbers.
#[utoipa::path(
	get, path = "/assets/{asset}/children", params(("asset" = String, Path), Paging),
	responses((status = 200, body = Listed<Relative>)))]
async fn children(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Relative>>> {
	let (after, limit) = paging.read(FIRST)?;
	let asset = asset(&state.store, &name).await?;
	Ok(Json(state.store.children(asset.id, after, limit).await?))
}

/// What was changed of an asset, the newest first.
#[utoipa::path(
	get, path = "/assets/{asset}/changes", params(("asset" = String, Path), Paging),
	responses((status = 200, body = Listed<Change>)))]
async fn changes(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Change>>> {
	let (before, limit) = paging.read(NEWEST)?;
	let asset = asset(&state.store, &name).await?;
	Ok(Json(state.store.changes(asset.id, before, limit).await?))
}

/// The receipts of an asset, the newest first.
#[utoipa::path(
	get, path = "/assets/{asset}/receipts", params(("asset" = String, Path), Paging),
	responses((status = 200, body = Listed<Receipt>)))]
async fn receipts(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Receipt>>> {
	let (before, limit) = paging.read(NEWEST)?;
	let asset = asset(&state.store, &name).await?;
	Ok(Json(state.store.receipts(asset.id, before, limit).await?))
}

/// One receipt of an asset.
#[utoipa::path(
	get, path = "/assets/{asset}/receipts/{number}", params(("asset" = String, Path), ("number" = i64, Path)),
	responses((status = 200, body = Receipt), (status = 404, body = super::error::ErrorBody)))]
async fn receipt(
	extract::State(state): extract::State<State>,
	Path((name, number)): Path<(String, String)>,
) -> Result<Json<Receipt>> {
	let number = super::params::number("a receipt", &number)?;
	let asset = asset(&state.store, &name).await?;
	let found = state.store.receipt(asset.id, number).await?;
	let missing = || Error::not_found(format_args!("receipt {number} of {}", asset.handle));
	found.map(Json).ok_or_else(missing)
}

/// Hashes all stored receipts of an asset again, and compares them with the running hash that the chain keeps.
#[utoipa::path(
	get, path = "/assets/{asset}/check", params(("asset" = String, Path)),
	responses((status = 200, body = Check), (status = 503, body = super::error::ErrorBody)))]
async fn check(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
) -> Result<Json<Check>> {
	let asset = asset(&state.store, &name).await?;
	let _turn = COMPARISONS.acquire().await.map_err(|error| Error::Broken(error.into()))?;
	Ok(Json(checks::receipts::compare(&state.store, &state.node, asset.id).await?))
}

/// Licences of an asset, at most 1,000.
#[utoipa::path(
	get, path = "/assets/{asset}/licences", params(("asset" = String, Path)),
	responses((status = 200, body = Vec<Licence>)))]
async fn licences(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
) -> Result<Json<Vec<Licence>>> {
	let asset = asset(&state.store, &name).await?;
	Ok(Json(state.store.licences(asset.id).await?))
}

/// Revenue that was reported for an asset, the newest first.
#[utoipa::path(
	get, path = "/assets/{asset}/revenues", params(("asset" = String, Path), Paging),
	responses((status = 200, body = Listed<Revenue>)))]
async fn revenues(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Revenue>>> {
	let (before, limit) = paging.read(NEWEST)?;
	let asset = asset(&state.store, &name).await?;
	Ok(Json(state.store.revenues(asset.id, before, limit).await?))
}

/// Permits that use an asset, the newest first.
#[utoipa::path(
	get, path = "/assets/{asset}/permits", params(("asset" = String, Path), Paging),
	responses((status = 200, body = Listed<Permit>)))]
async fn permits(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Permit>>> {
	let (before, limit) = paging.read(NEWEST)?;
	let asset = asset(&state.store, &name).await?;
	Ok(Json(state.store.permits_of_asset(asset.id, before, limit).await?))
}

/// All statements of an asset, the newest first.
#[utoipa::path(
	get, path = "/assets/{asset}/statements", params(("asset" = String, Path)),
	responses((status = 200, body = Vec<Statement>)))]
async fn statements(
	extract::State(state): extract::State<State>,
	Path(name): Path<String>,
) -> Result<Json<Vec<Statement>>> {
	let asset = asset(&state.store, &name).await?;
	Ok(Json(state.store.statements(asset.id).await?))
}

/// A statement with what its share is made of.
#[derive(Serialize, ToSchema)]
struct Explained {
	/// The statement.
	#[serde(flatten)]
	statement: Statement,
	/// What the asset itself shared, where it had a pot.
	pot: Option<Pot>,
	/// By earning descendant: `weight × 0.8 × pot ÷ total_weight`. At most 1,000, and fewer where very many assets descend from
	/// this one.
	lines: Vec<lines::Line>,
	/// Where there can be more lines: what `/lines` is asked for these with as `after`.
	#[serde(serialize_with = "crate::store::text_of")]
	#[schema(value_type = Option<String>)]
	more_lines: Option<Cursor>,
}

/// A statement of an asset, with the first lines of its share.
#[utoipa::path(
	get, path = "/assets/{asset}/statements/{period}", params(("asset" = String, Path), ("period" = String, Path)),
	responses((status = 200, body = Explained), (status = 404, body = super::error::ErrorBody)))]
async fn statement(
	extract::State(state): extract::State<State>,
	Path((name, period)): Path<(String, String)>,
) -> Result<Json<Explained>> {
	let period = month(&period)?;
	let asset = asset(&state.store, &name).await?;
	let missing = || Error::not_found(format_args!("statement of {} for {period}", asset.handle));
	let statement = state.store.statement(asset.id, period).await?.ok_or_else(missing)?;
	let pot = state.store.pot(asset.id, period).await?;
	let lines = lines::page(&state.store, &asset, period, FIRST, MAX_PAGE).await?;
	Ok(Json(Explained { statement, pot, lines: lines.items, more_lines: lines.next }))
}

/// The lines of a share, by descendant. Where more than 10,000 assets descend from this one, a page goes through 10,000 pots of
/// the month at most, so it can have few items or none, and yet a `next`.
#[utoipa::path(
	get, path = "/assets/{asset}/statements/{period}/lines",
	params(("asset" = String, Path), ("period" = String, Path), Paging),
	responses((status = 200, body = Listed<lines::Line>)))]
async fn statement_lines(
	extract::State(state): extract::State<State>,
	Path((name, period)): Path<(String, String)>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<lines::Line>>> {
	let period = month(&period)?;
	let (after, limit) = paging.read(FIRST)?;
	let asset = asset(&state.store, &name).await?;
	Ok(Json(lines::page(&state.store, &asset, period, after, limit).await?))
}

/// What an asset was used in a month, whether it is settled or not.
#[utoipa::path(
	get, path = "/assets/{asset}/usage/{period}", params(("asset" = String, Path), ("period" = String, Path)),
	responses((status = 200, body = Usage), (status = 404, body = super::error::ErrorBody)))]
async fn usage(
	extract::State(state): extract::State<State>,
	Path((name, period)): Path<(String, String)>,
) -> Result<Json<Usage>> {
	let period = month(&period)?;
	let asset = asset(&state.store, &name).await?;
	let used = state.store.usage(asset.id, period).await?;
	used.map(Json).ok_or_else(|| Error::not_found(format_args!("use of {} in {period}", asset.handle)))
}

/// All receipts, the newest first.
#[utoipa::path(get, path = "/receipts", params(Paging), responses((status = 200, body = Listed<NamedReceipt>)))]
async fn latest(
	extract::State(state): extract::State<State>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<NamedReceipt>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.latest_receipts(before, limit).await?))
}

/// The list of domains.
#[utoipa::path(get, path = "/domains", responses((status = 200, body = Vec<Domain>)))]
async fn domains(extract::State(state): extract::State<State>) -> Result<Json<Vec<Domain>>> {
	Ok(Json(state.store.domains().await?))
}
