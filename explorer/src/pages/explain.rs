//! Why this amount: a statement recomputed line by line, as a sentence and as formulas with the numbers filled in.

use super::{
	format::{self, Html, escaped},
	site::Site,
};
use crate::store::{
	Money, Result, Store,
	read::{
		pots::LeftOut,
		statements::{NamedPot, Pot, Statement},
	},
};
use heirloom_primitives::{Bps, Formula, MicroU, rate_per_weight, share};

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
	/// The rule that its month was settled by.
	pub formula: Formula,
	/// What licences of it were sold for, which is a part of its gross fees.
	pub sold: Money,
	/// What the asset itself shared, where it had a pot.
	pub pot: Option<Money>,
	/// What it was left out of, where it was.
	pub left_out: Option<LeftOut>,
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
	/// What the ancestors that share weigh together, where it is the same of all lines.
	pub total_weight: Option<i64>,
	/// Whether of all lines only proven ancestors share.
	pub proven_only: bool,
	/// The share as the formula gives it.
	pub recomputed: u128,
}

impl Explanation {
	/// Recomputes a statement from the pots of the asset's descendants, if they are at most `descendants`.
	pub async fn of(store: &Store, formula: Formula, statement: Statement, descendants: i64) -> Result<Self> {
		let Statement { asset, period, .. } = statement;
		// Without a weight it was no eligible ancestor that shares, whatever its descendants earned.
		let earning = match statement.weight {
			Some(_) => store.pots_below(asset, period, descendants).await?,
			None => Some(Vec::new()),
		};
		let left_out = match formula.proven_first && !statement.is_proven() {
			true => store.left_out(asset, period, descendants).await?,
			false => None,
		};
		let sold = match statement.gross {
			Money(0) => Money(0),
			_ => store.sold_in(asset, period).await?,
		};
		let pot = store.pot(asset, period).await?.map(|pot| pot.amount);
		let beyond = earning.is_none();
		let explained = Self::from(formula, statement, earning.unwrap_or_default(), SHOWN);
		Ok(Self { beyond, left_out, sold, pot, ..explained })
	}

	fn from(formula: Formula, statement: Statement, earning: Vec<NamedPot>, shown: usize) -> Self {
		let weight = statement.weight.and_then(|weight| Bps::try_from(weight).ok()).unwrap_or_default();
		let rate = |pot: &Pot| {
			let total = u64::try_from(pot.total_weight).unwrap_or_default();
			rate_per_weight(&formula, pot.amount.micro(), total).unwrap_or_default()
		};
		let rates = earning.iter().map(|from| rate(&from.pot)).fold(0u128, u128::saturating_add);
		let revenue = earning.iter().map(|from| from.pot.amount.micro()).sum();
		let first = earning.first().map(|from| from.pot.total_weight);
		let total_weight = first.filter(|first| earning.iter().all(|from| from.pot.total_weight == *first));
		let proven_only = earning.iter().all(|from| from.pot.proven_only);
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
		Self {
			statement,
			formula,
			sold: Money(0),
			pot: None,
			left_out: None,
			beyond: false,
			lines,
			line_count,
			rest,
			revenue,
			total_weight,
			proven_only,
			recomputed,
		}
	}

	/// Whether the formula gives what the chain recorded, as far as it was looked at here.
	pub fn equal(&self) -> bool {
		let statement = &self.statement;
		let due = statement.shared.micro() + statement.call_fees.micro() + statement.carried_in.micro();
		(self.beyond || self.recomputed == statement.shared.micro())
			&& self.booked() == self.shared_itself() + statement.call_fees.micro()
			&& due == statement.paid.micro() + statement.carried_out.micro()
	}

	/// All that was booked for the asset.
	fn booked(&self) -> MicroU {
		self.statement.gross.micro() + self.statement.reported.micro()
	}

	/// What it shared of that.
	fn shared_itself(&self) -> MicroU {
		self.pot.map(Money::micro).unwrap_or_default()
	}

	/// What was paid for its use: its gross fees without licences.
	pub fn use_fees(&self) -> MicroU {
		self.statement.gross.micro().saturating_sub(self.sold.micro())
	}

	/// Whether its own part is less than the fees that were paid for it, or comes from licences or reported revenue too.
	pub fn is_split(&self) -> bool {
		self.pot.is_some() || self.sold > Money(0) || self.statement.reported > Money(0)
	}

