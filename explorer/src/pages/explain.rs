//! Why this amount: a statement recomputed line by line, as a sentence and as formulas with the numbers filled in.

use super::{
	format::{self, Html, escaped},
	site::Site,
};
use crate::store::{
	Money, Result, Store,
	read::statements::{NamedPot, Pot, Statement},
};
use heirloom_primitives::{Bps, Formula, FormulaVersion, rate_per_weight, share};

/// The rule that the explorer explains.
pub const FORMULA: Formula = FormulaVersion::V1.formula();

/// Lines that a page shows; the rest is summed up, and whole in the API.
const SHOWN: usize = 100;

/// One descendant's part in a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
	/// The descendant's name.
	pub handle: String,
	/// What it shared.
	pub pot: Pot,
	/// This line alone, rounded down, in micro-U.
	pub amount: u128,
}

/// A statement with all that follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
	/// The statement.
	pub statement: Statement,
	/// Whether so many assets descend from it that a page does not look through them. It has no lines then.
	pub beyond: bool,
	/// The lines of its share, the greatest first, as many as are shown.
	pub lines: Vec<Line>,
	/// How many lines there are.
	pub line_count: usize,
	/// What the lines that are not shown add up to.
	pub rest: u128,
	/// What the descendants shared, together.
	pub revenue: u128,
	/// What the ancestors weigh together, where it is the same of all lines.
	pub total_weight: Option<i64>,
	/// The share as the formula gives it.
	pub recomputed: u128,
}

impl Explanation {
	/// Recomputes a statement from the pots of the asset's descendants, if they are at most `descendants`.
	pub async fn of(store: &Store, statement: Statement, descendants: i64) -> Result<Self> {
		let Statement { asset, period, .. } = statement;
		// Without a weight it was no eligible ancestor, whatever its descendants earned.
		let earning = match statement.weight {
			Some(_) => store.pots_below(asset, period, descendants).await?,
			None => Some(Vec::new()),
		};
		Ok(Self { beyond: earning.is_none(), ..Self::from(statement, earning.unwrap_or_default(), SHOWN) })
	}

	fn from(statement: Statement, earning: Vec<NamedPot>, shown: usize) -> Self {
		let weight = statement.weight.and_then(|weight| Bps::try_from(weight).ok()).unwrap_or_default();
		let rate = |pot: &Pot| {
			let total = u64::try_from(pot.total_weight).unwrap_or_default();
			rate_per_weight(&FORMULA, pot.amount.micro(), total).unwrap_or_default()
		};
		let rates = earning.iter().map(|from| rate(&from.pot)).fold(0u128, u128::saturating_add);
		let revenue = earning.iter().map(|from| from.pot.amount.micro()).sum();
		let first = earning.first().map(|from| from.pot.total_weight);
		let total_weight = first.filter(|first| earning.iter().all(|from| from.pot.total_weight == *first));
		let line_count = earning.len();
		let line = |NamedPot { handle, pot }: NamedPot| {
			let amount = share(weight, rate(&pot)).unwrap_or_default();
			Line { handle, pot, amount }
		};
		let mut lines: Vec<Line> = earning.into_iter().map(line).collect();
		lines.sort_by_key(|line| std::cmp::Reverse(line.amount));
		let rest = lines.iter().skip(shown).map(|line| line.amount).sum();
		lines.truncate(shown);
		let recomputed = share(weight, rates).unwrap_or_default();
		Self { statement, beyond: false, lines, line_count, rest, revenue, total_weight, recomputed }
	}

	/// Whether the formula gives what the chain recorded, as far as it was looked at here.
	pub fn equal(&self) -> bool {
		let statement = &self.statement;
		let due = statement.shared.micro() + statement.call_fees.micro() + statement.carried_in.micro();
		(self.beyond || self.recomputed == statement.shared.micro())
			&& due == statement.paid.micro() + statement.carried_out.micro()
	}

	/// Whether there are lines that are not shown.
	pub fn incomplete(&self) -> bool {
		self.beyond || self.hidden() > 0
	}

	/// How many lines are not shown.
	pub fn hidden(&self) -> usize {
		self.line_count - self.lines.len()
	}

