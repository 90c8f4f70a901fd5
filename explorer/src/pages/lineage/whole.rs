//! The whole lineage of an asset, on a page of its own.

use super::drawing::Drawing;
use crate::{
	State,
	pages::{
		asset::named,
		failure::{Failure, Page, page},
		format::Html,
		site::Site,
	},
	store::{
		Result,
		read::{
			assets::Asset,
			lineage::{Kin, Way},
		},
	},
};
use askama::Template;
use axum::extract::{Path, State as Shared};
use std::{cmp::Reverse, collections::HashMap};
use tokio::sync::Semaphore;

/// Assets each way of the whole picture.
const MOST: usize = 10_000;

/// Whole lineages that are drawn at once: each keeps a processor busy. Others wait for their turn.
static DRAWN: Semaphore = Semaphore::const_new(2);

/// All relatives one way, layer by layer, those with the most children first; of too many the nearest.
async fn all(state: &State, of: i64, way: Way) -> Result<Vec<Kin>> {
	let found = state.store.relatives(of, way, MOST).await?.found;
	let steps: HashMap<i64, usize> = found.iter().skip(1).map(|one| (one.id, one.steps)).collect();
	let mut ids: Vec<i64> = steps.keys().copied().collect();
	// Neighbours of an index are asked for together.
	ids.sort_unstable();
	let mut kin = state.store.kin(&ids).await?;
	kin.sort_by_cached_key(|one| (steps.get(&one.id).copied(), Reverse(one.children), one.id));
	Ok(kin)
}

#[derive(Template)]
#[template(path = "lineage.html")]
struct Whole {
	s: Site,
	asset: Asset,
	picture: Html,
	up: usize,
	down: usize,
	whole: bool,
}

/// `/asset/{name}/lineage`
pub async fn whole(Shared(state): Shared<State>, s: Site, Path(name): Path<String>) -> Page {
	let asset = named(&state, &name).await?;
	let turn = DRAWN.acquire().await.map_err(|_| Failure::Broken)?;
	let mut drawing = Drawing::of(&s, &asset);
	let (up, down) = (all(&state, asset.id, Way::Up).await?, all(&state, asset.id, Way::Down).await?);
	for kin in up.iter().chain(&down) {
		drawing.add(&s, kin);
	}
	drawing.connect(&state.store).await?;
	let (up, down) = (up.len(), down.len());
	// Beside the threads that answer, and in turn even where nobody waits for the answer any more.
	let drawn = tokio::task::spawn_blocking(move || {
		let _turn = turn;
		(drawing.draw(&s, &asset), s, asset)
	});
	let (picture, s, asset) = drawn.await.map_err(|_| Failure::Broken)?;
	let picture = picture?;
	page(&Whole { s, asset, picture, up, down, whole: up < MOST && down < MOST })
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{chain::Node, pages::Language, settings::Settings, store::read::platform};
	use std::{sync::Arc, time::Duration};

	#[tokio::test]
	async fn whole_lineages_should_be_drawn_in_turn() {
		let store = platform::platform(&[Vec::new()]).await;
		let state = State::new(store, Arc::new(Node::new("ws://127.0.0.1:1")), Settings::default());
		let ask = || whole(Shared(state.clone()), Site::plain(Language::English), Path("A-0".into()));
		let turns = DRAWN.acquire_many(2).await.unwrap();
		assert!(tokio::time::timeout(Duration::from_millis(100), ask()).await.is_err());
		drop(turns);
		assert!(ask().await.unwrap().status().is_success());
	}
}
