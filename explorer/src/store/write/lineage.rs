//! Assets, their changes, and receipts.

use super::{
	Tx,
	bulk::{ROWS, insert},
	within,
};
use crate::store::{Error, Money, Month, Result, read::lineage::list};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::{BTreeMap, BTreeSet};

/// An asset to write, as it stood behind the block that it was minted in.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewAsset {
	pub id: i64,
	pub handle: String,
	pub kind: &'static str,
	pub creator: String,
	pub content: String,
	pub domain: Option<String>,
	pub scenario: String,
	pub terms: &'static str,
	pub share_rate: Option<i64>,
	pub price: Option<String>,
	pub call_fee: String,
	pub accuracy: Option<i64>,
	pub speed_gain: Option<i64>,
	pub quality: Option<i64>,
	pub attested: bool,
	pub impact: i64,
	pub status: &'static str,
	pub minted: Month,
	pub minted_at: Option<i64>,
	pub minted_in: i64,
	/// The position of its mint among the events of that block; none of what the chain began with.
	pub minted_event: Option<i64>,
	pub generation: i64,
	pub ancestors: i64,
}

/// A parent to write.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewParent {
	pub child: i64,
	pub position: i64,
	pub parent: i64,
	pub relation: &'static str,
}

/// A receipt to write.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewReceipt {
	pub asset: i64,
	pub number: i64,
	pub event: i64,
	pub caller: String,
	pub units: String,
	pub paid_units: i64,
	pub purpose: &'static str,
	pub fee: Money,
	pub permit: Option<i64>,
	pub derivation: Option<i64>,
	pub at: i64,
	pub period: Month,
	pub hash: String,
}

/// What an event changes of an asset.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum AssetChange {
	Owner(String),
	/// Bound by whoever owns the asset then.
	Payee(Option<String>),
	CallFee(String),
	Terms {
		terms: &'static str,
		share_rate: Option<i64>,
		price: Option<String>,
	},
	Quality(i64),
	Impact(i64),
	Delisted,
	Relisted,
	/// A correction gave it another number of ancestors.
	Ancestors(i64),
	/// A correction put it into another generation.
	Generation(i64),
	Sandboxed(&'static str),
	Policy(String),
}

/// What the next use of an asset goes on from.
#[derive(Clone, Debug, FromRow)]
pub struct Head {
	/// How many receipts it has.
	pub receipts: i64,
	/// Their running hash.
	pub hash: String,
	/// Who owns it.
	pub owner: String,
	/// Whom its income is paid to: the bound wallet while its setter is the owner, else the owner.
	pub payee: String,
}

impl Tx {
	/// Writes domains that are not known yet.
	pub async fn domains(&mut self, domains: &[(i64, String, bool)]) -> Result<()> {
		const SQL: &str =
			"INSERT INTO domains (id, name, medical) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE
			SET name = EXCLUDED.name, medical = EXCLUDED.medical";
		for (id, name, medical) in domains {
			within!(self, connection => sqlx::query(SQL).bind(id).bind(name).bind(medical)
				.execute(connection).await.map(|_| ()))?;
		}
		Ok(())
	}

	/// Names of the domains that are known.
	pub async fn domain_names(&mut self) -> Result<BTreeMap<i64, String>> {
		const SQL: &str = "SELECT id, name FROM domains";
		let names: Vec<(i64, String)> =
			within!(self, connection => sqlx::query_as(SQL).fetch_all(connection).await)?;
		Ok(names.into_iter().collect())
	}

