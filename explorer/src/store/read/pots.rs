//! What a share is made of: the pots that an asset's descendants filled. Who descends from it goes by the edges that stood at
//! the period's close.

use super::{
	lineage::list,
	statements::{NamedPot, Pot},
	text,
};
use crate::{
	on,
	store::{Cursor, Listed, Money, Month, Result, Store},
};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::{BTreeSet, HashSet};

/// Descendants that one question looks through. The pots of an asset that has more are found from the other side: of each pot
/// of the period it is looked whether the asset is an ancestor.
pub const DESCENDANTS: i64 = 10_000;

/// Pots of the period that one question looks at so. Each has at most as many ancestors as the chain allows, 4,096.
const LOOKED_AT: usize = 10_000;

/// Edges above these, behind which a question looks at no more of them.
const EDGES: usize = 20_000;

/// Pots that are looked at together: most of their ancestors are the same.
const TOGETHER: i64 = 500;

/// What follows the number of an asset in the cursor of a list that goes by the period's pots.
const BY_POT: i64 = 1;

/// The most numbers of one list in a question.
const CHUNK: usize = 400;

impl Store {
	/// The pots of a period that an asset's descendants filled and that it shared in, by asset: what its share is made of. None
	/// where more than `most` descended from it; it looks at no more of them than that.
	pub async fn pots_below(&self, asset: i64, period: Month, most: i64) -> Result<Option<Vec<NamedPot>>> {
		let Some(descendants) = self.descendants(asset, period, most).await? else { return Ok(None) };
		let mut pots = Vec::new();
		for chunk in descendants.chunks(CHUNK) {
			pots.extend(self.named_pots(asset, period, chunk).await?);
		}
		Ok(Some(pots))
	}

