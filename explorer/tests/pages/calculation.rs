//! The figures that people come for.

use super::{Site, fill};

#[tokio::test]
async fn statement_should_answer_why() {
	let page = Site::filled().await.get("/asset/CT-2025-0312/months/2026-03").await;
	assert_eq!(page.text("h1"), "Why this amount?");
	assert_eq!(page.text(".sum"), "2,000.00 U");
	assert_eq!(
		page.text(".because"),
		"It weighs 1.8, out of 13.5 for all sharing ancestors of 2 derived assets. The revenue shared was 15,000.00 U, of which 80 % \
		goes to ancestors: 1,600.00 U of it is for this asset. Its own use (37 units) earned 400.00 U."
	);
	assert_eq!(
		page.texts("tr[data-line] > *"),
		[
			"COMPANY-A-LUNG-1",
			"9,000.00 U",
			"1.8 / 13.5 × 9,000.00 U × 80 %",
			"960.00 U",
			"COMPANY-A-LUNG-2",
			"6,000.00 U",
			"1.8 / 13.5 × 6,000.00 U × 80 %",
			"640.00 U"
		]
	);
	assert!(page.source.contains("the same to the last millionth"));
}

#[tokio::test]
async fn statement_should_have_a_place_to_verify_it() {
	let page = Site::filled().await.get("/asset/CT-2025-0312/months/2026-03").await;
	for (name, value) in [
		("data-asset", "0"),
		("data-period", "2026-03"),
		("data-weight", "18000"),
		("data-shared", "1600000000"),
		("data-call-fees", "400000007"),
		("data-paid", "2000000000"),
		("data-carried-out", "7"),
		("data-payee", "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"),
	] {
		assert_eq!(page.attributes("section[data-verify]", name), [value], "{name}");
	}
	assert_eq!(page.attributes("tr[data-line]", "data-amount"), ["960000000", "640000000"]);
	assert!(page.text("[data-verify-without-script]").contains("heirloom statement CT-2025-0312 2026-03"));
}

#[tokio::test]
async fn amount_should_be_exact_where_it_is_pointed_at() {
	let page = Site::filled().await.get("/asset/CT-2025-0312/months/2026-03").await;
	assert!(page.attributes("data", "title").contains(&"400.000007 U".to_owned()));
}

#[tokio::test]
async fn statement_that_was_changed_should_be_shown_as_different() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		let heirloom_explorer::store::Pool::Sqlite(pool) = store.pool() else {
			panic!("the tests' store is SQLite")
		};
		sqlx::raw_sql("UPDATE statements SET shared = shared + 10000, paid = paid + 10000")
			.execute(pool)
			.await
			.unwrap();
	})
	.await;
	let page = site.get("/asset/CT-2025-0312/months/2026-03").await;
	assert_eq!(page.text(".note.bad"), "✗ Recomputed here, it comes out differently: 1,600.00 U");
}

#[tokio::test]
async fn payment_should_open_the_calculation_of_each_asset() {
	let page = Site::filled().await.get(fill::PAYMENT_PAGE).await;
	assert_eq!(page.text(".sum"), "2,000.00 U");
	assert!(page.source.contains("The assets add up to the payment."));
	assert!(page.text(".formula").starts_with("1.8Weight of the asset÷13.5"), "{}", page.text(".formula"));
}

#[tokio::test]
async fn calculator_should_fill_in_the_formula() {
	let page = Site::filled().await.get("/calculator?weight=1.8&total=13.5&revenue=15000").await;
	assert_eq!(page.text(".because"), "The share is 1,600.00 U.");
}

#[tokio::test]
async fn estimate_should_say_what_it_rests_on() {
	let page =
		Site::filled().await.get("/calculator?kind=data&quality=98&units=37&impact=12&attested=on").await;
	// One of four assets was used as much: rank 87.5 %, so 1.0 + 0.3 + 0.375 + 0.2.
	assert_eq!(page.text(".because"), "It would have weighed 1.875 in March 2026.");
	assert_eq!(page.text(".card .sum"), "2,000.00 U");
	assert!(page.source.contains("This is based on only one asset"));
}

