//! Reading a scenario's directory.

use crate::{
	Asset, Call, Edge, Expected, Problem, Relation, Revenue, Scenario, ScenarioError, Status, Terms, model,
	order::{Cycle, RawEdge, parents_first},
	table::{Row, Table, at, read_text},
	values::{basis_points, micro, month, number},
};
use std::{collections::HashMap, path::Path};

#[derive(serde::Deserialize)]
struct Meta {
	name: String,
	period: String,
	about: String,
	#[serde(default)]
	formula: model::Version,
}

impl Scenario {
	/// Reads and checks the scenario in a directory. `expected.csv` and `expected.json` may be missing, everything
	/// else must be there.
	pub fn read(directory: &Path) -> Result<Self, ScenarioError> {
		let meta_file = directory.join("scenario.json");
		let meta: Meta = serde_json::from_str(&read_text(&meta_file)?)
			.map_err(|error| at(&meta_file, Some(error.line() as u64), Problem::Json(error)))?;
		let period = month(&meta.period)
			.map_err(|problem| ScenarioError { column: Some("period"), ..at(&meta_file, None, problem) })?;
		let read = read_assets(directory)?;
		let (edges, relations) = read_edges(directory, &read)?;
		let order = sorted(directory, &read, &edges)?;

		let mut place = vec![0; order.len()];
		for (position, row) in order.iter().enumerate() {
			place[*row] = position;
		}
		let mut rows: Vec<_> = read.assets.into_iter().map(Some).collect();
		let mut assets: Vec<_> = order.iter().filter_map(|row| rows[*row].take()).collect();
		for (edge, relation) in edges.iter().zip(relations) {
			assets[place[edge.child]].parents.push(Edge { parent: place[edge.parent], relation });
		}
		let names = read.lines.into_iter().map(|(handle, (row, _))| (handle, place[row])).collect();

		let calls = read_calls(directory, &names)?;
		let revenue = read_revenue(directory, &assets, &names)?;
		let expected = Expected::read(directory, &names)?;
		let Meta { name, about, formula, .. } = meta;
		Ok(Self { name, period, about, formula, assets, calls, revenue, expected })
	}
}

struct ReadAssets {
	assets: Vec<Asset>,
	/// Row and line of each handle.
	lines: HashMap<String, (usize, u64)>,
}

const ASSET_COLUMNS: [&str; 13] = [
	"asset",
	"kind",
	"creator",
	"minted",
	"domain",
	"terms",
	"share_rate_bps",
	"buyout_price",
	"call_fee",
	"quality_bps",
	"quality_attested",
	"impact_bps",
	"status",
];

fn read_assets(directory: &Path) -> Result<ReadAssets, ScenarioError> {
	let table = Table::read(directory.join("assets.csv"), ASSET_COLUMNS)?;
	let mut read = ReadAssets { assets: Vec::new(), lines: HashMap::new() };
	for row in table.rows() {
		let asset = read_asset(&row)?;
		let position = (read.assets.len(), row.line);
		if let Some((_, first)) = read.lines.insert(asset.handle.clone(), position) {
			return Err(row.error(0, Problem::RepeatedHandle { handle: asset.handle, first }));
		}
		read.assets.push(asset);
	}
	if read.assets.is_empty() {
		return Err(table.error(Problem::NoAssets));
	}
	Ok(read)
}

fn read_asset(row: &Row<'_, 13>) -> Result<Asset, ScenarioError> {
	let terms = match row.value(5, terms_word)? {
		Word::Share => Terms::Share { rate: row.value(6, basis_points)? },
		Word::Buyout => Terms::Buyout { price: row.value(7, micro)? },
	};
	let attested = row.value(10, yes_or_no)?;
	Ok(Asset {
		handle: row.value(0, handle)?,
		kind: row.value(1, kind)?,
		creator: row.some_text(2)?,
		minted: row.value(3, month)?,
		domain: Some(row.text(4)).filter(|domain| !domain.is_empty()).map(Into::into),
		terms,
		call_fee: row.value(8, micro)?,
		quality: row.optional(9, basis_points)?.map(|bps| model::Quality { bps, attested }),
		impact: row.optional(11, basis_points)?.unwrap_or(0),
		status: row.value(12, status)?,
		parents: Vec::new(),
	})
}

/// The edges in the order of the file, with the relation of each.
fn read_edges(directory: &Path, read: &ReadAssets) -> Result<(Vec<RawEdge>, Vec<Relation>), ScenarioError> {
	let table = Table::read(directory.join("edges.csv"), ["child", "parent", "relation"])?;
	let (mut edges, mut relations, mut seen) = (Vec::new(), Vec::new(), HashMap::new());
	for row in table.rows() {
		let find = |column| match read.lines.get(row.text(column)) {
			Some((asset, _)) => Ok(*asset),
			None => Err(row.error(column, Problem::UnknownAsset(row.text(column).into()))),
		};
		let edge = RawEdge { child: find(0)?, parent: find(1)?, line: row.line };
		if let Some(first) = seen.insert((edge.child, edge.parent), row.line) {
			return Err(row.error(1, Problem::RepeatedRow { first }));
		}
		relations.push(row.value(2, relation)?);
		edges.push(edge);
	}
	Ok((edges, relations))
}

