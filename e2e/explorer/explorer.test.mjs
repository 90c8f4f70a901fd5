// The explorer in a real browser, against a real chain whose March 2026 was replayed and settled.

import { after } from "node:test";
import { stopAll } from "./lib/process.mjs";
import "./topics/nginx.mjs";
import "./topics/verifying.mjs";
import "./topics/pages.mjs";
import "./topics/plain.mjs";
import "./topics/fuzzing.mjs";
import "./topics/signing.mjs";
import "./topics/sealing.mjs";
import "./topics/storing.mjs";
import "./topics/story.mjs";
import "./topics/claiming.mjs";
import "./topics/corrected.mjs";
import "./topics/light.mjs";

after(stopAll);
