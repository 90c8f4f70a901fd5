// All topics run against one node: starting it takes longer than they do.

import { after } from "node:test";
import { close } from "./lib/wallets.mjs";
import "./topics/reading.mjs";
import "./topics/signing.mjs";
import "./topics/fees.mjs";
import "./topics/refusals.mjs";

after(close);
