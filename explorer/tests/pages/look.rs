//! The lineage picture and what readers without eyes or mice find.

use super::{PAGES, Site};

#[tokio::test]
async fn lineage_should_have_a_link_for_each_asset() {
	let page = Site::filled().await.get("/asset/CT-2025-0312").await;
	assert_eq!(
		page.attributes("figure[data-picture] a[data-node]", "href"),
		["/asset/CT-2025-0312", "/asset/COMPANY-A-LUNG-1", "/asset/COMPANY-A-LUNG-2"]
	);
	assert_eq!(page.attributes("figure[data-picture] path.edge", "class").len(), 2);
}

/// The annotator's March, in which so many more models come from the same data.
async fn with_models(count: u32) -> Site {
	Site::over(async |store| {
		super::fill::march(store).await;
		let heirloom_explorer::store::Pool::Sqlite(pool) = store.pool() else {
			panic!("the tests' store is SQLite")
		};
		let sql = format!(
			"INSERT INTO assets SELECT id + 100 + n, 'M-' || n || '-' || id, 'm', kind, creator, owner, payee,
				payee_set_by, content, domain, scenario, terms, share_rate, price, call_fee, accuracy, speed_gain, quality, attested,
				impact, sandboxed, policy, status, minted, minted_at, minted_in, generation, ancestors, children, receipts,
				receipts_hash, used_in, minted_event
			FROM assets, (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {count}) SELECT n FROM c)
			WHERE id = 12;
			INSERT INTO parents (child, position, parent, relation) SELECT id, 0, 0, 'trained_on' FROM assets WHERE id > 100;
			UPDATE assets SET children = children + {count} WHERE id = 0"
		);
		sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(pool).await.unwrap();
	})
	.await
}

#[tokio::test]
async fn large_layers_should_be_folded() {
	let site = with_models(1_000).await;
	let page = site.get("/asset/CT-2025-0312").await;
	assert_eq!(page.texts("a.node.fold text:not(.under)"), ["+ 997"]);
	assert_eq!(page.attributes("a.node.fold", "href"), ["/asset/CT-2025-0312/lineage"]);
	let whole = site.get("/asset/CT-2025-0312/lineage").await;
	assert_eq!(whole.attributes("a[data-node]", "href").len(), 1_003);
	assert_eq!(whole.text(".lead"), "0 ancestors above, 1,002 derivatives below.");
}

#[tokio::test]
async fn whole_lineage_should_account_for_every_relative() {
	let whole = with_models(23_410).await.get("/asset/CT-2025-0312/lineage").await;
	assert_eq!(
		whole.text(".lead"),
		"0 ancestors above, 23,412 derivatives below. Of the derivatives, 9,999 are drawn one by one and 13,413 are folded. \
		A dashed node stands for those that are folded beside it, and leads to them."
	);
	assert_eq!(whole.attributes("a[data-node]", "href").len(), 10_001);
	assert_eq!(whole.texts("a.fold"), ["+ 13,413"]);
	assert_eq!(whole.attributes("a.fold", "href"), ["/asset/CT-2025-0312/derivatives"]);
}

#[tokio::test]
async fn every_field_should_have_a_name() {
	let site = Site::filled().await;
	for path in PAGES {
		let page = site.get(path).await;
		let labels = page.attributes("label[for]", "for");
		for id in page.attributes("input:not([type=hidden])[id]", "id") {
			assert!(labels.contains(&id), "{path}: {id}");
		}
		let all = page.attributes("input:not([type=hidden]), select", "name").len();
		let named = page.attributes("label input, label select", "name").len() + labels.len();
		assert_eq!(all, named, "{path}");
	}
}

#[tokio::test]
async fn ids_should_be_unique() {
	let site = Site::filled().await;
	for path in PAGES {
		let mut ids = site.get(path).await.attributes("[id]", "id");
		let count = ids.len();
		ids.sort();
		ids.dedup();
		assert_eq!(ids.len(), count, "{path}");
	}
}

/// Relative luminance of `#rrggbb`, as WCAG 2 defines it.
fn luminance(colour: &str) -> f64 {
	let part = |at: usize| {
		let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
		if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
	};
	0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn every_text_should_stand_out_from_what_it_stands_on() {
	let styles = include_str!("../../web/src/base.css");
	let colours = |name: &str| {
		let rest = styles.split_once(&format!("--{name}: light-dark(")).unwrap().1;
		let (light, rest) = rest.split_once(", ").unwrap();
		[light.to_owned(), rest.split_once(')').unwrap().0.to_owned()]
	};
	let contrast = |one: &str, other: &str| {
		let (one, other) = (luminance(one), luminance(other));
		(one.max(other) + 0.05) / (one.min(other) + 0.05)
	};
	let mut pairs =
		vec![("on-accent", "accent"), ("accent", "accent-soft"), ("ink", "accent-soft"), ("bad", "bad-soft")];
	for text in ["ink", "soft", "accent", "bad"] {
		pairs.extend(["paper", "card", "sunk"].map(|ground| (text, ground)));
	}
	for (text, ground) in pairs {
		for (text_colour, ground_colour) in colours(text).iter().zip(colours(ground)) {
			let contrast = contrast(text_colour, &ground_colour);
			assert!(contrast >= 4.5, "{text} {text_colour} on {ground} {ground_colour}: {contrast:.2}");
		}
	}
	// Borders of fields are what they are recognised by.
	for (line, ground) in colours("strong-line").iter().zip(colours("card")) {
		assert!(contrast(line, &ground) >= 3.0, "{line} on {ground}");
	}
}
