//! An asset: what it is, what it weighs and why, what it comes from, what came from it, what it earned.

use super::{
	chart::{self, Bar},
	failure::{Failure, Page, page},
	format::{self, Html},
	home::PATIENCE,
	lineage, receipts,
	site::Site,
	weight,
};
use crate::{
	State,
	store::{
		FIRST, Listed, Money, Month, NEWEST,
		read::{
			assets::{Asset, Change, Relative},
			checks::Check,
			demand::Usage,
			permits::Permit,
			receipts::{Licence, Receipt, Sold},
			statements::Statement,
		},
	},
};
use askama::Template;
use axum::extract::{Path, State as Shared};
use heirloom_primitives::{Estimate, Formula, FormulaVersion};
use std::collections::HashMap;

/// Receipts, children, permits and licences that stand on the page itself; of all but licences the rest has pages of its own.
const FEW: i64 = 8;
/// Months of the chart.
const MONTHS: usize = 24;
const DAY: i64 = 86_400_000;

#[derive(Template)]
#[template(path = "asset.html")]
struct AssetPage {
	s: Site,
	asset: Asset,
	statements: Vec<Statement>,
	receipts: Listed<Receipt>,
	sold: Sold,
	/// The last licences that were sold.
	licences: Vec<Licence>,
	parents: Vec<Relative>,
	children: Listed<Relative>,
	changes: Vec<Change>,
	permits: Vec<Permit>,
	check: Option<Check>,
	earned: Money,
	usage: Option<Usage>,
	today: i64,
	estimate: Option<Estimate>,
	picture: Html,
	/// The rule of the open month.
	rule: FormulaVersion,
	/// The rules of the settled ones.
	settled_by: HashMap<Month, FormulaVersion>,
}

impl AssetPage {
	fn latest(&self) -> Option<&Statement> {
		self.statements.iter().find(|statement| statement.weight.is_some())
	}

	/// Calls of the open month.
	fn calls(&self) -> i64 {
		self.usage.as_ref().map(|usage| usage.calls).unwrap_or_default()
	}

	fn estimate_sum(&self, estimate: &Estimate) -> u128 {
		estimate.shared + estimate.call_fees + estimate.carried_in
	}

	fn weight_chart(&self, statement: &Statement) -> Html {
		let formula = self.formula(statement);
		chart::steps(&weight::weight_steps(&self.s, &formula, statement), &self.s.say("weight-how"))
	}

	/// The rule that a statement's month was settled by.
	fn formula(&self, statement: &Statement) -> Formula {
		self.settled_by.get(&statement.period).copied().unwrap_or(self.rule).formula()
	}

	/// What new assets weighed times as much in a month.
	fn bonus(&self, statement: &Statement) -> String {
		weight::bonus(&self.formula(statement))
	}

	/// Why it has no weight yet, and whether it will get one.
	fn not_weighed(&self) -> String {
		let Asset { terms, status, attested, impact, .. } = &self.asset;
		let is_proven = *attested || *impact > 0;
		self.s.say(match (terms.as_str(), status.as_str()) {
			("buyout", _) => "weight-none-sold",
			(_, "delisted") => "weight-none-delisted",
			_ if self.rule.formula().proven_first && !is_proven => "weight-none-unproven",
			_ => "weight-none",
		})
	}

	/// What an average asset weighs.
	fn base(&self) -> String {
		format::factor(self.rule.formula().base)
	}

	/// What a quality counts that nobody attested.
	fn claimed(&self) -> String {
		weight::claimed(&self.s, &self.rule.formula())
	}

	fn earnings_chart(&self) -> Html {
		earnings(&self.s, &self.statements)
	}

	/// How many licences were sold, and what for.
	fn licences_sold(&self) -> String {
		let Sold { licences, amount } = self.sold;
		let values = [
			("count", licences.into()),
			("n", format::number(licences).into()),
			("amount", format::amount_text(amount).into()),
		];
		self.s.language.tell("licences-lead", &values)
	}

