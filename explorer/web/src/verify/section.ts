// The section of a page that recomputes its statement when the reader asks for it.

import { element, meta } from "../element";
import { word } from "../words/verify";
import { type Outcome, recompute, type Statement } from "./ask";
import { type Final, finalBlock, type Follow, OtherChain, PATIENCE, type Progress } from "./final";
import { instantiate, type Answering, type Recomputed } from "./module";
import { connect, type Node } from "./node";
import { resultOf, type Verdict, verdictOf } from "./result";
import { handles, statementOf } from "./shown";
import { steps } from "./steps";
import url from "./verify.wasm?url";

let loading: Promise<Answering> | undefined;

/** The verification, loaded once. */
function answering(): Promise<Answering> {
	loading ??= fetch(url).then(async (answer) => {
		if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
		return instantiate(await answer.arrayBuffer());
	});
	loading.catch(() => (loading = undefined));
	return loading;
}

/** The site's light client, if it has one. It is loaded when it is begun: it is larger than the rest of the site. */
function lightClient(): Follow | undefined {
	const specification = meta("heirloom-light-client");
	if (!specification) return undefined;
	return async (told, failed) => {
		const [{ follow }, answer] = await Promise.all([import("../light/client"), fetch(specification)]);
		if (!answer.ok) throw new Error(`${specification}: HTTP ${answer.status}`);
		return follow(await answer.text(), told, failed);
	};
}

/** How far a light client is, in words. */
function progressOf(progress: Progress): string {
	return progress.at === "block" ? word("light-block", { number: String(progress.number) }) : word(`light-${progress.at}`);
}

/** Makes the sections of a page work. */
export function verifySections(page: ParentNode): void {
	for (const section of page.querySelectorAll<HTMLElement>("[data-verify]")) {
		section.querySelector("[data-verify-without-script]")?.remove();
		const output = element("div", { class: "verify-output", "aria-live": "polite" });
		const button = element("button", { class: "verify-run", type: "button" }, word("verify-run"));
		button.addEventListener("click", async () => {
			button.disabled = true;
			await run(section, output, page);
			button.disabled = false;
			button.textContent = word("verify-again");
		});
		section.append(button, output);
	}
}

async function run(section: HTMLElement, output: HTMLElement, page: ParentNode): Promise<void> {
	const light = lightClient();
	const shown = steps(light !== undefined);
	output.replaceChildren(shown.list);
	delete section.dataset["state"];
	let node: Node | undefined;
	try {
		const address = meta("heirloom-node");
		if (!address) throw new Error(word("verify-no-node"));
		shown.begin(light ? "final" : "header");
		const statement = statementOf(section, page);
		node = await connect(address);
		const verification = await answering();
		const final = await finalBlock(node, light, (progress) => shown.note(progressOf(progress)));
		shown.begin("header");
		const outcome = await recompute(statement, final, node, verification, shown.begin);
		show(outcome, statement, final, node, output, page);
		shown.end(outcome.answer.status === "done");
	} catch (error) {
		shown.end(false);
		output.append(verdict("refused", word("verify-failed", { why: reason(error, node) })));
	} finally {
		node?.close();
		const said = output.querySelector<HTMLElement>(".verify-verdict")?.dataset["verdict"];
		if (said) section.dataset["state"] = said;
	}
}

/** What went wrong, in words. */
function reason(error: unknown, node: Node | undefined): string {
	if (!(error instanceof OtherChain)) return error instanceof Error ? error.message : String(error);
	const { block, instead } = error;
	const facts = { number: String(block.number), hash: block.hash, node: node?.url ?? "" };
	return instead ? word("light-other", { ...facts, instead }) : word("light-unknown", facts);
}

/** Whose word it is that the block is final, and why not another's. */
function basisOf(final: Final, node: Node): HTMLElement {
	const { tried } = final;
	const facts = { number: String(final.number), hash: final.hash, node: node.url };
	const texts = [word(`basis-${final.basis}`, facts)];
	if (tried?.why === "failed") texts.push(word("light-failed", { why: tried.message }));
	const seconds = String(PATIENCE.follow / 1_000);
	if (tried?.why === "late") texts.push(word("light-late", { seconds }));
	if (tried?.why === "behind") texts.push(word("light-behind", { seconds, number: String(tried.number) }));
	return element("p", { class: "verify-basis", "data-basis": final.basis }, texts.join(" "));
}

function show(
	outcome: Outcome,
	statement: Statement,
	final: Final,
	node: Node,
	output: HTMLElement,
	page: ParentNode,
): void {
	const { answer } = outcome;
	if (answer.status === "refused") {
		const places = Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, String(value)]));
		output.append(verdict("refused", word("verify-failed", { why: word(`refused-${answer.reason}`, places) })));
		return;
	}
	const names = handles(page);
	const { kind, text } = verdictOf(answer);
	output.append(
		verdict(kind, text),
		resultOf(answer, statement, names),
		basisOf(final, node),
		element("p", { class: "verify-basis", "data-ancestors": answer.ancestors.of }, ancestors(answer, node)),
		element(
			"p",
			{ class: "verify-basis" },
			word(answer.complete ? "verify-complete" : "verify-partial"),
			" ",
			word("verify-size", {
				values: String(answer.values),
				kilobytes: String(Math.ceil(outcome.bytes / 1_024)),
				root: answer.block.state_root,
			}),
		),
	);
}

/** Of when the sets of ancestors are. */
function ancestors({ block, ancestors }: Recomputed, node: Node): string {
	if (ancestors.of === "now") {
		return word("ancestors-now", { then: String(ancestors.reported_in), number: String(block.number) });
	}
	const { steps, block: then } = ancestors;
	const facts = { number: String(then.number), hash: then.hash, final: String(block.number), node: node.url };
	return steps === null ? word("ancestors-named", facts) : word("ancestors-proven", { ...facts, steps: String(steps) });
}

function verdict(kind: Verdict | "refused", text: string): HTMLElement {
	const sign = { equal: "✓", partial: "◐", different: "✗", refused: "✗" }[kind];
	return element("p", { class: "verify-verdict", "data-verdict": kind, role: "status" }, `${sign} ${text}`);
}
