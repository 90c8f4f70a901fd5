//! What is new for an address: in the page, as an Atom feed; and a year's payments as a file for the tax.

use super::{
	account::address,
	failure::{Failure, Page, page},
	format::{self, csv_text, escaped},
	site::Site,
};
use crate::{
	State,
	store::{FIRST, Money, NEWEST, read::receipts::NamedReceipt},
};
use askama::Template;
use axum::{
	body::Body,
	extract::{Path, State as Shared},
	http::{HeaderMap, header},
	response::IntoResponse,
};
use heirloom_primitives::format_u_exact;

/// News of a page or a feed.
const RECENT: i64 = 50;

/// Something that happened to an address.
struct News {
	at: i64,
	/// Unique for ever: what readers know it by.
	key: String,
	text: String,
	href: String,
}

#[derive(Template)]
#[template(path = "alerts.html")]
struct Alerts {
	s: Site,
	address: String,
	news: Vec<News>,
}

/// Uses of an account's assets and payments to it, the newest first.
async fn news(state: &State, s: &Site, address: &str) -> Result<Vec<News>, Failure> {
	let store = &state.store;
	let uses = store.uses_of_owner(address, RECENT).await?.items;
	let payments = store.payments_of(address, NEWEST, 24).await?.items;
	let mut news: Vec<News> = Vec::new();
	for NamedReceipt { handle, receipt } in uses {
		news.push(News {
			at: receipt.at,
			key: format!("receipt-{}-{}", receipt.asset, receipt.number),
			text: s.language.tell(
				"news-used",
				&[
					("caller", format::short(&receipt.caller).into()),
					("asset", handle.into()),
					("units", s.count("units", &receipt.units).into()),
					("fee", format::amount_text(receipt.fee).into()),
					("month", s.month(&receipt.period).into()),
				],
			),
			href: s.href(format!("/asset/{}/receipts/{}", receipt.asset, receipt.number)),
		});
	}
	for payment in payments {
		let key = if payment.delivered { "news-paid" } else { "news-held" };
		let amount = format::amount_text(payment.amount);
		news.push(News {
			at: payment.at,
			key: format!("payment-{}", payment.period),
			text: s.with2(key, "amount", amount, "month", s.month(&payment.period)),
			href: s.href(format!("/account/{address}/record/{}", payment.period)),
		});
	}
	news.sort_by_key(|one| std::cmp::Reverse(one.at));
	news.truncate(usize::try_from(RECENT).unwrap_or_default());
	Ok(news)
}

/// `/account/{address}/alerts`
pub async fn alerts(Shared(state): Shared<State>, s: Site, Path(text): Path<String>) -> Page {
	let address = address(&text)?;
	let news = news(&state, &s, &address).await?;
	page(&Alerts { s, address, news })
}

/// `/account/{address}/feed.atom`
pub async fn feed(
	Shared(state): Shared<State>,
	s: Site,
	Path(text): Path<String>,
	headers: HeaderMap,
) -> Page {
	let address = address(&text)?;
	let news = news(&state, &s, &address).await?;
	let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
	let scheme = headers.get("x-forwarded-proto").and_then(|scheme| scheme.to_str().ok());
	let site = format!("{}://{host}", scheme.filter(|scheme| *scheme == "https").unwrap_or("http"));
	let link = |path: &str| escaped(&format!("{site}{path}"));
	let updated = news.first().map(|one| one.at).or(s.last.as_ref().map(|last| last.at)).unwrap_or_default();
	let mut xml = format!(
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\
		<title>{}</title><id>urn:heirloom:account:{address}</id><updated>{}</updated><author><name>Heirloom</name></author>\
		<link rel=\"self\" href=\"{}\"/><link href=\"{}\"/>\n",
		s.language.tag(),
		escaped(&s.with("feed-title", "address", format::short(&address))),
		format::rfc3339(updated),
		link(&s.href(format!("/account/{address}/feed.atom"))),
		link(&s.href(format!("/account/{address}"))),
	);
	for one in news {
		xml += &format!(
			"<entry><id>urn:heirloom:account:{address}:{}</id><title>{}</title><updated>{}</updated><link href=\"{}\"/>\
			</entry>\n",
			one.key,
			escaped(&one.text),
			format::rfc3339(one.at),
			link(&one.href),
		);
	}
	xml += "</feed>\n";
	Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}

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
