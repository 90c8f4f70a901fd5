//! Sandboxes: permits, what became of them, and who runs jobs.

use super::{
	failure::{Failure, Page, page},
	receipts::{A_PAGE, From},
	site::Site,
};
use crate::{
	State,
	store::{
		Listed, NEWEST,
		read::assets::Asset,
		read::permits::{Operator, Permit, PermitEvent, PermitUse},
	},
};
use askama::Template;
use axum::extract::{Path, Query, State as Shared};

#[derive(Template)]
#[template(path = "sandbox.html")]
struct Sandbox {
	s: Site,
	permits: Listed<Permit>,
	operators: Vec<Operator>,
	begun: bool,
}

/// `/sandbox`
pub async fn sandbox(Shared(state): Shared<State>, s: Site, Query(from): Query<From>) -> Page {
	let permits = state.store.permits(from.cursor(NEWEST)?, A_PAGE).await?;
	let operators = state.store.operators().await?;
	page(&Sandbox { s, permits, operators, begun: from.from.is_some() })
}

#[derive(Template)]
#[template(path = "permit.html")]
struct OnePermit {
	s: Site,
	permit: Permit,
	uses: Vec<PermitUse>,
	events: Vec<PermitEvent>,
	into: Option<Asset>,
}

/// `/permit/{number}`
pub async fn permit(Shared(state): Shared<State>, s: Site, Path(id): Path<i64>) -> Page {
	let permit = state.store.permit(id).await?.ok_or(Failure::NotFound)?;
	let uses = state.store.permit_uses(id).await?;
	let events = state.store.permit_events(id).await?;
	let into = match permit.consumed_into {
		Some(asset) => state.store.asset(asset).await?,
		None => None,
	};
	page(&OnePermit { s, permit, uses, events, into })
}
