//! The whole lineage of an asset, on a page of its own: each relative is drawn, or counted in a node that leads to it.

use super::{
	drawing::{Drawing, Rest},
	fold::{Fold, Folded, fold},
};
use crate::{
	State,
	pages::{
		asset::named,
		failure::{Failure, Page, page},
		format::Html,
		site::Site,
	},
	store::{
		Result, Store,
		read::{assets::Asset, lineage::Way, walk::Relatives},
	},
};
use askama::Template;
use axum::extract::{Path, State as Shared};
use std::{cmp::Reverse, collections::HashMap};
use tokio::sync::Semaphore;

/// How much there is of a picture each way.
#[derive(Clone, Copy)]
struct Bounds {
	/// Nodes. A browser draws 10,001 within a second.
	nodes: usize,
	/// Relatives that are counted, the nearest first: SQLite walks through them within half a second.
	counted: usize,
}

const WHOLE: Bounds = Bounds { nodes: 10_000, counted: 100_000 };

/// Whole lineages that are drawn at once: each keeps a processor busy. Others wait for their turn.
static DRAWN: Semaphore = Semaphore::const_new(2);

/// What became of the relatives one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
	/// Those that were counted.
	relatives: usize,
	/// Of these, those that are drawn one by one.
	drawn: usize,
	/// Whether there are more than were counted.
	more: bool,
}

impl Told {
	fn folded(&self) -> usize {
		self.relatives - self.drawn
	}
}

/// Adds the relatives one way to a drawing, layer by layer, those with the most children first.
async fn add(
	drawing: &mut Drawing,
	store: &Store,
	s: &Site,
	asset: &Asset,
	way: Way,
	bounds: Bounds,
) -> Result<Told> {
	let Relatives { found, more } = store.relatives(asset.id, way, bounds.counted).await?;
	let Folded { drawn, folds } = fold(&found, bounds.nodes);
	let steps: HashMap<i64, usize> = drawn.iter().map(|at| (found[*at].id, found[*at].steps)).collect();
	let mut ids: Vec<i64> = steps.keys().copied().collect();
	// Neighbours of an index are asked for together.
	ids.sort_unstable();
	let mut kin = store.kin(&ids).await?;
	kin.sort_by_cached_key(|one| (steps.get(&one.id).copied(), Reverse(one.children), one.id));
	for one in &kin {
		drawing.add(s, one);
	}
	let handles: HashMap<i64, &str> = kin.iter().map(|one| (one.id, one.handle.as_str())).collect();
	for fold in &folds {
		let on = found[fold.on].id;
		let handle = handles.get(&on).copied().unwrap_or(&asset.handle);
		drawing.fold(rest(s, fold, (on, handle), way), &[on], way);
	}
	Ok(Told { relatives: found.len() - 1, drawn: drawn.len(), more })
}

/// The node of a fold. It leads to a list of direct relatives where these are all that it stands for, else to the picture of
/// the one that they hang on, which has room for more of them. Whoever sees the asset's own picture is there already.
fn rest(s: &Site, fold: &Fold, (on, handle): (i64, &str), way: Way) -> Rest {
	let (under, list) = match way {
		Way::Up => ("fold-parents-of", "#lineage"),
		Way::Down => ("fold-children-of", "/derivatives"),
	};
	let list = if fold.deep && fold.on > 0 { "/lineage" } else { list };
	Rest {
		count: i64::try_from(fold.relatives).unwrap_or(i64::MAX),
		under: s.with(under, "asset", handle),
		href: s.href(s.to().then("/asset/").asset(on, handle).then(list)),
	}
}

/// A picture of an asset's relatives, and what became of its ancestors and of its derivatives.
async fn drawing(store: &Store, s: &Site, asset: &Asset, bounds: Bounds) -> Result<(Drawing, Told, Told)> {
	let mut drawing = Drawing::of(s, asset);
	let up = add(&mut drawing, store, s, asset, Way::Up, bounds).await?;
	let down = add(&mut drawing, store, s, asset, Way::Down, bounds).await?;
	drawing.connect(store).await?;
	Ok((drawing, up, down))
}

/// How many relatives there are, and what became of them, in sentences.
fn words(s: &Site, up: Told, down: Told) -> Vec<String> {
	let count = |told: Told, all: &str, over: &str| {
		if told.more { s.with(over, "n", s.n(told.relatives)) } else { s.count(all, told.relatives) }
	};
	let above = count(up, "lineage-up", "lineage-up-over");
	let below = count(down, "lineage-down", "lineage-down-over");
	let mut words = vec![s.with2("lineage-count", "up", above, "down", below)];
	for (told, key) in [(up, "lineage-up-folded"), (down, "lineage-down-folded")] {
		if told.folded() > 0 {
			words.push(s.with2(key, "drawn", s.n(told.drawn), "folded", s.n(told.folded())));
		}
	}
	if up.folded() + down.folded() > 0 {
		words.push(s.say("lineage-folds"));
	}
	if up.more || down.more {
		words.push(s.with("lineage-nearest", "n", s.n(WHOLE.counted)));
	}
	words
}

#[derive(Template)]
#[template(path = "lineage.html")]
struct Whole {
	s: Site,
	asset: Asset,
	picture: Html,
	words: String,
	alone: bool,
}