#[tokio::test]
async fn estimate_should_say_whom_it_leaves_out() {
	let site = Site::filled().await;
	let (one, none) =
		("/calculator?kind=data&quality=98&units=37&impact=12&attested=on", "/calculator?kind=model");
	let page = site.get(one).await;
	assert_eq!(page.text(".card h3"), "What such assets earned that got a share in that month");
	assert!(page.source.contains("one asset of this kind that got a share from derivatives"));
	assert!(page.source.contains("Assets that got no share in that month were not weighed"));
	let said = site.get(none).await.texts(".card .soft");
	let expected = [
		"No asset of this kind that got a share weighed about as much, so there is nothing to go by.",
		"Assets that got no share in that month were not weighed, and are not counted here.",
	];
	assert_eq!(said, expected);
	assert!(site.get(&format!("/zh-CN{one}")).await.source.contains("未获分成的资产未计权重"));
}

#[tokio::test]
async fn few_assets_should_be_shown_from_the_least_to_the_most() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			"INSERT INTO samples (period, kind, weight, asset, earned, one_in) SELECT period, kind, weight, 90, 5000000, 1 FROM samples",
		)
		.await;
	})
	.await;
	let page = site.get("/calculator?kind=data&quality=98&units=37&impact=12&attested=on").await;
	assert_eq!(page.text(".card .sum"), "5.00 U – 2,000.00 U");
	assert!(
		page.source.contains("Too few to show what is usual")
			&& !page.source.contains("less than the amount at the top")
	);
}

#[tokio::test]
async fn what_was_typed_wrong_should_be_named() {
	let page = Site::filled().await.get("/calculator?weight=heavy&total=13.5&revenue=1").await;
	assert_eq!(page.text("[role=alert]"), "The weight must be a number like 1.8.");
}

#[tokio::test]
async fn month_should_balance() {
	let page = Site::filled().await.get("/months/2026-03").await;
	assert_eq!(page.text(".figures dd"), "2,000.00 U");
	assert_eq!(page.text(".ledger dd.total"), "2,000.00 U");
	assert!(page.source.contains("One compared") || page.source.contains("one compared"));
}

#[tokio::test]
async fn feed_should_tell_of_uses_and_payments() {
	let answer = Site::filled()
		.await
		.ask(&format!("{}/feed.atom", fill::ANNOTATOR_PAGE), &[("host", "h.example")])
		.await;
	assert_eq!(answer.headers["content-type"], "application/atom+xml; charset=utf-8");
	assert!(answer.text.contains("<title>2,000.00 U arrived for March 2026</title>"), "{}", answer.text);
	assert!(
		answer.text.contains(
			"5FHneW…694ty used CT-2025-0312 (30 units) and paid a fee of 324.32 U, booked in March 2026"
		),
		"{}",
		answer.text
	);
	assert!(answer.text.contains("href=\"http://h.example/asset/0/receipts/0\""));
}

#[tokio::test]
async fn uses_should_not_be_said_to_be_paid() {
	// Free ones have receipts too, and are counted.
	let site = Site::filled().await;
	for (path, uses) in [("/en", "Uses"), ("/zh-CN", "使用次数")] {
		assert_eq!(site.get(path).await.text("section[aria-labelledby=month] dt"), uses);
	}
}

#[tokio::test]
async fn home_should_count_down_by_the_chains_clock() {
	let page = Site::filled().await.get("/").await;
	assert_eq!(page.attributes("[data-countdown]", "data-countdown"), ["2026-05-01T00:00:00Z"]);
	assert_eq!(page.attributes("[data-countdown]", "data-now"), ["2026-04-01T00:00:24Z"]);
	assert_eq!(page.text("[data-countdown]"), "29 d 23 h");
}
