//! What is whose: fees that users paid and what of them is an asset's own, and what an address would be due.

use super::{Site, fill};
use std::time::{Duration, Instant};

/// March with a statement of the first model, whose users paid 200 U: 30 % of that and 8,940 U of reported revenue it shared.
async fn derivative() -> Site {
	Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			"INSERT INTO statements (asset, period, units, gross, reported, shared, call_fees, carried_in, paid, carried_out)
			SELECT 12, period, 3, 200000000, 8940000000, 0, 140000000, 0, 140000000, 0 FROM periods",
		)
		.await;
	})
	.await
}

#[tokio::test]
async fn own_part_of_a_derivative_should_be_explained() {
	let page = derivative().await.get("/asset/COMPANY-A-LUNG-1/months/2026-03").await;
	assert_eq!(
		page.text(".because"),
		"Its own use earned 200.00 U, and 8,940.00 U of revenue was reported for it: 9,000.00 U of that went to its \
		ancestors and the pool, and it keeps 140.00 U."
	);
	let amounts = page.texts("section[aria-labelledby=own] dd");
	assert_eq!(amounts, ["200.00 U", "+ 8,940.00 U", "− 9,000.00 U", "140.00 U"]);
	assert!(page.text("section[aria-labelledby=own]").contains("30.00 % of the fees"));
	assert!(page.source.contains("the same to the last millionth"));
}

#[tokio::test]
async fn own_part_of_a_root_should_need_no_explanation() {
	let page = Site::filled().await.get("/asset/CT-2025-0312/months/2026-03").await;
	assert!(page.texts("section[aria-labelledby=own]").is_empty());
}

/// March in which the second study was used for 2 U, and a licence of it was sold for 300 U; another one in the month before.
async fn for_sale() -> Site {
	Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			&format!(
				"UPDATE assets SET terms = 'buyout', share_rate = NULL, price = '300000000' WHERE id = 1;
				INSERT INTO licences (asset, buyer, price, height, event, at, period) VALUES
					(1, '{}', 250000000, 0, 1, 0, 24313), (1, '{}', 300000000, 1, 5, 0, 24314);
				INSERT INTO statements (asset, period, units, gross, reported, shared, call_fees, carried_in, paid, carried_out)
				SELECT 1, period, 2, 302000000, 0, 0, 302000000, 0, 302000000, 0 FROM periods",
				fill::ANNOTATOR,
				fill::COMPANY
			),
		)
		.await;
	})
	.await
}

#[tokio::test]
async fn sale_should_not_be_told_as_use() {
	let site = for_sale().await;
	let page = site.get("/asset/CT-2025-0977/months/2026-03").await;
	assert_eq!(page.text(".because"), "Its own use (2 units) earned 2.00 U, and licences sold for 300.00 U.");
	let amounts = page.texts("section[aria-labelledby=own] dd");
	assert_eq!(amounts, ["2.00 U", "+ 300.00 U", "+ 0.00 U", "302.00 U"]);
	assert!(page.source.contains("the same to the last millionth"));
	let chinese = site.get("/zh-CN/asset/CT-2025-0977/months/2026-03").await;
	assert_eq!(chinese.text(".because"), "自身被使用 2 个单位，带来 2.00 U；出售授权带来 300.00 U。");
}

#[tokio::test]
async fn asset_should_list_the_licences_that_were_sold() {
	let page = for_sale().await.get("/asset/CT-2025-0977").await;
	let licences = "section[aria-labelledby=licences]";
	assert_eq!(page.text(&format!("{licences} p")), "2 licences were sold, for 550.00 U together.");
	assert_eq!(page.texts(&format!("{licences} td[data-name=Month]")), ["March 2026", "February 2026"]);
	let prices = page.texts(&format!("{licences} td[data-name='Price of the licence']"));
	assert_eq!(prices, ["300.00 U", "250.00 U"]);
	assert!(page.texts(&format!("{licences} caption")).is_empty());
	assert!(Site::filled().await.get("/asset/CT-2025-0977").await.texts(licences).is_empty());
}

#[tokio::test]
async fn asset_should_list_no_more_licences_than_a_page_holds() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			"UPDATE assets SET terms = 'buyout', share_rate = NULL, price = '1000000' WHERE id = 1;
			INSERT INTO licences (asset, buyer, price, height, event, at, period)
			WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 9)
			SELECT 1, 'buyer ' || n, 1000000 * n, 1, n, 0, 24314 FROM c",
		)
		.await;
	})
	.await;
	let page = site.get("/asset/CT-2025-0977").await;
	let licences = "section[aria-labelledby=licences]";
	assert_eq!(page.text(&format!("{licences} p")), "9 licences were sold, for 45.00 U together.");
	assert_eq!(page.text(&format!("{licences} caption")), "The latest 8");
	let prices = page.texts(&format!("{licences} td[data-name='Price of the licence']"));
	assert_eq!((prices.len(), prices[0].as_str()), (8, "9.00 U"));
}

#[tokio::test]
async fn asset_should_not_be_said_to_be_paid_what_is_held_of_it() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			&format!(
				"INSERT INTO withheld (height, event, period, derivative, ancestor, payee, amount, at)
				VALUES (2, 0, 24314, 12, 0, '{}', 300000000, 0)",
				fill::ANNOTATOR
			),
		)
		.await;
	})
	.await;
	let page = site.get("/asset/CT-2025-0312").await;
	assert_eq!(page.text(".figures dt"), "Paid so far");
	assert_eq!(page.text(".figures dd"), "1,700.00 U");
}

