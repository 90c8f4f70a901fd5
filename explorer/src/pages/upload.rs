//! Where people sign: an asset to register, whom its income is paid to, and what waits to be claimed. What is signed is
//! made in the reader's browser and goes to the node from there; this server sees none of it.

use super::{
	failure::{Page, page},
	site::Site,
};
use crate::{
	State, chain,
	store::{Money, read::assets::Domain},
};
use askama::Template;
use axum::extract::{Query, State as Shared};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "upload.html")]
struct Upload {
	s: Site,
	domains: Vec<Domain>,
	like: Like,
}

/// An asset like one that is in demand.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Like {
	/// `data`, `model` or `script`.
	kind: String,
	/// The name of a domain.
	domain: String,
}

/// `/upload`
pub async fn upload(Shared(state): Shared<State>, s: Site, Query(like): Query<Like>) -> Page {
	let domains = state.store.domains().await?;
	page(&Upload { s, domains, like })
}

#[derive(Template)]
#[template(path = "payout.html")]
struct Payout {
	s: Site,
	asset: String,
	payee: String,
	waits: Option<Waits>,
}

/// What waits to be claimed.
enum Waits {
	/// So much for an account.
	For { address: String, held: Money },
	/// The text is no address.
	Nobody,
}

/// What the forms begin with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct About {
	/// Handle or number of an asset.
	asset: String,
	/// Address of an account for which something may wait.
	payee: String,
}

/// `/payout`
pub async fn payout(Shared(state): Shared<State>, s: Site, Query(about): Query<About>) -> Page {
	let About { asset, payee } = about;
	let waits = match (payee.trim(), chain::address::read(payee.trim())) {
		("", _) => None,
		(_, None) => Some(Waits::Nobody),
		(_, Some(address)) => Some(Waits::For { held: state.store.held(&address).await?, address }),
	};
	page(&Payout { s, asset, payee, waits })
}
