// A parent is taken out of the genealogy after a month was settled: that month is verified with the ancestors of then, and where
// a node does not keep those any more, the page says so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../lib/browser.mjs";
import { removeParent } from "../lib/disputes.mjs";
import { request } from "../lib/platform.mjs";
import { setting, STATEMENT } from "../lib/setting.mjs";
import { changedOnTheWay, verified } from "../lib/verdict.mjs";

/** More than a state remembers the hashes of: the way back to the report takes more than one step. */
const BLOCKS = 2_500;

let correcting;
/** Corrects the genealogy, once. Gives the block that reported the month: its number, its hash, and that of another one. */
function corrected() {
	correcting ??= setting().then(async ({ node }) => {
		const { reported_in: number } = await request(node, "royalty_period", ["2026-03"]);
		const [then, other] = await request(node, "chain_getBlockHash", [[number, number - 1]]);
		await removeParent(node, "COMPANY-A-LUNG-1", "CT-2025-0312");
		for (let sealed = 0; sealed < BLOCKS; sealed += 500) await request(node, "clock_seal", [500]);
		return { number, then, other };
	});
	return correcting;
}

/** Opens the statement and verifies it; `change` and `note` are those of `changedOnTheWay`. */
async function statement(change, note) {
	const { browser, explorer } = await setting();
	const { page, context } = await openPage(browser);
	if (change) await changedOnTheWay(page, change, note);
	await page.goto(`${explorer}${STATEMENT}`);
	const { kind, text } = await verified(page);
	const basis = kind === "refused" ? "" : await page.locator("[data-ancestors]").innerText();
	await context.close();
	return { kind, text, basis };
}

test("a month before a correction is verified with the ancestors of then", async () => {
	const { number } = await corrected();
	const { kind, text, basis } = await statement();
	assert.equal(kind, "equal", text);
	assert.match(basis, new RegExp(`from block ${number} .* proven here .* \\(steps back: [2-9]\\)`));
});

test("a node that keeps no old states shows other numbers, and the page says why", async () => {
	const { then, number } = await corrected();
	// What a node without --state-pruning archive answers.
	const asked = new Map();
	const forgets = (message) => {
		const answer = JSON.parse(message);
		if (asked.get(answer.id) !== then) return message;
		const error = { code: 4003, message: `Client error: UnknownBlock: State already discarded for ${then}` };
		return JSON.stringify({ jsonrpc: "2.0", id: answer.id, error });
	};
	const note = (message) => {
		const { id, method, params } = JSON.parse(message);
		if (method === "state_getReadProof") asked.set(id, params[1]);
	};
	const { kind, basis } = await statement(forgets, note);
	assert.equal(kind, "different");
	assert.match(basis, new RegExp(`no longer keeps the state of block ${number}`));
});

test("a node that names another block as the report's is refused", async () => {
	const { then, other, number } = await corrected();
	const { kind, text } = await statement((message) => message.replace(`"${then}"`, `"${other}"`));
	assert.equal(kind, "refused");
	assert.match(text, new RegExp(`block ${number}, as the node gave it, is not the one`));
});
