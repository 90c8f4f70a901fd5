//! What 1 U was worth in other currencies, as whoever runs the explorer says in a file: lines of `date,currency,price`.
//!
//! Values are exact until they are rounded, once, to two decimals, a half away from zero. An amount has at most 19 digits and a
//! price nine, so their product has fewer than the 28 that a [`Decimal`] holds exactly.

use crate::store::Money;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;
use std::{
	collections::BTreeMap,
	fmt,
	fs::{self, Metadata},
	io,
	path::{Path, PathBuf},
	sync::{Arc, Mutex, PoisonError},
	time::SystemTime,
};

/// Days that a rate is good for: markets rest on weekends and feasts.
pub const GOOD_FOR_DAYS: i64 = 7;

/// Decimals of a value.
const DECIMALS: u32 = 2;

/// The most digits of a price, leading zeros not counted, and of them behind the point.
const DIGITS: i128 = 1_000_000_000;
const DIGITS_BEHIND: u32 = 12;

/// Rates of all currencies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(BTreeMap<String, BTreeMap<NaiveDate, Decimal>>);

/// An amount in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
	/// With two decimals.
	pub value: Decimal,
	/// The price of 1 U that it was computed with.
	pub price: Decimal,
	/// The day of that price.
	pub day: NaiveDate,
}

/// Why an amount has no value in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoValue {
	/// There is no rate of that day or before.
	NoneBefore,
	/// The last one is older than a rate may be.
	TooOld(NaiveDate),
}

impl fmt::Display for NoValue {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NoneBefore => f.write_str("no rate of this day or before"),
			Self::TooOld(day) => {
				write!(f, "the last rate before is of {day}; more than {GOOD_FOR_DAYS} days old")
			}
		}
	}
}

/// Why a file of rates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// It cannot be read.
	#[error("cannot read {}: {why}", .path.display())]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// Why not.
		why: io::Error,
	},
	/// A line is wrong.
	#[error("{}, line {line}: {why}", .path.display())]
	Line {
		/// The file.
		path: PathBuf,
		/// Which line, from 1.
		line: u64,
		/// What is wrong.
		why: Wrong,
	},
	/// It has no lines.
	#[error("{} has no rates", .0.display())]
	Empty(PathBuf),
}

/// What is wrong of a line.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
	/// It is no CSV of these columns.
	#[error("{0}; the columns are date,currency,price")]
	Form(csv::Error),
	/// The date is none.
	#[error("{0:?} is no date like 2026-04-01")]
	Date(String),
	/// The currency has another form.
	#[error("{0:?} is no currency: three capital letters like EUR")]
	Currency(String),
	/// The price is none.
	#[error("{0:?} is no price of 1 U: a number above 0 with at most 9 digits, like 0.9234")]
	Price(String),
	/// The currency had a price of that day before.
	#[error("the price of {currency} on {day} stands twice")]
	Twice {
		/// The currency.
		currency: String,
		/// The day.
		day: NaiveDate,
	},
}

#[derive(Deserialize)]
struct Line {
	date: String,
	currency: String,
	price: String,
}

impl Rates {
	/// Reads a file.
	pub fn read(path: &Path) -> Result<Self, Error> {
		let text = fs::read_to_string(path).map_err(|why| Error::Unreadable { path: path.into(), why })?;
		let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
		let wrong = |position: Option<&csv::Position>, why| {
			let line = position.map_or(1, csv::Position::line);
			Error::Line { path: path.into(), line, why }
		};
		let form = |error: csv::Error| wrong(error.position().cloned().as_ref(), Wrong::Form(error));
		let names = reader.headers().map_err(form)?.clone();
		let mut rates = Self::default();
		for record in reader.records() {
			let record = record.map_err(form)?;
			let line = record.deserialize(Some(&names)).map_err(form)?;
			rates.add(line).map_err(|why| wrong(record.position(), why))?;
		}
		if rates.0.is_empty() { Err(Error::Empty(path.into())) } else { Ok(rates) }
	}

