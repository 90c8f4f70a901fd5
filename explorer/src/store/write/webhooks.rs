//! How far webhooks are.

use super::within;
use crate::{
	on,
	store::{Result, Store, read::alerts::Place},
};
use sqlx::AssertSqlSafe;

impl Store {
	/// The place up to which a webhook was told of an account; none where it is new, or was told of another account.
	pub async fn webhook(&self, name: &str, account: &str) -> Result<Option<Place>> {
		const SQL: &str = "SELECT height, event, part FROM webhooks WHERE name = $1 AND account = $2";
		Ok(on!(self, pool => sqlx::query_as(SQL).bind(name).bind(account).fetch_optional(pool).await)?)
	}

	/// Writes up to where a webhook was told.
	pub async fn set_webhook(&self, name: &str, account: &str, told: Place) -> Result<()> {
		const SQL: &str =
			"INSERT INTO webhooks (name, account, height, event, part) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (name) DO UPDATE SET account = EXCLUDED.account, height = EXCLUDED.height,
				event = EXCLUDED.event, part = EXCLUDED.part";
		let mut tx = self.begin().await?;
		within!(&mut tx, connection => sqlx::query(SQL).bind(name).bind(account).bind(told.height)
			.bind(told.event).bind(told.part).execute(connection).await.map(|_| ()))?;
		tx.commit().await
	}

	/// Forgets all webhooks but these: one that is named again later begins anew.
	pub async fn forget_webhooks_but(&self, names: &[String]) -> Result<()> {
		let kept: Vec<_> = (1..=names.len()).map(|number| format!("${number}")).collect();
		let sql = match kept.is_empty() {
			true => "DELETE FROM webhooks".into(),
			false => format!("DELETE FROM webhooks WHERE name NOT IN ({})", kept.join(", ")),
		};
		let mut tx = self.begin().await?;
		within!(&mut tx, connection => {
			let query = names.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, name| query.bind(name));
			query.execute(connection).await.map(|_| ())
		})?;
		tx.commit().await
	}
}
