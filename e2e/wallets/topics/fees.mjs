// What a transaction costs, and in which money.

import assert from "node:assert/strict";
import { schemes } from "../lib/keys.mjs";
import { LOOM, POOL, U, U_ID } from "../lib/money.mjs";
import { each, freshName, fund, inBlock, minted } from "../lib/wallets.mjs";

/** One unit of an asset that costs 1 U. */
async function someUse(wallet) {
	const { id } = await minted(wallet, U);
	return { asset: id, units: 1n, maxFee: U };
}

each("should pay a fee in LOOM", async (wallet) => {
	const caller = schemes.Sr25519(freshName());
	const use = await someUse(wallet);
	await fund(wallet, caller, { loom: LOOM, u: 10n * U });
	const pool = await wallet.balances(POOL);

	const outcome = await wallet.call(caller, use);
	const { amount } = outcome.fee;
	assert.equal((await inBlock(wallet, outcome)).feeAsset, undefined);
	assert.deepEqual(outcome.fee, { amount });
	assert.ok(amount > 0n);
	assert.deepEqual(await wallet.balances(caller.address), { loom: LOOM - amount, u: 9n * U });
	assert.deepEqual(await wallet.balances(POOL), { loom: pool.loom + amount, u: pool.u });
});

each("should pay a fee in U", async (wallet) => {
	const caller = schemes.Sr25519(freshName());
	const use = await someUse(wallet);
	await fund(wallet, caller, { loom: LOOM, u: 10n * U });
	const pool = await wallet.balances(POOL);

	const outcome = await wallet.call(caller, use, "U");
	const { amount } = outcome.fee;
	assert.equal((await inBlock(wallet, outcome)).feeAsset, U_ID);
	assert.deepEqual(outcome.fee, { asset: U_ID, amount });
	assert.ok(amount > 0n);
	assert.deepEqual(await wallet.balances(caller.address), { loom: LOOM, u: 9n * U - amount });
	assert.deepEqual(await wallet.balances(POOL), { loom: pool.loom, u: pool.u + amount });
});

each("should call an asset when it holds only U", async (wallet) => {
	const caller = schemes.Eth(freshName());
	const use = await someUse(wallet);
	await fund(wallet, caller, { u: 2n * U });
	assert.deepEqual(await wallet.balances(caller.address), { loom: 0n, u: 2n * U });

	const { called, fee } = await wallet.call(caller, use, "U");
	assert.equal(called.caller, caller.address);
	assert.deepEqual(await wallet.booking(use.asset), { units: 1n, gross: U });
	assert.deepEqual(await wallet.balances(caller.address), { loom: 0n, u: U - fee.amount });
});

each("should show a fee that covers what is paid", async (wallet) => {
	const caller = schemes.Sr25519(freshName());
	const use = await someUse(wallet);
	await fund(wallet, caller, { loom: LOOM, u: 10n * U });
	const shown = await wallet.feeShown(caller, use);
	const { fee } = await wallet.call(caller, use);
	assert.ok(shown >= fee.amount && fee.amount > 0n, `${shown} covers ${fee.amount}`);
});

each("should be refused a fee in LOOM when it holds only U", async (wallet) => {
	const caller = schemes.Sr25519(freshName());
	const use = await someUse(wallet);
	await fund(wallet, caller, { u: 2n * U });
	await assert.rejects(wallet.call(caller, use), /Payment|Inability to pay some fees/);
	assert.deepEqual(await wallet.balances(caller.address), { loom: 0n, u: 2n * U });
	assert.equal(await wallet.booking(use.asset), undefined);
});
