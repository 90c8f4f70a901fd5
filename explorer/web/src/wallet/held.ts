// What waits for an account, as the server writes it: the page is asked for with that account, and its part is taken from it.

import { element } from "../element";
import { word } from "../words/signing";

let last = 0;

/** Shows what waits for an account; nothing without one. */
export async function showHeld(page: ParentNode, payee: string | undefined): Promise<void> {
	const place = page.querySelector<HTMLElement>("[data-held]");
	if (!place) return;
	const mine = ++last;
	const found = payee === undefined ? [] : await partOf(`${location.pathname}?${new URLSearchParams({ payee })}`);
	// Another account may have been chosen meanwhile.
	if (mine === last) place.replaceChildren(...found);
}

async function partOf(address: string): Promise<Node[]> {
	try {
		const answer = await fetch(address, { headers: { accept: "text/html" } });
		if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
		const newer = new DOMParser().parseFromString(await answer.text(), "text/html");
		return [...(newer.querySelector("[data-held]")?.childNodes ?? [])];
	} catch (error) {
		return [element("p", { class: "note bad" }, word("held-unknown", { why: error instanceof Error ? error.message : String(error) }))];
	}
}
