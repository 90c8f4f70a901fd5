//! The pages of weights and accruals that one hook has read, in memory.

use crate::{AccrualPages, AccrualsPage, Config, PackedStanding, WeightPages};
use alloc::{vec, vec::Vec};
use heirloom_primitives::{
	ASSETS_PER_PAGE, AssetId, Bps, PageIndex, Period, RatePerWeight, Standing, page_of, slot_of,
};

/// Pages in memory before they are written back: those of 2,097,152 assets. At 20 bytes an asset they take 40 MiB of
/// the runtime's 128.
const MAX_LOADED: usize = 8_192;

/// Pages whose accruals share one allocation. The runtime's allocator rounds up to powers of two and keeps 8 bytes for
/// itself, so that 64 would take twice the memory.
const PAGES_PER_CHUNK: usize = 63;

const PAGE: usize = ASSETS_PER_PAGE as usize;

/// What stands in the place of a page that is not loaded.
const ABSENT: u32 = u32::MAX;

/// Weights, standings and accruals of the assets of many pages.
pub(crate) struct Columns {
	period: Period,
	/// By page, where it was loaded to.
	places: Vec<u32>,
	/// By place, its page.
	loaded: Vec<PageIndex>,
	weights: Vec<Bps>,
	standings: Vec<PackedStanding>,
	accruals: Vec<Vec<RatePerWeight>>,
}

/// Where an asset stands in the columns.
#[derive(Clone, Copy)]
pub(crate) struct Place {
	place: usize,
	slot: usize,
}

impl Columns {
	/// No pages yet of `pages` that there are.
	pub fn new(period: Period, pages: PageIndex) -> Self {
		Self {
			period,
			places: vec![ABSENT; pages as usize],
			loaded: Vec::new(),
			weights: Vec::new(),
			standings: Vec::new(),
			accruals: Vec::new(),
		}
	}

	/// Whether so many more pages may be too many; then what there is must be stored first.
	pub fn is_full_with(&self, more: usize) -> bool {
		self.loaded.len() + more > MAX_LOADED
	}

	/// Where an asset stands; its page is read where it was not, and counted. None for an asset that takes no part.
	pub fn place<T: Config>(&mut self, asset: AssetId, reads: &mut u32) -> Option<Place> {
		let page = page_of(asset);
		let place = self.places.get(page as usize).copied()?;
		let place = if place == ABSENT {
			*reads += 1;
			self.load::<T>(page)
		} else {
			place as usize
		};
		Some(Place { place, slot: slot_of(asset) })
	}

	fn load<T: Config>(&mut self, page: PageIndex) -> usize {
		let place = self.loaded.len();
		let stored = WeightPages::<T>::get(self.period, page);
		fill(&mut self.weights, &stored.weights, place);
		fill(&mut self.standings, &stored.standings, place);
		if place.is_multiple_of(PAGES_PER_CHUNK) {
			self.accruals.push(Vec::with_capacity(PAGES_PER_CHUNK * PAGE));
		}
		if let Some(chunk) = self.accruals.last_mut() {
			chunk.extend_from_slice(&AccrualPages::<T>::get(page));
			chunk.resize((place % PAGES_PER_CHUNK + 1) * PAGE, 0);
		}
		self.loaded.push(page);
		if let Some(known) = self.places.get_mut(page as usize) {
			*known = place as u32;
		}
		place
	}

	/// An asset's weight and standing; a weight of 0 for one that is not eligible.
	pub fn weight_and_standing(&self, at: Place) -> (Bps, Standing) {
		let position = at.place * PAGE + at.slot;
		(
			self.weights.get(position).copied().unwrap_or_default(),
			self.standings.get(position).copied().unwrap_or_default().into(),
		)
	}

	/// Adds to what an asset accrues. None on an overflow, which the period's limit excludes.
	pub fn accrue(&mut self, at: Place, rate: RatePerWeight) -> Option<()> {
		let chunk = self.accruals.get_mut(at.place / PAGES_PER_CHUNK)?;
		let accrued = chunk.get_mut(at.place % PAGES_PER_CHUNK * PAGE + at.slot)?;
		*accrued = accrued.checked_add(rate)?;
		Some(())
	}

	/// Writes the accruals back and begins anew, without pages.
	pub fn store<T: Config>(&mut self) {
		for (place, page) in self.loaded.iter().enumerate() {
			let from = place % PAGES_PER_CHUNK * PAGE;
			let accruals =
				self.accruals.get(place / PAGES_PER_CHUNK).and_then(|chunk| chunk.get(from..from + PAGE));
			if let Some(accruals) = accruals.filter(|accruals| accruals.iter().any(|rate| *rate > 0)) {
				AccrualPages::<T>::insert(page, AccrualsPage::truncate_from(accruals.to_vec()));
			}
		}
		*self = Self::new(self.period, self.places.len() as PageIndex);
	}
}

/// Appends a page to a column, as the one at `place`.
fn fill<Value: Copy + Default>(column: &mut Vec<Value>, stored: &[Value], place: usize) {
	column.extend_from_slice(stored);
	column.resize((place + 1) * PAGE, Value::default());
}
