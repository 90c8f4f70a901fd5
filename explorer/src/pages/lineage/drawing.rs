//! A lineage as nodes and edges.

use crate::{
	pages::{
		format::{self, Html},
		picture::{self, Node},
		site::Site,
	},
	store::{
		Result, Store,
		read::{
			assets::Asset,
			lineage::{Kin, Way},
		},
	},
};
use std::collections::HashMap;

/// A picture of an asset and its relatives.
pub struct Drawing {
	nodes: Vec<Node>,
	edges: Vec<(usize, usize)>,
	at: HashMap<i64, usize>,
	/// What stands below names, by kinds and numbers of children: few differ, and looking words up takes time.
	under: HashMap<(String, i64), String>,
}

/// A node that stands for several relatives.
pub struct Rest {
	/// How many.
	pub count: i64,
	/// What they are.
	pub under: String,
	/// Where they are to be seen.
	pub href: String,
}

impl Drawing {
	/// Of the asset alone.
	pub fn of(s: &Site, asset: &Asset) -> Self {
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

	/// Whether an asset stands in it.
	pub fn has(&self, asset: i64) -> bool {
		self.at.contains_key(&asset)
	}

	/// Adds a relative.
	pub fn add(&mut self, s: &Site, kin: &Kin) {
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
			href: s.href(s.to().then("/asset/").asset(kin.id, &kin.handle)),
			kind: Some(kin.kind.clone()),
			focus: false,
			delisted: kin.status == "delisted",
		});
	}

	/// Adds one node for several relatives, next to those whose relatives they are.
	pub fn fold(&mut self, rest: Rest, beside: &[i64], way: Way) {
		let node = self.nodes.len();
		self.nodes.push(Node {
			asset: None,
			name: format!("+ {}", format::number(rest.count)),
			under: rest.under,
			href: rest.href,
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

	/// Adds the edges between all assets in it.
	pub async fn connect(&mut self, store: &Store) -> Result<()> {
		let mut ids: Vec<i64> = self.at.keys().copied().collect();
		// Neighbours of an index are asked for together.
		ids.sort_unstable();
		let found = store.pairs_of(&ids).await?;
		let at = |(parent, child): &(i64, i64)| Some((*self.at.get(parent)?, *self.at.get(child)?));
		self.edges.extend(found.iter().filter_map(at));
		Ok(())
	}

	/// Draws it.
	pub fn draw(&self, s: &Site, asset: &Asset) -> std::result::Result<Html, picture::NotALineage> {
		picture::draw(&self.nodes, &self.edges, &s.with("lineage-of", "asset", &asset.handle))
	}
}
