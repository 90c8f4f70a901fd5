//! What every page knows: its language, where it is, how far the index is; and how it names things.

use super::format::{self, Html, Micro, Whole, asset_in_path, escaped, in_path, short};
use super::language::Language;
use crate::{
	State,
	store::{Cursor, ExtrinsicPlace, Month, read::blocks::Block},
};
use axum::{
	extract::{FromRequestParts, OriginalUri},
	http::{Uri, request::Parts},
};
use axum_extra::extract::CookieJar;
use fluent_templates::fluent_bundle::FluentValue;
use std::{
	convert::Infallible,
	fmt::{self, Display},
};

/// The cookie that keeps the language that was chosen.
pub const LANGUAGE_COOKIE: &str = "language";
/// The cookie that keeps the colours that were chosen.
pub const THEME_COOKIE: &str = "theme";
/// What can be chosen of colours.
pub const THEMES: [&str; 3] = ["system", "light", "dark"];

/// What a page is shown with.
#[derive(Clone, Debug)]
pub struct Site {
	/// The language it is written in.
	pub language: Language,
	/// Whether the address names the language; then links do too.
	prefixed: bool,
	/// The address without the language: path and query.
	pub here: String,
	/// `system`, `light` or `dark`.
	pub theme: &'static str,
	/// The last block of the index.
	pub last: Option<Block>,
	/// Comparisons of what is stored with the chain that came out different.
	pub differences: i64,
	/// The node that browsers ask.
	pub node: String,
	/// Where this site has what light clients begin with.
	pub light_client: Option<String>,
}

/// A path that is written piece by piece.
#[derive(Clone, Debug)]
pub struct Path(String);

impl Path {
	/// With a piece as it is.
	pub fn then(mut self, piece: &str) -> Self {
		self.0 += piece;
		self
	}

	/// With the name or number of something, whatever its characters.
	pub fn of(mut self, name: impl Display) -> Self {
		self.0 += &in_path(&name.to_string());
		self
	}

	/// With an asset.
	pub fn asset(mut self, id: impl Whole, handle: impl AsRef<str>) -> Self {
		self.0 += &asset_in_path(id, handle.as_ref());
		self
	}
}

impl AsRef<str> for Path {
	fn as_ref(&self) -> &str {
		&self.0
	}
}

impl Display for Path {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.0)
	}
}

impl FromRequestParts<State> for Site {
	type Rejection = Infallible;

	async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Infallible> {
		if let Some(site) = parts.extensions.get::<Self>() {
			return Ok(site.clone());
		}
		// Routes of a language are nested, and what is nested does not see its prefix.
		let uri =
			parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.clone(), |uri| uri.0.clone());
		let (prefix, here) = split(&uri);
		let jar = CookieJar::from_headers(&parts.headers);
		let chosen = jar.get(LANGUAGE_COOKIE).and_then(|cookie| Language::of_tag(cookie.value()));
		let language = prefix.or(chosen).or_else(|| Language::accepted(&parts.headers)).unwrap_or_default();
		let theme = jar
			.get(THEME_COOKIE)
			.and_then(|cookie| THEMES.into_iter().find(|theme| *theme == cookie.value()))
			.unwrap_or(THEMES[0]);
		// A page that cannot say how far the index is still has its own to say, or fails by itself.
		let last = state.store.last_block().await.unwrap_or_default();
		let differences = state.store.count_differences().await.unwrap_or_default();
		let node = state.settings.public_node.clone();
		let light_client = state.settings.light_client.as_ref().map(|client| client.path.clone());
		Ok(Self { language, prefixed: prefix.is_some(), here, theme, last, differences, node, light_client })
	}
}

/// The language that an address names, and the rest of it.
fn split(uri: &Uri) -> (Option<Language>, String) {
	let path = uri.path();
	let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
	for language in Language::ALL {
		if let Some(rest) = path.strip_prefix('/').and_then(|path| path.strip_prefix(language.tag()))
			&& (rest.is_empty() || rest.starts_with('/'))
		{
			let rest = if rest.is_empty() { "/" } else { rest };
			return (Some(language), format!("{rest}{query}"));
		}
	}
	(None, format!("{path}{query}"))
}

impl Site {
	/// A message.
	pub fn say(&self, key: impl AsRef<str>) -> String {
		self.language.say(key.as_ref())
	}

