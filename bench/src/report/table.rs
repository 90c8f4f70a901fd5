//! The table: a row a figure, a column a size.

use crate::{figures::Figures, settlement::Measured};
use std::fmt::Write;

/// A row: what is shown, and its value at each size. A row without values is a heading.
struct Row {
	label: String,
	cells: Vec<String>,
}

/// The table of all sizes, with notes below it.
pub fn table(measured: &[Measured], figures: &[Figures]) -> String {
	let both: Vec<_> = measured.iter().zip(figures).collect();
	let mut rows = Vec::new();
	let mut row = |label: &str, cell: &dyn Fn(&Measured, &Figures) -> String| {
		let cells = both.iter().map(|(measured, figures)| cell(measured, figures)).collect();
		rows.push(Row { label: label.into(), cells });
	};
	row("assets", &|measured, _| measured.size.to_string());
	row("pairs", &|_, figures| count(figures.json.pairs));
	row("payees paid", &|_, figures| count(figures.json.payees.into()));
	row("assets that earn", &|measured, _| count(measured.earning as u64));

	row("under saturating transfers", &|_, _| String::new());
	row("blocks from close to last payment", &|_, figures| figures.json.blocks.to_string());
	row("build, s", &|_, figures| number(figures.json.build_seconds));
	row("import, s", &|_, figures| number(figures.json.import_seconds));
	row("  of it settlement, s", &|_, figures| number(figures.settlement_seconds));
	for phase in figures.iter().max_by_key(|figures| figures.phases.len()).map_or(&[][..], |f| &f.phases) {
		let of =
			|figures: &Figures| figures.phases.iter().find(|(other, _)| *other == phase.0).map(|(_, s)| *s);
		row(&format!("    {:?}", phase.0).to_lowercase(), &|_, figures| number(of(figures).unwrap_or(0.0)));
	}
	row("slowest block, build, s", &|_, figures| number(figures.slowest.0));
	row("slowest block, import, s", &|_, figures| number(figures.slowest.1));
	row("hooks' share of a block's weight", &|_, figures| {
		format!("{:.0}-{:.0} %", 100.0 * figures.hooks_share.0, 100.0 * figures.hooks_share.1)
	});
	row("payees/s", &|_, figures| {
		count((f64::from(figures.json.payees) / figures.settlement_seconds) as u64)
	});
	row("pairs/s", &|_, figures| count((figures.json.pairs as f64 / figures.settlement_seconds) as u64));
	row("declared weight / time", &|_, figures| number(figures.json.declared_per_measured));
	row("  of the worst block", &|_, figures| number(figures.worst_declared_per_measured));

	row("under 60 % of a saturated block", &|_, _| String::new());
	row("blocks from close to last payment ", &|_, figures| figures.moderate_blocks.to_string());
	row("user transactions/s before", &|_, figures| number(figures.user_tps.0));
	row("user transactions/s during", &|_, figures| number(figures.user_tps.1));
	row("during / before", &|_, figures| number(figures.json.user_tps_ratio));

	row("beside", &|_, _| String::new());
	row("transfers in a full block", &|measured, _| count(measured.transfers.full as u64));
	row("balances.transfer_keep_alive, µs", &|measured, _| number(measured.transfers.loom * 1e6));
	row("assets.transfer_keep_alive, µs", &|measured, _| number(measured.transfers.u * 1e6));
	row("lineage.call, µs", &|measured, _| number(measured.transfers.call * 1e6));
	row("  declared weight / time", &|measured, _| {
		number(measured.transfers.call_declared / measured.transfers.call)
	});
	row("empty block, ms", &|measured, _| number(measured.transfers.empty * 1e3));
	row("bare trie read, µs", &|measured, _| {
		number(measured.trie.reads / f64::from(measured.size.payees) * 1e6)
	});
	row("bare trie update, µs", &|measured, _| {
		number(measured.trie.updates / f64::from(measured.size.payees) * 1e6)
	});
	row("native scatter-add, ns a pair", &|measured, figures| {
		number(measured.scatter_add / figures.json.pairs.max(1) as f64 * 1e9)
	});
	row("payee / balances.transfer_keep_alive", &|_, figures| number(figures.json.payee_per_transfer));
	row("payee / bare trie update", &|_, figures| number(figures.json.payee_per_trie_update));
	row("pair / native scatter-add", &|_, figures| number(figures.json.pair_per_scatter_add));
	row("growth of time / of pairs + payees", &|_, figures| {
		figures.json.growth_ratio.map_or("-".into(), number)
	});
	row("peak memory, GiB", &|_, figures| number(figures.json.peak_rss_bytes as f64 / (1u64 << 30) as f64));
	aligned(&rows) + &notes(measured)
}

/// Labels to the left, values to the right.
fn aligned(rows: &[Row]) -> String {
	let width = |cell: &str| cell.chars().count();
	let labels = rows.iter().map(|row| width(&row.label)).max().unwrap_or(0);
	let values = rows.iter().flat_map(|row| &row.cells).map(|cell| width(cell)).max().unwrap_or(0);
	let mut text = String::new();
	for row in rows {
		let mut line = format!("{:labels$}", row.label);
		for cell in &row.cells {
			// Writing to a string does not fail.
			_ = write!(line, "  {cell:>values$}");
		}
		text.push_str(line.trim_end());
		text.push('\n');
	}
	text
}

fn notes(measured: &[Measured]) -> String {
	let mut text = String::from(
		"\nBoth months are settled by one chain; each block is built on one node and imported on another. Settlement's \
		 part of\na block's import is what its transfers and an empty block leave; a block in which several phases went \
		 on counts for them\nin equal parts. All payees hold U beforehand. Memory is that of both nodes in one process, \
		 mapped files included.\n",
	);
	for Measured { size, edges: (edges, added), .. } in measured {
		if *added > 0 {
			let share = 100 * added / edges.max(&1);
			_ = writeln!(
				text,
				"{size}: {share} % of {} edges are beyond the real shape, which has too few ancestors for so many pairs.",
				count(*edges),
			);
		}
	}
	text
}

/// Three significant digits.
fn number(value: f64) -> String {
	match value.abs() {
		size if size >= 100.0 => format!("{value:.0}"),
		size if size >= 10.0 => format!("{value:.1}"),
		size if size >= 1.0 => format!("{value:.2}"),
		_ => format!("{value:.3}"),
	}
}

/// With commas between the thousands.
pub fn count(value: u64) -> String {
	let digits = value.to_string();
	let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
	groups.join(",")
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::figures::tests::measured;

	#[test]
	fn every_size_is_a_column() {
		let measured = [100_000, 1_000_000].map(measured);
		let table = table(&measured, &Figures::of_all(&measured));
		let line = |label: &str| table.lines().find(|line| line.starts_with(label)).unwrap().to_owned();
		assert_eq!(line("pairs").split_whitespace().collect::<Vec<_>>(), ["pairs", "500,000", "5,000,000"]);
		assert!(line("    spread").ends_with("2.50"));
		assert!(line("1M: 40 %").contains("edges"));
		assert!(table.lines().all(|line| !line.ends_with(' ')));
	}

	#[test]
	fn numbers_have_three_digits() {
		assert_eq!([0.1234, 1.234, 12.34, 123.4].map(number), ["0.123", "1.23", "12.3", "123"]);
		assert_eq!([0, 999, 1_000, 12_345_678].map(count), ["0", "999", "1,000", "12,345,678"]);
	}
}