	fn add(&mut self, line: Line) -> Result<(), Wrong> {
		let Line { date, currency, price } = line;
		let day = NaiveDate::parse_from_str(&date, "%Y-%m-%d").map_err(|_| Wrong::Date(date))?;
		if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
			return Err(Wrong::Currency(currency));
		}
		let read = Decimal::from_str_exact(&price).ok().map(|price| price.normalize());
		let fits =
			|price: &Decimal| (1..DIGITS).contains(&price.mantissa()) && price.scale() <= DIGITS_BEHIND;
		let price = read.filter(fits).ok_or(Wrong::Price(price))?;
		match self.0.entry(currency.clone()).or_default().insert(day, price) {
			None => Ok(()),
			Some(_) => Err(Wrong::Twice { currency, day }),
		}
	}

	/// The currencies, in order.
	pub fn currencies(&self) -> impl Iterator<Item = &str> {
		self.0.keys().map(String::as_str)
	}

	/// Whether there are rates of a currency.
	pub fn has(&self, currency: &str) -> bool {
		self.0.contains_key(currency)
	}

	/// What an amount was worth at a moment, in milliseconds: by the last rate of its day, in UTC, or before. A rate is good for
	/// seven days.
	pub fn value(&self, currency: &str, amount: Money, at: i64) -> Result<Value, NoValue> {
		let today = DateTime::<Utc>::from_timestamp_millis(at).ok_or(NoValue::NoneBefore)?.date_naive();
		let rates = self.0.get(currency).ok_or(NoValue::NoneBefore)?;
		let (day, price) = rates.range(..=today).next_back().ok_or(NoValue::NoneBefore)?;
		if today - *day > TimeDelta::days(GOOD_FOR_DAYS) {
			return Err(NoValue::TooOld(*day));
		}
		let exact = Decimal::new(amount.0, 6) * price;
		let mut value = exact.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero);
		value.rescale(DECIMALS);
		Ok(Value { value, price: *price, day: *day })
	}
}

/// A file of rates that is read again when it changes, so that each day's can be added while the explorer runs.
#[derive(Debug)]
pub struct RatesFile {
	path: PathBuf,
	last: Mutex<(Option<Stamp>, Arc<Rates>)>,
}

/// By what a changed file is known.
type Stamp = (SystemTime, u64);

fn stamp(metadata: &Metadata) -> Option<Stamp> {
	Some((metadata.modified().ok()?, metadata.len()))
}

impl RatesFile {
	/// Reads it for the first time.
	pub fn open(path: &Path) -> Result<Self, Error> {
		let known = fs::metadata(path).ok().as_ref().and_then(stamp);
		let rates = Arc::new(Rates::read(path)?);
		Ok(Self { path: path.into(), last: Mutex::new((known, rates)) })
	}

