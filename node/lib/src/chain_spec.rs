//! The chains the node knows by name. Their genesis stands in the runtime, as presets; the node only names them.

use crate::clock;
use heirloom_primitives::Moment;
use heirloom_runtime::{WASM_BINARY, genesis};
use sc_service::{ChainType, GenericChainSpec, Properties};
use std::path::{Path, PathBuf};

/// The property of a development chain's spec that says when its first block is made: a date that
/// [`clock::parse_date`] reads.
const CLOCK_START: &str = "clockStart";

/// The chain that founders fill in: it has no validators, so no node can run it as it is.
pub const PRODUCTION: &str = "production";

/// The spec of a chain: `dev`, `local` (also without a name), `scenario`, `production`, or else of the JSON file of that
/// name.
pub fn load(id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
	Ok(Box::new(match id {
		"dev" => {
			preset("Heirloom Development", "heirloom_dev", ChainType::Development, genesis::DEVELOPMENT)?
		}
		"" | "local" => preset("Heirloom Local", "heirloom_local", ChainType::Local, genesis::LOCAL)?,
		"scenario" => {
			preset("Heirloom Scenario", "heirloom_scenario", ChainType::Development, genesis::SCENARIO)?
		}
		PRODUCTION => preset("Heirloom", "heirloom", ChainType::Live, genesis::PRODUCTION)?,
		path if Path::new(path).exists() => GenericChainSpec::from_json_file(PathBuf::from(path))?,
		other => return Err(format!("there is no chain and no chain spec file named `{other}`")),
	}))
}

fn preset(name: &str, id: &str, chain_type: ChainType, preset: &str) -> Result<GenericChainSpec, String> {
	let code =
		WASM_BINARY.ok_or("this node was built without a runtime; build it without SKIP_WASM_BUILD")?;
	Ok(GenericChainSpec::builder(code, None)
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id("loom")
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// What a wallet needs to show LOOM and addresses.
fn properties() -> Properties {
	[("tokenSymbol", "LOOM".into()), ("tokenDecimals", 12.into()), ("ss58Format", 42.into())]
		.into_iter()
		.map(|(key, value)| (key.to_owned(), value))
		.collect()
}

/// Whether a chain is sealed by one node with a simulated clock instead of by consensus.
pub fn is_development(spec: &dyn sc_service::ChainSpec) -> bool {
	spec.chain_type() == ChainType::Development
}

/// When the first block of a development chain is made, where its spec says so.
pub fn clock_start(properties: &Properties) -> Result<Option<Moment>, String> {
	let Some(start) = properties.get(CLOCK_START) else { return Ok(None) };
	start
		.as_str()
		.ok_or(clock::NotADate)
		.and_then(clock::parse_date)
		.map(Some)
		.map_err(|error| format!("the chain spec's `{CLOCK_START}` ({start}) is {error}"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	fn starting(value: serde_json::Value) -> Properties {
		[(CLOCK_START.to_owned(), value)].into_iter().collect()
	}

	#[test]
	fn spec_says_when_its_clock_starts() {
		assert_eq!(clock_start(&starting(json!("2026-03-01"))), Ok(Some(1_772_323_200_000)));
		assert_eq!(clock_start(&properties()), Ok(None));
	}

	#[test]
	fn clock_start_that_is_no_date_is_refused() {
		for value in [json!("March"), json!(1_772_323_200_000u64)] {
			assert!(clock_start(&starting(value)).unwrap_err().contains(CLOCK_START));
		}
	}

	#[test]
	fn production_has_no_simulated_clock() {
		let spec = load(PRODUCTION).unwrap();
		assert_eq!(spec.chain_type(), ChainType::Live);
		assert!(!is_development(&*spec));
		assert_eq!(clock_start(&spec.properties()), Ok(None));
	}

	#[test]
	fn unknown_chain_is_named() {
		assert!(load("nowhere").unwrap_err().contains("`nowhere`"));
	}
}
