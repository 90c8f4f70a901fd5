// The reader verifies a payment: green only when it was recomputed from proofs, red for anything that was changed on its way.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { violations } from "../lib/axe.mjs";
import { openPage, SIZES } from "../lib/browser.mjs";
import { startProxy } from "../lib/proxy.mjs";
import { screenshots, setting, STATEMENT } from "../lib/setting.mjs";
import { changedOnTheWay, verified } from "../lib/verdict.mjs";

/** Opens the statement of the annotator, with what stands between. */
async function statement(between = async () => {}, language = "") {
	const { browser, explorer } = await setting();
	const opened = await openPage(browser);
	await between(opened.page);
	await opened.page.goto(`${explorer}${language}${STATEMENT}`);
	return opened;
}

/** Numbers that differ, with what each column says. */
async function differences(page) {
	return page.locator('.verify-checks tr[data-equal="false"]').evaluateAll((rows) =>
		rows.map((row) => [row.dataset.what, ...[...row.querySelectorAll("td")].map((cell) => cell.textContent)]),
	);
}

for (const [language, words] of [
	["", /^✓ Recomputed in your browser/],
	["/zh-CN", /^✓ 已在您的浏览器中/],
]) {
	test(`statement is verified in the browser (${language || "en"})`, async () => {
		const { page, context, complaints } = await statement(undefined, language);
		const { kind, text } = await verified(page);
		assert.equal(kind, "equal", text);
		assert.match(text, words);
		assert.deepEqual(await differences(page), []);
		const paid = page.locator('tr[data-what="paid"] td');
		assert.deepEqual((await paid.allInnerTexts()).slice(0, 3), Array(3).fill("2,000.00 U"));
		assert.deepEqual(complaints, []);
		await context.close();
	});
}

test("result says that a development chain has no votes", async () => {
	const { page, context } = await statement();
	await verified(page);
	assert.match(await page.locator(".verify-basis").first().innerText(), /development chain: no validators vote/);
	await context.close();
});

for (const [size, options] of Object.entries(SIZES)) {
	test(`result keeps nobody out and is drawn for a person to look at (${size})`, async () => {
		const { browser, explorer } = await setting();
		const { page, context } = await openPage(browser, options);
		await page.goto(`${explorer}${STATEMENT}`);
		await verified(page);
		assert.deepEqual(await violations(page), []);
		const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		assert.ok(wider <= 0, `${wider} pixels wider than the window`);
		await page.screenshot({ path: join(screenshots(size), "verified.png"), fullPage: true });
		await context.close();
	});
}

test("nothing is green before it was recomputed", async () => {
	const { page, context } = await statement();
	assert.equal(await page.locator(".verify-verdict").count(), 0);
	await context.close();
});

/** Everything by which a page shows an amount, of which another is shown. */
const OTHER_AMOUNTS = {
	paid: [["2000000000", "2000010000"], ["2000.000000", "2000.010000"], ["2,000.00", "2,000.01"]],
	shared: [["1600000000", "1600010000"], ["1600.000000", "1600.010000"], ["1,600.00", "1,600.01"]],
};

for (const [what, changes] of Object.entries(OTHER_AMOUNTS)) {
	test(`page that shows another amount is red: ${what}`, async () => {
		const { browser, explorer } = await setting();
		const change = (html) => changes.reduce((text, [is, other]) => text.replaceAll(is, other), html);
		const proxy = await startProxy(explorer, change);
		const { page, context } = await openPage(browser);
		await page.goto(`${proxy.url}${STATEMENT}`);
		const { kind } = await verified(page);
		assert.equal(kind, "different");
		const [, ours, chains, shown] = (await differences(page)).find(([step]) => step === what);
		assert.deepEqual([ours, chains, shown], [changes[2][0], changes[2][0], changes[2][1]].map((amount) => `${amount} U`));
		await context.close();
		proxy.stop();
	});
}

test("page whose text alone says another amount is red", async () => {
	const { page, context } = await statement();
	const shown = page.locator('[data-shows="paid"] data').first();
	assert.equal(await shown.innerText(), "2,000.00");
	await shown.evaluate((data) => (data.textContent = "2,100.00"));
	assert.equal((await verified(page)).kind, "different");
	assert.equal((await differences(page))[0][3], "2,100.00 U");
	await context.close();
});

test("page that leaves out a line is red", async () => {
	const { page, context } = await statement();
	await page.locator("[data-line]").first().evaluate((line) => line.remove());
	assert.equal((await verified(page)).kind, "different");
	await context.close();
});

test("proof that was changed on its way is red", async () => {
	const { page, context } = await statement((page) =>
		changedOnTheWay(page, (message) => {
			const answer = JSON.parse(message);
			const nodes = answer.result?.proof;
			if (nodes) nodes[0] = nodes[0].replace(/..$/, (byte) => (byte === "00" ? "01" : "00"));
			return JSON.stringify(answer);
		}),
	);
	const { kind, text } = await verified(page);
	assert.equal(kind, "refused");
	assert.match(text, /the proof does not lead from the block’s state root/);
	await context.close();
});

test("header of another state is red", async () => {
	const { page, context } = await statement((page) =>
		changedOnTheWay(page, (message) => {
			const answer = JSON.parse(message);
			if (answer.result?.stateRoot) answer.result.stateRoot = `0x${"11".repeat(32)}`;
			return JSON.stringify(answer);
		}),
	);
	const { kind, text } = await verified(page);
	assert.equal(kind, "refused");
	assert.match(text, /has a different hash/);
	await context.close();
});

test("node that is not there is said to be so", async () => {
	const { page, context } = await statement((page) => page.routeWebSocket(/.*/, (socket) => socket.close()));
	const { kind } = await verified(page);
	assert.equal(kind, "refused");
	await context.close();
});