#[tokio::test]
async fn gross_and_net_should_have_names_of_their_own() {
	let site = derivative().await;
	let heads = |page: super::Page| page.texts("section[aria-labelledby=assets] th");
	assert!(heads(site.get(fill::ANNOTATOR_PAGE).await).contains(&"Fees paid by users".to_owned()));
	let page = site.get(fill::PAYMENT_PAGE).await;
	assert!(page.texts("th").contains(&"Own part of fees".to_owned()));
}

#[tokio::test]
async fn estimate_should_be_whole_or_not_be_there() {
	// The node does not answer.
	let page = Site::filled().await.get(fill::ANNOTATOR_PAGE).await;
	assert!(page.source.contains("Not all estimates arrived in time."));
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			&format!(
				"UPDATE assets SET payee = '{}', payee_set_by = owner WHERE owner <> '{0}'",
				fill::COMPANY
			),
		)
		.await;
	})
	.await;
	// What others are paid is not its: there is nothing to wait for.
	assert!(!site.get(fill::ANNOTATOR_PAGE).await.source.contains("estimates arrived in time"));
}

#[tokio::test]
async fn estimate_of_more_than_a_page_should_be_told_to_be_none() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		let sql = "INSERT INTO assets SELECT id + 100 + n, 'M-' || n, 'm', kind, creator, owner, payee, payee_set_by, content,
				domain, scenario, terms, share_rate, price, call_fee, accuracy, speed_gain, quality, attested, impact, sandboxed,
				policy, status, minted, minted_at, minted_in, generation, ancestors, children, receipts, receipts_hash, used_in, minted_event
			FROM assets, (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60) SELECT n FROM c)
			WHERE id = 1";
		fill::run(store, sql).await;
	})
	.await;
	let page = site.get(fill::ANNOTATOR_PAGE).await;
	assert!(page.source.contains("There are too many assets to add up on one page"));
}

#[tokio::test]
async fn trend_should_compare_settled_months() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			"INSERT INTO usage (period, asset, calls, units, fees, callers) VALUES
				(24313, 0, 5, 5, 5, 1), (24315, 0, 1, 1, 1, 1);
			INSERT INTO month_sums (period, assets, calls, units, fees, reported) VALUES
				(24313, 1, 5, 5, 5, 0), (24315, 1, 1, 1, 1, 0);
			INSERT INTO domain_sums (period, domain, assets, calls, fees) VALUES
				(24313, 'medical-imaging', 1, 5, 5), (24315, 'medical-imaging', 1, 1, 1);
			INSERT INTO statements (asset, period, units, gross, reported, shared, call_fees, carried_in, paid, carried_out)
			VALUES (0, 24312, 0, 0, 0, 0, 0, 0, 1500000000, 0), (0, 24313, 0, 0, 0, 0, 0, 0, 1000000000, 0)",
		)
		.await;
	})
	.await;
	let page = site.get("/demand").await;
	assert_eq!(page.text(".kicker"), "April 2026");
	assert_eq!(page.texts("td[data-name=Trend]"), ["5 ↓ 2", "5 ↓ 2"]);
	assert_eq!(page.texts("td[data-name='Middle payout']"), ["2,000.00 U", "1,500.00 U"]);
	assert!(page.source.contains("The trend is from February 2026 to March 2026"));
}

#[tokio::test]
async fn trend_should_not_be_made_up() {
	let page = Site::filled().await.get("/demand").await;
	assert_eq!(page.texts("td[data-name=Trend]"), ["–", "–"]);
}

#[tokio::test]
async fn what_an_ethereum_wallet_shows_should_be_found() {
	let site = Site::filled().await;
	let shown = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
	let to = async |path: String| {
		let answer = site.ask(&path, &[]).await;
		answer.headers.get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or(answer.text)
	};
	let account = to(format!("/me?address={shown}")).await;
	assert!(account.starts_with("/account/5"), "{account}");
	assert_eq!(to(format!("/search?q={shown}")).await, account);
	site.get(&account).await;
	assert!(site.get("/me?address=0x12").await.source.contains("as Ethereum wallets show it"));
}

#[tokio::test]
async fn balances_should_be_told_to_be_unknown_where_the_node_is_away() {
	let site = Site::filled().await;
	for (language, said) in
		[("", "The node did not answer in time"), ("/zh-CN", "节点未能及时告知此地址的余额")]
	{
		let page = site.get(&format!("{language}{}", fill::ANNOTATOR_PAGE)).await;
		assert!(page.text("section[aria-labelledby=balances] .empty").starts_with(said), "{}", page.source);
		assert!(page.texts("section[aria-labelledby=balances] dd").is_empty());
		// The rest of the page stands.
		assert!(page.source.contains("CT-2025-0312"));
	}
}

#[tokio::test]
async fn a_silent_node_should_not_be_waited_for() {
	// It takes calls and answers none.
	let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
	let node = format!("ws://{}", silent.local_addr().unwrap());
	let site = Site::beside(&node, async |store| fill::march(store).await, |_, _| ()).await;
	let begun = Instant::now();
	let page = site.get(fill::ANNOTATOR_PAGE).await;
	assert!(page.source.contains("The node did not answer in time."));
	// Far less than the 20 s that a question may take.
	assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
