// A parent that was never used is taken out of the genealogy: claimed by somebody, decided by the chain's only curator.

import { submit } from "./calls.mjs";
import { request } from "./platform.mjs";
import { until } from "./process.mjs";

const PATIENCE_MILLIS = 60_000;

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
