//! `heirloom statement`: the arithmetic of a statement, line by line.

use super::asset::word;
use crate::{
	args::StatementArgs,
	chain::{
		AccountId, Chain,
		read::{AssetRef, for_each},
	},
	output::{self, Style, styled},
	worked,
};
use anyhow::{Context, Result, bail};
use heirloom_primitives::{AssetView, MicroU, StatementLine, StatementView, format_u_exact};
use serde_json::json;

/// Runs the command.
pub async fn run(chain: &Chain, args: &StatementArgs, json: bool) -> Result<()> {
	let asset = chain.asset(&args.asset).await?;
	let period = match args.period {
		Some(period) => period,
		None => chain.progress().await?.settled.context("no month is settled yet")?,
	};
	let statement = chain.statement(&AssetRef::Id(asset.id), period).await?;
	let Some(view) = statement else { bail!("{} was due nothing in {period}", asset.handle) };
	// The detail is pruned after a year; the statement itself stays.
	let lines = match view.units {
		Some(_) => chain.statement_lines(asset.id, period).await?,
		None => Vec::new(),
	};
	if json {
		return output::json(&json!({ "statement": view, "lines": lines }));
	}
	let handles =
		for_each(&lines, |line| async { Ok(chain.asset(&AssetRef::Id(line.descendant)).await?.handle) })
			.await?;
	show(&asset, &view, &lines, &handles)
}

fn show(
	asset: &AssetView<AccountId>,
	view: &StatementView<AccountId>,
	lines: &[StatementLine],
	handles: &[String],
) -> Result<()> {
	let statement = &view.statement;
	println!("{} {}", styled(Style::Bold, &asset.handle), styled(Style::Dim, view.period));
	if let Some(weight) = &view.weight {
		println!("\n  {}", styled(Style::Bold, "weight"));
		for (name, value, how) in worked::weight_lines(weight, &word(&asset.kind)?, view.units) {
			println!("    {name:<8} {value:>9}   {}", styled(Style::Dim, how));
		}
	}
	println!("\n  {}", styled(Style::Bold, "due"));
	let mut rows: Vec<(String, MicroU)> = Vec::new();
	if let Some(weight) = statement.weight {
		let width = handles.iter().map(|handle| handle.chars().count()).max().unwrap_or(0);
		for (line, handle) in lines.iter().zip(handles) {
			rows.push((format!("{handle:<width$}  {}", worked::term(weight, line)), line.amount));
		}
		// Each line is rounded down for itself, the share once.
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
	amounts(&rows);
	println!("\n  {}", styled(Style::Bold, "settled"));
	let payee = statement.payee.as_ref().map(|payee| format!(" to {payee}")).unwrap_or_default();
	amounts(&[
		(format!("paid{payee}"), statement.paid),
		("carried to the next month".into(), statement.carried_out),
	]);
	println!("\n  {}", worked::one_line(view, lines));
	Ok(())
}

/// Names and amounts, both aligned, the amounts at the point.
fn amounts(rows: &[(String, MicroU)]) {
	let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
	let texts: Vec<_> = rows.iter().map(|(_, amount)| format_u_exact(*amount)).collect();
	let whole = |text: &str| text.find('.').unwrap_or(text.len());
	let widest = texts.iter().map(|text| whole(text)).max().unwrap_or(0);
	for ((name, _), text) in rows.iter().zip(&texts) {
		let indent = " ".repeat(width - name.chars().count() + widest - whole(text));
		let after = " ".repeat(7 - (text.len() - whole(text)).min(7));
		println!("    {name}  {indent}{text}{after} U");
	}
}
