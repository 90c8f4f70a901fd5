//! What waits to be claimed, and where that is said.

use super::{Site, fill};

/// A site where so many micro-U wait for the annotator.
async fn held(micro: u64) -> Site {
	Site::over(async |store| {
		fill::march(store).await;
		let sql = format!("INSERT INTO held (payee, amount) VALUES ('{}', {micro})", fill::ANNOTATOR);
		fill::run(store, &sql).await;
	})
	.await
}

#[tokio::test]
async fn what_waits_should_be_shown_for_whoever_it_waits_for() {
	let site = held(12_340_000).await;
	let page = site.get(&format!("/payout?payee={}", fill::ANNOTATOR)).await;
	let said = "Held for 5Grwva…KutQY (could not be delivered, or was released after a dispute): 12.34 U Profit-sharing record";
	assert_eq!(page.text("[data-held]"), said);
	assert!(page.text("section[aria-labelledby=claim] p").contains("released to it after a dispute"));
	assert_eq!(page.attributes("form[data-claim] input", "value"), [fill::ANNOTATOR]);
	assert_eq!(page.attributes("[data-held] a", "href"), [fill::RECORD_PAGE]);
	let nobody = site.get(&format!("/payout?payee={}", fill::COMPANY)).await;
	assert_eq!(nobody.text("[data-held]"), "Nothing is held for 5FHneW…694ty.");
	let chinese = site.get(&format!("/zh-CN/payout?payee={}", fill::ANNOTATOR)).await;
	assert!(chinese.text("[data-held]").contains("争议结束后"), "{}", chinese.source);
}

#[tokio::test]
async fn amounts_that_wait_should_lead_to_where_they_are_claimed() {
	let site = held(12_340_000).await;
	let claimed = format!("/payout?payee={}", fill::ANNOTATOR);
	for page in [format!("/account/{}", fill::ANNOTATOR), format!("/account/{}/record", fill::ANNOTATOR)] {
		let links = site.get(&page).await.attributes("main a", "href");
		assert!(links.contains(&claimed), "{page}: {links:?}");
	}
}

#[tokio::test]
async fn text_that_is_no_address_should_be_said_to_be_none() {
	let site = Site::filled().await;
	let mistyped = fill::ANNOTATOR.replace("utQY", "utQZ");
	let page = site.get(&format!("/payout?payee={mistyped}")).await;
	assert_eq!(page.text("[data-held] .bad"), "This is not an address: it may be mistyped.");
	assert_eq!(site.get("/payout").await.text("[data-held]"), "");
}

#[tokio::test]
async fn buttons_that_need_a_script_should_wait_for_it() {
	let site = Site::filled().await;
	for path in ["/upload", "/payout"] {
		let page = site.get(path).await;
		let dead = page.texts("main form:not([action]) button:not([disabled])");
		assert_eq!(dead, Vec::<String>::new(), "{path}");
	}
}
