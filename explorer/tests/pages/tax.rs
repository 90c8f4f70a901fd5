//! The yearly file: what arrived in a year, with its value in U or in another currency.

use super::{
	Site,
	fill::{self, ANNOTATOR, ANNOTATOR_PAGE, COMPANY, RECORD_PAGE},
};
use axum::http::StatusCode;
use heirloom_explorer::store::Store;

const HEAD: &str =
	"paid_at,month,block,entry,asset,kind,shared_u,call_fees_u,carried_in_u,paid_u,value,currency";

async fn year(site: &Site, query: &str) -> String {
	let answer = site.ask(&format!("{ANNOTATOR_PAGE}/year/2026{query}"), &[]).await;
	assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
	answer.text
}

#[tokio::test]
async fn year_should_be_a_file_with_the_value_at_payment_time() {
	let row = "2026-04-01T00:00:24Z,2026-03,2,asset,CT-2025-0312,data,1600.00,400.000007,0.00,2000.00";
	let plain = year(&Site::filled().await, "").await;
	assert_eq!(plain, format!("{HEAD}\n{row},2000.00,U\n"));

	let rates = "2026-03-31,EUR,0.9234\n2026-04-02,EUR,5\n2026-03-24,USD,1.1\n2026-04-02,JPY,161\n";
	let site = Site::with_rates(async |store| fill::march(store).await, rates).await;
	assert_eq!(year(&site, "").await, plain);
	let head = format!("{HEAD},rate,rate_date,no_value_because\n");
	assert_eq!(year(&site, "?currency=EUR").await, format!("{head}{row},1846.80,EUR,0.9234,2026-03-31,\n"));
	let why = "the last rate before is of 2026-03-24; more than 7 days old";
	assert_eq!(year(&site, "?currency=USD").await, format!("{head}{row},,USD,,,{why}\n"));
	let why = "no rate of this day or before";
	assert_eq!(year(&site, "?currency=JPY").await, format!("{head}{row},,JPY,,,{why}\n"));
}

#[tokio::test]
async fn currency_that_there_is_no_rate_of_should_be_refused() {
	let with = Site::with_rates(async |store| fill::march(store).await, "2026-03-31,EUR,1\n").await;
	for site in [Site::filled().await, with] {
		for currency in ["CHF", "eur", "U", ""] {
			let answer = site.ask(&format!("{ANNOTATOR_PAGE}/year/2026?currency={currency}"), &[]).await;
			assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{currency}");
		}
	}
}

/// A payment of which a part is held, and in which waits what could not be delivered before; and what was claimed behind it.
async fn disputed(store: &Store) {
	fill::march(store).await;
	let (march, at) = (12 * 2026 + 2, 1_775_001_624_000_i64);
	let claimed = at + 86_400_000;
	fill::run(
		store,
		&format!(
			"INSERT INTO withheld (height, event, period, derivative, ancestor, payee, amount, at) VALUES
				(2, 0, {march}, 12, 0, '{ANNOTATOR}', 300000000, {at});
			UPDATE payments SET amount = 1750000000, held_before = 50000000;
			INSERT INTO claims (height, event, payee, amount, at) VALUES
				(3, 0, '{ANNOTATOR}', 25500000, {claimed}), (3, 1, '{COMPANY}', 1, {claimed}),
				(1, 0, '{ANNOTATOR}', 7, 0)"
		),
	)
	.await;
}

#[tokio::test]
async fn rows_of_a_year_should_add_up_to_what_arrived() {
	let site = Site::with_rates(disputed, "2026-04-01,EUR,0.33333333\n").await;
	let file = year(&site, "?currency=EUR").await;
	let mut rows = csv::Reader::from_reader(file.as_bytes());
	let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
	let shown: Vec<_> = rows.iter().map(|row| [&row[3], &row[4], &row[9], &row[10]]).collect();
	assert_eq!(
		shown,
		[
			["asset", "CT-2025-0312", "2000.00", "666.67"],
			["withheld", "CT-2025-0312", "-300.00", "-100.00"],
			["held_before", "", "50.00", "16.67"],
			["claimed", "", "25.50", "8.50"],
		]
	);
	let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
	assert_eq!(rows.iter().map(|row| cents(&row[9])).sum::<i64>(), 175_000 + 2_550);
}

#[tokio::test]
async fn record_should_offer_the_currencies_that_there_are_rates_of() {
	let links = "main a[download]";
	let plain = Site::filled().await.get(&format!("/en{RECORD_PAGE}")).await;
	assert_eq!(plain.texts(links), ["2026 as a file (CSV)"]);
	let rates = "2026-03-31,EUR,1\n2026-03-31,USD,1\n";
	let site = Site::with_rates(disputed, rates).await;
	let english = site.get(&format!("/en{RECORD_PAGE}")).await;
	assert_eq!(
		english.texts(links)[..3],
		["2026 as a file (CSV)", "with values in EUR", "with values in USD"]
	);
	let chinese = site.get(&format!("/zh-CN{RECORD_PAGE}")).await;
	assert_eq!(chinese.texts(links)[1], "附 EUR 金额");
	for link in english.attributes(links, "href") {
		assert_eq!(site.ask(&link, &[]).await.status, StatusCode::OK, "{link}");
	}
}
