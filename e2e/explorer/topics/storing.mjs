// A file goes from the upload page into an IPFS node of the reader's own, or says why not.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { keyOf, opened } from "../../../explorer/web/tests/opened.mjs";
import { violations } from "../lib/axe.mjs";
import { openPage, SIZES } from "../lib/browser.mjs";
import { startKubo } from "../lib/kubo.mjs";
import { request } from "../lib/platform.mjs";
import { atEnd, directory, freePort, until } from "../lib/process.mjs";
import { screenshots, setting } from "../lib/setting.mjs";
import { CONTENT, chooseFile, chooseMedical, chooseTable, connectWallet, looksSealed, reviewTable, sign, wrongRows } from "../lib/signing.mjs";
import { injectWallet } from "../lib/wallet.mjs";

/** Of more than one leaf, and no whole number of them. */
const FILE = randomBytes(3_500_000);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The part of the page that adds a file, and the one that adds those of a table. */
const [ONE, MANY] = ["[data-storage]", "[data-storage-many]"];

/** The upload page, with a wallet where one is named, and what it sent to anybody. */
async function upload({ wallet, ...options } = {}, prefix = "") {
	const { browser, explorer } = await setting();
	const all = await openPage(browser, { acceptDownloads: true, ...options });
	if (wallet) await injectWallet(all.page, wallet);
	const sent = [];
	all.page.on("request", (asked) => {
		if (asked.method() !== "GET") sent.push(new URL(asked.url()).origin);
	});
	await all.page.goto(`${explorer}${prefix}/upload`);
	for (const part of [ONE, MANY]) await all.page.locator(`${part} summary`).click();
	return { ...all, sent: () => [...new Set(sent)] };
}

const kubo = async () => startKubo([(await setting()).explorer]);
const button = (page, part = ONE) => page.locator(`${part} .form button`);
const contentOf = (page) => page.inputValue('[name="content"]');
/** Waits until the content id of the chosen file is there. */
const computed = (page) => page.waitForFunction(() => document.querySelector('[name="content"]').value !== "", undefined, { timeout: 120_000 });

async function add(page, address, part = ONE) {
	await page.fill(`${part} input[type="url"]`, address);
	await button(page, part).click();
}

/** What is said in the end. */
async function ends(page, part = ONE) {
	const end = page.locator(`${part} .note`);
	await end.waitFor({ timeout: 60_000 });
	return await end.innerText();
}

for (const [size, options] of Object.entries(SIZES)) {
	for (const [language, prefix] of Object.entries({ en: "/en", "zh-CN": "/zh-CN" })) {
		test(`a file is added to the reader's own node on a ${size} in ${language}`, async () => {
			const node = await kubo();
			const { page, context, complaints, sent } = await upload(options, prefix);
			await chooseFile(page, "Müller 50%.txt", FILE);
			await computed(page);
			assert.deepEqual(await violations(page), []);
			await add(page, node.url);
			const said = await ends(page);
			const content = await contentOf(page);
			assert.match(content, /^bafybei/);
			assert.ok(said.includes(content), said);
			assert.deepEqual([...node.stored], [[content, { cid: content, name: content, bytes: FILE.length, sha256: sha256(FILE) }]]);
			// It went to the node, and to nobody else.
			assert.deepEqual(sent(), [node.url]);
			await page.screenshot({ path: join(screenshots(`${size}-${language}`), "upload-stored.png"), fullPage: true });
			const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			assert.ok(wider <= 0, `${wider} pixels wider than the window`);
			assert.deepEqual(await violations(page), []);
			assert.deepEqual(complaints, []);
			await context.close();
		});
	}
}

