//! The annotator's March, as the index writes it: her study, two models that a company derived from it, what they shared,
//! and the payment.

use heirloom_explorer::store::{Month, Pool, Store};

/// Alice, whose address any wallet knows.
pub const ANNOTATOR: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
/// Bob.
pub const COMPANY: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
pub const ANNOTATOR_PAGE: &str = "/account/5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
pub const RECORD_PAGE: &str = "/account/5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY/record";
pub const PAYMENT_PAGE: &str = "/account/5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY/record/2026-03";
pub const ALERTS_PAGE: &str = "/account/5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY/alerts";

/// March 2026.
const MARCH: u32 = 12 * 2026 + 2;
/// 2026-03-12T10:00:00Z.
const USED_AT: u64 = 1_773_309_600_000;
/// 2026-04-01T00:00:24Z.
const PAID_AT: u64 = 1_775_001_624_000;

/// Writes rows.
pub async fn run(store: &Store, sql: &str) {
	let Pool::Sqlite(pool) = store.pool() else { panic!("the tests' store is SQLite") };
	sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))
		.execute(pool)
		.await
		.unwrap_or_else(|error| panic!("{error}: {sql}"));
}

#[derive(Clone, Copy)]
struct Asset<'a> {
	id: u32,
	handle: &'a str,
	kind: &'a str,
	owner: &'a str,
	domain: &'a str,
	scenario: &'a str,
	quality: u32,
	impact: u32,
	children: u32,
	ancestors: u32,
	receipts: u32,
}

async fn asset(store: &Store, asset: Asset<'_>) {
	let Asset { id, handle, kind, owner, domain, scenario, quality, impact, children, ancestors, receipts } =
		asset;
	let lower = handle.to_lowercase();
	let sandboxed = if domain == "medical-imaging" { "'medical'" } else { "NULL" };
	run(
		store,
		&format!(
			"INSERT INTO assets (id, handle, handle_lower, kind, creator, owner, content, domain, scenario, terms, share_rate,
				call_fee, quality, attested, impact, sandboxed, status, minted, minted_in, generation, ancestors, children,
				receipts, receipts_hash)
			VALUES ({id}, '{handle}', '{lower}', '{kind}', '{owner}', '{owner}', 'bafkreicontent{id}', NULLIF('{domain}', ''),
				'{scenario}', 'share', 10000, '10810811', {quality}, 1, {impact}, {sandboxed}, 'active', {}, 0,
				{}, {ancestors}, {children}, {receipts}, '0x{id:064x}')",
			MARCH - 6,
			u32::from(ancestors > 0),
		),
	)
	.await;
}

/// Fills a store with the annotator's March.
pub async fn march(store: &Store) {
	chain(store).await;
	assets(store).await;
	uses(store).await;
	settlement(store).await;
	let mut tx = store.begin().await.unwrap();
	tx.summarise(Month(MARCH.into()), &[(37, 1)]).await.unwrap();
	tx.commit().await.unwrap();
}

async fn chain(store: &Store) {
	for (height, at) in [(0, USED_AT - 6_000), (1, USED_AT), (2, PAID_AT)] {
		run(
			store,
			&format!(
				"INSERT INTO blocks (height, hash, parent, state_root, at, spec_version, extrinsics, events, author) VALUES
				({height}, '0x{height:064x}', '0x{:064x}', '0x{:064x}', {at}, 1, 1, 3, '{COMPANY}')",
				height + 100,
				height + 200
			),
		)
		.await;
	}
	run(store, &format!("INSERT INTO cursor (id, height, hash) VALUES (1, 2, '0x{:064x}')", 2)).await;
	run(
		store,
		&format!(
			"INSERT INTO extrinsics (height, position, hash, pallet, call, signer, fee, fee_currency, ok, error, args,
				first_event, events) VALUES
			(1, 0, '0x{:064x}', 'Timestamp', 'set', NULL, NULL, NULL, 1, NULL, '{{\"now\":1}}', 0, 2),
			(1, 1, '0x{:064x}', 'Lineage', 'call', '{COMPANY}', '12345', 'U', 1, NULL, '{{\"asset\":0,\"units\":37}}', 2, 8),
			(1, 2, '0x{:064x}', 'Lineage', 'call', '{COMPANY}', '1', 'LOOM', 0, 'Lineage::NotFound: no such asset', '{{}}', 11, 2)",
			7_001,
			7_002,
			7_003
		),
	)
	.await;
	run(
		store,
		&format!(
			"INSERT INTO transfers (height, event, currency, sender, receiver, amount, at) VALUES
			(1, 9, 'U', '{COMPANY}', '{ANNOTATOR}', '1000000', {USED_AT}),
			(1, 10, 'LOOM', '{COMPANY}', '{ANNOTATOR}', '1500000000000', {USED_AT})"
		),
	)
	.await;
}

