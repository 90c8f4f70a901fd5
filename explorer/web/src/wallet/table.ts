// Many assets at once, from a table: every row that is wrong is named, and nothing is signed until none is.

import { parse } from "papaparse";
import type { Found } from "../seal/seen";
import { type Word, word } from "../words/signing";
import { type Draft, read, type Typed } from "./draft";

/** The most rows: what one transaction holds with room to spare. */
export const MOST_ROWS = 100;

/** Columns that a table must have; the others are those of the form too. Where rows name files, their content ids come of these. */
const NEEDED = ["handle", "kind", "content", "terms", "call_fee"];
/** Stands for a content id that is not known before its file was looked at. */
const OF_ITS_FILE = "-";

/** A row of a table. */
export interface Row {
	/** As people count them: the first line holds the names of the columns. */
	row: number;
	/** What it states; the content id is empty where it is that of the file. */
	draft: Draft;
	/** The file that it names; empty where it names none. */
	file: string;
	/** Whether it is data of a medical domain. */
	medical: boolean;
}

/** A row with the content id of its file, where that is known. */
export interface Entry extends Row {
	found: Found | undefined;
}

/** What a table says, or all that is wrong with it. */
export type Table = { rows: Row[] } | { wrong: string[] };

/** Rows with their files, or all that is wrong with these. */
export type Filled = { entries: Entry[] } | { wrong: string[] };

/** A domain of the chain's list. */
export interface Domain {
	id: number;
	/** Whether its data is sensitive. */
	medical: boolean;
}

/** What is wrong with a row. */
export function ofRow(row: number, column: string, what: string): string {
	return word("bulk-row", { row: String(row), column, what });
}

/** Reads a table. Domains stand in it by name. */
export function table(text: string, domains: Map<string, Domain>): Table {
	const { data, errors, meta } = parse<Typed>(text.replace(/^\uFEFF/, ""), { header: true, skipEmptyLines: "greedy" });
	const has = (column: string) => meta.fields?.includes(column) ?? false;
	const missing = NEEDED.filter((column) => !has(column) && !(column === "content" && has("file")));
	if (missing.length > 0) return { wrong: [word("bulk-columns", { columns: missing.join(", ") })] };
	if (data.length === 0) return { wrong: [word("bulk-empty")] };
	if (data.length > MOST_ROWS) {
		return { wrong: [word("bulk-many", { most: String(MOST_ROWS), count: String(data.length) })] };
	}
	const wrong = errors.map(({ row, message }) => ofRow((row ?? 0) + 2, "CSV", word("bulk-unreadable", { why: message })));
	const handles = new Set<string>();
	const rows: Row[] = [];
	for (const [at, typed] of data.entries()) {
		const row = at + 2;
		const field = (name: string) => (typed[name] ?? "").trim();
		const [name, file, content] = [field("domain"), field("file"), field("content")];
		const domain = domains.get(name);
		const reading = read({
			...typed,
			domain: name === "" ? "" : String(domain?.id ?? "unknown"),
			content: content === "" && file !== "" ? OF_ITS_FILE : content,
		});
		if ("wrong" in reading) {
			for (const [column, what] of reading.wrong) wrong.push(ofRow(row, column, word(what satisfies Word)));
			continue;
		}
		const { draft } = reading;
		if (handles.has(draft.handle)) wrong.push(ofRow(row, "handle", word("bulk-twice")));
		handles.add(draft.handle);
		rows.push({ row, draft: { ...draft, content }, file, medical: domain?.medical === true && draft.kind === "Data" });
	}
	return wrong.length > 0 ? { wrong } : { rows };
}

/**
 * Finds the files of rows, by the names that these give, else by their content ids. Medical data is taken only with a file that is
 * seen to be sealed; a file of no row is a mistake as well.
 */
export function filled(rows: Row[], found: Found[]): Filled {
	const wrong: string[] = [];
	const taken = new Set<Found>();
	const entries = rows.map((row): Entry => {
		const { draft, file, medical } = row;
		const say = (column: string, what: Word, places: Record<string, string> = {}) => void wrong.push(ofRow(row.row, column, word(what, places)));
		// Some systems write a letter and its accent as two.
		const named = (one: Found) => one.file.name.normalize() === file.normalize();
		const its = found.filter((one) => (file === "" ? one.content === draft.content : named(one)));
		for (const one of its) taken.add(one);
		const [one] = its;
		if (!one) {
			if (file !== "") say("file", "bulk-no-file", { file });
			else if (medical) say("content", "bulk-unsealed");
			return { ...row, found: undefined };
		}
		const { content } = one;
		if (its.some((other) => other.content !== content)) say("file", "bulk-two-files", { file });
		if (draft.content !== "" && draft.content !== content) say("content", "bulk-other-content", { file, content });
		if (medical && !one.sealed) say("file", "bulk-not-sealed", { file: one.file.name });
		return { ...row, draft: { ...draft, content }, found: one };
	});
	for (const one of found) if (!taken.has(one)) wrong.push(word("bulk-no-row", { file: one.file.name }));
	return wrong.length > 0 ? { wrong } : { entries };
}
