//! What is in demand: assets and domains by calls, with what such assets were paid.

use super::{
	failure::{Page, page},
	format::Whole,
	receipts::{A_PAGE, From},
	site::{Path, Site},
};
use crate::{
	State,
	store::{
		Listed, Money, Month, NEWEST,
		read::demand::{DomainUsage, Usage},
		read::overview::DomainMedian,
	},
};
use askama::Template;
use axum::extract::{Query, State as Shared};
use std::{cmp::Ordering, collections::HashMap};

/// An asset with its use of this month and the one before.
struct Wanted {
	usage: Usage,
	before: i64,
	paid: Option<Money>,
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
	wanted: Listed<Wanted>,
	domains: Vec<DomainUsage>,
	medians: HashMap<Option<String>, DomainMedian>,
	before: HashMap<Option<String>, i64>,
	begun: bool,
}

impl Demand {
	/// Which way, how far, in words.
	fn trend(&self, now: impl Whole, before: impl Whole) -> String {
		// Before the first month that is known, nothing is more or less.
		if self.before.is_empty() {
			return "–".into();
		}
		let sign = match now.whole().cmp(&before.whole()) {
			Ordering::Greater => "↑",
			Ordering::Equal => "→",
			Ordering::Less => "↓",
		};
		self.s.with2("trend", "sign", sign, "before", self.s.n(before))
	}

	fn median(&self, domain: &Option<String>) -> Option<&DomainMedian> {
		self.medians.get(domain)
	}

	fn before(&self, domain: &Option<String>) -> i64 {
		self.before.get(domain).copied().unwrap_or_default()
	}
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
	let previous = month.period().minus(1).map(Month::from).unwrap_or_default();
	let listed = store.most_called(month, from.cursor(NEWEST)?, A_PAGE).await?;
	let shown: Vec<i64> = listed.items.iter().map(|usage| usage.asset).collect();
	let before = store.usage_of(&shown, previous).await?.into_iter();
	let before: HashMap<i64, i64> = before.map(|usage| (usage.asset, usage.calls)).collect();
	let paid = match settled {
		Some(settled) => store.paid_of(&shown, settled).await?,
		None => HashMap::new(),
	};
	let wanted = |usage: Usage| Wanted {
		before: before.get(&usage.asset).copied().unwrap_or_default(),
		paid: paid.get(&usage.asset).copied(),
		usage,
	};
	let wanted = Listed { items: listed.items.into_iter().map(wanted).collect(), next: listed.next };
	let domains = store.domains_in_demand(month).await?;
	let medians = match settled {
		Some(settled) => store.domain_medians(settled).await?,
		None => Vec::new(),
	};
	let medians = medians.into_iter().map(|median| (median.domain.clone(), median)).collect();
	let before = store.domains_in_demand(previous).await?;
	let before = before.into_iter().map(|usage| (usage.domain, usage.calls)).collect();
	page(&Demand { s, month, settled, wanted, domains, medians, before, begun: from.from.is_some() })
}
