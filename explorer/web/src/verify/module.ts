// The verification: Rust, compiled to wasm, without any function of this page inside.

/** What a page shows of a statement; see `Shown` of the crate `heirloom-explorer-verify`. */
export interface Shown {
	weight?: number;
	shared?: string;
	call_fees?: string;
	carried_in?: string;
	paid?: string;
	carried_out?: string;
	payee?: string;
	lines?: ShownLine[];
	more_lines?: boolean;
}

/** A line of the share as a page shows it. */
export interface ShownLine {
	descendant: number;
	pot?: string;
	total_weight?: number;
	amount?: string;
}

/** See `Question`. */
export interface Question {
	asset: number;
	period: string;
	hash: string;
	header: string;
	proof: string[];
	asked: Asked[];
	before?: string[];
	forgotten?: boolean;
	descendants?: number[];
	shown: Shown;
}

/** Keys in the state of one block; see `Wanted` and `Asked`. */
export interface Asked {
	block: string;
	keys: string[];
}

/** What a step computes; see `What`. */
export type What =
	| "average"
	| "rank"
	| "quality"
	| "usage"
	| "impact"
	| "weight"
	| "pot"
	| "total_weight"
	| "line"
	| "shared"
	| "call_fees"
	| "carried_in"
	| "paid"
	| "carried_out"
	| "payee";

/** See `Check`. */
export interface Check {
	what: What;
	descendant?: number;
	recomputed: string;
	recorded?: string;
	shown?: string;
	equal: boolean;
}

/** See `Block`. */
export interface Block {
	number: number;
	hash: string;
	state_root: string;
}

/** See `AncestorsOf`. */
export type AncestorsOf = { of: "report"; block: Block; steps: number | null } | { of: "now"; reported_in: number };

/** See `Recomputed`. */
export interface Recomputed {
	block: Block;
	ancestors: AncestorsOf;
	values: number;
	complete: boolean;
	equal: boolean;
	checks: Check[];
}

/** See `Refusal`. */
export type Refusal =
	| { reason: "bad_question"; detail: string }
	| { reason: "other_header"; hash: string }
	| { reason: "other_ancestor"; number: number }
	| { reason: "not_proven"; key: string }
	| { reason: "unreadable"; item: string }
	| { reason: "not_settled" | "no_such_asset" | "pruned" | "too_large" };

/** See `Answer`. */
export type Answer =
	| { status: "need_headers"; numbers: number[] }
	| { status: "need"; states: Asked[] }
	| { status: "need_descendants" }
	| ({ status: "done" } & Recomputed)
	| ({ status: "refused" } & Refusal);

/** Answers questions. */
export type Answering = (question: Question) => Answer;

interface Exports extends WebAssembly.Exports {
	memory: WebAssembly.Memory;
	reserve(length: number): number;
	answer(question: number, length: number): bigint;
	release(answer: number, length: number): void;
}

/** Makes the verification of its module's bytes. */
export async function instantiate(module: BufferSource): Promise<Answering> {
	const { instance } = await WebAssembly.instantiate(module, {});
	const exports = instance.exports as Exports;
	return (question) => {
		const asked = new TextEncoder().encode(JSON.stringify(question));
		// Addresses above 2 GiB are negative numbers here.
		const place = exports.reserve(asked.length) >>> 0;
		new Uint8Array(exports.memory.buffer, place, asked.length).set(asked);
		const packed = BigInt.asUintN(64, exports.answer(place, asked.length));
		const [answer, length] = [Number(packed & 0xffff_ffffn), Number(packed >> 32n)];
		const text = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, answer, length));
		exports.release(answer, length);
		return JSON.parse(text) as Answer;
	};
}
