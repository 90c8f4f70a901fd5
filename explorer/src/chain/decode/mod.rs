//! From a block's bytes to what the index notes of it. Pure: the metadata comes with the bytes, and is that of the runtime
//! that executed the block.
//!
//! Events and records are matched by the names of their fields and variants, so a later runtime may add some, or order them
//! otherwise, and blocks before and behind the upgrade are read alike.

pub mod extrinsics;
pub mod json;
pub mod lineage;
pub mod money;
pub mod royalty;
pub mod sandbox;
pub mod values;

use super::{Config, Error, Result};
use scale_decode::DecodeAsFields;
use std::ops::Range;
use subxt::{
	ArcMetadata,
	error::DispatchError,
	events::{Event as ChainEvent, Events, Phase},
};

/// An event that the index notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
	/// Of lineage.
	Lineage(lineage::Event),
	/// Of royalty.
	Royalty(royalty::Event),
	/// Of sandbox access.
	Sandbox(sandbox::Event),
	/// Money was sent.
	Sent(money::Sent),
	/// An asset changed hands.
	Handed(money::Handed),
}

/// An event at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
	/// Its position in the block.
	pub index: u32,
	/// What it says.
	pub event: Event,
}

/// What a transaction came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
	/// The fee, and whether it was paid in U.
	pub fee: Option<money::Fee>,
	/// Why it failed.
	pub error: Option<String>,
	/// The positions of its events in the block: the chain counts them while it is executed, so they stand together.
	pub events: Range<u32>,
}

/// All that the index notes of a block's events.
#[derive(Clone, Debug, Default)]
pub struct Noted {
	/// How many there were.
	pub count: u32,
	/// Those that it notes, in order.
	pub events: Vec<Placed>,
	/// By the position of a transaction: its outcome. What is missing left no event, so it succeeded, without a fee.
	pub outcomes: std::collections::BTreeMap<u32, Outcome>,
	/// Whether other validators have their turn from the next block on.
	pub new_session: bool,
}

/// Reads the events of a block.
pub fn events(block: u64, events: &Events<Config>, metadata: &ArcMetadata) -> Result<Noted> {
	let mut noted = Noted { count: events.len(), ..Noted::default() };
	for event in events.iter() {
		let event = event.map_err(|error| Error::unreadable(format!("an event of block {block}"), error))?;
		let place = || format!("event {} of block {block}", event.index());
		if let Phase::ApplyExtrinsic(position) = event.phase() {
			let known = noted.outcomes.entry(position).or_default();
			let first = if known.events.is_empty() { event.index() } else { known.events.start };
			known.events = first..event.index() + 1;
			if let Some(change) = outcome(&event, metadata, place)? {
				known.fee = change.fee.or(known.fee.take());
				known.error = change.error.or(known.error.take());
			}
		}
		noted.new_session |= event.pallet_name() == "Session" && event.event_name() == "NewSession";
		if let Some(known) = known(&event, place)? {
			noted.events.push(Placed { index: event.index(), event: known });
		}
	}
	Ok(noted)
}

fn known(event: &ChainEvent<'_, Config>, place: impl Fn() -> String) -> Result<Option<Event>> {
	let fields = Fields { event, place: &place };
	Ok(match event.pallet_name() {
		"Lineage" => lineage::read(&fields)?.map(Event::Lineage),
		"Royalty" => royalty::read(&fields)?.map(Event::Royalty),
		"SandboxAccess" => sandbox::read(&fields)?.map(Event::Sandbox),
		"Assets" | "Balances" => money::sent(&fields)?.map(Event::Sent),
		"Nfts" => money::handed(&fields)?.map(Event::Handed),
		_ => None,
	})
}

fn outcome(
	event: &ChainEvent<'_, Config>,
	metadata: &ArcMetadata,
	place: impl Fn() -> String,
) -> Result<Option<Outcome>> {
	let fields = Fields { event, place: &place };
	Ok(match (event.pallet_name(), event.event_name()) {
		("System", "ExtrinsicFailed") => {
			let error = DispatchError::decode_from(event.field_bytes(), metadata.clone())
				.map_err(|error| Error::unreadable(place(), error))?;
			Some(Outcome { error: Some(reason(&error)), ..Outcome::default() })
		}
		("TransactionPayment" | "AssetTxPayment", _) => {
			money::fee(&fields)?.map(|fee| Outcome { fee: Some(fee), ..Outcome::default() })
		}
		_ => None,
	})
}

/// An error as a person reads it: `Pallet::Error: what the runtime says of it`.
fn reason(error: &DispatchError) -> String {
	let DispatchError::Module(error) = error else { return error.to_string() };
	let sentence = error.details().map(|details| details.variant.docs.join(" ")).unwrap_or_default();
	let sentence = sentence.trim().trim_end_matches('.');
	let name = error.details_string();
	if sentence.is_empty() { name } else { format!("{name}: {sentence}") }
}

/// An event whose fields are to be read.
pub struct Fields<'a, 'e> {
	event: &'a ChainEvent<'e, Config>,
	place: &'a dyn Fn() -> String,
}

impl Fields<'_, '_> {
	/// The event's pallet.
	pub fn pallet(&self) -> &str {
		self.event.pallet_name()
	}

	/// The event's name.
	pub fn name(&self) -> &str {
		self.event.event_name()
	}

	/// The fields, by their names.
	pub fn read<Content: DecodeAsFields>(&self) -> Result<Content> {
		self.event.decode_fields_unchecked_as().map_err(|error| {
			let what = format!("{}, {}.{}", (self.place)(), self.pallet(), self.name());
			Error::unreadable(what, error)
		})
	}
}
