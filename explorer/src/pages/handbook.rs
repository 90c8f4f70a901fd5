//! The handbook: how to build assets of high weight. Its numbers are the code's own constants, its example is computed.

use super::{
	chart,
	explain::{FORMULA, share_formula},
	failure::{Page, page},
	format::{self, Html},
	site::Site,
};
use askama::Template;
use heirloom_primitives::{
	CENT, Period, Quality, U, WeightInput, WeightParts, rate_per_weight, share, weigh,
};

#[derive(Template)]
#[template(path = "handbook.html")]
struct Handbook {
	s: Site,
	example: Example,
}

/// The annotator's month: her data, its weight, her share.
struct Example {
	input: WeightInput,
	parts: WeightParts,
	total: i64,
	revenue: u128,
	share: u128,
	fees: u128,
}

impl Example {
	fn new() -> Self {
		let march = Period(12 * 2026 + 2);
		let input = WeightInput {
			quality: Some(Quality { bps: 9_800, attested: true }),
			average: Some(9_200),
			rank: 8_000,
			impact: 1_200,
			minted: Period(12 * 2025 + 2),
		};
		let parts = weigh(&FORMULA, &input, march);
		let (total, revenue) = (135_000u32, 15_000 * U);
		let rate = rate_per_weight(&FORMULA, revenue, total.into()).unwrap_or_default();
		let share = share(parts.weight, rate).unwrap_or_default();
		Self { input, parts, total: total.into(), revenue, share, fees: 400 * U }
	}

	fn quality(&self) -> u16 {
		self.input.quality.map(|quality| quality.bps).unwrap_or_default()
	}
}

/// What each question is asked as; its answer is `answer-` and the same.
const QUESTIONS: [&str; 9] =
	["why-less", "when", "carried", "buyout", "private", "wallet", "delisted", "verify", "fee"];

/// Rows of the self-check table.
const CHECKS: [&str; 6] = ["precise", "described", "attested", "wanted", "improves", "terms"];

/// Pitfalls.
const PITFALLS: [&str; 5] = ["self-calls", "inflated", "copies", "names", "expensive"];

impl Handbook {
	fn questions(&self) -> [&'static str; 9] {
		QUESTIONS
	}

	fn checks(&self) -> [&'static str; 6] {
		CHECKS
	}

	fn pitfalls(&self) -> [&'static str; 5] {
		PITFALLS
	}

	fn answer(&self, question: impl AsRef<str>) -> String {
		let key = format!("answer-{}", question.as_ref());
		self.s.with2(key, "percent", FORMULA.ancestors_percent, "cent", format::amount_text(CENT))
	}

	fn bonus(&self) -> String {
		format::factor(FORMULA.bonus.0 * 10_000 / FORMULA.bonus.1)
	}

	/// The parts of the formula, as the chain computes them.
	fn rules(&self) -> [(String, String); 5] {
		let (numerator, denominator) = FORMULA.impact_slope;
		let s = &self.s;
		[
			(s.say("weight-base"), format::factor(FORMULA.base)),
			(s.say("weight-quality"), s.with("rule-quality", "slope", FORMULA.quality_slope)),
			(s.say("weight-usage"), s.with("rule-usage", "median", format::percent(FORMULA.median_rank))),
			(
				s.say("weight-impact"),
				s.language.tell(
					"rule-impact",
					&[
						("numerator", numerator.to_string().into()),
						("denominator", denominator.to_string().into()),
						("cap", format::factor(FORMULA.impact_cap).into()),
					],
				),
			),
			(
				s.say("weight-bound"),
				s.with2(
					"rule-bound",
					"floor",
					format::factor(FORMULA.floor),
					"ceiling",
					format::factor(FORMULA.ceiling),
				),
			),
		]
	}

	fn cap(&self) -> String {
		format::factor(FORMULA.unattested_cap)
	}

	fn percent(&self) -> String {
		FORMULA.ancestors_percent.to_string()
	}

	fn pool_percent(&self) -> String {
		(100 - FORMULA.ancestors_percent).to_string()
	}

	fn months(&self) -> u32 {
		FORMULA.bonus_periods
	}

	fn weight_chart(&self) -> Html {
		let parts = self.example.parts;
		let steps = [
			(self.s.say("weight-base"), FORMULA.base),
			(self.s.say("weight-quality"), parts.quality.into()),
			(self.s.say("weight-usage"), parts.usage.into()),
			(self.s.say("weight-impact"), parts.impact.into()),
			(self.s.say("weight"), parts.weight.into()),
		];
		chart::steps(&steps, &self.s.say("weight-how"))
	}

	fn formula(&self) -> Html {
		let example = &self.example;
		share_formula(&self.s, example.parts.weight.into(), example.total, example.revenue, example.share)
	}
}

/// `/handbook`
pub async fn handbook(s: Site) -> Page {
	page(&Handbook { s, example: Example::new() })
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_example_should_be_the_storys() {
		let example = Example::new();
		assert_eq!((example.parts.weight, example.share + example.fees), (18_000, 2_000 * U));
	}
}
