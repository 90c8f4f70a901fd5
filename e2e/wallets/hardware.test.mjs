// What a hardware wallet signs is taken by a runtime that was built with its metadata's hash, as released ones are:
//
//	cargo build --release --workspace --features heirloom-runtime/metadata-hash

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { alice, schemes } from "./lib/keys.mjs";
import { metadataHash } from "./lib/metadata-hash.mjs";
import { LOOM } from "./lib/money.mjs";
import { startNode } from "./lib/node.mjs";
import { connect } from "./lib/papi.mjs";

const node = await startNode();
const wallet = await connect(node.url);
after(async () => {
	await wallet.disconnect();
	await node.stop();
});

const token = await wallet.chain();
const metadata = await wallet.metadata();
const hash = metadataHash(metadata, token);
const pay = (payer, to) => wallet.sendLoom(payer, to.address, LOOM);

for (const [scheme, account] of Object.entries(schemes)) {
	test(`should take the metadata's hash, signed with an ${scheme} key`, async () => {
		const [payer, payee] = [account(`payer-${scheme}`), account(`payee-${scheme}`)];
		assert.equal((await wallet.sendLoom(alice, payer.address, 3n * LOOM)).error, undefined);
		assert.equal((await pay({ ...payer, metadataHash: hash }, payee)).error, undefined);
		assert.equal((await wallet.balances(payee.address)).loom, LOOM);
	});
}

test("should refuse a transaction that was shown with another number of decimals", async () => {
	const shown = metadataHash(metadata, { ...token, decimals: token.decimals - 1 });
	await assert.rejects(pay({ ...alice, metadataHash: shown }, schemes.Sr25519("nobody")), /BadProof|bad signature/);
});
