//! What is asked for: every page and every list of the API, about half of them of the assets that are used most.

use crate::platform::{Random, Size, account, handle};
use anyhow::{Context, Result};
use heirloom_explorer::store::Store;

/// Addresses of a kind of page.
#[derive(Clone, Debug)]
pub struct Kind {
	/// What it is called.
	pub name: &'static str,
	/// Whether it is of the API.
	pub api: bool,
	/// The addresses, which are asked for in turn.
	pub paths: Vec<String>,
}

/// Addresses of a kind.
const EACH: usize = 100;
/// The oldest assets, which most others come from.
const OLDEST: u64 = 1_000;

/// Pages, then the API. `{asset}`, `{paid}`, `{account}` and `{block}` become others each time; `{largest}` is the account that
/// owns most, `{first}` the asset that most others come from.
const PATHS: [(&str, &str); 48] = [
	("home", "/"),
	("search", "/search?q={name}"),
	("browse", "/browse?kind=model"),
	("browse a domain", "/browse?domain=law"),
	("asset", "/asset/{asset}"),
	("asset, the first", "/asset/{first}"),
	("its lineage", "/asset/{asset}/lineage"),
	("its derivatives", "/asset/{asset}/derivatives"),
	("its receipts", "/asset/{asset}/receipts"),
	("its statement", "/asset/{paid}/months/2026-03"),
	("its statement, the first", "/asset/{first}/months/2026-03"),
	("account", "/account/{account}"),
	("account, the largest", "/account/{largest}"),
	("its record", "/account/{account}/record"),
	("its payment", "/account/{account}/record/2026-03"),
	("its payment, the largest", "/account/{largest}/record/2026-03"),
	("its alerts", "/account/{account}/alerts"),
	("its alerts, the largest", "/account/{largest}/alerts"),
	("months", "/months"),
	("month", "/months/2026-03"),
	("in demand", "/demand"),
	("calculator", "/calculator?kind=model&quality=90&units=12"),
	("handbook", "/handbook"),
	("sandbox", "/sandbox"),
	("checks", "/checks"),
	("blocks", "/blocks"),
	("block", "/block/{block}"),
	("validators", "/validators"),
	("status", "/api/v1/status"),
	("assets", "/api/v1/assets?limit=100&after={number}-0"),
	("assets of a kind", "/api/v1/assets?kind=script&status=active&limit=100"),
	("asset", "/api/v1/assets/{asset}"),
	("its children", "/api/v1/assets/{asset}/children"),
	("its receipts", "/api/v1/assets/{asset}/receipts"),
	("its statement", "/api/v1/assets/{paid}/statements/2026-03"),
	("account", "/api/v1/accounts/{account}"),
	("account, the largest", "/api/v1/accounts/{largest}"),
	("its assets, the largest", "/api/v1/accounts/{largest}/assets"),
	("its payments", "/api/v1/accounts/{account}/payments"),
	("receipts", "/api/v1/receipts"),
	("month", "/api/v1/periods/2026-03"),
	("its payments", "/api/v1/periods/2026-03/payments"),
	("its statements", "/api/v1/periods/2026-03/statements"),
	("its demand", "/api/v1/periods/2026-03/demand"),
	("its domains", "/api/v1/periods/2026-03/domains"),
	("search", "/api/v1/search?q={name}"),
	("blocks", "/api/v1/blocks"),
	("validators", "/api/v1/validators"),
];

/// All kinds, on a platform of a size.
pub async fn kinds(store: &Store, size: Size) -> Result<Vec<Kind>> {
	let blocks = store.cursor().await?.context("nothing was indexed")?.height;
	let mut random = Random(7);
	let mut kinds = Vec::new();
	for (name, pattern) in PATHS {
		let paths = (0..EACH).map(|number| {
			let all = u64::from(size.assets);
			let below = if number % 2 == 0 { OLDEST.min(all) } else { all };
			let asset = random.below(below) as u32;
			// The first half of all assets was due something.
			let paid = asset % (size.assets / 2);
			let replaced = [
				("{asset}", handle(asset)),
				("{paid}", handle(paid)),
				("{first}", handle(0)),
				("{name}", handle(asset).to_lowercase()),
				("{number}", asset.to_string()),
				("{account}", account(1 + 2 * random.below(u64::from(size.payees / 2)) as u32).to_string()),
				("{largest}", account(0).to_string()),
				("{block}", random.below(blocks.unsigned_abs()).to_string()),
			];
			replaced.iter().fold(pattern.to_owned(), |path, (name, value)| path.replace(name, value))
		});
		kinds.push(Kind { name, api: pattern.starts_with("/api"), paths: paths.collect() });
	}
	Ok(kinds)
}