	/// The part of its gross fees that it shared, in basis points: the highest rate among its ancestors. None where the fees are
	/// too small to tell.
	pub fn shared_rate(&self) -> Option<u128> {
		let (gross, reported) = (self.statement.gross.micro(), self.statement.reported.micro());
		let of_fees = self.pot?.micro().checked_sub(reported)?;
		// Below so much, several rates round down to the same.
		(gross >= 10_000).then(|| (of_fees * 10_000).div_ceil(gross))
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
			let key = match (self.total_weight, self.proven_only) {
				(Some(_), false) => "why-share",
				(Some(_), true) => "why-share-proven",
				(None, _) => "why-shares",
			};
			sentences.push(site.language.tell(
				key,
				&[
					("weight", format::factor(weight).into()),
					("total", format::factor(self.total_weight.unwrap_or_default()).into()),
					("from", from.into()),
					("revenue", format::amount_text(self.revenue).into()),
					("percent", self.formula.ancestors_percent.to_string().into()),
					("share", format::amount_text(statement.shared).into()),
				],
			));
		}
		if self.beyond && statement.shared > Money(0) {
			sentences.push(site.with("why-beyond", "share", format::amount_text(statement.shared)));
		}
		sentences.extend(self.left_out.as_ref().map(|left_out| unproven(site, left_out)));
		sentences.extend(self.own_part(site));
		if statement.carried_in > Money(0) {
			sentences.push(site.with("why-carried", "carried", exact(statement.carried_in)));
		}
		if sentences.is_empty() {
			sentences.push(site.say("why-nothing"));
		}
		let space = site.say("between-sentences");
		sentences.join(if space == "none" { "" } else { " " })
	}

	/// What of that which was booked for it is its own, and why not all of it.
	fn own_part(&self, site: &Site) -> Option<String> {
		let Statement { call_fees, reported, units, .. } = self.statement;
		if self.pot.is_none() && call_fees == Money(0) {
			return None;
		}
		let values = [
			("units", site.count("units", units).into()),
			("used", format::amount_text(self.use_fees()).into()),
			("sold", format::amount_text(self.sold).into()),
			("reported", format::amount_text(reported).into()),
			("pot", format::amount_text(self.shared_itself()).into()),
			("fees", format::amount_text(call_fees).into()),
		];
		Some(site.language.tell(self.own_part_key(), &values))
	}

	/// The message that says it.
	fn own_part_key(&self) -> &'static str {
		let Statement { call_fees, reported, units, .. } = self.statement;
		match (self.pot.is_some(), self.sold > Money(0), reported > Money(0)) {
			(true, false, false) => "why-split",
			(true, false, true) => "why-split-reported",
			(true, true, false) => "why-split-sold",
			(true, true, true) => "why-split-sold-reported",
			(false, true, _) if self.sold == call_fees => "why-sold",
			(false, true, false) if units > 0 => "why-fees-sold",
			(false, true, _) => "why-own-sold",
			(false, false, false) if units > 0 => "why-fees",
			(false, false, _) => "why-own",
		}
	}

	/// The whole share as one formula, where the total weight is the same of all lines.
	pub fn formula(&self, site: &Site) -> Option<Html> {
		let (weight, total) = (self.statement.weight?, self.total_weight?);
		Some(share_formula(site, &self.formula, weight, total, self.revenue, self.statement.shared.micro()))
	}

	/// The formula of a line, in running text.
	pub fn line_formula(&self, line: &Line) -> String {
		format!(
			"{} / {} × {} U × {}\u{a0}%",
			format::factor(self.statement.weight.unwrap_or_default()),
			format::factor(line.pot.total_weight),
			heirloom_primitives::format_u(line.pot.amount.micro()),
			self.formula.ancestors_percent,
		)
	}
}

/// Why an asset got nothing of what its descendants shared.
pub fn unproven(site: &Site, left_out: &LeftOut) -> String {
	let from = site.count("why-descendants", left_out.pots);
	site.with2("why-unproven", "from", from, "revenue", format::amount_text(left_out.amount))
}

fn exact(amount: Money) -> String {
	format!("{} U", heirloom_primitives::format_u_exact(amount.micro()))
}

