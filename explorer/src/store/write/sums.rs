//! Sums that are kept with the rows that they are of, since whoever asks for those of millions cannot count.

use super::{NewReceipt, Tx, within};
use crate::store::{Money, Month, Result};
use std::collections::{BTreeMap, BTreeSet};

/// What an asset was used in a period by one block.
#[derive(Clone, Copy, Debug, Default)]
struct Used {
	calls: i64,
	units: i64,
	fees: i64,
}

impl Tx {
	/// Counts receipts, before they are written, as the usage of their assets, months, domains and callers.
	pub(super) async fn count_receipts(&mut self, receipts: &[NewReceipt]) -> Result<()> {
		let mut used = BTreeMap::<(Month, i64), Used>::new();
		let mut spent = BTreeMap::<&str, (i64, i64)>::new();
		let mut by = BTreeSet::<(Month, i64, &str)>::new();
		for receipt in receipts {
			let Used { calls, units, fees } = used.entry((receipt.period, receipt.asset)).or_default();
			*calls += 1;
			*units = units.saturating_add(receipt.paid_units);
			*fees = fees.saturating_add(receipt.fee.0);
			let (calls, fees) = spent.entry(&receipt.caller).or_default();
			*calls += 1;
			*fees = fees.saturating_add(receipt.fee.0);
			by.insert((receipt.period, receipt.asset, &receipt.caller));
		}
		let mut callers = BTreeMap::<(Month, i64), i64>::new();
		for (period, asset, caller) in by {
			if !self.was_used_by(period, asset, caller).await? {
				*callers.entry((period, asset)).or_default() += 1;
			}
		}
		let mut months = BTreeMap::<Month, (i64, Used)>::new();
		let mut domains = BTreeMap::<(Month, String), (i64, Used)>::new();
		for ((period, asset), used) in used {
			let callers = callers.get(&(period, asset)).copied().unwrap_or_default();
			let (calls, domain) = self.count_usage(period, asset, used, callers).await?;
			let first = i64::from(calls == used.calls);
			add(months.entry(period).or_default(), first, used);
			add(domains.entry((period, domain)).or_default(), first, used);
		}
		for (period, (assets, used)) in months {
			self.count_month(period, assets, used, 0).await?;
		}
		for ((period, domain), (assets, used)) in domains {
			self.count_domain(period, &domain, assets, used).await?;
		}
		for (caller, (calls, fees)) in spent {
			self.count_account(caller, calls, fees, 0).await?;
		}
		Ok(())
	}

	async fn was_used_by(&mut self, period: Month, asset: i64, caller: &str) -> Result<bool> {
		const SQL: &str =
			"SELECT EXISTS (SELECT 1 FROM receipts WHERE period = $1 AND asset = $2 AND caller = $3)";
		Ok(within!(self, connection => sqlx::query_scalar(SQL).bind(period).bind(asset).bind(caller)
			.fetch_one(connection).await)?)
	}

	/// Adds to an asset's usage, and returns how many calls that makes, and the asset's domain.
	async fn count_usage(
		&mut self,
		period: Month,
		asset: i64,
		used: Used,
		callers: i64,
	) -> Result<(i64, String)> {
		const SQL: &str =
			"INSERT INTO usage (period, asset, calls, units, fees, callers) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (period, asset) DO UPDATE SET calls = usage.calls + EXCLUDED.calls,
			units = usage.units + EXCLUDED.units, fees = usage.fees + EXCLUDED.fees,
			callers = usage.callers + EXCLUDED.callers
			RETURNING calls, COALESCE((SELECT a.domain FROM assets a WHERE a.id = $2), '')";
		Ok(within!(self, connection => sqlx::query_as(SQL).bind(period).bind(asset).bind(used.calls)
			.bind(used.units).bind(used.fees).bind(callers).fetch_one(connection).await)?)
	}

	async fn count_month(&mut self, period: Month, assets: i64, used: Used, reported: i64) -> Result<()> {
		const SQL: &str = "INSERT INTO month_sums (period, assets, calls, units, fees, reported)
			VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (period) DO UPDATE SET
			assets = month_sums.assets + EXCLUDED.assets, calls = month_sums.calls + EXCLUDED.calls,
			units = month_sums.units + EXCLUDED.units, fees = month_sums.fees + EXCLUDED.fees,
			reported = month_sums.reported + EXCLUDED.reported";
		within!(self, connection => sqlx::query(SQL).bind(period).bind(assets).bind(used.calls)
			.bind(used.units).bind(used.fees).bind(reported).execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Counts revenue that was reported.
	pub(super) async fn count_revenue(&mut self, period: Month, amount: Money) -> Result<()> {
		self.count_month(period, 0, Used::default(), amount.0).await
	}

	async fn count_domain(&mut self, period: Month, domain: &str, assets: i64, used: Used) -> Result<()> {
		const SQL: &str = "INSERT INTO domain_sums (period, domain, assets, calls, fees)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT (period, domain) DO UPDATE SET
			assets = domain_sums.assets + EXCLUDED.assets, calls = domain_sums.calls + EXCLUDED.calls,
			fees = domain_sums.fees + EXCLUDED.fees";
		within!(self, connection => sqlx::query(SQL).bind(period).bind(domain).bind(assets).bind(used.calls)
			.bind(used.fees).execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Counts what an account called, spent for it, and signed.
	pub(super) async fn count_account(
		&mut self,
		account: &str,
		calls: i64,
		spent: i64,
		extrinsics: i64,
	) -> Result<()> {
		const SQL: &str = "INSERT INTO account_sums (account, calls, spent, extrinsics)
			VALUES ($1, $2, $3, $4) ON CONFLICT (account) DO UPDATE SET
			calls = account_sums.calls + EXCLUDED.calls, spent = account_sums.spent + EXCLUDED.spent,
			extrinsics = account_sums.extrinsics + EXCLUDED.extrinsics";
		within!(self, connection => sqlx::query(SQL).bind(account).bind(calls).bind(spent).bind(extrinsics)
			.execute(connection).await.map(|_| ()))?;
		Ok(())
	}

	/// Counts a block of a validator.
	pub(super) async fn count_author(&mut self, author: &str, height: i64) -> Result<()> {
		const SQL: &str = "INSERT INTO author_sums (author, blocks, last) VALUES ($1, 1, $2)
			ON CONFLICT (author) DO UPDATE SET blocks = author_sums.blocks + 1, last = EXCLUDED.last";
		within!(self, connection => sqlx::query(SQL).bind(author).bind(height)
			.execute(connection).await.map(|_| ()))?;
		Ok(())
	}
}

fn add((assets, sum): &mut (i64, Used), first: i64, used: Used) {
	*assets += first;
	sum.calls += used.calls;
	sum.units = sum.units.saturating_add(used.units);
	sum.fees = sum.fees.saturating_add(used.fees);
}
