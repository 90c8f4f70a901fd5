// A light client: connects to nodes of the network by itself, and follows by the validators' votes which blocks are final.

import { type Chain, type SmoldotBytecode, startWithBytecode } from "smoldot/no-auto-bytecode";
import { numberOf } from "../verify/bytes";
import type { FinalBlock, Follower } from "../verify/final";

/** Two requests at a time are enough: one subscription, and the header of its newest block. */
const REQUESTS_AT_ONCE = 4;

interface Followed {
	event: "initialized" | "finalized" | "stop" | string;
	finalizedBlockHashes?: string[];
}

interface Message {
	id?: string;
	result?: unknown;
	error?: { message?: string };
	params?: { subscription?: string; result?: Followed };
}

/** Follows the chain of a specification. `told` is told each final block, `failed` why it cannot go on. */
export async function follow(
	specification: string,
	told: (block: FinalBlock) => void,
	failed: (error: Error) => void,
): Promise<Follower> {
	const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
	const bytecode = new Promise<SmoldotBytecode>((resolve, reject) => {
		worker.addEventListener("message", ({ data }) => resolve(data as SmoldotBytecode), { once: true });
		worker.addEventListener("error", ({ message }) => reject(new Error(message || "its worker did not start")));
	});
	const { port1, port2 } = new MessageChannel();
	worker.postMessage(port1, [port1]);
	try {
		// A module that did not load would leave the client waiting.
		const client = startWithBytecode({ bytecode: await bytecode, portToWorker: port2, logCallback: () => {} });
		const chain = await client.addChain({
			chainSpec: specification,
			jsonRpcMaxPendingRequests: REQUESTS_AT_ONCE,
			jsonRpcMaxSubscriptions: 1,
		});
		listen(chain, told).catch(failed);
		return {
			stop() {
				client.terminate().catch(() => {});
				worker.terminate();
			},
		};
	} catch (error) {
		worker.terminate();
		throw error;
	}
}

/** Subscribes to final blocks, for ever. */
async function listen(chain: Chain, told: (block: FinalBlock) => void): Promise<never> {
	const ask = (id: string, method: string, params: unknown[]) =>
		chain.sendJsonRpc(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
	let subscription: string | undefined;
	let newest: string | undefined;
	ask("follow", "chainHead_v1_follow", [false]);
	for await (const text of chain.jsonRpcResponses) {
		const { id, result, error, params } = JSON.parse(text) as Message;
		if (id === "follow") {
			if (typeof result !== "string") throw new Error(error?.message ?? "its subscription was refused");
			subscription = result;
		} else if (id !== undefined) {
			// A header that was dropped meanwhile is followed by a newer one.
			if (typeof result === "string") told({ hash: id, header: result, number: numberOf(result) });
		} else if (params?.result?.event === "stop") {
			ask("follow", "chainHead_v1_follow", [false]);
		} else {
			const hash = params?.result?.finalizedBlockHashes?.at(-1);
			if (hash === undefined || hash === newest) continue;
			newest = hash;
			ask(hash, "chainHead_v1_header", [params?.subscription ?? subscription, hash]);
		}
	}
	throw new Error("it ended");
}
