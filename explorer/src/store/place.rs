//! How a transaction is named by its place.

use super::{NotAPair, types::pair};
use std::{fmt, str::FromStr};

/// Where a transaction stands: `12-3` as text, by which addresses name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtrinsicPlace {
	/// The block.
	pub height: i64,
	/// Its position in it.
	pub position: i64,
}

impl fmt::Display for ExtrinsicPlace {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}-{}", self.height, self.position)
	}
}

impl FromStr for ExtrinsicPlace {
	type Err = NotAPair;

	fn from_str(text: &str) -> std::result::Result<Self, NotAPair> {
		pair(text).map(|(height, position)| Self { height, position })
	}
}

/// Templates hand over what they have, however often it is borrowed.
impl AsRef<Self> for ExtrinsicPlace {
	fn as_ref(&self) -> &Self {
		self
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn places_of_transactions_should_be_read_back() {
		let place = ExtrinsicPlace { height: i64::MAX, position: 0 };
		assert_eq!(place.to_string(), "9223372036854775807-0");
		assert_eq!(place.to_string().parse(), Ok(place));
		assert_eq!("12-3".parse(), Ok(ExtrinsicPlace { height: 12, position: 3 }));
	}

	#[test]
	fn what_is_no_place_of_a_transaction_should_be_refused() {
		assert_eq!("0x0c-3".parse::<ExtrinsicPlace>(), Err(NotAPair));
	}
}
