//! How much is answered: so many questions of one address, so long for each.

use super::Error;
use crate::settings::Settings;
use axum::{
	Router,
	body::Body,
	extract::ConnectInfo,
	http::{HeaderMap, Request, Response},
	middleware::{self, Next},
	response::IntoResponse,
};
use std::{
	net::{IpAddr, Ipv4Addr, SocketAddr},
	time::Duration,
};
use tokio::{
	runtime::Handle,
	sync::{AcquireError, Semaphore, SemaphorePermit},
};
use tower_governor::{
	GovernorError, GovernorLayer, governor::GovernorConfigBuilder, key_extractor::KeyExtractor,
};

/// Files that are sent at once; others wait.
static FILES: Semaphore = Semaphore::const_new(16);

/// Waits for a place among the files that are sent at once. It is given back when it is dropped.
pub async fn place_of_a_file() -> Result<SemaphorePermit<'static>, AcquireError> {
	FILES.acquire().await
}

/// The address that asks, as the connection has it. What a request says of itself is believed of a proxy only.
#[derive(Clone, Copy, Debug)]
struct Peer {
	proxy: Option<IpAddr>,
}

impl KeyExtractor for Peer {
	type Key = IpAddr;

	fn extract<Content>(&self, request: &Request<Content>) -> Result<IpAddr, GovernorError> {
		let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
		let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
		let behind = self.proxy.filter(|proxy| *proxy == peer).and_then(|_| forwarded(request.headers()));
		Ok(network(behind.unwrap_or(peer)))
	}
}

/// The last address that a request was forwarded for: the one that the proxy itself saw.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
	let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
	last.rsplit(',').next()?.trim().parse().ok()
}

/// Whoever has one address of IPv6 has all 2^64 of its network.
fn network(address: IpAddr) -> IpAddr {
	match address {
		IpAddr::V4(_) => address,
		IpAddr::V6(address) => match address.to_ipv4_mapped() {
			Some(address) => IpAddr::V4(address),
			None => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
		},
	}
}

/// How often what is remembered of addresses that ask no more is forgotten.
const FORGET_EVERY: Duration = Duration::from_secs(60);

/// Limits how often one address may ask; `refused` says how many seconds to wait.
pub fn per_address<S: Clone + Send + Sync + 'static>(
	routes: Router<S>,
	settings: &Settings,
	refused: fn(u64) -> Response<Body>,
) -> Router<S> {
	let rate = u32::try_from(settings.requests_per_second).unwrap_or(u32::MAX).max(1);
	let config = GovernorConfigBuilder::default()
		.period(Duration::from_secs(1) / rate)
		.burst_size(settings.burst.max(1))
		.key_extractor(Peer { proxy: settings.proxy })
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
	routes.layer(GovernorLayer::new(config).error_handler(move |error| match error {
		GovernorError::TooManyRequests { wait_time, .. } => refused(wait_time.max(1)),
		other => Error::BadRequest(other.to_string()).into_response(),
	}))
}

/// The API's refusal.
pub fn refused(seconds: u64) -> Response<Body> {
	Error::TooMany(seconds).into_response()
}

/// The API's word on an answer that takes too long.
pub fn too_slow(seconds: u64) -> Response<Body> {
	Error::TooSlow(seconds).into_response()
}

/// Limits how long an answer may take; `too_slow` says how many seconds were waited.
pub fn in_time<S: Clone + Send + Sync + 'static>(
	routes: Router<S>,
	settings: &Settings,
	too_slow: fn(u64) -> Response<Body>,
) -> Router<S> {
	let longest = settings.timeout;
	routes.layer(middleware::from_fn(move |request: axum::extract::Request, next: Next| async move {
		let answer = tokio::time::timeout(longest, next.run(request)).await;
		answer.unwrap_or_else(|_| too_slow(longest.as_secs()))
	}))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn asks(proxy: Option<&str>, peer: &str, forwarded: &[&str]) -> IpAddr {
		let peer = SocketAddr::new(peer.parse().unwrap(), 1);
		let mut request = Request::builder().extension(ConnectInfo(peer));
		for value in forwarded {
			request = request.header("x-forwarded-for", *value);
		}
		let proxy = proxy.map(|proxy| proxy.parse().unwrap());
		Peer { proxy }.extract(&request.body(()).unwrap()).unwrap()
	}

	#[test]
	fn only_a_proxy_should_be_believed_in_whose_name_it_asks() {
		let address = |text: &str| text.parse::<IpAddr>().unwrap();
		let said = ["198.51.100.9", "203.0.113.1, 203.0.113.7"];
		assert_eq!(asks(None, "192.0.2.1", &said), address("192.0.2.1"));
		assert_eq!(asks(Some("192.0.2.2"), "192.0.2.1", &said), address("192.0.2.1"));
		assert_eq!(asks(Some("192.0.2.1"), "192.0.2.1", &said), address("203.0.113.7"));
		assert_eq!(asks(Some("192.0.2.1"), "192.0.2.1", &["nobody"]), address("192.0.2.1"));
	}

	#[test]
	fn a_network_of_ipv6_should_count_as_one_address() {
		assert_eq!(asks(None, "2001:db8::1", &[]), asks(None, "2001:db8::ffff:2", &[]));
		assert_ne!(asks(None, "2001:db8::1", &[]), asks(None, "2001:db8:0:1::1", &[]));
		assert_eq!(asks(None, "::ffff:192.0.2.1", &[]), asks(None, "192.0.2.1", &[]));
	}
}
