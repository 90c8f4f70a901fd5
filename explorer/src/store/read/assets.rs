//! Assets, what they come from, what came from them, and what was changed.

use crate::{
	on,
	store::{Cursor, Json, Listed, Month, Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// An asset as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Asset {
	/// Its number.
	pub id: i64,
	/// Its unique name.
	pub handle: String,
	/// `data`, `model` or `script`.
	pub kind: String,
	/// Who minted it.
	pub creator: String,
	/// Who owns it.
	pub owner: String,
	/// The wallet that an owner bound, see [`Self::paid_to`].
	pub payee: Option<String>,
	/// The owner who bound it.
	pub payee_set_by: Option<String>,
	/// CID of the content.
	pub content: String,
	/// Name of its domain.
	pub domain: Option<String>,
	/// What it is good for, in its owner's words.
	pub scenario: String,
	/// `share` or `buyout`.
	pub terms: String,
	/// The part of a derivative's call fees that it shares, in basis points; of `share`.
	pub share_rate: Option<i64>,
	/// Price of a licence in micro-U; of `buyout`.
	pub price: Option<String>,
	/// Fee for one unit, in micro-U.
	pub call_fee: String,
	/// Stated accuracy, in basis points.
	pub accuracy: Option<i64>,
	/// Stated gain in speed, in basis points.
	pub speed_gain: Option<i64>,
	/// Claimed or attested quality, in basis points.
	pub quality: Option<i64>,
	/// Whether a curator attested the quality.
	pub attested: bool,
	/// Attested improvement of its derivatives, in basis points.
	pub impact: i64,
	/// `chosen` or `medical` where it is used inside sandboxes only.
	pub sandboxed: Option<String>,
	/// What its owner allows inside sandboxes.
	pub policy: Option<Json>,
	/// `active` or `delisted`.
	pub status: String,
	/// Period it was minted in.
	pub minted: Month,
	/// When it was minted; none of what the chain began with.
	pub minted_at: Option<i64>,
	/// The block it was minted in.
	pub minted_in: i64,
	/// 0 of a root, else one more than the greatest of its parents.
	pub generation: i64,
	/// Number of all transitive ancestors.
	pub ancestors: i64,
	/// Number of direct children.
	pub children: i64,
	/// Number of receipts.
	pub receipts: i64,
	/// Running hash over all receipts.
	pub receipts_hash: String,
}

impl Asset {
	/// Who is paid now: the bound wallet while its setter is the owner, else the owner.
	pub fn paid_to(&self) -> &str {
		match &self.payee {
			Some(payee) if self.payee_set_by.as_ref() == Some(&self.owner) => payee,
			_ => &self.owner,
		}
	}
}

/// An asset in a list of relatives.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Relative {
	/// Its number.
	pub id: i64,
	/// Its name.
	pub handle: String,
	/// `data`, `model` or `script`.
	pub kind: String,
	/// `active` or `delisted`.
	pub status: String,
	/// How the child uses the parent.
	pub relation: String,
}

/// Something that was changed of an asset.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Change {
	/// The block.
	pub height: i64,
	/// The event's position in it.
	pub event: i64,
	/// The asset.
	pub asset: i64,
	/// The event: `Attested`, `Delisted`, `Relisted`, `ParentAdded`, `ParentRemoved`, `CallFeeSet`, `TermsSet`, `PayeeSet`,
	/// `Transferred`, `Sandboxed`, `PolicySet`.
	pub name: String,
	/// The event's fields.
	pub detail: Json,
	/// When.
	pub at: i64,
}

/// A domain of the chain's list.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, ToSchema)]
pub struct Domain {
	/// Its number.
	pub id: i64,
	/// Its name.
	pub name: String,
	/// Whether data in it is sandboxed from its minting on.
	pub medical: bool,
}

/// Which assets a list is of. What is none is not asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
	/// `data`, `model` or `script`.
	pub kind: Option<String>,
	/// Name of a domain.
	pub domain: Option<String>,
	/// `active` or `delisted`.
	pub status: Option<String>,
	/// Who owns it.
	pub owner: Option<String>,
	/// Who minted it.
	pub creator: Option<String>,
}

impl Store {
	/// An asset by its number.
	pub async fn asset(&self, id: i64) -> Result<Option<Asset>> {
		const SQL: &str = "SELECT * FROM assets WHERE id = $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)?)
	}

