//! Lists of all assets, the search, comparisons that came out different, and small things without a page.

use super::{
	failure::{Failure, Page, page},
	format::{asset_in_path, in_path},
	receipts::{A_PAGE, From},
	site::{LANGUAGE_COOKIE, Site, THEME_COOKIE, THEMES},
};
use crate::{
	State,
	store::{
		ExtrinsicPlace, FIRST, Listed,
		read::assets::{Asset, Domain, Filter},
		read::checks::Check,
		read::search::Hit,
	},
};
use askama::Template;
use axum::{
	extract::{Query, State as Shared},
	response::{IntoResponse, Redirect},
};
use axum_extra::extract::{CookieJar, cookie::Cookie};
use serde::Deserialize;

/// What a list is of.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
	kind: String,
	domain: String,
}

impl Wanted {
	fn is_kind(&self, kind: impl AsRef<str>) -> bool {
		self.kind == kind.as_ref()
	}

	/// A list of these, as an address.
	fn path(&self) -> String {
		let mut path = String::from("/browse");
		let given = [("kind", &self.kind), ("domain", &self.domain)]
			.into_iter()
			.filter(|(_, value)| !value.is_empty());
		for (index, (name, value)) in given.enumerate() {
			path += &format!("{}{name}={}", if index == 0 { "?" } else { "&" }, in_path(value));
		}
		path
	}
}

#[derive(Template)]
#[template(path = "browse.html")]
struct Browse {
	s: Site,
	wanted: Wanted,
	assets: Listed<Asset>,
	domains: Vec<Domain>,
	begun: bool,
}

/// `/browse`
pub async fn browse(
	Shared(state): Shared<State>,
	s: Site,
	Query(wanted): Query<Wanted>,
	Query(from): Query<From>,
) -> Page {
	let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
	let filter = Filter { kind: given(&wanted.kind), domain: given(&wanted.domain), ..Filter::default() };
	let assets = state.store.assets(&filter, from.cursor(FIRST)?, A_PAGE).await?;
	let domains = state.store.domains().await?;
	page(&Browse { s, wanted, assets, domains, begun: from.from.is_some() })
}

#[derive(Template)]
#[template(path = "found.html")]
struct Found {
	s: Site,
	text: String,
	hits: Vec<(String, String, String)>,
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sought {
	q: String,
}

/// `/search`: to the only thing that fits, or a list.
pub async fn search(Shared(state): Shared<State>, s: Site, Query(sought): Query<Sought>) -> Page {
	let hits: Vec<_> = state.store.search(&sought.q).await?.iter().map(|hit| described(&s, hit)).collect();
	match hits.as_slice() {
		[(_, _, href)] => Ok(Redirect::to(href).into_response()),
		_ => page(&Found { s, text: sought.q, hits }),
	}
}

/// What a hit is, its name, and where it leads.
fn described(s: &Site, hit: &Hit) -> (String, String, String) {
	let (what, name, path) = match hit {
		Hit::Asset { id, handle } => {
			("asset", handle.clone(), format!("/asset/{}", asset_in_path(id, handle)))
		}
		Hit::Account { address } => ("account", address.clone(), format!("/account/{address}")),
		Hit::Block { height } => ("block", s.n(height), format!("/block/{height}")),
		Hit::Extrinsic { height, position } => {
			let place = ExtrinsicPlace { height: *height, position: *position };
			("transaction", place.to_string(), format!("/transaction/{place}"))
		}
		Hit::Receipt { asset, number } => {
			("receipt", format!("#{number}"), format!("/asset/{asset}/receipts/{number}"))
		}
		Hit::Permit { id } => ("permit", format!("#{id}"), format!("/permit/{id}")),
	};
	(s.named("found", what), name, s.href(path))
}

#[derive(Template)]
#[template(path = "checks.html")]
struct Checks {
	s: Site,
	differences: Vec<Check>,
}

/// `/checks`
pub async fn checks(Shared(state): Shared<State>, s: Site) -> Page {
	let differences = state.store.differences(500).await?;
	page(&Checks { s, differences })
}

/// What is chosen, and where to go back to.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
	to: String,
	back: String,
}

/// A path of this site: nothing that leads elsewhere.
fn back(path: &str) -> &str {
	let inside = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
	if inside { path } else { "/" }
}

/// `/theme`: keeps which colours are chosen.
pub async fn theme(jar: CookieJar, Query(choice): Query<Choice>) -> Page {
	let theme = THEMES.into_iter().find(|theme| *theme == choice.to).ok_or(Failure::Bad)?;
	Ok((jar.add(kept(THEME_COOKIE, theme)), Redirect::to(back(&choice.back))).into_response())
}

/// A lasting cookie, readable by scripts: it is a taste, no secret.
pub fn kept(name: &'static str, value: &'static str) -> Cookie<'static> {
	let mut cookie = Cookie::new(name, value);
	cookie.set_path("/");
	cookie.make_permanent();
	cookie.set_same_site(axum_extra::extract::cookie::SameSite::Lax);
	cookie
}

/// The cookie of a language that an address named.
pub fn language_kept(s: &Site) -> Cookie<'static> {
	kept(LANGUAGE_COOKIE, s.language.tag())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_choice_should_not_lead_elsewhere() {
		assert_eq!(["//evil.example", "https://evil.example", "/\\evil", ""].map(back), ["/"; 4]);
		assert_eq!(back("/zh-CN/demand?x=1"), "/zh-CN/demand?x=1");
	}

	#[test]
	fn a_list_should_name_what_it_is_of() {
		let wanted = Wanted { kind: "data".into(), domain: "a b".into() };
		assert_eq!(wanted.path(), "/browse?kind=data&domain=a%20b");
		assert_eq!(Wanted::default().path(), "/browse");
	}
}
