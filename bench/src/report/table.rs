//! The table: a row a figure, a column a size.

use crate::{
	declared::OfPhase,
	figures::{Figures, calls},
	node,
	settlement::Measured,
	spread::Spread,
};
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
	row("  of them share", &|measured, _| count(measured.saturated.report.pairs));
	row("payees paid", &|_, figures| count(figures.json.payees.into()));
	row("assets that earn", &|measured, _| count(measured.earning as u64));

	row("under saturating transfers", &|_, _| String::new());
	row("blocks from close to last payment", &|_, figures| figures.json.blocks.to_string());
	row("build, s", &|_, figures| number(figures.json.build_seconds));
	row("import, s", &|_, figures| number(figures.json.import_seconds));
	row("  of it settlement, s", &|_, figures| number(figures.settlement_seconds));
	for phase in longest(figures, |figures| &figures.phases) {
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
	for phase in longest(figures, |figures| &figures.json.declared_per_measured_of_phases) {
		let of = |figures: &Figures| {
			figures
				.json
				.declared_per_measured_of_phases
				.iter()
				.find(|of| of.phase == phase.phase)
				.map_or("-".into(), ratio)
		};
		row(&format!("    {:?}", phase.phase).to_lowercase(), &|_, figures| of(figures));
	}
	let of_blocks = |figures: &Figures| figures.json.declared_per_measured_of_blocks;
	row("  of the block where it is greatest", &|_, figures| number(of_blocks(figures).greatest));
	row("  of the block where it is least", &|_, figures| number(of_blocks(figures).least));
	row("  blocks that settled for longer", &|_, figures| {
		let of = of_blocks(figures);
		format!("{} of {}", of.longer, of.blocks)
	});
	row("  blocks that took longer in all", &|_, figures| {
		let of = of_blocks(figures);
		format!("{} of {}", of.whole_longer, of.blocks)
	});

	row("under 60 % of a saturated block", &|_, _| String::new());
	row("blocks from close to last payment ", &|_, figures| figures.moderate_blocks.to_string());
	row("user transactions/s before", &|_, figures| number(figures.user_tps.0));
	row("user transactions/s during", &|_, figures| number(figures.user_tps.1));
	row("during / before", &|_, figures| number(figures.json.user_tps_ratio));

	row("beside", &|_, _| String::new());
	row("transfers in a full block", &|measured, _| count(measured.transfers.loom.number as u64));
	let actions: Vec<_> = measured.last().into_iter().flat_map(calls).map(|(action, _)| action).collect();
	for action in actions {
		let of =
			|measured: &Measured| calls(measured).find(|(other, _)| *other == action).map(|(_, each)| each);
		let shown = |value: Option<f64>| value.map_or("-".into(), number);
		row(&format!("{}, µs", action.name()), &|measured, _| {
			shown(of(measured).map(|each| each.time * 1e6))
		});
		row("  declared weight / time", &|measured, _| {
			shown(of(measured).map(|each| each.declared / each.time))
		});
	}
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
	aligned(&rows) + &notes(measured) + &spreading(measured, figures) + &machine(figures)
}

/// The longest of what the sizes have.
fn longest<T>(figures: &[Figures], of: impl Fn(&Figures) -> &Vec<T>) -> &[T] {
	figures.iter().map(of).max_by_key(|list| list.len()).map_or(&[], |list| list)
}

/// A phase's; in brackets where it shared its blocks with others.
fn ratio(of: &OfPhase) -> String {
	let shown = number(of.declared_per_measured);
	if of.alone { shown } else { format!("({shown})") }
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
	let mut text = format!(
		"\nBoth months are settled by one chain; each block is built on one node and imported on another. Settlement's \
		 part of\na block's import is what its transfers and an empty block leave; a block in which several phases went \
		 on counts for them\nin equal parts. All payees hold U beforehand. Memory is that of both nodes in one process, \
		 mapped files included. The runtime had\na heap of {} MiB, half of what a node gives it. Declared weight / time of \
		 phases and blocks is of both months: of a phase\nin blocks of its own, or (in brackets) in those that it shared; \
		 of blocks in which settlement declared 0.2 s or more.\n",
		node::HEAP_BYTES >> 20,
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

/// What the spread phase is made of, size by size.
fn spreading(measured: &[Measured], figures: &[Figures]) -> String {
	let mut text = String::new();
	for (Measured { size, .. }, figures) in measured.iter().zip(figures) {
		let spread = &figures.json.spread;
		let Spread { seconds, reads, read_seconds, writes, write_seconds, wasm_seconds, native_seconds } =
			spread;
		let [seconds, read_seconds, write_seconds, wasm, native, rest] =
			[*seconds, *read_seconds, *write_seconds, *wasm_seconds, *native_seconds, spread.rest()]
				.map(number);
		_ = writeln!(
			text,
			"{size}: spread {seconds} s = {read_seconds} s for {} bare reads + {write_seconds} s for {} bare updates + {wasm} s \
			 for pairs in\nwasm ({native} s in the native loop) + {rest} s for the rest.",
			count(*reads),
			count(*writes),
		);
	}
	text
}

/// What it was measured on.
fn machine(figures: &[Figures]) -> String {
	figures.first().map_or(String::new(), |figures| figures.json.machine.clone() + "\n")
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
		let table = table(&measured, &Figures::of_all(&measured, "two cores"));
		let line = |label: &str| table.lines().find(|line| line.starts_with(label)).unwrap().to_owned();
		assert_eq!(line("pairs").split_whitespace().collect::<Vec<_>>(), ["pairs", "500,000", "5,000,000"]);
		assert!(line("    spread").ends_with("2.50"));
		assert!(line("1M: 40 %").contains("edges"));
		assert!(line("1M: spread 2.50 s").contains("10,000 bare reads"));
		assert!(table.ends_with("\ntwo cores\n"));
		assert!(table.lines().all(|line| !line.ends_with(' ')));
	}

	#[test]
	fn numbers_have_three_digits() {
		assert_eq!([0.1234, 1.234, 12.34, 123.4].map(number), ["0.123", "1.23", "12.3", "123"]);
		assert_eq!([0, 999, 1_000, 12_345_678].map(count), ["0", "999", "1,000", "12,345,678"]);
	}
}
