// Asks a node for proofs until the verification has all it needs.

import { encodeHeader, isHex, type JsonHeader } from "./bytes";
import type { Final } from "./final";
import type { Answer, Answering, Asked, Question, Shown } from "./module";
import { type Node, NodeError } from "./node";

/** Keys in one question to the node. */
const KEYS_AT_ONCE = 256;

/** More questions than any statement needs: what to read follows from what was read, in five stages. */
const MOST_ROUNDS = 12;

/** The most descendants that are listed before it is left to a computer with more time. */
const MOST_DESCENDANTS = 2_000;

/** What a node says of a state that it does not keep: its number in JSON-RPC, or its words. */
const FORGOTTEN = /discarded|unknown ?block/i;

/** A statement as a page shows it. */
export interface Statement {
	asset: number;
	period: string;
	shown: Shown;
}

/** What it is doing. */
export type Step = "final" | "header" | "proof" | "recompute";

/** What came of it. */
export interface Outcome {
	answer: Extract<Answer, { status: "done" | "refused" }>;
	final: Final;
	/** Nodes of the states' tries that were fetched. */
	nodes: number;
	/** Their bytes, and those of headers. */
	bytes: number;
}

/** Recomputes a statement from the states of a final block and of the one that reported the month. */
export async function recompute(
	statement: Statement,
	final: Final,
	node: Node,
	answering: Answering,
	step: (step: Step) => void = () => {},
): Promise<Outcome> {
	const { hash, header } = final;
	const question: Question = { ...statement, hash, header, proof: [], asked: [] };
	const proof = new Set<string>();
	for (let round = 0; round < MOST_ROUNDS; round++) {
		step(round === 0 ? "proof" : "recompute");
		const answer = answering({ ...question, proof: [...proof] });
		if (answer.status === "done" || answer.status === "refused") {
			step("recompute");
			const fetched = [...proof, ...(question.before ?? []), header];
			const bytes = fetched.reduce((sum, hex) => sum + hex.length / 2 - 1, 0);
			return { answer, final, nodes: proof.size, bytes };
		}
		step("proof");
		if (answer.status === "need_descendants") {
			question.descendants = await descendantsOf(statement, node);
			continue;
		}
		try {
			if (answer.status === "need_headers") {
				question.before = await headersOf(answer.numbers, node);
			} else {
				await Promise.all(answer.states.map((wanted) => prove(wanted, node, proof)));
				question.asked.push(...answer.states);
			}
		} catch (error) {
			// Blocks of before are looked at for what was so then; without them it is what is so now.
			const ofNow = answer.status === "need" && answer.states.every(({ block }) => block === hash);
			if (ofNow || !(error instanceof NodeError && FORGOTTEN.test(error.message))) throw error;
			question.forgotten = true;
		}
	}
	throw new NodeError("the node's answers lead to ever more questions");
}

/** Gathers proofs of some values of a block's state. */
async function prove({ block, keys }: Asked, node: Node, proof: Set<string>): Promise<void> {
	for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
		const part = keys.slice(from, from + KEYS_AT_ONCE);
		const found = await node.request<{ proof: unknown }>("state_getReadProof", [part, block]);
		if (!Array.isArray(found.proof) || !found.proof.every(isHex)) throw new NodeError("state_getReadProof: not a proof");
		for (const one of found.proof) proof.add(one);
	}
}

/** The headers of blocks by their numbers, as the node has them. */
async function headersOf(numbers: number[], node: Node): Promise<string[]> {
	const hashes = await node.request<unknown>("chain_getBlockHash", [numbers]);
	if (!Array.isArray(hashes)) throw new NodeError("chain_getBlockHash: not a list");
	return Promise.all(
		hashes.map(async (hash: unknown) => {
			const header = hash === null ? null : await node.request<JsonHeader | null>("chain_getHeader", [hash]);
			if (header === null) throw new NodeError("unknown block");
			return encodeHeader(header);
		}),
	);
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
