//! What is searched for: the values of the original header, split into the tokens that identify.
//!
//! Minimum lengths, argued: a part of a name has two letters (Li, Wu), because it is matched as a whole word only;
//! a single initial stands in every text. A word of free text has four letters, a word with digits five
//! characters, a whole value four: shorter ones are units, kernels and slice thicknesses. A number has six digits:
//! five can be a window centre, a matrix or a dose, and six are what record numbers have. Reviewed attributes,
//! codes and numbers of the standard are no source, because they stay and would be found in their own place.

use super::stop;
use crate::Refusal;
use crate::clean;
use crate::header::{Content, Element};
use crate::keep;
use dicom_core::{Tag, VR};
use dicom_dictionary_std::tags;
use dicom_encoding::text::{SpecificCharacterSet, TextCodec};
use serde::Serialize;
use std::collections::HashMap;

/// What kind of value was found; also decides where it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
	/// Part of a person's name.
	Name,
	/// A UID of an instance.
	Uid,
	/// A date with month and day, in one of ten notations.
	Date,
	/// A number of six digits or more: record, account, telephone, social security.
	Number,
	/// A value or word with digits in it: serial numbers, addresses, e-mail, URL, IP.
	Identifier,
	/// A value or word of letters.
	Text,
}

/// Longest value that is searched for as a whole; of longer ones the words are.
const LONGEST_WHOLE: usize = 128;
/// Longest bytes under an unknown VR that are read as text.
const LONGEST_UNKNOWN: usize = 1024;
/// Most tokens of one file. The automaton that searches for them takes memory for each letter.
const MOST_TOKENS: usize = 100_000;

/// The tokens of one file: normalised text, its class, and the attribute it stood in.
#[derive(Debug, Default)]
pub(super) struct Tokens(pub(super) HashMap<String, (Class, Tag)>);

impl Tokens {
	/// Reads all levels of the data sets. Pixel data is left out; everything else in it, icons included, is read.
	pub(super) fn collect(meta: &[Element<'_>], dataset: &[Element<'_>]) -> Result<Self, Refusal> {
		let mut tokens = Self::default();
		tokens.elements(meta, &SpecificCharacterSet::ISO_IR_6)?;
		tokens.elements(dataset, &SpecificCharacterSet::ISO_IR_6)?;
		Ok(tokens)
	}

	/// Reads a cell of a table, which has no attribute of its own.
	pub(super) fn cell(&mut self, text: &str) {
		self.text(text, Tag(0, 0), true);
	}