/// `1.8 / 13.5 × 15,000.00 U × 80 % = 1,600.00 U`, each number with what it is below it.
pub fn share_formula(
	site: &Site,
	formula: &Formula,
	weight: i64,
	total: i64,
	revenue: u128,
	share: u128,
) -> Html {
	let terms = [
		("", format::factor(weight), "formula-weight"),
		("÷", format::factor(total), "formula-total"),
		("×", format::amount_text(revenue), "formula-revenue"),
		("×", format!("{}\u{a0}%", formula.ancestors_percent), "formula-part"),
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

#[cfg(test)]
pub(super) mod tests {
	use super::{super::language::Language, *};
	use crate::store::Month;
	use heirloom_primitives::{FormulaVersion, U};

	const V1: Formula = FormulaVersion::V1.formula();
	const V2: Formula = FormulaVersion::V2.formula();

	/// The annotator's March, as `docs/arithmetic.md` and the README tell it.
	pub fn annotator() -> Statement {
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
		NamedPot {
			handle: handle.into(),
			pot: Pot { asset: 12, period, amount, total_weight: 135_000, proven_only: false },
		}
	}

	pub fn explained() -> Explanation {
		let earning = vec![earning("COMPANY-A-LUNG-1", 9_000), earning("COMPANY-A-LUNG-2", 6_000)];
		Explanation::from(V1, annotator(), earning, SHOWN)
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
		let explained = Explanation::from(V1, annotator(), earning, 1);
		assert_eq!((explained.lines.len(), explained.hidden(), explained.rest), (1, 1, 640 * U));
	}

	#[test]
	fn what_was_not_looked_through_should_be_said() {
		let beyond = Explanation { beyond: true, ..Explanation::from(V1, annotator(), Vec::new(), SHOWN) };
		assert!(
			beyond.equal()
				&& beyond.incomplete()
				&& beyond.formula(&Site::plain(Language::English)).is_none()
		);
		assert_eq!(
			beyond.sentence(&Site::plain(Language::English)),
			"1,600.00 U of what its descendants shared is for this asset; there are too many of them for this page to go \
			through. Its own use (37 units) earned 400.00 U."
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
			"It weighs 1.8, out of 13.5 for all sharing ancestors of 2 derived assets. The revenue shared was 15,000.00 U, of which \
			80 % goes to ancestors: 1,600.00 U of it is for this asset. Its own use (37 units) earned 400.00 U."
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
	fn its_own_part_should_be_what_it_did_not_share() {
		let site = Site::plain(Language::English);
		let derivative = Statement {
			weight: None,
			shared: Money(0),
			gross: Money(200_000_000),
			reported: Money(50_000_000),
			call_fees: Money(140_000_000),
			paid: Money(140_000_000),
			carried_out: Money(0),
			..annotator()
		};
		let split = Explanation {
			pot: Some(Money(110_000_000)),
			..Explanation::from(V1, derivative, Vec::new(), SHOWN)
		};
		assert!(split.equal() && split.is_split());
		assert_eq!(split.shared_rate(), Some(3_000));
		assert_eq!(
			split.sentence(&site),
			"Its own use earned 200.00 U, and 50.00 U of revenue was reported for it: 110.00 U of that went to its ancestors \
			and the pool, and it keeps 140.00 U."
		);
		assert!(!Explanation { pot: None, ..split }.equal());
	}

	#[test]
	fn licences_should_be_told_apart_from_its_use() {
		let site = Site::plain(Language::English);
		let said = |sold: i64, units: i64, own: i64, pot: Option<i64>, reported: i64| {
			let statement = Statement {
				weight: None,
				shared: Money(0),
				units,
				gross: Money(302_000_000),
				reported: Money(reported),
				call_fees: Money(own),
				..annotator()
			};
			let from = Explanation::from(V1, statement, Vec::new(), SHOWN);
			Explanation { sold: Money(sold), pot: pot.map(Money), ..from }.sentence(&site)
		};
		assert_eq!(
			said(300_000_000, 2, 302_000_000, None, 0),
			"Its own use (2 units) earned 2.00 U, and licences sold for 300.00 U."
		);
		assert_eq!(said(302_000_000, 0, 302_000_000, None, 0), "Licences sold for 302.00 U.");
		let own = "It keeps 302.00 U of what was booked for it, of which 300.00 U is for licences.";
		assert_eq!(said(300_000_000, 0, 302_000_000, None, 0), own);
		let split = ": 100.00 U of that went to its ancestors and the pool, and it keeps 202.00 U.";
		assert_eq!(
			said(300_000_000, 2, 202_000_000, Some(100_000_000), 0),
			format!("Its own use earned 2.00 U, and licences sold for 300.00 U{split}")
		);
		assert_eq!(
			said(300_000_000, 2, 202_000_000, Some(100_000_000), 5_000_000),
			format!(
				"Its own use earned 2.00 U, licences sold for 300.00 U, and 5.00 U of revenue was reported for it{split}"
			)
		);
	}

	#[test]
	fn a_rate_should_be_told_only_where_fees_say_which() {
		let of = |gross: i64, pot: i64| {
			let statement = Statement { gross: Money(gross), ..annotator() };
			Explanation { pot: Some(Money(pot)), ..Explanation::from(V1, statement, Vec::new(), SHOWN) }
				.shared_rate()
		};
		assert_eq!([of(10_001, 3_333), of(10_000, 0), of(9_999, 3_332)], [Some(3_333), Some(0), None]);
	}

	#[test]
	fn who_was_left_out_should_be_told_why() {
		let site = Site::plain(Language::English);
		let nothing = Statement { shared: Money(0), weight: None, ..annotator() };
		let left_out = LeftOut { pots: 1, amount: Money(9_000_000_000) };
		let explained =
			Explanation { left_out: Some(left_out), ..Explanation::from(V2, nothing, Vec::new(), SHOWN) };
		let said = explained.sentence(&site);
		assert!(said.starts_with("It was left out because it is unproven:"), "{said}");
		assert!(said.contains("one derived asset shared 9,000.00 U"), "{said}");
	}
}
