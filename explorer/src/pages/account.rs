//! My assets: everything of an address, with its calls of today and this month.

use super::{
	asset::earnings,
	failure::{Failure, Page, page},
	format::{self, Html},
	home::PATIENCE,
	receipts::{A_PAGE, From},
	site::Site,
};
use crate::{
	State,
	chain::{self, balance::Balance},
	store::{
		FIRST, Listed, Month, NEWEST,
		read::{
			accounts::{AccountSummary, Transfer},
			assets::Asset,
			blocks::Extrinsic,
			overview::OwnUsage,
			receipts::NamedReceipt,
			statements::Statement,
		},
	},
};
use askama::Template;
use axum::{
	extract::{Path, Query, State as Shared},
	response::{IntoResponse, Redirect},
};
use futures::{StreamExt, stream};
use serde::Deserialize;
use std::collections::HashMap;

const DAY: i64 = 86_400_000;
/// Months of the chart.
const MONTHS: i64 = 24;
/// Estimates that are asked for at once.
const AT_ONCE: usize = 4;

/// An asset with what happens to it.
struct Own {
	asset: Asset,
	today: i64,
	usage: Option<OwnUsage>,
	estimate: Option<u128>,
}

impl Own {
	fn calls(&self) -> i64 {
		self.usage.as_ref().map(|usage| usage.calls).unwrap_or_default()
	}
}

/// What an address would be due, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Total {
	/// All of it, in micro-U.
	Known(u128),
	/// The node did not answer for each asset in time.
	Late,
	/// Not all assets are on one page.
	Many,
	/// No asset pays it.
	Nothing,
}

/// The sum of the estimates of those assets that pay an address.
fn total(address: &str, assets: &[Own], whole: bool) -> Total {
	if !whole {
		return Total::Many;
	}
	let paying: Vec<_> = assets.iter().filter(|own| own.asset.paid_to() == address).collect();
	if paying.is_empty() {
		return Total::Nothing;
	}
	let all: Option<Vec<u128>> = paying.iter().map(|own| own.estimate).collect();
	all.map_or(Total::Late, |all| Total::Known(all.iter().sum()))
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
	s: Site,
	address: String,
	summary: AccountSummary,
	balance: Option<Balance>,
	month: Month,
	assets: Vec<Own>,
	next: Option<crate::store::Cursor>,
	begun: bool,
	uses: Vec<NamedReceipt>,
	payments: Vec<crate::store::read::payments::Payment>,
	calls: Vec<NamedReceipt>,
	transfers: Listed<Transfer>,
	extrinsics: Listed<Extrinsic>,
}

impl Account {
	/// What this address would be due, were the month closed now.
	fn estimate(&self) -> Total {
		total(&self.address, &self.assets, self.next.is_none() && !self.begun)
	}

	fn chart(&self) -> Html {
		let months: Vec<Statement> = self.payments.iter().map(as_statement).collect();
		earnings(&self.s, &months)
	}

	/// An amount of LOOM or of U.
	fn money(&self, currency: &str, amount: &str) -> Html {
		money(&self.s, currency, amount)
	}

	/// An amount of LOOM.
	fn loom(&self, amount: &u128) -> Html {
		self.money("LOOM", &amount.to_string())
	}
}

/// A payment as what the chart of earnings is drawn from.
fn as_statement(payment: &crate::store::read::payments::Payment) -> Statement {
	let (period, amount) = (payment.period, payment.amount);
	Statement { period, shared: amount, paid: amount, ..Statement::default() }
}

/// An amount in the smallest unit of a currency.
pub fn money(s: &Site, currency: &str, amount: &str) -> Html {
	let amount: u128 = amount.parse().unwrap_or_default();
	if currency == "U" {
		return s.u(amount);
	}
	// LOOM has 12 decimals; 4 are for people, all are where it is pointed at.
	let (whole, fraction) = (amount / 1_000_000_000_000, amount % 1_000_000_000_000);
	Html(format!(
		"<span class=\"nowrap\"><data value=\"{whole}.{fraction:012}\" title=\"{whole}.{fraction:012} LOOM\">{}.{:04}</data>\
		<span class=\"unit\">\u{a0}LOOM</span></span>",
		format::number(whole),
		fraction / 100_000_000,
	))
}

/// An address as a person wrote it.
pub fn address(text: &str) -> Result<String, Failure> {
	chain::address::read(text).ok_or(Failure::NotFound)
}

