//! The REST interface: read-only, under `/api/v1`, described at `/api/openapi.json`.

mod accounts;
mod assets;
mod blocks;
pub mod error;
mod events;
mod exports;
pub mod limits;
mod lines;
pub mod params;
mod periods;
mod search;
mod status;

pub use error::Error;

use crate::State;
use axum::{Json, Router, routing::get};
use utoipa::{
	OpenApi,
	openapi::{self, ContentBuilder, Ref, RefOr, ResponseBuilder},
};
use utoipa_axum::router::OpenApiRouter;

/// What an answer is, or why there is none.
pub type Result<Answer> = std::result::Result<Answer, Error>;

#[derive(OpenApi)]
#[openapi(info(
	title = "Heirloom",
	description = "What an Heirloom chain did, block by block, call by call, payment by payment. Amounts are micro-U as decimal \
		text (1 U = 1,000,000); those whose currency is LOOM, of transfers, events of blocks, fees of transactions and \
		balances, are decimal text in its smallest unit (1 LOOM = 1,000,000,000,000). Moments are milliseconds \
		since the Unix epoch, periods months like 2026-03. Lists come in pages: ask the next with the `next` of the last one as \
		`after`."
))]
struct Document;

/// The routes of the interface.
pub fn routes(state: &State) -> Router<State> {
	let settings = &state.settings;
	let questions = OpenApiRouter::new()
		.merge(status::routes())
		.merge(assets::routes())
		.merge(accounts::routes())
		.merge(periods::routes())
		.merge(blocks::routes())
		.merge(search::routes());
	// What is sent for as long as it takes has no time limit.
	let long = OpenApiRouter::new().merge(exports::routes()).merge(events::routes());
	let (questions, described) = OpenApiRouter::new().nest("/api/v1", questions).split_for_parts();
	let (long, described_long) =
		OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", long).split_for_parts();
	let mut document = described_long;
	document.merge(described);
	document_errors(&mut document);
	let routes = limits::in_time(questions, settings, limits::too_slow)
		.merge(long)
		.route("/api/openapi.json", get(move || async move { Json(document) }))
		.route("/api/{*rest}", get(unknown));
	limits::per_address(routes, settings, limits::refused)
}

/// Says of every question what an error looks like.
fn document_errors(document: &mut openapi::OpenApi) {
	let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
	let error =
		ResponseBuilder::new().description("Why there is no answer").content("application/json", body);
	let error = error.build();
	for operation in document.paths.paths.values_mut().filter_map(|path| path.get.as_mut()) {
		operation.responses.responses.entry("default".into()).or_insert_with(|| RefOr::T(error.clone()));
	}
}

/// What the interface does not have.
async fn unknown() -> Error {
	Error::NotFound("the interface has nothing here: see /api/openapi.json".into())
}
