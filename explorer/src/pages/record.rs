//! The profit-sharing record of an account: its months, and what each payment consists of.

use super::{
	account::address,
	explain::Explanation,
	failure::{Failure, Page, page},
	format,
	receipts::From,
	site::Site,
	statement::month,
};
use crate::{
	State,
	store::{
		Cursor, FIRST, Listed, Money, Month, NEWEST,
		read::{
			payments::{Claim, Payment},
			withheld::Withheld,
		},
	},
};
use askama::Template;
use axum::extract::{Path, Query, State as Shared};
use std::collections::BTreeSet;

/// Assets of one payment that are explained on one page: each costs a walk through its descendants.
const EXPLAINED: i64 = 10;
/// Descendants of each that are looked through; where there are more, the asset's own page does.
const DESCENDANTS: i64 = 500;
const MONTHS: i64 = 36;
/// Parts of payments that are held or were, of those that a page shows; the rest is in the API.
const WITHHELD: i64 = 100;

#[derive(Template)]
#[template(path = "record.html")]
struct Record {
	s: Site,
	address: String,
	payments: Listed<Payment>,
	claims: Vec<Claim>,
	held: Money,
	withheld: Vec<Withheld>,
	begun: bool,
	/// In which yearly files can have values, beside U.
	currencies: Vec<String>,
}

impl Record {
	/// The years of the payments and claims shown, the last first, for the yearly files.
	fn years(&self) -> Vec<i32> {
		let payments = self.payments.items.iter().filter(|one| one.delivered).map(|one| one.at);
		let years: BTreeSet<i32> =
			payments.chain(self.claims.iter().map(|one| one.at)).map(format::year).collect();
		years.into_iter().rev().collect()
	}

	/// A yearly file with values in a currency.
	fn year_in(&self, year: &i32, currency: &str) -> String {
		self.s.href(format!("/account/{}/year/{year}?currency={}", self.address, format::in_path(currency)))
	}
}

/// `/account/{address}/record`
pub async fn record(
	Shared(state): Shared<State>,
	s: Site,
	Path(text): Path<String>,
	Query(from): Query<From>,
) -> Page {
	let (address, store) = (address(&text)?, &state.store);
	let payments = store.payments_of(&address, from.cursor(NEWEST)?, MONTHS).await?;
	let claims = store.claims_of(&address).await?;
	let held = store.held(&address).await?;
	let withheld = store.withheld_of(&address, NEWEST, WITHHELD).await?.items;
	let rates = state.settings.rates.as_ref().map(|file| file.current());
	let currencies = rates.iter().flat_map(|rates| rates.currencies()).map(Into::into).collect();
	page(&Record { s, address, payments, claims, held, withheld, begun: from.from.is_some(), currencies })
}

/// An asset's part of a payment, explained.
struct Part {
	handle: String,
	explained: Explanation,
}

#[derive(Template)]
#[template(path = "payment.html")]
struct OnePayment {
	s: Site,
	address: String,
	month: Month,
	payment: Payment,
	withheld: Vec<Withheld>,
	parts: Vec<Part>,
	next: Option<Cursor>,
	begun: bool,
}

impl OnePayment {
	/// What the assets on this page add up to.
	fn sum(&self) -> u128 {
		self.parts.iter().map(|part| part.explained.statement.paid.micro()).sum()
	}

	/// Whether all assets of the payment are on this page.
	fn whole(&self) -> bool {
		!self.begun && self.next.is_none()
	}

	/// What of it is held for disputes, or was.
	fn withheld_sum(&self) -> u128 {
		self.withheld.iter().map(|held| held.amount.micro()).sum()
	}

	/// Whether what is shown adds up to what was paid.
	fn adds_up(&self) -> bool {
		self.sum() + self.payment.held_before.micro() == self.payment.amount.micro() + self.withheld_sum()
	}
}

/// `/account/{address}/record/{month}`
pub async fn payment(
	Shared(state): Shared<State>,
	s: Site,
	Path((text, month_text)): Path<(String, String)>,
	Query(from): Query<From>,
) -> Page {
	let (address, month) = (address(&text)?, month(&month_text)?);
	let payment = state.store.payment(&address, month).await?.ok_or(Failure::NotFound)?;
	let withheld = state.store.withheld_in(&address, month).await?;
	let statements = state.store.statements_of(&address, month, from.cursor(FIRST)?, EXPLAINED).await?;
	let formula = state.store.formula_of(month).await?.formula();
	let mut parts = Vec::new();
	for named in statements.items {
		let explained = Explanation::of(&state.store, formula, named.statement, DESCENDANTS).await?;
		parts.push(Part { handle: named.handle, explained });
	}
	let (next, begun) = (statements.next, from.from.is_some());
	page(&OnePayment { s, address, month, payment, withheld, parts, next, begun })
}