	/// The answer as a sentence.
	pub fn sentence(&self, site: &Site) -> String {
		let statement = &self.statement;
		let mut sentences = Vec::new();
		if let Some(weight) = statement.weight.filter(|_| !self.lines.is_empty()) {
			let from = site.count("why-descendants", self.line_count);
			let key = if self.total_weight.is_some() { "why-share" } else { "why-shares" };
			sentences.push(site.language.tell(
				key,
				&[
					("weight", format::factor(weight).into()),
					("total", format::factor(self.total_weight.unwrap_or_default()).into()),
					("from", from.into()),
					("revenue", format::amount_text(self.revenue).into()),
					("percent", FORMULA.ancestors_percent.to_string().into()),
					("share", format::amount_text(statement.shared).into()),
				],
			));
		}
		if self.beyond && statement.shared > Money(0) {
			sentences.push(site.with("why-beyond", "share", format::amount_text(statement.shared)));
		}
		if statement.call_fees > Money(0) {
			let fees = format::amount_text(statement.call_fees);
			sentences.push(match statement.units {
				0 => site.with("why-own", "fees", fees),
				units => site.with2("why-fees", "fees", fees, "units", site.count("units", units)),
			});
		}
		if statement.carried_in > Money(0) {
			sentences.push(site.with("why-carried", "carried", exact(statement.carried_in)));
		}
		if sentences.is_empty() {
			sentences.push(site.say("why-nothing"));
		}
		let space = site.say("between-sentences");
		sentences.join(if space == "none" { "" } else { " " })
	}

	/// The whole share as one formula, where the total weight is the same of all lines.
	pub fn formula(&self, site: &Site) -> Option<Html> {
		let (weight, total) = (self.statement.weight?, self.total_weight?);
		Some(share_formula(site, weight, total, self.revenue, self.statement.shared.micro()))
	}

	/// The formula of a line, in running text.
	pub fn line_formula(&self, line: &Line) -> String {
		format!(
			"{} / {} × {} U × {}\u{a0}%",
			format::factor(self.statement.weight.unwrap_or_default()),
			format::factor(line.pot.total_weight),
			heirloom_primitives::format_u(line.pot.amount.micro()),
			FORMULA.ancestors_percent,
		)
	}
}

fn exact(amount: Money) -> String {
	format!("{} U", heirloom_primitives::format_u_exact(amount.micro()))
}

/// `1.8 / 13.5 × 15,000.00 U × 80 % = 1,600.00 U`, each number with what it is below it.
pub fn share_formula(site: &Site, weight: i64, total: i64, revenue: u128, share: u128) -> Html {
	let terms = [
		("", format::factor(weight), "formula-weight"),
		("÷", format::factor(total), "formula-total"),
		("×", format::amount_text(revenue), "formula-revenue"),
		("×", format!("{}\u{a0}%", FORMULA.ancestors_percent), "formula-part"),
		("=", format::amount_text(share), "formula-share"),
	];
	let mut html = String::from("<p class=\"formula\">");
	for (sign, value, name) in terms {
		let mark = if sign.is_empty() { String::new() } else { format!("<i>{sign}</i>") };
		let class = if sign == "=" { " class=\"is\"" } else { "" };
		let name = escaped(&site.say(name));
		html +=
			&format!("<span class=\"term\">{mark}<span{class}>{value}<small>{name}</small></span></span>");
	}
	Html(html + "</p>")
}

/// How a weight came about, as the steps of a chart: 1.0, quality, usage, impact, the bonus or a bound, the weight.
pub fn weight_steps(site: &Site, statement: &Statement) -> Vec<(String, i64)> {
	let Some(weight) = statement.weight else { return Vec::new() };
	let part = |part: Option<i64>| part.unwrap_or_default();
	let mut steps = vec![
		(site.say("weight-base"), FORMULA.base),
		(site.say("weight-quality"), part(statement.part_quality)),
		(site.say("weight-usage"), part(statement.part_usage)),
		(site.say("weight-impact"), part(statement.part_impact)),
	];
	let sum: i64 = steps.iter().map(|(_, step)| step).sum();
	let bounded = sum.clamp(FORMULA.floor, FORMULA.ceiling);
	if bounded != sum {
		steps.push((site.say("weight-bound"), bounded - sum));
	}
	if weight != bounded {
		steps.push((site.say("weight-bonus"), weight - bounded));
	}
	steps.push((site.say("weight"), weight));
	steps
}

#[cfg(test)]
mod tests {
	use super::{super::language::Language, *};
	use crate::store::Month;
	use heirloom_primitives::U;

