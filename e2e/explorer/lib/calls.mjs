// Calls that no page and no command makes.

import { Keyring } from "@polkadot/keyring";
import { Metadata, TypeRegistry } from "@polkadot/types";
import { expandMetadata } from "@polkadot/types/metadata";
import { cryptoWaitReady } from "@polkadot/util-crypto";
import { request } from "./platform.mjs";
import { until } from "./process.mjs";
import { TYPES } from "./wallet.mjs";

const PATIENCE_MILLIS = 60_000;

/**
 * Signs a call and waits until a final block has it. `fields` are its arguments in order, or make them of all calls that
 * there are.
 */
export async function submit(node, uri, pallet, name, fields) {
	await cryptoWaitReady();
	const pair = new Keyring({ type: "sr25519" }).addFromUri(uri);
	const [metadata, runtimeVersion, genesisHash] = await Promise.all([
		request(node, "state_getMetadata", []),
		request(node, "state_getRuntimeVersion", []),
		request(node, "chain_getBlockHash", [0]),
	]);
	const registry = new TypeRegistry();
	registry.register(TYPES);
	const decoded = new Metadata(registry, metadata);
	registry.setMetadata(decoded);
	const { tx } = expandMetadata(registry, decoded);
	const call = tx[pallet][name](...(typeof fields === "function" ? fields(tx) : fields));
	const nonce = await request(node, "system_accountNextIndex", [pair.address]);
	const extrinsic = registry.createType("Extrinsic", call, { version: 4 });
	// Immortal, so the block that it is good from is the first one.
	extrinsic.sign(pair, { blockHash: genesisHash, era: "0x00", genesisHash, nonce, runtimeVersion, tip: 0 });
	await request(node, "author_submitExtrinsic", [extrinsic.toHex()]);
	await until(`${pallet}.${name} is in a final block`, PATIENCE_MILLIS, async () => (await finalNonce(node, pair)) > nonce);
}

/** The nonce of an account as of the last final block: `system_accountNextIndex` counts what still waits in the pool. */
async function finalNonce(node, { publicKey }) {
	const final = await request(node, "chain_getFinalizedHead", []);
	const account = `0x${Buffer.from(publicKey).toString("hex")}`;
	const nonce = await request(node, "state_call", ["AccountNonceApi_account_nonce", account, final]);
	// A number of SCALE: least significant byte first.
	return Buffer.from(nonce.slice(2), "hex").readUInt32LE();
}
