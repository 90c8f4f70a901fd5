//! Lists of an asset that are too long for its own page: receipts, derivatives; and one receipt.

use super::{
	asset::named,
	failure::{Failure, Page, page},
	home::PATIENCE,
	site::Site,
};
use crate::{
	State,
	index::checks,
	store::{
		Cursor, ExtrinsicPlace, FIRST, Listed, NEWEST,
		read::{
			assets::{Asset, Relative},
			checks::Check,
			receipts::Receipt,
		},
	},
};
use askama::Template;
use axum::extract::{Path, Query, State as Shared};
use serde::Deserialize;

/// Items of one page of a list.
pub const A_PAGE: i64 = 50;

/// Where a page of a list begins.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct From {
	/// The cursor that the page before named.
	pub from: Option<String>,
}

impl From {
	/// The cursor, or where the list begins.
	pub fn cursor(&self, beginning: Cursor) -> Result<Cursor, Failure> {
		self.from.as_deref().map_or(Ok(beginning), |text| text.parse().map_err(|_| Failure::Bad))
	}
}

/// The most receipts that are hashed again while a page is waited for.
const REHASHED: i64 = 10_000;

/// What came of comparing an asset's receipts with the chain's running hash; compared now where that is not known for all
/// of them, and where it is soon done.
pub async fn certificate(state: &State, asset: &Asset) -> Result<Option<Check>, Failure> {
	let known = state.store.check("receipts", &asset.id.to_string()).await?;
	let whole = known.as_ref().is_some_and(|check| check.compared == asset.receipts);
	if whole || asset.receipts == 0 || asset.receipts > REHASHED {
		return Ok(known);
	}
	let compared =
		tokio::time::timeout(PATIENCE, checks::receipts::compare(&state.store, &state.node, asset.id)).await;
	Ok(compared.ok().and_then(|compared| compared.ok()).or(known))
}

#[derive(Template)]
#[template(path = "receipts.html")]
struct Receipts {
	s: Site,
	asset: Asset,
	receipts: Listed<Receipt>,
	check: Option<Check>,
	begun: bool,
}

/// `/asset/{name}/receipts`
pub async fn receipts(
	Shared(state): Shared<State>,
	s: Site,
	Path(name): Path<String>,
	Query(from): Query<From>,
) -> Page {
	let asset = named(&state, &name).await?;
	let receipts = state.store.receipts(asset.id, from.cursor(NEWEST)?, A_PAGE).await?;
	let check = certificate(&state, &asset).await?;
	page(&Receipts { s, asset, receipts, check, begun: from.from.is_some() })
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct OneReceipt {
	s: Site,
	asset: Asset,
	receipt: Receipt,
	before: Option<Receipt>,
	/// The transaction that left it.
	transaction: Option<ExtrinsicPlace>,
}

/// `/asset/{name}/receipts/{number}`
pub async fn receipt(
	Shared(state): Shared<State>,
	s: Site,
	Path((name, number)): Path<(String, i64)>,
) -> Page {
	let asset = named(&state, &name).await?;
	let receipt = state.store.receipt(asset.id, number).await?.ok_or(Failure::NotFound)?;
	let before = match number {
		0 => None,
		number => state.store.receipt(asset.id, number - 1).await?,
	};
	let transaction = state.store.extrinsic_of(receipt.height, receipt.event).await?;
	page(&OneReceipt { s, asset, receipt, before, transaction })
}

#[derive(Template)]
#[template(path = "derivatives.html")]
struct Derivatives {
	s: Site,
	asset: Asset,
	children: Listed<Relative>,
	begun: bool,
}

/// `/asset/{name}/derivatives`
pub async fn derivatives(
	Shared(state): Shared<State>,
	s: Site,
	Path(name): Path<String>,
	Query(from): Query<From>,
) -> Page {
	let asset = named(&state, &name).await?;
	let children = state.store.children(asset.id, from.cursor(FIRST)?, A_PAGE).await?;
	page(&Derivatives { s, asset, children, begun: from.from.is_some() })
}
