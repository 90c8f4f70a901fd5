//! The calculator: check a payout, and estimate what an asset could weigh and earn.

use super::{
	chart,
	explain::share_formula,
	failure::{Page, page},
	format::{self, Html},
	site::Site,
	weight::bonus,
};
use crate::{
	State,
	store::{self, Money, Month, Store},
};
use askama::Template;
use axum::extract::{Query, State as Shared};
use heirloom_primitives::{
	Bps, Formula, Kind, MicroU, Quality, WeightInput, WeightParts, parse_u, rank, rate_per_weight, share,
	weigh,
};
use serde::Deserialize;

/// What was typed. Everything is text, so that what cannot be read is shown again with what is wrong.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
	weight: String,
	total: String,
	revenue: String,
	kind: String,
	quality: String,
	attested: Option<String>,
	units: String,
	impact: String,
	new: Option<String>,
}

/// A payout as the chain would compute it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Checked {
	weight: Bps,
	total: u64,
	revenue: MicroU,
	share: MicroU,
}

/// What an asset would have weighed in a settled month, and what such assets earned.
struct Estimated {
	month: Month,
	kind: &'static str,
	input: WeightInput,
	parts: WeightParts,
	/// Assets of the kind that got a share and weighed about as much: others were not weighed.
	samples: usize,
	/// Whether there were more than were looked at.
	cut: bool,
	/// What they earned.
	earned: Option<Earned>,
	/// The rule of that month.
	formula: Formula,
}

impl Estimated {
	/// Whether proven ancestors of a derivative would have shared without it.
	fn comes_second(&self) -> bool {
		let WeightInput { quality, impact, .. } = self.input;
		let is_proven = quality.is_some_and(|quality| quality.attested) || impact > 0;
		self.formula.proven_first && !is_proven
	}
}

/// Fewer assets than this say nothing of what is usual.
const ENOUGH: usize = 5;

/// What such assets earned, in micro-U.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Earned {
	/// Of few assets: the least and the most.
	Few(u128, u128),
	/// Of enough: quarter, middle, three quarters.
	Quartiles([u128; 3]),
}

impl Earned {
	/// Of amounts in ascending order.
	fn of(sorted: &[Money]) -> Option<Self> {
		let (first, last) = (sorted.first()?, sorted.last()?);
		if sorted.len() < ENOUGH {
			return Some(Self::Few(first.micro(), last.micro()));
		}
		let end = sorted.len() - 1;
		Some(Self::Quartiles([1, 2, 3].map(|quarter| sorted[end * quarter / 4].micro())))
	}
}

#[derive(Template)]
#[template(path = "calculator.html")]
struct Calculator {
	s: Site,
	/// The rule of the open month.
	formula: Formula,
	typed: Typed,
	check: Option<Result<Checked, &'static str>>,
	estimate: Option<Result<Estimated, &'static str>>,
}

/// How far a weight may be from an estimate's to count as about as much, in basis points.
const ABOUT: i64 = 2_000;

/// A number with up to four decimals, in basis points of one: `1.8` is 18,000.
fn bps(text: &str, decimals: usize) -> Option<u64> {
	let text = text.trim();
	let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
	let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
	if whole.is_empty()
		|| whole.len() > 10
		|| fraction.len() > decimals
		|| !digits(whole)
		|| !digits(fraction)
	{
		return None;
	}
	format!("{whole}{fraction:0<decimals$}").parse().ok()
}

fn check(formula: &Formula, typed: &Typed) -> Option<Result<Checked, &'static str>> {
	let given = [&typed.weight, &typed.total, &typed.revenue];
	given.iter().any(|text| !text.trim().is_empty()).then(|| checked(formula, typed))
}

/// The payout, or which of what was typed cannot be.
fn checked(formula: &Formula, typed: &Typed) -> Result<Checked, &'static str> {
	let weight = bps(&typed.weight, 4).and_then(|bps| Bps::try_from(bps).ok()).ok_or("weight")?;
	let total = bps(&typed.total, 4).filter(|total| *total > 0).ok_or("total")?;
	let revenue = parse_u(&typed.revenue.trim().replace(',', "")).map_err(|_| "revenue")?;
	if u64::from(weight) > total {
		return Err("more-than-all");
	}
	let rate = rate_per_weight(formula, revenue, total).ok_or("revenue")?;
	let share = share(weight, rate).ok_or("revenue")?;
	Ok(Checked { weight, total, revenue, share })
}

