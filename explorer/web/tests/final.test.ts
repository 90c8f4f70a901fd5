import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { encodeHeader, type JsonHeader } from "../src/verify/bytes";
import { type FinalBlock, finalBlock, type Follow, OtherChain, PATIENCE, type Progress } from "../src/verify/final";
import type { Node } from "../src/verify/node";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function header(number: number): JsonHeader {
	const root = `0x${"0b".repeat(32)}`;
	const digest = { logs: [] };
	return { parentHash: `0x${"0a".repeat(32)}`, number: `0x${number.toString(16)}`, stateRoot: root, extrinsicsRoot: root, digest };
}

/** A final block as a light client tells it. */
function block(number: number, hash = `0x${number}`): FinalBlock {
	return { number, hash, header: encodeHeader(header(number)) };
}

/** A node whose last final block is 100; `hashes` are its blocks' at each question. */
function node(hashes: (string | null)[] = ["0x100"], chain = "Local"): Node {
	return {
		url: "ws://node",
		async request<Result>(method: string, [param]: unknown[]) {
			if (method === "chain_getFinalizedHead") return "0x100" as Result;
			if (method === "chain_getHeader") return header(100) as Result;
			if (method === "system_chainType") return chain as Result;
			if (method !== "chain_getBlockHash") throw new Error(`${method} ${String(param)}`);
			return (hashes.length > 1 ? hashes.shift() : hashes[0]) as Result;
		},
		close() {},
	};
}

/** A light client that sees blocks after so many milliseconds each. */
function light(blocks: [number, FinalBlock][], stop = () => {}): Follow {
	return async (told) => {
		for (const [millis, seen] of blocks) setTimeout(() => told(seen), millis);
		return { stop };
	};
}

/** The outcome, with time passing as fast as it is waited for. */
async function outcome(...asked: Parameters<typeof finalBlock>) {
	const awaited = finalBlock(...asked);
	const settled = awaited.catch(() => {});
	await vi.runAllTimersAsync();
	await settled;
	return awaited;
}

test("without a light client it is the node's word", async () => {
	expect(await outcome(node(), undefined)).toEqual({ ...block(100), basis: "node" });
});

test("a development chain is said to be one", async () => {
	expect(await outcome(node(["0x100"], "Development"), undefined)).toMatchObject({ basis: "development" });
});

test("a light client that is where the node is decides", async () => {
	const [stop, steps] = [vi.fn(), [] as Progress[]];
	const client = light([[1_000, block(0)], [2_000, block(99)], [3_000, block(100)]], stop);
	expect(await outcome(node(), client, (step) => steps.push(step))).toEqual({ ...block(100), basis: "light" });
	expect(steps.map((step) => ("number" in step ? step.number : step.at))).toEqual(["starting", "connecting", 0, 99, 100]);
	expect(stop).toHaveBeenCalledOnce();
});

test("a block that the node hears of later is waited for", async () => {
	const final = await outcome(node([null, "0xfork", "0x101"]), light([[1_000, block(101)]]));
	expect(final).toEqual({ ...block(101), basis: "light" });
});

test("a light client that sees nothing leaves it to the node, and says so", async () => {
	const stop = vi.fn();
	expect(await outcome(node(), light([], stop))).toEqual({ ...block(100), basis: "node", tried: { why: "late" } });
	expect(stop).toHaveBeenCalledOnce();
});

test("a light client that only knows the first block has seen nothing", async () => {
	const final = await outcome(node(["0x0"]), light([[1_000, block(0)]]));
	expect(final).toMatchObject({ basis: "node", tried: { why: "late" } });
});

test("a light client that stays behind leaves it to the node, and says so", async () => {
	const final = await outcome(node(["0x40"]), light([[1_000, block(40)]]));
	expect(final).toEqual({ ...block(100), basis: "node", tried: { why: "behind", number: 40 } });
});

test("a light client that does not start leaves it to the node, and says so", async () => {
	const broken: Follow = () => Promise.reject(new Error("no wasm here"));
	expect(await outcome(node(), broken)).toMatchObject({ basis: "node", tried: { why: "failed", message: "no wasm here" } });
});

test("a light client that breaks leaves it to the node, and says so", async () => {
	const breaks: Follow = async (_, failed) => {
		setTimeout(() => failed(new Error("it crashed")), 1_000);
		return { stop() {} };
	};
	expect(await outcome(node(), breaks)).toMatchObject({ tried: { why: "failed", message: "it crashed" } });
});

test("a light client that starts too late is ended", async () => {
	const stop = vi.fn();
	const slow: Follow = () => new Promise((resolve) => setTimeout(() => resolve({ stop }), PATIENCE.start + 1));
	expect(await outcome(node(), slow)).toMatchObject({ tried: { why: "late" } });
	expect(stop).toHaveBeenCalledOnce();
});

test("a node with another block is refused at once", async () => {
	const begin = Date.now();
	const asked = outcome(node(["0xother"]), light([[1_000, block(100)]]));
	await expect(asked).rejects.toMatchObject({ block: block(100), instead: "0xother" });
	await expect(asked).rejects.toBeInstanceOf(OtherChain);
	expect(Date.now() - begin).toBeLessThan(2_000);
});

test("a node that is on another chain is refused although the light client is behind", async () => {
	await expect(outcome(node(["0xother"]), light([[1_000, block(40)]]))).rejects.toBeInstanceOf(OtherChain);
});

test("a node that began with another block is refused", async () => {
	await expect(outcome(node(["0xother"]), light([[1_000, block(0)]]))).rejects.toMatchObject({ instead: "0xother" });
});

test("a node that never hears of a block is refused", async () => {
	const asked = outcome(node([null]), light([[1_000, block(101)]]));
	await expect(asked).rejects.toMatchObject({ block: block(101), instead: undefined });
});
