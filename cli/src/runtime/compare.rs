//! What changed between two runtimes, and which versions had to be raised for it. A pure function.

use super::surface::{Pallet, Surface};
use serde::Serialize;
use std::{collections::BTreeMap, fmt};

/// A difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
	/// Added, removed or changed.
	pub how: How,
	/// What: `call Lineage.mint`.
	pub what: String,
}

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
	/// It is new.
	Added,
	/// It is gone.
	Removed,
	/// It is encoded differently.
	Changed,
}

/// All differences.
#[derive(Debug, Default, Serialize)]
pub struct Comparison {
	/// One by one.
	pub changes: Vec<Change>,
	/// Versions that had to be raised and were not, as sentences.
	pub missing: Vec<String>,
}

impl fmt::Display for Change {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let sign = match self.how {
			How::Added => '+',
			How::Removed => '-',
			How::Changed => '~',
		};
		write!(f, "{sign} {}", self.what)
	}
}

impl Comparison {
	/// Compares an older with a newer runtime.
	pub fn of(old: &Surface, new: &Surface) -> Self {
		let mut this = Self::default();
		// Whoever signs a transaction of the old runtime would say something else to the new one.
		let mut encoding = false;
		if old.extensions != new.extensions {
			encoding = true;
			this.add(How::Changed, "transaction extensions".into());
		}
		for (name, was, is) in both(&old.pallets, &new.pallets) {
			match (was, is) {
				(Some(was), Some(is)) => encoding |= this.pallet(name, was, is),
				(None, _) => this.add(How::Added, format!("pallet {name}")),
				(Some(was), None) => {
					encoding |= !was.calls.is_empty();
					this.add(How::Removed, format!("pallet {name}"));
				}
			}
		}
		if !this.changes.is_empty() && new.spec_version <= old.spec_version {
			this.missing
				.push(format!("the runtime changed, so spec_version must be above {}", old.spec_version));
		}
		if encoding && new.transaction_version <= old.transaction_version {
			let least = old.transaction_version;
			this.missing
				.push(format!("calls are encoded differently, so transaction_version must be above {least}"));
		}
		this
	}

	/// Compares a pallet. Whether one of its calls is encoded differently.
	fn pallet(&mut self, name: &str, was: &Pallet, is: &Pallet) -> bool {
		let mut encoding = was.index != is.index;
		if encoding {
			self.add(How::Changed, format!("index of pallet {name}: {} to {}", was.index, is.index));
		}
		encoding |= self.entries("call", name, &was.calls, &is.calls);
		self.entries("event", name, &was.events, &is.events);
		let storage = self.entries("storage", name, &was.storage, &is.storage);
		// Pallets without a version have nothing to raise; their migrations are the runtime's.
		if let (true, Some(old), Some(new)) = (storage, was.storage_version, is.storage_version)
			&& new <= old
		{
			self.missing
				.push(format!("storage of {name} changed, so its storage version must be above {old}"));
		}
		if was.storage_version != is.storage_version {
			self.add(How::Changed, format!("storage version of {name}"));
		}
		encoding
	}

	/// Compares entries by name. Whether one that there was is gone or changed.
	fn entries(
		&mut self,
		kind: &str,
		pallet: &str,
		was: &BTreeMap<String, String>,
		is: &BTreeMap<String, String>,
	) -> bool {
		let mut broken = false;
		for (name, was, is) in both(was, is) {
			let how = match (was, is) {
				(Some(was), Some(is)) if was == is => continue,
				(Some(_), Some(_)) => How::Changed,
				(Some(_), None) => How::Removed,
				(None, _) => How::Added,
			};
			broken |= how != How::Added;
			self.add(how, format!("{kind} {pallet}.{name}"));
		}
		broken
	}

	fn add(&mut self, how: How, what: String) {
		self.changes.push(Change { how, what });
	}
}

