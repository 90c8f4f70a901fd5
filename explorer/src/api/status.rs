//! How far the index is, and whether all that was compared is the same.

use super::Result;
use crate::{State, store::read::checks::Check};
use axum::{Json, extract};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// How far the index is.
#[derive(Serialize, ToSchema)]
pub struct Status {
	/// Hash of the chain's first block.
	genesis: Option<String>,
	/// The last block that was taken in.
	height: Option<i64>,
	/// Its hash.
	hash: Option<String>,
	/// The last final block of the node; none where it does not answer.
	node_height: Option<u64>,
	/// Comparisons that came out different; see `/api/v1/checks`.
	differences: i64,
}

pub(super) fn routes() -> OpenApiRouter<State> {
	OpenApiRouter::new().routes(routes!(status)).routes(routes!(checks))
}

/// How far the index is.
#[utoipa::path(get, path = "/status", responses((status = 200, body = Status)))]
async fn status(extract::State(state): extract::State<State>) -> Result<Json<Status>> {
	let position = state.store.cursor().await?;
	let node_height = state.node.last_final().await.ok().map(|(number, _)| number);
	Ok(Json(Status {
		genesis: state.store.chain_fact("genesis").await?,
		height: position.as_ref().map(|position| position.height),
		hash: position.map(|position| position.hash),
		node_height,
		differences: state.store.count_differences().await?,
	}))
}

/// Comparisons that came out different, at most 1,000. Empty where all is well.
#[utoipa::path(get, path = "/checks", responses((status = 200, body = Vec<Check>)))]
async fn checks(extract::State(state): extract::State<State>) -> Result<Json<Vec<Check>>> {
	Ok(Json(state.store.differences(1_000).await?))
}