/// `/asset/{name}/lineage`
pub async fn whole(Shared(state): Shared<State>, s: Site, Path(name): Path<String>) -> Page {
	let asset = named(&state, &name).await?;
	let turn = DRAWN.acquire().await.map_err(|_| Failure::Broken)?;
	let (drawing, up, down) = drawing(&state.store, &s, &asset, WHOLE).await?;
	// Beside the threads that answer, and in turn even where nobody waits for the answer any more.
	let drawn = tokio::task::spawn_blocking(move || {
		let _turn = turn;
		(drawing.draw(&s, &asset), s, asset)
	});
	let (picture, s, asset) = drawn.await.map_err(|_| Failure::Broken)?;
	let (words, alone) = (words(&s, up, down).join(" "), up.relatives + down.relatives == 0);
	page(&Whole { s, asset, picture: picture?, words, alone })
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::Node,
		pages::Language,
		settings::Settings,
		store::read::platform::{edges, parents, platform},
	};
	use proptest::prelude::*;
	use std::{collections::BTreeSet, sync::Arc, time::Duration};

	#[tokio::test]
	async fn whole_lineages_should_be_drawn_in_turn() {
		let store = platform(&[Vec::new()]).await;
		let state = State::new(store, Arc::new(Node::new("ws://127.0.0.1:1")), Settings::default());
		let ask = || whole(Shared(state.clone()), Site::plain(Language::English), Path("A-0".into()));
		let turns = DRAWN.acquire_many(2).await.unwrap();
		assert!(tokio::time::timeout(Duration::from_millis(100), ask()).await.is_err());
		drop(turns);
		assert!(ask().await.unwrap().status().is_success());
	}

	/// How many relatives edges lead to one way.
	fn relatives(edges: &[(i64, i64)], of: i64, way: Way) -> usize {
		let mut known = BTreeSet::from([of]);
		loop {
			let ends = edges.iter().map(|(parent, child)| match way {
				Way::Up => (child, parent),
				Way::Down => (parent, child),
			});
			let new = ends.filter(|(near, far)| known.contains(*near) && !known.contains(*far));
			let new: Vec<i64> = new.map(|(_, far)| *far).collect();
			if new.is_empty() {
				return known.len() - 1;
			}
			known.extend(new);
		}
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(12))]
		#[test]
		fn drawn_and_folded_should_be_all_relatives(parents in parents(), nodes in 1usize..12) {
			tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
				let (store, s) = (platform(&parents).await, Site::plain(Language::English));
				let edges = edges(&store).await;
				let bounds = Bounds { nodes, counted: parents.len() };
				for of in 0..parents.len() as i64 {
					let asset = store.asset_named(&format!("A-{of}")).await.unwrap().unwrap();
					let (drawing, up, down) = drawing(&store, &s, &asset, bounds).await.unwrap();
					let expected = [Way::Up, Way::Down].map(|way| relatives(&edges, of, way));
					assert_eq!([up.relatives, down.relatives], expected);
					let html = drawing.draw(&s, &asset).unwrap().0;
					let drawn = html.matches(" data-asset=").count() - 1;
					let folds = html.split("<title>+ ").skip(1).map(|rest| rest.split_once(',').unwrap().0);
					let folded: usize = folds.map(|count| count.parse::<usize>().unwrap()).sum();
					assert_eq!((drawn, folded), (up.drawn + down.drawn, up.folded() + down.folded()));
					assert!(html.matches(" data-node").count() <= 1 + 2 * nodes);
				}
			});
		}
	}

	#[test]
	fn words_should_tell_of_every_relative() {
		let s = Site::plain(Language::English);
		let few = Told { relatives: 1, drawn: 1, more: false };
		assert_eq!(words(&s, few, few), ["1 ancestor above, 1 derivative below."]);
		let many = Told { relatives: 23_412, drawn: 9_999, more: false };
		assert_eq!(
			words(&s, few, many),
			[
				"1 ancestor above, 23,412 derivatives below.",
				"Of the derivatives, 9,999 are drawn one by one and 13,413 are folded.",
				"A dashed node stands for those that are folded beside it, and leads to them.",
			]
		);
	}

	#[test]
	fn words_should_say_where_not_all_were_counted() {
		let few = Told { relatives: 3, drawn: 3, more: false };
		let over = Told { relatives: WHOLE.counted, drawn: 9_999, more: true };
		let words = words(&Site::plain(Language::Chinese), few, over);
		assert_eq!(words[0], "上方 3 个祖先，下方超过 100,000 个衍生品。");
		assert_eq!(words[3], "只统计最近的 100,000 个。");
	}

	#[test]
	fn folds_should_lead_to_what_they_stand_for() {
		let s = Site::plain(Language::English);
		let href = |on, deep, way| rest(&s, &Fold { on, relatives: 2, deep }, (1, "A/1"), way).href;
		assert_eq!(href(0, false, Way::Down), "/asset/A%2F1/derivatives");
		assert_eq!(href(0, true, Way::Down), "/asset/A%2F1/derivatives");
		assert_eq!(href(7, true, Way::Down), "/asset/A%2F1/lineage");
		assert_eq!(href(7, false, Way::Up), "/asset/A%2F1#lineage");
	}
}
