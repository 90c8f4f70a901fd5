//! The lineage of an asset: the few nearest relatives on its own page, all of them on one of theirs.

mod drawing;
mod fold;
mod whole;

pub use whole::whole;

use super::{failure::Failure, format::Html, picture, site::Site};
use crate::{
	State,
	store::{
		read::assets::Asset,
		read::lineage::{Kin, Way},
	},
};
use drawing::{Drawing, Rest};

/// Layers each way on an asset's page.
const LAYERS: usize = 3;
/// Assets a layer there; the rest of it is folded into one node.
const A_LAYER: i64 = 5;

impl From<picture::NotALineage> for Failure {
	fn from(error: picture::NotALineage) -> Self {
		tracing::error!(%error, "a lineage could not be drawn");
		Self::Broken
	}
}

/// The nearest relatives, with large layers folded.
pub async fn near(state: &State, s: &Site, asset: &Asset) -> Result<Html, Failure> {
	let mut drawing = Drawing::of(s, asset);
	let mut folds = Vec::new();
	for way in [Way::Up, Way::Down] {
		let mut layer = vec![asset.id];
		for _ in 0..LAYERS {
			let kin = state.store.next_layer(&layer, way, A_LAYER).await?;
			// Where fewer came than a layer has, they are all.
			let all = match i64::try_from(kin.len()) {
				Ok(all) if all < A_LAYER => all,
				_ => state.store.layer_size(&layer, way).await?,
			};
			let new: Vec<Kin> = kin.iter().filter(|one| !drawing.has(one.id)).cloned().collect();
			let folded = all - i64::try_from(kin.len()).unwrap_or(all);
			if folded > 0 {
				folds.push((folded, layer.clone(), way));
			}
			for one in &new {
				drawing.add(s, one);
			}
			layer = new.iter().map(|one| one.id).collect();
			if layer.is_empty() {
				break;
			}
		}
	}
	drawing.connect(&state.store).await?;
	for (count, layer, way) in folds {
		let under = s.say(match way {
			Way::Up => "fold-parents",
			Way::Down => "fold-children",
		});
		let href = s.href(s.to().then("/asset/").asset(asset.id, &asset.handle).then("/lineage"));
		drawing.fold(Rest { count, under, href }, &layer, way);
	}
	Ok(drawing.draw(s, asset)?)
}
