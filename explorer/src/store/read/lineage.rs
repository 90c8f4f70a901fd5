//! Relatives for pictures: layers of parents and children.

use super::text;
use crate::{
	on,
	store::{Result, Store},
};
use sqlx::{AssertSqlSafe, FromRow};

/// An asset of a lineage picture.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Kin {
	/// Its number.
	pub id: i64,
	/// Its name.
	pub handle: String,
	/// `data`, `model` or `script`.
	pub kind: String,
	/// `active` or `delisted`.
	pub status: String,
	/// Number of its direct children.
	pub children: i64,
}

/// Which way from an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
	/// To what it comes from.
	Up,
	/// To what came from it.
	Down,
}

/// The most numbers of one list in a question.
pub(super) const CHUNK: usize = 400;

/// Assets whose relatives are looked for one by one.
const FEW: usize = 8;

/// Numbers as SQL has them in a list. They are integers, so nothing else can be in it.
pub(in crate::store) fn list(ids: &[i64]) -> String {
	ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

impl Store {
	/// Direct relatives of several assets one way, those with the most children first, at most `limit`.
	pub async fn next_layer(&self, of: &[i64], way: Way, limit: i64) -> Result<Vec<Kin>> {
		if of.is_empty() {
			return Ok(Vec::new());
		}
		let kin = match way {
			Way::Up => format!("SELECT parent FROM parents WHERE child IN ({}) AND until IS NULL", list(of)),
			// Of each asset those with the most, among which those of all of them are: an index has them in that order.
			Way::Down if of.len() <= FEW => {
				let most = |one: &i64| {
					format!(
						"SELECT child FROM (SELECT child FROM parents WHERE parent = {one} AND until IS NULL
						ORDER BY child_children DESC, child LIMIT {limit}) AS of_{one}"
					)
				};
				of.iter().map(most).collect::<Vec<_>>().join(" UNION ")
			}
			Way::Down => {
				format!("SELECT child FROM parents WHERE parent IN ({}) AND until IS NULL", list(of))
			}
		};
		let sql = format!(
			"SELECT id, handle, kind, status, children FROM assets WHERE id IN ({kin})
			ORDER BY children DESC, id LIMIT {limit}"
		);
		Ok(on!(self, pool => sqlx::query_as(AssertSqlSafe(sql.as_str())).fetch_all(pool).await)?)
	}

	/// How many direct relatives several assets have one way.
	pub async fn layer_size(&self, of: &[i64], way: Way) -> Result<i64> {
		let sql = match (way, of) {
			(_, []) => return Ok(0),
			(Way::Down, [one]) => format!("SELECT children FROM assets WHERE id = {one}"),
			(Way::Down, several) => format!(
				"SELECT COUNT(DISTINCT child) FROM parents WHERE parent IN ({}) AND until IS NULL",
				list(several)
			),
			(Way::Up, several) => format!(
				"SELECT COUNT(DISTINCT parent) FROM parents WHERE child IN ({}) AND until IS NULL",
				list(several)
			),
		};
		let all: Option<i64> =
			on!(self, pool => sqlx::query_scalar(AssertSqlSafe(sql.as_str())).fetch_optional(pool).await)?;
		Ok(all.unwrap_or_default())
	}

	/// What several assets are, in no order.
	pub async fn kin(&self, ids: &[i64]) -> Result<Vec<Kin>> {
		let mut kin = Vec::with_capacity(ids.len());
		for chunk in ids.chunks(CHUNK) {
			// The chain lets no space into a name.
			let sql = format!(
				"SELECT string_agg(id || ' ' || handle || ' ' || kind || ' ' || status || ' ' || children, ' ')
				FROM assets WHERE id IN ({})",
				list(chunk)
			);
			let found = self.text(&sql).await?;
			let mut words = found.split_ascii_whitespace();
			while let Some(id) = words.next() {
				let mut word = || words.next().unwrap_or_default();
				kin.push(Kin {
					id: text::number(id)?,
					handle: word().into(),
					kind: word().into(),
					status: word().into(),
					children: text::number(word())?,
				});
			}
		}
		Ok(kin)
	}

	/// All pairs of parent and child with one of these children.
	pub async fn pairs_of(&self, children: &[i64]) -> Result<Vec<(i64, i64)>> {
		let mut pairs = Vec::new();
		for chunk in children.chunks(CHUNK) {
			let sql = format!(
				"SELECT string_agg(parent || ' ' || child, ' ') FROM parents WHERE child IN ({}) AND until IS NULL",
				list(chunk)
			);
			pairs.extend(text::pairs(&self.text(&sql).await?)?);
		}
		pairs.sort_unstable();
		pairs.dedup();
		Ok(pairs)
	}
}

#[cfg(test)]
mod tests {
	use super::{
		super::platform::{parents, platform},
		*,
	};
	use proptest::prelude::*;

	/// All direct relatives, those with the most children first.
	async fn all(store: &Store, of: &[i64], way: Way) -> Vec<Kin> {
		let (near, far) = match way {
			Way::Up => ("child", "parent"),
			Way::Down => ("parent", "child"),
		};
		let sql = format!(
			"SELECT id, handle, kind, status, children FROM assets
			WHERE id IN (SELECT {far} FROM parents WHERE {near} IN ({}) AND until IS NULL)
			ORDER BY children DESC, id",
			list(of)
		);
		on!(store, pool => sqlx::query_as(AssertSqlSafe(sql.as_str())).fetch_all(pool).await.unwrap())
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(12))]
		#[test]
		fn layer_should_have_those_with_the_most_children_of_all(parents in parents()) {
			tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
				let store = platform(&parents).await;
				let assets: Vec<i64> = (0..parents.len() as i64).collect();
				for of in assets.windows(2).chain(assets.chunks(1)).chain(assets.chunks(FEW + 2)) {
					for way in [Way::Up, Way::Down] {
						let all = all(&store, of, way).await;
						for limit in [1, 3, 100] {
							let layer = store.next_layer(of, way, limit).await.unwrap();
							assert_eq!(layer, all[..all.len().min(limit as usize)], "{of:?} {way:?} {limit}");
						}
						assert_eq!(store.layer_size(of, way).await.unwrap(), all.len() as i64);
					}
				}
			});
		}
	}
}
