//! What is in demand: assets and domains by calls, with what such assets were paid.

use super::{
	failure::{Page, page},
	format,
	receipts::{A_PAGE, From},
	site::{Path, Site},
};
use crate::{
	State,
	store::{
		Listed, Money, Month, NEWEST, Result, Store,
		read::demand::{DomainUsage, Usage},
		read::overview::DomainMedian,
	},
};
use askama::Template;
use axum::extract::{Query, State as Shared};
use std::{cmp::Ordering, collections::HashMap};

/// Settled months that an asset's middle payout is of.
const MONTHS: i64 = 12;

/// An asset with its use of the last settled months and of this one.
struct Wanted {
	usage: Usage,
	/// Calls of the last settled month but one, and of the last one.
	settled: [i64; 2],
	paid: Option<Money>,
	/// Its middle payout of the last months.
	median: Option<Money>,
}

impl Wanted {
	/// Where one like it is uploaded.
	fn like(&self, s: &Site) -> Path {
		let path = s.to().then("/upload?kind=").of(&self.usage.kind);
		match &self.usage.domain {
			Some(domain) => path.then("&domain=").of(domain),
			None => path,
		}
	}
}

#[derive(Template)]
#[template(path = "demand.html")]
struct Demand {
	s: Site,
	month: Month,
	settled: Option<Month>,
	/// The one before that, if anything was used in it.
	previous: Option<Month>,
	wanted: Listed<Wanted>,
	domains: Vec<DomainUsage>,
	medians: HashMap<Option<String>, DomainMedian>,
	/// Calls by domain of the last settled months, as of assets.
	calls: [HashMap<Option<String>, i64>; 2],
	begun: bool,
}

impl Demand {
	/// Which way from the last settled month but one to the last, in words. A month that is not over is compared with none.
	fn trend(&self, [before, now]: &[i64; 2]) -> String {
		if self.previous.is_none() {
			return "–".into();
		}
		let sign = match now.cmp(before) {
			Ordering::Greater => "↑",
			Ordering::Equal => "→",
			Ordering::Less => "↓",
		};
		let values = [
			("before", format::number(*before).into()),
			("sign", sign.into()),
			("now", format::number(*now).into()),
		];
		self.s.language.tell("trend", &values)
	}

	fn median(&self, domain: &Option<String>) -> Option<&DomainMedian> {
		self.medians.get(domain)
	}

	/// Calls of a domain in the last settled months.
	fn calls(&self, domain: &Option<String>) -> [i64; 2] {
		self.calls.each_ref().map(|calls| calls.get(domain).copied().unwrap_or_default())
	}
}

/// Calls of some assets in a month, of those that were used.
async fn calls_of(store: &Store, assets: &[i64], month: Option<Month>) -> Result<HashMap<i64, i64>> {
	let Some(month) = month else { return Ok(HashMap::new()) };
	let used = store.usage_of(assets, month).await?.into_iter();
	Ok(used.map(|usage| (usage.asset, usage.calls)).collect())
}

/// Calls of each domain in a month.
async fn domain_calls(store: &Store, month: Option<Month>) -> Result<HashMap<Option<String>, i64>> {
	let Some(month) = month else { return Ok(HashMap::new()) };
	let used = store.domains_in_demand(month).await?.into_iter();
	Ok(used.map(|usage| (usage.domain, usage.calls)).collect())
}

/// `/demand`
pub async fn demand(Shared(state): Shared<State>, s: Site, Query(from): Query<From>) -> Page {
	let store = &state.store;
	let open = store.open_month().await?;
	let settled = store.last_reported().await?.map(|period| period.period);
	// At the beginning of a month nothing was called yet, and the month before says more.
	let month = match settled {
		Some(settled) if store.month_so_far(open).await?.calls == 0 => settled,
		_ => open,
	};
	let before = settled.and_then(|settled| settled.period().minus(1)).map(Month::from);
	let listed = store.most_called(month, from.cursor(NEWEST)?, A_PAGE).await?;
	let shown: Vec<i64> = listed.items.iter().map(|usage| usage.asset).collect();
	let used = [calls_of(store, &shown, before).await?, calls_of(store, &shown, settled).await?];
	let medians_paid = store.median_paid_of(&shown, MONTHS).await?;
	let paid = match settled {
		Some(settled) => store.paid_of(&shown, settled).await?,
		None => HashMap::new(),
	};
	let wanted = |usage: Usage| Wanted {
		settled: used.each_ref().map(|calls| calls.get(&usage.asset).copied().unwrap_or_default()),
		paid: paid.get(&usage.asset).copied(),
		median: medians_paid.get(&usage.asset).copied(),
		usage,
	};
	let wanted = Listed { items: listed.items.into_iter().map(wanted).collect(), next: listed.next };
	let domains = store.domains_in_demand(month).await?;
	let medians = match settled {
		Some(settled) => store.domain_medians(settled).await?,
		None => Vec::new(),
	};
	let medians = medians.into_iter().map(|median| (median.domain.clone(), median)).collect();
	let calls = [domain_calls(store, before).await?, domain_calls(store, settled).await?];
	// Before the first month that is known, nothing is more or less.
	let previous = before.filter(|_| !calls[0].is_empty());
	page(&Demand { s, month, settled, previous, wanted, domains, medians, calls, begun: from.from.is_some() })
}
