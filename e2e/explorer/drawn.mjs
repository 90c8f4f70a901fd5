// How long a browser takes to show the first page, never having been there, and the lineage of many nodes.
//
// usage: node drawn.mjs URL-OF-THE-FIRST-PAGE URL-OF-THE-LINEAGE; prints the middle of several times as JSON

import { openPage, startBrowser } from "./lib/browser.mjs";
import { stopAll } from "./lib/process.mjs";

const ROUNDS = 5;

const middle = (numbers) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** From asking for a page to the frame behind the one that everything it loaded stands in, in milliseconds. */
async function shown(browser, url) {
	const { page, context } = await openPage(browser);
	await page.goto(url, { waitUntil: "load", timeout: 120_000 });
	const took = await page.evaluate(
		() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())))),
	);
	const nodes = await page.locator("[data-node]").count();
	await context.close();
	return { took, nodes };
}

const [first, lineage] = process.argv.slice(2);
const browser = await startBrowser();
try {
	const took = { first: [], lineage: [] };
	let nodes = 0;
	for (let round = 0; round < ROUNDS; round++) {
		took.first.push((await shown(browser, first)).took);
		const drawn = await shown(browser, lineage);
		took.lineage.push(drawn.took);
		nodes = drawn.nodes;
	}
	const figures = { first_load_ms: middle(took.first), lineage_ms: middle(took.lineage), lineage_nodes: nodes };
	console.log(JSON.stringify(figures));
} finally {
	await stopAll();
}