	/// The rates that it has now. Where it was changed into something that cannot be used, this is logged, and the rates are
	/// those of before.
	pub fn current(&self) -> Arc<Rates> {
		let now = fs::metadata(&self.path).ok().as_ref().and_then(stamp);
		let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
		if now != last.0 {
			last.0 = now;
			match Rates::read(&self.path) {
				Ok(rates) => last.1 = Arc::new(rates),
				Err(error) => tracing::warn!("the rates stay as they were: {error}"),
			}
		}
		last.1.clone()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn written(text: &str) -> Result<Rates, Error> {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("rates.csv");
		fs::write(&path, text).unwrap();
		Rates::read(&path)
	}

	fn at(text: &str) -> i64 {
		DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
	}

	#[test]
	fn value_should_be_by_the_last_rate_that_is_not_too_old() {
		let rates = written("date,currency,price\n2026-04-08,EUR,2\n2026-03-31,EUR,0.9234\n").unwrap();
		let value = |at_text| rates.value("EUR", Money(2_000_000_000), at(at_text));
		let day = |text: &str| text.parse::<NaiveDate>().unwrap();
		let first = value("2026-04-01T00:00:24Z").unwrap();
		assert_eq!((first.value.to_string().as_str(), first.day), ("1846.80", day("2026-03-31")));
		assert_eq!(value("2026-04-07T23:59:59Z").unwrap().day, day("2026-03-31"));
		assert_eq!(value("2026-04-08T00:00:00Z").unwrap().value.to_string(), "4000.00");
		assert_eq!(value("2026-04-15T12:00:00Z").unwrap().day, day("2026-04-08"));
		assert_eq!(value("2026-04-16T00:00:00Z"), Err(NoValue::TooOld(day("2026-04-08"))));
		assert_eq!(value("2026-03-30T23:59:59Z"), Err(NoValue::NoneBefore));
		assert_eq!(rates.value("USD", Money(1), at("2026-04-01T00:00:00Z")), Err(NoValue::NoneBefore));
	}

	#[test]
	fn halves_should_be_rounded_away_from_zero() {
		let rates = written("date,currency,price\n2026-04-01,EUR,0.5\n2026-04-01,JPY,161.27\n").unwrap();
		let value = |currency, amount| {
			rates.value(currency, Money(amount), at("2026-04-01T00:00:00Z")).unwrap().value.to_string()
		};
		assert_eq!(value("EUR", 10_000), "0.01");
		assert_eq!(value("EUR", 30_000), "0.02");
		assert_eq!(value("EUR", -30_000), "-0.02");
		assert_eq!(value("EUR", 29_999), "0.01");
		assert_eq!(value("JPY", 10_810_000), "1743.33");
	}

	#[test]
	fn greatest_amount_should_be_exact() {
		let rates = written("date,currency,price\n2026-04-01,EUR,0.000999999999\n2026-04-01,JPY,999999999\n")
			.unwrap();
		let value =
			|currency| rates.value(currency, Money(i64::MAX), at("2026-04-01T00:00:00Z")).unwrap().value;
		// 9,223,372,036,854.775807 × 999,999,999 and × 0.000999999999, by arithmetic on whole numbers.
		assert_eq!(value("JPY").to_string(), "9223372027631403770145.22");
		assert_eq!(value("EUR").to_string(), "9223372027.63");
	}

	#[test]
	fn lines_that_are_wrong_should_be_named() {
		for (text, words) in [
			("", "has no rates"),
			("date,currency,price\n", "has no rates"),
			("day,currency,price\n2026-04-01,EUR,1\n", "missing field `date`"),
			(
				"date,currency,price\n2026-04-01,EUR,1\n2026-04-31,EUR,1\n",
				"line 3: \"2026-04-31\" is no date",
			),
			("date,currency,price\n2026-04-01,eur,1\n", "line 2: \"eur\" is no currency"),
			("date,currency,price\n2026-04-01,EUR,0\n", "line 2: \"0\" is no price"),
			("date,currency,price\n2026-04-01,EUR,-1\n", "is no price"),
			("date,currency,price\n2026-04-01,EUR,\"1,5\"\n", "is no price"),
			("date,currency,price\n2026-04-01,EUR,1.234567891\n", "is no price"),
			("date,currency,price\n2026-04-01,EUR\n", "line 2: "),
			("date,currency,price\n2026-04-01,EUR,1\n2026-04-01,EUR,1\n", "EUR on 2026-04-01 stands twice"),
		] {
			let error = written(text).unwrap_err().to_string();
			assert!(error.contains(words), "{text:?}: {error}");
		}
	}

	#[test]
	fn changed_file_should_be_read_again_and_a_wrong_one_left_alone() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("rates.csv");
		fs::write(&path, "date,currency,price\n2026-04-01,EUR,1\n").unwrap();
		let file = RatesFile::open(&path).unwrap();
		fs::write(&path, "date,currency,price\n2026-04-01,EUR,1\n2026-04-01,USD,1\n").unwrap();
		assert_eq!(file.current().currencies().collect::<Vec<_>>(), ["EUR", "USD"]);
		fs::write(&path, "date,currency,price\nnonsense\n").unwrap();
		assert_eq!(file.current().currencies().collect::<Vec<_>>(), ["EUR", "USD"]);
	}
}
