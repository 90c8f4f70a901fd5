import { beforeEach, expect, test } from "vitest";
import { recompute, type Statement } from "../src/verify/ask";
import type { JsonHeader } from "../src/verify/bytes";
import type { Final } from "../src/verify/final";
import type { Answer, Answering, Question, Recomputed } from "../src/verify/module";
import { type Node, NodeError } from "../src/verify/node";
import { readable, resultOf, verdictOf } from "../src/verify/result";
import { handles, shownAmount, statementOf } from "../src/verify/shown";

beforeEach(() => {
	document.documentElement.lang = "en";
	document.body.replaceChildren();
});

const FINAL: Final = { hash: "0x01", header: "0x02", number: 100, basis: "node" };
const STATEMENT: Statement = { asset: 17, period: "2026-03", shown: { lines: [{ descendant: 1_204 }] } };
const DONE: Answer & { status: "done" } = {
	status: "done",
	block: { number: 100, hash: "0x01", state_root: "0x03" },
	ancestors: { of: "report", block: { number: 90, hash: "0x04", state_root: "0x05" }, steps: 1 },
	values: 2,
	complete: true,
	equal: true,
	checks: [],
};

/** Keys that are to be proven in the state of a block, the final one if no other is named. */
function need(keys: string[], block = FINAL.hash): Answer {
	return { status: "need", states: [{ block, keys }] };
}

/** A node that proves every key with a node of the same name, and notes what it was asked. */
function node(asked: [string, unknown[]][], lines: unknown[] = []): Node {
	return {
		url: "ws://node",
		async request<Result>(method: string, params: unknown[]) {
			asked.push([method, params]);
			const result = method === "royalty_statementLines" ? lines.shift() : { proof: params[0] };
			return result as Result;
		},
		close() {},
	};
}

/** A verification that gives its answers in turn, and notes the questions. */
function answering(answers: Answer[], questions: Question[] = []): Answering {
	return (question) => {
		questions.push(structuredClone(question));
		return answers.shift() ?? DONE;
	};
}

test("proofs are gathered until nothing is lacking", async () => {
	const [asked, questions] = [[] as [string, unknown[]][], [] as Question[]];
	const answers = [need(["0xaa"]), need(["0xbb", "0xcc"])];
	const outcome = await recompute(STATEMENT, FINAL, node(asked), answering(answers, questions));
	// The header is a byte, too.
	expect(outcome).toMatchObject({ answer: DONE, nodes: 3, bytes: 4 });
	expect(asked).toEqual([
		["state_getReadProof", [["0xaa"], "0x01"]],
		["state_getReadProof", [["0xbb", "0xcc"], "0x01"]],
	]);
	expect(questions.map(({ proof }) => proof)).toEqual([[], ["0xaa"], ["0xaa", "0xbb", "0xcc"]]);
	expect(questions.at(-1)?.asked).toEqual([
		{ block: "0x01", keys: ["0xaa"] },
		{ block: "0x01", keys: ["0xbb", "0xcc"] },
	]);
});

const HEADER: JsonHeader = {
	parentHash: "0x0a",
	number: "0x5a",
	stateRoot: "0x0b",
	extrinsicsRoot: "0x0c",
	digest: { logs: [] },
};

/** A node with two earlier blocks, that proves values of one of them, or says something else. */
function archive(asked: [string, unknown[]][], said?: string): Node {
	const proves = node(asked);
	return {
		...proves,
		async request<Result>(method: string, params: unknown[]) {
			if (method === "chain_getBlockHash") return ["0x90", "0x91"] as Result;
			if (method === "chain_getHeader") return HEADER as Result;
			if (said && params[1] === "0x90") throw new NodeError(said);
			return proves.request<Result>(method, params);
		},
	};
}

test("states of the blocks before are asked for as the verification names them", async () => {
	const [asked, questions] = [[] as [string, unknown[]][], [] as Question[]];
	const answers: Answer[] = [{ status: "need_headers", numbers: [91, 90] }, need(["0xaa"], "0x90")];
	await recompute(STATEMENT, FINAL, archive(asked), answering(answers, questions));
	expect(questions.at(-1)?.before).toEqual(["0x0a69010b0c00", "0x0a69010b0c00"]);
	expect(asked).toEqual([["state_getReadProof", [["0xaa"], "0x90"]]]);
	expect(questions.at(-1)?.forgotten).toBeUndefined();
});

test("a state that the node keeps no more is done without, and said to be so", async () => {
	const questions: Question[] = [];
	const answers: Answer[] = [{ status: "need_headers", numbers: [90] }, need(["0xaa"], "0x90")];
	const forgetful = archive([], "state_getReadProof: Client error: UnknownBlock: State already discarded for 0x90");
	await recompute(STATEMENT, FINAL, forgetful, answering(answers, questions));
	expect(questions.at(-1)).toMatchObject({ forgotten: true, asked: [] });
});

test("a node that fails otherwise is not taken for one that forgot", async () => {
	const late = archive([], "state_getReadProof: no answer within 30 s");
	await expect(recompute(STATEMENT, FINAL, late, answering([need(["0xaa"], "0x90")]))).rejects.toThrow(/no answer/);
	const lost: Node = { ...node([]), request: async () => Promise.reject(new NodeError("State already discarded")) };
	await expect(recompute(STATEMENT, FINAL, lost, answering([need(["0xaa"])]))).rejects.toThrow(/discarded/);
});

test("many keys are asked for in parts", async () => {
	const asked: [string, unknown[]][] = [];
	const keys = Array.from({ length: 600 }, (_, key) => `0x${key.toString(16).padStart(4, "0")}`);
	await recompute(STATEMENT, FINAL, node(asked), answering([need(keys)]));
	expect(asked.map(([, [keys]]) => (keys as string[]).length)).toEqual([256, 256, 88]);
});

