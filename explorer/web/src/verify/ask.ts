// Asks a node for proofs until the verification has all it needs.

import { encodeHeader, isHex, type JsonHeader } from "./bytes";
import type { Answer, Answering, Shown } from "./module";
import { type Node, NodeError } from "./node";

/** Keys in one question to the node. */
const KEYS_AT_ONCE = 256;

/** More questions than any statement needs: what to read follows from what was read, in four stages. */
const MOST_ROUNDS = 12;

/** The most descendants that are listed before it is left to a computer with more time. */
const MOST_DESCENDANTS = 2_000;

/** A statement as a page shows it. */
export interface Statement {
	asset: number;
	period: string;
	shown: Shown;
}

/** A block that is final, and whose word that is. */
export interface Final {
	hash: string;
	header: string;
	basis: "node" | "development";
}

/** What it is doing. */
export type Step = "header" | "proof" | "recompute";

/** What came of it. */
export interface Outcome {
	answer: Exclude<Answer, { status: "need" | "need_descendants" }>;
	final: Final;
	/** Nodes of the state's trie that were fetched. */
	nodes: number;
	/** Their bytes. */
	bytes: number;
}

/** The last block that a node calls final. */
export async function finalByNode(node: Node): Promise<Final> {
	const hash = await node.request<string>("chain_getFinalizedHead", []);
	const header = await node.request<JsonHeader>("chain_getHeader", [hash]);
	const kind = await node.request<unknown>("system_chainType", []);
	return { hash, header: encodeHeader(header), basis: kind === "Development" ? "development" : "node" };
}

/** Recomputes a statement from the state of a final block. */
export async function recompute(
	statement: Statement,
	final: Final,
	node: Node,
	answering: Answering,
	step: (step: Step) => void = () => {},
): Promise<Outcome> {
	const proof = new Set<string>();
	const asked: string[] = [];
	let descendants: number[] | undefined;
	const bytes = () => [...proof].reduce((sum, hex) => sum + hex.length / 2 - 1, 0);
	for (let round = 0; round < MOST_ROUNDS; round++) {
		step(round === 0 ? "proof" : "recompute");
		const { hash, header } = final;
		const answer = answering({
			...statement,
			hash,
			header,
			proof: [...proof],
			asked,
			...(descendants ? { descendants } : {}),
		});
		if (answer.status === "done" || answer.status === "refused") {
			step("recompute");
			return { answer, final, nodes: proof.size, bytes: bytes() };
		}
		step("proof");
		if (answer.status === "need_descendants") {
			descendants = await descendantsOf(statement, node);
			continue;
		}
		for (let from = 0; from < answer.keys.length; from += KEYS_AT_ONCE) {
			const keys = answer.keys.slice(from, from + KEYS_AT_ONCE);
			const found = await node.request<{ proof: unknown }>("state_getReadProof", [keys, hash]);
			if (!Array.isArray(found.proof) || !found.proof.every(isHex)) throw new NodeError("state_getReadProof: not a proof");
			for (const part of found.proof) proof.add(part);
			asked.push(...keys);
		}
	}
	throw new NodeError("the node's answers lead to ever more questions");
}

interface Lines {
	items: { descendant: number }[];
	next: number | null;
}

/** The descendants that share: those the page shows, if it shows all, else those the node lists. */
async function descendantsOf({ asset, period, shown }: Statement, node: Node): Promise<number[]> {
	if (shown.lines && !shown.more_lines) return shown.lines.map(({ descendant }) => descendant);
	const listed: number[] = [];
	let from: number | null = 0;
	while (from !== null && listed.length <= MOST_DESCENDANTS) {
		const page: Lines = await node.request("royalty_statementLines", [asset, period, from, 1_000]);
		listed.push(...page.items.map(({ descendant }) => descendant));
		from = page.next;
	}
	return listed;
}
