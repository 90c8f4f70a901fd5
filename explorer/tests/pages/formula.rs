//! The rule that a month was settled by, or will be: what the handbook, the calculator and statements say of it.

use super::{Site, fill};
use heirloom_explorer::store::Store;

/// The rule of the open month, as the index notes it.
async fn ruled(store: &Store, version: &str) {
	fill::run(store, &format!("INSERT INTO chain (name, value) VALUES ('formula', '\"{version}\"')")).await;
}

/// March by the second version: the second study is an unproven parent of both models.
async fn proven_first(store: &Store) {
	fill::march(store).await;
	ruled(store, "V2").await;
	fill::run(
		store,
		"UPDATE periods SET report = REPLACE(report, '\"V1\"', '\"V2\"');
		UPDATE pots SET proven_only = 1;
		UPDATE assets SET attested = 0 WHERE id = 1;
		INSERT INTO parents (child, position, parent, relation) VALUES (12, 1, 1, 'trained_on'), (13, 1, 1, 'trained_on')",
	)
	.await;
}

const UNPROVEN: &str = "/asset/CT-2025-0977/months/2026-03";

#[tokio::test]
async fn handbook_should_tell_the_rule_of_the_open_month() {
	let second = Site::over(async |store| ruled(store, "V2").await).await;
	let handbook = second.get("/handbook").await;
	assert!(handbook.source.contains("Proven assets come first."), "{}", handbook.source);
	assert!(handbook.source.contains("A quality that nobody has attested adds nothing to the weight"));
	assert!(second.get("/zh-CN/handbook").await.source.contains("已核定者优先。"));
	let first = Site::over(async |store| ruled(store, "V1").await).await;
	let handbook = first.get("/handbook").await;
	assert!(!handbook.source.contains("Proven assets come first."));
	assert!(handbook.source.contains("can add at most 0.1 to the weight"));
}

#[tokio::test]
async fn rule_should_be_that_of_the_last_report_where_none_is_noted() {
	assert!(Site::filled().await.get("/handbook").await.source.contains("at most 0.1"));
	// As new chains begin.
	assert!(Site::empty().await.get("/handbook").await.source.contains("Proven assets come first."));
}

#[tokio::test]
async fn evidence_should_be_told_by_the_rule_of_the_open_month() {
	let asset = Site::over(proven_first).await.get("/asset/CT-2025-0977").await;
	assert!(asset.text("section[aria-labelledby=evidence]").contains("adds nothing to the weight"));
}

#[tokio::test]
async fn only_what_can_get_a_weight_should_be_promised_one() {
	for (change, english, chinese) in [
		(
			"UPDATE assets SET terms = 'buyout', share_rate = NULL, price = '1000000' WHERE id = 1",
			"buys a licence and shares nothing with it",
			"一次性出售",
		),
		("UPDATE assets SET status = 'delisted' WHERE id = 1", "While it is off the list", "下架期间"),
		// As it is already: unproven.
		("UPDATE assets SET attested = 0 WHERE id = 1", "that have no proven ancestor", "没有已核定祖先"),
		("UPDATE assets SET attested = 1 WHERE id = 1", "It will be once", "一旦其衍生品有收入"),
		("UPDATE assets SET impact = 1 WHERE id = 1", "It will be once", "一旦其衍生品有收入"),
		("UPDATE chain SET value = '\"V1\"' WHERE name = 'formula'", "It will be once", "一旦其衍生品有收入"),
	] {
		let site = Site::over(async |store| {
			proven_first(store).await;
			fill::run(store, change).await;
		})
		.await;
		for (language, said) in [("", english), ("/zh-CN", chinese)] {
			let page = site.get(&format!("{language}/asset/CT-2025-0977")).await;
			let why = page.text("section[aria-labelledby=weight] .empty");
			assert!(why.contains(said), "{change}: {why}");
			assert_eq!(why.contains("It will be once"), said == "It will be once", "{change}: {why}");
		}
	}
}

#[tokio::test]
async fn estimate_of_an_unproven_asset_should_say_who_comes_first() {
	let (asked, said) = ("/calculator?kind=data&quality=98&units=37", "Proven assets come first.");
	let site = Site::over(proven_first).await;
	for (more, second) in [("", true), ("&attested=on", false), ("&impact=12", false)] {
		let page = site.get(&format!("{asked}{more}")).await;
		assert_eq!(page.source.contains(said), second, "{more}: {}", page.source);
	}
	assert!(site.get(&format!("/zh-CN{asked}")).await.source.contains("已核定者优先。"));
	// By the first version all share.
	assert!(!Site::filled().await.get(asked).await.source.contains(said));
}

