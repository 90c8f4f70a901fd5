//! The web server: one state, one router a subject.

use crate::{api, chain::Node, index::News, pages, settings::Settings, store::Store};
use axum::{
	Router,
	extract::Request,
	http::{HeaderValue, header},
	middleware::{self, Next},
	response::{IntoResponse, Response},
};
use std::sync::Arc;
use tokio::sync::broadcast;
use tower_http::{
	compression::CompressionLayer, limit::RequestBodyLimitLayer, set_header::SetResponseHeaderLayer,
};

/// The most bytes of a question's body.
const LARGEST_BODY: usize = 64 * 1024;

/// News that a slow listener may be behind before it misses some.
const NEWS_KEPT: usize = 1_024;

/// What handlers share.
#[derive(Clone)]
pub struct State {
	/// What was indexed.
	pub store: Store,
	/// The node.
	pub node: Arc<Node>,
	/// What whoever runs it decided.
	pub settings: Arc<Settings>,
	/// What is new, as it is indexed.
	pub news: broadcast::Sender<News>,
}

impl State {
	/// A state with nobody listening yet.
	pub fn new(store: Store, node: Arc<Node>, settings: Settings) -> Self {
		Self { store, node, settings: Arc::new(settings), news: broadcast::Sender::new(NEWS_KEPT) }
	}
}

/// The explorer: its API and its pages.
pub fn app(state: State) -> Router {
	Router::new()
		.merge(api::routes(&state))
		.merge(pages::routes(&state))
		.layer(middleware::from_fn(without_zeros))
		.layer(CompressionLayer::new())
		.layer(RequestBodyLimitLayer::new(LARGEST_BODY))
		.layer(SetResponseHeaderLayer::if_not_present(
			header::X_CONTENT_TYPE_OPTIONS,
			HeaderValue::from_static("nosniff"),
		))
		.layer(SetResponseHeaderLayer::if_not_present(
			header::REFERRER_POLICY,
			HeaderValue::from_static("same-origin"),
		))
		.with_state(state)
}

/// Refuses zeros in addresses: nothing that is stored has any, and PostgreSQL takes no text with one.
async fn without_zeros(request: Request, next: Next) -> Response {
	let asked = request.uri().path_and_query().map_or("", |asked| asked.as_str());
	if asked.contains("%00") {
		return api::Error::BadRequest("an address cannot have a zero (%00) in it".into()).into_response();
	}
	next.run(request).await
}
