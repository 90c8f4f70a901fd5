//! The figures, for people and for machines.

use crate::{
	backfill::Backfill,
	drawn::Drawn,
	load::Answers,
	platform::{Size, Written},
};
use serde_json::{Value, json};
use std::{fmt::Write, time::Duration};

/// All that was measured.
pub struct Figures {
	/// How large the platform was.
	pub size: Size,
	/// A real chain.
	pub backfill: Backfill,
	/// The large one; none where its index was there before.
	pub written: Option<Written>,
	/// Pages and API.
	pub answers: Vec<Answers>,
	/// Bytes of the first page and what it loads.
	pub first_load: usize,
	/// In a browser; none where it was not asked for.
	pub drawn: Option<Drawn>,
}

fn rate(count: u64, took: Duration) -> f64 {
	count as f64 / took.as_secs_f64()
}

fn kilobytes(bytes: usize) -> f64 {
	bytes as f64 / 1_000.0
}

impl Figures {
	/// The slowest p99 of all pages, or of all of the API, with whose it is.
	fn slowest(&self, api: bool) -> (f64, &'static str) {
		let of = self.answers.iter().filter(|answers| answers.api == api);
		let slowest = of.map(|answers| (answers.millis(0.99), answers.name));
		slowest.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or_default()
	}

	/// How fast the bare loop was, and the index, in blocks a second.
	fn blocks(&self) -> (f64, f64) {
		let Backfill { blocks, bare, index, .. } = self.backfill;
		(rate(blocks, bare), rate(blocks, index))
	}

	/// The table.
	pub fn table(&self) -> String {
		let mut text = String::new();
		let (bare, index) = self.blocks();
		// Writing to a string does not fail.
		_ = writeln!(
			text,
			"A real chain of {} blocks with {} events, march-2026 in it, middle of 3 rounds\n\
			  bare subxt loop           {bare:>10.0} blocks/s\n\
			  into the index            {index:>10.0} blocks/s  {:.2} of the loop (reach 0.5)",
			self.backfill.blocks,
			self.backfill.events,
			index / bare,
		);
		if let Some(written) = &self.written {
			self.write_written(&mut text, written);
		}
		_ = writeln!(
			text,
			"\n{} assets, {} questions of each kind, 2 at once{:>26} {:>9} {:>9} {:>10}",
			self.size.assets,
			self.answers.first().map_or(0, |answers| answers.took.len()),
			"p50, ms",
			"p99, ms",
			"most, ms",
			"most, kB"
		);
		for answers in &self.answers {
			_ = writeln!(
				text,
				"  {:<5} {:<44} {:>23.2} {:>9.2} {:>9.2} {:>10.1}",
				if answers.api { "API" } else { "page" },
				answers.name,
				answers.millis(0.5),
				answers.millis(0.99),
				answers.millis(1.0),
				kilobytes(answers.largest),
			);
		}
		for (api, what) in [(false, "pages"), (true, "API")] {
			let (millis, name) = self.slowest(api);
			_ = writeln!(text, "  slowest p99 of {what}: {millis:.1} ms, {name} (reach 50)");
		}
		_ = write!(text, "\nfirst load: {:.1} kB transferred (reach 150)", kilobytes(self.first_load));
		if let Some(drawn) = &self.drawn {
			_ = write!(
				text,
				"\nin a browser: first page painted after {:.0} ms, a lineage of {} nodes after {:.0} ms (reach 1,000 each)",
				drawn.first_load_ms, drawn.lineage_nodes, drawn.lineage_ms,
			);
		}
		text
	}

	fn write_written(&self, text: &mut String, written: &Written) {
		let Written { genesis, calls, settled } = written;
		_ = writeln!(
			text,
			"\nAn index of {} assets from generated events, decoded and written as those of blocks are\n\
			  settlement of {:>9} payees  {:>8.0} events/s, {} events (reach 5,000)\n\
			  calls                          {:>8.0} events/s, {} events\n\
			  assets and parents at genesis  {:>8.0} rows/s, {} rows\n\
			  statements and pots            {:>8.0} rows/s, {} rows\n\
			  all payments against all statements, once more: {:.1} s",
			self.size.assets,
			settled.payments,
			rate(settled.events, settled.took),
			settled.events,
			rate(calls.0, calls.1),
			calls.0,
			rate(genesis.0, genesis.1),
			genesis.0,
			rate(settled.statements, settled.stating),
			settled.statements,
			settled.comparing.as_secs_f64(),
		);
	}

	/// For machines.
	pub fn json(&self) -> Value {
		let (bare, index) = self.blocks();
		let kinds = self.answers.iter().map(|answers| {
			json!({
				"api": answers.api,
				"name": answers.name,
				"p50_ms": answers.millis(0.5),
				"p99_ms": answers.millis(0.99),
				"max_ms": answers.millis(1.0),
			})
		});
		json!({
			"assets": self.size.assets,
			"payees": self.size.payees,
			"events_per_s": self.written.map(|written| rate(written.settled.events, written.settled.took)),
			"backfill_blocks_per_s": index,
			"bare_loop_blocks_per_s": bare,
			"backfill_vs_bare_loop": index / bare,
			"page_p99_ms": self.slowest(false).0,
			"api_p99_ms": self.slowest(true).0,
			"first_load_kb": kilobytes(self.first_load),
			"first_load_ms": self.drawn.map(|drawn| drawn.first_load_ms),
			"lineage_nodes": self.drawn.map(|drawn| drawn.lineage_nodes),
			"lineage_ms": self.drawn.map(|drawn| drawn.lineage_ms),
			"answers": kinds.collect::<Vec<_>>(),
		})
	}
}
