// One platform and one browser for all topics: starting them takes longer than the tests.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBrowser } from "./browser.mjs";
import { startPlatform } from "./platform.mjs";

let started;

/** The platform and the browser, started with the first question. */
export function setting() {
	started ??= Promise.all([startPlatform(), startBrowser()]).then(([platform, browser]) => ({ ...platform, browser }));
	return started;
}

/** The address of the page that explains why an asset was paid what it was paid. */
export const STATEMENT = "/asset/CT-2025-0312/months/2026-03";

const SCREENSHOTS = process.env.HEIRLOOM_SCREENSHOTS ?? fileURLToPath(new URL("../screenshots", import.meta.url));

/** A folder for pictures of pages, for a person to look at. */
export function screenshots(name) {
	const folder = join(SCREENSHOTS, name);
	mkdirSync(folder, { recursive: true });
	return folder;
}
