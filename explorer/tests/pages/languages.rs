//! Which language and which colours a page comes in.

use super::{Site, fill};

async fn language(site: &Site, path: &str, headers: &[(&str, &str)]) -> String {
	let text = site.ask(path, headers).await.text;
	let html = scraper::Html::parse_document(&text);
	html.root_element().attr("lang").unwrap_or_default().to_owned()
}

#[tokio::test]
async fn address_should_win_over_cookie_over_browser() {
	let site = Site::empty().await;
	let browser = ("accept-language", "zh-CN,zh;q=0.9,en;q=0.8");
	assert_eq!(language(&site, "/", &[]).await, "en");
	assert_eq!(language(&site, "/", &[browser]).await, "zh-CN");
	assert_eq!(language(&site, "/", &[browser, ("cookie", "language=en")]).await, "en");
	assert_eq!(language(&site, "/zh-CN", &[("cookie", "language=en")]).await, "zh-CN");
	assert_eq!(language(&site, "/zh-CN/", &[]).await, "zh-CN");
}

#[tokio::test]
async fn language_of_the_address_should_be_kept() {
	let answer = Site::empty().await.ask("/zh-CN/demand", &[]).await;
	let cookie = answer.headers["set-cookie"].to_str().unwrap();
	assert!(cookie.starts_with("language=zh-CN;"), "{cookie}");
	assert!(answer.headers["vary"].to_str().unwrap().contains("Accept-Language"));
}

#[tokio::test]
async fn switch_should_lead_to_the_same_page() {
	let page = Site::filled().await.get("/en/browse?kind=data").await;
	assert_eq!(page.attributes("a[rel=alternate]", "href"), ["/zh-CN/browse?kind=data"]);
}

#[tokio::test]
async fn chinese_should_be_spoken_throughout() {
	let page = Site::filled().await.get("/zh-CN/asset/CT-2025-0312/months/2026-03").await;
	assert_eq!(page.text("h1"), "为什么是这个金额？");
	assert_eq!(
		page.text(".because"),
		"在 2 项衍生品参与分享的全部祖先合计权重 13.5 中，它占 1.8。这些衍生品共分享 15,000.00 U，其中 80% 归祖先：本资产得 1,600.00 \
		U。自身被使用 37 个单位，带来 400.00 U。"
	);
}

#[tokio::test]
async fn colours_should_be_kept_and_lead_back() {
	let site = Site::empty().await;
	let answer = site.ask("/theme?to=dark&back=%2Fzh-CN%2Fdemand", &[]).await;
	assert_eq!(answer.headers["location"], "/zh-CN/demand");
	assert!(answer.headers["set-cookie"].to_str().unwrap().starts_with("theme=dark;"));
	let page = site.ask("/", &[("cookie", "theme=dark")]).await;
	assert!(page.text.contains("data-theme=\"dark\""));
	assert_eq!(site.ask("/theme?to=dark&back=//evil.example", &[]).await.headers["location"], "/");
}

#[tokio::test]
async fn script_beside_a_page_should_reach_nothing() {
	let answer = Site::empty().await.ask("/assets/main.js", &[]).await;
	// Built by cargo alone, an explorer has no scripts.
	if answer.status == 200 {
		let policy = answer.headers["content-security-policy"].to_str().unwrap();
		assert_eq!(policy, "default-src 'none'; script-src 'wasm-unsafe-eval'");
	}
}

#[tokio::test]
async fn only_this_site_should_be_loaded_from() {
	let answer = Site::filled().await.ask(fill::RECORD_PAGE, &[]).await;
	let policy = answer.headers["content-security-policy"].to_str().unwrap();
	assert!(
		policy.contains("default-src 'none'") && policy.contains("connect-src 'self' ws://127.0.0.1:9944"),
		"{policy}"
	);
	assert!(policy.contains("worker-src 'self'"), "{policy}");
	assert!(
		!answer.text.contains(" style=") && !answer.text.contains("<style"),
		"styles that stand in a page are refused"
	);
}

#[tokio::test]
async fn only_upload_should_reach_storage_on_the_readers_computer() {
	let site = Site::filled().await;
	for (path, reaches) in
		[("/upload", true), ("/zh-CN/upload", true), ("/payout", false), ("/asset/upload", false)]
	{
		let answer = site.ask(path, &[]).await;
		let policy = answer.headers["content-security-policy"].to_str().unwrap();
		let own = policy.contains(" http://127.0.0.1:* http://localhost:*; form-action");
		assert_eq!(own, reaches, "{path}: {policy}");
		assert_eq!(policy.contains(":*"), reaches, "{path}: {policy}");
	}
}
