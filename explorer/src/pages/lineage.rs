//! The lineage of an asset: the few nearest relatives on its own page, all of them on one of theirs.

use super::{
	asset::named,
	failure::{Failure, Page, page},
	format::{self, Html, in_path},
	picture::{self, Node},
	site::Site,
};
use crate::{
	State,
	store::{
		Result,
		read::assets::Asset,
		read::lineage::{Kin, Way},
	},
};
use askama::Template;
use axum::extract::{Path, State as Shared};
use std::{cmp::Reverse, collections::HashMap};
use tokio::sync::Semaphore;

/// Layers each way on an asset's page.
const LAYERS: usize = 3;
/// Assets a layer there; the rest of it is folded into one node.
const A_LAYER: i64 = 5;
/// Assets each way of the whole picture.
const MOST: usize = 10_000;

/// Whole lineages that are drawn at once: each keeps a processor busy. Others wait for their turn.
static DRAWN: Semaphore = Semaphore::const_new(2);

struct Drawing {
	nodes: Vec<Node>,
	edges: Vec<(usize, usize)>,
	at: HashMap<i64, usize>,
	/// What stands below names, by kinds and numbers of children: few differ, and looking words up takes time.
	under: HashMap<(String, i64), String>,
}

impl Drawing {
	fn of(s: &Site, asset: &Asset) -> Self {
		let kin = Kin {
			id: asset.id,
			handle: asset.handle.clone(),
			kind: asset.kind.clone(),
			status: asset.status.clone(),
			children: asset.children,
		};
		let mut drawing =
			Self { nodes: Vec::new(), edges: Vec::new(), at: HashMap::new(), under: HashMap::new() };
		drawing.add(s, &kin);
		drawing.nodes[0].focus = true;
		drawing
	}

	fn add(&mut self, s: &Site, kin: &Kin) {
		self.at.insert(kin.id, self.nodes.len());
		let under =
			self.under.entry((kin.kind.clone(), kin.children)).or_insert_with(|| match kin.children {
				0 => s.named("kind", &kin.kind),
				children => format!("{} · {}", s.named("kind", &kin.kind), s.count("derived", children)),
			});
		self.nodes.push(Node {
			asset: Some(kin.id),
			name: kin.handle.clone(),
			under: under.clone(),
			href: s.href(format!("/asset/{}", in_path(&kin.handle))),
			kind: Some(kin.kind.clone()),
			focus: false,
			delisted: kin.status == "delisted",
		});
	}

	/// One node for all of a layer that is not shown, next to those whose relatives they are.
	fn fold(&mut self, s: &Site, asset: &Asset, folded: i64, beside: &[i64], way: Way) {
		let node = self.nodes.len();
		let under = match way {
			Way::Up => "fold-parents",
			Way::Down => "fold-children",
		};
		self.nodes.push(Node {
			asset: None,
			name: format!("+ {}", format::number(folded)),
			under: s.say(under),
			href: s.href(format!("/asset/{}/lineage", in_path(&asset.handle))),
			kind: None,
			focus: false,
			delisted: false,
		});
		for near in beside.iter().filter_map(|id| self.at.get(id)) {
			self.edges.push(match way {
				Way::Up => (node, *near),
				Way::Down => (*near, node),
			});
		}
	}

	fn draw(self, s: &Site, asset: &Asset) -> std::result::Result<Html, picture::NotALineage> {
		picture::draw(&self.nodes, &self.edges, &s.with("lineage-of", "asset", &asset.handle))
	}
}

impl From<picture::NotALineage> for Failure {
	fn from(error: picture::NotALineage) -> Self {
		tracing::error!(%error, "a lineage could not be drawn");
		Self::Broken
	}
}

/// The nearest relatives, with large layers folded.
pub async fn near(state: &State, s: &Site, asset: &Asset) -> std::result::Result<Html, Failure> {
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
			let new: Vec<Kin> = kin.iter().filter(|one| !drawing.at.contains_key(&one.id)).cloned().collect();
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
	let pairs = pairs(state, &drawing).await?;
	drawing.edges.extend(pairs);
	for (folded, layer, way) in folds {
		drawing.fold(s, asset, folded, &layer, way);
	}
	Ok(drawing.draw(s, asset)?)
}

async fn pairs(state: &State, drawing: &Drawing) -> Result<Vec<(usize, usize)>> {
	let mut ids: Vec<i64> = drawing.at.keys().copied().collect();
	// Neighbours of an index are asked for together.
	ids.sort_unstable();
	let found = state.store.pairs_of(&ids).await?;
	let at = |(parent, child): &(i64, i64)| Some((*drawing.at.get(parent)?, *drawing.at.get(child)?));
	Ok(found.iter().filter_map(at).collect())
}

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
	let pairs = pairs(&state, &drawing).await?;
	drawing.edges.extend(pairs);
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
