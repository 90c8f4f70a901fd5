//! How much is answered: so many questions of one address, so long for each.

use super::Error;
use crate::settings::Settings;
use axum::{
	Router,
	body::Body,
	extract::ConnectInfo,
	http::{Request, Response},
	middleware::{self, Next},
	response::IntoResponse,
};
use std::{
	net::{IpAddr, Ipv4Addr, SocketAddr},
	time::Duration,
};
use tokio::runtime::Handle;
use tower_governor::{
	GovernorError, GovernorLayer, governor::GovernorConfigBuilder, key_extractor::KeyExtractor,
};

/// The address that asks, as the connection has it. What a request says of itself is not believed.
#[derive(Clone, Copy, Debug)]
struct Peer;

impl KeyExtractor for Peer {
	type Key = IpAddr;

	fn extract<Content>(&self, request: &Request<Content>) -> Result<IpAddr, GovernorError> {
		let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
		Ok(peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip()))
	}
}

/// How often what is remembered of addresses that ask no more is forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// Limits how often one address may ask.
pub fn per_address<S: Clone + Send + Sync + 'static>(routes: Router<S>, settings: &Settings) -> Router<S> {
	let rate = u32::try_from(settings.requests_per_second).unwrap_or(u32::MAX).max(1);
	let config = GovernorConfigBuilder::default()
		.period(Duration::from_secs(1) / rate)
		.burst_size(settings.burst.max(1))
		.key_extractor(Peer)
		.finish();
	// None only where the period or the burst is zero, which they are not.
	let Some(config) = config else { return routes };
	if let Ok(runtime) = Handle::try_current() {
		let limiter = config.limiter().clone();
		runtime.spawn(async move {
			loop {
				tokio::time::sleep(FORGET_EVERY).await;
				limiter.retain_recent();
			}
		});
	}
	routes.layer(GovernorLayer::new(config).error_handler(refused))
}

fn refused(error: GovernorError) -> Response<Body> {
	match error {
		GovernorError::TooManyRequests { wait_time, .. } => Error::TooMany(wait_time.max(1)).into_response(),
		other => Error::BadRequest(other.to_string()).into_response(),
	}
}

/// Limits how long an answer may take.
pub fn in_time<S: Clone + Send + Sync + 'static>(routes: Router<S>, settings: &Settings) -> Router<S> {
	let longest = settings.timeout;
	routes.layer(middleware::from_fn(move |request: axum::extract::Request, next: Next| async move {
		let answer = tokio::time::timeout(longest, next.run(request)).await;
		answer.unwrap_or_else(|_| Error::TooSlow(longest.as_secs()).into_response())
	}))
}
