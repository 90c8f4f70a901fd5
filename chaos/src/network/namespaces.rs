//! Network namespaces, one a node, joined by two bridges between which the cable can be cut.
//!
//! Each node has two interfaces: one to a bridge, over which it meets its peers, and one straight to this program, which
//! so sees all nodes whatever becomes of the network between them.

use crate::programs::run;
use anyhow::{Context, Result};
use std::{net::Ipv4Addr, path::Path, process::Command};

/// The addresses from which this program asks nodes.
pub const MANAGEMENT: &str = "10.78.0.0/16";
/// The two halves' bridges.
const BRIDGES: usize = 2;
/// Begins the names of all interfaces and namespaces; after it come the process that made them, and a hyphen.
const MARK: &str = "hl";

/// All namespaces of a network; they vanish with this value.
pub struct Namespaces {
	/// Distinguishes the interfaces of networks that run at the same time.
	tag: String,
	/// Third byte of the management addresses, so that they meet no other network's.
	subnet: u8,
	homes: Vec<Home>,
}

/// A node's namespace.
#[derive(Clone, Debug)]
pub struct Home {
	/// Its name.
	pub name: String,
	/// The node's address among its peers.
	pub peer: Ipv4Addr,
	/// Its address for this program.
	pub management: Ipv4Addr,
}

impl Namespaces {
	/// The bridges and the cable between them.
	///
	/// # Errors
	/// Where namespaces cannot be made: that takes root.
	pub fn new() -> Result<Self> {
		sweep();
		let process = std::process::id();
		let new =
			Self { tag: format!("{MARK}{process}-"), subnet: process.to_le_bytes()[0], homes: Vec::new() };
		for half in 0..BRIDGES {
			let bridge = new.bridge(half);
			ip(&["link", "add", &bridge, "type", "bridge"]).context("network namespaces take root")?;
			ip(&["link", "set", &bridge, "up"])?;
		}
		let [left, right] = [new.cable(0), new.cable(1)];
		ip(&["link", "add", &left, "type", "veth", "peer", "name", &right])?;
		for (half, end) in [left, right].iter().enumerate() {
			ip(&["link", "set", end, "master", &new.bridge(half)])?;
			ip(&["link", "set", end, "up"])?;
		}
		Ok(new)
	}

	/// A namespace for one more node. The first two are on the left of the cable, all others on its right.
	pub fn add(&mut self, node: &str) -> Result<Home> {
		let number = u8::try_from(self.homes.len() + 1).context("too many nodes")?;
		let home = Home {
			name: format!("{}{node}", self.tag),
			peer: Ipv4Addr::new(10, 77, 0, number),
			management: Ipv4Addr::new(10, 78, self.subnet, 4 * number + 2),
		};
		let ours = Ipv4Addr::new(10, 78, self.subnet, 4 * number + 1);
		let [port, direct] = self.outlets(number);
		let half = usize::from(number > 2);
		ip(&["netns", "add", &home.name])?;
		self.homes.push(home.clone());
		ip(&["link", "add", &port, "type", "veth", "peer", "name", "peers", "netns", &home.name])?;
		ip(&["link", "set", &port, "master", &self.bridge(half)])?;
		ip(&["link", "set", &port, "up"])?;
		ip(&["link", "add", &direct, "type", "veth", "peer", "name", "direct", "netns", &home.name])?;
		ip(&["address", "add", &format!("{ours}/30"), "dev", &direct])?;
		ip(&["link", "set", &direct, "up"])?;
		for (interface, address) in
			[("peers", format!("{}/24", home.peer)), ("direct", format!("{}/30", home.management))]
		{
			ip(&["-n", &home.name, "address", "add", &address, "dev", interface])?;
			ip(&["-n", &home.name, "link", "set", interface, "up"])?;
		}
		ip(&["-n", &home.name, "link", "set", "lo", "up"])?;
		Ok(home)
	}

	/// Cuts the cable between the halves.
	pub fn cut(&self) -> Result<()> {
		ip(&["link", "set", &self.cable(0), "down"])
	}

	/// Heals it.
	pub fn heal(&self) -> Result<()> {
		ip(&["link", "set", &self.cable(0), "up"])
	}

	fn bridge(&self, half: usize) -> String {
		format!("{}b{half}", self.tag)
	}

	fn cable(&self, half: usize) -> String {
		format!("{}c{half}", self.tag)
	}

	/// A node's interfaces outside of its namespace.
	fn outlets(&self, number: u8) -> [String; 2] {
		[format!("{}p{number}", self.tag), format!("{}d{number}", self.tag)]
	}
}

impl Drop for Namespaces {
	fn drop(&mut self) {
		// What is not there any more need not be removed. A namespace would take its interfaces with it, but only when the
		// kernel finds the time, and their names would be taken until then.
		for (number, home) in (1..).zip(&self.homes) {
			for outlet in self.outlets(number) {
				remove(&["link", "delete", &outlet]);
			}
			remove(&["netns", "delete", &home.name]);
		}
		remove(&["link", "delete", &self.cable(0)]);
		for half in 0..BRIDGES {
			remove(&["link", "delete", &self.bridge(half)]);
		}
	}
}

/// Removes what a trial left that was killed before it could.
fn sweep() {
	let listed = |arguments: &[&str]| {
		let output = run(Command::new("ip").args(arguments));
		output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
	};
	// `12: hl99-p1@if2: <BROADCAST ..`
	for line in listed(&["-o", "link", "show"]).lines() {
		let name = line.split([' ', '@']).nth(1).unwrap_or_default().trim_end_matches(':');
		if is_abandoned(name) {
			remove(&["link", "delete", name]);
		}
	}
	// `hl99-alice (id: 0)`
	for line in listed(&["netns", "list"]).lines() {
		let name = line.split(' ').next().unwrap_or_default();
		if is_abandoned(name) {
			remove(&["netns", "delete", name]);
		}
	}
}

/// Whether a trial made this whose process is gone.
fn is_abandoned(name: &str) -> bool {
	owner(name).is_some_and(|process| !Path::new("/proc").join(process.to_string()).exists())
}

/// The process that a name tells of.
fn owner(name: &str) -> Option<u32> {
	name.strip_prefix(MARK)?.split_once('-')?.0.parse().ok()
}

fn remove(arguments: &[&str]) {
	let _gone = ip(arguments).is_err();
}

fn ip(arguments: &[&str]) -> Result<()> {
	run(Command::new("ip").args(arguments)).map(drop)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn names_tell_who_made_them() {
		assert_eq!([owner("hl99-p1"), owner("hl4194304-alice")], [Some(99), Some(4_194_304)]);
		assert_eq!([owner("eth0"), owner("hlx-p1"), owner("hl99")], [None; 3]);
		assert!(!is_abandoned(&format!("{MARK}{}-b0", std::process::id())));
		assert!(!is_abandoned("docker0"));
	}
}
