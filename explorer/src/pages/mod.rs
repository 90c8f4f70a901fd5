//! Pages for people: plain HTML that works without scripts, in two languages.
//!
//! A page is a file here and a template of the same name. What it says stands in `locales/`, how it looks in `web/src`.
//! Addresses are the same in each language; one that begins with a language's tag is in that language, with all its links.

mod account;
mod alerts;
mod asset;
mod browse;
pub mod bundle;
mod calculator;
mod chain;
mod chart;
mod demand;
mod explain;
mod failure;
pub mod format;
mod handbook;
mod home;
pub mod icons;
mod language;
mod lineage;
mod months;
mod picture;
mod receipts;
mod record;
mod sandbox;
mod site;
mod statement;
mod upload;
mod weight;
mod withheld;
mod year;

pub use alerts::{path as alert_path, sentence as alert_sentence};
pub use language::Language;
pub use picture::{Layout, NotALineage, layout};

use crate::{State, api::limits, settings::Settings};
use axum::{
	Router,
	extract::{Path, Request, State as Shared},
	http::{HeaderValue, StatusCode, header},
	middleware::{self, Next},
	response::{IntoResponse, Response},
	routing::get,
};

/// The parts of the site, in the order of its navigation: the path, and the message of its name.
pub const NAVIGATION: [(&str, &str); 7] = [
	("/me", "nav-me"),
	("/months", "nav-months"),
	("/demand", "nav-demand"),
	("/upload", "upload"),
	("/payout", "payout"),
	("/calculator", "nav-calculator"),
	("/handbook", "nav-handbook"),
];

/// All pages, and the files that stand beside them: these are sent for as long as it takes.
fn pages(settings: &Settings) -> Router<State> {
	let pages = Router::new()
		.route("/", get(home::home))
		.route("/search", get(browse::search))
		.route("/browse", get(browse::browse))
		.route("/asset/{name}", get(asset::asset))
		.route("/asset/{name}/lineage", get(lineage::whole))
		.route("/asset/{name}/derivatives", get(receipts::derivatives))
		.route("/asset/{name}/receipts", get(receipts::receipts))
		.route("/asset/{name}/receipts/{number}", get(receipts::receipt))
		.route("/asset/{name}/months/{month}", get(statement::statement))
		.route("/me", get(account::me))
		.route("/account/{address}", get(account::account))
		.route("/account/{address}/record", get(record::record))
		.route("/account/{address}/record/{month}", get(record::payment))
		.route("/account/{address}/alerts", get(alerts::alerts))
		.route("/account/{address}/feed.atom", get(alerts::feed))
		.route("/months", get(months::months))
		.route("/months/{month}", get(months::report))
		.route("/demand", get(demand::demand))
		.route("/calculator", get(calculator::calculator))
		.route("/handbook", get(handbook::handbook))
		.route("/upload", get(upload::upload))
		.route("/payout", get(upload::payout))
		.route("/sandbox", get(sandbox::sandbox))
		.route("/permit/{number}", get(sandbox::permit))
		.route("/checks", get(browse::checks))
		.route("/blocks", get(chain::blocks))
		.route("/block/{name}", get(chain::block))
		.route("/block/{name}/events", get(chain::events))
		.route("/transaction/{name}", get(chain::transaction))
		.route("/validators", get(chain::validators));
	limits::in_time(pages, settings, failure::too_slow)
		.route("/account/{address}/year/{year}", get(year::year))
}

/// The routes of all pages. `state` is for what is shown where there is none.
pub fn routes(state: &State) -> Router<State> {
	let mut routes = pages(&state.settings);
	for language in Language::ALL {
		let prefix = format!("/{}", language.tag());
		let home = Router::new().route(&format!("{prefix}/"), get(home::home));
		let home = limits::in_time(home, &state.settings, failure::too_slow);
		routes = routes.nest(&prefix, pages(&state.settings)).merge(home);
	}
	let routes = routes
		.route("/theme", get(browse::theme))
		.fallback(nowhere)
		.layer(middleware::from_fn_with_state(state.clone(), failure::explain));
	// Refused before anything is asked of the database. Styles and scripts cost nothing.
	let specification = Router::new().route("/light-client/{name}", get(light_client));
	let specification = limits::per_address(specification, &state.settings, failure::too_many);
	limits::per_address(routes, &state.settings, failure::too_many)
		.layer(middleware::from_fn_with_state(state.clone(), secured))
		.route("/assets/{*path}", get(bundle::file))
		.route("/icon.svg", get(icon))
		.merge(specification)
}

async fn nowhere() -> failure::Failure {
	failure::Failure::NotFound
}

async fn icon() -> Response {
	let kept = (header::CACHE_CONTROL, "public, max-age=86400");
	([(header::CONTENT_TYPE, "image/svg+xml"), kept], icons::MARK).into_response()
}

async fn light_client(Path(name): Path<String>, Shared(state): Shared<State>) -> Response {
	let known = state.settings.light_client.as_ref();
	match known.filter(|client| client.path.strip_prefix("/light-client/") == Some(&name)) {
		Some(client) => client.answer(),
		None => StatusCode::NOT_FOUND.into_response(),
	}
}

/// Says what a page may load: nothing from elsewhere, and no script or style that stands in it. Its scripts may ask the
/// node, which is how a reader verifies without trusting this server, and speak to the nodes that a light client begins with;
/// where files are added to storage, also to the reader's own computer.
async fn secured(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
	let mut response = next.run(request).await;
	let node = &state.settings.public_node;
	let http = node.replacen("ws", "http", 1);
	let peers = state.settings.light_client.as_ref().map(|client| format!(" {}", client.sockets.join(" ")));
	let peers = peers.unwrap_or_default();
	let adds = response.extensions().get::<upload::AddsToOwnStorage>().is_some();
	let storage = if adds { format!(" {}", upload::OWN_STORAGE) } else { String::new() };
	let policy = format!(
		"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
		img-src 'self' data:; connect-src 'self' {node} {http}{peers}{storage}; form-action 'self'; base-uri 'none'; \
		frame-ancestors 'none'"
	);
	let headers = response.headers_mut();
	// A node's address that cannot stand in a header would open nothing: then scripts reach this server only.
	let policy = HeaderValue::from_str(&policy)
		.unwrap_or(HeaderValue::from_static("default-src 'none'; script-src 'self'; style-src 'self'"));
	headers.insert(header::CONTENT_SECURITY_POLICY, policy);
	headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
	response
}