async fn assets(store: &Store) {
	run(store, "INSERT INTO domains (id, name, medical) VALUES (0, 'medical-imaging', 1), (1, 'code', 0)")
		.await;
	let study = Asset {
		id: 0,
		handle: "CT-2025-0312",
		kind: "data",
		owner: ANNOTATOR,
		domain: "medical-imaging",
		scenario: "Lung nodules, <b>three studies</b>",
		quality: 9_800,
		impact: 1_200,
		children: 2,
		ancestors: 0,
		receipts: 2,
	};
	let plain = Asset { id: 1, handle: "CT-2025-0977", scenario: "", quality: 8_500, ..study };
	asset(store, Asset { impact: 0, children: 0, receipts: 0, ..plain }).await;
	asset(store, study).await;
	for (id, handle) in [(12, "COMPANY-A-LUNG-1"), (13, "COMPANY-A-LUNG-2")] {
		let model = Asset { id, handle, kind: "model", owner: COMPANY, domain: "", ..plain };
		let model =
			Asset { scenario: "Finds nodules", impact: 0, children: 0, ancestors: 1, receipts: 0, ..model };
		asset(store, model).await;
		let parent = format!(
			"INSERT INTO parents (child, position, parent, relation) VALUES ({id}, 0, 0, 'trained_on')"
		);
		run(store, &parent).await;
	}
	run(
		store,
		&format!(
			"INSERT INTO changes (height, event, asset, name, detail, at) VALUES
			(1, 20, 0, 'Attested', '{{\"quality\":9800,\"impact\":1200,\"reason\":\"read again by two radiologists\"}}', {USED_AT}),
			(1, 21, 0, 'CallFeeSet', '{{\"call_fee\":\"10810811\"}}', {USED_AT})"
		),
	)
	.await;
}

