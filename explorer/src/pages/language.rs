//! The languages of the pages. Every message stands in `locales/`, in each language under the same name.

use super::format::{self, Whole};
use crate::store::Month;
use axum::http::{HeaderMap, header};
use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue};
use std::{borrow::Cow, collections::HashMap};
use unic_langid::langid;

fluent_templates::static_loader! {
	static MESSAGES = {
		locales: "./locales",
		fallback_language: "en",
		// Marks of direction around what is put in would stand in texts that people copy.
		customise: |bundle| bundle.set_use_isolating(false),
	};
}

static EN: LanguageIdentifier = langid!("en");
static ZH: LanguageIdentifier = langid!("zh-CN");

/// A language that pages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
	/// English.
	#[default]
	English,
	/// Simplified Chinese.
	Chinese,
}

impl Language {
	/// All of them.
	pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

	/// Its tag, which is its prefix in addresses too.
	pub const fn tag(self) -> &'static str {
		match self {
			Self::English => "en",
			Self::Chinese => "zh-CN",
		}
	}

	/// Its name in itself.
	pub const fn name(self) -> &'static str {
		match self {
			Self::English => "English",
			Self::Chinese => "简体中文",
		}
	}

	/// The language of a tag.
	pub fn of_tag(tag: &str) -> Option<Self> {
		let tag = tag.trim();
		let first = tag.split(['-', '_']).next().unwrap_or_default();
		match first.to_ascii_lowercase().as_str() {
			"en" => Some(Self::English),
			"zh" => Some(Self::Chinese),
			_ => None,
		}
	}

	/// What a browser asks for: the first language of its list, by weight, that there is.
	pub fn accepted(headers: &HeaderMap) -> Option<Self> {
		let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
		let mut best: Option<(f32, Self)> = None;
		for entry in list.split(',').take(32) {
			let (tag, rest) = entry.split_once(';').unwrap_or((entry, ""));
			let weight = rest.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(1.0);
			if let Some(language) = Self::of_tag(tag)
				&& weight > 0.0
				&& best.is_none_or(|(most, _)| weight > most)
			{
				best = Some((weight, language));
			}
		}
		best.map(|(_, language)| language)
	}

	fn identifier(self) -> &'static LanguageIdentifier {
		match self {
			Self::English => &EN,
			Self::Chinese => &ZH,
		}
	}

	/// A message.
	pub fn say(self, key: &str) -> String {
		MESSAGES.lookup(self.identifier(), key)
	}

	/// A message, where there is one of this name.
	pub fn try_say(self, key: &str) -> Option<String> {
		MESSAGES.try_lookup(self.identifier(), key)
	}

	/// A message with what it speaks of.
	pub fn tell(self, key: &str, with: &[(&'static str, FluentValue<'_>)]) -> String {
		let values: HashMap<Cow<'static, str>, FluentValue> =
			with.iter().map(|(name, value)| (Cow::Borrowed(*name), value.into_owned())).collect();
		MESSAGES.lookup_with_args(self.identifier(), key, &values)
	}

	/// A message of so many: `$count` for the grammar, `$n` to show.
	pub fn count(self, key: &str, count: impl Whole) -> String {
		let values = [
			("count", FluentValue::from(i64::try_from(count.whole()).unwrap_or(i64::MAX))),
			("n", FluentValue::from(format::number(count))),
		];
		self.tell(key, &values)
	}

	/// The name of a month: `March 2026`.
	pub fn month(self, month: Month) -> String {
		let period = month.period();
		let name = self.say(&format!("month-{}", period.month()));
		self.tell("month-of-year", &[("month", name.into()), ("year", period.year().to_string().into())])
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn accepting(list: &str) -> Option<Language> {
		let mut headers = HeaderMap::new();
		headers.insert(header::ACCEPT_LANGUAGE, list.parse().unwrap());
		Language::accepted(&headers)
	}

	#[test]
	fn the_heaviest_language_that_there_is_should_be_taken() {
		assert_eq!(accepting("de, zh-TW;q=0.8, en;q=0.7"), Some(Language::Chinese));
		assert_eq!(accepting("en-GB,zh;q=0.9"), Some(Language::English));
		assert_eq!(accepting("zh;q=0, fr"), None);
		assert_eq!(accepting(";;q=x,"), None);
	}

	#[test]
	fn a_message_should_be_said_in_each_language() {
		assert_eq!(Language::English.say("nav-demand"), "In demand");
		assert_eq!(Language::Chinese.say("nav-demand"), "热门需求");
	}
}