async fn estimate(store: &Store, typed: &Typed) -> store::Result<Option<Result<Estimated, &'static str>>> {
	if typed.kind.is_empty() {
		return Ok(None);
	}
	match Guess::read(typed) {
		Ok(guess) => Ok(Some(estimated(store, guess).await?)),
		Err(wrong) => Ok(Some(Err(wrong))),
	}
}

/// What an estimate is asked of.
struct Guess {
	kind: Kind,
	name: &'static str,
	quality: Option<Quality>,
	units: i64,
	impact: Bps,
	new: bool,
}

impl Guess {
	fn read(typed: &Typed) -> Result<Self, &'static str> {
		let percent = |text: &str| match text.trim() {
			"" => Some(None),
			text => {
				bps(text, 2).filter(|bps| *bps <= 10_000).and_then(|bps| Bps::try_from(bps).ok()).map(Some)
			}
		};
		let (kind, name) = kind(&typed.kind).ok_or("kind")?;
		let attested = typed.attested.is_some();
		let quality = percent(&typed.quality).ok_or("quality")?.map(|bps| Quality { bps, attested });
		let impact = percent(&typed.impact).ok_or("impact")?.unwrap_or_default();
		let units = match typed.units.trim().replace(',', "").as_str() {
			"" => 0,
			text => text.parse().ok().filter(|units| *units >= 0).ok_or("units")?,
		};
		Ok(Self { kind, name, quality, units, impact, new: typed.new.is_some() })
	}
}

async fn estimated(store: &Store, guess: Guess) -> store::Result<Result<Estimated, &'static str>> {
	let Some(period) = store.last_reported().await? else { return Ok(Err("no-month")) };
	let Some(report) = period.totals()? else { return Ok(Err("no-month")) };
	let month = period.period;
	let formula = report.formula.formula();
	let old = month.period().minus(formula.bonus_periods).unwrap_or_default();
	let input = WeightInput {
		quality: guess.quality,
		average: report.averages[guess.kind.index()],
		rank: usage_rank(store, month, guess.units, report.active).await?,
		impact: guess.impact,
		minted: if guess.new { month.period() } else { old },
	};
	let parts = weigh(&formula, &input, month.period());
	let weight = i64::from(parts.weight);
	let found = store.earned_by_like(month, guess.name, (weight - ABOUT, weight + ABOUT)).await?;
	let cut = found.iter().any(|sample| sample.one_in > 1);
	let earned: Vec<Money> = found.into_iter().map(|sample| sample.earned).collect();
	let (samples, earned) = (earned.len(), Earned::of(&earned));
	Ok(Ok(Estimated { month, kind: guess.name, input, parts, samples, cut, earned, formula }))
}

fn kind(text: &str) -> Option<(Kind, &'static str)> {
	[(Kind::Data, "data"), (Kind::Model, "model"), (Kind::Script, "script")]
		.into_iter()
		.find(|(_, name)| *name == text)
}

/// The rank that so many units would have had in a settled month.
async fn usage_rank(store: &Store, month: Month, units: i64, active: u32) -> store::Result<Bps> {
	let count = |number: i64| u32::try_from(number).unwrap_or_default();
	let (fewer, equal) = match units {
		0 => {
			let (used, _) = store.used_at_least(month, 1).await?;
			(0, active.saturating_sub(count(used)))
		}
		units => {
			let (at_least, equal) = store.used_at_least(month, units).await?;
			(active.saturating_sub(count(at_least)), count(equal))
		}
	};
	Ok(rank(fewer, equal, active))
}

impl Calculator {
	fn formula(&self, checked: &Checked) -> Html {
		let total = i64::try_from(checked.total).unwrap_or(i64::MAX);
		share_formula(&self.s, &self.formula, checked.weight.into(), total, checked.revenue, checked.share)
	}

