//! A year's payments as a file for the tax.

use super::{
	account::address,
	failure::{Failure, Page},
	format::{self, csv_text},
	site::Site,
};
use crate::{
	State,
	store::{FIRST, Money, NEWEST},
};
use axum::{
	body::Body,
	extract::{Path, State as Shared},
	http::header,
	response::IntoResponse,
};
use heirloom_primitives::format_u_exact;

/// `/account/{address}/year/{year}`: a row for each asset of each payment that arrived in a year, by the time of its
/// block. U is the unit of account, so a payment's value at its time is its amount in U.
pub async fn year(Shared(state): Shared<State>, _: Site, Path((text, year)): Path<(String, u32)>) -> Page {
	let address = address(&text)?;
	if !(1970..=9_998).contains(&year) {
		return Err(Failure::NotFound);
	}
	let name = format!("heirloom-{address}-{year}.csv");
	let rows = async_stream::stream! {
		yield Ok("paid_at,month,block,asset,kind,shared_u,call_fees_u,carried_in_u,paid_u,value,currency\n".to_owned());
		let mut before = NEWEST;
		loop {
			let payments = match state.store.payments_of(&address, before, 100).await {
				Ok(payments) => payments,
				Err(error) => { yield Err(std::io::Error::other(error)); return; }
			};
			for payment in &payments.items {
				if !payment.delivered || !format::day(payment.at).starts_with(&year.to_string()) {
					continue;
				}
				let mut after = FIRST;
				loop {
					let listed = match state.store.statements_of(&address, payment.period, after, 1_000).await {
						Ok(listed) => listed,
						Err(error) => { yield Err(std::io::Error::other(error)); return; }
					};
					let mut rows = String::new();
					for named in &listed.items {
						let one = &named.statement;
						let plain = |amount: Money| format_u_exact(amount.micro()).replace(',', "");
						rows += &format!(
							"{},{},{},{},{},{},{},{},{},{},U\n",
							format::rfc3339(payment.at), payment.period, payment.height, csv_text(&named.handle), named.kind,
							plain(one.shared), plain(one.call_fees), plain(one.carried_in), plain(one.paid), plain(one.paid),
						);
					}
					yield Ok(rows);
					match listed.next { Some(next) => after = next, None => break }
				}
			}
			match payments.next { Some(next) => before = next, None => break }
		}
	};
	let headers = [
		(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
		(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
	];
	Ok((headers, Body::from_stream(rows)).into_response())
}
