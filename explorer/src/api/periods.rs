//! Months: reports, payments, statements, and what was in demand.

use super::{
	Error, Result,
	params::{Asked, Paging, month},
};
use crate::{
	State,
	store::{
		FIRST, Listed, NEWEST,
		read::{
			demand::{DomainUsage, Usage},
			payments::Payment,
			periods::{ClosedPeriod, Distribution, SandboxMonth},
			statements::NamedStatement,
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
		.routes(routes!(payments))
		.routes(routes!(statements))
		.routes(routes!(demand))
		.routes(routes!(domains))
}

/// All closed months, the newest first.
#[utoipa::path(get, path = "/periods", responses((status = 200, body = Vec<ClosedPeriod>)))]
async fn list(extract::State(state): extract::State<State>) -> Result<Json<Vec<ClosedPeriod>>> {
	Ok(Json(state.store.periods().await?))
}

/// A month as a whole.
#[derive(Serialize, ToSchema)]
struct MonthWhole {
	/// When it was closed and settled, and its totals.
	#[serde(flatten)]
	closed: ClosedPeriod,
	/// How payments spread over payees.
	distribution: Distribution,
	/// What happened inside sandboxes.
	sandbox: SandboxMonth,
}

/// A month as a whole: its report, how payments spread, and jobs inside sandboxes.
#[utoipa::path(
	get, path = "/periods/{period}", params(("period" = String, Path)),
	responses((status = 200, body = MonthWhole), (status = 404, body = super::error::ErrorBody)))]
async fn one(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
) -> Result<Json<MonthWhole>> {
	let period = month(&text)?;
	let closed = state.store.period(period).await?;
	let closed = closed.ok_or_else(|| Error::not_found(format_args!("closed month {period}")))?;
	let distribution = state.store.distribution(period).await?;
	let sandbox = state.store.sandbox_month(period).await?;
	Ok(Json(MonthWhole { closed, distribution, sandbox }))
}

/// The payments of a month, in the order they were made in.
#[utoipa::path(
	get, path = "/periods/{period}/payments", params(("period" = String, Path), Paging),
	responses((status = 200, body = Listed<Payment>)))]
async fn payments(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Payment>>> {
	let (after, limit) = paging.read(FIRST)?;
	Ok(Json(state.store.payments_in(month(&text)?, after, limit).await?))
}

/// The statements of a month, the highest paid first.
#[utoipa::path(
	get, path = "/periods/{period}/statements", params(("period" = String, Path), Paging),
	responses((status = 200, body = Listed<NamedStatement>)))]
async fn statements(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<NamedStatement>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.statements_in(month(&text)?, before, limit).await?))
}

/// Assets of a month, the most called first.
#[utoipa::path(
	get, path = "/periods/{period}/demand", params(("period" = String, Path), Paging),
	responses((status = 200, body = Listed<Usage>)))]
async fn demand(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
	Asked(paging): Asked<Paging>,
) -> Result<Json<Listed<Usage>>> {
	let (before, limit) = paging.read(NEWEST)?;
	Ok(Json(state.store.most_called(month(&text)?, before, limit).await?))
}

/// Domains of a month, the most called first.
#[utoipa::path(
	get, path = "/periods/{period}/domains", params(("period" = String, Path)),
	responses((status = 200, body = Vec<DomainUsage>)))]
async fn domains(
	extract::State(state): extract::State<State>,
	Path(text): Path<String>,
) -> Result<Json<Vec<DomainUsage>>> {
	Ok(Json(state.store.domains_in_demand(month(&text)?).await?))
}
