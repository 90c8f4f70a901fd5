//! Pages for what went wrong. Whoever is lost finds the search there.

use super::{browse::language_kept, language::Language, site::Site};
use crate::{State, chain, store};
use askama::Template;
use axum::{
	extract::{FromRequestParts, Request},
	http::{HeaderValue, StatusCode, header},
	middleware::Next,
	response::{Html, IntoResponse, Response},
};

/// Why there is no page.
#[derive(Clone, Debug)]
pub enum Failure {
	/// There is no such thing.
	NotFound,
	/// The address asks for something that cannot be.
	Bad,
	/// The database did not answer, or a page could not be written.
	Broken,
	/// It takes longer than is waited.
	Slow,
}

impl From<store::Error> for Failure {
	fn from(error: store::Error) -> Self {
		tracing::error!(%error, "a page failed");
		Self::Broken
	}
}

impl From<askama::Error> for Failure {
	fn from(error: askama::Error) -> Self {
		tracing::error!(%error, "a page could not be written");
		Self::Broken
	}
}

impl From<chain::Error> for Failure {
	fn from(error: chain::Error) -> Self {
		tracing::warn!(%error, "the node did not answer a page");
		Self::Broken
	}
}

impl Failure {
	fn status(&self) -> StatusCode {
		match self {
			Self::NotFound => StatusCode::NOT_FOUND,
			Self::Bad => StatusCode::BAD_REQUEST,
			Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
			Self::Slow => StatusCode::GATEWAY_TIMEOUT,
		}
	}
}

impl IntoResponse for Failure {
	/// The page itself is written by [`explain`], which knows the language.
	fn into_response(self) -> Response {
		let mut response = self.status().into_response();
		response.extensions_mut().insert(self);
		response
	}
}

/// A page, or why there is none.
pub type Page = Result<Response, Failure>;

/// Writes a page.
pub fn page(template: &impl Template) -> Page {
	Ok(Html(template.render()?).into_response())
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Explained {
	s: Site,
	what: &'static str,
}

/// Finds out once what every page knows, and writes the page of a failure, or of a refusal of what was asked (a number
/// that is none).
pub async fn explain(
	axum::extract::State(state): axum::extract::State<State>,
	request: Request,
	next: Next,
) -> Response {
	let (mut parts, body) = request.into_parts();
	let Ok(site) = Site::from_request_parts(&mut parts, &state).await;
	parts.extensions.insert(site.clone());
	let mut response = next.run(Request::from_parts(parts, body)).await;
	let failure = match response.extensions().get::<Failure>() {
		Some(failure) => Some(failure.clone()),
		None if response.status() == StatusCode::BAD_REQUEST => Some(Failure::Bad),
		None => None,
	};
	let kept = site.is_prefixed().then(|| language_kept(&site).to_string());
	if let Some(failure) = failure {
		response = written(site, &failure);
	}
	// Who once came by an address with a language stays in it.
	if let Some(Ok(cookie)) = kept.map(|cookie| HeaderValue::from_str(&cookie)) {
		response.headers_mut().append(header::SET_COOKIE, cookie);
	}
	response
}

/// What is said to an address that asks for too many pages: in both languages, since nothing is looked at any more.
pub fn too_many(seconds: u64) -> Response {
	let said =
		Language::ALL.map(|language| language.tell("failure-too-many", &[("seconds", seconds.into())]));
	let wait = [(header::RETRY_AFTER, seconds.to_string())];
	(StatusCode::TOO_MANY_REQUESTS, wait, said.join("\n")).into_response()
}

/// What is answered where a page takes too long.
pub fn too_slow(_: u64) -> Response {
	Failure::Slow.into_response()
}

fn written(site: Site, failure: &Failure) -> Response {
	let what = match failure {
		Failure::NotFound => "not-found",
		Failure::Bad => "bad",
		Failure::Broken => "broken",
		Failure::Slow => "slow",
	};
	let language = site.language;
	match (Explained { s: site, what }).render() {
		Ok(text) => (failure.status(), Html(text)).into_response(),
		Err(_) => (failure.status(), language.say("failure-broken")).into_response(),
	}
}
