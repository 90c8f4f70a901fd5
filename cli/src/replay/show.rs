//! What a replay ends with: worked examples, totals, and where to connect.

use super::{Effort, Replay, check::Checked};
use crate::{
	output::{self, Style, count, paid_to, styled},
	worked,
};
use anyhow::Result;
use heirloom_primitives::{AssetId, MicroU, PeriodReport, StatementLine, format_u, grouped};
use serde_json::json;
use std::time::Duration;

/// The statements that are written out where a scenario has them.
const EXAMPLES: [&str; 4] = ["CT-2025-0312", "CT-2025-0977", "LUNG-DX-WEIGHTS", "ROBUSTNESS-EVAL"];

/// Shows the result.
pub async fn result(
	replay: &Replay<'_>,
	checked: &Checked,
	effort: &Effort,
	url: &str,
	json: bool,
) -> Result<()> {
	let Checked { statements, report } = checked;
	let took = effort.started.elapsed();
	if json {
		return output::json(&json!({
			"scenario": replay.scenario.name,
			"period": replay.period,
			"report": report,
			"statements": statements.len(),
			"transactions": effort.transactions,
			"blocks": effort.blocks,
			"milliseconds": u64::try_from(took.as_millis())?,
		}));
	}
	output::line(format_args!(
		"\n{}",
		styled(Style::Bold, format!("{} · {}", replay.scenario.name, replay.period))
	))?;
	let examples = examples(replay, checked);
	let width = examples.iter().map(|asset| replay.handle(*asset).chars().count()).max().unwrap_or(0);
	for asset in examples {
		let view = &statements[&asset];
		let lines = lines(replay, view.asset, view.statement.shared).await?;
		let handle = styled(Style::Bold, format!("{:<width$}", replay.handle(asset)));
		output::line(format_args!(
			"  {handle}  {}",
			worked::one_line(view, &lines, &report.formula.formula())
		))?;
	}
	output::line("")?;
	totals(report)?;
	output::line("")?;
	output::fields([
		(
			"replay",
			format!(
				"{} in {}, {}",
				count(effort.transactions, "transaction"),
				count(effort.blocks, "block"),
				seconds(effort.replayed)
			),
		),
		("settlement", settlement(report)),
		("in all", seconds(took)),
		("connect a wallet to", url.into()),
	])
}

/// The scenario's worked examples, or else its largest payments.
fn examples(replay: &Replay<'_>, checked: &Checked) -> Vec<usize> {
	let named: Vec<_> = EXAMPLES
		.iter()
		.filter_map(|handle| replay.scenario.find(handle))
		.filter(|asset| checked.statements.contains_key(asset))
		.collect();
	if !named.is_empty() {
		return named;
	}
	let mut largest: Vec<_> =
		checked.statements.iter().map(|(asset, view)| (view.statement.paid, *asset)).collect();
	largest.sort_by_key(|(paid, asset)| (std::cmp::Reverse(*paid), *asset));
	largest.into_iter().take(EXAMPLES.len()).map(|(_, asset)| asset).collect()
}

async fn lines(replay: &Replay<'_>, asset: AssetId, shared: MicroU) -> Result<Vec<StatementLine>> {
	if shared == 0 { Ok(Vec::new()) } else { replay.chain.statement_lines(asset, replay.period).await }
}

fn totals(report: &PeriodReport) -> Result<()> {
	let rows = [
		(
			"revenue shared",
			report.revenue,
			format!("pots of {} derivatives", grouped(u128::from(report.pots))),
		),
		("call fees", report.call_fees, "to the assets they were paid for".into()),
		("carried in", report.carried_in, "from earlier months".into()),
		("paid", report.paid, paid_to(report)),
		("carried", report.carried_out, "less than a cent per asset".into()),
		("ecosystem pool", report.pool, "20 % of the pots, and what rounding left".into()),
	];
	let width = rows.iter().map(|(_, amount, _)| format_u(*amount).len()).max().unwrap_or(0);
	output::fields(rows.map(|(name, amount, note)| {
		(name, format!("{:>width$} U  {}", format_u(amount), styled(Style::Dim, note)))
	}))
}

fn settlement(report: &PeriodReport) -> String {
	let blocks = report.reported_in - report.closed_in + 1;
	let span = match blocks {
		1 => format!("in block {}", grouped(u128::from(report.closed_in))),
		_ => format!(
			"in blocks {} to {}",
			grouped(u128::from(report.closed_in)),
			grouped(u128::from(report.reported_in))
		),
	};
	format!("{} pairs of derivative and ancestor, {span}", grouped(u128::from(report.pairs)))
}

fn seconds(time: Duration) -> String {
	format!("{:.1} s", time.as_secs_f64())
}
