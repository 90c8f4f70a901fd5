// What a person does on the pages where things are signed.

/** The content id of "hello world". */
export const CONTENT = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

/** Chooses the file of an asset. */
export function chooseFile(page, name, buffer) {
	return page.setInputFiles('[name="file"]', { name, mimeType: "application/octet-stream", buffer });
}

/** Chooses a medical domain, by its place in the list: names are in the page's language. */
export async function chooseMedical(page) {
	const value = await page.locator("option[data-medical]").first().getAttribute("value");
	await page.selectOption('[name="domain"]', value);
}

/** A file that is sealed, as far as can be seen without its key. */
export function looksSealed(rest) {
	return Buffer.concat([Buffer.from("\x89HLS\r\n\x1a\n", "latin1"), rest]);
}

/** Chooses a table of many assets, by its lines, and the files of its rows, by their names. */
export async function chooseTable(page, lines, files = {}) {
	const file = (name, buffer) => ({ name, mimeType: "application/octet-stream", buffer });
	await page.setInputFiles('[name="table"]', file("assets.csv", Buffer.from(lines.join("\n"))));
	await page.setInputFiles('[name="files"]', Object.entries(files).map(([name, buffer]) => file(name, buffer)));
}

/** Asks for what is to be signed for a table. */
export async function reviewTable(page) {
	await page.click("form[data-bulk] button");
}

/** What is wrong with a table. */
export async function wrongRows(page) {
	const lines = page.locator("form[data-bulk] .wrong li");
	await lines.first().waitFor();
	return await lines.allInnerTexts();
}

/** Connects the injected wallet. */
export async function connectWallet(page) {
	await page.click("[data-wallet] button");
	await page.locator("[data-wallet] option", { hasText: "Ada" }).first().waitFor({ state: "attached" });
}

/** Asks for what is to be signed. */
export async function review(page) {
	await page.locator("form[data-upload] button").last().click();
}

/** Fills in the form for an asset, and asks for what is to be signed. With no content, that of a chosen file stays. */
export async function fillUpload(page, { handle, kind, fee, rate, content = CONTENT }) {
	await page.check(`[name="kind"][value="${kind}"]`);
	await page.fill('[name="handle"]', handle);
	if (content) await page.fill('[name="content"]', content);
	if (rate) await page.fill('[name="rate"]', rate);
	await page.fill('[name="call_fee"]', fee);
	await review(page);
	await page.locator(".sign").waitFor({ timeout: 30_000 });
}

/** Signs, with the fee in LOOM or in U, and waits until it is done. */
export async function sign(page, feeIn = "LOOM") {
	if (feeIn === "U") await page.check('[name="in-u"]');
	await page.click(".sign");
	const end = page.locator("[data-signing] :is(.signed, .bad)");
	await end.waitFor({ timeout: 60_000 });
	const done = await end.evaluate(({ classList }) => classList.contains("signed"));
	if (!done) throw new Error(await end.innerText());
}