	/// What descended from an asset at a period's close, by number; none where more than `most` assets did. Layer by layer, so
	/// that no question reads many more edges than that: a recursive one reads all children of whatever it comes to.
	async fn descendants(&self, asset: i64, period: Month, most: i64) -> Result<Option<Vec<i64>>> {
		const CLOSED: &str = "SELECT closed_in FROM periods WHERE period = $1";
		const CHILDREN: &str = "SELECT COUNT(*) FROM (SELECT child FROM parents
			WHERE parent = $1 AND since <= $2 AND (until IS NULL OR until > $2) LIMIT $3) AS looked_at";
		let closed: Option<i64> =
			on!(self, pool => sqlx::query_scalar(CLOSED).bind(period).fetch_optional(pool).await)?;
		let Some(height) = closed else { return Ok(Some(Vec::new())) };
		let limit = most.saturating_add(1);
		// Those that are most used have too many at once, which need not be read to be counted.
		let children: i64 = on!(self, pool => sqlx::query_scalar(CHILDREN).bind(asset).bind(height).bind(limit)
			.fetch_one(pool).await)?;
		if children > most {
			return Ok(None);
		}
		let most = usize::try_from(most).unwrap_or(usize::MAX);
		let (mut found, mut layer) = (BTreeSet::new(), vec![asset]);
		while !layer.is_empty() {
			let mut next = Vec::new();
			for chunk in layer.chunks(CHUNK) {
				let sql = format!(
					"SELECT string_agg(child || '', ' ') FROM (
						SELECT DISTINCT child FROM parents WHERE parent IN ({})
						AND since <= {height} AND (until IS NULL OR until > {height}) LIMIT {limit}
					) AS children",
					list(chunk)
				);
				let children = text::numbers(&self.text(&sql).await?)?;
				next.extend(children.into_iter().filter(|child| found.insert(*child)));
				if found.len() > most {
					return Ok(None);
				}
			}
			layer = next;
		}
		Ok(Some(found.into_iter().collect()))
	}

	/// The same as [`Self::pots_below`], page by page, each with bounded work: a page can have fewer than `limit` of them, even
	/// none, and yet a next one.
	pub async fn pots_below_after(
		&self,
		asset: i64,
		period: Month,
		after: Cursor,
		limit: i64,
	) -> Result<Listed<NamedPot>> {
		let all = match after.1 {
			BY_POT => None,
			_ => self.pots_below(asset, period, DESCENDANTS).await?,
		};
		let Some(mut found) = all else {
			return self.pots_that_reach(asset, period, after.0, limit).await;
		};
		found.retain(|named| named.pot.asset > after.0);
		Ok(Listed::of(found, limit, |named| Cursor(named.pot.asset, 0)))
	}

	async fn pots_that_reach(
		&self,
		asset: i64,
		period: Month,
		after: i64,
		limit: i64,
	) -> Result<Listed<NamedPot>> {
		const NEXT: &str = "SELECT asset FROM pots WHERE period = $1 AND asset > $2 ORDER BY asset LIMIT $3";
		let most = usize::try_from(limit).unwrap_or_default();
		// What descends from an asset is younger, so that it has a greater number.
		let (mut items, mut last, mut looked_at, mut edges) = (Vec::new(), after.max(asset), 0, 0);
		while items.len() <= most && looked_at < LOOKED_AT && edges < EDGES {
			let pots: Vec<i64> = on!(self, pool => sqlx::query_scalar(NEXT)
				.bind(period).bind(last).bind(TOGETHER).fetch_all(pool).await)?;
			let Some(end) = pots.last().copied() else {
				return Ok(Listed::of(items, limit, |named: &NamedPot| Cursor(named.pot.asset, BY_POT)));
			};
			let above = self.edges_above(asset, period, (last, end)).await?;
			let below = below(asset, &above);
			let found: Vec<i64> = pots.iter().copied().filter(|pot| below.contains(pot)).collect();
			items.extend(self.named_pots(asset, period, &found).await?);
			(last, looked_at, edges) = (end, looked_at + pots.len(), edges + above.len());
		}
		let mut listed = Listed::of(items, limit, |named: &NamedPot| Cursor(named.pot.asset, BY_POT));
		// There may be more of them behind what was looked at.
		listed.next = listed.next.or(Some(Cursor(last, BY_POT)));
		Ok(listed)
	}

	/// Pairs of parent and child above the pots of a range, down from an asset, by child: all paths from it to them.
	async fn edges_above(&self, asset: i64, period: Month, range: (i64, i64)) -> Result<Vec<(i64, i64)>> {
		let (Month(period), (from, to)) = (period, range);
		// Joined in this order: else all edges there are are read by their children.
		let sql = format!(
			"WITH RECURSIVE above(id, height) AS (
				SELECT q.asset, c.closed_in FROM pots q JOIN periods c ON c.period = q.period
					WHERE q.period = {period} AND q.asset > {from} AND q.asset <= {to}
				UNION SELECT p.parent, a.height FROM above a JOIN parents p ON p.child = a.id AND p.parent >= {asset}
					AND p.since <= a.height AND (p.until IS NULL OR p.until > a.height)
			) SELECT string_agg(p.parent || ' ' || p.child, ' ')
				FROM above a CROSS JOIN parents p WHERE p.child = a.id AND p.parent >= {asset}
				AND p.since <= a.height AND (p.until IS NULL OR p.until > a.height)"
		);
		let mut pairs = text::pairs(&self.text(&sql).await?)?;
		pairs.sort_unstable_by_key(|(_, child)| *child);
		Ok(pairs)
	}

	/// Of some pots, those that an asset shared in, by asset.
	async fn named_pots(&self, asset: i64, period: Month, of: &[i64]) -> Result<Vec<NamedPot>> {
		if of.is_empty() {
			return Ok(Vec::new());
		}
		let Month(number) = period;
		// The chain lets no space into a name.
		let sql = format!(
			"SELECT string_agg(a.handle || ' ' || q.asset || ' ' || q.amount || ' ' || q.total_weight || ' '
				|| CASE WHEN q.proven_only THEN 1 ELSE 0 END, ' ')
			FROM pots q JOIN assets a ON a.id = q.asset
			LEFT JOIN statements s ON s.asset = {asset} AND s.period = {number}
			WHERE q.period = {number} AND q.asset IN ({})
				AND (NOT q.proven_only OR COALESCE(s.attested, FALSE) OR COALESCE(s.impact, 0) > 0)",
			list(of)
		);
		let found = self.text(&sql).await?;
		let (mut words, mut pots) = (found.split_ascii_whitespace(), Vec::new());
		while let Some(handle) = words.next() {
			let mut number = || text::number(words.next().unwrap_or_default());
			let pot = Pot {
				asset: number()?,
				period,
				amount: Money(number()?),
				total_weight: number()?,
				proven_only: number()? == 1,
			};
			pots.push(NamedPot { handle: handle.into(), pot });
		}
		pots.sort_unstable_by_key(|named| named.pot.asset);
		Ok(pots)
	}
}