async fn uses(store: &Store) {
	for (number, units, fee, permit) in [(0, 30, 324_324_330u64, "0"), (1, 7, 75_675_677, "NULL")] {
		run(
			store,
			&format!(
				"INSERT INTO receipts (asset, number, height, event, caller, units, paid_units, purpose, fee, permit, derivation,
					at, period, hash)
				VALUES (0, {number}, 1, {}, '{COMPANY}', '{units}', {units}, 'fine_tuning', {fee}, {permit}, 3, {USED_AT}, {MARCH},
					'0x{:064x}')",
				number + 2,
				number + 500
			),
		)
		.await;
	}
	run(
		store,
		&format!(
			"INSERT INTO usage (period, asset, calls, units, fees, callers) VALUES ({MARCH}, 0, 2, 37, 400000007, 1);
			INSERT INTO month_sums (period, assets, calls, units, fees, reported) VALUES
				({MARCH}, 1, 2, 37, 400000007, 15000000000);
			INSERT INTO domain_sums (period, domain, assets, calls, fees) VALUES
				({MARCH}, 'medical-imaging', 1, 2, 400000007);
			INSERT INTO account_sums (account, calls, spent, extrinsics) VALUES ('{COMPANY}', 2, 400000007, 2);
			INSERT INTO author_sums (author, blocks, last) VALUES ('{COMPANY}', 3, 2);
			UPDATE assets SET used_in = 1 WHERE id = 0"
		),
	)
	.await;
	run(
		store,
		&format!(
			"INSERT INTO revenues (height, event, period, asset, reporter, amount, at) VALUES
			(1, 30, {MARCH}, 12, '{COMPANY}', 9000000000, {USED_AT}), (1, 31, {MARCH}, 13, '{COMPANY}', 6000000000, {USED_AT})"
		),
	)
	.await;
	run(
		store,
		&format!(
			"INSERT INTO operators (account, signing_key, sealing_key, measurement, fee, status, registered_in) VALUES
			('{COMPANY}', '{COMPANY}', '0x01', '0x{:064x}', '1000000', 'admitted', 1)",
			9
		),
	)
	.await;
	run(
		store,
		&format!(
			"INSERT INTO permits (id, consumer, operator, purpose, code_hash, parameters_hash, output_cap, expires_at,
				operator_fee, status, consumed_into, requested_in, requested_at, changed_at, findings, reported_period)
			VALUES (0, '{COMPANY}', '{COMPANY}', 'fine_tuning', '0x01', '0x02', '4096', {PAID_AT}, 1000000, 'consumed', 12, 1,
				{USED_AT}, {USED_AT}, 4, {MARCH});
			INSERT INTO permit_uses (permit, asset, units, fee) VALUES (0, 0, '30', 324324330);
			INSERT INTO permit_events (height, event, permit, name, account, at) VALUES
				(1, 40, 0, 'Requested', '{COMPANY}', {USED_AT}), (1, 41, 0, 'Completed', '{COMPANY}', {USED_AT})"
		),
	)
	.await;
}

async fn settlement(store: &Store) {
	let report = format!(
		"{{\"formula\":\"V1\",\"assets\":4,\"active\":4,\"pairs\":2,\"pots\":2,\"earning\":1,\"payments\":1,\"undelivered\":0,\
		\"revenue\":\"15000000000\",\"call_fees\":\"400000007\",\"carried_in\":\"0\",\"shared\":\"1600000000\",\"held_in\":\"0\",\
		\"paid\":\"2000000000\",\"carried_out\":\"7\",\"held_out\":\"0\",\"pool\":\"13400000000\",\
		\"averages\":[9200,8500,null],\"closed_at\":{PAID_AT},\"closed_in\":2,\"reported_at\":{PAID_AT},\"reported_in\":2}}"
	);
	run(
		store,
		&format!(
			"INSERT INTO periods (period, assets, closed_in, closed_at, reported_in, reported_at, report) VALUES
			({MARCH}, 4, 2, {PAID_AT}, 2, {PAID_AT}, '{report}');
			INSERT INTO pots (asset, period, amount, total_weight) VALUES
				(12, {MARCH}, 9000000000, 135000), (13, {MARCH}, 6000000000, 135000);
			INSERT INTO statements (asset, period, weight, part_quality, part_usage, part_impact, bonus, quality, attested,
				average, rank, impact, units, gross, reported, shared, call_fees, carried_in, paid, carried_out, payee)
			VALUES (0, {MARCH}, 18000, 3000, 3000, 2000, 0, 9800, 1, 9200, 8000, 1200, 37, 400000007, 0, 1600000000,
				400000007, 0, 2000000000, 7, '{ANNOTATOR}');
			INSERT INTO payments (height, event, period, payee, amount, delivered, held_before, at) VALUES
				(2, 1, {MARCH}, '{ANNOTATOR}', 2000000000, 1, 0, {PAID_AT});
			INSERT INTO checks (kind, subject, height, ok, compared, expected, found, at) VALUES
				('receipts', '0', 2, 1, 2, '0xaa', '0xaa', {PAID_AT}),
				('statements', '2026-03', 2, 1, 1, 'x', 'x', {PAID_AT})"
		),
	)
	.await;
}
