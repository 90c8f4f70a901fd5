// A parent that was never used is taken out of the genealogy: claimed by somebody, decided by the chain's only curator.

import { Keyring } from "@polkadot/keyring";
import { Metadata, TypeRegistry } from "@polkadot/types";
import { expandMetadata } from "@polkadot/types/metadata";
import { cryptoWaitReady } from "@polkadot/util-crypto";
import { request } from "./platform.mjs";
import { until } from "./process.mjs";
import { TYPES } from "./wallet.mjs";

const PATIENCE_MILLIS = 60_000;

/** Signs a call and has it taken into a block. `fields` are its arguments in order. */
async function submit(node, uri, pallet, name, fields) {
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
	const call = expandMetadata(registry, decoded).tx[pallet][name](...fields);
	const nonce = await request(node, "system_accountNextIndex", [pair.address]);
	const extrinsic = registry.createType("Extrinsic", call, { version: 4 });
	// Immortal, so the block that it is good from is the first one.
	extrinsic.sign(pair, { blockHash: genesisHash, era: "0x00", genesisHash, nonce, runtimeVersion, tip: 0 });
	await request(node, "author_submitExtrinsic", [extrinsic.toHex()]);
	const taken = async () => (await request(node, "system_accountNextIndex", [pair.address])) > nonce;
	await until(`${pallet}.${name} is in a block`, PATIENCE_MILLIS, taken);
}

/** Removes a parent of an asset, both by their names, and waits until all descendants have their new ancestors. */
export async function removeParent(node, child, parent) {
	const [derivative, removed] = await Promise.all([child, parent].map((name) => request(node, "lineage_asset", [name])));
	await submit(node, "//Bob", "disputes", "claim", [derivative.id, removed.id, "Remove", "bafkreibevidence"]);
	const open = async () => (await request(node, "lineage_disputes", [child]))[0];
	await until("the claim is there", PATIENCE_MILLIS, async () => Boolean(await open()));
	const { dispute } = await open();
	await submit(node, "//Alice", "disputes", "vote", [dispute, true, "never used"]);
	const corrected = async () => {
		await request(node, "clock_seal", [1]);
		return !(await request(node, "lineage_ancestors", [child])).includes(removed.id);
	};
	await until("the genealogy is corrected", PATIENCE_MILLIS, corrected);
}
