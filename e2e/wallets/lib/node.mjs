// A real node that runs a development chain for as long as the tests do.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** How long a node may take until it listens: it compiles its runtime first, on a machine that may be busy. */
const PATIENCE_MILLIS = 180_000;

/** Lines of the log that are shown when the node does not start. */
const LOG_LINES = 20;

/** Where the node's binary is: HEIRLOOM_NODE, or where cargo leaves a release build. */
function binary() {
	const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../../target", import.meta.url));
	const path = process.env.HEIRLOOM_NODE ?? join(target, "release", "heirloom-node");
	if (!existsSync(path)) {
		throw new Error(`there is no node at ${path}: build it, or name one with HEIRLOOM_NODE`);
	}
	return path;
}

/**
 * Starts a development chain in March 2026 that makes a block every 150 ms, on a free port of the loopback interface
 * and in a directory of its own. (A signature is good for 64 blocks: ten seconds.)
 *
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} its WebSocket address, and what ends it. It is also
 * killed when this process ends, however that comes about.
 */
export async function startNode() {
	const path = binary();
	const basePath = mkdtempSync(join(tmpdir(), "heirloom-wallets-"));
	const chain = ["--dev", "--clock", "2026-03-01", "--seal-millis", "150", "--base-path", basePath];
	const alone = ["--rpc-port", "0", "--no-prometheus", "--no-telemetry"];
	const child = spawn(path, [...chain, ...alone], { stdio: ["ignore", "ignore", "pipe"] });

	const ended = new Promise((resolve) => child.once("close", resolve));
	const kill = () => {
		child.kill("SIGKILL");
		// Retried, because a killed node takes a moment to let go of its files.
		rmSync(basePath, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
	};
	process.once("exit", kill);
	for (const signal of ["SIGINT", "SIGTERM"]) {
		process.once(signal, () => process.exit(128 + constants.signals[signal]));
	}
	const stop = async () => {
		child.kill("SIGKILL");
		await ended;
		process.off("exit", kill);
		kill();
	};

	try {
		return { url: await listening(child), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The address that a starting node says it listens at. */
function listening(child) {
	const last = [];
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => fail(`did not listen within ${PATIENCE_MILLIS} ms`), PATIENCE_MILLIS);
		const fail = (what) => {
			clearTimeout(timer);
			reject(new Error([`the node ${what}`, ...last].join("\n")));
		};
		child.once("error", (error) => fail(`could not be started: ${error.message}`));
		child.once("exit", (code) => fail(`ended with code ${code}`));
		// Read to the end: a node whose log nobody reads stops at a full pipe.
		createInterface(child.stderr).on("line", (line) => {
			last.push(line);
			last.splice(0, last.length - LOG_LINES);
			const [, address] = /Running JSON-RPC server: addr=([^,\s]+)/.exec(line) ?? [];
			if (address) {
				clearTimeout(timer);
				resolve(`ws://${address}`);
			}
		});
	});
}
