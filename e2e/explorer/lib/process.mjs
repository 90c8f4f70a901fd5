// Programs that run for as long as the tests do.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Lines of a program's log that are shown when it fails. */
const LOG_LINES = 20;

/** The repository. */
export const root = fileURLToPath(new URL("../../..", import.meta.url));

const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");

/** A built program: named by an environment variable, else where cargo leaves it below the target directory. */
export function program(variable, ...where) {
	const path = process.env[variable] ?? join(target, ...where);
	if (!existsSync(path)) throw new Error(`there is no ${path}: build it, or name one with ${variable}`);
	return path;
}

const endings = [];

/** Ends everything that was started, the last first. */
export async function stopAll() {
	for (const end of endings.splice(0).reverse()) await end();
}

process.once("exit", () => {
	for (const { kill } of endings) kill?.();
});
for (const signal of ["SIGINT", "SIGTERM"]) {
	process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

/** Has something done at the end. */
export function atEnd(end, kill) {
	endings.push(Object.assign(end, { kill }));
}

/** A directory that is removed at the end. */
export function directory(prefix) {
	const path = mkdtempSync(join(tmpdir(), prefix));
	// Retried, because a killed program takes a moment to let go of its files.
	const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
	atEnd(remove, remove);
	return path;
}

/** Starts a program, in a folder. `line` is called with each line that it writes; `ended` resolves with its code. */
export function start(path, args, line = () => {}, cwd = undefined) {
	const child = spawn(path, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
	const last = [];
	// Read to the end: a program whose log nobody reads stops at a full pipe.
	for (const stream of [child.stdout, child.stderr]) {
		createInterface(stream).on("line", (text) => {
			last.push(text);
			last.splice(0, last.length - LOG_LINES);
			line(text);
		});
	}
	const ended = new Promise((resolve) => child.once("close", resolve));
	const kill = () => child.kill("SIGKILL");
	atEnd(async () => {
		kill();
		await ended;
	}, kill);
	return { child, ended, last };
}

/** Runs a program to its end, in a folder. Gives the last lines that it wrote. */
export async function run(path, args, cwd = undefined) {
	const { child, ended, last } = start(path, args, undefined, cwd);
	const failed = new Promise((_, reject) => child.once("error", reject));
	const code = await Promise.race([ended, failed]);
	if (code !== 0) throw new Error([`${path} ${args.join(" ")} ended with code ${code}`, ...last].join("\n"));
	return { last };
}

/** Waits until something is so. */
export async function until(what, millis, look, started) {
	const end = Date.now() + millis;
	while (Date.now() < end) {
		if (started?.child.exitCode != null) throw new Error([`${what}: the program ended`, ...started.last].join("\n"));
		if (await look().catch(() => false)) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error([`${what}: not within ${millis / 1_000} s`, ...(started?.last ?? [])].join("\n"));
}

/** A port of the loopback interface that is free now. */
export function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer().once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}
