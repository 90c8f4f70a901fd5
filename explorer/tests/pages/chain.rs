//! Blocks and their events, how long a page may take, and where a settlement stands.

use super::{Site, fill};
use axum::http::StatusCode;
use heirloom_explorer::store::Store;
use std::time::Duration;

#[tokio::test]
async fn payment_should_lead_to_its_event() {
	let site = Site::filled().await;
	for path in [fill::PAYMENT_PAGE, "/asset/CT-2025-0312/months/2026-03"] {
		let links = site.get(path).await.attributes("a[href*='#event-']", "href");
		assert_eq!(links, ["/block/2/events?from=2-0#event-1"], "{path}");
	}
	let page = site.get("/block/2/events?from=2-0").await;
	let row = page.texts("tr[id=event-1] > *");
	// A payment is of no transaction.
	assert_eq!(
		row,
		["1", "Payment March 2026", "Why?", "5Grwva…KutQY", "2,000.00 U", "–"].map(str::to_owned)
	);
	assert_eq!(page.attributes("tr[id=event-1] a", "href")[0], fill::PAYMENT_PAGE);
}

#[tokio::test]
async fn events_of_a_block_should_be_in_their_order() {
	let site = Site::filled().await;
	let numbers = |page: super::Page| page.texts("tbody th[data-name='#']");
	let all = ["2", "3", "9", "10", "20", "21", "30", "31", "40", "41"];
	assert_eq!(numbers(site.get("/block/1/events").await), all);
	assert_eq!(numbers(site.get("/block/1").await), all);
	assert_eq!(numbers(site.get("/block/1/events?from=1-30").await), ["31", "40", "41"]);
	let page = site.get("/block/1/events").await;
	assert!(page.text("tr[id=event-2]").contains("324.32 U"), "{}", page.text("tr[id=event-2]"));
	assert!(page.text("tr[id=event-10]").contains("1.5000 LOOM"), "{}", page.text("tr[id=event-10]"));
	assert!(page.text("tr[id=event-20]").contains("Attested by the curators"));
}

#[tokio::test]
async fn attested_asset_should_say_why() {
	let page = Site::filled().await.get("/asset/CT-2025-0312").await;
	assert!(page.source.contains("read again by two radiologists"));
}

#[tokio::test]
async fn forced_sandboxing_should_say_why() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			r#"INSERT INTO changes (height, event, asset, name, detail, at) VALUES
				(1, 50, 0, 'Sandboxed', '{"mode":"medical","reason":"faces can be told apart"}', 0)"#,
		)
		.await;
	})
	.await;
	let cells = site.get("/asset/CT-2025-0312").await.texts("section[aria-labelledby=changes] td");
	let said = "From now on, can only be used inside sandboxes: “faces can be told apart”";
	assert!(cells.iter().any(|cell| cell == said), "{cells:?}");
}

#[tokio::test]
async fn change_should_say_why_among_the_events() {
	for (language, said) in [("", "Attested by the curators: "), ("/zh-CN", "策展人已核定：")] {
		let page = Site::filled().await.get(&format!("{language}/block/1/events")).await;
		assert_eq!(page.text("tr[id=event-20] td"), format!("{said}“read again by two radiologists”"));
	}
	let page = Site::filled().await.get("/block/1/events").await;
	assert_eq!(page.text("tr[id=event-21] td"), "The owner set the call fee");
}

/// Two operators: one that is suspended, and slashed by a challenge since, and one that was admitted again.
async fn suspended() -> Site {
	Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			&format!(
				"INSERT INTO operators (account, signing_key, sealing_key, measurement, fee, status, registered_in) VALUES
					('{0}', '{0}', '0x02', '0x03', '10', 'registered', 0);
				INSERT INTO operator_events (height, event, operator, name, amount, reason, at) VALUES
					(0, 1, '{0}', 'OperatorAdmitted', NULL, NULL, 0),
					(1, 5, '{0}', 'OperatorSuspended', NULL, '<b>late</b> reports', 0),
					(1, 6, '{0}', 'OperatorSlashed', '2000000000000', NULL, 0),
					(1, 7, '{1}', 'OperatorSuspended', NULL, 'over by now', 0),
					(1, 8, '{1}', 'OperatorAdmitted', NULL, NULL, 0)",
				fill::ANNOTATOR,
				fill::COMPANY
			),
		)
		.await;
	})
	.await
}

#[tokio::test]
async fn events_of_an_operator_should_say_why() {
	let page = suspended().await.get("/block/1/events").await;
	let said = |event: &str| page.text(&format!("tr[id=event-{event}] td"));
	assert_eq!(said("5"), "The operator was suspended: “<b>late</b> reports”");
	assert_eq!(said("6"), "A part of the operator's bond was taken");
	assert_eq!(said("7"), "The operator was suspended: “over by now”");
}

#[tokio::test]
async fn operator_that_is_not_admitted_should_have_the_reason_beside_it() {
	let page = suspended().await.get("/sandbox").await;
	let standing = page.texts("section[aria-labelledby=operators] td[data-name=Status]");
	assert_eq!(standing, ["Registered, not admitted: “<b>late</b> reports”", "Admitted"]);
	assert!(!page.source.contains("<b>late"), "{}", page.source);
}

