// The story as people were told it: somebody uploads, a company uses it and derives a model, others use that, the month
// ends, and the record shows why it was that amount, verified in the browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../lib/browser.mjs";
import { client, request } from "../lib/platform.mjs";
import { until } from "../lib/process.mjs";
import { setting } from "../lib/setting.mjs";
import { CONTENT, chooseFile, connectWallet, fillUpload, sign } from "../lib/signing.mjs";
import { injectWallet } from "../lib/wallet.mjs";

const [DATA, MODEL] = ["STORY-DATA-1", "STORY-MODEL-1"];

test("a contributor uploads, is used, is paid, and verifies it", async (context) => {
	const { browser, explorer, node } = await setting();
	const { page, context: opened, complaints } = await openPage(browser);
	const wallet = await injectWallet(page, "//Alice");

	await context.test("uploads an asset", async () => {
		await page.goto(`${explorer}/upload`);
		await connectWallet(page);
		await chooseFile(page, "tutorial.txt", Buffer.from("hello world"));
		await page.locator("[data-file-note]", { hasText: "tutorial.txt" }).waitFor();
		await fillUpload(page, { handle: DATA, kind: "data", fee: "0.50", rate: "30", content: "" });
		await sign(page);
		assert.equal((await request(node, "lineage_asset", [DATA])).content, CONTENT);
	});

	await context.test("sees a company use it, live", async () => {
		const calls = page.locator('[data-live="calls"]');
		await until("the explorer has the asset", 30_000, async () => (await fetch(`${explorer}/asset/${DATA}`)).ok);
		await page.goto(`${explorer}/asset/${DATA}`);
		assert.equal(await calls.innerText(), "0");
		// Ten units at 0.50 U, and a model derived from it.
		const model = ["mint", MODEL, "--kind", "model", "--call-fee", "2", "--share-rate", "3000"];
		await client(node, [...model, "--from", "//Bob", "--parent", `${DATA}:trained-on:10`]);
		await until("the page shows the call", 30_000, async () => (await calls.innerText()) === "1");
	});

	await context.test("is paid when the month ends", async () => {
		await client(node, ["call", MODEL, "100", "--from", "//Charlie"]);
		await request(node, "clock_advanceTo", ["2026-05-01"]);
		const settled = async () => {
			await request(node, "clock_seal", [1]);
			return (await request(node, "royalty_progress", [])).settled === "2026-04";
		};
		await until("April is settled", 60_000, settled);
	});

	await context.test("reads why, and verifies it", async () => {
		const record = `${explorer}/asset/${DATA}/months/2026-04`;
		const stated = async () => (await (await fetch(record)).text()).includes("data-verify");
		await until("the explorer has the statement", 60_000, stated);
		await page.goto(record);
		// 100 × 2 U, of them 30 %, of them 80 %; and ten units of its own.
		const shown = async (name) => page.locator(`[data-shows="${name}"] data`).first().innerText();
		assert.deepEqual([await shown("shared"), await shown("callFees"), await shown("paid")], ["48.00", "5.00", "53.00"]);
		await page.click(".verify-run");
		const verdict = page.locator(".verify-verdict");
		await verdict.waitFor({ timeout: 60_000 });
		assert.equal(await verdict.getAttribute("data-verdict"), "equal", await verdict.innerText());
	});

	await context.test("finds the same in the record of payments", async () => {
		await page.goto(`${explorer}/account/${wallet.address}/record/2026-04`);
		const row = page.locator("#parts ~ .scroll tbody tr", { has: page.getByRole("link", { name: DATA, exact: true }) });
		assert.deepEqual((await row.locator("td").allInnerTexts()).slice(1), ["48.00", "5.00", "0.00", "53.00"].map((amount) => `${amount}\u00a0U`));
		const part = page.locator(`section[aria-label="${DATA}"]`);
		assert.match(await part.locator(".because").innerText(), /48\.00\sU/);
		const line = part.locator("tbody tr");
		assert.deepEqual(await line.locator("th").allInnerTexts(), [MODEL]);
		assert.match(await line.innerText(), /48\.00\sU/);
		assert.match(await page.locator("#parts ~ .soft").first().innerText(), /^✓/);
	});

	assert.deepEqual(complaints, []);
	await opened.close();
});