test("of a sealed file the ciphertext is added, and nothing before it is sealed", async () => {
	const node = await kubo();
	const { page, context, complaints } = await upload();
	await add(page, node.url);
	assert.match(await ends(page), /^Choose a file first/);
	await chooseFile(page, "study.dcm", FILE);
	await chooseMedical(page);
	await button(page).click();
	await page.locator("[data-storage] .bad", { hasText: "Seal the file first" }).waitFor();
	assert.equal(node.asked, 0);
	await page.locator("[data-seal] > .stack > button").click();
	await page.locator('[data-save="seal-save-key"]').waitFor({ timeout: 60_000 });
	await button(page).click();
	await page.locator("[data-storage] .good").waitFor();
	const [content, folder] = [await contentOf(page), directory("heirloom-stored-")];
	const saved = async (what) => {
		const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-save="${what}"]`)]);
		await download.saveAs(join(folder, what));
		return readFileSync(join(folder, what));
	};
	const [key, ciphertext] = [await saved("seal-save-key"), await saved("seal-save-ciphertext")];
	assert.ok(opened(keyOf(key.toString("utf8")), ciphertext).equals(FILE));
	assert.deepEqual([...node.stored.values()], [{ cid: content, name: content, bytes: ciphertext.length, sha256: sha256(ciphertext) }]);
	assert.deepEqual(complaints, []);
	await context.close();
});

test("another content id than the page's own is refused, and none is filled in", async () => {
	const node = await kubo();
	node.takes = "old";
	const { page, context } = await upload();
	await chooseFile(page, "tutorial.txt", FILE);
	await computed(page);
	const content = await contentOf(page);
	await add(page, node.url);
	const said = await ends(page);
	const [other] = node.stored.keys();
	assert.match(other, /^Qm/);
	assert.ok(said.includes(other) && said.includes(content), said);
	assert.equal(await contentOf(page), "");
	// The same file, to a node that was brought up to date.
	node.takes = "all";
	await button(page).click();
	await page.locator("[data-storage] .good").waitFor();
	assert.equal(await contentOf(page), content);
	await context.close();
});

test("what goes wrong is told apart", async () => {
	const node = await kubo();
	const closed = await startKubo([]);
	const other = createServer((_, response) => response.writeHead(200, { "access-control-allow-origin": "*" }).end("<html>"));
	await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
	atEnd(() => other.close());
	const { page, context } = await upload();
	await chooseFile(page, "tutorial.txt", Buffer.from("hello world"));
	await computed(page);
	const content = await contentOf(page);
	const says = async (address, what) => {
		await add(page, address);
		await page.locator("[data-storage] .bad", { hasText: what }).waitFor({ timeout: 30_000 });
		await page.locator("[data-storage] .form button:enabled").waitFor();
		// The page's own id stands: the file can be registered all the same.
		assert.equal(await contentOf(page), content);
	};
	await says("http://192.0.2.1:5001", "An address on this computer");
	await says(`http://127.0.0.1:${await freePort()}`, "Nothing answers at");
	await says(closed.url, "does not let this page in");
	await says(`http://127.0.0.1:${other.address().port}`, "does not do so as a Kubo node does");
	node.takes = "none";
	await says(node.url, "no space left on device");
	node.takes = "breaks";
	await says(node.url, "broke off before it had the whole file");
	assert.deepEqual([node.stored.size, closed.stored.size], [0, 0]);
	await context.close();
});

test("a large file is sent piece by piece, and stays where it is when the reader stops", async () => {
	const node = await kubo();
	node.takes = "slow";
	const path = join(directory("heirloom-large-"), "weights.bin");
	writeFileSync(path, "");
	truncateSync(path, 256 * 2 ** 20);
	const { page, context } = await upload();
	await page.setInputFiles('[name="file"]', path);
	await computed(page);
	await add(page, node.url);
	await page.waitForFunction(() => document.querySelector("[data-storage] progress")?.value > 0);
	const sent = await page.locator("[data-storage] progress").evaluate(({ value, max }) => value / max);
	assert.ok(sent < 0.5, `${sent} of it had been sent at once to a node that takes its time`);
	await page.locator("[data-storage] .seal-state button").click();
	await page.locator("[data-storage] .bad", { hasText: "Stopped. The file was not added." }).waitFor();
	await until("the node is left", 10_000, async () => node.left === 1);
	// All of it, to a node that reads.
	node.takes = "all";
	await button(page).click();
	await page.locator("[data-storage] .good").waitFor({ timeout: 120_000 });
	assert.equal(node.stored.get(await contentOf(page)).bytes, 256 * 2 ** 20);
	// The file is taken away.
	rmSync(path);
	await button(page).click();
	await page.locator("[data-storage] .bad", { hasText: "cannot be read to its end" }).waitFor({ timeout: 30_000 });
	await context.close();
});

