//! What is usual in a settled month, written down once: it changes no more.

use super::{Tx, bulk::insert, within};
use crate::store::{Month, Result, Store};

/// The most statements of a kind that a range of what is usual rests on.
pub const MOST_SAMPLES: i64 = 20_000;

const DISTRIBUTION: &str =
	"INSERT INTO distributions (period, payees, paid, top_tenth, bottom_half, median, greatest)
	SELECT $1, COUNT(*), COALESCE(SUM(amount), 0),
		COALESCE(SUM(CASE WHEN place > many - (many + 9) / 10 THEN amount ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN place <= many / 2 THEN amount ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN place = (many + 1) / 2 THEN amount ELSE 0 END), 0), COALESCE(MAX(amount), 0)
	FROM (SELECT amount, ROW_NUMBER() OVER (ORDER BY amount, payee) AS place, COUNT(*) OVER () AS many
		FROM payments WHERE period = $1) t";

const MAGNITUDES: &str = "INSERT INTO magnitudes (period, magnitude, assets, paid)
	SELECT $1, magnitude, COUNT(*), SUM(paid) FROM (
		SELECT paid, CASE WHEN paid < 1000000 THEN 0 WHEN paid < 10000000 THEN 1 WHEN paid < 100000000 THEN 2
			WHEN paid < 1000000000 THEN 3 WHEN paid < 10000000000 THEN 4 WHEN paid < 100000000000 THEN 5
			ELSE 6 END AS magnitude
		FROM statements WHERE period = $1 AND paid > 0) t
	GROUP BY magnitude";

const MEDIANS: &str = "INSERT INTO domain_medians (period, domain, paid, assets)
	SELECT $1, domain, paid, many FROM (
		SELECT COALESCE(a.domain, '') AS domain, s.paid,
			ROW_NUMBER() OVER (PARTITION BY a.domain ORDER BY s.paid, s.asset) AS place,
			COUNT(*) OVER (PARTITION BY a.domain) AS many
		FROM statements s JOIN assets a ON a.id = s.asset WHERE s.period = $1) t
	WHERE place = (many + 1) / 2";

const SAMPLES: &str = "INSERT INTO samples (period, kind, weight, asset, earned, one_in)
	SELECT $1, kind, weight, asset, earned, many / $2 + 1 FROM (
		SELECT a.kind, s.weight, s.asset, s.shared + s.call_fees AS earned,
			ROW_NUMBER() OVER (PARTITION BY a.kind ORDER BY s.asset) AS place,
			COUNT(*) OVER (PARTITION BY a.kind) AS many
		FROM statements s JOIN assets a ON a.id = s.asset WHERE s.period = $1 AND s.weight IS NOT NULL) t
	WHERE place % (many / $2 + 1) = 0";

impl Tx {
	/// Writes down what is usual in a month that was just reported. `unit_counts` are numbers of units, each with how many active
	/// assets were used just as many: what ranks are of.
	pub async fn summarise(&mut self, month: Month, unit_counts: &[(i64, i64)]) -> Result<()> {
		const UNITS: &str = "INSERT INTO unit_counts (period, units, assets) ";
		insert!(self, UNITS, unit_counts, |row, item| {
			row.push_bind(month).push_bind(item.0).push_bind(item.1);
		});
		for sql in [DISTRIBUTION, MAGNITUDES, MEDIANS] {
			within!(self, connection => sqlx::query(sql).bind(month).execute(connection).await.map(|_| ()))?;
		}
		within!(self, connection => sqlx::query(SAMPLES).bind(month).bind(MOST_SAMPLES)
			.execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// By numbers of units, how many assets were used just as many, of all that was paid for: as near as an index comes to what
	/// counted in a month that was taken in without it.
	async fn paid_unit_counts(&mut self, month: Month) -> Result<Vec<(i64, i64)>> {
		const SQL: &str = "SELECT units, COUNT(*) FROM usage WHERE period = $1 AND units > 0 GROUP BY units";
		Ok(within!(self, connection => sqlx::query_as(SQL).bind(month).fetch_all(connection).await)?)
	}

	/// Months that were reported before summaries were written.
	async fn without_summary(&mut self) -> Result<Vec<Month>> {
		const SQL: &str = "SELECT period FROM periods WHERE report IS NOT NULL
			AND period NOT IN (SELECT period FROM distributions) ORDER BY period";
		Ok(within!(self, connection => sqlx::query_scalar(SQL).fetch_all(connection).await)?)
	}
}

impl Store {
	/// Writes down what is usual in months of an index that an earlier explorer made.
	pub(in crate::store) async fn summarise_missing(&self) -> Result<()> {
		let mut tx = self.begin().await?;
		for month in tx.without_summary().await? {
			let unit_counts = tx.paid_unit_counts(month).await?;
			tx.summarise(month, &unit_counts).await?;
		}
		tx.commit().await
	}
}
