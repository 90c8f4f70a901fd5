// A contributor registers an asset and has its income paid elsewhere, with a wallet in the browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../lib/browser.mjs";
import { ADDRESS, injectEthereum, SHOWN } from "../lib/ethereum.mjs";
import { request } from "../lib/platform.mjs";
import { setting } from "../lib/setting.mjs";
import { CONTENT, chooseFile, chooseMedical, chooseTable, connectWallet, fillUpload, looksSealed, review, reviewTable, sign, wrongRows } from "../lib/signing.mjs";
import { injectWallet } from "../lib/wallet.mjs";

const HANDLE = "TUTORIAL-2026-0001";
const PAYEE = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

async function opened(path) {
	const { browser, explorer } = await setting();
	const all = await openPage(browser);
	const wallet = await injectWallet(all.page, "//Alice");
	await all.page.goto(`${explorer}${path}`);
	return { ...all, wallet };
}

async function asset(name) {
	const { node } = await setting();
	return request(node, "lineage_asset", [name]);
}

test("what is missing is said beside its field", async () => {
	const { page, context, wallet } = await opened("/upload");
	await connectWallet(page);
	await review(page);
	assert.deepEqual(await page.locator("form[data-upload] .wrong").evaluateAll((shown) => shown.map(({ id }) => id)), [
		"wrong-kind",
		"wrong-handle",
		"wrong-content",
		"wrong-call_fee",
	]);
	assert.deepEqual(wallet.signed, []);
	await context.close();
});

test("a contributor registers an asset", async () => {
	const { page, context, complaints, wallet } = await opened("/upload");
	await connectWallet(page);
	await page.fill('[name="scenario"]', "How to change a dressing, step by step");
	await chooseFile(page, "tutorial.txt", Buffer.from("hello world"));
	await page.locator("[data-file-note]", { hasText: "tutorial.txt" }).waitFor();
	await page.fill('[name="quality"]', "91.5");
	await fillUpload(page, { handle: HANDLE, kind: "data", fee: "0.50", content: "" });
	const words = await page.locator("[data-signing]").innerText();
	assert.match(words, /Register TUTORIAL-2026-0001 as data.*share 30 %.*0\.50 U/s);
	assert.match(words, /Fee: .* U/);
	assert.match(words, /Deposit/);
	await sign(page);
	assert.equal(wallet.signed.length, 1);
	// Good for some blocks only: an immortal era is one byte.
	assert.match(wallet.signed[0].era, /^0x[0-9a-f]{4}$/);
	const registered = await asset(HANDLE);
	assert.equal(registered.creator, wallet.address);
	assert.equal(registered.content, CONTENT);
	assert.equal(registered.call_fee, "500000");
	assert.deepEqual(complaints, []);
	await context.close();
});

test("a contributor with an Ethereum wallet and no LOOM registers an asset", async () => {
	const { browser, explorer } = await setting();
	const { page, context, complaints } = await openPage(browser);
	const wallet = await injectEthereum(page);
	await page.goto(`${explorer}/upload`);
	await connectWallet(page);
	await fillUpload(page, { handle: "ETHEREUM-2026-0001", kind: "script", fee: "0.25" });
	const words = await page.locator("[data-signing] .because").innerText();
	await sign(page, "U");
	// The wallet showed what the page said, and what commits to it.
	assert.equal(wallet.signed.length, 1);
	const [title, summary, hash] = wallet.signed[0].split("\n\n");
	assert.deepEqual([title, summary], ["Heirloom transaction", words]);
	assert.match(hash, /^0x[0-9a-f]{64}$/);
	assert.equal((await asset("ETHEREUM-2026-0001")).creator, ADDRESS);
	assert.deepEqual(complaints, []);
	await context.close();
});

test("a name that is taken is refused by the chain, in words", async () => {
	const { page, context } = await opened("/upload");
	await connectWallet(page);
	await fillUpload(page, { handle: HANDLE, kind: "script", fee: "1" });
	await page.click(".sign");
	const said = page.locator("[data-signing] .bad");
	await said.waitFor({ timeout: 60_000 });
	const words = /^The chain refused it in block \d+; the fee was taken\. Another asset has this name by now\. .* Lineage\.HandleTaken$/;
	assert.match(await said.innerText(), words);
	await context.close();
});

test("what is medical is registered with a sealed file only, from a table and from the form", async () => {
	const { page, context, wallet } = await opened("/upload");
	await connectWallet(page);
	const medical = page.locator("option[data-medical]").first();
	const row = `MEDICAL-1,data,${CONTENT},${await medical.getAttribute("data-domain")},share,30,1`;
	const wrong = async (files) => {
		await chooseTable(page, ["handle,kind,content,domain,terms,rate,call_fee", row], files);
		await reviewTable(page);
		return await wrongRows(page);
	};
	const [needed, ...others] = await wrong({});
	assert.match(needed, /^Row 2, content: data in a medical domain needs the sealed file/);
	assert.deepEqual(others, []);
	const unsealed = "Row 2, file: study.dcm is not sealed, and data in a medical domain has to be";
	assert.deepEqual(await wrong({ "study.dcm": Buffer.from("hello world") }), [unsealed]);
	const stray = "other.sealed belongs to no row: none names it or has its content id";
	assert.deepEqual(await wrong({ "other.sealed": looksSealed(Buffer.from("other")) }), [needed, stray]);
	await page.check('[name="kind"][value="data"]');
	for (const [name, value] of Object.entries({ handle: "MEDICAL-1", content: CONTENT, call_fee: "1" })) await page.fill(`[name="${name}"]`, value);
	await chooseMedical(page);
	await page.fill('[name="content"]', CONTENT);
	await review(page);
	assert.match(await page.locator("[data-signing] .bad").innerText(), /does not show whether its file is/);
	assert.equal(await page.locator(".sign").count(), 0);
	assert.deepEqual(wallet.signed, []);
	await context.close();
});

