//! Answers of thousands of rows as one text of words. SQLite works in a thread of its own, and each row that it finds wakes the
//! one that asked: of rows of a few numbers that is most of what they take.

use crate::{
	on,
	store::{Error, Result, Store},
};
use sqlx::AssertSqlSafe;

impl Store {
	/// The one text that a question answers; empty where it is of no rows.
	pub(super) async fn text(&self, sql: &str) -> Result<String> {
		// Not kept as a prepared statement: it has its numbers in it, and is asked once.
		let text: Option<String> = on!(self, pool => sqlx::query_scalar(AssertSqlSafe(sql)).persistent(false).fetch_one(pool).await)?;
		Ok(text.unwrap_or_default())
	}
}

/// A word that is a number.
pub(super) fn number(word: &str) -> Result<i64> {
	word.parse().map_err(|_| Error::Unreadable(format!("{word:?} for a number")))
}

/// Words that are numbers.
pub(super) fn numbers(text: &str) -> Result<Vec<i64>> {
	text.split_ascii_whitespace().map(number).collect()
}

/// Words that are two numbers each.
pub(super) fn pairs(text: &str) -> Result<Vec<(i64, i64)>> {
	let mut words = text.split_ascii_whitespace();
	let mut pairs = Vec::new();
	while let Some(first) = words.next() {
		pairs.push((number(first)?, number(words.next().unwrap_or_default())?));
	}
	Ok(pairs)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn words_should_be_read_in_pairs() {
		assert_eq!(pairs("1 2 3 40").unwrap(), [(1, 2), (3, 40)]);
		assert!(pairs("").unwrap().is_empty());
	}

	#[test]
	fn words_should_be_read_as_numbers() {
		assert_eq!(numbers("1 20 -3").unwrap(), [1, 20, -3]);
		assert!(numbers("").unwrap().is_empty());
		assert!(numbers("1 x").is_err());
	}

	#[test]
	fn half_a_pair_should_be_refused() {
		assert!(pairs("1 2 3").is_err());
		assert!(pairs("1 x").is_err());
	}

	#[tokio::test]
	async fn no_rows_should_be_an_empty_text() {
		let store = Store::open("sqlite::memory:").await.unwrap();
		assert_eq!(store.text("SELECT string_agg(handle, ' ') FROM assets").await.unwrap(), "");
	}
}
