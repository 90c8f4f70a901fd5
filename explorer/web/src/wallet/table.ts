// Many assets at once, from a table: every row that is wrong is named, and nothing is signed until none is.

import { parse } from "papaparse";
import { type Word, word } from "../words/signing";
import { type Draft, read, type Typed } from "./draft";

/** The most rows: what one transaction holds with room to spare. */
export const MOST_ROWS = 100;

/** Columns that a table must have; the others are those of the form too. */
const NEEDED = ["handle", "kind", "content", "terms", "call_fee"];

/** What a table says, or all that is wrong with it. */
export type Table = { drafts: Draft[] } | { wrong: string[] };

/** A domain of the chain's list. */
export interface Domain {
	id: number;
	/** Whether its data is sensitive. */
	medical: boolean;
}

/** Reads a table. Domains stand in it by name. Medical data is taken only with the content of a sealed file that was seen. */
export function table(text: string, domains: Map<string, Domain>, sealed: Set<string>): Table {
	const { data, errors, meta } = parse<Typed>(text.replace(/^\uFEFF/, ""), { header: true, skipEmptyLines: "greedy" });
	const missing = NEEDED.filter((column) => !meta.fields?.includes(column));
	if (missing.length > 0) return { wrong: [word("bulk-columns", { columns: missing.join(", ") })] };
	if (data.length === 0) return { wrong: [word("bulk-empty")] };
	if (data.length > MOST_ROWS) {
		return { wrong: [word("bulk-many", { most: String(MOST_ROWS), count: String(data.length) })] };
	}
	// Rows as people count them: the first line holds the names of the columns.
	const named = (row: number, column: string, what: string) => word("bulk-row", { row: String(row + 2), column, what });
	const wrong = errors.map(({ row, message }) => named(row ?? 0, "CSV", word("bulk-unreadable", { why: message })));
	const handles = new Set<string>();
	const drafts: Draft[] = [];
	for (const [row, typed] of data.entries()) {
		const name = (typed["domain"] ?? "").trim();
		const domain = domains.get(name);
		const reading = read({ ...typed, domain: name === "" ? "" : String(domain?.id ?? "unknown") });
		if ("wrong" in reading) {
			for (const [column, what] of reading.wrong) wrong.push(named(row, column, word(what satisfies Word)));
			continue;
		}
		const { kind, content } = reading.draft;
		if (domain?.medical && kind === "Data" && !sealed.has(content)) wrong.push(named(row, "content", word("bulk-unsealed")));
		if (handles.has(reading.draft.handle)) wrong.push(named(row, "handle", word("bulk-twice")));
		handles.add(reading.draft.handle);
		drafts.push(reading.draft);
	}
	return wrong.length > 0 ? { wrong } : { drafts };
}
