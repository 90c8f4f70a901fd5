// The API is asked what its own description allows and what it does not, by Schemathesis.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { directory, run } from "../lib/process.mjs";
import { setting } from "../lib/setting.mjs";

/** Where scripts/setup leaves it. */
const PROGRAM = process.env.SCHEMATHESIS ?? join(homedir(), ".cache/heirloom/schemathesis/bin/st");

/** How long it may invent questions. */
const SECONDS = "30";

test("the API answers as its description says, whatever it is asked", { timeout: 180_000 }, async () => {
	assert.ok(existsSync(PROGRAM), `there is no ${PROGRAM}: run scripts/setup, or name one with SCHEMATHESIS`);
	const { explorer } = await setting();
	// It leaves notes of what it asked where it runs.
	const folder = directory("heirloom-explorer-fuzzing-");
	const how = [
		...["run", `${explorer}/api/openapi.json`, "--url", explorer, "--no-color", "--continue-on-failure"],
		...["--phases", "coverage,fuzzing", "--max-time", SECONDS, "--generation-deterministic"],
		...["--checks", "all"],
		// An address is more than a pattern says, and a month that is none is an error, not an empty list.
		...["--exclude-checks", "positive_data_acceptance"],
		// Never ends.
		...["--exclude-path", "/api/v1/events"],
	];
	await run(PROGRAM, how, folder);
});
