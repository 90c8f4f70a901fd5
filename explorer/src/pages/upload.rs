//! Where people sign: an asset to register, whom its income is paid to, and what waits to be claimed. What is signed is
//! made in the reader's browser and goes to the node from there; this server sees none of it. Files are added to an
//! IPFS node of the reader's own in the same way.

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

/// Where the reader's own IPFS node may listen, as a page's rules name it. On no other computer: whoever reaches the RPC of
/// such a node can do everything with it, so it is kept on the loopback interface. Of IPv6 these rules know no addresses.
pub const OWN_STORAGE: &str = "http://127.0.0.1:* http://localhost:*";

/// Goes with a page that may speak to [`OWN_STORAGE`].
#[derive(Clone, Copy, Debug)]
pub struct AddsToOwnStorage;

/// `/upload`
pub async fn upload(Shared(state): Shared<State>, s: Site, Query(like): Query<Like>) -> Page {
	let domains = state.store.domains().await?;
	let mut response = page(&Upload { s, domains, like })?;
	response.extensions_mut().insert(AddsToOwnStorage);
	Ok(response)
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
