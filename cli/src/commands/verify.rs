//! `heirloom verify`: a settled month, recomputed from the chain's state with the independent model.

use crate::{
	args::VerifyArgs,
	chain::{
		AccountId, Chain,
		month::{self, Recorded},
		read::{AssetRef, for_each},
	},
	output::{self, Style, styled, u},
};
use anyhow::{Context, Result, bail};
use heirloom_primitives::{AssetId, PeriodReport, StatementView, format_u, format_u_exact, grouped};
use heirloom_scenario::model::{self, Row, Settlement};
use serde_json::json;
use std::fmt::Display;

/// Runs the command.
pub async fn run(chain: &Chain, args: &VerifyArgs, json: bool) -> Result<()> {
	let period = args.period;
	let report = chain.report(period).await?;
	let progress = output::spinner(format!("reading {period}"));
	let recorded = month::read(chain, period, &report).await?;
	let statements = for_each(0..report.assets, |asset| chain_statement(chain, asset, args)).await?;
	let settled = model::settle(&recorded.month).with_context(|| format!("{period} cannot be recomputed"))?;
	compare_pots(chain, &recorded, &settled).await?;
	let undelivered = compare_statements(chain, &statements, &settled).await?;
	compare_totals(&report, &settled.totals, undelivered)?;
	progress.finish_and_clear();
	if json {
		return output::json(
			&json!({ "period": period, "statements": settled.rows.len(), "report": report }),
		);
	}
	let rows = grouped(settled.rows.len() as u128);
	let pairs = grouped(u128::from(report.pairs));
	println!(
		"{period}: {rows} statements and {pairs} pairs recomputed, {}",
		styled(Style::Good, "no difference")
	);
	output::fields([
		("paid", format!("{} U to {} assets", format_u(report.paid), grouped(u128::from(report.payments)))),
		("ecosystem pool", format!("{} U", format_u(report.pool))),
		("carried", format!("{} U", format_u_exact(report.carried_out))),
	]);
	Ok(())
}

async fn chain_statement(
	chain: &Chain,
	asset: AssetId,
	args: &VerifyArgs,
) -> Result<Option<StatementView<AccountId>>> {
	chain.statement(&AssetRef::Id(asset), args.period).await
}

/// The name of an asset, for a message.
async fn name(chain: &Chain, asset: usize) -> Result<String> {
	let id = AssetId::try_from(asset)?;
	Ok(chain.asset(&AssetRef::Id(id)).await?.handle)
}

async fn compare_pots(chain: &Chain, recorded: &Recorded, settled: &Settlement) -> Result<()> {
	for asset in 0..recorded.month.assets.len() {
		let is = recorded.pots.get(&asset).copied().unwrap_or(0);
		let pot = settled.pots.binary_search_by_key(&asset, |pot| pot.asset).ok();
		let should = pot.map_or(0, |found| settled.pots[found].amount);
		if is != should {
			bail!("{}: its pot is {}, recomputed {}", name(chain, asset).await?, u(is), u(should));
		}
	}
	Ok(())
}

/// Compares every statement and returns how many could not be delivered.
async fn compare_statements(
	chain: &Chain,
	statements: &[Option<StatementView<AccountId>>],
	settled: &Settlement,
) -> Result<u32> {
	let mut undelivered = 0;
	for (asset, view) in statements.iter().enumerate() {
		match (view, settled.row(asset)) {
			(None, None) => {}
			(Some(view), Some(row)) => match difference(view, row) {
				Some((what, is, should)) => {
					bail!("{}: {what} is {is}, recomputed {should}", name(chain, asset).await?)
				}
				None => undelivered += u32::from(is_undelivered(view, row)),
			},
			(Some(_), None) => {
				bail!("{}: has a statement, recomputed it has none", name(chain, asset).await?)
			}
			(None, Some(row)) => {
				bail!("{}: has no statement, recomputed it is due {}", name(chain, asset).await?, u(row.due))
			}
		}
	}
	Ok(undelivered)
}

/// Whether an asset's payee could not receive: then all of it is carried.
fn is_undelivered(view: &StatementView<AccountId>, row: &Row) -> bool {
	row.paid > 0 && view.statement.paid == 0 && view.statement.carried_out == row.due
}

fn difference(view: &StatementView<AccountId>, row: &Row) -> Option<(&'static str, String, String)> {
	let statement = &view.statement;
	let weight = (statement.weight.map(u32::from), row.weight.map(|weight| weight.bps));
	if weight.0 != weight.1 {
		let text = |weight: Option<u32>| weight.map_or("none".into(), |weight| weight.to_string());
		return Some(("its weight in basis points", text(weight.0), text(weight.1)));
	}
	let due = [
		("its share", statement.shared, row.shared),
		("its call fees", statement.call_fees, row.call_fees),
		("what was carried in", statement.carried_in, row.carried_in),
	];
	let settled =
		[("its payment", statement.paid, row.paid), ("what is carried", statement.carried_out, row.carried)];
	let settled = settled.into_iter().filter(|_| !is_undelivered(view, row));
	let different = due.into_iter().chain(settled).find(|(_, is, should)| is != should);
	different.map(|(what, is, should)| (what, u(is), u(should)))
}

fn compare_totals(report: &PeriodReport, totals: &model::Totals, undelivered: u32) -> Result<()> {
	same("assets", report.assets, totals.assets)?;
	same("active assets", report.active, totals.active)?;
	same("pairs", report.pairs, totals.pairs)?;
	same("pots", report.pots, totals.pots)?;
	same("undelivered payments", report.undelivered, undelivered)?;
	same("payments", report.payments + undelivered, totals.payees)?;
	same("averages", format!("{:?}", report.averages), format!("{:?}", totals.averages))?;
	same("revenue", u(report.revenue), u(totals.revenue))?;
	same("call fees", u(report.call_fees), u(totals.call_fees))?;
	same("carried in", u(report.carried_in), u(totals.carried_in))?;
	same("shares", u(report.shared), u(totals.shared))?;
	same("the pool's part", u(report.pool), u(totals.pool))?;
	same("paid and carried", u(report.paid + report.carried_out), u(totals.paid + totals.carried))
}

fn same<V: PartialEq + Display>(what: &str, is: V, should: V) -> Result<()> {
	if is == should {
		return Ok(());
	}
	bail!("{what}: {is} in the report, recomputed {should}")
}
