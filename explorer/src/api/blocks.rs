//! Blocks, transactions, events, validators, permits and operators.

use super::{
	Error, Result,
	params::{Asked, Paging, number},
};
use crate::{
	State,
	store::{
		FIRST, Listed, NEWEST, Store,
		read::{
			blocks::{Block, Extrinsic, Validator},
			happened::Happened,
			permits::{Operator, Permit, PermitEvent, PermitUse},
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
		.routes(routes!(list))
		.routes(routes!(one))
		.routes(routes!(extrinsics))
		.routes(routes!(events))
		.routes(routes!(extrinsic))
		.routes(routes!(validators))
		.routes(routes!(permits))
		.routes(routes!(permit))
		.routes(routes!(operators))
}

/// A block in a path: by its number or its hash.
async fn block(store: &Store, text: &str) -> Result<Block> {
	let found = match text.starts_with("0x") {
		true => store.block_by_hash(&text.to_ascii_lowercase()).await?,
		false => store.block(number("a block", text)?).await?,
	};
	found.ok_or_else(|| Error::not_found(format_args!("block {text:?} in the index")))
}

/// Final blocks, the newest first.
#[utoipa::path(get, path = "/blocks", params(Paging), responses((status = 200, body = Listed<Block>)))]
async fn list(
	extract::State(state): extract::State<State>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Block>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.blocks(before, limit).await?))
}

/// A final block, by its number or its hash.
#[utoipa::path(
	get, path = "/blocks/{block}", params(("block" = String, Path)),
	responses((status = 200, body = Block), (status = 404, body = super::error::ErrorBody)))]
async fn one(extract::State(state): extract::State<State>, Path(text): Path<String>) -> Result<Json<Block>> {
	Ok(Json(block(&state.store, &text).await?))
}

/// The transactions of a block, in order.
#[utoipa::path(
	get, path = "/blocks/{block}/extrinsics", params(("block" = String, Path), Paging),
	responses((status = 200, body = Listed<Extrinsic>)))]
async fn extrinsics(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Extrinsic>>> {
	let (after, limit) = paging.read(FIRST)?;
	let block = block(&state.store, &text).await?;
	Ok(Json(state.store.extrinsics_in(block.height, after, limit).await?))
}

/// What the index keeps of a block's events, in order, each with the position of the transaction that it is of.
#[utoipa::path(
	get, path = "/blocks/{block}/events", params(("block" = String, Path), Paging),
	responses((status = 200, body = Listed<Happened>)))]
async fn events(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Happened>>> {
	let (after, limit) = paging.read(FIRST)?;
	let block = block(&state.store, &text).await?;
	Ok(Json(state.store.happened_in(block.height, after, limit).await?))
}

/// Transactions with a hash: an unsigned one may stand in several blocks.
#[utoipa::path(
	get, path = "/extrinsics/{hash}", params(("hash" = String, Path)),
	responses((status = 200, body = Vec<Extrinsic>), (status = 404, body = super::error::ErrorBody)))]
async fn extrinsic(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
) -> Result<Json<Vec<Extrinsic>>> {
	let found = state.store.extrinsics_by_hash(&text.to_ascii_lowercase()).await?;
	if found.is_empty() {
		Err(Error::not_found(format_args!("transaction {text:?}")))
	} else {
		Ok(Json(found))
	}
}

/// Who made how many blocks.
#[utoipa::path(get, path = "/validators", responses((status = 200, body = Vec<Validator>)))]
async fn validators(extract::State(state): extract::State<State>) -> Result<Json<Vec<Validator>>> {
	Ok(Json(state.store.validators().await?))
}

/// Permits for sandboxes, the newest first.
#[utoipa::path(get, path = "/permits", params(Paging), responses((status = 200, body = Listed<Permit>)))]
async fn permits(
	extract::State(state): extract::State<State>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Permit>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.permits(before, limit).await?))
}

/// A permit with what it uses and what happened to it.
#[derive(Serialize, ToSchema)]
struct PermitWhole {
	/// The permit.
	#[serde(flatten)]
	permit: Permit,
	/// What it uses.
	uses: Vec<PermitUse>,
	/// What happened, in order.
	events: Vec<PermitEvent>,
}

/// A permit with what it uses and what happened to it.
#[utoipa::path(
	get, path = "/permits/{permit}", params(("permit" = i64, Path)),
	responses((status = 200, body = PermitWhole), (status = 404, body = super::error::ErrorBody)))]
async fn permit(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
) -> Result<Json<PermitWhole>> {
	let id = number("a permit", &text)?;
	let permit = state.store.permit(id).await?;
	let permit = permit.ok_or_else(|| Error::not_found(format_args!("permit {id}")))?;
	let (uses, events) = (state.store.permit_uses(id).await?, state.store.permit_events(id).await?);
	Ok(Json(PermitWhole { permit, uses, events }))
}

/// Operators of sandboxes.
#[utoipa::path(get, path = "/operators", responses((status = 200, body = Vec<Operator>)))]
async fn operators(extract::State(state): extract::State<State>) -> Result<Json<Vec<Operator>>> {
	Ok(Json(state.store.operators().await?))
}