/// Two permits: one that the curators revoked, and one that its consumer did.
async fn revoked() -> Site {
	Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			&format!(
				"INSERT INTO permits (id, consumer, operator, purpose, code_hash, parameters_hash, output_cap, expires_at,
					operator_fee, status, requested_in, requested_at, changed_at) VALUES
					(1, '{0}', '{0}', 'training', '0x01', '0x02', '10', 0, 10, 'revoked', 0, 0, 0),
					(2, '{0}', '{0}', 'training', '0x01', '0x02', '10', 0, 10, 'revoked', 0, 0, 0);
				INSERT INTO permit_events (height, event, permit, name, account, reason, at) VALUES
					(0, 1, 1, 'Requested', '{0}', NULL, 0),
					(0, 2, 2, 'Requested', '{0}', NULL, 0),
					(1, 5, 1, 'Revoked', NULL, '<b>data</b> of patients', 0),
					(1, 6, 2, 'Revoked', '{0}', NULL, 0)",
				fill::COMPANY
			),
		)
		.await;
	})
	.await
}

#[tokio::test]
async fn events_of_a_permit_should_say_why() {
	let site = revoked().await;
	let page = site.get("/block/1/events").await;
	let said = |event: &str| page.text(&format!("tr[id=event-{event}] td"));
	assert_eq!((said("5"), said("6")), ("Revoked: “<b>data</b> of patients”".into(), "Revoked".into()));
	let steps = site.get("/permit/1").await.texts("tbody td:nth-child(2)");
	assert!(steps.contains(&"Revoked: “<b>data</b> of patients”".into()), "{steps:?}");
	let steps = site.get("/zh-CN/permit/1").await.texts("tbody td:nth-child(2)");
	assert!(steps.contains(&"已撤回：“<b>data</b> of patients”".into()), "{steps:?}");
}

#[tokio::test]
async fn permit_that_the_curators_revoked_should_have_the_reason_beside_it() {
	let page = revoked().await.get("/sandbox").await;
	let standing = page.texts("section[aria-labelledby=permits] td[data-name=Status]");
	let expected = ["Revoked", "Revoked: “<b>data</b> of patients”", "Completed, used for a derivation"];
	assert_eq!(standing, expected);
	assert!(!page.source.contains("<b>data"), "{}", page.source);
}

#[tokio::test]
async fn transaction_should_show_its_events() {
	let site = Site::filled().await;
	let numbers = |page: super::Page| page.texts("tbody th[data-name='#']");
	// The first event behind its last one is of nobody, that behind the next one's too.
	assert_eq!(numbers(site.get("/transaction/1-1").await), ["2", "3", "9"]);
	assert_eq!(numbers(site.get("/transaction/1-1?from=1-2").await), ["3", "9"]);
	assert!(numbers(site.get("/transaction/1-1?from=1-9").await).is_empty());
	let page = site.get("/transaction/1-1").await;
	assert_eq!(page.text("tr[id=event-9] td[data-name=Amount]"), "1.00 U");
	assert!(page.text(".facts").ends_with("Events8"), "{}", page.text(".facts"));
	let failed = site.get("/transaction/1-2").await;
	assert_eq!(
		failed.text("section[aria-labelledby=events] .empty"),
		"No event of this transaction is kept here."
	);
}

#[tokio::test]
async fn what_is_minted_and_bought_should_be_among_the_events() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			&format!(
				"UPDATE assets SET minted_in = 1, minted_event = 4 WHERE id = 12;
				INSERT INTO licences (asset, buyer, price, height, event, at, period)
					VALUES (1, '{0}', 300000000, 1, 5, 0, 24314);
				INSERT INTO operator_events (height, event, operator, name, amount, at)
					VALUES (1, 6, '{0}', 'BondToppedUp', '2000000000000', 0)",
				fill::COMPANY
			),
		)
		.await;
	})
	.await;
	let page = site.get("/transaction/1-1").await;
	assert_eq!(page.texts("tbody th[data-name='#']"), ["2", "3", "4", "5", "6", "9"]);
	let row = |event: &str| page.texts(&format!("tr[id=event-{event}] td")).join("|");
	assert_eq!(row("4"), "Asset registered|COMPANY-A-LUNG-1|5FHneW…694ty|");
	assert_eq!(row("5"), "Licence bought March 2026|CT-2025-0977|5FHneW…694ty|300.00 U");
	assert_eq!(row("6"), "The operator added to its bond||5FHneW…694ty|2.0000 LOOM");
}

#[tokio::test]
async fn event_should_lead_to_its_transaction() {
	let site = Site::filled().await;
	let page = site.get("/block/1/events").await;
	let of = ["1-1", "1-1", "1-1", "–", "–", "–", "–", "–", "–", "–"];
	assert_eq!(page.texts("tbody td[data-name=Transaction]"), of);
	for path in ["/block/1/events", "/asset/CT-2025-0312/receipts/0", "/asset/CT-2025-0312/receipts/1"] {
		let links = site.get(path).await.attributes("a[href^='/transaction/']", "href");
		assert!(
			!links.is_empty() && links.iter().all(|link| link == "/transaction/1-1"),
			"{path}: {links:?}"
		);
	}
}

