// A part of the upload page that adds files, or what was sealed of them, to an IPFS node of the reader's own.

import { announce, element } from "../element";
import { progress } from "../seal/progress";
import { type Word, word } from "../words/signing";
import { add, addressOf, type Chosen, type Failure, NotAdded, PATIENCE_MILLIS, USUAL_ADDRESS } from "./node";

/** What the rest of the page says of the files. */
export interface Shelf {
	/** What the part is called, and what it says of where files go. */
	title: Word;
	note: Word;
	/** What there is to be added, or why there is nothing. */
	chosen(): Chosen[] | Word | Promise<Chosen[] | Word>;
	/** The node at this address keeps it. */
	added(chosen: Chosen, node: string): void;
	/** The node gave it another content id. */
	doubted(chosen: Chosen): void;
}

/** What a failure is called. */
export function saidOf(failure: Failure, node: string, { content }: Chosen): string {
	switch (failure.reason) {
		case "unreadable":
			return word("seal-unreadable");
		case "refused":
			return word("storage-refused", { node, why: failure.detail });
		case "other_id":
			return word("storage-other_id", { given: failure.given, content });
		default:
			return word(`storage-${failure.reason}`, { node, seconds: String(PATIENCE_MILLIS / 1_000) });
	}
}

/** Makes the part. What it gives ends what is under way, since other files were chosen. */
export function storing(place: HTMLElement, { title, note, chosen, added, doubted }: Shelf): { clear(): void } {
	let adding: AbortController | undefined;
	/** What a node has of several files before it has all of them: the next attempt goes on from there. */
	let held = { node: "", kept: new Set<string>() };
	const address = element("input", { type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false", maxlength: "256", value: USUAL_ADDRESS });
	const button = element("button", { type: "button" }, word("storage-run"));
	const state = element("div", { class: "seal-state" });
	const command = `ipfs config --json API.HTTPHeaders.Access-Control-Allow-Origin '["${location.origin}"]'`;
	place.append(
		element(
			"details",
			{},
			element("summary", {}, word(title)),
			element(
				"div",
				{ class: "stack" },
				element("p", { class: "soft" }, word(note)),
				element("p", { class: "soft small" }, word("storage-allow"), " ", element("code", { class: "hash" }, command)),
				element("div", { class: "form" }, element("label", {}, word("storage-address"), address), button),
				state,
			),
		),
	);

	const fail = (text: string) => state.replaceChildren(element("p", { class: "note bad", role: "alert" }, text));
	const stop = () => {
		adding?.abort();
		adding = undefined;
		state.replaceChildren();
	};
	const send = async (node: string, what: Chosen, mine: AbortController, title: string) => {
		const { name, file } = what;
		const told = progress(state, { name, size: file.size }, () => mine.abort(), title);
		told(undefined, word("storage-asking"));
		await add(node, what, (sent) => (sent < file.size ? told(sent) : told(sent, word("storage-sent"))), mine.signal);
	};
	const run = async () => {
		stop();
		const node = addressOf(address.value);
		if (!node) {
			fail(word("storage-bad_address"));
			return address.focus();
		}
		const mine = new AbortController();
		adding = mine;
		const all = await chosen();
		if (adding !== mine) return;
		if (typeof all === "string") return fail(word(all));
		if (held.node !== node) held = { node, kept: new Set() };
		const [several, count] = [all.length > 1, String(all.length)];
		for (const [before, what] of all.entries()) {
			const nth = several ? word("storage-nth", { file: what.name, at: String(before + 1), count }) : "";
			try {
				if (!held.kept.has(what.content)) await send(node, what, mine, nth);
			} catch (error) {
				if (adding !== mine) return;
				const why = error instanceof NotAdded ? saidOf(error.failure, node, what) : String(error);
				fail(several ? word("of-file", { file: what.name, what: why }) : why);
				if (error instanceof NotAdded && error.failure.reason === "other_id") doubted(what);
				return;
			}
			if (adding !== mine) return;
			held.kept.add(what.content);
			added(what, node);
		}
		held.kept.clear();
		const done = several ? word("storage-done-many", { node, count }) : word("storage-done", { node, content: all[0]?.content ?? "" });
		state.replaceChildren(element("p", { class: "note good" }, done));
		announce(done);
	};
	const press = async () => {
		button.disabled = true;
		try {
			await run();
		} catch (error) {
			// The rest of the page threw it. Where other files were chosen meanwhile it is about none of them.
			if (adding) fail(String(error));
		} finally {
			button.disabled = false;
		}
	};
	button.addEventListener("click", () => void press());
	// Else it would be as if the form's own button were pressed, which asks for a signature.
	address.addEventListener("keydown", (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		if (!button.disabled) void press();
	});
	return {
		clear() {
			stop();
			held.kept.clear();
		},
	};
}