	/// An asset by its name.
	pub async fn asset_by_handle(&self, handle: &str) -> Result<Option<Asset>> {
		const SQL: &str = "SELECT * FROM assets WHERE handle = $1";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(handle).fetch_optional(pool).await)?)
	}

	/// An asset as a person names it: by its number, where an asset has that one, else by its name. In this order, so that nobody
	/// can take over what leads to a number by naming an asset so.
	pub async fn asset_named(&self, name: &str) -> Result<Option<Asset>> {
		let numbered = match name.parse() {
			Ok(id) => self.asset(id).await?,
			Err(_) => None,
		};
		match numbered {
			Some(asset) => Ok(Some(asset)),
			None => self.asset_by_handle(name).await,
		}
	}

	/// Assets, by their numbers.
	pub async fn assets(&self, filter: &Filter, after: Cursor, limit: i64) -> Result<Listed<Asset>> {
		const BY_ID: &str = "SELECT * FROM assets WHERE id > $1
			AND (CAST($2 AS TEXT) IS NULL OR kind = $2) AND (CAST($3 AS TEXT) IS NULL OR domain = $3)
			AND (CAST($4 AS TEXT) IS NULL OR status = $4) AND (CAST($5 AS TEXT) IS NULL OR owner = $5)
			AND (CAST($6 AS TEXT) IS NULL OR creator = $6) ORDER BY id LIMIT $7";
		// With an owner, a creator or a domain the index of these is the way, which a plan for any of the filters does not see.
		const OF_OWNER: &str = "SELECT * FROM assets WHERE owner = $5 AND id > $1
			AND (CAST($2 AS TEXT) IS NULL OR kind = $2) AND (CAST($3 AS TEXT) IS NULL OR domain = $3)
			AND (CAST($4 AS TEXT) IS NULL OR status = $4) AND (CAST($6 AS TEXT) IS NULL OR creator = $6)
			ORDER BY id LIMIT $7";
		const OF_CREATOR: &str = "SELECT * FROM assets WHERE creator = $6 AND id > $1
			AND (CAST($2 AS TEXT) IS NULL OR kind = $2) AND (CAST($3 AS TEXT) IS NULL OR domain = $3)
			AND (CAST($4 AS TEXT) IS NULL OR status = $4) AND (CAST($5 AS TEXT) IS NULL OR owner = $5)
			ORDER BY id LIMIT $7";
		const OF_DOMAIN: &str = "SELECT * FROM assets WHERE domain = $3 AND id > $1
			AND (CAST($2 AS TEXT) IS NULL OR kind = $2) AND (CAST($4 AS TEXT) IS NULL OR status = $4)
			AND (CAST($5 AS TEXT) IS NULL OR owner = $5) AND (CAST($6 AS TEXT) IS NULL OR creator = $6)
			ORDER BY id LIMIT $7";
		// Few are delisted, so those are looked for by their status.
		const DELISTED: &str = "SELECT * FROM assets WHERE status = $4 AND id > $1
			AND (CAST($2 AS TEXT) IS NULL OR kind = $2) AND (CAST($3 AS TEXT) IS NULL OR domain = $3)
			AND (CAST($5 AS TEXT) IS NULL OR owner = $5) AND (CAST($6 AS TEXT) IS NULL OR creator = $6)
			ORDER BY id LIMIT $7";
		let sql = match (&filter.owner, &filter.creator, &filter.domain, filter.status.as_deref()) {
			(Some(_), _, _, _) => OF_OWNER,
			(None, Some(_), _, _) => OF_CREATOR,
			(None, None, _, Some("delisted")) => DELISTED,
			(None, None, Some(_), _) => OF_DOMAIN,
			(None, None, None, _) => BY_ID,
		};
		let Filter { kind, domain, status, owner, creator } = filter;
		let found: Vec<Asset> = on!(self, pool => sqlx::query_as(sql)
			.bind(after.0).bind(kind).bind(domain).bind(status).bind(owner).bind(creator).bind(limit + 1)
			.fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |asset| Cursor(asset.id, 0)))
	}

	/// Assets that an account owns, minted, or is the bound payee of.
	pub async fn assets_of(&self, account: &str, after: Cursor, limit: i64) -> Result<Listed<Asset>> {
		const SQL: &str = "SELECT * FROM assets WHERE id IN (
				SELECT id FROM (SELECT id FROM assets WHERE owner = $1 AND id > $2 ORDER BY id LIMIT $3) o
				UNION SELECT id FROM (SELECT id FROM assets WHERE creator = $1 AND id > $2 ORDER BY id LIMIT $3) c
				UNION SELECT id FROM (SELECT id FROM assets WHERE payee = $1 AND payee_set_by = owner AND id > $2
					ORDER BY id LIMIT $3) p
			) ORDER BY id LIMIT $3";
		let found: Vec<Asset> = on!(self, pool => sqlx::query_as(SQL)
			.bind(account).bind(after.0).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |asset| Cursor(asset.id, 0)))
	}

	/// The direct parents of an asset, in the order they were used in.
	pub async fn parents(&self, asset: i64) -> Result<Vec<Relative>> {
		const SQL: &str = "SELECT a.id, a.handle, a.kind, a.status, p.relation
			FROM parents p JOIN assets a ON a.id = p.parent WHERE p.child = $1
			AND p.until IS NULL ORDER BY p.position";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(asset).fetch_all(pool).await)?)
	}

	/// The direct children of an asset, by their numbers.
	pub async fn children(&self, asset: i64, after: Cursor, limit: i64) -> Result<Listed<Relative>> {
		const SQL: &str = "SELECT a.id, a.handle, a.kind, a.status, p.relation
			FROM parents p JOIN assets a ON a.id = p.child WHERE p.parent = $1 AND p.child > $2
			AND p.until IS NULL
			ORDER BY p.child LIMIT $3";
		let found: Vec<Relative> = on!(self, pool => sqlx::query_as(SQL)
			.bind(asset).bind(after.0).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |relative| Cursor(relative.id, 0)))
	}

	/// What was changed of an asset, the newest first.
	pub async fn changes(&self, asset: i64, before: Cursor, limit: i64) -> Result<Listed<Change>> {
		const SQL: &str = "SELECT * FROM changes WHERE asset = $1 AND (height, event) < ($2, $3)
			ORDER BY height DESC, event DESC LIMIT $4";
		let found: Vec<Change> = on!(self, pool => sqlx::query_as(SQL)
			.bind(asset).bind(before.0).bind(before.1).bind(limit + 1).fetch_all(pool).await)?;
		Ok(Listed::of(found, limit, |change| Cursor(change.height, change.event)))
	}

	/// The list of domains.
	pub async fn domains(&self) -> Result<Vec<Domain>> {
		const SQL: &str = "SELECT * FROM domains ORDER BY id";
		Ok(on!(self, pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
	}
}
