//! One asset's month: the amount, the sentence, the formula, every line, and the place where it is verified.

use super::{
	asset::named,
	chart,
	explain::{self, Explanation},
	failure::{Failure, Page, page},
	format::Html,
	site::Site,
};
use crate::{
	State, chain,
	store::{
		Month,
		read::{
			assets::Asset, payments::Payment, periods::ClosedPeriod, pots::DESCENDANTS, withheld::Withheld,
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
		chart::steps(&explain::weight_steps(&self.s, &self.explained.statement), &self.s.say("weight-how"))
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
		let open = month >= state.store.open_month().await?;
		return page(&Nothing { s, asset, month, period, open });
	};
	let (mut payment, mut withheld) = (None, Vec::new());
	if let Some(payee) = &statement.payee {
		payment = state.store.payment(payee, month).await?;
		withheld = state.store.withheld_in(payee, month).await?;
		withheld.retain(|held| held.asset == asset.id);
	}
	let explained = Explanation::of(&state.store, statement, DESCENDANTS).await?;
	page(&StatementPage { s, asset, month, explained, payment, withheld })
}