#[tokio::test]
async fn upload_should_promise_no_number() {
	let site = Site::empty().await;
	for path in ["/upload", "/zh-CN/upload"] {
		let said = site.get(path).await.text("section[aria-labelledby=precise]");
		assert!(!said.contains("0.1"), "{said}");
	}
}

#[tokio::test]
async fn who_was_left_out_should_find_why() {
	let page = Site::over(proven_first).await.get(UNPROVEN).await;
	assert_eq!(
		page.text(".because"),
		"It was left out because it is unproven: 2 derived assets shared 15,000.00 U only among other ancestors, whose quality \
		or impact the curators had attested."
	);
	assert!(
		Site::over(proven_first)
			.await
			.get(&format!("/zh-CN{UNPROVEN}"))
			.await
			.source
			.contains("因为未经核定")
	);
}

#[tokio::test]
async fn statement_of_who_was_left_out_should_say_why() {
	let site = Site::over(async |store| {
		proven_first(store).await;
		fill::run(
			store,
			"INSERT INTO statements (asset, period, units, gross, reported, shared, call_fees, carried_in, paid, carried_out)
			SELECT 1, period, 1, 20000, 0, 0, 20000, 0, 20000, 0 FROM periods",
		)
		.await;
	})
	.await;
	let said = site.get(UNPROVEN).await.text(".because");
	assert!(said.starts_with("It was left out because it is unproven:"), "{said}");
	assert!(said.ends_with("Its own use (one unit) earned 0.02 U."), "{said}");
}

#[tokio::test]
async fn only_what_was_unproven_at_the_close_should_be_said_to_be() {
	for (change, left_out) in [
		// Attested since: block 2 closed the month.
		(
			"UPDATE assets SET attested = 1, minted_in = 1 WHERE id = 1;
			INSERT INTO changes (height, event, asset, name, detail, at) VALUES (2, 50, 1, 'Attested', '{}', 0)",
			true,
		),
		(
			"UPDATE assets SET attested = 1, minted_in = 1 WHERE id = 1;
			INSERT INTO changes (height, event, asset, name, detail, at) VALUES (1, 50, 1, 'Attested', '{}', 0)",
			false,
		),
		// What the chain began with may have been attested then.
		("UPDATE assets SET attested = 1 WHERE id = 1", false),
		("UPDATE assets SET impact = 1 WHERE id = 1", false),
		("UPDATE assets SET terms = 'buyout' WHERE id = 1", false),
		("UPDATE assets SET status = 'delisted' WHERE id = 1", false),
		(
			"UPDATE assets SET status = 'delisted' WHERE id = 1;
			INSERT INTO changes (height, event, asset, name, detail, at) VALUES (3, 50, 1, 'Delisted', '{}', 0)",
			true,
		),
		("UPDATE pots SET proven_only = 0", false),
	] {
		let site = Site::over(async |store| {
			proven_first(store).await;
			fill::run(store, change).await;
		})
		.await;
		assert_eq!(site.get(UNPROVEN).await.source.contains("because it is unproven"), left_out, "{change}");
	}
}

#[tokio::test]
async fn statement_should_say_among_whom_a_pot_was_shared() {
	let page = Site::over(proven_first).await.get("/asset/CT-2025-0312/months/2026-03").await;
	let said = page.text(".because");
	assert!(
		said.starts_with("It weighs 1.8, out of 13.5 for all proven ancestors of 2 derived assets"),
		"{said}"
	);
}

#[tokio::test]
async fn equations_should_say_where_a_bound_holds() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			"UPDATE statements SET attested = 0, part_quality = 1000, impact = 9000, part_impact = 10000, bonus = 1",
		)
		.await;
	})
	.await;
	let facts =
		site.get("/asset/CT-2025-0312/months/2026-03").await.texts("section[aria-labelledby=weight] dd");
	assert!(
		facts[0].starts_with("5 × (98.00 % − 92.00 %) = +0.3, of which at most +0.1 counts"),
		"{facts:?}"
	);
	assert!(facts[1].starts_with("80.00 % − 50.00 % = +0.3"), "{facts:?}");
	assert!(facts[2].starts_with("5 × 90.00 % ÷ 3 = +1.5, of which at most +1.0 counts"), "{facts:?}");
	assert_eq!(facts[3], "In its first 3 months an asset weighs 1.2 times as much.");
}
