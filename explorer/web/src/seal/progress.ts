// How far something is with a file, and the button that stops it.

import { element } from "../element";
import { word } from "../words/signing";
import { size } from "./handed";

/**
 * Shows it in a place, below a title where there is one. Gives what is told how many of the file's bytes are done, and what is said of
 * that instead of their number.
 */
export function progress(place: HTMLElement, file: { name: string; size: number }, stop: () => void, title = "") {
	const bar = element("progress", { max: String(Math.max(file.size, 1)), "aria-label": word("seal-progress-of", { file: file.name }) });
	const said = element("span", { class: "number" });
	const cancel = element("button", { type: "button", class: "button quiet" }, word("seal-cancel"));
	cancel.addEventListener("click", stop);
	const above = title === "" ? [] : [element("p", { role: "status" }, title)];
	place.replaceChildren(...above, bar, element("p", { class: "tools" }, said, cancel));
	return (done: number | undefined, text = word("seal-progress", { done: size(done ?? 0), total: size(file.size) })): void => {
		if (done !== undefined) bar.value = done;
		said.textContent = text;
	};
}
