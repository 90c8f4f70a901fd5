// The packaged configurations of nginx, by themselves. What goes through the peers' is in light.mjs.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { judgement } from "../lib/nginx.mjs";
import { root } from "../lib/process.mjs";

test("nginx takes the packaged configurations, all on one machine", async () => {
	const files = readdirSync(join(root, "packaging/nginx"));
	assert.deepEqual(files.sort(), ["heirloom-explorer.conf", "heirloom-peer.conf", "heirloom-rpc.conf"]);
	const said = (await judgement(files)).join("\n");
	assert.match(said, /test is successful/);
	assert.doesNotMatch(said, /\[(warn|error|emerg)\]/);
});
