// The node that all tests share, and a wallet of each library that is connected to it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { draft } from "./assets.mjs";
import { readSigned } from "./extrinsic.mjs";
import { alice } from "./keys.mjs";
import { startNode } from "./node.mjs";
import { connect as connectPapi } from "./papi.mjs";
import { connect as connectPolkadotJs } from "./polkadot-js.mjs";

/** How long a test may take: its transactions wait for a block each. */
const TIMEOUT_MILLIS = 30_000;

/**
 * What a wallet does, whichever library it is built on. Amounts are in planck and micro-U, units and counts as BigInt;
 * `feeIn` is `"U"`, or left out for LOOM.
 *
 * @typedef {import("./keys.mjs").Account} Account
 * @typedef {{ asset: number, units: bigint, maxFee: bigint }} Use
 *
 * @typedef {object} Outcome of a transaction that is in a block
 * @property {string} block its hash
 * @property {number} index the transaction's place in it
 * @property {string} [error] `Pallet.Error`, where it failed
 * @property {object} [called] the fields of its `Lineage.Called` event: the receipt
 * @property {{ asset?: number, amount: bigint }} fee paid for the transaction; in LOOM where it names no asset
 *
 * @typedef {object} Wallet
 * @property {string} library
 * @property {() => Promise<object>} chain name, properties, pallets, transaction extensions, a constant
 * @property {(handle: string) => Promise<object | undefined>} asset through the runtime API
 * @property {(asset: number) => Promise<{ units: bigint, gross: bigint } | undefined>} booking from storage
 * @property {(address: string) => Promise<{ loom: bigint, u: bigint }>} balances
 * @property {(method: string, params: unknown[]) => Promise<any>} request a JSON-RPC method of the chain's own
 * @property {(account: Account, draft: object, feeIn?: "U") => Promise<Outcome>} mint
 * @property {(account: Account, use: Use, feeIn?: "U") => Promise<Outcome>} call
 * @property {(account: Account, use: Use) => Promise<bigint>} feeShown for a call before it is signed, in LOOM
 * @property {(account: Account, to: string, amount: bigint) => Promise<Outcome>} sendLoom
 * @property {(account: Account, to: string, amount: bigint) => Promise<Outcome>} sendU
 * @property {() => Promise<void>} disconnect
 */

const node = await startNode();

/** @type {Wallet[]} */
const wallets = await Promise.all([connectPapi(node.url), connectPolkadotJs(node.url)]);

/** Disconnects, and ends the node. */
export async function close() {
	await Promise.all(wallets.map((wallet) => wallet.disconnect()));
	await node.stop();
}

/** A test with each library's wallet. */
export function each(name, run) {
	for (const wallet of wallets) {
		test(`${wallet.library} ${name}`, { timeout: TIMEOUT_MILLIS }, () => run(wallet));
	}
}

let names = 0;

/** A name that nothing else on the chain has. */
export function freshName() {
	names += 1;
	return `wallet-${names}`;
}

/** Mints an asset of Alice's that costs `callFee` micro-U a unit, and returns its id and handle. */
export async function minted(wallet, callFee) {
	const handle = freshName();
	succeeded(await wallet.mint(alice, draft(handle, { callFee })));
	const { id } = await wallet.asset(handle);
	return { id, handle };
}

/** Gives an account money of Alice's. */
export async function fund(wallet, { address }, { loom = 0n, u = 0n }) {
	if (loom > 0n) succeeded(await wallet.sendLoom(alice, address, loom));
	if (u > 0n) succeeded(await wallet.sendU(alice, address, u));
}

function succeeded({ error }) {
	assert.equal(error, undefined);
}

/** A transaction as it stands in its block. */
export async function inBlock(wallet, { block, index }) {
	const signed = await wallet.request("chain_getBlock", [block]);
	return readSigned(signed.block.extrinsics[index]);
}
