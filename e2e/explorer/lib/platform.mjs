// A real development chain with a scenario's month replayed and settled, and the real explorer that follows it.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADDRESS as ETHEREUM } from "./ethereum.mjs";
import { directory, freePort, program, root, run, start, until } from "./process.mjs";

/** How long each part may take, on a machine that may be busy. */
const PATIENCE_MILLIS = 180_000;

/**
 * Starts both.
 *
 * @returns {Promise<{ node: string, explorer: string }>} their addresses
 */
export async function startPlatform(scenario = "march-2026") {
	const node = await startChain(scenario);
	return { node, explorer: await startExplorer(node) };
}

async function startChain(scenario) {
	const binary = program("HEIRLOOM_NODE", "release", "heirloom-node");
	const work = directory("heirloom-explorer-chain-");
	const [spec, months] = [join(work, "spec.json"), join(root, "scenarios", scenario)];
	const port = String(await freePort());
	const url = `ws://127.0.0.1:${port}`;
	await client(url, ["scenario", "spec", months, "--node", binary, "--out", spec]);
	endow(spec, ETHEREUM);
	const alone = ["--no-prometheus", "--no-telemetry", "--pool-limit", "65536", "--pool-kbytes", "65536"];
	// The explorer reads from the first block on.
	const kept = ["--state-pruning", "archive", "--blocks-pruning", "archive"];
	const started = start(binary, ["--chain", spec, "--base-path", join(work, "chain"), "--rpc-port", port, ...alone, ...kept]);
	const listens = async () => Boolean(await request(url, "system_health", []));
	await until("the node listens", PATIENCE_MILLIS, listens, started);
	await client(url, ["replay", months]);
	return url;
}

/** Gives an account 100 U at genesis, and no LOOM. */
function endow(spec, address) {
	const json = JSON.parse(readFileSync(spec, "utf8"));
	json.genesis.runtimeGenesis.patch.assets.accounts.push([1, address, 100_000_000]);
	writeFileSync(spec, JSON.stringify(json));
}

/** Asks a node, by its WebSocket address. */
export async function request(node, method, params) {
	const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
	const headers = { "content-type": "application/json" };
	const answer = await fetch(node.replace("ws:", "http:"), { method: "POST", headers, body });
	const { result, error } = await answer.json();
	if (error) throw new Error(`${method}: ${error.message}`);
	return result;
}

/** Runs the client `heirloom` against a node. */
export function client(node, args) {
	return run(program("HEIRLOOM", "release", "heirloom"), ["--url", node, ...args]);
}

/** Starts the explorer with more options, and waits until it has a page. */
export async function startExplorer(node, options = [], path = "/months/2026-03") {
	const binary = program("HEIRLOOM_EXPLORER", "explorer", "release", "heirloom-explorer");
	const port = await freePort();
	const [address, work] = [`127.0.0.1:${port}`, directory("heirloom-explorer-")];
	const database = `sqlite:${join(work, "explorer.db")}`;
	// Tests ask faster than people.
	const rate = ["--requests-per-second", "1000"];
	const started = start(binary, ["serve", "--url", node, "--database", database, "--listen", address, ...rate, ...options]);
	const there = async () => (await fetch(`http://${address}${path}`)).ok;
	await until(`the explorer has ${path}`, PATIENCE_MILLIS, there, started);
	return `http://${address}`;
}