/// `/account/{address}`
pub async fn account(
	Shared(state): Shared<State>,
	s: Site,
	Path(text): Path<String>,
	Query(from): Query<From>,
) -> Page {
	let (address, store) = (address(&text)?, &state.store);
	let month = store.open_month().await?;
	let now = s.last.as_ref().map(|block| block.at).unwrap_or_default();
	let listed = store.assets_of(&address, from.cursor(FIRST)?, A_PAGE).await?;
	let shown: Vec<i64> = listed.items.iter().map(|asset| asset.id).collect();
	let used = store.usage_of(&shown, month).await?.into_iter();
	let mut used: HashMap<i64, OwnUsage> = used.map(|usage| (usage.asset, usage)).collect();
	let height = s.last.as_ref().map(|block| block.height).unwrap_or_default();
	// In turn, as in `chain/balance.rs`: at once the second would be answered 40 ms later.
	let balance = balance(&state, height, &address).await;
	let estimates = estimates(&state, height, &listed.items).await;
	let today = store.calls_of_since(&shown, now - now.rem_euclid(DAY)).await?;
	let own = |asset: Asset| {
		let (usage, estimate) = (used.remove(&asset.id), estimates.get(&asset.id).copied());
		Own { today: today.get(&asset.id).copied().unwrap_or_default(), asset, usage, estimate }
	};
	let assets = listed.items.into_iter().map(own).collect();
	let summary = store.account(&address).await?;
	let uses = store.uses_of_owner(&address, 10).await?.items;
	let payments = store.payments_of(&address, NEWEST, MONTHS).await?.items;
	let calls = store.receipts_of(&address, NEWEST, 10).await?.items;
	let transfers = store.transfers_of(&address, NEWEST, 10).await?;
	let extrinsics = store.extrinsics_of(&address, NEWEST, 10).await?;
	page(&Account {
		s,
		address,
		summary,
		balance,
		month,
		assets,
		next: listed.next,
		begun: from.from.is_some(),
		uses,
		payments,
		calls,
		transfers,
		extrinsics,
	})
}

/// What assets would be due were the month closed now, of those that the node answers for in time.
async fn estimates(state: &State, height: i64, assets: &[Asset]) -> HashMap<i64, u128> {
	let ask = |id: i64| async move {
		let estimate = state.estimate(id.try_into().ok()?, height).await.ok()?;
		Some((id, estimate.shared + estimate.call_fees + estimate.carried_in))
	};
	let ids: Vec<i64> = assets.iter().map(|asset| asset.id).collect();
	let all = stream::iter(ids.into_iter().map(ask)).buffer_unordered(AT_ONCE);
	let mut known = HashMap::new();
	let collect = all.for_each(|answer| {
		known.extend(answer);
		futures::future::ready(())
	});
	// What came in time is shown, the rest is not.
	let _ = tokio::time::timeout(PATIENCE * 2, collect).await;
	known
}

/// What an address has, where the node says so in time.
async fn balance(state: &State, height: i64, address: &str) -> Option<Balance> {
	let account = chain::address::key(address)?;
	tokio::time::timeout(PATIENCE, state.balance(account, height)).await.ok()?.ok()
}

#[derive(Template)]
#[template(path = "me.html")]
struct Me {
	s: Site,
	wrong: bool,
}

/// The address that was pasted.
#[derive(Deserialize)]
pub struct Pasted {
	address: Option<String>,
}

/// `/me`
pub async fn me(s: Site, Query(pasted): Query<Pasted>) -> Page {
	match pasted.address.as_deref().map(|text| chain::address::read(text.trim())) {
		Some(Some(address)) => Ok(Redirect::to(&s.href(format!("/account/{address}"))).into_response()),
		Some(None) => page(&Me { s, wrong: true }),
		None => page(&Me { s, wrong: false }),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::store::read::{assets::Filter, platform::platform};

	/// Assets of one owner with these payees and estimates.
	async fn own(of: &[(&str, Option<u128>)]) -> Vec<Own> {
		let store = platform(&vec![Vec::new(); of.len()]).await;
		let assets = store.assets(&Filter::default(), FIRST, 100).await.unwrap().items;
		let bound = assets.into_iter().zip(of).map(|(asset, (payee, estimate))| {
			let owner = "owner".to_owned();
			let asset =
				Asset { payee: Some((*payee).into()), payee_set_by: Some(owner.clone()), owner, ..asset };
			Own { asset, today: 0, usage: None, estimate: *estimate }
		});
		bound.collect()
	}

	#[tokio::test]
	async fn only_what_pays_an_address_should_be_summed_up() {
		let assets = own(&[("owner", Some(3)), ("somebody", Some(5)), ("owner", Some(4))]).await;
		assert_eq!(total("owner", &assets, true), Total::Known(7));
		assert_eq!(total("somebody", &assets, true), Total::Known(5));
		assert_eq!(total("nobody", &assets, true), Total::Nothing);
		assert_eq!(total("owner", &assets, false), Total::Many);
	}

	#[tokio::test]
	async fn a_sum_should_wait_for_every_asset() {
		let assets = own(&[("owner", Some(3)), ("owner", None), ("somebody", None)]).await;
		assert_eq!(total("owner", &assets, true), Total::Late);
		let assets = own(&[("owner", Some(3)), ("somebody", None)]).await;
		assert_eq!(total("owner", &assets, true), Total::Known(3));
	}
}
