//! Every statement, total and wallet, compared with what the scenario expects and what the model recomputes.

use super::Replay;
use crate::{
	chain::{
		AccountId,
		read::{self, AssetRef, for_each},
	},
	output::{self, count, u},
};
use anyhow::{Result, bail};
use heirloom_primitives::{CENT, MicroU, PeriodReport, Statement, StatementView};
use heirloom_scenario::{ExpectedTotals, model};
use std::{
	collections::{BTreeMap, HashMap},
	fmt::Display,
};

/// A settled month that was found as it should be.
pub struct Checked {
	/// The chain's statements, by the asset's position in the scenario.
	pub statements: BTreeMap<usize, StatementView<AccountId>>,
	/// The chain's report.
	pub report: PeriodReport,
}

/// Checks everything; the first difference is an error.
pub async fn everything(replay: &Replay<'_>, expected: &model::Settlement) -> Result<Checked> {
	let progress = output::spinner("checking statements and wallets");
	let (chain, period) = (replay.chain, replay.period);
	let ids = replay.assets.iter().map(|asset| AssetRef::Id(asset.id));
	let views = for_each(ids, |id| async move { chain.statement(&id, period).await }).await?;
	let report = chain.report(period).await?;
	let statements: BTreeMap<_, _> =
		views.into_iter().enumerate().filter_map(|(asset, view)| Some((asset, view?))).collect();

	let model = expected.rows.iter().map(|row| (row.asset, Row::of_model(row))).collect();
	compare_all(replay, &statements, &model, "the independent model")?;
	if let Some(file) = &replay.scenario.expected {
		let rows = file.rows.iter().map(|row| (row.asset, Row::of_file(row))).collect();
		compare_all(replay, &statements, &rows, "expected.csv")?;
		if let Some(totals) = &file.totals {
			compare_with_file(&report, totals)?;
		}
	}
	compare_with_model(&report, &expected.totals)?;
	payees(replay, &statements)?;
	wallets(replay, &statements).await?;
	own_accounts(replay, &report).await?;
	let against = match &replay.scenario.expected {
		Some(_) => "expected.csv and the independent model",
		None => "the independent model",
	};
	let (rows, wallets) = (count(statements.len(), "statement"), count(replay.wallets.len(), "wallet"));
	output::done(&progress, format!("{rows} equal to {against}, {wallets} with what they must have"));
	Ok(Checked { statements, report })
}

/// What a statement is compared by. Amounts are micro-U.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Row {
	weight: Option<u32>,
	shared: MicroU,
	call_fees: MicroU,
	paid: MicroU,
	carried: MicroU,
}

impl Row {
	fn of_chain(statement: &Statement<AccountId>) -> Self {
		let Statement { shared, call_fees, paid, carried_out: carried, .. } = *statement;
		Self { weight: statement.weight.map(u32::from), shared, call_fees, paid, carried }
	}

	fn of_model(row: &model::Row) -> Self {
		let model::Row { shared, call_fees, paid, carried, .. } = *row;
		Self { weight: row.weight.map(|weight| weight.bps), shared, call_fees, paid, carried }
	}

	fn of_file(row: &heirloom_scenario::ExpectedRow) -> Self {
		let heirloom_scenario::ExpectedRow { weight, shared, call_fees, paid, carried, .. } = *row;
		Self { weight, shared, call_fees, paid, carried }
	}

	/// What is different first, as the chain has it and as it should be.
	fn difference(&self, expected: &Self) -> Option<(&'static str, String, String)> {
		let weight = |row: &Self| row.weight.map_or("none".into(), |weight| weight.to_string());
		if self.weight != expected.weight {
			return Some(("weight in basis points", weight(self), weight(expected)));
		}
		[
			("shared", self.shared, expected.shared),
			("call fees", self.call_fees, expected.call_fees),
			("paid", self.paid, expected.paid),
			("carried", self.carried, expected.carried),
		]
		.into_iter()
		.find(|(_, is, should)| is != should)
		.map(|(what, is, should)| (what, u(is), u(should)))
	}
}

fn compare_all(
	replay: &Replay<'_>,
	statements: &BTreeMap<usize, StatementView<AccountId>>,
	expected: &HashMap<usize, Row>,
	by: &str,
) -> Result<()> {
	for (asset, handle) in replay.scenario.assets.iter().map(|asset| &asset.handle).enumerate() {
		let is = statements.get(&asset).map(|view| Row::of_chain(&view.statement)).unwrap_or_default();
		let should = expected.get(&asset).copied().unwrap_or_default();
		if let Some((what, is, should)) = is.difference(&should) {
			bail!("{handle}: {what} is {is} on the chain, {should} by {by}");
		}
	}
	Ok(())
}

