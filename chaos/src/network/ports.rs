//! Ports of the loopback interface that one network has to itself, and no network of another process.

use anyhow::{Context, Result};
use std::{
	net::{Ipv4Addr, SocketAddr, TcpListener},
	ops::Range,
};

/// Below those that the kernel gives connections: a node that was down for a while finds its own free again.
const PORTS: Range<u16> = 12_000..32_000;
/// How many of them a network may use, with the one that it only keeps.
const PORTS_OF_ONE: u16 = 50;

/// The ports of a network, for as long as this is kept.
pub struct Ports {
	rest: Range<u16>,
	/// What other networks stumble over: the ports of nodes that are down are free for whoever looks.
	_first: TcpListener,
}

impl Ports {
	/// Takes ports that no other network has.
	///
	/// # Errors
	/// Where all are taken.
	pub fn claim() -> Result<Self> {
		let places = PORTS.step_by(PORTS_OF_ONE.into());
		let claim = |first: u16| {
			let _first = TcpListener::bind((Ipv4Addr::LOCALHOST, first)).ok()?;
			Some(Self { rest: first + 1..first + PORTS_OF_ONE, _first })
		};
		places.into_iter().find_map(claim).context("all ports for networks are taken")
	}

	/// An address that is free now, and that was not given out yet.
	///
	/// # Errors
	/// Where there is none.
	pub fn free_address(&mut self) -> Result<SocketAddr> {
		let mut addresses = self.rest.by_ref().map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
		addresses.find(|address| TcpListener::bind(address).is_ok()).context("there is no free port")
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn networks_share_no_port() {
		let (one, two) = (Ports::claim().unwrap(), Ports::claim().unwrap());
		assert!(one.rest.end <= two.rest.start || two.rest.end <= one.rest.start);
	}

	#[test]
	fn address_is_given_out_once() {
		let mut ports = Ports::claim().unwrap();
		let addresses: Vec<_> = (0..10).map(|_| ports.free_address().unwrap()).collect();
		let mut different = addresses.clone();
		different.dedup();
		assert_eq!(different.len(), 10, "{addresses:?}");
	}
}
