//! Accounts: what they own, use, and were paid.

use super::{
	Error, Result,
	params::{Asked, Paging, account, month},
};
use crate::{
	State,
	chain::{address, balance::Balance},
	store::{
		FIRST, Listed, Money, NEWEST,
		read::{
			accounts::{AccountSummary, Transfer},
			assets::Asset,
			blocks::Extrinsic,
			payments::{Claim, Payment},
			receipts::NamedReceipt,
			statements::NamedStatement,
			withheld::Withheld,
		},
	},
};
use axum::{
	Json,
	extract::{self, Path},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<State> {
	OpenApiRouter::new()
		.routes(routes!(one))
		.routes(routes!(balance))
		.routes(routes!(assets))
		.routes(routes!(receipts))
		.routes(routes!(payments))
		.routes(routes!(payment))
		.routes(routes!(statements))
		.routes(routes!(claims))
		.routes(routes!(withheld))
		.routes(routes!(transfers))
		.routes(routes!(extrinsics))
}

/// An account in numbers.
#[derive(Serialize, ToSchema)]
struct Summary {
	/// In SS58.
	address: String,
	/// The numbers.
	#[serde(flatten)]
	summary: AccountSummary,
}

/// An account in numbers: zeros for one that was never seen.
#[utoipa::path(
	get, path = "/accounts/{address}", params(("address" = String, Path)),
	responses((status = 200, body = Summary), (status = 400, body = super::error::ErrorBody)))]
async fn one(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
) -> Result<Json<Summary>> {
	let address = account(&text)?;
	let summary = state.store.account(&address).await?;
	Ok(Json(Summary { address, summary }))
}

/// What an account has.
#[derive(Serialize, ToSchema)]
struct Has {
	/// In SS58.
	address: String,
	/// What it has.
	#[serde(flatten)]
	balance: Balance,
}

/// What an account has, at a final block that the answer names: zeros for one that was never seen. Only the node knows it; where
/// that does not answer, this is refused with `node_away`.
#[utoipa::path(
	get, path = "/accounts/{address}/balance", params(("address" = String, Path)),
	responses((status = 200, body = Has), (status = 400, body = super::error::ErrorBody),
		(status = 503, body = super::error::ErrorBody)))]
async fn balance(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
) -> Result<Json<Has>> {
	let address = account(&text)?;
	let key = address::key(&address).ok_or_else(|| Error::not_found(format_args!("account {address}")))?;
	let height = state.store.cursor().await?.map_or(0, |position| position.height);
	let balance = state.balance(key, height).await?;
	Ok(Json(Has { address, balance }))
}

/// Assets that an account owns, minted, or is the payee of.
#[utoipa::path(
	get, path = "/accounts/{address}/assets", params(("address" = String, Path), Paging),
	responses((status = 200, body = Listed<Asset>)))]
async fn assets(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Asset>>> {
	let (after, limit) = paging.read(FIRST)?;
	Ok(Json(state.store.assets_of(&account(&text)?, after, limit).await?))
}

/// What an account used, the newest first.
#[utoipa::path(
	get, path = "/accounts/{address}/receipts", params(("address" = String, Path), Paging),
	responses((status = 200, body = Listed<NamedReceipt>)))]
async fn receipts(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<NamedReceipt>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.receipts_of(&account(&text)?, before, limit).await?))
}

/// What an account was paid, the newest first.
#[utoipa::path(
	get, path = "/accounts/{address}/payments", params(("address" = String, Path), Paging),
	responses((status = 200, body = Listed<Payment>)))]
async fn payments(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Payment>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.payments_of(&account(&text)?, before, limit).await?))
}

/// What an account was paid for a month.
#[utoipa::path(
	get, path = "/accounts/{address}/payments/{period}", params(("address" = String, Path), ("period" = String, Path)),
	responses((status = 200, body = Payment), (status = 404, body = super::error::ErrorBody)))]
async fn payment(
	extract::State(state): extract::State<State>,
	Path((text, period)): Path<(String, String)>,
) -> Result<Json<Payment>> {
	let (address, period) = (account(&text)?, month(&period)?);
	let payment = state.store.payment(&address, period).await?;
	payment.map(Json).ok_or_else(|| Error::not_found(format_args!("payment to {address} for {period}")))
}

/// The statements behind a payment, by asset.
#[utoipa::path(
	get, path = "/accounts/{address}/statements/{period}",
	params(("address" = String, Path), ("period" = String, Path), Paging),
	responses((status = 200, body = Listed<NamedStatement>)))]
async fn statements(
	extract::State(state): extract::State<State>,
	Path((text, period)): Path<(String, String)>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<NamedStatement>>> {
	let (after, limit) = paging.read(FIRST)?;
	let (address, period) = (account(&text)?, month(&period)?);
	Ok(Json(state.store.statements_of(&address, period, after, limit).await?))
}

/// What waits for an account, and what it claimed of it.
#[derive(Serialize, ToSchema)]
struct Claims {
	/// What waits.
	held: Money,
	/// What was claimed, at most 1,000, the newest first.
	claims: Vec<Claim>,
}

/// What could not be delivered to an account or was released to it: what waits, and what was claimed.
#[utoipa::path(
	get, path = "/accounts/{address}/claims", params(("address" = String, Path)),
	responses((status = 200, body = Claims)))]
async fn claims(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
) -> Result<Json<Claims>> {
	let address = account(&text)?;
	let (held, claims) = (state.store.held(&address).await?, state.store.claims_of(&address).await?);
	Ok(Json(Claims { held, claims }))
}

/// What was held of an account's payments while it was disputed who descends from whom, and what became of it, the newest
/// first.
#[utoipa::path(
	get, path = "/accounts/{address}/withheld", params(("address" = String, Path), Paging),
	responses((status = 200, body = Listed<Withheld>)))]
async fn withheld(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Withheld>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.withheld_of(&account(&text)?, before, limit).await?))
}

/// Money that an account sent or received, the newest first.
#[utoipa::path(
	get, path = "/accounts/{address}/transfers", params(("address" = String, Path), Paging),
	responses((status = 200, body = Listed<Transfer>)))]
async fn transfers(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Transfer>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.transfers_of(&account(&text)?, before, limit).await?))
}

/// What an account signed, the newest first.
#[utoipa::path(
	get, path = "/accounts/{address}/extrinsics", params(("address" = String, Path), Paging),
	responses((status = 200, body = Listed<Extrinsic>)))]
async fn extrinsics(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Extrinsic>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.extrinsics_of(&account(&text)?, before, limit).await?))
}
