// A real development chain with a scenario's month replayed and settled, and the real explorer that follows it.

import { join } from "node:path";
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
	const [binary, client] = [program("HEIRLOOM_NODE", "release", "heirloom-node"), program("HEIRLOOM", "release", "heirloom")];
	const work = directory("heirloom-explorer-chain-");
	const [spec, months] = [join(work, "spec.json"), join(root, "scenarios", scenario)];
	await run(client, ["scenario", "spec", months, "--node", binary, "--out", spec]);
	const port = String(await freePort());
	const alone = ["--no-prometheus", "--no-telemetry", "--pool-limit", "65536", "--pool-kbytes", "65536"];
	// The explorer reads from the first block on.
	const kept = ["--state-pruning", "archive", "--blocks-pruning", "archive"];
	const started = start(binary, ["--chain", spec, "--base-path", join(work, "chain"), "--rpc-port", port, ...alone, ...kept]);
	await until("the node listens", PATIENCE_MILLIS, () => asked(port, "system_health"), started);
	await run(client, ["replay", months, "--url", `ws://127.0.0.1:${port}`]);
	return `ws://127.0.0.1:${port}`;
}

async function asked(port, method) {
	const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: [] });
	const headers = { "content-type": "application/json" };
	return (await fetch(`http://127.0.0.1:${port}`, { method: "POST", headers, body })).ok;
}

async function startExplorer(node) {
	const binary = program("HEIRLOOM_EXPLORER", "explorer", "release", "heirloom-explorer");
	const port = await freePort();
	const [address, work] = [`127.0.0.1:${port}`, directory("heirloom-explorer-")];
	const database = `sqlite:${join(work, "explorer.db")}`;
	const started = start(binary, ["serve", "--url", node, "--database", database, "--listen", address]);
	const settled = async () => (await fetch(`http://${address}/months/2026-03`)).ok;
	await until("the explorer has the settled month", PATIENCE_MILLIS, settled, started);
	return `http://${address}`;
}
