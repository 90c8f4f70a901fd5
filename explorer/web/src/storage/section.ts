// The part of the upload page that adds a file, or what was sealed of it, to an IPFS node of the reader's own.

import { announce, element } from "../element";
import { size } from "../seal/handed";
import { type Word, word } from "../words/signing";
import { add, addressOf, type Chosen, type Failure, NotAdded, PATIENCE_MILLIS, USUAL_ADDRESS } from "./node";

/** What the rest of the page says of the file. */
export interface Shelf {
	/** What there is to be added, or why there is nothing. */
	chosen(): Chosen | Word;
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

/** Makes the part. What it gives ends what is under way, since another file was chosen. */
export function storing(place: HTMLElement, { chosen, added, doubted }: Shelf): { clear(): void } {
	let adding: AbortController | undefined;
	const address = element("input", { type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false", maxlength: "256", value: USUAL_ADDRESS });
	const button = element("button", { type: "button" }, word("storage-run"));
	const state = element("div", { class: "seal-state" });
	const command = `ipfs config --json API.HTTPHeaders.Access-Control-Allow-Origin '["${location.origin}"]'`;
	place.append(
		element(
			"details",
			{},
			element("summary", {}, word("storage-title")),
			element(
				"div",
				{ class: "stack" },
				element("p", { class: "soft" }, word("storage-note")),
				element("p", { class: "soft small" }, word("storage-allow"), " ", element("code", { class: "hash" }, command)),
				element("div", { class: "form" }, element("label", {}, word("storage-address"), address), button),
				state,
			),
		),
	);

	const fail = (text: string) => state.replaceChildren(element("p", { class: "note bad", role: "alert" }, text));
	const clear = () => {
		adding?.abort();
		adding = undefined;
		state.replaceChildren();
	};
	/** Shows how far it is. Gives what is told of it. */
	const showing = ({ name, file }: Chosen, stop: () => void) => {
		const bar = element("progress", { max: String(Math.max(file.size, 1)), "aria-label": word("seal-progress-of", { file: name }) });
		const said = element("span", { class: "number" }, word("storage-asking"));
		const cancel = element("button", { type: "button", class: "button quiet" }, word("seal-cancel"));
		cancel.addEventListener("click", stop);
		state.replaceChildren(bar, element("p", { class: "tools" }, said, cancel));
		return (sent: number) => {
			bar.value = sent;
			const whole = { done: size(sent), total: size(file.size) };
			said.textContent = sent < file.size ? word("seal-progress", whole) : word("storage-sent");
		};
	};
	const run = async () => {
		clear();
		const what = chosen();
		const node = addressOf(address.value);
		if (typeof what === "string") return fail(word(what));
		if (!node) {
			fail(word("storage-bad_address"));
			return address.focus();
		}
		const mine = new AbortController();
		adding = mine;
		try {
			await add(node, what, showing(what, () => mine.abort()), mine.signal);
			if (adding !== mine) return;
			const done = word("storage-done", { node, content: what.content });
			state.replaceChildren(element("p", { class: "note good" }, done));
			announce(done);
			added(what, node);
		} catch (error) {
			if (adding !== mine) return;
			if (!(error instanceof NotAdded)) return fail(String(error));
			fail(saidOf(error.failure, node, what));
			if (error.failure.reason === "other_id") doubted(what);
		}
	};
	const press = async () => {
		button.disabled = true;
		await run();
		button.disabled = false;
	};
	button.addEventListener("click", () => void press());
	// Else it would be as if the form's own button were pressed, which asks for a signature.
	address.addEventListener("keydown", (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		if (!button.disabled) void press();
	});
	return { clear };
}
