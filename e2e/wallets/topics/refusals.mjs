// Bad input: it is refused by the name of the pallet's error, costs the fee, and changes nothing else.

import assert from "node:assert/strict";
import { draft } from "../lib/assets.mjs";
import { alice } from "../lib/keys.mjs";
import { U } from "../lib/money.mjs";
import { each, minted } from "../lib/wallets.mjs";

/** An id that no asset has for a long time. */
const UNKNOWN = 1_000_000;

/** More units at 1 U than Alice can pay for: she starts with a million U. */
const UNAFFORDABLE = 1_000_000n;

/** Calls an asset that costs 1 U a unit, expects to pay for the transaction alone, and returns the error's name. */
async function refused(wallet, use) {
	const { id, handle } = await minted(wallet, U);
	const { loom, u } = await wallet.balances(alice.address);

	const outcome = await wallet.call(alice, { asset: id, units: 1n, maxFee: U, ...use });
	assert.equal(outcome.called, undefined);
	assert.equal((await wallet.asset(handle)).receipts.count, 0n);
	assert.equal(await wallet.booking(id), undefined);
	assert.deepEqual(await wallet.balances(alice.address), { loom: loom - outcome.fee.amount, u });
	return outcome.error;
}

each("should name a fee above the maximum", async (wallet) => {
	assert.equal(await refused(wallet, { units: 3n, maxFee: 3n * U - 1n }), "Lineage.FeeAboveMaximum");
});

each("should name a use without units", async (wallet) => {
	assert.equal(await refused(wallet, { units: 0n }), "Lineage.ZeroUnits");
});

each("should name an unknown asset", async (wallet) => {
	assert.equal(await refused(wallet, { asset: UNKNOWN }), "Lineage.NotFound");
});

each("should name too little U", async (wallet) => {
	assert.equal(await refused(wallet, { units: UNAFFORDABLE, maxFee: UNAFFORDABLE * U }), "Royalty.NotEnoughU");
});

each("should name a handle that is taken", async (wallet) => {
	const { id, handle } = await minted(wallet, U);
	const { error } = await wallet.mint(alice, draft(handle, { callFee: 2n * U }));
	assert.equal(error, "Lineage.HandleTaken");
	const kept = await wallet.asset(handle);
	assert.deepEqual([kept.id, kept.callFee], [id, U]);
});
