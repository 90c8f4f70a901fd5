// An operator that owners can seal to, with a key that the test has.

import { randomBytes } from "node:crypto";
import { publicOf } from "../../../explorer/web/tests/opened.mjs";
import { submit } from "./calls.mjs";
import { client } from "./platform.mjs";

const MEASUREMENT = "ab".repeat(32);

/** An account of the development chain, which registers and is admitted by the chain's only curator. */
const [URI, ACCOUNT] = ["//Eve", "5HGjWAeFDfFCWPsjFQdVV2Msvz2XtMktvgocEZcCj68kUMaw"];

let admitting;

/** Has one admitted, once. Gives its account and its secret key. */
export function operator(node) {
	admitting ??= admit(node);
	return admitting;
}

async function admit(node) {
	const secret = randomBytes(32);
	const profile = ["--signing-key", ACCOUNT, "--sealing-key", publicOf(secret), "--measurement", MEASUREMENT, "--fee", "1.5"];
	await client(node, ["operator", "register", "--from", URI, ...profile]);
	await submit(node, "//Alice", "curators", "propose", (tx) => {
		const proposal = tx.sandboxAccess.admitOperator(ACCOUNT, `0x${MEASUREMENT}`);
		return [1, proposal, proposal.encodedLength];
	});
	return { account: ACCOUNT, secret };
}