/** A table of three assets whose files are there: one by its name, one sealed, and one whose content id is stated too. */
async function chooseThree(page) {
	const medical = await page.locator("option[data-medical]").first().getAttribute("data-domain");
	const files = { "Müller 50%.txt": FILE, "study.sealed": looksSealed(randomBytes(2_000_000)), "hello.txt": Buffer.from("hello world") };
	const rows = ["1,data,,Müller 50%.txt,nlp", `2,data,,study.sealed,${medical}`, `3,script,${CONTENT},hello.txt,`];
	await chooseTable(page, [COLUMNS, ...rows.map((row) => `STORED-2026-000${row},share,30,1`)], files);
	return Object.values(files);
}

const COLUMNS = "handle,kind,content,file,domain,terms,rate,call_fee";
/** What the list of rows says of them: in each cell of each row. */
const listed = (page) => page.locator("[data-rows] tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));

for (const [size, options] of Object.entries(SIZES)) {
	for (const [language, prefix] of Object.entries({ en: "/en", "zh-CN": "/zh-CN" })) {
		test(`the files of a table are added in turn on a ${size} in ${language}`, async () => {
			const node = await kubo();
			const { page, context, complaints, sent } = await upload(options, prefix);
			const files = await chooseThree(page);
			assert.deepEqual(await violations(page), []);
			await add(page, node.url, MANY);
			const said = await ends(page, MANY);
			assert.ok(said.includes(node.url) && said.includes("3"), said);
			const stored = [...node.stored.values()];
			assert.deepEqual(stored.map(({ sha256 }) => sha256), files.map(sha256));
			// What files are called is told to nobody.
			assert.deepEqual(stored.map(({ name }) => name), [...node.stored.keys()]);
			const shown = await listed(page);
			assert.deepEqual(shown.map(([handle]) => handle), ["STORED-2026-0001", "STORED-2026-0002", "STORED-2026-0003"]);
			assert.deepEqual(shown.map(([, , bytes]) => bytes), ["3.5 MB", "2.0 MB", "0.0 kB"]);
			assert.deepEqual(shown.map(([, , , content]) => content), [...node.stored.keys()]);
			const added = language === "en" ? "added" : "已添加";
			assert.deepEqual(shown.map((cells) => cells.at(-1)), [added, added, added]);
			assert.deepEqual(sent(), [node.url]);
			await page.screenshot({ path: join(screenshots(`${size}-${language}`), "upload-many-stored.png"), fullPage: true });
			const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			assert.ok(wider <= 0, `${wider} pixels wider than the window`);
			assert.deepEqual(await violations(page), []);
			assert.deepEqual(complaints, []);
			await context.close();
		});
	}
}

test("nothing of a table is added while its rows and files do not agree, and nothing medical that is not sealed", async () => {
	const node = await kubo();
	const { page, context } = await upload();
	const medical = await page.locator("option[data-medical]").first().getAttribute("data-domain");
	const rows = [`A-1,data,,study.dcm,${medical}`, "A-2,data,,missing.txt,", `A-3,data,${CONTENT},notes.txt,`, "A-4,data,,hello.txt,nlp"];
	const files = { "study.dcm": FILE, "notes.txt": Buffer.from("notes"), "hello.txt": Buffer.from("hello world"), "stray.txt": Buffer.from("stray") };
	await chooseTable(page, [COLUMNS, ...rows.map((row) => `${row},share,30,1`)], files);
	await add(page, node.url, MANY);
	await page.locator(`${MANY} .bad`, { hasText: "What is wrong is named above" }).waitFor();
	const wrong = await wrongRows(page);
	assert.match(wrong[2], /^Row 4, content: notes\.txt has another content id: bafkrei\w+$/);
	assert.deepEqual(wrong.toSpliced(2, 1), [
		"Row 2, file: study.dcm is not sealed, and data in a medical domain has to be",
		"Row 3, file: missing.txt is not among the files that are chosen next to the table",
		"stray.txt belongs to no row: none names it or has its content id",
	]);
	assert.equal(node.asked, 0);
	// Another choice takes away what was said of the one before.
	await chooseTable(page, [COLUMNS, "A-4,data,,hello.txt,nlp,share,30,1"]);
	assert.equal(await page.locator("form[data-bulk] .wrong li").count(), 0);
	await context.close();
});

test("what is left of a table's files is added by the next attempt, and nothing twice", async () => {
	const node = await kubo();
	const { page, context } = await upload();
	const adds = [];
	page.on("request", (asked) => asked.url().includes("/api/v0/add") && adds.push(asked.url()));
	// It breaks off with the second file.
	Object.defineProperty(node, "takes", { configurable: true, get: () => (node.stored.size === 1 ? "breaks" : "all") });
	const files = await chooseThree(page);
	await add(page, node.url, MANY);
	assert.match(await ends(page, MANY), /^study\.sealed: The node at .* broke off/);
	assert.deepEqual((await listed(page)).map((cells) => cells.at(-1)), ["added", "–", "–"]);
	Object.defineProperty(node, "takes", { value: "all" });
	await button(page, MANY).click();
	await page.locator(`${MANY} .good`).waitFor({ timeout: 60_000 });
	assert.deepEqual([...node.stored.values()].map(({ sha256 }) => sha256), files.map(sha256));
	assert.equal(adds.length, 4);
	await context.close();
});

test("a table is registered with the content ids of its files, and not with one that became another in the node", async () => {
	const chain = (await setting()).node;
	const node = await kubo();
	const { page, context } = await upload({ wallet: "//Alice" });
	await connectWallet(page);
	await chooseThree(page);
	node.takes = "old";
	await add(page, node.url, MANY);
	assert.match(await ends(page, MANY), /^Müller 50%\.txt: The node gave the file another content id \(Qm\w+\)/);
	await reviewTable(page);
	assert.deepEqual(await wrongRows(page), ["Row 2, file: your IPFS node gave its file another content id: add it again, or choose the files again"]);
	node.takes = "all";
	node.stored.clear();
	await button(page, MANY).click();
	await page.locator(`${MANY} .good`).waitFor({ timeout: 60_000 });
	await reviewTable(page);
	await page.locator(".sign").waitFor({ timeout: 30_000 });
	const words = await page.locator("[data-signing]").innerText();
	assert.match(words, /Register 3 assets .*STORED-2026-0001, STORED-2026-0002, STORED-2026-0003/);
	assert.match(words, /Fee: .* U/);
	assert.match(words, /Deposit/);
	await sign(page);
	const contents = [];
	for (const number of [1, 2, 3]) contents.push((await request(chain, "lineage_asset", [`STORED-2026-000${number}`])).content);
	assert.deepEqual(contents, [...node.stored.keys()]);
	await context.close();
});

test("no other page reaches the reader's computer, and this one no other computer", async () => {
	const node = await kubo();
	const { explorer } = await setting();
	const { page, context } = await upload();
	/** Whether a page's own rules stop a request. */
	const stopped = (url) =>
		page.evaluate(async (url) => {
			const told = new Promise((resolve) => document.addEventListener("securitypolicyviolation", () => resolve(true), { once: true }));
			const asked = fetch(url, { method: "POST" }).then(() => false, () => new Promise((resolve) => setTimeout(resolve, 1_000, false)));
			return await Promise.race([told, asked]);
		}, url);
	const version = `${node.url}/api/v0/version`;
	assert.equal(await stopped(version), false);
	assert.equal(await stopped("http://192.0.2.1:5001/api/v0/version"), true);
	await page.goto(`${explorer}/payout`);
	assert.equal(await stopped(version), true);
	await context.close();
});
