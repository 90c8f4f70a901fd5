// Somebody's account cannot receive when a month is paid: the money waits for it, is shown, and is claimed in the browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../lib/browser.mjs";
import { decide } from "../lib/council.mjs";
import { client, request } from "../lib/platform.mjs";
import { until } from "../lib/process.mjs";
import { setting } from "../lib/setting.mjs";
import { connectWallet, sign } from "../lib/signing.mjs";
import { injectWallet } from "../lib/wallet.mjs";

const HANDLE = "HELD-2026-0001";
/** Dave, whose asset it is. */
const [URI, PAYEE] = ["//Dave", "5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy"];
const U_ID = 1;

/** What the payee has, in micro-U. */
async function balance(node) {
	const { last } = await client(node, ["--json", "balance", PAYEE]);
	return BigInt(JSON.parse(last.join("")).u);
}

/** The first day of the month after one. */
const after = (month) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)).toISOString().slice(0, 10);

/** Ends the open month, and waits until it is settled. */
async function settle(node) {
	const month = after((await progress(node)).settled).slice(0, 7);
	await request(node, "clock_advanceTo", [after(month)]);
	await until(`${month} is settled`, 60_000, async () => {
		await request(node, "clock_seal", [1]);
		return (await progress(node)).settled === month;
	});
}

const progress = (node) => request(node, "royalty_progress", []);

test("what could not be delivered is shown and claimed", async (context) => {
	const { browser, explorer, node } = await setting();
	const { page, context: opened, complaints } = await openPage(browser);
	const held = page.locator("[data-held]");
	let before;

	await context.test("is held while the account cannot receive", async () => {
		await client(node, ["mint", HANDLE, "--kind", "data", "--call-fee", "2", "--share-rate", "3000", "--from", URI]);
		await client(node, ["call", HANDLE, "5", "--from", "//Charlie"]);
		await decide(node, (tx) => tx.assets.block(U_ID, PAYEE));
		before = await balance(node);
		await settle(node);
		const shown = async () => (await (await fetch(`${explorer}/payout?payee=${PAYEE}`)).text()).includes("10.00");
		await until("the explorer has the payment", 60_000, shown);
		assert.equal(await balance(node), before);
	});

	await context.test("is shown for the account that is chosen, or typed", async () => {
		await injectWallet(page, "//Alice");
		await page.goto(`${explorer}/payout`);
		await connectWallet(page);
		await page.locator("[data-held]", { hasText: "Nothing is held for 5Grwva" }).waitFor();
		await page.fill('form[data-claim] [name="payee"]', PAYEE);
		await page.locator('form[data-claim] [name="payee"]').blur();
		await page.locator("[data-held]", { hasText: /Held for 5DAAn.*10\.00\sU/ }).waitFor();
	});

	await context.test("is not claimed while the account is blocked, which is said in words", async () => {
		await page.click("form[data-claim] button");
		await page.locator(".sign").waitFor({ timeout: 30_000 });
		await page.click(".sign");
		const said = page.locator("[data-signing] .bad");
		await said.waitFor({ timeout: 60_000 });
		assert.match(await said.innerText(), /^The chain refused it in block \d+; the fee was taken\. That account is blocked.* Token\.Blocked$/);
	});

	await context.test("is claimed once it can receive", async () => {
		await decide(node, (tx) => tx.assets.thaw(U_ID, PAYEE));
		await page.click("form[data-claim] button");
		await page.locator(".sign").waitFor({ timeout: 30_000 });
		await sign(page);
		assert.equal(await balance(node), before + 10_000_000n);
		await held.filter({ hasText: "Nothing is held for 5DAAn" }).waitFor({ timeout: 30_000 });
	});

	await context.test("stands in the record", async () => {
		await page.goto(`${explorer}/account/${PAYEE}/record`);
		assert.match(await page.locator("main").innerText(), /10\.00\sU/);
		assert.equal((await (await fetch(`${explorer}/api/v1/accounts/${PAYEE}/claims`)).json()).claims[0].amount, "10000000");
	});

	assert.deepEqual(complaints, []);
	await opened.close();
});