	/// The annotator's March, as `docs/arithmetic.md` and the README tell it.
	fn annotator() -> Statement {
		Statement {
			asset: 0,
			period: Month(12 * 2026 + 2),
			weight: Some(18_000),
			part_quality: Some(3_000),
			part_usage: Some(3_000),
			part_impact: Some(2_000),
			bonus: Some(false),
			quality: Some(9_800),
			attested: Some(true),
			average: Some(9_200),
			rank: Some(8_000),
			impact: Some(1_200),
			units: 37,
			gross: Money(400_000_007),
			reported: Money(0),
			shared: Money(1_600_000_000),
			call_fees: Money(400_000_007),
			carried_in: Money(0),
			paid: Money(2_000_000_000),
			carried_out: Money(7),
			payee: None,
		}
	}

	fn earning(handle: &str, pot: i64) -> NamedPot {
		let (period, amount) = (annotator().period, Money(pot * U as i64));
		NamedPot { handle: handle.into(), pot: Pot { asset: 12, period, amount, total_weight: 135_000 } }
	}

	fn explained() -> Explanation {
		let earning = vec![earning("COMPANY-A-LUNG-1", 9_000), earning("COMPANY-A-LUNG-2", 6_000)];
		Explanation::from(annotator(), earning, SHOWN)
	}

	#[test]
	fn the_annotators_amount_should_be_recomputed() {
		let explained = explained();
		assert_eq!(explained.lines.iter().map(|line| line.amount / U).collect::<Vec<_>>(), [960, 640]);
		assert_eq!((explained.recomputed, explained.revenue), (1_600 * U, 15_000 * U));
		assert!(explained.equal());
	}

	#[test]
	fn lines_that_are_not_shown_should_be_summed_up() {
		let earning = vec![earning("COMPANY-A-LUNG-1", 9_000), earning("COMPANY-A-LUNG-2", 6_000)];
		let explained = Explanation::from(annotator(), earning, 1);
		assert_eq!((explained.lines.len(), explained.hidden(), explained.rest), (1, 1, 640 * U));
	}

	#[test]
	fn what_was_not_looked_through_should_be_said() {
		let beyond = Explanation { beyond: true, ..Explanation::from(annotator(), Vec::new(), SHOWN) };
		assert!(
			beyond.equal()
				&& beyond.incomplete()
				&& beyond.formula(&Site::plain(Language::English)).is_none()
		);
		assert_eq!(
			beyond.sentence(&Site::plain(Language::English)),
			"1,600.00 U of what its descendants shared is for this asset; they are too many for this page to go through. 37 \
			units of its own use brought 400.00 U."
		);
		let mut changed = beyond;
		changed.statement.paid = Money(1);
		assert!(!changed.equal());
	}

	#[test]
	fn a_changed_statement_should_not_be_equal() {
		let mut changed = explained();
		changed.statement.shared = Money(1_600_000_001);
		assert!(!changed.equal());
	}

	#[test]
	fn the_sentence_should_name_every_number() {
		let site = Site::plain(Language::English);
		assert_eq!(
			explained().sentence(&site),
			"It weighs 1.8 of the 13.5 of all ancestors of 2 derived assets. These shared 15,000.00 U, of which 80 % goes \
			to ancestors: 1,600.00 U of it is for this asset. 37 units of its own use brought 400.00 U."
		);
	}

	#[test]
	fn the_formula_should_be_filled_in() {
		let site = Site::plain(Language::English);
		let formula = explained().formula(&site).unwrap().0;
		for value in [">1.8<", ">13.5<", ">15,000.00 U<", ">80\u{a0}%<", ">1,600.00 U<"] {
			assert!(formula.contains(value), "{value} in {formula}");
		}
		assert_eq!(explained().line_formula(&explained().lines[0]), "1.8 / 13.5 × 9,000.00 U × 80\u{a0}%");
	}

	#[test]
	fn the_steps_should_add_up_to_the_weight() {
		let site = Site::plain(Language::English);
		let steps = weight_steps(&site, &annotator());
		assert_eq!(
			steps.iter().map(|step| step.1).collect::<Vec<_>>(),
			[10_000, 3_000, 3_000, 2_000, 18_000]
		);
	}

	#[test]
	fn a_bonus_should_be_a_step() {
		let site = Site::plain(Language::English);
		let new = Statement { bonus: Some(true), weight: Some(21_600), ..annotator() };
		assert_eq!(weight_steps(&site, &new)[4].1, 3_600);
	}
}
