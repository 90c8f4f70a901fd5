//! A year's payments as a file for the tax.

use super::{
	account::address,
	failure::{Failure, Page},
	format,
	site::Site,
};
use crate::{
	State,
	api::limits,
	rates::Rates,
	store::{
		self, FIRST, Money, Month, NEWEST, Store,
		read::{payments::Payment, statements::NamedStatement},
	},
};
use axum::{
	body::{Body, Bytes},
	extract::{Path, Query, State as Shared},
	http::header,
	response::IntoResponse,
};
use serde::Deserialize;
use std::{io, sync::Arc};

/// The columns. Those behind the amount paid are its value at that time.
const COLUMNS: [&str; 12] = [
	"paid_at",
	"month",
	"block",
	"entry",
	"asset",
	"kind",
	"shared_u",
	"call_fees_u",
	"carried_in_u",
	"paid_u",
	"value",
	"currency",
];

/// More columns where the value is in another currency than U.
const COLUMNS_OF_A_RATE: [&str; 3] = ["rate", "rate_date", "no_value_because"];

/// In which currency.
#[derive(Deserialize)]
pub struct Wanted {
	currency: Option<String>,
}

/// `/account/{address}/year/{year}`: what an account received in a year, by the time of the block. A payment has a row for
/// each asset, one for each part that was held of it (less than nothing), and one for what had waited from before; claims
/// have one each. So the rows add up to what arrived.
pub async fn year(
	Shared(state): Shared<State>,
	_: Site,
	Path((text, year)): Path<(String, i32)>,
	Query(wanted): Query<Wanted>,
) -> Page {
	let address = address(&text)?;
	if !(1970..=9_998).contains(&year) {
		return Err(Failure::NotFound);
	}
	let rates = state.settings.rates.as_ref().map(|file| file.current());
	let abroad = match (wanted.currency, rates) {
		(None, _) => None,
		(Some(currency), Some(rates)) if rates.has(&currency) => Some((currency, rates)),
		(Some(_), _) => return Err(Failure::Bad),
	};
	let suffix = abroad.as_ref().map(|(currency, _)| format!("-{currency}")).unwrap_or_default();
	let disposition = format!("attachment; filename=\"heirloom-{address}-{year}{suffix}.csv\"");
	let headers = [
		(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
		(header::CONTENT_DISPOSITION, disposition),
	];
	let file = File { abroad, store: state.store, address, year };
	Ok((headers, Body::from_stream(file.rows())).into_response())
}

/// What is written.
struct File {
	abroad: Option<(String, Arc<Rates>)>,
	store: Store,
	address: String,
	year: i32,
}

/// A row, whatever it is of.
struct Row<'a> {
	at: i64,
	month: Option<Month>,
	block: i64,
	entry: &'static str,
	asset: &'a str,
	statement: Option<&'a NamedStatement>,
	/// Less than nothing of what was held.
	paid: Money,
}

impl File {
	/// All rows, read part by part as they are sent: payments, the newest first, then claims.
	fn rows(self) -> impl futures::Stream<Item = io::Result<Bytes>> {
		async_stream::try_stream! {
			let _place = limits::place_of_a_file().await.map_err(io::Error::other)?;
			yield self.csv(|writer| writer.write_record(self.columns()))?;
			let mut before = NEWEST;
			loop {
				let payments = self.store.payments_of(&self.address, before, 100).await.map_err(broken)?;
				for payment in payments.items.iter().filter(|one| one.delivered && self.has(one.at)) {
					let mut after = FIRST;
					loop {
						let listed = self.store.statements_of(&self.address, payment.period, after, 1_000).await;
						let listed = listed.map_err(broken)?;
						yield self.write(listed.items.iter().map(|one| of_asset(payment, one)))?;
						match listed.next { Some(next) => after = next, None => break }
					}
					let held = self.store.withheld_in(&self.address, payment.period).await.map_err(broken)?;
					let less = held.iter().map(|held| Row {
						paid: Money(-held.amount.0),
						..of_payment(payment, "withheld", held.asset_handle())
					});
					yield self.write(less)?;
					let waited = of_payment(payment, "held_before", "");
					let waited = Row { paid: payment.held_before, ..waited };
					yield self.write((waited.paid.0 > 0).then_some(waited).into_iter())?;
				}
				match payments.next { Some(next) => before = next, None => break }
			}
			let claims = self.store.claims_of(&self.address).await.map_err(broken)?;
			let claims = claims.iter().filter(|one| self.has(one.at)).map(|one| Row {
				at: one.at,
				month: None,
				block: one.height,
				entry: "claimed",
				asset: "",
				statement: None,
				paid: one.amount,
			});
			yield self.write(claims)?;
		}
	}

	fn has(&self, at: i64) -> bool {
		format::year(at) == self.year
	}

	fn columns(&self) -> Vec<&'static str> {
		let more: &[_] = if self.abroad.is_some() { &COLUMNS_OF_A_RATE } else { &[] };
		[&COLUMNS[..], more].concat()
	}

	fn write<'a>(&self, rows: impl Iterator<Item = Row<'a>>) -> io::Result<Bytes> {
		self.csv(|writer| {
			for row in rows {
				writer.write_record(self.values(&row))?;
			}
			Ok(())
		})
	}

	fn csv(&self, fill: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> io::Result<Bytes> {
		let mut writer = csv::Writer::from_writer(Vec::new());
		fill(&mut writer)?;
		writer.into_inner().map(Bytes::from).map_err(|error| error.into_error())
	}

	fn values(&self, row: &Row<'_>) -> Vec<String> {
		let of = |part: fn(&NamedStatement) -> Money| row.statement.map(|one| format::plain(part(one)));
		let mut values = vec![
			format::rfc3339(row.at),
			row.month.map(|month| month.to_string()).unwrap_or_default(),
			row.block.to_string(),
			row.entry.into(),
			format::harmless(row.asset),
			row.statement.map(|one| one.kind.clone()).unwrap_or_default(),
			of(|one| one.statement.shared).unwrap_or_default(),
			of(|one| one.statement.call_fees).unwrap_or_default(),
			of(|one| one.statement.carried_in).unwrap_or_default(),
			format::plain(row.paid),
		];
		match &self.abroad {
			// U is the unit of account: its value is its amount.
			None => values.extend([format::plain(row.paid), "U".into()]),
			Some((currency, rates)) => values.extend(match rates.value(currency, row.paid, row.at) {
				Ok(worth) => [
					worth.value.to_string(),
					currency.clone(),
					worth.price.to_string(),
					worth.day.to_string(),
					String::new(),
				],
				Err(why) => [String::new(), currency.clone(), String::new(), String::new(), why.to_string()],
			}),
		}
		values
	}
}

fn broken(error: store::Error) -> io::Error {
	io::Error::other(error)
}

fn of_payment<'a>(payment: &Payment, entry: &'static str, asset: &'a str) -> Row<'a> {
	Row {
		at: payment.at,
		month: Some(payment.period),
		block: payment.height,
		entry,
		asset,
		statement: None,
		paid: Money(0),
	}
}

fn of_asset<'a>(payment: &Payment, named: &'a NamedStatement) -> Row<'a> {
	let row = of_payment(payment, "asset", &named.handle);
	Row { statement: Some(named), paid: named.statement.paid, ..row }
}