fn compare_with_model(report: &PeriodReport, totals: &model::Totals) -> Result<()> {
	let by = "the independent model";
	same("assets", report.assets, totals.assets, by)?;
	same("active assets", report.active, totals.active, by)?;
	same("pairs", report.pairs, totals.pairs, by)?;
	same("pots", report.pots, totals.pots, by)?;
	same("assets with a payment", report.earning, totals.payees, by)?;
	same("averages", format!("{:?}", report.averages), format!("{:?}", totals.averages), by)?;
	same("revenue", u(report.revenue), u(totals.revenue), by)?;
	same("call fees", u(report.call_fees), u(totals.call_fees), by)?;
	same("carried in", u(report.carried_in), u(totals.carried_in), by)?;
	same("shares", u(report.shared), u(totals.shared), by)?;
	same("the pool's part", u(report.pool), u(totals.pool), by)?;
	same("all payments", u(report.paid), u(totals.paid), by)?;
	same("carried", u(report.carried_out), u(totals.carried), by)
}

fn compare_with_file(report: &PeriodReport, totals: &ExpectedTotals) -> Result<()> {
	let by = "expected.json";
	same("pairs", report.pairs, totals.pairs, by)?;
	same("pots", report.pots, totals.pots, by)?;
	same("assets with a payment", report.earning, totals.payees, by)?;
	same("revenue", u(report.revenue), u(totals.revenue), by)?;
	same("call fees", u(report.call_fees), u(totals.call_fees), by)?;
	same("the pool's part", u(report.pool), u(totals.pool), by)?;
	same("all payments", u(report.paid), u(totals.paid), by)?;
	same("carried", u(report.carried_out), u(totals.carried), by)
}

/// Fails where the chain's figure is not the expected one.
fn same<V: PartialEq + Display>(what: &str, is: V, should: V, by: &str) -> Result<()> {
	if is == should {
		return Ok(());
	}
	bail!("{what}: {is} on the chain, {should} by {by}")
}

/// The creators still own their assets, so they are who was paid.
fn payees(replay: &Replay<'_>, statements: &BTreeMap<usize, StatementView<AccountId>>) -> Result<()> {
	for (asset, view) in statements {
		let creator = &replay.wallets[&replay.scenario.assets[*asset].creator].account;
		let paid = view.statement.payee.as_ref();
		if view.statement.paid > 0 && paid != Some(creator) {
			let paid = paid.map_or("nobody".into(), ToString::to_string);
			bail!("{}: {paid} was paid instead of its creator {creator}", replay.handle(*asset));
		}
	}
	Ok(())
}

/// Each wallet has what it had, less what it spent, and what its assets were paid.
async fn wallets(replay: &Replay<'_>, statements: &BTreeMap<usize, StatementView<AccountId>>) -> Result<()> {
	let mut income = HashMap::<&str, MicroU>::new();
	for (asset, view) in statements {
		*income.entry(&replay.scenario.assets[*asset].creator).or_default() += view.statement.paid;
	}
	let at = replay.chain.finalized().await?;
	let balances = for_each(replay.wallets.values(), |wallet| read::balance_u(&at, &wallet.account)).await?;
	for ((name, wallet), balance) in replay.wallets.iter().zip(balances) {
		let income = income.get(name.as_str()).copied().unwrap_or(0);
		let should = wallet.before - wallet.spends + income;
		if balance != should {
			bail!(
				"the wallet of {name} holds {}; {} at the start, {} spent and {} received make {}",
				u(balance),
				u(wallet.before),
				u(wallet.spends),
				u(income),
				u(should)
			);
		}
	}
	Ok(())
}

/// The pool has its part, and the settlement's account what is carried and the cent it started with. Both hold only
/// on a chain that has settled nothing before.
async fn own_accounts(replay: &Replay<'_>, report: &PeriodReport) -> Result<()> {
	if report.carried_in > 0 {
		return Ok(());
	}
	let at = replay.chain.finalized().await?;
	for (account, what, should) in [
		("PoolAccount", "the ecosystem pool", report.pool),
		("PotAccount", "the settlement's account", report.carried_out),
	] {
		let account = AccountId(read::constant(&at, "Royalty", account)?);
		let balance = read::balance_u(&at, &account).await?;
		same(&format!("U of {what}"), u(balance), u(should + CENT), "the month's report")?;
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn first_difference_is_told_with_both_sides() {
		let should = Row { weight: Some(18_000), shared: 5, call_fees: 7, paid: 2_000_000_000, carried: 1 };
		let is = Row { paid: 1_999_990_000, carried: 2, ..should };
		assert_eq!(is.difference(&should), Some(("paid", "1,999.99 U".into(), "2,000.00 U".into())));
		assert_eq!(should.difference(&should), None);
	}

	#[test]
	fn missing_weight_is_a_difference() {
		let should = Row { weight: Some(1_000), ..Row::default() };
		assert_eq!(
			Row::default().difference(&should),
			Some(("weight in basis points", "none".into(), "1000".into()))
		);
	}
}