	/// Writes assets, owned by whoever minted them.
	pub async fn assets(&mut self, assets: &[NewAsset]) -> Result<()> {
		const INTO: &str =
			"INSERT INTO assets (id, handle, handle_lower, kind, creator, owner, content, domain,
			scenario, terms, share_rate, price, call_fee, accuracy, speed_gain, quality, attested, impact, status,
			minted, minted_at, minted_in, minted_event, generation, ancestors, children, receipts, receipts_hash) ";
		let no_receipt = format!("0x{}", "0".repeat(64));
		insert!(self, INTO, assets, |row, item| {
			row.push_bind(item.id)
				.push_bind(item.handle.as_str())
				.push_bind(item.handle.to_ascii_lowercase());
			row.push_bind(item.kind).push_bind(item.creator.as_str()).push_bind(item.creator.as_str());
			row.push_bind(item.content.as_str()).push_bind(item.domain.as_deref());
			row.push_bind(item.scenario.as_str()).push_bind(item.terms).push_bind(item.share_rate);
			row.push_bind(item.price.as_deref()).push_bind(item.call_fee.as_str()).push_bind(item.accuracy);
			row.push_bind(item.speed_gain).push_bind(item.quality).push_bind(item.attested);
			row.push_bind(item.impact)
				.push_bind(item.status)
				.push_bind(item.minted)
				.push_bind(item.minted_at);
			row.push_bind(item.minted_in).push_bind(item.minted_event);
			row.push_bind(item.generation).push_bind(item.ancestors);
			row.push_bind(0i64).push_bind(0i64).push_bind(no_receipt.as_str());
		});
		Ok(())
	}

	/// Writes parents, and counts them as children of these.
	pub async fn parents(&mut self, parents: &[NewParent]) -> Result<()> {
		const INTO: &str = "INSERT INTO parents (child, position, parent, relation) ";
		const COUNT: &str = "UPDATE assets SET children = children + $2 WHERE id = $1";
		insert!(self, INTO, parents, |row, item| {
			row.push_bind(item.child)
				.push_bind(item.position)
				.push_bind(item.parent)
				.push_bind(item.relation);
		});
		let mut children = BTreeMap::<i64, i64>::new();
		for parent in parents {
			*children.entry(parent.parent).or_default() += 1;
		}
		for (parent, count) in children {
			within!(self, connection => sqlx::query(COUNT).bind(parent).bind(count)
				.execute(connection).await.map(|_| ()))?;
		}
		let changed: BTreeSet<i64> = parents.iter().flat_map(|edge| [edge.parent, edge.child]).collect();
		self.note_children(&changed.into_iter().collect::<Vec<_>>()).await
	}

	/// Writes with the edges above assets how many children these have.
	async fn note_children(&mut self, assets: &[i64]) -> Result<()> {
		for chunk in assets.chunks(ROWS) {
			let sql = format!(
				"UPDATE parents SET child_children = a.children FROM assets a
				WHERE parents.child IN ({}) AND a.id = parents.child AND parents.child_children <> a.children",
				list(chunk)
			);
			within!(self, connection => sqlx::query(AssertSqlSafe(sql.as_str())).execute(connection)
				.await.map(|_| ()))?;
		}
		Ok(())
	}

	/// Adds a parent behind the others, from a block on.
	pub async fn add_parent(&mut self, child: i64, parent: i64, relation: &str, height: i64) -> Result<()> {
		const SQL: &str = "INSERT INTO parents (child, position, parent, relation, since) VALUES ($1,
			(SELECT COALESCE(MAX(position) + 1, 0) FROM parents WHERE child = $1), $2, $3, $4)";
		const COUNT: &str = "UPDATE assets SET children = children + 1 WHERE id = $1";
		within!(self, connection => sqlx::query(SQL).bind(child).bind(parent).bind(relation).bind(height)
			.execute(connection).await.map(|_| ()))?;
		within!(self, connection => sqlx::query(COUNT).bind(parent).execute(connection).await.map(|_| ()))?;
		self.note_children(&[parent, child]).await
	}

	/// Removes a parent, from a block on.
	pub async fn remove_parent(&mut self, child: i64, parent: i64, height: i64) -> Result<()> {
		const SQL: &str = "UPDATE parents SET until = $3 WHERE child = $1 AND parent = $2 AND until IS NULL";
		const COUNT: &str = "UPDATE assets SET children = children - $2 WHERE id = $1";
		let removed = within!(self, connection => sqlx::query(SQL).bind(child).bind(parent).bind(height)
			.execute(connection).await.map(|done| done.rows_affected()))?;
		let removed = i64::try_from(removed).unwrap_or_default();
		within!(self, connection => sqlx::query(COUNT).bind(parent).bind(removed)
			.execute(connection).await.map(|_| ()))?;
		self.note_children(&[parent]).await
	}

	/// Writes down what an event changes of an asset.
	pub async fn change_asset(&mut self, asset: i64, change: &AssetChange) -> Result<()> {
		macro_rules! set {
			($sql:literal $(, $value:expr)*) => {
				within!(self, connection => sqlx::query($sql).bind(asset)$(.bind($value))*
					.execute(connection).await.map(|_| ()))?
			};
		}
		match change {
			AssetChange::Owner(owner) => set!("UPDATE assets SET owner = $2 WHERE id = $1", owner),
			AssetChange::Payee(payee) => set!(
				"UPDATE assets SET payee = $2, payee_set_by = CASE WHEN CAST($2 AS TEXT) IS NULL THEN NULL ELSE owner END
				WHERE id = $1",
				payee
			),
			AssetChange::CallFee(fee) => set!("UPDATE assets SET call_fee = $2 WHERE id = $1", fee),
			AssetChange::Terms { terms, share_rate, price } => set!(
				"UPDATE assets SET terms = $2, share_rate = $3, price = $4 WHERE id = $1",
				*terms,
				share_rate,
				price
			),
			AssetChange::Quality(quality) => {
				set!("UPDATE assets SET quality = $2, attested = TRUE WHERE id = $1", quality)
			}
			AssetChange::Impact(impact) => set!("UPDATE assets SET impact = $2 WHERE id = $1", impact),
			AssetChange::Delisted => set!("UPDATE assets SET status = 'delisted' WHERE id = $1"),
			AssetChange::Relisted => set!("UPDATE assets SET status = 'active' WHERE id = $1"),
			AssetChange::Ancestors(ancestors) => {
				set!("UPDATE assets SET ancestors = $2 WHERE id = $1", ancestors)
			}
			AssetChange::Generation(generation) => {
				set!("UPDATE assets SET generation = $2 WHERE id = $1", generation)
			}
			AssetChange::Sandboxed(mode) => set!("UPDATE assets SET sandboxed = $2 WHERE id = $1", *mode),
			AssetChange::Policy(policy) => set!("UPDATE assets SET policy = $2 WHERE id = $1", policy),
		}
		Ok(())
	}

	/// Writes down a change for the asset's history.
	pub async fn note_change(
		&mut self,
		place: (i64, i64),
		asset: i64,
		name: &str,
		detail: &str,
		at: i64,
	) -> Result<()> {
		const SQL: &str = "INSERT INTO changes (height, event, asset, name, detail, at)
			VALUES ($1, $2, $3, $4, $5, $6)";
		within!(self, connection => sqlx::query(SQL).bind(place.0).bind(place.1).bind(asset).bind(name)
			.bind(detail).bind(at).execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Receipts of an asset so far, and whom its next use concerns.
	pub async fn head(&mut self, asset: i64) -> Result<Head> {
		const SQL: &str = "SELECT receipts, receipts_hash AS hash, owner,
			CASE WHEN payee_set_by = owner THEN payee ELSE owner END AS payee FROM assets WHERE id = $1";
		let head: Option<Head> =
			within!(self, connection => sqlx::query_as(SQL).bind(asset).fetch_optional(connection).await)?;
		head.ok_or_else(|| Error::Unreadable(format!("a use of asset {asset}, and no such asset")))
	}

	/// Writes down how many receipts an asset has, behind the uses of a block. `caller`: who used it there, if it was one
	/// account only; its owner does not count as somebody who uses it.
	pub async fn set_head(
		&mut self,
		asset: i64,
		head: &Head,
		height: i64,
		caller: Option<&str>,
	) -> Result<()> {
		const SQL: &str = "UPDATE assets SET receipts = $2, receipts_hash = $3,
			used_in = CASE WHEN owner = $4 THEN used_in ELSE $5 END WHERE id = $1";
		within!(self, connection => sqlx::query(SQL).bind(asset).bind(head.receipts).bind(&head.hash)
			.bind(caller.unwrap_or_default()).bind(height).execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Writes receipts, and counts them as usage.
	pub async fn receipts(&mut self, height: i64, receipts: &[NewReceipt]) -> Result<()> {
		const INTO: &str =
			"INSERT INTO receipts (asset, number, height, event, caller, units, paid_units, purpose,
			fee, permit, derivation, at, period, hash) ";
		self.count_receipts(receipts).await?;
		insert!(self, INTO, receipts, |row, item| {
			row.push_bind(item.asset).push_bind(item.number).push_bind(height).push_bind(item.event);
			row.push_bind(item.caller.as_str()).push_bind(item.units.as_str()).push_bind(item.paid_units);
			row.push_bind(item.purpose).push_bind(item.fee).push_bind(item.permit).push_bind(item.derivation);
			row.push_bind(item.at).push_bind(item.period).push_bind(item.hash.as_str());
		});
		Ok(())
	}

	/// Writes a licence.
	pub async fn licence(
		&mut self,
		place: (i64, i64),
		asset: i64,
		buyer: &str,
		price: Money,
		when: (i64, Month),
	) -> Result<()> {
		const SQL: &str = "INSERT INTO licences (asset, buyer, price, height, event, at, period)
			VALUES ($1, $2, $3, $4, $5, $6, $7)";
		within!(self, connection => sqlx::query(SQL).bind(asset).bind(buyer).bind(price).bind(place.0)
			.bind(place.1).bind(when.0).bind(when.1).execute(connection).await.map(|_| ()))?;
		Ok(())
	}
}
