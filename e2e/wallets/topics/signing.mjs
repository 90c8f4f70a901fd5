// Who signs, with which scheme, and for how long a signature is good.

import assert from "node:assert/strict";
import { test } from "node:test";
import { u8aToHex } from "@polkadot/util";
import { draft } from "../lib/assets.mjs";
import { alice, ethereum, schemes, withPersonalSign } from "../lib/keys.mjs";
import { LOOM, U } from "../lib/money.mjs";
import { each, freshName, fund, inBlock, minted } from "../lib/wallets.mjs";

const CALL_FEE = 2n * U;
const UNITS = 3n;

for (const [scheme, account] of Object.entries(schemes)) {
	each(`should call an asset with an ${scheme} key`, async (wallet) => {
		const caller = account(freshName());
		const { id, handle } = await minted(wallet, CALL_FEE);
		await fund(wallet, caller, { loom: LOOM, u: 10n * U });

		const outcome = await wallet.call(caller, { asset: id, units: UNITS, maxFee: UNITS * CALL_FEE });
		assert.equal(outcome.error, undefined);

		const { hash, at, ...receipt } = outcome.called;
		assert.deepEqual(receipt, {
			asset: id,
			index: 0n,
			caller: caller.address,
			units: UNITS,
			purpose: "Training",
			fee: UNITS * CALL_FEE,
			permit: undefined,
			derivation: undefined,
		});
		assert.match(new Date(Number(at)).toISOString(), /^2026-03-01T/);
		assert.deepEqual((await wallet.asset(handle)).receipts, { count: 1n, hash });

		assert.deepEqual(await wallet.booking(id), { units: UNITS, gross: UNITS * CALL_FEE });
		const { period, units, gross } = await wallet.request("royalty_estimate", [handle]);
		assert.deepEqual({ period, units, gross }, { period: "2026-03", units: 3, gross: "6000000" });
		assert.equal((await wallet.balances(caller.address)).u, 4n * U);

		const signed = await inBlock(wallet, outcome);
		assert.equal(signed.scheme, scheme);
		assert.equal(u8aToHex(signed.accountId), u8aToHex(caller.accountId));
	});
}

each("should sign for the next 64 blocks only", async (wallet) => {
	const { id } = await minted(wallet, U);
	const outcome = await wallet.call(alice, { asset: id, units: 1n, maxFee: U });
	assert.equal((await inBlock(wallet, outcome)).period, 64);
});

// A payload of more than 256 bytes is signed as its Blake2 hash, of which an Ethereum key signs the Keccak hash.
each("should sign a long payload with an Ethereum key", async (wallet) => {
	const owner = schemes.Eth(freshName());
	await fund(wallet, owner, { u: 10n * U });
	const handle = freshName();
	const outcome = await wallet.mint(owner, draft(handle, { callFee: U, scenario: "x".repeat(256) }), "U");
	assert.equal(outcome.error, undefined);
	assert.equal((await wallet.asset(handle)).owner, owner.address);
});

each("should be refused a signature that personal_sign made", async (wallet) => {
	const caller = schemes.Eth(freshName());
	const { id, handle } = await minted(wallet, U);
	await fund(wallet, caller, { u: 10n * U });
	const use = { asset: id, units: 1n, maxFee: U };
	await assert.rejects(wallet.call(withPersonalSign(caller), use, "U"), /BadProof|bad signature/);
	assert.equal((await wallet.asset(handle)).receipts.count, 0n);
});

each("should be refused a signature by another key", async (wallet) => {
	const [caller, other] = [schemes.Eth(freshName()), schemes.Eth(freshName())];
	const { id, handle } = await minted(wallet, U);
	await fund(wallet, caller, { u: 10n * U });
	const use = { asset: id, units: 1n, maxFee: U };
	await assert.rejects(wallet.call({ ...caller, sign: other.sign }, use, "U"), /BadProof|bad signature/);
	assert.equal((await wallet.asset(handle)).receipts.count, 0n);
});

// The vector of the SDK's own test of `MultiSigner::Eth`.
test("account of an Ethereum key should be the SDK's", () => {
	const { accountId } = ethereum(new Uint8Array(32).fill(0x42));
	assert.equal(u8aToHex(accountId), "0x2714c48edc39bc2714729e6530760d62344d6698eeeeeeeeeeeeeeeeeeeeeeee");
});
