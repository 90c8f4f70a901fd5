// Which block is final, and who says so: a light client in this browser where it comes that far, else the node.

import { encodeHeader, type JsonHeader, numberOf } from "./bytes";
import type { Node } from "./node";

/** A final block. */
export interface FinalBlock {
	number: number;
	hash: string;
	/** In its encoding. */
	header: string;
}

/** A block that is final, and whose word that is. */
export interface Final extends FinalBlock {
	basis: "light" | "node" | "development";
	/** Why it is not the light client's, where there is one. */
	tried?: Tried;
}

/** What became of a light client. */
export type Tried = { why: "late" } | { why: "behind"; number: number } | { why: "failed"; message: string };

/** What a light client is doing. */
export type Progress = { at: "starting" } | { at: "connecting" } | { at: "block"; number: number };

/** A light client at work. */
export interface Follower {
	/** Ends it. */
	stop(): void;
}

/** Starts a light client. `told` is told each final block, `failed` why it cannot go on. */
export type Follow = (told: (block: FinalBlock) => void, failed: (error: Error) => void) => Promise<Follower>;

/** How long things may take, in milliseconds. */
export const PATIENCE = {
	/** Until the light client is loaded and has read where the chain begins. */
	start: 60_000,
	/** From then on, until it is where the node is. */
	follow: 20_000,
	/** Until a node knows a block that others voted for. */
	node: 15_000,
	/** From one question to the next. */
	pause: 1_000,
};

/** The node's chain is not the one that the validators voted for. */
export class OtherChain extends Error {
	constructor(
		readonly block: FinalBlock,
		/** What the node has in its place, if anything. */
		readonly instead: string | undefined,
	) {
		super(`the node has another block ${block.number}`);
	}
}

/** The last block that a node calls final. */
async function finalByNode(node: Node): Promise<Final> {
	const hash = await node.request<string>("chain_getFinalizedHead", []);
	const header = encodeHeader(await node.request<JsonHeader>("chain_getHeader", [hash]));
	const kind = await node.request<unknown>("system_chainType", []);
	return { hash, header, number: numberOf(header), basis: kind === "Development" ? "development" : "node" };
}

/**
 * The block to verify in: the light client's newest, once it is where the node is, else the node's.
 *
 * @throws OtherChain where the light client saw a block as final that the node does not have
 */
export async function finalBlock(
	node: Node,
	follow: Follow | undefined,
	tell: (progress: Progress) => void = () => {},
	patience = PATIENCE,
): Promise<Final> {
	const said = await finalByNode(node);
	if (!follow) return said;
	const { seen, failure } = await see(follow, said.number, tell, patience);
	// Whatever it saw, the node must have it, or else one of both is on another chain.
	if (seen) await agree(node, seen, said.number, patience);
	if (seen && seen.number >= said.number) return { ...seen, basis: "light" };
	if (failure) return { ...said, tried: { why: "failed", message: failure.message } };
	return { ...said, tried: seen?.number ? { why: "behind", number: seen.number } : { why: "late" } };
}

/** The newest block that a light client sees as final: at the wanted height or above, if it comes there in time. */
async function see(follow: Follow, wanted: number, tell: (progress: Progress) => void, patience: typeof PATIENCE) {
	let seen: FinalBlock | undefined;
	let arrived = () => {};
	let failed: (error: Error) => void = () => {};
	const there = new Promise<void>((resolve, reject) => ([arrived, failed] = [resolve, reject]));
	const told = (block: FinalBlock) => {
		if (seen && seen.number >= block.number) return;
		seen = block;
		tell({ at: "block", number: block.number });
		if (block.number >= wanted) arrived();
	};
	let follower: Follower | undefined;
	let over = false;
	tell({ at: "starting" });
	const started = follow(told, (error) => failed(error)).then((begun) => {
		follower = begun;
		// One that starts when nobody waits for it any more.
		if (over) begun.stop();
	});
	let failure: Error | undefined;
	try {
		if (await within(Promise.race([started, there]), patience.start)) {
			if (!seen) tell({ at: "connecting" });
			await within(there, patience.follow);
		}
	} catch (error) {
		failure = error instanceof Error ? error : new Error(String(error));
	}
	over = true;
	follower?.stop();
	return { seen, failure };
}

/** Waits for something; whether it came in time. */
async function within(awaited: Promise<unknown>, millis: number): Promise<boolean> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), millis)));
	try {
		return await Promise.race([awaited.then(() => true), late]);
	} finally {
		clearTimeout(timer);
	}
}

/** Makes sure that a node has a block. What is final can be so before the node heard of it. */
async function agree(node: Node, block: FinalBlock, final: number, patience: typeof PATIENCE): Promise<void> {
	const end = Date.now() + patience.node;
	for (;;) {
		const has = await node.request<string | null>("chain_getBlockHash", [block.number]);
		if (has === block.hash) return;
		if (block.number <= final || Date.now() >= end) throw new OtherChain(block, has ?? undefined);
		await new Promise((resolve) => setTimeout(resolve, patience.pause));
	}
}