test("descendants are those of the page where it shows all lines", async () => {
	const questions: Question[] = [];
	await recompute(STATEMENT, FINAL, node([]), answering([{ status: "need_descendants" }], questions));
	expect(questions.map(({ descendants }) => descendants)).toEqual([undefined, [1_204]]);
});

test("descendants are those that the node lists where the page shows some", async () => {
	const [asked, questions] = [[] as [string, unknown[]][], [] as Question[]];
	const lines = [
		{ items: [{ descendant: 3 }], next: 90 },
		{ items: [{ descendant: 99 }], next: null },
	];
	const some = { ...STATEMENT, shown: { ...STATEMENT.shown, more_lines: true } };
	await recompute(some, FINAL, node(asked, lines), answering([{ status: "need_descendants" }], questions));
	expect(questions.at(-1)?.descendants).toEqual([3, 99]);
	expect(asked.map(([, params]) => params)).toEqual([
		[17, "2026-03", 0, 1_000],
		[17, "2026-03", 90, 1_000],
	]);
});

test("a node that never proves enough is left", async () => {
	const forever: Answering = () => need(["0xaa"]);
	await expect(recompute(STATEMENT, FINAL, node([]), forever)).rejects.toThrow(NodeError);
});

test("what is no proof is refused", async () => {
	const liar: Node = { ...node([]), request: async <Result>() => ({ proof: ["<html>"] }) as Result };
	await expect(recompute(STATEMENT, FINAL, liar, answering([need(["0xaa"])]))).rejects.toThrow(/not a proof/);
});

const PAGE = `
	<section data-verify data-asset="17" data-period="2026-03" data-weight="18000" data-shared="1600000000"
		data-call-fees="400000007" data-carried-in="0" data-paid="2000000000" data-carried-out="7"
		data-payee="0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d"></section>
	<table><tr data-line data-descendant="1204" data-handle="MED-1" data-pot="15000000000" data-total-weight="135000"
		data-amount="1600000000"></tr></table>`;

test("a statement is read from its page", () => {
	document.body.innerHTML = PAGE;
	const section = document.querySelector<HTMLElement>("section")!;
	expect(statementOf(section, document)).toEqual({
		asset: 17,
		period: "2026-03",
		shown: {
			weight: 18_000,
			shared: "1600000000",
			call_fees: "400000007",
			carried_in: "0",
			paid: "2000000000",
			carried_out: "7",
			payee: "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
			lines: [{ descendant: 1_204, pot: "15000000000", total_weight: 135_000, amount: "1600000000" }],
			more_lines: false,
		},
	});
	expect(handles(document)).toEqual(new Map([[1_204, "MED-1"]]));
});

/** A place of a page that shows an amount. */
function place(value: string, title: string, text: string): HTMLElement {
	document.body.innerHTML = `<p data-shows="paid"><data value="${value}" title="${title}">${text}</data> U</p>`;
	return document.querySelector<HTMLElement>("p")!;
}

test("an amount is shown where value, hover and text agree", () => {
	expect(shownAmount(place("1600.000007", "1,600.000007 U", "1,600.00"), "1600000007")).toBe("1600000007");
});

test("a text that says another amount is what the page shows", () => {
	expect(shownAmount(place("1600.000007", "1,600.000007 U", "1,700.00"), "1600000007")).toBe("1700000000");
	expect(shownAmount(place("1700.00", "1,700.00 U", "1,700.00"), "1600000007")).toBe("1700000000");
	expect(shownAmount(place("1600.000007", "1,600.00 U", "1,600.00"), "1600000007")).toBe("1600000000");
	expect(shownAmount(place("", "", "much"), "1600000007")).toBe("none");
});

test("a statement whose text says another amount is read with that one", () => {
	document.body.innerHTML = PAGE + '<p data-shows="paid"><data value="2000" title="2,000.00 U">2,001.00</data></p>';
	expect(statementOf(document.querySelector("section")!, document).shown.paid).toBe("2001000000");
});

test("numbers of steps are written for people", () => {
	expect(readable("paid", "2000000000")).toBe("2,000.00 U");
	expect(readable("total_weight", "135000")).toBe("13.5");
	expect(readable("quality", "-2500")).toBe("-0.25");
	expect(readable("rank", "8000")).toBe("80.00 %");
	expect(readable("weight", "none")).toBe("none");
});

test("what differs is marked by more than a colour", () => {
	const checks: Recomputed["checks"] = [
		{ what: "pot", descendant: 1_204, recomputed: "15000000000", recorded: "15000000000", shown: "1", equal: false },
		{ what: "paid", recomputed: "2000000000", recorded: "2000000000", equal: true },
	];
	const table = resultOf({ ...DONE, equal: false, checks }, STATEMENT, new Map([[1_204, "MED-1"]]));
	const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));
	expect(rows).toEqual([
		["Shared revenue of MED-1", "15,000.00 U", "15,000.00 U", "0.000001 U", "✗ different"],
		["Paid", "2,000.00 U", "2,000.00 U", "–", "✓ the same"],
	]);
});

test("what was not all recomputed is not said to be", () => {
	const checks: Recomputed["checks"] = [{ what: "paid", recomputed: "1", recorded: "1", equal: true }];
	expect(verdictOf({ ...DONE, checks })).toMatchObject({ kind: "equal", text: expect.stringContaining("all 1 numbers") });
	const partial = verdictOf({ ...DONE, checks, complete: false });
	expect(partial).toMatchObject({ kind: "partial", text: expect.stringContaining("except rank and average") });
	expect(verdictOf({ ...DONE, checks, complete: false, equal: false }).kind).toBe("different");
});