	fn elements(&mut self, elements: &[Element<'_>], outer: &SpecificCharacterSet) -> Result<(), Refusal> {
		let own = declared_charset(elements)?;
		let charset = own.as_ref().unwrap_or(outer);
		for element in elements {
			match &element.value {
				Content::Bytes(bytes) => self.value(element, bytes, charset),
				Content::Items(items) => {
					for item in items {
						self.elements(item, charset)?;
					}
				}
				Content::Fragments { .. } => {}
			}
			// One more than allowed is stored, and no further ones.
			if self.0.len() > MOST_TOKENS {
				return Err(Refusal::TooManyElements);
			}
		}
		Ok(())
	}

	fn value(&mut self, element: &Element<'_>, bytes: &[u8], charset: &SpecificCharacterSet) {
		let tag = element.tag;
		let private = tag.group() % 2 == 1;
		if tag.element() == 0 || (!private && is_kept(tag)) {
			return;
		}
		let decoded = || match charset.decode(bytes) {
			Ok(text) => text,
			// What the declared set cannot decode is read as far as it is ASCII: nothing else can stay.
			Err(_) => String::from_utf8_lossy(bytes).into_owned(),
		};
		match element.vr {
			VR::PN => decoded().split('\\').for_each(|name| self.name(name, tag)),
			VR::UI => decoded().split('\\').for_each(|uid| self.uid(uid, tag)),
			VR::DA | VR::DT => decoded().split('\\').for_each(|date| self.date(date, tag)),
			VR::LO | VR::SH | VR::UC | VR::AE => {
				decoded().split('\\').for_each(|text| self.text(text, tag, !is_creator(tag)));
			}
			VR::LT | VR::ST | VR::UT | VR::UR => self.text(&decoded(), tag, true),
			VR::CS | VR::IS | VR::DS | VR::TM | VR::AS if private => {
				decoded().split('\\').for_each(|text| self.text(text, tag, true));
			}
			VR::UN | VR::OB | VR::OW if bytes.len() <= LONGEST_UNKNOWN => {
				let text = bytes.trim_ascii_end().strip_suffix(b"\0").unwrap_or(bytes.trim_ascii_end());
				if text.iter().all(|byte| (0x20..0x7F).contains(byte) || *byte >= 0x80) {
					decoded().split('\\').for_each(|text| self.text(text, tag, true));
				}
			}
			VR::CS | VR::IS | VR::DS | VR::TM | VR::AS => {}
			VR::AT | VR::FL | VR::FD | VR::SS | VR::SL | VR::SV | VR::US | VR::UL | VR::UV => {}
			VR::UN | VR::OB | VR::OW | VR::OD | VR::OF | VR::OL | VR::OV | VR::SQ => {}
		}
	}

	/// A person name (PS3.5 section 6.2.1): groups by `=`, components by `^`, words within them.
	fn name(&mut self, name: &str, tag: Tag) {
		for part in normalised(name).split(['=', '^']) {
			let part = part.trim();
			self.name_part(part, tag);
			for word in part.split(|c: char| !c.is_alphanumeric()) {
				self.name_part(word, tag);
			}
		}
	}

	fn name_part(&mut self, part: &str, tag: Tag) {
		if part.chars().count() < 2 || stop::is_name_filler(part) {
			return;
		}
		let digits = part.chars().filter(char::is_ascii_digit).count();
		match digits {
			0 => self.add(part, Class::Name, tag),
			digits if digits == part.len() && digits < 6 => {}
			digits if digits == part.len() => self.add(part, Class::Number, tag),
			_ if part.len() >= 5 => self.add(part, Class::Identifier, tag),
			_ => {}
		}
	}

	fn uid(&mut self, uid: &str, tag: Tag) {
		let uid = crate::header::trim(uid);
		if uid.len() >= 6 && !clean::is_registered(uid) {
			self.add(uid, Class::Uid, tag);
		}
	}

	/// The day in the notations of databases and of the people of several continents.
	fn date(&mut self, value: &str, tag: Tag) {
		let value = value.trim();
		let digits = value.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
		let (Some(digits), Some(_)) = (digits, clean::year(value)) else {
			return self.text(value, tag, true);
		};
		let (year, month, day) = (&digits[..4], &digits[4..6], &digits[6..]);
		self.add(digits, Class::Date, tag);
		for (a, b, c) in [(year, month, day), (day, month, year), (month, day, year)] {
			for separator in ['-', '.', '/'] {
				self.add(&format!("{a}{separator}{b}{separator}{c}"), Class::Date, tag);
			}
		}
	}

	/// A text: as a whole, its digits alone where they are a telephone number or the like, and its words.
	fn text(&mut self, text: &str, tag: Tag, words: bool) {
		let text = normalised(text);
		self.whole(&text, tag);
		if !words {
			return;
		}
		for chunk in text.split_whitespace() {
			let chunk = chunk.trim_matches(|c: char| !c.is_alphanumeric());
			self.chunk(chunk, tag);
			for word in chunk.split(|c: char| !c.is_alphanumeric()) {
				self.word(word, tag);
			}
		}
	}

	fn whole(&mut self, text: &str, tag: Tag) {
		let length = text.chars().count();
		if !(4..=LONGEST_WHOLE).contains(&length) || stop::is_common_word(text) || is_own(text) {
			return;
		}
		let digits: String = text.chars().filter(char::is_ascii_digit).collect();
		let dialled = text.chars().all(|c| c.is_ascii_digit() || " +-().\\/#X".contains(c));
		if dialled && (7..=20).contains(&digits.len()) && !is_measurement(text) {
			self.add(&digits, Class::Number, tag);
			self.add(text, Class::Identifier, tag);
		} else {
			self.classified(text, tag);
		}
	}

	/// What stands between spaces: e-mail, URL, IP, hyphenated numbers.
	fn chunk(&mut self, chunk: &str, tag: Tag) {
		if chunk.len() < 6 || is_own(chunk) || chunk.chars().all(char::is_alphanumeric) {
			return;
		}
		let digits: String = chunk.chars().filter(char::is_ascii_digit).collect();
		if chunk.contains(['@', '/', ':']) || digits.len() >= 5 {
			self.classified(chunk, tag);
		}
		if digits.len() >= 7 && !chunk.contains(char::is_alphabetic) && !is_measurement(chunk) {
			self.add(&digits, Class::Number, tag);
		}
	}

	fn word(&mut self, word: &str, tag: Tag) {
		let has_digit = word.chars().any(|c| c.is_ascii_digit());
		let least = if has_digit { 5 } else { 4 };
		if word.chars().count() >= least && !stop::is_common_word(word) && !is_own(word) {
			self.classified(word, tag);
		}
	}

	/// Adds a token with the class its characters give it. A number with a fraction is a measurement.
	fn classified(&mut self, token: &str, tag: Tag) {
		let all_digits = token.chars().all(|c| c.is_ascii_digit());
		let has_digit = token.chars().any(|c| c.is_ascii_digit());
		match (all_digits, has_digit) {
			(true, _) if token.len() >= 6 => self.add(token, Class::Number, tag),
			(true, _) => self.add(token, Class::Text, tag),
			(false, true) if is_measurement(token) => {}
			(false, true) => self.add(token, Class::Identifier, tag),
			(false, false) => self.add(token, Class::Text, tag),
		}
	}

	/// The same token from two attributes counts as the stricter class.
	fn add(&mut self, token: &str, class: Class, tag: Tag) {
		if let Some(known) = self.0.get_mut(token) {
			*known = (class, tag).min(*known);
		} else if self.0.len() <= MOST_TOKENS {
			self.0.insert(token.to_owned(), (class, tag));
		}
	}
}

/// A number with a sign or fraction; one with an exponent looks like a serial number and counts as one.
fn is_measurement(text: &str) -> bool {
	let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
	plain && !text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

/// Upper case without the padding and runs of white space.
pub(super) fn normalised(text: &str) -> String {
	let text = crate::header::trim(text);
	let upper = if text.is_ascii() { text.to_ascii_uppercase() } else { text.to_uppercase() };
	if upper.contains("  ") || upper.contains(['\r', '\n', '\t']) {
		upper.split_whitespace().collect::<Vec<_>>().join(" ")
	} else {
		upper
	}
}

/// The constants this crate writes: a file that was de-identified before holds them already.
fn is_own(text: &str) -> bool {
	["REMOVED", "99HEIRLOOM", "ABOUT:BLANK", "ABOUT", "BLANK"].contains(&text)
}

fn is_kept(tag: Tag) -> bool {
	keep::is_kept_text(tag)
		|| keep::is_kept_binary(tag)
		|| tag == tags::SPECIFIC_CHARACTER_SET
		|| crate::header::is_pixel_data(tag)
		|| [tags::CODE_VALUE, tags::CODING_SCHEME_DESIGNATOR].contains(&tag)
		|| clean::OWN.contains(&tag)
}

/// The element that names the owner of a private block: a product's name, searched for as a whole.
fn is_creator(tag: Tag) -> bool {
	tag.group() % 2 == 1 && (0x0010..=0x00FF).contains(&tag.element())
}

/// The character set that these elements declare. With code extensions the first set decodes; the text of the
/// others is searched for in its undecoded form, which is enough because only ASCII stays.
fn declared_charset(elements: &[Element<'_>]) -> Result<Option<SpecificCharacterSet>, Refusal> {
	let Some(element) = crate::header::find(elements, tags::SPECIFIC_CHARACTER_SET) else { return Ok(None) };
	let text = crate::header::text(element).ok_or(Refusal::CharacterSet)?;
	let mut first = None;
	for code in text.split('\\').map(str::trim) {
		let set = match code {
			"" => Some(SpecificCharacterSet::ISO_IR_6),
			code => SpecificCharacterSet::from_code(code),
		};
		let set = set.ok_or(Refusal::CharacterSet)?;
		first.get_or_insert(set);
	}
	Ok(first)
}
