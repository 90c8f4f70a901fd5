// Every kind of page, in both languages, on a desk and on a phone: without complaints, usable by everybody, and drawn for
// a person to look at.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { violations } from "../lib/axe.mjs";
import { openPage, SIZES } from "../lib/browser.mjs";
import { crawl } from "../lib/crawl.mjs";
import { screenshots, setting, STATEMENT } from "../lib/setting.mjs";

const LANGUAGES = { en: "/en", "zh-CN": "/zh-CN" };

/** Pages that are taken for their kinds. */
const ASSET = "/asset/CT-2025-0312";
const FIRST = ["/", ASSET, STATEMENT, "/months/2026-03", `${ASSET}/receipts`, `${ASSET}/derivatives`];

/** The most that a first look at a page may transfer. */
const FIRST_LOAD_BYTES = 150_000;

let crawled;
function pages() {
	crawled ??= setting().then(({ explorer }) => crawl(explorer, FIRST));
	return crawled;
}

test("every link leads to a page", async () => {
	const found = await pages();
	assert.ok(found.length >= 12, `only ${found.length} kinds of pages: ${found.map(({ kind }) => kind)}`);
	assert.deepEqual(found.filter(({ status }) => status !== 200), []);
});

for (const [size, options] of Object.entries(SIZES)) {
	for (const [language, prefix] of Object.entries(LANGUAGES)) {
		test(`every page is sound on a ${size} in ${language}`, async (context) => {
			const { browser, explorer } = await setting();
			const folder = screenshots(`${size}-${language}`);
			const { page, context: opened, complaints } = await openPage(browser, options);
			for (const { kind, path } of (await pages()).filter(({ page }) => page)) {
				await context.test(kind, async () => {
					const answer = await page.goto(`${explorer}${prefix}${path === "/" ? "" : path}`);
					assert.equal(answer.status(), 200);
					const name = kind.slice(1).replaceAll("/", "-").replaceAll("*", "one") || "home";
					await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
					assert.equal(await page.getAttribute("html", "lang"), language);
					const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(wider <= 0, `${wider} pixels wider than the window`);
					assert.deepEqual(await violations(page), []);
					assert.deepEqual(complaints.splice(0), []);
				});
			}
			await opened.close();
		});
	}
}

test("first load of a page is small", async (context) => {
	const { browser, explorer } = await setting();
	for (const path of FIRST) {
		await context.test(path, async () => {
			// A context of its own has nothing kept from another page.
			const { page, context: opened } = await openPage(browser);
			const network = await opened.newCDPSession(page);
			await network.send("Network.enable");
			let bytes = 0;
			network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
			await page.goto(`${explorer}${path}`, { waitUntil: "load" });
			await page.waitForTimeout(500);
			context.diagnostic(`${path}: ${bytes} bytes`);
			assert.ok(bytes > 0 && bytes < FIRST_LOAD_BYTES, `${bytes} bytes`);
			await opened.close();
		});
	}
});

test("dark pages are as readable", async (context) => {
	const { browser, explorer } = await setting();
	const folder = screenshots("dark");
	const { page, context: opened } = await openPage(browser, { colorScheme: "dark" });
	for (const path of FIRST) {
		await context.test(path, async () => {
			await page.goto(`${explorer}${path}`);
			await page.screenshot({ path: join(folder, `${path.slice(1).replaceAll("/", "-") || "home"}.png`), fullPage: true });
			assert.deepEqual(await violations(page), []);
		});
	}
	await opened.close();
});
