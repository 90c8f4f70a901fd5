//! How much of what is planted is found: a value that is in no byte of the result.

use crate::Result;
use heirloom_deid::plant::{Place, Plan, PlantedFile, SafeHarbor};
use heirloom_deid::{Deidentifier, Options, Salt};
use std::collections::BTreeMap;
use std::fmt::Write;

const PLACES: [(Place, &str); 5] = [
	(Place::Header, "header"),
	(Place::Nested, "nested"),
	(Place::Private, "private"),
	(Place::Meta, "meta"),
	(Place::BurnedIn, "burned in"),
];
/// Text is drawn at least this high.
const SIDE: u16 = 256;

/// Found and planted values, by class and place.
#[derive(Default)]
pub struct Recall {
	counts: BTreeMap<(SafeHarbor, Place), (usize, usize)>,
	files: u64,
}

/// De-identifies slices with planted values, every second one with text in its pixels and a mask over it.
pub fn measure(files: u64) -> Result<Recall> {
	let mut recall = Recall { files, ..Recall::default() };
	for seed in 0..files {
		let plan = Plan { seed, side: SIDE, burned_in: seed % 2 == 1 };
		let options = Options { masks: vec![plan.mask()], ..Options::new(2026) };
		let file = plan.file();
		let clean = Deidentifier::new(Salt::new([7; 32]), options).deidentify(&file.bytes);
		let (result, _) = clean.map_err(|refusal| format!("slice {seed} was refused: {refusal}"))?;
		recall.add(&file, &result);
	}
	Ok(recall)
}

impl Recall {
	fn add(&mut self, file: &PlantedFile, result: &[u8]) {
		for planted in &file.planted {
			let (found, all) = self.counts.entry((planted.class, planted.place)).or_default();
			(*found, *all) = (*found + 1, *all + 1);
		}
		for survivor in file.survivors(result) {
			let (found, _) = self.counts.entry((survivor.class, survivor.place)).or_default();
			*found -= 1;
		}
	}

	/// Found, of all that was planted, 0 to 1.
	pub fn part(&self) -> f64 {
		let (found, all) = self.sum(|_, _| true);
		found as f64 / all as f64
	}

	fn sum(&self, of: impl Fn(SafeHarbor, Place) -> bool) -> (usize, usize) {
		let counts = self.counts.iter().filter(|((class, place), _)| of(*class, *place));
		counts.fold((0, 0), |(found, all), (_, one)| (found + one.0, all + one.1))
	}

	/// A row a class, a column a place.
	pub fn table(&self) -> String {
		let mut table = format!("found / planted in {} slices\n{:<16}", self.files, "");
		let row = |name: &str, of: &dyn Fn(SafeHarbor) -> bool| {
			let cells = PLACES.map(|(place, _)| self.sum(|class, there| of(class) && there == place));
			let all = self.sum(|class, _| of(class));
			let cell =
				|(found, all): (usize, usize)| if all == 0 { "-".into() } else { format!("{found}/{all}") };
			let cells: String =
				cells.into_iter().chain([all]).map(|one| format!("{:>14}", cell(one))).collect();
			format!("{name:<16}{cells}\n")
		};
		let rows: String = SafeHarbor::ALL.map(|class| row(&name(class), &|one| one == class)).concat();
		let total = row("all", &|_| true);
		for (_, name) in PLACES {
			let _ = write!(table, "{name:>14}");
		}
		table + &format!("{:>14}\n{rows}{total}recall {:.6}\n", "all", self.part())
	}
}

/// A class as its variant is called, in words.
fn name(class: SafeHarbor) -> String {
	let mut name = String::new();
	for letter in format!("{class:?}").chars() {
		if letter.is_uppercase() && !name.is_empty() {
			name.push(' ');
		}
		name.push(letter.to_ascii_lowercase());
	}
	name
}
