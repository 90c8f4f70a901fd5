// Which block is final is seen by a light client in the browser, on a network of validators that vote; where it cannot be, the
// page says whose word it is instead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, startBrowser } from "../lib/browser.mjs";
import { startNetwork } from "../lib/network.mjs";
import { client, startExplorer } from "../lib/platform.mjs";
import { until } from "../lib/process.mjs";
import { changedOnTheWay, verified } from "../lib/verdict.mjs";

/** How long a month may take to be settled and known, and a light client to come to the newest block. */
const PATIENCE_MILLIS = 180_000;

/** The months in which the asset may have been used: they go by while the network starts. */
const MONTHS = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, "0")}`);

let started;
/**
 * The network with a month settled, in which the data got a share, an explorer with each specification, and a browser that trusts
 * the certificate of the network's proxy.
 */
function network() {
	started ??= startNetwork().then(async ({ node, specification, proxied, unreachable, proxy }) => {
		const serve = (spec) => startExplorer(node, ["--light-client", spec], "/months");
		const [explorer, secure, alone] = await Promise.all([specification, proxied, unreachable].map(serve));
		await client(node, ["call", "LIGHT-MODEL-1", "100", "--from", "//Charlie"]);
		let statement;
		const paid = async (site) => {
			for (const month of MONTHS) {
				const path = `/asset/LIGHT-DATA-1/months/${month}`;
				// 100 × 2 U, of them 30 %, of them 80 %.
				if ((await (await fetch(`${site}${path}`)).text()).includes('data-paid="48000000"')) statement = path;
			}
			return statement !== undefined;
		};
		for (const site of [explorer, secure, alone]) await until("a month is settled", PATIENCE_MILLIS, () => paid(site));
		const browser = await startBrowser([`--ignore-certificate-errors-spki-list=${proxy.trusted}`]);
		return { node, explorer, secure, alone, statement, proxy, browser };
	});
	return started;
}

/** Verifies on a site, and reads what it says. */
async function outcome(site, between = async () => {}) {
	const { browser, statement } = await network();
	const { page, context, complaints } = await openPage(browser);
	await between(page);
	const loaded = [];
	page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
	await page.goto(`${site}${statement}`);
	const before = [...loaded];
	const { kind, text } = await verified(page, PATIENCE_MILLIS);
	const basis = page.locator("[data-basis]");
	const said = kind === "refused" ? {} : { basis: await basis.getAttribute("data-basis"), why: await basis.innerText() };
	await context.close();
	return { kind, text, before, loaded, complaints, ...said };
}

test("a payment is verified in a block that a light client saw as final", async () => {
	const { explorer } = await network();
	const { kind, text, basis, why, complaints } = await outcome(explorer);
	assert.equal(kind, "equal", text);
	assert.equal(basis, "light", why);
	assert.match(why, /^A light client in this browser checked that block [1-9]\d* .* is final/);
	assert.deepEqual(complaints, []);
});

// A page may connect to nothing but what the specification names, so no other node told it.
test("a light client reaches a node through nginx, which has a certificate for it", async () => {
	const { secure, node, proxy } = await network();
	const opened = new Set();
	const watch = async (page) => page.on("websocket", (socket) => opened.add(socket.url()));
	const { kind, text, basis, why } = await outcome(secure, watch);
	assert.equal(kind, "equal", text);
	assert.equal(basis, "light", why);
	assert.deepEqual([...opened].sort(), [`${node}/`, `wss://localhost:${proxy.port}/`]);
});

test("the light client is loaded by who verifies", async () => {
	const { explorer } = await network();
	const { before, loaded } = await outcome(explorer);
	const light = (paths) => paths.filter((path) => /\/(light-client\/|assets\/chunks\/(client|worker)-)/.test(path));
	assert.deepEqual(light(before), []);
	assert.equal(light(loaded).length, 3, String(loaded));
});

test("a light client that reaches nobody leaves it to the node, and the page says so", async () => {
	const { alone } = await network();
	const { kind, text, basis, why } = await outcome(`${alone}/zh-CN`);
	assert.equal(kind, "equal", text);
	assert.equal(basis, "node", why);
	assert.match(why, /以节点 .* 的说法为准.*也试过此浏览器中的轻客户端/);
});

test("a node with another block than the validators voted for is red", async () => {
	const { explorer, node } = await network();
	const [asked, other] = [new Set(), `0x${"11".repeat(32)}`];
	const note = (message) => {
		const { id, method, params } = JSON.parse(message);
		if (method === "chain_getBlockHash" && typeof params[0] === "number") asked.add(id);
	};
	const change = (message) => {
		const answer = JSON.parse(message);
		return asked.has(answer.id) ? JSON.stringify({ ...answer, result: other }) : message;
	};
	const { kind, text } = await outcome(explorer, (page) => changedOnTheWay(page, change, note, new RegExp(node)));
	assert.equal(kind, "refused", text);
	assert.match(text, new RegExp(`a light client in this browser saw .* but the node ${node}/? has ${other} in its place`));
});
