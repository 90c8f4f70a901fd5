//! Every call of the runtime, and who may make it: the table `callable.csv` states it, and a call that is not in it fails
//! the test.
//!
//! Columns: whether the base filter lets it pass, whether it passes in safe mode, whether a proxy of each type may make
//! it, its class, whether it pays a fee. What is refused to everybody, free, or not of the normal class says why.

use codec::{Decode, DecodeLimit};
use frame_support::{
	dispatch::{DispatchInfo, GetDispatchInfo, Pays},
	traits::{Contains, GetCallMetadata, InstanceFilter},
};
use heirloom_runtime::{
	RuntimeCall,
	configs::{Callable, CallableInSafeMode, ProxyType},
};
use proptest::{collection::vec, prelude::*, sample::Index};
use scale_info::{TypeDef, TypeInfo};
use std::collections::BTreeMap;

/// Where the table is; read when a test runs, so that a new row compiles nothing.
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/callable.csv");

/// What a transaction's arguments of zero bytes decode from; more than any call of fixed length takes.
const ZEROS: [u8; 1_024] = [0; 1_024];

/// A call of every pallet and name, with arguments of zero bytes.
pub fn every_call() -> Vec<RuntimeCall> {
	let indices = (0..=u8::MAX).flat_map(|pallet| (0..=u8::MAX).map(move |call| [pallet, call]));
	indices
		.filter_map(|indices| RuntimeCall::decode(&mut &[&indices[..], &ZEROS].concat()[..]).ok())
		.collect()
}

pub fn name(call: &RuntimeCall) -> String {
	let metadata = call.get_call_metadata();
	format!("{},{}", metadata.pallet_name, metadata.function_name)
}

/// The proxy types in the order in which they are declared, by name.
fn proxy_types() -> Vec<(String, ProxyType)> {
	let TypeDef::Variant(variants) = ProxyType::type_info().type_def else { panic!("it is an enum") };
	let decoded = |index: u8| ProxyType::decode(&mut &[index][..]).unwrap();
	variants.variants.iter().map(|variant| (variant.name.to_owned(), decoded(variant.index))).collect()
}

/// What a call declares of itself on an empty chain: weights of some depend on state.
pub fn info(call: &RuntimeCall) -> DispatchInfo {
	sp_io::TestExternalities::new_empty().execute_with(|| call.get_dispatch_info())
}

/// The columns that follow from the runtime's source.
fn row(call: &RuntimeCall) -> String {
	let mut cells = vec![Callable::contains(call), CallableInSafeMode::contains(call)];
	cells.extend(proxy_types().iter().map(|(_, proxy_type)| proxy_type.filter(call)));
	let info = info(call);
	let mut cells: Vec<_> =
		cells.into_iter().map(|cell| if cell { "yes" } else { "no" }.to_owned()).collect();
	cells.push(format!("{:?}", info.class));
	cells.push(if info.pays_fee == Pays::Yes { "yes" } else { "no" }.to_owned());
	cells.join(",")
}

fn lines() -> String {
	std::fs::read_to_string(TABLE).unwrap_or_else(|error| panic!("{TABLE}: {error}"))
}

/// The table's rows by pallet and call: what can be checked, and why.
fn table() -> BTreeMap<String, (String, String)> {
	let text = lines();
	let columns = text.lines().next().map_or(0, |header| header.split(',').count());
	let rows = text.lines().skip(1).map(|line| {
		let cells: Vec<_> = line.splitn(columns, ',').collect();
		assert_eq!(cells.len(), columns, "columns of {line}");
		let last = columns - 1;
		(cells[..2].join(","), (cells[2..last].join(","), cells[last].to_owned()))
	});
	rows.collect()
}

/// What there is of each other, line by line.
fn differences(expected: &BTreeMap<String, String>, found: &BTreeMap<String, String>) -> String {
	let mut lines = Vec::new();
	for name in expected.keys().chain(found.keys()).collect::<std::collections::BTreeSet<_>>() {
		if expected.get(name) != found.get(name) {
			let of = |rows: &BTreeMap<String, String>| rows.get(name).cloned().unwrap_or("absent".into());
			lines.push(format!("{name}: callable.csv has {}, the runtime {}", of(expected), of(found)));
		}
	}
	lines.join("\n")
}

#[test]
fn every_call_should_be_in_the_table() {
	let names: Vec<_> = proxy_types().into_iter().map(|(name, _)| name).collect();
	let header = format!("pallet,call,anyone,safe mode,{},class,pays,why", names.join(","));
	assert_eq!(lines().lines().next(), Some(&header[..]), "the first line names the columns");
	let found = every_call().iter().map(|call| (name(call), row(call))).collect::<BTreeMap<_, _>>();
	for pallet in RuntimeCall::get_module_names() {
		for call in RuntimeCall::get_call_names(pallet) {
			assert!(found.contains_key(&format!("{pallet},{call}")), "{pallet}.{call} was not tried");
		}
	}
	let expected = table().into_iter().map(|(name, (row, _))| (name, row)).collect();
	assert!(found == expected, "\n{}\n", differences(&expected, &found));
}

#[test]
fn what_is_refused_or_free_should_say_why() {
	for (name, (row, why)) in table() {
		let cells: Vec<_> = row.split(',').collect();
		let usual = cells.first() == Some(&"yes") && cells.ends_with(&["Normal", "yes"]);
		assert_eq!(why.is_empty(), usual, "{name}: {why:?}");
	}
}

/// A call of any kind with arguments of these bytes, or of zeros where they do not decode.
pub fn any_call() -> impl Strategy<Value = RuntimeCall> {
	(any::<Index>(), vec(any::<u8>(), 0..200)).prop_map(|(which, arguments)| {
		let plain = which.get(&every_call()).clone();
		let indices = &codec::Encode::encode(&plain)[..2];
		let encoded = [indices, &arguments, &ZEROS].concat();
		RuntimeCall::decode_with_depth_limit(8, &mut &encoded[..]).unwrap_or(plain)
	})
}

/// Calls of whose arguments the base filter reads one, as their rows say.
const READ: [&str; 3] = ["AssetRate,create", "AssetRate,update", "Staking,bond"];

proptest! {
	#[test]
	fn arguments_should_not_change_what_a_filter_says(call in any_call()) {
		prop_assume!(!READ.contains(&&name(&call)[..]));
		let plain = every_call().into_iter().find(|plain| name(plain) == name(&call)).expect("it is of a kind");
		prop_assert_eq!(row(&call), row(&plain));
	}
}
