// Everything that can be read can be read without scripts, and no form is dead without a word.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../lib/browser.mjs";
import { setting } from "../lib/setting.mjs";

const HANDLE = "CT-2025-0312";

/** Buttons that somebody can press to no effect, and disabled ones on a page that does not say why. */
async function deadButtons(page) {
	const said = (await page.locator("main .note", { hasText: "scripts" }).count()) > 0;
	return page.locator("form").evaluateAll((forms, said) => {
		const dead = (form, button) => (button.disabled ? !said : !form.hasAttribute("action"));
		return forms.flatMap((form) => [...form.querySelectorAll("button")].filter((button) => dead(form, button)).map(({ outerHTML }) => outerHTML));
	}, said);
}

async function plain(path) {
	const { browser, explorer } = await setting();
	const opened = await openPage(browser, { javaScriptEnabled: false });
	await opened.page.goto(`${explorer}${path}`);
	return opened;
}

test("a reader without scripts comes from the home page to the reason of a payment", async (context) => {
	const { page, context: opened, complaints } = await plain("/en");
	const main = page.locator("main");

	await context.test("by the search to the asset", async () => {
		assert.match(await page.locator("time").first().innerText(), /UTC|\d/);
		await page.fill('[name="q"]', HANDLE);
		await page.click("form.search button");
		assert.equal(new URL(page.url()).pathname, `/en/asset/${HANDLE}`);
		assert.deepEqual(await deadButtons(page), []);
	});

	await context.test("to why it was paid so much", async () => {
		await page.locator(`main a[href="/en/asset/${HANDLE}/months/2026-03"]`).first().click();
		assert.match(await page.locator(".because").first().innerText(), /1,600\.00 U/);
		assert.match(await page.locator('.sum[data-shows="paid"]').innerText(), /^2,000\.00\sU$/);
		// What a script would do here, a command does.
		assert.match(await page.locator("[data-verify]").innerText(), /heirloom verify 2026-03/);
	});

	await context.test("to the payment", async () => {
		await page.locator("#transfer ~ p a").click();
		assert.match(new URL(page.url()).pathname, /^\/en\/account\/5\w+\/record\/2026-03$/);
		assert.match(await main.innerText(), /2,000\.00\sU/);
	});

	await context.test("and reads it in Chinese", async () => {
		await page.click('.choices a[hreflang="zh-CN"]');
		assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
		assert.match(await page.locator("h1").innerText(), /2026/);
	});

	assert.deepEqual(complaints, []);
	await opened.close();
});

test("the calculator calculates without scripts", async () => {
	const { page, context } = await plain("/en/calculator");
	for (const [name, value] of Object.entries({ weight: "1.8", total: "13.5", revenue: "15000" })) await page.fill(`[name="${name}"]`, value);
	await page.locator('form:has([name="revenue"]) button').click();
	assert.match(await page.locator("#check ~ .because").innerText(), /1,600/);
	await page.locator('form:has([name="units"]) button').click();
	assert.ok(await page.locator("#estimate ~ .because").isVisible());
	await context.close();
});

test("an address leads to its assets without scripts", async () => {
	const { page, context } = await plain("/en/me");
	assert.match(await page.locator("[data-wallet] .note").innerText(), /needs scripts/);
	// As an Ethereum wallet shows it.
	await page.fill('[name="address"]', "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
	await page.locator("main form button").click();
	assert.equal(new URL(page.url()).pathname, "/en/account/5Ha8yXQgvWcvpFya1BmjtJX386xUskafNTzU4Zmb6B3UwYd9");
	await context.close();
});

for (const [path, instead] of [
	["/en/upload", /scripts.*heirloom mint --help/s],
	["/en/payout", /scripts.*heirloom claim --help/s],
]) {
	test(`${path} says without scripts what to do instead`, async () => {
		const { page, context } = await plain(path);
		const note = page.locator("main .note").first();
		assert.ok(await note.isVisible());
		assert.match(await note.innerText(), instead);
		assert.deepEqual(await deadButtons(page), []);
		await context.close();
	});
}

test("what is held is shown without scripts", async () => {
	const { page, context } = await plain("/en/payout");
	const payee = page.locator('form[data-claim] [name="payee"]');
	await payee.fill("5Ha8yXQgvWcvpFya1BmjtJX386xUskafNTzU4Zmb6B3UwYd9");
	await page.locator("form[data-claim] button:enabled").click();
	assert.match(await page.locator("[data-held]").innerText(), /^Nothing is held for 5Ha8yX/);
	await payee.fill("5Ha8yX");
	await page.locator("form[data-claim] button:enabled").click();
	assert.match(await page.locator("[data-held]").innerText(), /not an address/);
	await context.close();
});
