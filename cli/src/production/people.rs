//! Who founds a chain, read from files that people write, and what would make a chain of them unusable or unsafe.

use crate::chain::AccountId;
use anyhow::{Context, Result, anyhow, bail, ensure};
use heirloom_primitives::parse_u;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use std::{collections::BTreeSet, fs, path::Path};

/// Planck of LOOM in what a micro-unit is of a unit: LOOM has 12 decimals, U has 6.
const LOOM_DECIMALS: usize = 12;

/// The founders of a chain.
pub struct People {
	/// Who makes its blocks.
	pub validators: Vec<Validator>,
	/// Who decides.
	pub curators: Vec<Curator>,
	/// Who has money.
	pub balances: Vec<Holding>,
}

/// A validator: its account and bond, and the session keys that its node made.
pub struct Validator {
	/// Its account.
	pub account: AccountId,
	/// What it bonds, in planck.
	pub bond: u64,
	/// Its key for blocks, sr25519.
	pub aura: [u8; 32],
	/// Its key for finality, ed25519.
	pub grandpa: [u8; 32],
}

/// A curator.
pub struct Curator {
	/// Its account.
	pub account: AccountId,
}

/// What an account begins with.
pub struct Holding {
	/// The account.
	pub account: AccountId,
	/// LOOM, in planck.
	pub planck: u64,
	/// U, in micro-U.
	pub micro: u64,
}

impl Validator {
	/// Reads `ACCOUNT,BOND,SESSION_KEYS`, the bond in LOOM as decimal text.
	pub fn parse(line: &str) -> Result<Self> {
		let [account, bond, keys] = fields(line, "ACCOUNT,BOND,SESSION_KEYS")?;
		let bond = planck(bond).with_context(|| format!("bond {bond:?}"))?;
		let keys = keys.strip_prefix("0x").unwrap_or(keys);
		let keys: [u8; 64] =
			hex::decode(keys).ok().and_then(|keys| keys.try_into().ok()).ok_or_else(|| {
				anyhow!("session keys are 128 hexadecimal digits, as `heirloom-session-keys` prints them")
			})?;
		let (aura, grandpa) = keys.split_at(32);
		let key = |half: &[u8]| half.try_into().expect("a half has 32 bytes");
		Ok(Self { account: person(account)?, bond, aura: key(aura), grandpa: key(grandpa) })
	}
}

impl Curator {
	/// Reads `ACCOUNT`.
	pub fn parse(line: &str) -> Result<Self> {
		let [account] = fields(line, "ACCOUNT")?;
		Ok(Self { account: person(account)? })
	}
}

impl Holding {
	/// Reads `ACCOUNT,LOOM,U`, amounts as decimal text.
	pub fn parse(line: &str) -> Result<Self> {
		let [account, loom, u] = fields(line, "ACCOUNT,LOOM,U")?;
		let planck = planck(loom).with_context(|| format!("LOOM {loom:?}"))?;
		let micro = parse_u(u).map_err(anyhow::Error::from).and_then(|micro| {
			u64::try_from(micro)
				.map_err(|_| anyhow!("more than a specification can hold, 18,446,744,073,709"))
		});
		Ok(Self { account: person(account)?, planck, micro: micro.with_context(|| format!("U {u:?}"))? })
	}
}

impl People {
	/// Refuses a chain that could not live, or that others have the keys of.
	pub fn check(&self) -> Result<()> {
		ensure!(!self.validators.is_empty(), "a chain without a validator makes no blocks");
		ensure!(!self.curators.is_empty(), "a chain without a curator cannot be governed");
		let text = |account: &AccountId| account.to_string();
		once("the validator", self.validators.iter().map(|validator| text(&validator.account)))?;
		once("the aura key", self.validators.iter().map(|validator| hex::encode(validator.aura)))?;
		once("the grandpa key", self.validators.iter().map(|validator| hex::encode(validator.grandpa)))?;
		once("the curator", self.curators.iter().map(|curator| text(&curator.account)))?;
		once("the account", self.balances.iter().map(|holding| text(&holding.account)))?;
		for validator in &self.validators {
			for (what, key) in [("aura", validator.aura), ("grandpa", validator.grandpa)] {
				unknown(key).with_context(|| format!("the {what} key of {}", validator.account))?;
			}
		}
		Ok(())
	}
}

/// Reads a file of one entry a line; empty lines and those that begin with `#` say nothing.
pub fn read<T>(file: &Path, parse: impl Fn(&str) -> Result<T>) -> Result<Vec<T>> {
	let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
	text.lines()
		.enumerate()
		.map(|(number, line)| (number, line.trim()))
		.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
		.map(|(number, line)| parse(line).with_context(|| format!("{}:{}", file.display(), number + 1)))
		.collect()
}

/// A public key written as an address, as specifications have them.
pub fn address(key: [u8; 32]) -> String {
	AccountId(key).to_string()
}

fn fields<'a, const N: usize>(line: &'a str, form: &str) -> Result<[&'a str; N]> {
	let fields: Vec<_> = line.split(',').map(str::trim).collect();
	fields
		.try_into()
		.map_err(|fields: Vec<_>| anyhow!("{} fields instead of {N}: a line is written {form}", fields.len()))
}

