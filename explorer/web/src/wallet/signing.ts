// What is about to be signed, in words, with what it costs; then the button.

import { element } from "../element";
import { exactU } from "../money";
import { word } from "../words/signing";
import type { Chain, Cost, Transaction } from "./chain";
import type { Account } from "./injected";
import { note, refusal } from "./refusals";

const LOOM = 10n ** 12n;

/** LOOM with up to four decimals, rounded up: a price is not shown smaller than it is. */
export function loom(planck: bigint): string {
	const step = LOOM / 10_000n;
	const parts = (planck + step - 1n) / step;
	const fraction = (parts % 10_000n).toString().padStart(4, "0").replace(/0+$/, "");
	return `${parts / 10_000n}${fraction && `.${fraction}`}`;
}

/** The lines that say what something costs. */
export function costs({ fee, feeInU, deposit, depositInU }: Cost): string[] {
	const line = (name: "cost-fee" | "cost-deposit", planck: bigint, micro: bigint | undefined) =>
		micro === undefined ? word(name, { loom: loom(planck) }) : word(`${name}-u`, { loom: loom(planck), u: exactU(micro) });
	return [line("cost-fee", fee, feeInU), ...(deposit > 0n ? [line("cost-deposit", deposit, depositInU)] : [])];
}

/** A transaction that waits for a signature. */
export interface Waiting {
	transaction: Transaction;
	/** What it does. */
	words: string;
	/** How many assets it holds a deposit for. */
	assets: number;
	/** What is said and linked when it is done. */
	done: (block: string) => (Node | string)[];
}

/** Shows what waits for a signature of an account, in place of what stood there. */
export async function ask(place: HTMLElement, chain: Chain, account: Account, waiting: Waiting): Promise<void> {
	const { transaction, words, assets, done } = waiting;
	const unsigned = (why: unknown) => note(word("not-signed", { why: why instanceof Error ? why.message : String(why) }));
	let cost: Cost;
	try {
		cost = await chain.cost(transaction, account.address, assets);
	} catch (error) {
		place.replaceChildren(unsigned(error));
		return;
	}
	const inU = element("input", { type: "checkbox", name: "in-u" });
	const button = element("button", { type: "button", class: "sign" }, word("sign"));
	const said = element("div", { role: "status" });
	button.addEventListener("click", async () => {
		button.disabled = true;
		said.replaceChildren(element("p", { class: "soft" }, word("signing")));
		try {
			const outcome = await chain.submit(transaction, account.signer(words), inU.checked);
			const good = (block: number) => element("p", { class: "note good signed" }, ...done(String(block)));
			said.replaceChildren(outcome.is === "done" ? good(outcome.block) : refusal(outcome));
			// What was done, or may have been, is not done again by mistake.
			button.disabled = outcome.is === "done" || outcome.is === "unknown";
		} catch (error) {
			said.replaceChildren(unsigned(error));
			button.disabled = false;
		}
	});
	place.replaceChildren(
		element("h3", {}, word("sign-what")),
		element("p", { class: "because" }, words),
		element("ul", {}, ...costs(cost).map((line) => element("li", {}, line))),
		...(cost.feeInU === undefined ? [] : [element("label", { class: "check" }, inU, word("sign-in-u"))]),
		element("p", { class: "soft small" }, word("sign-mortal")),
		button,
		said,
	);
}
