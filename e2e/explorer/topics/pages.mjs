// Every kind of page, in both languages, on a desk and on a phone: without complaints, usable by everybody, and drawn for
// a person to look at.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { violations } from "../lib/axe.mjs";
import { openPage, SIZES } from "../lib/browser.mjs";
import { crawl } from "../lib/crawl.mjs";
import { screenshots, setting, STATEMENT } from "../lib/setting.mjs";
import { connectWallet } from "../lib/signing.mjs";
import { injectWallet } from "../lib/wallet.mjs";

const LANGUAGES = { en: "/en", "zh-CN": "/zh-CN" };

/** Pages that are taken for their kinds. */
const ASSET = "/asset/CT-2025-0312";
const FIRST = ["/", ASSET, STATEMENT, "/months/2026-03", `${ASSET}/receipts`, `${ASSET}/derivatives`];

/** All kinds of pages that links lead to, and no others. */
const KINDS = [
	"/",
	"/account/*",
	"/account/*/alerts",
	"/account/*/record",
	"/account/*/record/*",
	"/asset/*",
	"/asset/*/derivatives",
	"/asset/*/lineage",
	"/asset/*/months/*",
	"/asset/*/receipts",
	"/asset/*/receipts/*",
	"/block/*",
	"/block/*/events",
	"/blocks",
	"/browse",
	"/calculator",
	"/checks",
	"/demand",
	"/handbook",
	"/me",
	"/months",
	"/months/*",
	"/payout",
	"/permit/*",
	"/sandbox",
	"/transaction/*",
	"/upload",
	"/validators",
];

/** Pages that come of what is typed, and of what is not there. */
const TYPED = [
	{ kind: "/search/many", path: "/search?q=CT-2025" },
	{ kind: "/search/none", path: "/search?q=nothing-like-this" },
	{ kind: "/nowhere", path: "/nowhere", status: 404 },
	{ kind: "/calculator/payout", path: "/calculator?weight=1.8&total=13.5&revenue=15000" },
	{ kind: "/calculator/estimate", path: "/calculator?kind=data&quality=98&units=37&impact=12&attested=on" },
	{ kind: "/calculator/wrong", path: "/calculator?weight=x&total=&revenue=" },
	{ kind: "/asset/one/months/none", path: `${ASSET}/months/2026-02` },
	{ kind: "/me/wrong", path: "/me?address=nobody" },
	{ kind: "/payout/held", path: "/payout?payee=5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY" },
];

/** The most that a first look at a page may transfer. */
const FIRST_LOAD_BYTES = 150_000;

let crawled;
function pages() {
	crawled ??= setting().then(({ explorer }) => crawl(explorer, FIRST));
	return crawled;
}

test("every link leads to a page", async () => {
	const found = await pages();
	const kinds = found.filter(({ page }) => page).map(({ kind }) => kind);
	assert.deepEqual(kinds.sort(), KINDS);
	assert.deepEqual(found.filter(({ status }) => status !== 200), []);
});

for (const [size, options] of Object.entries(SIZES)) {
	for (const [language, prefix] of Object.entries(LANGUAGES)) {
		test(`every page is sound on a ${size} in ${language}`, async (context) => {
			const { browser, explorer } = await setting();
			const folder = screenshots(`${size}-${language}`);
			const { page, context: opened, complaints } = await openPage(browser, options);
			const reached = (await pages()).filter(({ page }) => page);
			for (const { kind, path, status = 200 } of [...reached, ...TYPED]) {
				await context.test(kind, async () => {
					const answer = await page.goto(`${explorer}${prefix}${path === "/" ? "" : path}`);
					assert.equal(answer.status(), status);
					const name = kind.slice(1).replaceAll("/", "-").replaceAll("*", "one") || "home";
					await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
					assert.equal(await page.getAttribute("html", "lang"), language);
					const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(wider <= 0, `${wider} pixels wider than the window`);
					assert.deepEqual(await violations(page), []);
					// The browser itself complains of a page that is not there.
					const other = complaints.splice(0).filter((complaint) => status === 200 || !/status of 404/.test(complaint));
					assert.deepEqual(other, []);
				});
			}
			await opened.close();
		});
	}
}

for (const [size, options] of Object.entries(SIZES)) {
	test(`forms with a wallet and with errors keep nobody out on a ${size}`, async (context) => {
		const { browser, explorer } = await setting();
		const folder = screenshots(`${size}-en`);
		for (const [path, form] of [["/me"], ["/upload", "form[data-upload]"], ["/payout", "form[data-bind]"]]) {
			await context.test(path, async () => {
				const { page, context: opened, complaints } = await openPage(browser, options);
				const look = async (what) => {
					await page.screenshot({ path: join(folder, `${path.slice(1)}-${what}.png`), fullPage: true });
					assert.deepEqual(await violations(page), [], what);
					const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(wider <= 0, `${wider} pixels wider than the window ${what}`);
				};
				await page.goto(`${explorer}${path}`);
				await page.locator("[data-said]:not([hidden])").waitFor();
				await look("without a wallet");
				await injectWallet(page, "//Alice", "//Bob");
				await page.reload();
				await connectWallet(page);
				await look("with a wallet");
				if (form) {
					await page.locator(`${form} button[data-with-script]`).last().click();
					await page.locator(`${form} .wrong`).first().waitFor();
					await look("with errors");
				}
				assert.deepEqual(complaints, []);
				await opened.close();
			});
		}
	});
}

test("first load of a page is small", async (context) => {
	const { browser, explorer } = await setting();
	for (const path of FIRST) {
		await context.test(path, async () => {
			// A context of its own has nothing kept from another page.
			const { page, context: opened } = await openPage(browser);
			const network = await opened.newCDPSession(page);
			await network.send("Network.enable");
			const scripts = [];
			page.on("request", (asked) => asked.resourceType() === "script" && scripts.push(new URL(asked.url()).pathname));
			let bytes = 0;
			network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
			await page.goto(`${explorer}${path}`, { waitUntil: "load" });
			await page.waitForTimeout(500);
			context.diagnostic(`${path}: ${bytes} bytes`);
			assert.ok(bytes > 0 && bytes < FIRST_LOAD_BYTES, `${bytes} bytes`);
			// It verifies nothing, draws nothing and signs nothing.
			if (path === "/") assert.deepEqual(scripts, ["/assets/main.js"]);
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
