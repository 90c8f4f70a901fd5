//! From what a person types to what is meant.

use crate::{
	on,
	store::{Result, Store},
};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// Something that fits what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Hit {
	/// An asset.
	Asset {
		/// Its number.
		id: i64,
		/// Its name.
		handle: String,
	},
	/// An account.
	Account {
		/// In SS58.
		address: String,
	},
	/// A block.
	Block {
		/// Its number.
		height: i64,
	},
	/// A transaction.
	Extrinsic {
		/// The block.
		height: i64,
		/// Its position in it.
		position: i64,
	},
	/// A receipt.
	Receipt {
		/// The asset.
		asset: i64,
		/// The asset's how-manyth.
		number: i64,
	},
	/// A permit.
	Permit {
		/// Its number.
		id: i64,
	},
}

#[derive(FromRow)]
struct Named {
	id: i64,
	handle: String,
}

/// The most assets that a search lists.
const MOST: i64 = 20;

impl Store {
	/// What fits a text: an address, a hash, a number, or the beginning of a name (whatever its case).
	pub async fn search(&self, text: &str) -> Result<Vec<Hit>> {
		let text = text.trim();
		if text.is_empty() || text.len() > 256 {
			return Ok(Vec::new());
		}
		let mut hits = Vec::new();
		let hash = text.to_ascii_lowercase();
		if hash.len() == 66 && hash.starts_with("0x") {
			self.search_hash(&hash, &mut hits).await?;
		}
		// 32 bytes in hexadecimal may be a key as well; they are taken for one where they are the hash of nothing.
		let address = crate::chain::address::read(text).filter(|_| hits.is_empty());
		hits.extend(address.map(|address| Hit::Account { address }));
		if let Ok(number) = text.trim_start_matches('#').replace(',', "").parse::<i64>() {
			if let Some(asset) = self.asset(number).await? {
				hits.push(Hit::Asset { id: asset.id, handle: asset.handle });
			}
			if let Some(block) = self.block(number).await? {
				hits.push(Hit::Block { height: block.height });
			}
			if let Some(permit) = self.permit(number).await? {
				hits.push(Hit::Permit { id: permit.id });
			}
		}
		for Named { id, handle } in self.handles_from(&text.to_ascii_lowercase()).await? {
			let hit = Hit::Asset { id, handle };
			if !hits.contains(&hit) {
				hits.push(hit);
			}
		}
		Ok(hits)
	}

	/// Assets whose names begin with a text, whatever its case.
	async fn handles_from(&self, lower: &str) -> Result<Vec<Named>> {
		// Names are printable ASCII, so what begins with a text lies between it and itself with the last of these behind.
		const SQL: &str = "SELECT id, handle FROM assets WHERE handle_lower >= $1 AND handle_lower < $2
			ORDER BY handle_lower, id LIMIT $3";
		if !lower.bytes().all(|byte| byte.is_ascii_graphic()) {
			return Ok(Vec::new());
		}
		let end = format!("{lower}\u{7f}");
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(lower).bind(&end).bind(MOST).fetch_all(pool).await)?)
	}

	async fn search_hash(&self, hash: &str, hits: &mut Vec<Hit>) -> Result<()> {
		const RECEIPTS: &str = "SELECT asset, number FROM receipts WHERE hash = $1 LIMIT 20";
		if let Some(block) = self.block_by_hash(hash).await? {
			hits.push(Hit::Block { height: block.height });
		}
		for extrinsic in self.extrinsics_by_hash(hash).await? {
			hits.push(Hit::Extrinsic { height: extrinsic.height, position: extrinsic.position });
		}
		let receipts: Vec<(i64, i64)> =
			on!(self, pool => sqlx::query_as(RECEIPTS).bind(hash).fetch_all(pool).await)?;
		hits.extend(receipts.into_iter().map(|(asset, number)| Hit::Receipt { asset, number }));
		Ok(())
	}
}
