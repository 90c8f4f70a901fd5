//! `heirloom statement`: the arithmetic of a statement, line by line, and what became of the money.

mod held;
mod nothing;

use crate::{
	args::StatementArgs,
	chain::{
		AccountId, Chain,
		read::{AssetRef, for_each},
	},
	output::{self, Style, styled, word},
	worked,
};
use anyhow::{Context, Result};
use heirloom_primitives::{AssetView, Formula, MicroU, StatementLine, StatementView, format_u_exact};
use held::Held;
use serde_json::json;

/// Runs the command.
pub async fn run(chain: &Chain, args: &StatementArgs, json: bool) -> Result<()> {
	let asset = chain.asset(&args.asset).await?;
	let period = match args.period {
		Some(period) => period,
		None => chain.progress().await?.settled.context("no month is settled yet")?,
	};
	let statement = chain.statement(&AssetRef::Id(asset.id), period).await?;
	let report = chain.report(period).await?;
	let Some(view) = statement else { return Err(nothing::reason(chain, &asset, period, &report).await?) };
	// The detail is pruned after a year; the statement itself stays.
	let lines = match view.units {
		Some(_) => chain.statement_lines(asset.id, period).await?,
		None => Vec::new(),
	};
	let corrected = are_of_another_genealogy(&lines, view.statement.shared);
	let lines = if corrected { Vec::new() } else { lines };
	let held = held::of(chain, &view, &report).await?;
	if json {
		return output::json(
			&json!({ "statement": view, "lines": lines, "corrected_since": corrected, "held": held }),
		);
	}
	let handles =
		for_each(&lines, |line| async { Ok(chain.asset(&AssetRef::Id(line.descendant)).await?.handle) })
			.await?;
	show(&asset, &view, &report.formula.formula(), &lines, &handles)?;
	if corrected {
		let archive = "only a node with --state-pruning archive has those of the month";
		note(&format!(
			"its descendants' ancestors were corrected since; {archive}, and so the lines of this share"
		))?;
	}
	settled(&view, held.as_deref())?;
	output::line(format_args!("\n  {}", worked::one_line(&view, &lines, &report.formula.formula())))
}

/// Whether a share is not the sum of its lines. Each line is rounded for itself and the share once, which makes less than a
/// micro-U a line; more comes of ancestors that were corrected after the month, where the node does not keep the month's.
fn are_of_another_genealogy(lines: &[StatementLine], shared: MicroU) -> bool {
	let apart = lines.iter().map(|line| line.amount).sum::<MicroU>();
	!lines.is_empty() && apart.abs_diff(shared) > lines.len() as MicroU
}

fn note(text: &str) -> Result<()> {
	output::line(format_args!("    {}", styled(Style::Dim, text)))
}

fn show(
	asset: &AssetView<AccountId>,
	view: &StatementView<AccountId>,
	formula: &Formula,
	lines: &[StatementLine],
	handles: &[String],
) -> Result<()> {
	let statement = &view.statement;
	output::line(format_args!("{} {}", styled(Style::Bold, &asset.handle), styled(Style::Dim, view.period)))?;
	if let Some(weight) = &view.weight {
		output::line(format_args!("\n  {}", styled(Style::Bold, "weight")))?;
		for (name, value, how) in worked::weight_lines(weight, &word(&asset.kind)?, view.units, formula) {
			output::line(format_args!("    {name:<8} {value:>9}   {}", styled(Style::Dim, how)))?;
		}
	}
	output::line(format_args!("\n  {}", styled(Style::Bold, "due")))?;
	let mut rows: Vec<(String, MicroU)> = Vec::new();
	if let Some(weight) = statement.weight {
		let width = handles.iter().map(|handle| handle.chars().count()).max().unwrap_or(0);
		for (line, handle) in lines.iter().zip(handles) {
			rows.push((format!("{handle:<width$}  {}", worked::term(weight, line, formula)), line.amount));
		}
		let apart = lines.iter().map(|line| line.amount).sum::<MicroU>();
		if !lines.is_empty() && apart != statement.shared {
			rows.push(("rounded once, not line by line".into(), statement.shared.saturating_sub(apart)));
		}
		if lines.is_empty() {
			rows.push(("shares of its descendants' revenue".into(), statement.shared));
		}
	}
	rows.push(("call fees".into(), statement.call_fees));
	rows.push(("carried in".into(), statement.carried_in));
	amounts(&rows)
}

/// What became of what was due; `held` is none where the node cannot say what did not reach the payee.
fn settled(view: &StatementView<AccountId>, held: Option<&[Held]>) -> Result<()> {
	let statement = &view.statement;
	output::line(format_args!("\n  {}", styled(Style::Bold, "settled")))?;
	let payee = statement.payee.as_ref().map(|payee| format!(" to {payee}")).unwrap_or_default();
	let kept: MicroU = held.unwrap_or_default().iter().map(|held| held.amount).sum();
	let done = if held.is_some() { "paid" } else { "due" };
	let mut rows = vec![(format!("{done}{payee}"), statement.paid.saturating_sub(kept))];
	rows.extend(held.unwrap_or_default().iter().map(|held| (held.why.clone(), held.amount)));
	rows.push(("carried to the next month".into(), statement.carried_out));
	amounts(&rows)?;
	if held.is_none() {
		note(
			"some of this month's money was held back, and only a node with --state-pruning archive can tell whose",
		)?;
	}
	Ok(())
}

/// Names and amounts, both aligned, the amounts at the point.
fn amounts(rows: &[(String, MicroU)]) -> Result<()> {
	let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
	let texts: Vec<_> = rows.iter().map(|(_, amount)| format_u_exact(*amount)).collect();
	let whole = |text: &str| text.find('.').unwrap_or(text.len());
	let widest = texts.iter().map(|text| whole(text)).max().unwrap_or(0);
	for ((name, _), text) in rows.iter().zip(&texts) {
		let indent = " ".repeat(width - name.chars().count() + widest - whole(text));
		let after = " ".repeat(7 - (text.len() - whole(text)).min(7));
		output::line(format_args!("    {name}  {indent}{text}{after} U"))?;
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_less_than_a_micro_u_a_line_is_rounding() {
		let line =
			|amount| StatementLine { descendant: 1, pot: 0, total_weight: 1, rate_per_weight: 0, amount };
		let lines = [line(500), line(700)];
		assert!(!are_of_another_genealogy(&lines, 1_200));
		assert!(!are_of_another_genealogy(&lines, 1_202));
		assert!(are_of_another_genealogy(&lines, 1_203));
		assert!(are_of_another_genealogy(&lines, 700));
		assert!(!are_of_another_genealogy(&[], 700));
	}
}
