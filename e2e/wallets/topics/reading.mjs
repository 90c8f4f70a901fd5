// What a wallet reads.

import assert from "node:assert/strict";
import { EXTENSIONS } from "../lib/extrinsic.mjs";
import { alice } from "../lib/keys.mjs";
import { U } from "../lib/money.mjs";
import { each, freshName, minted } from "../lib/wallets.mjs";

each("should read the chain's properties", async (wallet) => {
	const { name, symbol, decimals } = await wallet.chain();
	assert.deepEqual({ name, symbol, decimals }, { name: "Heirloom Development", symbol: "LOOM", decimals: 12 });
});

each("should read the metadata", async (wallet) => {
	const { pallets, extensions, maxParents } = await wallet.chain();
	for (const pallet of ["Balances", "Assets", "Nfts", "Lineage", "Royalty", "SandboxAccess"]) {
		assert.ok(pallets.includes(pallet), `${pallet} is one of ${pallets}`);
	}
	assert.deepEqual(extensions, EXTENSIONS);
	assert.equal(maxParents, 256);
});

each("should read an asset through the runtime API", async (wallet) => {
	const { handle } = await minted(wallet, 2n * U);
	const { creator, owner, payee, callFee, rate, receipts } = await wallet.asset(handle);
	assert.deepEqual([creator, owner, payee], [alice.address, alice.address, alice.address]);
	assert.deepEqual({ callFee, rate, count: receipts.count }, { callFee: 2n * U, rate: 3_000, count: 0n });
});

each("should read an asset through JSON-RPC", async (wallet) => {
	const { id, handle } = await minted(wallet, 2n * U);
	const asset = await wallet.request("lineage_asset", [handle]);
	assert.equal(asset.id, id);
	assert.equal(asset.owner, alice.address);
	assert.equal(asset.call_fee, "2000000");
	assert.deepEqual(await wallet.request("lineage_asset", [id]), asset);
});

each("should find no asset of an unknown handle", async (wallet) => {
	const handle = freshName();
	assert.equal(await wallet.asset(handle), undefined);
	await assert.rejects(wallet.request("lineage_asset", [handle]), {
		code: 9_001,
		message: new RegExp(`there is no asset \`${handle}\``),
	});
});
