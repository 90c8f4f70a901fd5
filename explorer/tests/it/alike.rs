//! SQLite and PostgreSQL: the same answers to the same questions.

use crate::{
	answers::{ask, json},
	database::Database,
	indexed, server,
};

#[tokio::test(flavor = "multi_thread")]
async fn both_databases_should_answer_alike() {
	let (sqlite, postgres) = (Database::sqlite(), Database::postgres());
	let small = server(indexed(&sqlite.index("explorer").await).await);
	let large = server(indexed(&postgres.index("explorer").await).await);
	let caller = json(&small, "/api/v1/receipts?limit=1").await["items"][0]["caller"].clone();
	let caller = caller.as_str().unwrap();
	let owner = json(&small, "/api/v1/assets/CT-2025-0312").await["owner"].clone();
	let owner = owner.as_str().unwrap();
	let block = json(&small, "/api/v1/blocks/7").await["hash"].clone();
	let mut paths: Vec<String> = [
		"/api/v1/assets?limit=1000",
		"/api/v1/assets?kind=model&domain=medical-imaging",
		"/api/v1/assets?status=active&limit=3&after=500-0",
		"/api/v1/assets/LUNG-DX-WEIGHTS",
		"/api/v1/assets/CT-2025-0312/statements/2026-03",
		"/api/v1/assets/CT-2025-0312/statements/2026-03/lines?limit=1",
		// Page by page from the pots' side, as of assets with more descendants.
		"/api/v1/assets/CT-2025-0312/statements/2026-03/lines?limit=1&after=0-1",
		"/api/v1/exports/assets/CT-2025-0312/statements/2026-03/lines",
		"/asset/CT-2025-0312/lineage",
		"/asset/COMPANY-A-LUNG-1/lineage",
		"/asset/CT-2025-0312",
		"/asset/CT-2025-0312/months/2026-03",
		"/asset/COMPANY-A-LUNG-1/months/2026-03",
		"/demand",
		"/block/7/events",
		"/api/v1/assets/CT-2025-0312/usage/2026-03",
		"/api/v1/blocks?limit=1000",
		"/api/v1/blocks/7/events?limit=3",
		"/api/v1/receipts?limit=1000",
		"/api/v1/domains",
		"/api/v1/periods",
		"/api/v1/periods/2026-03",
		"/api/v1/periods/2026-03/payments?limit=1000",
		"/api/v1/periods/2026-03/statements?limit=1000",
		"/api/v1/periods/2026-03/demand?limit=1000",
		"/api/v1/periods/2026-03/domains",
		"/api/v1/periods/2026-13",
		"/api/v1/validators",
		"/api/v1/permits",
		"/api/v1/operators",
		"/api/v1/checks",
		"/api/v1/search?q=ct-2025",
		"/api/v1/search?q=%00",
		"/api/v1/search?q=7",
		"/api/v1/exports/periods/2026-03/payments",
		"/api/v1/exports/periods/2026-03/statements?format=json",
		"/api/v1/exports/assets/CT-2025-0312/receipts",
	]
	.map(Into::into)
	.into();
	for of in ["parents", "children", "receipts", "changes", "statements", "licences", "revenues", "permits"]
	{
		paths.push(format!("/api/v1/assets/CT-2025-0312/{of}"));
		paths.push(format!("/api/v1/assets/COMPANY-A-LUNG-1/{of}"));
	}
	for account in [caller, owner] {
		paths.push(format!("/api/v1/accounts/{account}"));
		for of in
			["assets", "receipts", "payments", "payments/2026-03", "statements/2026-03", "claims", "withheld"]
		{
			paths.push(format!("/api/v1/accounts/{account}/{of}"));
		}
		for of in ["transfers?limit=1000", "extrinsics?limit=1000"] {
			paths.push(format!("/api/v1/accounts/{account}/{of}"));
		}
		for of in ["payments", "statements", "receipts", "withheld"] {
			paths.push(format!("/api/v1/exports/accounts/{account}/{of}"));
		}
	}
	let used_in = json(&small, "/api/v1/assets/CT-2025-0312/receipts/0").await["height"].clone();
	paths.push("/asset/CT-2025-0312/receipts/0".into());
	paths.push(format!("/block/{used_in}/events"));
	paths.push(format!("/api/v1/blocks/{used_in}/events?limit=1000"));
	paths.push(format!("/transaction/{used_in}-1"));
	let hash = block.as_str().unwrap();
	paths.extend([format!("/api/v1/blocks/{hash}"), format!("/api/v1/blocks/{hash}/extrinsics?limit=1000")]);
	for path in paths {
		let (left, right) = (ask(&small, &path).await, ask(&large, &path).await);
		assert!(!left.0.is_server_error(), "{path}: {}", String::from_utf8_lossy(&left.1));
		assert_eq!(String::from_utf8_lossy(&left.1), String::from_utf8_lossy(&right.1), "{path}");
		assert_eq!(left.0, right.0, "{path}");
	}
}
