// A nurse seals a study in the browser, keeps the key, and registers it; the owner's tool takes it from there.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { keyOf, opened, openedEnvelope } from "../../../explorer/web/tests/opened.mjs";
import { violations } from "../lib/axe.mjs";
import { openPage, SIZES } from "../lib/browser.mjs";
import { operator } from "../lib/operator.mjs";
import { request } from "../lib/platform.mjs";
import { directory, program, run, until } from "../lib/process.mjs";
import { screenshots, setting } from "../lib/setting.mjs";
import { chooseFile, chooseMedical, connectWallet, fillUpload, looksSealed, review, sign } from "../lib/signing.mjs";
import { injectWallet } from "../lib/wallet.mjs";

const ALICE = { address: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", id: "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d" };
const STUDY = randomBytes(3_500_000);
const HANDLE = "SEALED-2026-0001";
/** More than anybody waits for; a file of zeros takes no room. */
const LARGE_BYTES = 4 * 2 ** 30;
/** The page where a file is chosen, and what it asked of servers. */
async function upload(options = {}, prefix = "") {
	const { browser, explorer } = await setting();
	const all = await openPage(browser, { acceptDownloads: true, ...options });
	await injectWallet(all.page, "//Alice");
	const sent = [];
	all.page.on("request", (asked) => {
		if (asked.method() !== "GET") sent.push(`${asked.method()} ${asked.url()}`);
	});
	await all.page.goto(`${explorer}${prefix}/upload`);
	await all.page.locator('[data-seal] [type="checkbox"]').first().waitFor();
	return { ...all, sent };
}

const box = (page) => page.locator("[data-seal] > .check input");
const runButton = (page) => page.locator("[data-seal] > .stack > button");

/** Seals to an operator. */
async function seal(page, account) {
	await chooseFile(page, "study.dcm", STUDY);
	await chooseMedical(page);
	await page.check(`[data-seal] [value="${account}"]`);
	await runButton(page).click();
	await page.locator('[data-save="seal-save-key"]').waitFor({ timeout: 60_000 });
}

/** Saves a file under the name that the page gives it. */
async function saved(page, what, folder) {
	const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-save="${what}"]`)]);
	const path = join(folder, download.suggestedFilename());
	await download.saveAs(path);
	return path;
}

test("a study is sealed, kept and registered, and the owner's tool takes it", async (context) => {
	const { node } = await setting();
	const to = await operator(node);
	const folder = directory("heirloom-sealed-");
	const { page, context: all, complaints, sent } = await upload();
	let [content, key, sealed] = [];

	await context.test("seals it", async () => {
		await connectWallet(page);
		await seal(page, to.account);
		assert.equal(await box(page).isDisabled(), true);
		content = await page.inputValue('[name="content"]');
		assert.match(content, /^bafybei/);
		// Nothing was sent but questions to the node.
		assert.deepEqual(sent, []);
	});

	await context.test("does not register it while the key is not saved", async () => {
		await page.check('[name="kind"][value="data"]');
		await page.fill('[name="handle"]', HANDLE);
		await page.fill('[name="call_fee"]', "2");
		await review(page);
		assert.match(await page.locator("[data-signing] .bad").innerText(), /Save the data key first/);
	});

	await context.test("saves what it is handed", async () => {
		key = await saved(page, "seal-save-key", folder);
		sealed = await saved(page, "seal-save-ciphertext", folder);
		const envelope = await saved(page, "seal-save-envelope", folder);
		assert.deepEqual([key, sealed, envelope], [`${content}.key`, `${content}.sealed`, `${content}.${ALICE.address}.standing.json`].map((name) => join(folder, name)));
		assert.ok(opened(keyOf(readFileSync(key, "utf8")), readFileSync(sealed)).equals(STUDY));
		const genesis = (await request(node, "chain_getBlockHash", [0])).slice(2);
		const binding = { genesis, owner: ALICE.id, content };
		const inside = openedEnvelope(to.secret, JSON.parse(readFileSync(envelope, "utf8")), binding);
		assert.deepEqual(inside, keyOf(readFileSync(key, "utf8")));
	});

	await context.test("registers it", async () => {
		await fillUpload(page, { handle: HANDLE, kind: "data", fee: "2", content: "" });
		await sign(page);
		assert.equal((await request(node, "lineage_asset", [HANDLE])).content, content);
	});

	await context.test("hands it over with the owner's tool", async () => {
		const keys = join(folder, "keys");
		mkdirSync(keys, { mode: 0o700 });
		writeFileSync(join(keys, `${content}.key`), readFileSync(key));
		chmodSync(join(keys, `${content}.key`), 0o600);
		const exchange = join(folder, "clinic");
		const words = [sealed, "--sealed", "--url", node, "--owner", ALICE.address, "--keys", keys, "--to", `${to.account}=${exchange}`];
		// It opens all of the file before it hands any of it over.
		const { last } = await run(program("HEIRLOOM_SEAL", "sandbox", "release", "heirloom-seal"), [...words, "--json"]);
		assert.equal(JSON.parse(last.join("")).content, content);
		const envelope = readFileSync(join(exchange, "envelopes", `${content}.${ALICE.address}.standing.json`), "utf8");
		const genesis = (await request(node, "chain_getBlockHash", [0])).slice(2);
		assert.deepEqual(openedEnvelope(to.secret, JSON.parse(envelope), { genesis, owner: ALICE.id, content }), keyOf(readFileSync(key, "utf8")));
	});

	assert.deepEqual(complaints, []);
	await all.close();
});

for (const [size, options] of Object.entries(SIZES)) {
	for (const [language, prefix] of Object.entries({ en: "/en", "zh-CN": "/zh-CN" })) {
		test(`sealing is for everybody on a ${size} in ${language}`, async () => {
			const to = await operator((await setting()).node);
			const { page, context, complaints } = await upload(options, prefix);
			await connectWallet(page);
			await chooseMedical(page);
			await page.locator(`[data-seal] [value="${to.account}"]`).waitFor();
			assert.deepEqual(await violations(page), []);
			await seal(page, to.account);
			await page.screenshot({ path: join(screenshots(`${size}-${language}`), "upload-sealed.png"), fullPage: true });
			const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			assert.ok(wider <= 0, `${wider} pixels wider than the window`);
			assert.deepEqual(await violations(page), []);
			assert.deepEqual(complaints, []);
			await context.close();
		});
	}
}

test("envelopes are for the account that registers", async () => {
	const to = await operator((await setting()).node);
	const { page, context } = await upload();
	await connectWallet(page);
	await chooseFile(page, "study.dcm", STUDY);
	await chooseMedical(page);
	await page.check(`[data-seal] [value="${to.account}"]`);
	const owner = page.locator("[data-seal] .field input");
	assert.equal(await owner.inputValue(), ALICE.address);
	await owner.fill("5Grw");
	await runButton(page).click();
	await page.locator("[data-seal] .bad", { hasText: "An address of this chain" }).waitFor();
	await owner.fill(to.account);
	await runButton(page).click();
	await page.locator('[data-save="seal-save-key"]').waitFor({ timeout: 60_000 });
	await saved(page, "seal-save-key", directory("heirloom-sealed-"));
	await page.check('[name="kind"][value="data"]');
	await page.fill('[name="handle"]', "SEALED-2026-0002");
	await page.fill('[name="call_fee"]', "2");
	await review(page);
	assert.match(await page.locator("[data-signing] .bad").innerText(), /another account is about to register it/);
	await context.close();
});

test("a file of any size is read piece by piece, and left when the reader stops it", async () => {
	const path = join(directory("heirloom-large-"), "large.dcm");
	writeFileSync(path, "");
	truncateSync(path, LARGE_BYTES);
	const { page, context, complaints } = await upload();
	await box(page).check();
	await page.setInputFiles('[name="file"]', path);
	await runButton(page).click();
	const bar = page.locator("[data-seal] progress");
	const along = () => Number(document.querySelector("[data-seal] progress")?.value) > 8_000_000;
	await page.waitForFunction(along, undefined, { timeout: 120_000, polling: 100 });
	assert.equal(await bar.getAttribute("max"), String(LARGE_BYTES));
	assert.equal(page.workers().length, 1);
	await page.locator("[data-seal] .seal-state button").click();
	await page.locator("[data-seal] .bad", { hasText: "Stopped" }).waitFor();
	assert.equal(await page.inputValue('[name="content"]'), "");
	await until("the worker is gone", 10_000, async () => page.workers().length === 0);
	assert.deepEqual(complaints, []);
	await context.close();
});

test("a file that is sealed already is not sealed again", async () => {
	const { page, context } = await upload();
	await chooseMedical(page);
	await chooseFile(page, "study.sealed", looksSealed(randomBytes(200)));
	await page.locator("[data-file-note]", { hasText: "study.sealed is sealed already" }).waitFor();
	assert.equal(await runButton(page).isVisible(), false);
	assert.match(await page.inputValue('[name="content"]'), /^bafkrei/);
	await context.close();
});

test("what seals can reach no server", async () => {
	const { explorer } = await setting();
	const { page, context } = await upload();
	const [script] = await Promise.all([
		page.waitForRequest((asked) => /\/chunks\/worker-/.test(asked.url())),
		chooseFile(page, "tutorial.txt", Buffer.from("hello world")),
	]);
	await page.locator("[data-file-note]", { hasText: "tutorial.txt" }).waitFor();
	const [worker] = await Promise.all([page.waitForEvent("worker"), page.evaluate((url) => void (globalThis.kept = new Worker(url)), script.url())]);
	const reached = (url) => worker.evaluate((url) => fetch(url).then(() => "reached", () => "refused"), url);
	assert.equal(await reached(`${explorer}/api/v1/status`), "refused");
	await context.close();
});