	/// A message of something.
	pub fn with(&self, key: impl AsRef<str>, name: &'static str, value: impl ToString) -> String {
		self.language.tell(key.as_ref(), &[(name, FluentValue::from(value.to_string()))])
	}

	/// A message of two things.
	pub fn with2(
		&self,
		key: impl AsRef<str>,
		name: &'static str,
		value: impl ToString,
		other: &'static str,
		other_value: impl ToString,
	) -> String {
		let values = [(name, value.to_string().into()), (other, other_value.to_string().into())];
		self.language.tell(key.as_ref(), &values)
	}

	/// A message of so many: `$count` for the grammar, `$n` to show.
	pub fn count(&self, key: impl AsRef<str>, count: impl Whole) -> String {
		self.language.count(key.as_ref(), count)
	}

	/// The name of one of a fixed set (`kind` `data`: message `kind-data`); itself where it has none.
	pub fn named(&self, set: impl AsRef<str>, one: impl AsRef<str>) -> String {
		let (set, one) = (set.as_ref(), one.as_ref());
		self.language.try_say(&format!("{set}-{}", one.replace('_', "-"))).unwrap_or_else(|| one.into())
	}

	/// Whether the address names the language.
	pub fn is_prefixed(&self) -> bool {
		self.prefixed
	}

	/// A path of the site, in the language of the address.
	pub fn href(&self, path: impl AsRef<str>) -> String {
		self.in_language(self.prefixed.then_some(self.language), path.as_ref())
	}

	/// Where this page is in another language.
	pub fn in_other(&self, language: &Language) -> String {
		self.in_language(Some(*language), &self.here)
	}

	fn in_language(&self, language: Option<Language>, path: &str) -> String {
		match language {
			Some(language) if path == "/" || path.starts_with("/?") => {
				format!("/{}{}", language.tag(), path.trim_start_matches('/'))
			}
			Some(language) => format!("/{}{path}", language.tag()),
			None => path.into(),
		}
	}

	/// The languages.
	pub fn languages(&self) -> [Language; 2] {
		Language::ALL
	}

	/// Whether the page is in a language.
	pub fn is_spoken(&self, language: &Language) -> bool {
		self.language == *language
	}

	/// Whether colours are the chosen ones.
	pub fn is_theme(&self, theme: impl AsRef<str>) -> bool {
		self.theme == theme.as_ref()
	}

	/// The beginning of a path.
	pub fn to(&self) -> Path {
		Path(String::new())
	}

	/// What can be chosen of colours.
	pub fn themes(&self) -> [&'static str; 3] {
		THEMES
	}

	/// Whether this page is in a part of the site.
	pub fn is_in(&self, part: &str) -> bool {
		let path = self.here.split('?').next().unwrap_or_default();
		path == part || path.strip_prefix(part).is_some_and(|rest| rest.starts_with('/'))
	}

	/// An amount in U.
	pub fn u(&self, amount: impl Micro) -> Html {
		format::amount(amount)
	}

	/// A number.
	pub fn n(&self, number: impl Whole) -> String {
		format::number(number)
	}

	/// A weight.
	pub fn factor(&self, bps: impl Whole) -> String {
		format::factor(bps)
	}

	/// A part of a weight.
	pub fn signed(&self, bps: impl Whole) -> String {
		format::signed(bps)
	}

	/// A percentage.
	pub fn percent(&self, bps: impl Whole) -> String {
		format::percent(bps)
	}

	/// A moment.
	pub fn time(&self, millis: impl Whole) -> Html {
		format::moment(i64::try_from(millis.whole()).unwrap_or_default())
	}

	/// A moment that a page is about: with the reader's own beside it.
	pub fn time_in_zone(&self, millis: impl Whole) -> Html {
		format::moment_in_zone(i64::try_from(millis.whole()).unwrap_or_default())
	}

	/// The name of a month: `March 2026`.
	pub fn month(&self, month: &Month) -> String {
		self.language.month(*month)
	}

	/// A link to an asset.
	pub fn asset(&self, id: impl Whole, handle: impl AsRef<str>) -> Html {
		let handle = handle.as_ref();
		let href = self.href(self.to().then("/asset/").asset(id, handle));
		Html(format!("<a class=\"handle\" href=\"{}\">{}</a>", escaped(&href), escaped(handle)))
	}