#[tokio::test]
async fn events_of_an_earlier_index_should_be_of_no_transaction() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(store, "UPDATE extrinsics SET first_event = NULL, events = NULL").await;
	})
	.await;
	for (language, said) in [("", "It was indexed before"), ("/zh-CN", "索引此交易时")] {
		let page = site.get(&format!("{language}/transaction/1-1")).await;
		assert!(page.text("section[aria-labelledby=events] .empty").starts_with(said), "{}", page.source);
		assert!(page.texts("tr[id^=event-]").is_empty());
	}
	assert!(!site.get("/asset/CT-2025-0312/receipts/0").await.source.contains("/transaction/"));
	assert_eq!(site.get("/block/1/events").await.texts("tbody td[data-name=Transaction]"), ["–"; 10]);
}

#[tokio::test]
async fn page_that_takes_too_long_should_be_given_up() {
	// It takes calls and answers none.
	let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
	let node = format!("ws://{}", silent.local_addr().unwrap());
	let site = Site::beside(
		&node,
		async |store| fill::march(store).await,
		|_, settings| {
			settings.timeout = Duration::from_secs(1);
		},
	)
	.await;
	for language in ["", "/en", "/zh-CN"] {
		let answer = site.ask(&format!("{language}{}", fill::ANNOTATOR_PAGE), &[]).await;
		assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT, "{language}");
		let said = if language == "/zh-CN" { "此页面耗时过长" } else { "This page takes too long" };
		assert!(answer.text.contains(said) && answer.text.contains("name=\"q\""), "{}", answer.text);
	}
	assert_eq!(site.ask("/months", &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn settlement_should_be_followed_while_a_page_is_open() {
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(
			store,
			"INSERT INTO periods (period, assets, closed_in, closed_at) VALUES (24315, 4, 2, 0)",
		)
		.await;
	})
	.await;
	let page = site.get("/").await;
	assert_eq!(page.text("[data-live=next]"), "April 2026 is being settled");
	assert_eq!(page.texts("[data-live=settling] progress[data-each-block]").len(), 1);
	assert!(page.texts("[data-countdown]").is_empty());
	let page = Site::filled().await.get("/").await;
	assert_eq!(page.text("[data-live=next]"), "Next payout");
	assert_eq!(page.texts("[data-live=settling] [data-countdown]"), ["29 d 23 h"]);
	assert!(page.texts("[data-each-block]").is_empty());
	// What was settled last is exchanged too.
	assert!(page.text("[data-live=last]:not([hidden])").contains("March 2026, settled"));
	assert_eq!(page.text("[data-live=month]"), "April 2026 so far");
	assert_eq!(Site::empty().await.get("/").await.texts("[data-live=last][hidden]"), [""]);
}

#[tokio::test]
async fn open_month_should_be_the_one_that_the_chain_opened() {
	// It slept through the end of April and all of May.
	let site = Site::over(async |store| {
		fill::march(store).await;
		fill::run(store, "INSERT INTO chain (name, value) VALUES ('month', '24317')").await;
		let used = "INSERT INTO month_sums (period, assets, calls, units, fees, reported) VALUES (24317, 1, 9, 9, 0, 0)";
		fill::run(store, used).await;
	})
	.await;
	let page = site.get("/").await;
	assert_eq!(page.text("[data-live=month]"), "June 2026 so far");
	assert_eq!(page.text("[data-live=calls]"), "9");
	assert_eq!(page.attributes("[data-countdown]", "data-countdown"), ["2026-07-01T00:00:00Z"]);
}

/// The first block of a chain, and no other.
async fn genesis(store: &Store) {
	fill::run(
		store,
		"INSERT INTO blocks (height, hash, parent, state_root, at, spec_version, extrinsics, events)
		VALUES (0, '0x00', '0x00', '0x00', 0, 1, 0, 0)",
	)
	.await;
}

#[tokio::test]
async fn no_month_should_be_open_before_the_first_block_behind_the_genesis() {
	for site in [Site::over(genesis).await, Site::empty().await] {
		for (language, month) in [("", "This month"), ("zh-CN", "本月")] {
			let page = site.get(&format!("/{language}")).await;
			assert!(page.texts("[data-countdown]").is_empty(), "{}", page.source);
			assert_eq!(page.text("[data-live=month]"), month);
		}
	}
}

#[tokio::test]
async fn feed_should_have_the_scheme_that_its_reader_came_by() {
	let site = Site::filled().await;
	let path = format!("{}/feed.atom", fill::ANNOTATOR_PAGE);
	let answer = site.ask(&path, &[("host", "h.example"), ("x-forwarded-proto", "https")]).await;
	assert!(answer.text.contains("href=\"https://h.example/asset/0/receipts/0\""), "{}", answer.text);
	let proxy = include_str!("../../../packaging/nginx/heirloom-explorer.conf");
	assert!(proxy.contains("proxy_set_header X-Forwarded-Proto $scheme;"));
}
