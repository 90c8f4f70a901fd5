//! The first page: search, the next settlement, the month so far.

use super::{
	failure::{Page, page},
	format::{self, Whole},
	site::Site,
};
use crate::{
	State,
	store::{
		Month, NEWEST, read::overview::SoFar, read::periods::ClosedPeriod, read::receipts::NamedReceipt,
	},
};
use askama::Template;
use axum::extract::State as Shared;
use heirloom_primitives::{PeriodReport, Phase, Settling};
use std::time::Duration;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
	s: Site,
	month: Month,
	/// Whether there is a block behind the genesis: before it no month is open.
	begun: bool,
	so_far: SoFar,
	settling: Option<Month>,
	progress: Option<Settling>,
	last: Option<(ClosedPeriod, PeriodReport)>,
	latest: Vec<NamedReceipt>,
	now: i64,
	assets: i64,
}

impl Home {
	/// When the open month ends, in milliseconds.
	fn end(&self) -> i64 {
		format::end_of(self.month)
	}

	/// Whole days and hours until then, by the chain's clock.
	fn remaining(&self) -> String {
		let hours = (self.end() - self.now).max(0) / 3_600_000;
		self.s.with2("countdown", "days", hours / 24, "hours", hours % 24)
	}

	fn moment(&self, millis: impl Whole) -> String {
		format::rfc3339(i64::try_from(millis.whole()).unwrap_or_default())
	}

	/// The name of what a settlement is doing, and how far that is, in percent.
	fn step(&self, settling: &Settling) -> (String, u32) {
		let (key, before) = match settling.phase {
			Phase::Count => ("count", 0),
			Phase::Rank => ("rank", 1),
			Phase::Weigh => ("weigh", 2),
			Phase::Spread => ("spread", 3),
			Phase::Due => ("due", 4),
			Phase::Pay => ("pay", 5),
			Phase::Report => ("report", 6),
		};
		let part = (settling.done * 100).checked_div(settling.of).unwrap_or_default().min(100);
		(self.s.named("phase", key), (before * 100 + part) / 7)
	}
}

/// How long a page waits for the node where it can do without.
pub const PATIENCE: Duration = Duration::from_millis(400);

/// `/`
pub async fn home(Shared(state): Shared<State>, s: Site) -> Page {
	let store = &state.store;
	let month = store.open_month().await?;
	let so_far = store.month_so_far(month).await?;
	let periods = store.periods().await?;
	let settling = periods.iter().rev().find(|period| period.report.is_none()).map(|period| period.period);
	let progress = match settling {
		None => None,
		Some(_) => {
			let answer = tokio::time::timeout(PATIENCE, state.node.progress()).await;
			answer.ok().and_then(Result::ok).and_then(|progress| progress.settling)
		}
	};
	let last = match periods.into_iter().find(|period| period.report.is_some()) {
		Some(period) => period.totals()?.map(|report| (period, report)),
		None => None,
	};
	let latest = store.latest_receipts(NEWEST, 6).await?.items;
	let assets = store.asset_count().await?;
	let now = s.last.as_ref().map(|block| block.at).unwrap_or_default();
	let begun = s.last.as_ref().is_some_and(|block| block.height > 0);
	page(&Home { s, month, begun, so_far, settling, progress, last, latest, now, assets })
}