	/// A link to an account.
	pub fn account(&self, address: impl AsRef<str>) -> Html {
		let address = address.as_ref();
		let href = escaped(&self.href(format!("/account/{}", in_path(address))));
		let (whole, short) = (escaped(address), escaped(&short(address)));
		Html(format!("<a class=\"address\" href=\"{href}\" title=\"{whole}\">{short}</a>"))
	}

	/// A link to a block.
	pub fn block(&self, height: impl Whole) -> Html {
		let height = height.whole();
		let href = escaped(&self.href(format!("/block/{height}")));
		Html(format!("<a class=\"number\" href=\"{href}\">{}</a>", format::number(height)))
	}

	/// A link to a transaction.
	pub fn transaction(&self, place: impl AsRef<ExtrinsicPlace>) -> Html {
		let place = place.as_ref();
		let href = escaped(&self.href(format!("/transaction/{place}")));
		Html(format!("<a class=\"number\" href=\"{href}\">{place}</a>"))
	}

	/// A link to an event among those of its block.
	pub fn event(&self, height: impl Whole, event: impl Whole) -> Html {
		let (height, event) = (height.whole(), event.whole());
		let from = if event > 0 { format!("?from={height}-{}", event - 1) } else { String::new() };
		let href = escaped(&self.href(format!("/block/{height}/events{from}#event-{event}")));
		Html(format!("<a href=\"{href}\">{}</a>", escaped(&self.with("event-number", "event", event))))
	}

	/// A link to a month's report.
	pub fn report(&self, month: &Month) -> Html {
		let href = escaped(&self.href(format!("/months/{month}")));
		Html(format!("<a class=\"nowrap\" href=\"{href}\">{}</a>", escaped(&self.month(month))))
	}

	/// A hash by its ends, whole where it is pointed at.
	pub fn hash(&self, hash: impl AsRef<str>) -> Html {
		let hash = hash.as_ref();
		Html(format!("<code class=\"nowrap\" title=\"{}\">{}</code>", escaped(hash), escaped(&short(hash))))
	}

	/// A link to the list's next page, where there is one, and to its beginning, where this is not it.
	pub fn pager(&self, path: impl AsRef<str>, begun: &bool, next: &Option<Cursor>) -> Html {
		let (path, mut links) = (path.as_ref(), String::new());
		let mut link = |href: String, key: &str| {
			let (href, text) = (escaped(&self.href(href)), escaped(&self.say(key)));
			links += &format!("<a class=\"button quiet\" href=\"{href}\">{text}</a>");
		};
		if *begun {
			link(path.into(), "pager-first");
		}
		if let Some(next) = next {
			let sign = if path.contains('?') { '&' } else { '?' };
			link(format!("{path}{sign}from={next}"), "pager-next");
		}
		if links.is_empty() {
			return Html::default();
		}
		Html(format!("<nav class=\"pager\" aria-label=\"{}\">{links}</nav>", escaped(&self.say("pager"))))
	}
}

#[cfg(test)]
impl Site {
	/// A page of nothing, for tests of what pages are made of.
	pub fn plain(language: Language) -> Self {
		Self {
			language,
			prefixed: false,
			here: "/".into(),
			theme: THEMES[0],
			last: None,
			differences: 0,
			node: "ws://127.0.0.1:9944".into(),
			light_client: None,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn of(uri: &str) -> (Option<Language>, String) {
		split(&uri.parse().unwrap())
	}

	#[test]
	fn a_language_should_be_read_off_the_address() {
		assert_eq!(of("/zh-CN/demand?a=1"), (Some(Language::Chinese), "/demand?a=1".into()));
		assert_eq!(of("/en"), (Some(Language::English), "/".into()));
		assert_eq!(of("/english/x"), (None, "/english/x".into()));
	}

	#[test]
	fn links_should_stay_in_the_language_of_the_address() {
		let mut site = Site::plain(Language::Chinese);
		assert_eq!(site.href("/demand"), "/demand");
		site.prefixed = true;
		assert_eq!(site.href("/demand"), "/zh-CN/demand");
		assert_eq!(site.in_other(&Language::English), "/en");
		assert_eq!(site.href("/?a=1"), "/zh-CN?a=1");
	}

	#[test]
	fn names_should_not_become_markup() {
		let site = Site::plain(Language::English);
		assert!(site.asset(0i64, "<x>").0.contains("&lt;x&gt;"));
		assert!(site.account("\"><script>").0.contains("&quot;&gt;&lt;script&gt;"));
	}
}