fn sorted(directory: &Path, read: &ReadAssets, edges: &[RawEdge]) -> Result<Vec<usize>, ScenarioError> {
	parents_first(read.assets.len(), edges).map_err(|Cycle(path)| {
		// A cycle has at least one edge, and a long one is understood from its first few.
		let shown = path.iter().take(6).map(|edge| read.assets[edge.parent].handle.as_str());
		let from = path.first().map(|edge| read.assets[edge.child].handle.as_str());
		let mut text = from.into_iter().chain(shown).collect::<Vec<_>>().join(" → ");
		if path.len() > 6 {
			text.push_str(" → …");
		}
		let line = path.first().map(|edge| edge.line);
		ScenarioError {
			column: Some("parent"),
			..at(&directory.join("edges.csv"), line, Problem::Cycle(text))
		}
	})
}

/// The position of each handle.
pub(crate) type Names = HashMap<String, usize>;

/// The asset that a field names.
pub(crate) fn named<const N: usize>(
	row: &Row<'_, N>,
	column: usize,
	names: &Names,
) -> Result<usize, ScenarioError> {
	let unknown = || row.error(column, Problem::UnknownAsset(row.text(column).into()));
	names.get(row.text(column)).copied().ok_or_else(unknown)
}

fn read_calls(directory: &Path, names: &Names) -> Result<Vec<Call>, ScenarioError> {
	let table = Table::read(directory.join("calls.csv"), ["caller", "asset", "units"])?;
	let call = |row: Row<'_, 3>| {
		let call =
			Call { caller: row.some_text(0)?, asset: named(&row, 1, names)?, units: row.value(2, number)? };
		if call.units == 0 { Err(row.error(2, Problem::Zero)) } else { Ok(call) }
	};
	table.rows().map(call).collect()
}

fn read_revenue(directory: &Path, assets: &[Asset], names: &Names) -> Result<Vec<Revenue>, ScenarioError> {
	let table = Table::read(directory.join("revenue.csv"), ["asset", "amount"])?;
	let eligible = |asset: usize| {
		let asset = &assets[asset];
		asset.status == Status::Active && matches!(asset.terms, Terms::Share { .. })
	};
	// Parents come first, so one pass knows of each asset whether anything above it is eligible.
	let mut has_eligible = vec![false; assets.len()];
	for position in 0..assets.len() {
		has_eligible[position] =
			assets[position].parents.iter().any(|edge| has_eligible[edge.parent] || eligible(edge.parent));
	}
	let revenue = |row: Row<'_, 2>| {
		let revenue = Revenue { asset: named(&row, 0, names)?, amount: row.value(1, micro)? };
		if revenue.amount == 0 {
			return Err(row.error(1, Problem::Zero));
		}
		match has_eligible[revenue.asset] {
			true => Ok(revenue),
			false => Err(row.error(0, Problem::NoEligibleAncestor(row.text(0).into()))),
		}
	};
	table.rows().map(revenue).collect()
}

fn handle(text: &str) -> Result<String, Problem> {
	let good = text.len() <= 256 && text.bytes().all(|byte| byte.is_ascii_graphic());
	if good { Ok(text.into()) } else { Err(Problem::BadHandle) }
}

fn kind(text: &str) -> Result<model::Kind, Problem> {
	match text {
		"data" => Ok(model::Kind::Data),
		"model" => Ok(model::Kind::Model),
		"script" => Ok(model::Kind::Script),
		_ => unknown_word(text, "data, model, script"),
	}
}

enum Word {
	Share,
	Buyout,
}

fn terms_word(text: &str) -> Result<Word, Problem> {
	match text {
		"share" => Ok(Word::Share),
		"buyout" => Ok(Word::Buyout),
		_ => unknown_word(text, "share, buyout"),
	}
}

fn yes_or_no(text: &str) -> Result<bool, Problem> {
	match text {
		"yes" => Ok(true),
		"no" => Ok(false),
		_ => unknown_word(text, "yes, no"),
	}
}

fn status(text: &str) -> Result<Status, Problem> {
	match text {
		"active" => Ok(Status::Active),
		"delisted" => Ok(Status::Delisted),
		_ => unknown_word(text, "active, delisted"),
	}
}

fn relation(text: &str) -> Result<Relation, Problem> {
	match text {
		"trained_on" => Ok(Relation::TrainedOn),
		"finetune" => Ok(Relation::Finetune),
		"adapter" => Ok(Relation::Adapter),
		"quantized" => Ok(Relation::Quantized),
		"merge" => Ok(Relation::Merge),
		"evaluated_with" => Ok(Relation::EvaluatedWith),
		_ => unknown_word(text, "trained_on, finetune, adapter, quantized, merge, evaluated_with"),
	}
}

fn unknown_word<V>(found: &str, allowed: &'static str) -> Result<V, Problem> {
	Err(Problem::UnknownWord { found: found.into(), allowed })
}
