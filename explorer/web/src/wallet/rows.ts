// Rows of a table that has files: the content id and the size of each, and which of them are in storage by now.

import { element } from "../element";
import { size } from "../seal/handed";
import { type Word, word } from "../words/signing";
import type { Entry } from "./table";

/** Makes the list. `added` marks what has a content id. */
export function listed(entries: Entry[]): { list: HTMLElement; added(content: string): void } {
	const marks = new Map<string, HTMLElement[]>();
	// On a phone each cell names its column.
	const cell = (head: Word, text: string, kind?: string) => element("td", { "data-name": word(head), class: kind }, text);
	const rows = entries.map(({ draft, found }) => {
		const mark = cell("rows-stored", "–");
		if (found) marks.set(found.content, [...(marks.get(found.content) ?? []), mark]);
		return element(
			"tr",
			{},
			element("th", { scope: "row", class: "handle" }, draft.handle),
			cell("rows-file", found?.file.name ?? "–", "hash"),
			cell("rows-size", found ? size(found.file.size) : "–", "n"),
			cell("rows-content", draft.content, "hash"),
			mark,
		);
	});
	const heads = (["rows-name", "rows-file", "rows-size", "rows-content", "rows-stored"] as const).map((head) =>
		element("th", { scope: "col", class: head === "rows-size" ? "n" : undefined }, word(head)),
	);
	const table = element("table", { class: "fold" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
	return {
		// What is wider than the window scrolls by itself, also by keys.
		list: element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": word("rows-title") }, table),
		added(content) {
			for (const mark of marks.get(content) ?? []) mark.textContent = word("rows-added");
		},
	};
}
