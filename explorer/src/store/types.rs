//! What columns hold, and how lists are walked.

use super::{Error, Result};
use heirloom_primitives::{MicroU, Period};
use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// An amount in micro-U: 64 bits, 9.2 × 10^12 U. Decimal text in JSON, because numbers there lose digits above 2^53.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, sqlx::Type, utoipa::ToSchema)]
#[sqlx(transparent)]
#[schema(value_type = String, example = "2000000000")]
pub struct Money(pub i64);

impl Money {
	/// The amount, if it fits.
	pub fn of(what: &'static str, amount: MicroU) -> Result<Self> {
		i64::try_from(amount).map(Self).map_err(|_| Error::TooLarge { what, amount })
	}

	/// In micro-U. Nothing that is stored is negative; what somebody wrote there shows as nothing.
	pub fn micro(self) -> MicroU {
		MicroU::try_from(self.0).unwrap_or_default()
	}
}

impl fmt::Display for Money {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.fmt(f)
	}
}

impl Serialize for Money {
	fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

/// A period, stored as its number; `2026-03` in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, utoipa::ToSchema)]
#[sqlx(transparent)]
#[schema(value_type = String, example = "2026-03")]
pub struct Month(pub i64);

impl Month {
	/// The period as the chain has it.
	pub fn period(self) -> Period {
		Period(u32::try_from(self.0).unwrap_or_default())
	}
}

impl From<Period> for Month {
	fn from(period: Period) -> Self {
		Self(period.0.into())
	}
}

impl fmt::Display for Month {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.period().fmt(f)
	}
}

impl Serialize for Month {
	fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

/// Something with a form of its own, stored as the JSON that a node or a call's arguments have.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::Type, utoipa::ToSchema)]
#[sqlx(transparent)]
#[schema(value_type = Object)]
pub struct Json(pub String);

impl Json {
	/// The value; null where somebody wrote what is no JSON.
	pub fn value(&self) -> serde_json::Value {
		serde_json::from_str(&self.0).unwrap_or_default()
	}
}

impl Serialize for Json {
	fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
		self.value().serialize(serializer)
	}
}

/// Where a page of a list ended: the numbers that order the list, of its last item; `12-3` as text. Following pages are
/// found by it, whatever was added meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor(pub i64, pub i64);

impl fmt::Display for Cursor {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}-{}", self.0, self.1)
	}
}

/// A text is not of the form `12-3`. Whoever asked for it says what it should have named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not two numbers as 12-3")]
pub struct NotAPair;

/// Two numbers as `12-3`, of digits only.
pub(super) fn pair(text: &str) -> std::result::Result<(i64, i64), NotAPair> {
	let number = |part: &str| {
		let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
		part.parse().ok().filter(|_| digits).ok_or(NotAPair)
	};
	let (first, second) = text.split_once('-').ok_or(NotAPair)?;
	Ok((number(first)?, number(second)?))
}

impl FromStr for Cursor {
	type Err = NotAPair;

	fn from_str(text: &str) -> std::result::Result<Self, NotAPair> {
		pair(text).map(|(first, second)| Self(first, second))
	}
}

/// Before everything, in lists that descend.
pub const NEWEST: Cursor = Cursor(i64::MAX, i64::MAX);

/// Before everything, in lists that ascend.
pub const FIRST: Cursor = Cursor(-1, -1);

/// A page of a list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Listed<Item> {
	/// In order.
	pub items: Vec<Item>,
	/// What to ask the next page with; none at the end.
	#[serde(serialize_with = "text_of")]
	#[schema(value_type = Option<String>)]
	pub next: Option<Cursor>,
}

/// Writes a cursor as the text that it is asked with.
pub fn text_of<S: Serializer>(
	cursor: &Option<Cursor>,
	serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
	match cursor {
		Some(cursor) => serializer.collect_str(cursor),
		None => serializer.serialize_none(),
	}
}

impl<Item> Listed<Item> {
	/// A page of at most `limit` of the items that were found when one more was asked for.
	pub fn of(mut items: Vec<Item>, limit: i64, cursor: impl Fn(&Item) -> Cursor) -> Self {
		let limit = usize::try_from(limit).unwrap_or_default();
		let more = items.len() > limit;
		items.truncate(limit);
		let next = items.last().filter(|_| more).map(cursor);
		Self { items, next }
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_no_pair_of_numbers_should_be_refused() {
		for text in [
			"",
			"-",
			"12",
			"12-",
			"-3",
			"-12-3",
			"12--3",
			"12-3-4",
			"+12-3",
			"12- 3",
			"12-x",
			"0x0c-3",
			"\u{661}-3",
			"12-9223372036854775808",
			"9223372036854775808-0",
		] {
			assert_eq!(pair(text), Err(NotAPair), "{text:?}");
		}
	}

	#[test]
	fn cursors_are_read_back() {
		let cursor = Cursor(12, i64::MAX);
		assert_eq!(cursor.to_string().parse(), Ok(cursor));
		assert_eq!("12".parse::<Cursor>(), Err(NotAPair));
	}

	#[test]
	fn a_page_names_the_next_one_only_where_there_is_more() {
		let at = |item: &i64| Cursor(*item, 0);
		assert_eq!(Listed::of(vec![1, 2, 3], 2, at).next, Some(Cursor(2, 0)));
		assert_eq!(Listed::of(vec![1, 2], 2, at).next, None);
	}

	#[test]
	fn amounts_that_do_not_fit_are_refused() {
		assert_eq!(Money::of("a fee", 7).unwrap(), Money(7));
		let error = Money::of("a fee", 1 << 63).unwrap_err().to_string();
		assert!(error.starts_with("a fee: 9223372036854775808 micro-U"), "{error}");
	}
}
