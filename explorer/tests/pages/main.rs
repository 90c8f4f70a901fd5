//! The pages on a store that holds the annotator's March: what they say, that they are well-formed, that no link is dead.

mod calculation;
mod chain;
mod crawl;
mod fill;
mod formula;
mod languages;
mod light;
mod look;
mod messages;
mod own;
mod payout;
mod tax;

use axum::{
	Router,
	body::Body,
	http::{Request, Response, StatusCode, header},
};
use heirloom_explorer::{
	State, app, chain::Node, light::LightClient, rates::RatesFile, settings::Settings, store::Store,
};
use scraper::{Html, Selector};
use std::{path::Path, sync::Arc};
use tower::ServiceExt;

/// A site whose node does not answer.
struct Site {
	app: Router,
	_folder: tempfile::TempDir,
}

/// What came back.
struct Answer {
	status: StatusCode,
	headers: header::HeaderMap,
	text: String,
}

impl Site {
	/// A site over an empty store.
	async fn empty() -> Self {
		Self::over(async |_| ()).await
	}

	/// A site over a store with the annotator's March.
	async fn filled() -> Self {
		Self::over(async |store| fill::march(store).await).await
	}

	async fn over(fill: impl AsyncFnOnce(&Store)) -> Self {
		Self::made(fill, |_, _| ()).await
	}

	/// A site whose operator names rates.
	async fn with_rates(fill: impl AsyncFnOnce(&Store), rates: &str) -> Self {
		Self::made(fill, |folder, settings| {
			let path = folder.join("rates.csv");
			std::fs::write(&path, format!("date,currency,price\n{rates}")).unwrap();
			settings.rates = Some(Arc::new(RatesFile::open(&path).unwrap()));
		})
		.await
	}

	/// A site whose operator names a specification for light clients.
	async fn with_light_client(spec: &'static str) -> Self {
		let client = Arc::new(LightClient::new(spec.into()).unwrap());
		Self::made(async |_| (), |_, settings| settings.light_client = Some(client)).await
	}

	async fn made(fill: impl AsyncFnOnce(&Store), set: impl FnOnce(&Path, &mut Settings)) -> Self {
		// Nothing listens at port 1.
		Self::beside("ws://127.0.0.1:1", fill, set).await
	}

	/// A site with a node at an address.
	async fn beside(
		node: &str,
		fill: impl AsyncFnOnce(&Store),
		set: impl FnOnce(&Path, &mut Settings),
	) -> Self {
		let folder = tempfile::tempdir().unwrap();
		let store = Store::open(&format!("sqlite:{}", folder.path().join("x.db").display())).await.unwrap();
		fill(&store).await;
		let mut settings =
			Settings { requests_per_second: 1_000_000, burst: 1_000_000, ..Settings::default() };
		set(folder.path(), &mut settings);
		let state = State::new(store, Arc::new(Node::new(node)), settings);
		Self { app: app(state), _folder: folder }
	}

	async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
		let mut request = Request::builder().uri(path);
		for (name, value) in headers {
			request = request.header(*name, *value);
		}
		let response: Response<Body> =
			self.app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
		let (parts, body) = response.into_parts();
		let bytes = axum::body::to_bytes(body, 64 << 20).await.unwrap();
		let text = String::from_utf8(bytes.to_vec()).unwrap();
		Answer { status: parts.status, headers: parts.headers, text }
	}

	/// The page at a path, which must be there.
	async fn get(&self, path: &str) -> Page {
		let answer = self.ask(path, &[]).await;
		assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
		Page { html: Html::parse_document(&answer.text), source: answer.text }
	}
}

/// A page as a browser reads it.
struct Page {
	html: Html,
	source: String,
}

impl Page {
	/// The text of each element that a selector finds, with single spaces.
	fn texts(&self, selector: &str) -> Vec<String> {
		let selector = Selector::parse(selector).unwrap();
		let text = |element: scraper::ElementRef| {
			let text: String = element.text().collect();
			text.split_whitespace().collect::<Vec<_>>().join(" ")
		};
		self.html.select(&selector).map(text).collect()
	}

	/// The text of the first.
	fn text(&self, selector: &str) -> String {
		self.texts(selector).into_iter().next().unwrap_or_else(|| panic!("no {selector} in {}", self.source))
	}

	/// An attribute of each element that a selector finds.
	fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
		let selector = Selector::parse(selector).unwrap();
		self.html.select(&selector).filter_map(|element| element.attr(name)).map(str::to_owned).collect()
	}
}

/// Paths of one page of each kind.
const PAGES: [&str; 34] = [
	"/",
	"/browse",
	"/search?q=nothing-like-this",
	"/asset/CT-2025-0312",
	"/asset/CT-2025-0312/lineage",
	"/asset/CT-2025-0312/derivatives",
	"/asset/CT-2025-0312/receipts",
	"/asset/CT-2025-0312/receipts/0",
	"/asset/CT-2025-0312/months/2026-03",
	"/asset/CT-2025-0312/months/2026-02",
	"/asset/CT-2025-0977",
	"/me",
	"/me?address=nobody",
	fill::ANNOTATOR_PAGE,
	fill::RECORD_PAGE,
	fill::PAYMENT_PAGE,
	fill::ALERTS_PAGE,
	"/months",
	"/months/2026-03",
	"/demand",
	"/calculator?weight=1.8&total=13.5&revenue=15000",
	"/calculator?kind=data&quality=98&units=37&impact=12&attested=on",
	"/handbook",
	"/upload",
	"/payout?asset=CT-2025-0312",
	"/payout?payee=nobody",
	"/sandbox",
	"/permit/0",
	"/checks",
	"/blocks",
	"/block/1",
	"/block/1/events",
	"/transaction/1-1",
	"/validators",
];
