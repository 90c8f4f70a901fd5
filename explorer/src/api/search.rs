//! From what a person types to what is meant.

use super::{Result, params::Asked};
use crate::{State, store::read::search::Hit};
use axum::{Json, extract};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<State> {
	OpenApiRouter::new().routes(routes!(search))
}

/// What was typed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Typed {
	/// An address, a hash, a number, or the beginning of a name.
	q: String,
}

/// What fits a text: an address, a hash, a number, or the beginning of an asset's name.
#[utoipa::path(get, path = "/search", params(Typed), responses((status = 200, body = Vec<Hit>)))]
async fn search(
	extract::State(state): extract::State<State>,
	Asked(typed): Asked<Typed>,
) -> Result<Json<Vec<Hit>>> {
	Ok(Json(state.store.search(&typed.q).await?))
}
