//! Every link leads to a page, every page is well-formed.

use super::{PAGES, Site, fill};
use axum::http::StatusCode;
use scraper::{Html, Selector};
use std::collections::{BTreeSet, VecDeque};

/// What a page names: links, styles, forms.
fn links(page: &Html) -> Vec<String> {
	let mut found = Vec::new();
	for (selector, attribute) in
		[("a[href], link[href]", "href"), ("form[action]", "action"), ("script[src]", "src")]
	{
		let selector = Selector::parse(selector).unwrap();
		found.extend(page.select(&selector).filter_map(|element| element.attr(attribute)).map(str::to_owned));
	}
	found
}

async fn crawl(site: Site, from: &str) {
	let mut seen = BTreeSet::from([from.to_owned()]);
	let mut waiting = VecDeque::from([from.to_owned()]);
	while let Some(path) = waiting.pop_front() {
		let answer = site.ask(&path, &[]).await;
		let fine = answer.status == StatusCode::OK || answer.status.is_redirection();
		assert!(fine, "{path}: {} {}", answer.status, answer.text);
		if !answer.headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
			continue;
		}
		let page = Html::parse_document(&answer.text);
		assert_eq!(page.errors, Vec::<String>::new(), "{path}: {}", answer.text);
		for link in links(&page) {
			let path = link.split('#').next().unwrap_or_default().to_owned();
			assert!(path.is_empty() || path.starts_with('/'), "{path} leads elsewhere");
			// It asks with a choice; `languages` does.
			if !path.is_empty() && path != "/theme" && seen.insert(path.clone()) {
				waiting.push_back(path);
			}
		}
	}
	assert!(seen.len() > 40, "{seen:?}");
}

#[tokio::test]
async fn no_link_should_be_dead() {
	crawl(Site::filled().await, "/").await;
}

#[tokio::test]
async fn no_link_of_a_language_should_be_dead() {
	crawl(Site::filled().await, "/zh-CN").await;
}

/// The annotator's March with names that lead elsewhere: that of her study is the number of a model.
async fn numbered() -> Site {
	Site::over(async |store| {
		fill::march(store).await;
		for (id, name) in [(0, "12"), (1, ".."), (12, "20260301"), (13, "+12")] {
			let sql = format!("UPDATE assets SET handle = '{name}', handle_lower = '{name}' WHERE id = {id}");
			fill::run(store, &sql).await;
		}
	})
	.await
}

#[tokio::test]
async fn no_link_of_assets_that_are_named_after_numbers_should_be_dead() {
	crawl(numbered().await, "/").await;
}

#[tokio::test]
async fn links_of_assets_that_are_named_after_numbers_should_lead_to_them() {
	let site = numbered().await;
	let listed = site.get("/browse").await;
	assert_eq!(listed.texts("a.handle"), ["12", "..", "20260301", "+12"]);
	assert_eq!(listed.attributes("a.handle", "href"), ["/asset/0", "/asset/1", "/asset/12", "/asset/13"]);
	let study = site.get("/asset/0").await;
	assert_eq!(study.text("h1"), "12");
	let drawn = study.attributes("figure[data-picture] a[data-node]", "href");
	assert_eq!(drawn, ["/asset/0", "/asset/12", "/asset/13"]);
	assert_eq!(study.attributes("main a[href^='/payout']", "href"), ["/payout?asset=0"]);
	let whole = site.get("/asset/0/lineage").await.attributes("a[data-node]", "href");
	assert_eq!(whole, ["/asset/0", "/asset/12", "/asset/13"]);
	let answer = site.ask("/search?q=2026030", &[]).await;
	assert_eq!(answer.headers.get("location").map(|to| to.to_str().unwrap()), Some("/asset/12"));
}

#[tokio::test]
async fn number_should_be_that_of_an_asset_before_it_is_a_name() {
	let site = numbered().await;
	for (path, name) in
		[("/asset/12", "20260301"), ("/asset/0012", "20260301"), ("/asset/20260301", "20260301")]
	{
		assert_eq!(site.get(path).await.text("h1"), name, "{path}");
		assert_eq!(site.get(&format!("{path}/lineage")).await.text(".kicker"), name, "{path}");
	}
	let answer = site.ask("/api/v1/assets/20260301", &[]).await;
	assert!(answer.text.contains("\"id\":12,"), "{}", answer.text);
}

#[tokio::test]
async fn pages_should_be_there_in_each_language() {
	let site = Site::filled().await;
	for path in PAGES {
		for language in ["/en", "/zh-CN"] {
			let path = if path == "/" { language.to_owned() } else { format!("{language}{path}") };
			let page = site.get(&path).await;
			assert_eq!(page.html.errors, Vec::<String>::new(), "{path}");
			assert_eq!(page.attributes("html", "lang"), [&language[1..]], "{path}");
			assert_eq!(page.texts("h1").len(), 1, "{path} has one heading of the first rank");
		}
	}
}

#[tokio::test]
async fn pages_of_an_empty_store_should_say_so() {
	let site = Site::empty().await;
	for path in [
		"/",
		"/browse",
		"/months",
		"/demand",
		"/blocks",
		"/validators",
		"/sandbox",
		super::fill::ANNOTATOR_PAGE,
	] {
		let page = site.get(path).await;
		assert!(!page.texts(".empty").is_empty(), "{path}: {}", page.source);
	}
}

#[tokio::test]
async fn what_is_not_there_should_be_looked_for() {
	let site = Site::filled().await;
	for path in [
		"/nowhere",
		"/asset/NOBODY",
		"/asset/NOBODY/lineage",
		"/asset/CT-2025-0312/months/2026-13",
		"/asset/CT-2025-0312/receipts/99",
		"/account/nobody",
		"/months/1999-01",
		"/block/99999",
		"/transaction/9-9",
		"/transaction/0x00",
		"/permit/7",
		"/zh-CN/asset/NOBODY",
	] {
		let answer = site.ask(path, &[]).await;
		assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
		assert!(answer.text.contains("name=\"q\""), "{path} has no search: {}", answer.text);
	}
	for path in
		["/browse?from=x", "/blocks?from=1-", "/permit/x", "/asset/CT-2025-0312/receipts/x", "/theme?to=loud"]
	{
		let answer = site.ask(path, &[]).await;
		assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
		assert!(answer.text.contains("name=\"q\""), "{path} has no search: {}", answer.text);
	}
}

#[tokio::test]
async fn search_should_lead_to_the_only_thing_that_fits() {
	let site = Site::filled().await;
	for (text, to) in [
		("ct-2025-03", "/asset/CT-2025-0312"),
		(super::fill::ANNOTATOR, super::fill::ANNOTATOR_PAGE),
		("0x0000000000000000000000000000000000000000000000000000000000001b5a", "/transaction/1-1"),
	] {
		let answer = site.ask(&format!("/search?q={text}"), &[]).await;
		assert_eq!(answer.headers.get("location").map(|to| to.to_str().unwrap()), Some(to), "{text}");
	}
	assert_eq!(site.get("/search?q=ct-2025").await.texts("main li").len(), 2);
}

#[tokio::test]
async fn names_should_not_become_markup() {
	let page = Site::filled().await.get("/asset/CT-2025-0312").await;
	assert_eq!(page.text(".lead"), "Lung nodules, <b>three studies</b>");
}
