// What the chain refuses, in words.

import { element } from "../element";
import { isWord, word } from "../words/signing";
import type { Outcome } from "./chain";

/** What a person can do about an error of the chain. */
export function reasonOf(error: string): string {
	const name = `chain-${error}`;
	return isWord(name) ? word(name) : word("chain-other");
}

/** A note of what went wrong, with the chain's own name of it. */
export function note(text: string, error?: string): HTMLElement {
	const small = error === undefined ? [] : [" ", element("small", {}, element("code", {}, error))];
	return element("p", { class: "note bad", role: "alert" }, text, ...small);
}

/** What is said of a transaction that was not carried out. */
export function refusal(outcome: Exclude<Outcome, { is: "done" }>): HTMLElement {
	switch (outcome.is) {
		case "refused": {
			const { block, error } = outcome;
			return note(word("refused-in-block", { block: String(block), why: reasonOf(error) }), error);
		}
		case "invalid":
			return note(word("not-signed", { why: reasonOf(outcome.error) }), outcome.error);
		case "unknown":
			return note(word("sent-unknown", { why: outcome.why }));
	}
}