/// Pots that an asset was left out of, because curators had vouched for other ancestors and not for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct LeftOut {
	/// How many.
	pub pots: i64,
	/// What was in them together.
	pub amount: Money,
}

impl Store {
	/// The pots of its descendants that an asset was left out of at a period's close, because it was not proven; none where
	/// nothing says so, or where more than `most` assets descended from it.
	pub async fn left_out(&self, asset: i64, period: Month, most: i64) -> Result<Option<LeftOut>> {
		if !self.was_unproven(asset, period).await? {
			return Ok(None);
		}
		let Some(descendants) = self.descendants(asset, period, most).await? else { return Ok(None) };
		let mut all = LeftOut { pots: 0, amount: Money(0) };
		for chunk in descendants.chunks(CHUNK) {
			let sql = format!(
				"SELECT COUNT(*) AS pots, CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS amount FROM pots
				WHERE period = $1 AND proven_only AND asset IN ({})",
				list(chunk)
			);
			let found: LeftOut = on!(self, pool => sqlx::query_as(AssertSqlSafe(sql.as_str()))
				.bind(period).fetch_one(pool).await)?;
			all.pots += found.pots;
			all.amount.0 = all.amount.0.saturating_add(found.amount.0);
		}
		Ok(Some(all).filter(|all| all.pots > 0))
	}

	/// Whether an asset was an eligible ancestor at a period's close that no curator had vouched for. Known of the assets that
	/// stand so now, and of others by what was changed since: terms never go back to sharing, and what is attested stays so.
	async fn was_unproven(&self, asset: i64, period: Month) -> Result<bool> {
		const SQL: &str = "SELECT a.terms = 'share'
			AND COALESCE((SELECT c.name = 'Delisted' FROM changes c WHERE c.asset = a.id
				AND c.name IN ('Delisted', 'Relisted') AND c.height >= p.closed_in
				ORDER BY c.height, c.event LIMIT 1), a.status = 'active')
			AND ((NOT a.attested AND a.impact = 0) OR (a.minted_in > 0 AND NOT EXISTS (SELECT 1 FROM changes c
				WHERE c.asset = a.id AND c.name = 'Attested' AND c.height < p.closed_in)))
			FROM assets a JOIN periods p ON p.period = $2 WHERE a.id = $1";
		let found: Option<bool> = on!(self, pool => sqlx::query_scalar(SQL).bind(asset).bind(period)
			.fetch_optional(pool).await)?;
		Ok(found.unwrap_or_default())
	}
}

/// What descends from an asset by pairs of parent and child in the order of the children. Parents are older, so what is known
/// of each is known before its children come.
fn below(asset: i64, pairs: &[(i64, i64)]) -> HashSet<i64> {
	let mut found = HashSet::from([asset]);
	for (parent, child) in pairs {
		if found.contains(parent) {
			found.insert(*child);
		}
	}
	found
}

#[cfg(test)]
mod tests {
	use super::{
		super::platform::{MONTH, parents, platform},
		*,
	};
	use crate::store::FIRST;
	use proptest::prelude::*;

	async fn walked(store: &Store, asset: i64, first: Cursor) -> Vec<NamedPot> {
		let (mut items, mut after) = (Vec::new(), Some(first));
		while let Some(cursor) = after {
			let page = store.pots_below_after(asset, MONTH, cursor, 3).await.unwrap();
			assert!(page.items.len() <= 3);
			items.extend(page.items);
			after = page.next;
		}
		items
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(12))]
		#[test]
		fn pots_should_be_the_same_from_either_side(parents in parents()) {
			tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
				let store = platform(&parents).await;
				for asset in 0..parents.len() as i64 {
					let all = store.pots_below(asset, MONTH, i64::MAX).await.unwrap().unwrap();
					assert_eq!(walked(&store, asset, FIRST).await, all, "down from {asset}");
					assert_eq!(walked(&store, asset, Cursor(-1, BY_POT)).await, all, "up to {asset}");
				}
			});
		}
	}
}
