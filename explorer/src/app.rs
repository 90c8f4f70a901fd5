//! The web server: one state, one router a subject.

use crate::{
	api,
	chain::{self, Node, balance::Balance},
	index::News,
	pages,
	per_block::PerBlock,
	settings::Settings,
	store::Store,
};
use axum::{
	Router,
	extract::Request,
	http::{HeaderValue, header},
	middleware::{self, Next},
	response::{IntoResponse, Response},
};
use heirloom_primitives::{AssetId, Estimate};
use std::sync::Arc;
use subxt::utils::AccountId32;
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
	/// What assets would be due, as the node answered it.
	estimates: Arc<PerBlock<AssetId, Estimate>>,
	/// What accounts have, as the node answered it.
	balances: Arc<PerBlock<[u8; 32], Balance>>,
}

impl State {
	/// A state with nobody listening yet.
	pub fn new(store: Store, node: Arc<Node>, settings: Settings) -> Self {
		Self {
			store,
			node,
			settings: Arc::new(settings),
			news: broadcast::Sender::new(NEWS_KEPT),
			estimates: Arc::default(),
			balances: Arc::default(),
		}
	}

	/// What an asset would be due, were the month closed now: asked of the node once, while a block is the last one.
	pub async fn estimate(&self, asset: AssetId, height: i64) -> chain::Result<Estimate> {
		self.estimates.get(height, asset, self.node.estimate(asset)).await
	}

	/// What an account has: asked of the node once, while a block is the last one of the index.
	pub async fn balance(&self, account: [u8; 32], height: i64) -> chain::Result<Balance> {
		self.balances.get(height, account, self.node.balance(AccountId32(account))).await
	}
}

/// The explorer: its API and its pages.
pub fn app(state: State) -> Router {
	Router::new()
		.merge(api::routes(&state))
		.merge(pages::routes(&state))
		.layer(middleware::from_fn(readable))
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

/// Refuses addresses that are no text: what is no UTF-8, and zeros, which nothing that is stored has and PostgreSQL does not
/// take.
async fn readable(request: Request, next: Next) -> Response {
	let uri = request.uri();
	let asked = unescaped(uri.path()).and_then(|_| unescaped(uri.query().unwrap_or_default()));
	if asked.is_none() {
		let said = "an address must be text: UTF-8 without zeros (%00)";
		return api::Error::BadRequest(said.into()).into_response();
	}
	next.run(request).await
}

/// What an escaped text says; none where that is no text.
fn unescaped(escaped: &str) -> Option<String> {
	let mut bytes = Vec::with_capacity(escaped.len());
	let mut rest = escaped.as_bytes();
	while let Some((first, behind)) = rest.split_first() {
		let code = if *first == b'%' { behind.split_at_checked(2) } else { None };
		let byte =
			code.and_then(|(digits, behind)| Some((hex::decode(digits).ok()?.first().copied()?, behind)));
		let (byte, behind) = byte.unwrap_or((*first, behind));
		bytes.push(byte);
		rest = behind;
	}
	String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_text_is_unescaped() {
		assert_eq!(unescaped("/a%2Fb%C3%A9").as_deref(), Some("/a/b\u{e9}"));
		assert_eq!(unescaped("100%&%zz%4").as_deref(), Some("100%&%zz%4"));
		assert_eq!((unescaped("%FF"), unescaped("a%00b")), (None, None));
	}
}