test("an account of a wallet leads to its assets", async () => {
	const { browser, explorer } = await setting();
	const { page, context, complaints } = await openPage(browser);
	await injectWallet(page, "//Alice", "//Bob");
	await page.goto(`${explorer}/zh-CN/me`);
	await connectWallet(page);
	// Of several none is chosen for the reader.
	assert.match(page.url(), /\/me$/);
	await page.locator("[data-wallet] select").last().selectOption(PAYEE);
	await page.waitForURL(`${explorer}/zh-CN/account/${PAYEE}`);
	assert.deepEqual(complaints, []);
	await context.close();
});

test("a payee of an Ethereum wallet is its account on this chain, and a mistyped one is none", async () => {
	const { page, context, wallet } = await opened(`/payout?asset=${HANDLE}`);
	await connectWallet(page);
	const payee = page.locator('form[data-bind] [name="payee"]');
	for (const mistyped of [`${PAYEE.slice(0, -1)}z`, SHOWN.slice(0, -1)]) {
		await payee.fill(mistyped);
		await page.click("form[data-bind] button");
		await page.locator("form[data-bind] .wrong", { hasText: "without typing errors" }).waitFor();
	}
	await payee.fill(SHOWN);
	await page.click("form[data-bind] button");
	await page.locator(".sign").waitFor({ timeout: 30_000 });
	assert.match(await page.locator("[data-signing]").innerText(), new RegExp(`pay the income of ${HANDLE} to ${ADDRESS}`));
	await sign(page);
	assert.equal((await asset(HANDLE)).payee, ADDRESS);
	assert.equal(wallet.signed.length, 1);
	await context.close();
});

test("income is paid to another wallet", async () => {
	const { page, context, complaints } = await opened(`/payout?asset=${HANDLE}`);
	await connectWallet(page);
	await page.fill('form[data-bind] [name="payee"]', PAYEE);
	await page.click("form[data-bind] button");
	await page.locator(".sign").waitFor({ timeout: 30_000 });
	assert.match(await page.locator("[data-signing]").innerText(), new RegExp(`pay the income of ${HANDLE} to ${PAYEE}`));
	await sign(page, "U");
	assert.equal((await asset(HANDLE)).payee, PAYEE);
	assert.deepEqual(complaints, []);
	await context.close();
});

test("what is held is claimed for a payee, and where nothing is the chain says so", async () => {
	const { page, context, wallet } = await opened("/payout");
	await connectWallet(page);
	await page.fill('form[data-claim] [name="payee"]', "nobody");
	await page.click("form[data-claim] button");
	assert.equal(await page.locator("form[data-claim] .wrong").count(), 1);
	await page.fill('form[data-claim] [name="payee"]', PAYEE);
	await page.click("form[data-claim] button");
	await page.locator(".sign").waitFor({ timeout: 30_000 });
	assert.match(await page.locator("[data-signing]").innerText(), new RegExp(`Pay ${PAYEE} what is held for it`));
	await page.click(".sign");
	const said = page.locator("[data-signing] .bad");
	await said.waitFor({ timeout: 60_000 });
	assert.match(await said.innerText(), /the fee was taken\. Nothing is held for this account\. Royalty\.NothingToClaim$/);
	assert.equal(wallet.signed.length, 1);
	await context.close();
});

test("many assets are registered from a table, or none where a row is wrong", async () => {
	const { page, context, complaints, wallet } = await opened("/upload");
	await connectWallet(page);
	const table = async (rows) => {
		await chooseTable(page, ["handle,kind,content,domain,scenario,terms,rate,price,call_fee", ...rows]);
		await reviewTable(page);
	};
	await table(["MANY-1,data,bafk1,nlp,,share,30,,1", "MANY-2,song,bafk2,nlp,,share,30,,1"]);
	assert.deepEqual(await wrongRows(page), ["Row 3, kind: Choose what it is"]);
	await table(["MANY-1,data,bafk1,nlp,,share,30,,1", "MANY-2,script,bafk2,,,buyout,,300,2"]);
	await page.locator(".sign").waitFor({ timeout: 30_000 });
	assert.equal(await page.locator("form[data-bulk] .wrong li").count(), 0);
	await sign(page);
	assert.equal(wallet.signed.length, 1);
	assert.deepEqual(
		[await asset("MANY-1"), await asset("MANY-2")].map(({ creator }) => creator),
		[wallet.address, wallet.address],
	);
	assert.deepEqual(complaints, []);
	await context.close();
});
