//! Blocks, transactions and validators, as an explorer has them.

use super::{
	account::money,
	failure::{Failure, Page, page},
	format::{Html, escaped, in_path},
	receipts::{A_PAGE, From},
	site::Site,
};
use crate::{
	State,
	store::{
		ExtrinsicPlace, FIRST, Listed, NEWEST,
		read::{
			blocks::{Block, Extrinsic, Validator},
			happened::Happened,
		},
	},
};
use askama::Template;
use axum::{
	extract::{Path, Query, State as Shared},
	response::{IntoResponse, Redirect},
};

#[derive(Template)]
#[template(path = "blocks.html")]
struct Blocks {
	s: Site,
	blocks: Listed<Block>,
	begun: bool,
}

/// `/blocks`
pub async fn blocks(Shared(state): Shared<State>, s: Site, Query(from): Query<From>) -> Page {
	let blocks = state.store.blocks(from.cursor(NEWEST)?, A_PAGE).await?;
	page(&Blocks { s, blocks, begun: from.from.is_some() })
}

#[derive(Template)]
#[template(path = "block.html")]
struct OneBlock {
	s: Site,
	block: Block,
	extrinsics: Listed<Extrinsic>,
	events: Listed<Happened>,
	newer: bool,
	begun: bool,
}

/// A block as an address names it.
async fn named(state: &State, name: &str) -> Result<Block, Failure> {
	let found = match name.parse() {
		Ok(height) => state.store.block(height).await?,
		Err(_) => state.store.block_by_hash(&name.to_ascii_lowercase()).await?,
	};
	found.ok_or(Failure::NotFound)
}

/// `/block/{number or hash}`
pub async fn block(
	Shared(state): Shared<State>,
	s: Site,
	Path(name): Path<String>,
	Query(from): Query<From>,
) -> Page {
	let block = named(&state, &name).await?;
	let extrinsics = state.store.extrinsics_in(block.height, from.cursor(FIRST)?, A_PAGE).await?;
	let events = state.store.happened_in(block.height, FIRST, FEW).await?;
	let newer = s.last.as_ref().is_some_and(|last| last.height > block.height);
	page(&OneBlock { s, block, extrinsics, events, newer, begun: from.from.is_some() })
}

/// Events that stand on a block's own page.
const FEW: i64 = 10;

#[derive(Template)]
#[template(path = "block_events.html")]
struct Events {
	s: Site,
	block: Block,
	events: Listed<Happened>,
	begun: bool,
}

/// What happened, in words.
pub fn happened(s: &Site, one: &Happened) -> String {
	let name = one.name.as_deref().unwrap_or_default().to_lowercase();
	let mut words = match one.what.as_str() {
		"changed" => s.named("change", name),
		"permit" => s.named("permit-event", name),
		"operator" => s.named("operator-event", name),
		what => s.named("happened", what),
	};
	if let Some(reason) = &one.reason {
		words += &s.with("change-because", "value", reason);
	}
	words
}

/// What an event is about, with the page that says more of it.
pub fn subject(s: &Site, one: &Happened) -> Html {
	let asset = one.asset.zip(one.handle.as_ref()).map(|(id, handle)| s.asset(id, handle).0);
	let link =
		|path: String, text: String| format!("<a href=\"{}\">{}</a>", escaped(&s.href(path)), escaped(&text));
	let more = match (one.what.as_str(), one.asset, one.number) {
		("used", Some(asset), Some(number)) => Some(link(
			format!("/asset/{asset}/receipts/{number}"),
			s.with("receipt-number", "number", number),
		)),
		("permit", _, Some(number)) => Some(link(format!("/permit/{number}"), format!("#{number}"))),
		("paid" | "undelivered", _, _) => one.account.as_ref().zip(one.period).map(|(payee, period)| {
			link(format!("/account/{}/record/{period}", in_path(payee)), s.say("why-link"))
		}),
		_ => None,
	};
	Html(asset.into_iter().chain(more).collect::<Vec<_>>().join(" · "))
}

/// `/block/{number or hash}/events`
pub async fn events(
	Shared(state): Shared<State>,
	s: Site,
	Path(name): Path<String>,
	Query(from): Query<From>,
) -> Page {
	let block = named(&state, &name).await?;
	let events = state.store.happened_in(block.height, from.cursor(FIRST)?, A_PAGE).await?;
	page(&Events { s, block, events, begun: from.from.is_some() })
}

#[derive(Template)]
#[template(path = "transaction.html")]
struct Transaction {
	s: Site,
	one: Extrinsic,
	block: Option<Block>,
	events: Listed<Happened>,
	begun: bool,
}

impl Transaction {
	fn fee(&self) -> Option<Html> {
		let fee = self.one.fee.as_deref()?;
		Some(money(&self.s, self.one.fee_currency.as_deref().unwrap_or("LOOM"), fee))
	}

	/// The arguments, one a line.
	fn args(&self) -> String {
		serde_json::to_string_pretty(&self.one.args.value()).unwrap_or_default()
	}
}

/// `/transaction/{block-position or hash}`
pub async fn transaction(
	Shared(state): Shared<State>,
	s: Site,
	Path(name): Path<String>,
	Query(from): Query<From>,
) -> Page {
	let Ok(place) = name.parse::<ExtrinsicPlace>() else {
		let found = state.store.extrinsics_by_hash(&name.to_ascii_lowercase()).await?.into_iter().next();
		let place = found.ok_or(Failure::NotFound)?.place();
		return Ok(Redirect::to(&s.href(format!("/transaction/{place}"))).into_response());
	};
	let one = state.store.extrinsic(place).await?.ok_or(Failure::NotFound)?;
	let block = state.store.block(one.height).await?;
	let events = state.store.happened_by(&one, from.cursor(FIRST)?, A_PAGE).await?;
	page(&Transaction { s, one, block, events, begun: from.from.is_some() })
}

#[derive(Template)]
#[template(path = "validators.html")]
struct Validators {
	s: Site,
	validators: Vec<Validator>,
}

/// `/validators`
pub async fn validators(Shared(state): Shared<State>, s: Site) -> Page {
	let validators = state.store.validators().await?;
	page(&Validators { s, validators })
}