	/// Whether more licences were sold than are listed.
	fn sold_more(&self) -> bool {
		usize::try_from(self.sold.licences).is_ok_and(|all| all > self.licences.len())
	}

	/// What was changed, in words.
	fn change(&self, change: &Change) -> String {
		let detail = change.detail.value();
		let text = |field: &str| match &detail[field] {
			serde_json::Value::String(text) => Some(text.clone()),
			serde_json::Value::Number(number) => Some(number.to_string()),
			_ => None,
		};
		let bps = |field: &str| text(field).and_then(|text| text.parse::<i64>().ok()).map(format::percent);
		let mut words = self.s.named("change", change.name.to_lowercase());
		for (key, value) in [
			("change-quality-to", bps("quality")),
			("change-impact-to", bps("impact")),
			("change-fee-to", text("call_fee").map(format::amount_text)),
			("change-because", text("reason").filter(|reason| !reason.is_empty())),
		] {
			if let Some(value) = value {
				words += &self.s.with(key, "value", value);
			}
		}
		words
	}
}

/// A chart of what statements, the newest first, were due month by month.
pub fn earnings(s: &Site, statements: &[Statement]) -> Html {
	let bar = |statement: &Statement| Bar {
		name: statement.period.to_string(),
		title: format!(
			"{}: {} + {}",
			s.month(&statement.period),
			format::amount_text(statement.shared),
			format::amount_text(statement.call_fees)
		),
		first: statement.shared.micro(),
		second: statement.call_fees.micro(),
	};
	let shown: Vec<Bar> = statements.iter().take(MONTHS).rev().map(bar).collect();
	chart::bars(&shown, &s.say("earnings-by-month"))
}

/// An asset as an address names it.
pub async fn named(state: &State, name: &str) -> Result<Asset, Failure> {
	state.store.asset_named(name).await?.ok_or(Failure::NotFound)
}

/// `/asset/{name}`
pub async fn asset(Shared(state): Shared<State>, s: Site, Path(name): Path<String>) -> Page {
	let asset = named(&state, &name).await?;
	let (store, id) = (&state.store, asset.id);
	let month = store.open_month().await?;
	let now = s.last.as_ref().map(|block| block.at).unwrap_or_default();
	let statements = store.statements(id).await?;
	let latest = store.receipts(id, NEWEST, FEW).await?;
	// Only what is for sale has sold a licence: terms never go back to sharing.
	let (sold, licences) = match asset.terms.as_str() {
		"buyout" => (store.sold(id).await?, store.latest_licences(id, FEW).await?),
		_ => (Sold::default(), Vec::new()),
	};
	let parents = store.parents(id).await?;
	let children = store.children(id, FIRST, FEW).await?;
	let changes = store.changes(id, NEWEST, 50).await?.items;
	let permits = match asset.sandboxed {
		Some(_) => store.permits_of_asset(id, NEWEST, FEW).await?.items,
		None => Vec::new(),
	};
	let check = receipts::certificate(&state, &asset).await?;
	let earned = store.earned(id).await?;
	let usage = store.usage(id, month).await?;
	let today = store.calls_since(id, now - now.rem_euclid(DAY)).await?;
	let estimate = match u32::try_from(id) {
		Ok(id) => {
			let height = s.last.as_ref().map(|block| block.height).unwrap_or_default();
			tokio::time::timeout(PATIENCE, state.estimate(id, height)).await.ok().and_then(Result::ok)
		}
		Err(_) => None,
	};
	let rule = store.formula().await?;
	let settled_by = store.formulas().await?;
	let picture = lineage::near(&state, &s, &asset).await?;
	page(&AssetPage {
		s,
		asset,
		statements,
		receipts: latest,
		sold,
		licences,
		parents,
		children,
		changes,
		permits,
		check,
		earned,
		usage,
		today,
		estimate,
		picture,
		rule,
		settled_by,
	})
}
