//! What was compared.

use super::{Tx, within};
use crate::store::Result;
use std::collections::BTreeSet;

/// A comparison to write. A later one of the same subject takes its place.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct NewCheck {
	pub kind: &'static str,
	pub subject: String,
	pub height: i64,
	pub ok: bool,
	pub compared: i64,
	pub expected: String,
	pub found: String,
}

impl Tx {
	/// Subjects of a kind whose last comparison came out different.
	pub async fn differing(&mut self, kind: &str) -> Result<BTreeSet<String>> {
		const SQL: &str = "SELECT subject FROM checks WHERE NOT ok AND kind = $1";
		let found: Vec<String> =
			within!(self, connection => sqlx::query_scalar(SQL).bind(kind).fetch_all(connection).await)?;
		Ok(found.into_iter().collect())
	}

	/// Writes what a comparison came to.
	pub async fn check(&mut self, check: &NewCheck) -> Result<()> {
		const SQL: &str = "INSERT INTO checks (kind, subject, height, ok, compared, expected, found, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (kind, subject) DO UPDATE SET
			height = EXCLUDED.height, ok = EXCLUDED.ok, compared = EXCLUDED.compared,
			expected = EXCLUDED.expected, found = EXCLUDED.found, at = EXCLUDED.at";
		let now = chrono::Utc::now().timestamp_millis();
		within!(self, connection => sqlx::query(SQL)
			.bind(check.kind).bind(&check.subject).bind(check.height).bind(check.ok).bind(check.compared)
			.bind(&check.expected).bind(&check.found).bind(now).execute(connection).await.map(|_| ()))?;
		Ok(())
	}
}
