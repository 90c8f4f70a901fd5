//! What is new for an address: in the page, as an Atom feed, and in words for webhooks.

use super::{
	Language,
	account::address,
	failure::{Failure, Page, page},
	format::{self, escaped},
	site::Site,
};
use crate::{
	State,
	store::read::{alerts::Alert, receipts::NamedReceipt},
};
use askama::Template;
use axum::{
	extract::{Path, State as Shared},
	http::{HeaderMap, header},
	response::IntoResponse,
};

/// News of a page or a feed.
const RECENT: i64 = 50;

/// Something that happened to an address, as it is shown.
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

/// What happened, in a sentence.
pub fn sentence(language: Language, alert: &Alert, account: &str) -> String {
	let (amount, month) = (format::amount_text(alert.amount()), language.month(alert.period()));
	let mut values = vec![("amount", amount.into()), ("month", month.into())];
	let key = match alert {
		Alert::Used(NamedReceipt { handle, receipt }) => {
			values.push(("caller", format::short(&receipt.caller).into()));
			values.push(("asset", handle.as_str().into()));
			values.push(("units", language.count("units", &receipt.units).into()));
			"news-used"
		}
		Alert::Paid(payment) if payment.delivered => "news-paid",
		Alert::Paid(_) => "news-held",
		Alert::Withheld(held) => {
			values.push(("asset", held.asset_handle().into()));
			values.push(("ancestor", held.ancestor_handle.as_str().into()));
			values.push(("derivative", held.derivative_handle.as_str().into()));
			"news-withheld"
		}
		Alert::Released(held) => {
			values.push(("asset", held.asset_handle().into()));
			match held.released_to.as_deref() {
				Some(to) if to == account => "news-released",
				Some(to) => {
					values.push(("to", format::short(to).into()));
					"news-released-to"
				}
				None => {
					values.push(("derivative", held.derivative_handle.as_str().into()));
					"news-released-revenue"
				}
			}
		}
	};
	language.tell(key, &values)
}

/// The page that says more of it.
pub fn path(alert: &Alert, account: &str) -> String {
	match alert {
		Alert::Used(NamedReceipt { receipt, .. }) => {
			format!("/asset/{}/receipts/{}", receipt.asset, receipt.number)
		}
		Alert::Paid(payment) => format!("/account/{account}/record/{}", payment.period),
		Alert::Withheld(held) | Alert::Released(held) => {
			let name = format::asset_in_path(held.asset, held.asset_handle());
			format!("/asset/{name}/months/{}", held.period)
		}
	}
}

/// The latest news of an account.
async fn news(state: &State, s: &Site, address: &str) -> Result<Vec<News>, Failure> {
	let alerts = state.store.alerts_of(address, RECENT).await?;
	let shown = alerts.iter().map(|alert| News {
		at: alert.at(),
		key: alert.key(),
		text: sentence(s.language, alert, address),
		href: s.href(path(alert, address)),
	});
	Ok(shown.collect())
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