/// An account that belongs to somebody.
fn person(text: &str) -> Result<AccountId> {
	let account: AccountId = text.parse().map_err(|_| anyhow!("{text:?} is not an address"))?;
	unknown(account.0)?;
	Ok(account)
}

/// Refuses keys that everybody knows.
fn unknown(key: [u8; 32]) -> Result<()> {
	let sr25519 = Sr25519Keyring::iter().find(|known| known.public().0 == key).map(|known| known.to_string());
	let ed25519 =
		|| Ed25519Keyring::iter().find(|known| known.public().0 == key).map(|known| known.to_string());
	match sr25519.or_else(ed25519) {
		Some(name) => bail!("this is the development key of {name}, which everybody has"),
		None => Ok(()),
	}
}

fn once(what: &str, mut all: impl Iterator<Item = String>) -> Result<()> {
	let mut seen = BTreeSet::new();
	match all.find(|one| !seen.insert(one.clone())) {
		Some(twice) => bail!("{what} {twice} is named twice"),
		None => Ok(()),
	}
}

/// Reads an amount of LOOM. A specification's numbers end at 2^64.
fn planck(text: &str) -> Result<u64> {
	let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
	let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
	if whole.is_empty() || !digits(whole) || !digits(fraction) || text.ends_with('.') {
		bail!("not an amount like 1200 or 0.5");
	}
	ensure!(fraction.len() <= LOOM_DECIMALS, "more than {LOOM_DECIMALS} decimals");
	format!("{whole}{fraction:0<LOOM_DECIMALS$}")
		.parse()
		.map_err(|_| anyhow!("more than a specification can hold, 18,446,744"))
}

#[cfg(test)]
pub mod tests {
	use super::*;

	fn account(number: u8) -> AccountId {
		AccountId([number; 32])
	}

	/// Four validators with money, and three curators.
	pub fn people() -> People {
		People {
			validators: (1..5)
				.map(|number| Validator {
					account: account(number),
					bond: 1_000_000_000_000_000,
					aura: [0x10 + number; 32],
					grandpa: [0x20 + number; 32],
				})
				.collect(),
			curators: (5..8).map(|number| Curator { account: account(number) }).collect(),
			balances: (1..5)
				.map(|number| Holding { account: account(number), planck: 2_000_000_000_000_000, micro: 0 })
				.collect(),
		}
	}

	fn refused(change: impl FnOnce(&mut People)) -> String {
		let mut people = people();
		change(&mut people);
		format!("{:#}", people.check().unwrap_err())
	}

	#[test]
	fn founders_are_accepted() {
		people().check().unwrap();
	}

	#[test]
	fn incomplete_chains_are_refused() {
		assert_eq!(
			refused(|people| people.validators.clear()),
			"a chain without a validator makes no blocks"
		);
		assert_eq!(refused(|people| people.curators.clear()), "a chain without a curator cannot be governed");
	}

	#[test]
	fn whoever_stands_twice_is_named() {
		assert!(
			refused(|people| people.validators[1].account = account(1)).starts_with("the validator 5C62Ck")
		);
		assert!(refused(|people| people.validators[1].aura = [0x11; 32]).starts_with("the aura key 1111"));
		assert!(
			refused(|people| people.validators[1].grandpa = [0x21; 32]).starts_with("the grandpa key 2121")
		);
		assert!(refused(|people| people.curators[1].account = account(5)).starts_with("the curator "));
		assert!(refused(|people| people.balances[1].account = account(1)).starts_with("the account "));
	}

	#[test]
	fn keys_that_everybody_has_are_refused() {
		let error = refused(|people| people.validators[2].grandpa = Ed25519Keyring::Bob.public().0);
		assert!(error.ends_with("this is the development key of Bob, which everybody has"), "{error}");
		for line in [
			"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
			"5GNJqTPyNqANBkUVMN1LPPrxXnFouWXoe2wNSmmEoLctxiZY",
		] {
			assert!(Curator::parse(line).is_err(), "{line}");
		}
	}

	#[test]
	fn lines_of_the_wrong_form_are_refused() {
		let address = account(9).to_string();
		for (line, error) in [
			(address.clone(), "1 fields instead of 3: a line is written ACCOUNT,LOOM,U"),
			(format!("{address},1e3,0"), "LOOM \"1e3\": not an amount like 1200 or 0.5"),
			(format!("{address},0.0000000000001,0"), "LOOM \"0.0000000000001\": more than 12 decimals"),
			(
				format!("{address},20000000,0"),
				"LOOM \"20000000\": more than a specification can hold, 18,446,744",
			),
			("nobody,1,1".into(), "\"nobody\" is not an address"),
		] {
			assert_eq!(format!("{:#}", Holding::parse(&line).err().unwrap()), error);
		}
		assert!(Holding::parse(&format!("{address},1,-1")).is_err());
		assert!(Validator::parse(&format!("{address},1000,0x12")).is_err());
	}

	#[test]
	fn amounts_are_exact() {
		let holding = Holding::parse(&format!("{}, 18446744.073709551615, 0.010001", account(9))).unwrap();
		assert_eq!((holding.planck, holding.micro), (u64::MAX, 10_001));
	}
}
