//! One asset's month: the amount, the sentence, the formula, every line, and the place where it is verified.

use super::{
	asset::named,
	chart,
	explain::Explanation,
	failure::{Failure, Page, page},
	format::Html,
	site::Site,
	weight,
};
use crate::{
	State, chain,
	store::{
		Month,
		read::{
			assets::Asset,
			payments::Payment,
			periods::ClosedPeriod,
			pots::{DESCENDANTS, LeftOut},
			withheld::Withheld,
		},
	},
};
use askama::Template;
use axum::extract::{Path, State as Shared};
use heirloom_primitives::Period;

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage {
	s: Site,
	asset: Asset,
	month: Month,
	explained: Explanation,
	payment: Option<Payment>,
	withheld: Vec<Withheld>,
}

impl StatementPage {
	fn weight_chart(&self) -> Html {
		let Explanation { statement, formula, .. } = &self.explained;
		chart::steps(&weight::weight_steps(&self.s, formula, statement), &self.s.say("weight-how"))
	}

	/// What a quality counts that nobody attested.
	fn claimed(&self) -> String {
		weight::claimed(&self.s, &self.explained.formula)
	}

	/// What new assets weigh times as much, and for how long.
	fn bonus(&self) -> String {
		let formula = &self.explained.formula;
		self.s.with2("weight-bonus-note", "bonus", weight::bonus(formula), "months", formula.bonus_periods)
	}

	/// The payee's public key in hexadecimal, as the script that verifies compares it.
	fn payee_key(&self) -> Option<String> {
		let key = chain::address::key(self.explained.statement.payee.as_deref()?)?;
		Some(format!("0x{}", hex::encode(key)))
	}
}

/// A month as an address names it.
pub fn month(text: &str) -> Result<Month, Failure> {
	text.parse::<Period>().map(Month::from).map_err(|_| Failure::NotFound)
}

#[derive(Template)]
#[template(path = "statement_none.html")]
struct Nothing {
	s: Site,
	asset: Asset,
	month: Month,
	period: Option<ClosedPeriod>,
	/// What it was left out of, where that is why.
	left_out: Option<LeftOut>,
	/// Not over yet.
	open: bool,
}

/// `/asset/{name}/months/{month}`
pub async fn statement(
	Shared(state): Shared<State>,
	s: Site,
	Path((name, text)): Path<(String, String)>,
) -> Page {
	let (asset, month) = (named(&state, &name).await?, month(&text)?);
	let Some(statement) = state.store.statement(asset.id, month).await? else {
		let period = state.store.period(month).await?;
		let left_out = state.store.left_out(asset.id, month, DESCENDANTS).await?;
		let open = month >= state.store.open_month().await?;
		return page(&Nothing { s, asset, month, period, left_out, open });
	};
	let (mut payment, mut withheld) = (None, Vec::new());
	if let Some(payee) = &statement.payee {
		payment = state.store.payment(payee, month).await?;
		withheld = state.store.withheld_in(payee, month).await?;
		withheld.retain(|held| held.asset == asset.id);
	}
	let formula = state.store.formula_of(month).await?.formula();
	let explained = Explanation::of(&state.store, formula, statement, DESCENDANTS).await?;
	page(&StatementPage { s, asset, month, explained, payment, withheld })
}
