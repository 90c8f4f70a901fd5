//! Where messages may go: to public addresses of the internet. A name is looked up for each connection, so a name that leads
//! into a private network later is refused then.

use hyper_util::client::legacy::connect::dns::Name;
use std::{
	io,
	net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
	pin::Pin,
	task::{Context, Poll},
	vec,
};
use tower::Service;

/// Whether an address is one of the public internet, by IANA's registries of special-purpose addresses (RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
	match address {
		IpAddr::V4(address) => is_public_v4(address),
		IpAddr::V6(address) => address.to_ipv4_mapped().map_or_else(|| is_public_v6(address), is_public_v4),
	}
}

fn is_public_v4(address: Ipv4Addr) -> bool {
	// This network; shared among a provider's customers; protocol assignments; relays of 6to4; benchmarks; reserved.
	let special = matches!(
		address.octets(),
		[0, ..]
			| [100, 64..=127, ..]
			| [192, 0, 0, _]
			| [192, 88, 99, _]
			| [198, 18..=19, ..]
			| [240..=255, ..]
	);
	!(special
		|| address.is_private()
		|| address.is_loopback()
		|| address.is_link_local()
		|| address.is_documentation()
		|| address.is_multicast())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
	// Global unicast is 2000::/3; of it, not what carries another address inside (Teredo and other protocol assignments, 6to4),
	// nor what is for documents.
	match address.segments() {
		[0x2001, second, ..] => second > 0x01ff && second != 0x0db8,
		[0x2002, ..] => false,
		[0x3fff, second, ..] => second > 0x0fff,
		[first, ..] => first & 0xe000 == 0x2000,
	}
}

/// Looks names up, and leaves out what is not public unless it may be private.
#[derive(Clone, Copy, Debug)]
pub struct Resolver {
	/// Whether private addresses are allowed.
	pub allow_private: bool,
}

impl Service<Name> for Resolver {
	type Response = vec::IntoIter<SocketAddr>;
	type Error = io::Error;
	type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

	fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
		Poll::Ready(Ok(()))
	}

	fn call(&mut self, name: Name) -> Self::Future {
		let allow_private = self.allow_private;
		Box::pin(async move {
			let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
			let allowed: Vec<_> =
				found.into_iter().filter(|found| allow_private || is_public(found.ip())).collect();
			if allowed.is_empty() {
				let said = format!("{name} leads into a private network, which `allow_private` would allow");
				return Err(io::Error::new(io::ErrorKind::PermissionDenied, said));
			}
			Ok(allowed.into_iter())
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn public(text: &str) -> bool {
		is_public(text.parse().unwrap())
	}

	#[test]
	fn private_addresses_should_be_known_in_whatever_form() {
		for text in [
			"0.0.0.0",
			"10.1.2.3",
			"100.64.0.1",
			"127.0.0.1",
			"169.254.169.254",
			"172.16.0.1",
			"192.0.0.8",
			"192.0.2.1",
			"192.168.1.1",
			"198.18.0.1",
			"198.51.100.1",
			"203.0.113.1",
			"224.0.0.1",
			"240.0.0.1",
			"255.255.255.255",
			"::",
			"::1",
			"::ffff:10.0.0.1",
			"::ffff:127.0.0.1",
			"64:ff9b::a00:1",
			"fc00::1",
			"fd12::1",
			"fe80::1",
			"ff02::1",
			"2001::1",
			"2001:db8::1",
			"2002:7f00:1::1",
			"3fff::1",
		] {
			assert!(!public(text), "{text}");
		}
	}

	#[test]
	fn public_addresses_should_be_let_through() {
		for text in [
			"1.1.1.1",
			"100.128.0.1",
			"172.32.0.1",
			"192.1.0.1",
			"2606:4700::1111",
			"2a00:1450::1",
			"2001:4860::1",
		] {
			assert!(public(text), "{text}");
		}
	}

	#[tokio::test]
	async fn name_of_this_machine_should_be_refused_unless_it_is_allowed() {
		let name: Name = "localhost".parse().unwrap();
		let error = Resolver { allow_private: false }.call(name.clone()).await.unwrap_err();
		assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
		assert!(
			Resolver { allow_private: true }.call(name).await.unwrap().all(|found| found.ip().is_loopback())
		);
	}
}