	fn weight_chart(&self, estimated: &Estimated) -> Html {
		let (parts, formula) = (estimated.parts, &estimated.formula);
		let mut steps = vec![
			(self.s.say("weight-base"), formula.base),
			(self.s.say("weight-quality"), parts.quality.into()),
			(self.s.say("weight-usage"), parts.usage.into()),
			(self.s.say("weight-impact"), parts.impact.into()),
		];
		let sum: i64 = steps.iter().map(|(_, step)| step).sum();
		let bounded = sum.clamp(formula.floor, formula.ceiling);
		if bounded != sum {
			steps.push((self.s.say("weight-bound"), bounded - sum));
		}
		if parts.bonus {
			steps.push((self.s.say("weight-bonus"), i64::from(parts.weight) - bounded));
		}
		steps.push((self.s.say("weight"), parts.weight.into()));
		chart::steps(&steps, &self.s.say("weight-how"))
	}

	fn range(&self, low: &u128, high: &u128) -> String {
		let [low, high] = [low, high].map(format::amount_text);
		self.s.with2("estimate-range", "low", low, "high", high)
	}

	/// What an estimate rests on.
	fn samples(&self, estimated: &Estimated) -> String {
		let values = [
			("count", estimated.samples.into()),
			("n", format::number(estimated.samples).into()),
			("about", format::factor(ABOUT).into()),
		];
		self.s.language.tell("estimate-samples", &values)
	}

	/// What being new means.
	fn new_asset(&self) -> String {
		let formula = &self.formula;
		self.s.with2("calculator-new", "months", formula.bonus_periods, "bonus", bonus(formula))
	}

	fn is(&self, kind: impl AsRef<str>) -> bool {
		self.typed.kind == kind.as_ref()
	}
}

/// `/calculator`
pub async fn calculator(Shared(state): Shared<State>, s: Site, Query(typed): Query<Typed>) -> Page {
	let formula = state.store.formula().await?.formula();
	let check = check(&formula, &typed);
	let estimate = estimate(&state.store, &typed).await?;
	page(&Calculator { s, formula, typed, check, estimate })
}

#[cfg(test)]
mod tests {
	use super::*;
	use heirloom_primitives::{FormulaVersion, U};

	const V2: Formula = FormulaVersion::V2.formula();

	fn typed(weight: &str, total: &str, revenue: &str) -> Typed {
		Typed { weight: weight.into(), total: total.into(), revenue: revenue.into(), ..Typed::default() }
	}

	#[test]
	fn the_worked_example_should_come_out_even() {
		let checked = check(&V2, &typed("1.8", "13.5", "15,000.00")).unwrap().unwrap();
		assert_eq!(checked.share, 1_600 * U);
	}

	#[test]
	fn what_cannot_be_read_should_be_named() {
		assert_eq!(check(&V2, &typed("x", "13.5", "1")), Some(Err("weight")));
		assert_eq!(check(&V2, &typed("1.8", "0", "1")), Some(Err("total")));
		assert_eq!(check(&V2, &typed("1.8", "13.5", "-1")), Some(Err("revenue")));
		assert_eq!(check(&V2, &typed("2", "1", "1")), Some(Err("more-than-all")));
		assert_eq!(check(&V2, &typed("1.8", "13.5", "9999999999999999999999")), Some(Err("revenue")));
		assert_eq!(check(&V2, &typed("", " ", "")), None);
	}

	#[test]
	fn quartiles_should_be_those_of_what_was_earned() {
		assert_eq!(Earned::of(&[10, 20, 30, 40, 50].map(Money)), Some(Earned::Quartiles([20, 30, 40])));
		assert_eq!(Earned::of(&[]), None);
	}

	#[test]
	fn few_assets_should_have_no_quartiles() {
		assert_eq!(Earned::of(&[Money(10)]), Some(Earned::Few(10, 10)));
		assert_eq!(Earned::of(&[10, 20].map(Money)), Some(Earned::Few(10, 20)));
		assert_eq!(Earned::of(&[10, 20, 30].map(Money)), Some(Earned::Few(10, 30)));
		assert_eq!(Earned::of(&[10, 20, 30, 40].map(Money)), Some(Earned::Few(10, 40)));
	}
}