/// The entries of two maps side by side, in order.
fn both<'a, T>(
	old: &'a BTreeMap<String, T>,
	new: &'a BTreeMap<String, T>,
) -> impl Iterator<Item = (&'a str, Option<&'a T>, Option<&'a T>)> {
	let added = new.keys().filter(|name| !old.contains_key(*name));
	old.keys().chain(added).map(|name| (name.as_str(), old.get(name), new.get(name)))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn surface() -> Surface {
		let entries =
			|names: &[&str]| names.iter().map(|name| (name.to_string(), "0 aa".to_string())).collect();
		let pallet = Pallet {
			index: 40,
			storage_version: Some(1),
			calls: entries(&["mint", "call"]),
			events: entries(&["Minted"]),
			storage: entries(&["Assets"]),
		};
		Surface {
			spec_version: 1,
			transaction_version: 1,
			extensions: vec!["CheckNonce aa".into()],
			pallets: [("Lineage".to_owned(), pallet)].into(),
		}
	}

	/// What is said of a change, and what was not raised for it.
	fn changed(change: impl FnOnce(&mut Surface, fn(&mut Surface) -> &mut Pallet)) -> (Vec<String>, usize) {
		let mut new = surface();
		change(&mut new, |surface| surface.pallets.get_mut("Lineage").unwrap());
		let Comparison { changes, missing } = Comparison::of(&surface(), &new);
		(changes.iter().map(Change::to_string).collect(), missing.len())
	}

	#[test]
	fn the_same_runtime_has_no_changes() {
		assert_eq!(changed(|_, _| ()), (vec![], 0));
	}

	#[test]
	fn new_call_needs_a_spec_version_only() {
		let add = |new: &mut Surface, pallet: fn(&mut Surface) -> &mut Pallet| {
			pallet(new).calls.insert("burn".into(), "9 bb".into());
		};
		assert_eq!(changed(add), (vec!["+ call Lineage.burn".into()], 1));
		let raised = |new: &mut Surface, pallet: fn(&mut Surface) -> &mut Pallet| {
			add(new, pallet);
			new.spec_version = 2;
		};
		assert_eq!(changed(raised).1, 0);
	}

	#[test]
	fn changed_call_needs_a_transaction_version() {
		let change = |new: &mut Surface, pallet: fn(&mut Surface) -> &mut Pallet| {
			pallet(new).calls.insert("mint".into(), "0 bb".into());
			pallet(new).calls.remove("call");
			new.spec_version = 2;
		};
		assert_eq!(changed(change), (vec!["- call Lineage.call".into(), "~ call Lineage.mint".into()], 1));
	}

	#[test]
	fn moved_pallet_or_other_extensions_need_a_transaction_version() {
		let moved = |new: &mut Surface, pallet: fn(&mut Surface) -> &mut Pallet| {
			pallet(new).index = 41;
			new.spec_version = 2;
		};
		assert_eq!(changed(moved), (vec!["~ index of pallet Lineage: 40 to 41".into()], 1));
		let extended = |new: &mut Surface, _: fn(&mut Surface) -> &mut Pallet| {
			new.extensions.push("CheckWeight bb".into());
			new.spec_version = 2;
		};
		assert_eq!(changed(extended).1, 1);
	}

	#[test]
	fn changed_storage_needs_a_storage_version() {
		let change = |new: &mut Surface, pallet: fn(&mut Surface) -> &mut Pallet| {
			pallet(new).storage.insert("Assets".into(), "bb".into());
			new.spec_version = 2;
		};
		assert_eq!(changed(change), (vec!["~ storage Lineage.Assets".into()], 1));
		let raised = |new: &mut Surface, pallet: fn(&mut Surface) -> &mut Pallet| {
			change(new, pallet);
			pallet(new).storage_version = Some(2);
		};
		assert_eq!(changed(raised).1, 0);
	}

	#[test]
	fn changed_event_needs_a_spec_version_only() {
		let change = |new: &mut Surface, pallet: fn(&mut Surface) -> &mut Pallet| {
			pallet(new).events.insert("Minted".into(), "0 bb".into());
		};
		assert_eq!(changed(change), (vec!["~ event Lineage.Minted".into()], 1));
	}
}
