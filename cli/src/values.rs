//! How the values of arguments are read, and what is said of those that cannot be.

use crate::{args::ParentArg, chain::AccountId, output::percent};
use heirloom_primitives::{Bps, CENT, ONE, PermitId, Purpose, Relation, parse_u};
use std::{
	num::{IntErrorKind, ParseIntError},
	str::FromStr,
};

/// Reads the words that the primitives have for their variants, written with hyphens.
fn word<V: serde::de::DeserializeOwned>(text: &str) -> Result<V, serde_json::Error> {
	serde_json::from_value(serde_json::Value::String(text.replace('-', "_")))
}

/// Reads a purpose.
pub fn purpose(text: &str) -> Result<Purpose, String> {
	word(text).map_err(|_| "one of inference, training, fine-tuning, evaluation".into())
}

/// Reads the address of an account.
pub fn address(text: &str) -> Result<AccountId, String> {
	text.parse()
		.map_err(|_| "not an address such as 5Grw…: mistyped, cut off, or a key in hexadecimal".into())
}

/// Reads a whole number.
pub fn whole<Number: FromStr<Err = ParseIntError>>(text: &str) -> Result<Number, String> {
	text.parse::<Number>().map_err(|error| match error.kind() {
		IntErrorKind::PosOverflow => "too large a number".into(),
		_ => "not a whole number".into(),
	})
}

/// Reads percent (`30%`) or basis points (`3000`). From 1 to 100 a mere number is refused: who writes it most likely means
/// percent, and a rate or quality that was minted too low cannot be put right by its owner.
pub fn bps(text: &str) -> Result<Bps, String> {
	let form = || "percent, as in 98.5%, or a whole number of basis points, 0 to 10000".to_owned();
	if let Some(percent) = text.strip_suffix('%') {
		return of_percent(percent.trim_end()).ok_or_else(form);
	}
	match text.parse::<Bps>() {
		Ok(bps @ 1..=100) => {
			let (would_be, meant) = (percent(bps), bps * 100);
			Err(format!("{bps} would be {would_be}: write {bps}% or {meant} (basis points)"))
		}
		Ok(bps) if bps <= ONE => Ok(bps),
		_ => Err(form()),
	}
}

/// Reads percent. A basis point is the second decimal of a percent, as a cent is that of a U.
fn of_percent(text: &str) -> Option<Bps> {
	let micro = parse_u(text).ok().filter(|micro| micro.is_multiple_of(CENT))?;
	Bps::try_from(micro / CENT).ok().filter(|bps| *bps <= ONE)
}

/// Reads `HANDLE:RELATION:UNITS`; a handle may have colons itself.
pub fn parent(text: &str) -> Result<ParentArg, String> {
	let form = || "a parent is written HANDLE:RELATION:UNITS, as in CT-2025-0312:trained-on:5".to_owned();
	let (rest, units) = text.rsplit_once(':').ok_or_else(form)?;
	let (asset, relation) = rest.rsplit_once(':').ok_or_else(form)?;
	Ok(ParentArg {
		asset: asset.parse().map_err(|_| form())?,
		relation: word(relation).map_err(|_| form())?,
		units: units.parse().map_err(|_| form())?,
	})
}

/// Reads `PERMIT:RELATION`.
pub fn permit(text: &str) -> Result<(PermitId, Relation), String> {
	let form = || "a permit is written PERMIT:RELATION, as in 4:trained-on".to_owned();
	let (permit, relation) = text.split_once(':').ok_or_else(form)?;
	Ok((permit.parse().map_err(|_| form())?, word(relation).map_err(|_| form())?))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{args::Cli, chain::read::AssetRef};
	use clap::Parser;

	/// What is said of a command line that cannot be read.
	fn refused(words: &[&str]) -> String {
		Cli::try_parse_from([&["heirloom"][..], words].concat()).unwrap_err().to_string()
	}

	#[test]
	fn account_that_is_no_address_should_be_told_wherever_one_is_named() {
		let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		let mistyped = alice.replace("Grw", "Gwr");
		let key = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
		let places: [&[&str]; 5] = [
			&["operator", "show"],
			&["operator", "register", "--signing-key"],
			&["policy", "A", "--operator"],
			&["permit", "request", "A:1", "--operator"],
			&["rotate-keys", "--owner"],
		];
		for place in places {
			for wrong in [&alice[..47], &mistyped, key, &format!("0x{key}")] {
				let said = refused(&[place, &[wrong]].concat());
				let told = "not an address such as 5Grw…: mistyped, cut off, or a key in hexadecimal";
				assert!(said.contains(told), "{said}");
			}
		}
		assert_eq!(address(alice).unwrap().to_string(), alice);
	}

	#[test]
	fn what_is_no_whole_number_should_be_told_as_such() {
		let call = |units| refused(&["call", "A", units]);
		assert!(call("1.5").contains("'1.5' for '<UNITS>': not a whole number"), "{}", call("1.5"));
		assert!(call("99999999999999999999").contains("too large a number"));
		for doing in ["show", "revoke", "challenge"] {
			let said = refused(&["permit", doing, "foo"]);
			assert!(said.contains("'foo' for '<PERMIT>': not a whole number"), "{said}");
		}
	}

	#[test]
	fn percent_should_be_read_to_the_basis_point() {
		let read = ["30%", "98.5%", "98.05%", "0.3%", "0%", "100%", "30 %"].map(|text| bps(text).unwrap());
		assert_eq!(read, [3_000, 9_850, 9_805, 30, 0, 10_000, 3_000]);
		for text in ["%", "-1%", "+30%", ".5%", "1e1%", "98.555%", "100.01%", "1000%", "30%%"] {
			assert!(bps(text).is_err(), "{text}");
		}
	}

	#[test]
	fn basis_points_should_be_read_as_they_are() {
		assert_eq!(["0", "101", "3000", "10000"].map(|text| bps(text).unwrap()), [0, 101, 3_000, 10_000]);
		for text in ["10001", "70000", "-1", "30.5", "0.3", ""] {
			let error = bps(text).unwrap_err();
			assert_eq!(
				error, "percent, as in 98.5%, or a whole number of basis points, 0 to 10000",
				"{text}"
			);
		}
	}

	#[test]
	fn number_that_may_be_meant_in_percent_should_be_refused_without_its_sign() {
		let told = |text: &str| bps(text).unwrap_err();
		assert_eq!(told("30"), "30 would be 0.30 %: write 30% or 3000 (basis points)");
		assert_eq!(told("1"), "1 would be 0.01 %: write 1% or 100 (basis points)");
		assert_eq!(told("100"), "100 would be 1.00 %: write 100% or 10000 (basis points)");
	}

	#[test]
	fn parents_are_read_from_the_end() {
		let read = parent("org/model:v2:trained-on:5").unwrap();
		assert_eq!(read.asset, AssetRef::Handle("org/model:v2".into()));
		assert_eq!((read.relation, read.units), (Relation::TrainedOn, 5));
		assert!(parent("CT-2025-0312").is_err());
		assert!(parent("CT-2025-0312:borrowed:5").is_err());
	}

	#[test]
	fn permits_are_read_with_their_relation() {
		assert_eq!(permit("4:trained-on"), Ok((4, Relation::TrainedOn)));
		assert!(permit("4").is_err());
		assert!(permit("CT-2025-0312:trained-on").is_err());
	}

	#[test]
	fn purposes_are_written_with_hyphens() {
		assert_eq!(purpose("fine-tuning"), Ok(Purpose::FineTuning));
		assert!(purpose("fun").is_err());
	}
}
