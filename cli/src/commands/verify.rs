//! `heirloom verify`: a settled month, recomputed from the chain's state with the independent model.

use crate::{
	args::VerifyArgs,
	chain::{
		Chain,
		month::{self, Recorded},
		read::AssetRef,
	},
	output::{self, Style, paid_to, styled, u},
};
use anyhow::{Context, Result, bail};
use heirloom_primitives::{AssetId, PackedStatement, PeriodReport, format_u, format_u_exact, grouped};
use heirloom_scenario::model::{self, Row, Settlement};
use serde_json::json;
use std::fmt::Display;

/// Runs the command.
pub async fn run(chain: &Chain, args: &VerifyArgs, json: bool) -> Result<()> {
	let period = args.period;
	let report = chain.report(period).await?;
	let recorded = month::read(chain, period, &report).await?;
	let progress = output::spinner(format!("recomputing {period}"));
	let settled = model::settle(&recorded.month).with_context(|| format!("{period} cannot be recomputed"))?;
	if let Err(difference) = compare(chain, &report, &recorded, &settled).await {
		return Err(match recorded.forgotten {
			Some(block) => difference.context(format!(
				"the node no longer keeps the state of block {block}, which reported {period}, so parents were read as they \
				 are now: if one was corrected since, only a node with --state-pruning archive can verify {period}"
			)),
			None => difference,
		});
	}
	progress.finish_and_clear();
	if json {
		return output::json(
			&json!({ "period": period, "statements": settled.rows.len(), "report": report }),
		);
	}
	let rows = grouped(settled.rows.len() as u128);
	let pairs = grouped(u128::from(report.pairs));
	output::line(format_args!(
		"{period}: {rows} statements and {pairs} pairs recomputed, {}",
		styled(Style::Good, "no difference")
	))?;
	output::fields([
		("paid", format!("{} U {}", format_u(report.paid), paid_to(&report))),
		("ecosystem pool", format!("{} U", format_u(report.pool))),
		("carried", format!("{} U", format_u_exact(report.carried_out))),
	])
}

/// The first difference is an error.
async fn compare(
	chain: &Chain,
	report: &PeriodReport,
	recorded: &Recorded,
	settled: &Settlement,
) -> Result<()> {
	compare_pots(chain, recorded, settled).await?;
	compare_statements(chain, recorded, settled).await?;
	compare_totals(report, &settled.totals)
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

async fn compare_statements(chain: &Chain, recorded: &Recorded, settled: &Settlement) -> Result<()> {
	for asset in 0..recorded.month.assets.len() {
		match (recorded.statements.get(&asset), settled.row(asset)) {
			(None, None) => {}
			(Some(stated), Some(row)) => {
				if let Some((what, is, should)) = difference(stated, row) {
					bail!("{}: {what} is {is}, recomputed {should}", name(chain, asset).await?)
				}
			}
			(Some(_), None) => {
				bail!("{}: has a statement; recomputed, it has none", name(chain, asset).await?)
			}
			// Of a pot of a single micro-U nothing reaches an ancestor: the model has a row of zeros, the chain none.
			(None, Some(row)) if row.due == 0 => {}
			(None, Some(row)) => {
				bail!(
					"{}: has no statement; recomputed, {} is due to it",
					name(chain, asset).await?,
					u(row.due)
				)
			}
		}
	}
	Ok(())
}

fn difference(stated: &PackedStatement, row: &Row) -> Option<(&'static str, String, String)> {
	let weight = (stated.weight.map(u32::from), row.weight.map(|weight| weight.bps));
	if weight.0 != weight.1 {
		let text = |weight: Option<u32>| weight.map_or("none".into(), |weight| weight.to_string());
		return Some(("its weight in basis points", text(weight.0), text(weight.1)));
	}
	let Some((paid, carried)) = stated.divided() else {
		return Some(("what is due to it", "more than an amount holds".into(), u(row.due)));
	};
	let amounts = [
		("its share", stated.shared, row.shared),
		("its call fees", stated.call_fees, row.call_fees),
		("what was carried in", stated.carried_in, row.carried_in),
		("its payment", paid, row.paid),
		("what is carried", carried, row.carried),
	];
	let different = amounts.into_iter().find(|(_, is, should)| is != should);
	different.map(|(what, is, should)| (what, u(is), u(should)))
}

fn compare_totals(report: &PeriodReport, totals: &model::Totals) -> Result<()> {
	same("assets", report.assets, totals.assets)?;
	same("active assets", report.active, totals.active)?;
	same("pairs", report.pairs, totals.pairs)?;
	same("pots", report.pots, totals.pots)?;
	same("assets with a payment", report.earning, totals.payees)?;
	same("averages", format!("{:?}", report.averages), format!("{:?}", totals.averages))?;
	same("revenue", u(report.revenue), u(totals.revenue))?;
	same("call fees", u(report.call_fees), u(totals.call_fees))?;
	same("carried in", u(report.carried_in), u(totals.carried_in))?;
	same("shares", u(report.shared), u(totals.shared))?;
	same("the pool's part", u(report.pool), u(totals.pool))?;
	same("carried", u(report.carried_out), u(totals.carried))?;
	same("paid and held", u(report.paid + report.held_out), u(totals.paid + report.held_in))
}

fn same<V: PartialEq + Display>(what: &str, is: V, should: V) -> Result<()> {
	if is == should {
		return Ok(());
	}
	bail!("{what}: {is} in the report, recomputed {should}")
}
