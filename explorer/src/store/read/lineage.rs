//! Relatives for pictures: layers of parents and children.

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
const CHUNK: usize = 400;

/// Numbers as SQL has them in a list. They are integers, so nothing else can be in it.
pub(super) fn list(ids: &[i64]) -> String {
	ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

impl Store {
	/// Direct relatives of several assets one way, those with the most children first, at most `limit`; and how many
	/// there are.
	pub async fn next_layer(&self, of: &[i64], way: Way, limit: i64) -> Result<(Vec<Kin>, i64)> {
		if of.is_empty() {
			return Ok((Vec::new(), 0));
		}
		let (near, far) = match way {
			Way::Up => ("child", "parent"),
			Way::Down => ("parent", "child"),
		};
		let of = list(of);
		let found = format!(
			"SELECT id, handle, kind, status, children FROM assets
			WHERE id IN (SELECT {far} FROM parents WHERE {near} IN ({of}) AND until IS NULL)
			ORDER BY children DESC, id LIMIT {limit}"
		);
		let count =
			format!("SELECT COUNT(DISTINCT {far}) FROM parents WHERE {near} IN ({of}) AND until IS NULL");
		let kin = on!(self, pool => sqlx::query_as(AssertSqlSafe(found.as_str())).fetch_all(pool).await)?;
		let all = on!(self, pool => sqlx::query_scalar(AssertSqlSafe(count.as_str())).fetch_one(pool).await)?;
		Ok((kin, all))
	}

	/// All pairs of parent and child with one of these children.
	pub async fn pairs_of(&self, children: &[i64]) -> Result<Vec<(i64, i64)>> {
		let mut pairs = Vec::new();
		for chunk in children.chunks(CHUNK) {
			let sql = format!(
				"SELECT parent, child FROM parents WHERE child IN ({}) AND until IS NULL",
				list(chunk)
			);
			let found: Vec<(i64, i64)> =
				on!(self, pool => sqlx::query_as(AssertSqlSafe(sql.as_str())).fetch_all(pool).await)?;
			pairs.extend(found);
		}
		pairs.sort_unstable();
		pairs.dedup();
		Ok(pairs)
	}

	/// All transitive relatives one way, nearest first, at most `limit`.
	pub async fn all_kin(&self, of: i64, way: Way, limit: usize) -> Result<Vec<Kin>> {
		let mut seen = std::collections::HashSet::from([of]);
		let (mut found, mut layer) = (Vec::new(), vec![of]);
		while !layer.is_empty() && found.len() < limit {
			let mut next = Vec::new();
			for chunk in layer.chunks(CHUNK) {
				let most = i64::try_from(limit).unwrap_or(i64::MAX);
				let (kin, _) = self.next_layer(chunk, way, most).await?;
				let new: Vec<Kin> = kin.into_iter().filter(|one| seen.insert(one.id)).collect();
				next.extend(new.iter().map(|one| one.id));
				found.extend(new);
			}
			layer = next;
		}
		found.truncate(limit);
		Ok(found)
	}
}
