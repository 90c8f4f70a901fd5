//! The platform's report of each month.

use super::{
	failure::{Failure, Page, page},
	format::{self, Html},
	receipts::From,
	site::Site,
	statement::month,
};
use crate::{
	State,
	store::{
		Listed, Money, Month, NEWEST,
		read::{
			checks::Check,
			overview::Magnitude,
			periods::{ClosedPeriod, Distribution, SandboxMonth},
			statements::NamedStatement,
		},
	},
};
use askama::Template;
use axum::extract::{Path, Query, State as Shared};
use heirloom_primitives::PeriodReport;

/// Assets of one page of a month's list.
const A_PAGE: i64 = 25;

#[derive(Template)]
#[template(path = "months.html")]
struct Months {
	s: Site,
	months: Vec<(ClosedPeriod, Option<PeriodReport>)>,
	open: Month,
}

/// `/months`
pub async fn months(Shared(state): Shared<State>, s: Site) -> Page {
	let open = state.store.open_month().await?;
	let mut months = Vec::new();
	for period in state.store.periods().await? {
		let report = period.totals()?;
		months.push((period, report));
	}
	page(&Months { s, months, open })
}

#[derive(Template)]
#[template(path = "month.html")]
struct MonthPage {
	s: Site,
	month: Month,
	report: Option<PeriodReport>,
	/// What was contested at the report already of earlier months.
	contested_before: Money,
	/// All that was contested at the report.
	contested: Money,
	distribution: Distribution,
	magnitudes: Vec<Magnitude>,
	sandbox: SandboxMonth,
	statements: Listed<NamedStatement>,
	checks: Vec<Check>,
	begun: bool,
}

impl MonthPage {
	/// A mean of so many.
	fn mean(&self, sum: &Money, count: i64) -> u128 {
		sum.micro().checked_div(u128::try_from(count).unwrap_or_default()).unwrap_or_default()
	}

	fn top(&self) -> i64 {
		(self.distribution.payees + 9) / 10
	}

	fn bottom(&self) -> i64 {
		self.distribution.payees / 2
	}

	/// A part of all that was paid, in percent.
	fn part(&self, of: &Money) -> String {
		let all = self.distribution.paid.micro().max(1);
		format::percent(of.micro() * 10_000 / all)
	}

	/// What a step of the distribution is called: `10 – 100 U`.
	fn range(&self, magnitude: &Magnitude) -> String {
		let low = 10u128.pow(u32::try_from(magnitude.magnitude - 1).unwrap_or_default());
		match magnitude.magnitude {
			0 => "< 1 U".into(),
			6 => format!("≥ {} U", format::number(low)),
			_ => format!("{} – {} U", format::number(low), format::number(low * 10)),
		}
	}

	/// A bar as long as many assets fall into a step.
	fn bar(&self, magnitude: &Magnitude) -> Html {
		let most = self.magnitudes.iter().map(|one| one.assets).max().unwrap_or(1).max(1);
		let width = magnitude.assets as f64 * 100.0 / most as f64;
		Html(format!(
			"<svg class=\"chart\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect \
			class=\"bar\" width=\"{width:.2}\" height=\"6\"/></svg>"
		))
	}
}

/// `/months/{month}`
pub async fn report(
	Shared(state): Shared<State>,
	s: Site,
	Path(text): Path<String>,
	Query(from): Query<From>,
) -> Page {
	let (month, store) = (month(&text)?, &state.store);
	let period = store.period(month).await?.ok_or(Failure::NotFound)?;
	let report = period.totals()?;
	let (contested_before, contested) = store.contested(month).await?;
	let distribution = store.distribution(month).await?;
	let magnitudes = store.magnitudes(month).await?;
	let sandbox = store.sandbox_month(month).await?;
	let statements = store.statements_in(month, from.cursor(NEWEST)?, A_PAGE).await?;
	let mut checks = Vec::new();
	for kind in ["payments", "statements", "report"] {
		checks.extend(store.check(kind, &month.to_string()).await?);
	}
	page(&MonthPage {
		s,
		month,
		report,
		contested_before,
		contested,
		distribution,
		magnitudes,
		sandbox,
		statements,
		checks,
		begun: from.from.is_some(),
	})
}
