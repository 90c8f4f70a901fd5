// The form for many assets at once, and their files.

import { element, meta } from "../element";
import { NotMade } from "../seal/job";
import { progress } from "../seal/progress";
import { saidOf } from "../seal/section";
import { look } from "../seal/seen";
import { storing } from "../storage/section";
import { word } from "../words/signing";
import { openChain } from "./chain";
import type { Account } from "./injected";
import { listed } from "./rows";
import { ask } from "./signing";
import { type Domain, type Entry, filled, ofRow, table } from "./table";

/** A table that is being read, with its files. */
interface Reading {
	/** Its rows; nothing where something is wrong, which is said, or where another choice was made meanwhile. */
	entries: Promise<Entry[] | undefined>;
	stop: AbortController;
}

/** Makes the form work, for the account that is chosen when it is sent. */
export function bulk(form: HTMLFormElement, account: () => Account | undefined, place: HTMLElement): void {
	const page = form.ownerDocument;
	const [state, shelved] = ["[data-rows]", "[data-storage-many]"].map((name) => page.querySelector<HTMLElement>(name));
	if (!state || !shelved) return;
	const said = element("ul", { class: "wrong", role: "alert" });
	form.append(said);
	const files = (name: string) => [...(form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.files ?? [])];
	const refuse = (...lines: string[]): undefined => {
		said.replaceChildren(...lines.map((line) => element("li", {}, line)));
		return undefined;
	};
	let reading: Reading | undefined;
	let list: ReturnType<typeof listed> | undefined;
	/** Content ids of files that a node keeps, and of those that became something else in it. */
	const [stored, doubted] = [new Set<string>(), new Set<string>()];

	/** Reads the table and looks at its files. */
	const lookThrough = async (stop: AbortController): Promise<Entry[] | undefined> => {
		refuse();
		state.replaceChildren();
		const [chosen, all] = [files("table")[0], files("files")];
		if (!chosen) return refuse(word("seal-no-file"));
		let at = chosen;
		const looking = (file: File) => {
			at = file;
			return progress(state, file, () => stop.abort(), word("bulk-reading", { file: file.name }));
		};
		const over = () => reading?.stop !== stop;
		try {
			const read = table(await chosen.text(), domains(page));
			if (over()) return undefined;
			if ("wrong" in read) return refuse(...read.wrong);
			const found = filled(read.rows, await look(all, looking, stop.signal));
			if (over()) return undefined;
			state.replaceChildren();
			if ("wrong" in found) return refuse(...found.wrong);
			list = listed(found.entries);
			for (const content of stored) list.added(content);
			if (all.length > 0) state.replaceChildren(list.list);
			return found.entries;
		} catch (error) {
			if (over()) return undefined;
			state.replaceChildren();
			// A file that was changed or moved since it was chosen is an exception of the browser's.
			const why = error instanceof NotMade ? saidOf(error.failure) : error instanceof DOMException ? word("seal-unreadable") : String(error);
			return refuse(word("of-file", { file: at.name, what: why }));
		}
	};
	/** The rows, read once for whoever asks meanwhile. */
	const entries = (): Promise<Entry[] | undefined> => {
		if (reading) return reading.entries;
		const stop = new AbortController();
		const done = () => {
			if (reading === mine) reading = undefined;
		};
		const mine: Reading = { stop, entries: Promise.resolve(stop).then(lookThrough).finally(done) };
		reading = mine;
		return mine.entries;
	};
	const shelf = storing(shelved, {
		title: "storage-title-many",
		note: "storage-note-many",
		async chosen() {
			const rows = await entries();
			if (!rows) return "bulk-wrong";
			// Rows may share a file.
			const found = new Map(rows.flatMap(({ found }) => (found ? [[found.content, found.file] as const] : [])));
			return found.size > 0 ? [...found].map(([content, file]) => ({ content, name: file.name, file })) : "bulk-no-files";
		},
		added({ content }) {
			doubted.delete(content);
			stored.add(content);
			list?.added(content);
		},
		doubted: ({ content }) => void doubted.add(content),
	});
	form.addEventListener("change", () => {
		reading?.stop.abort();
		reading = undefined;
		for (const contents of [stored, doubted]) contents.clear();
		shelf.clear();
		refuse();
		state.replaceChildren();
	});
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		place.replaceChildren();
		const rows = await entries();
		if (!rows) return;
		const doubtful = rows.filter(({ found }) => found && doubted.has(found.content));
		if (doubtful.length > 0) return refuse(...doubtful.map(({ row }) => ofRow(row, "file", word("bulk-doubted"))));
		const chosen = account();
		if (!chosen) return refuse(word("wallet-first"));
		const drafts = rows.map(({ draft }) => draft);
		const chain = openChain(meta("heirloom-node") ?? "");
		const count = String(drafts.length);
		await ask(place, chain, chosen, {
			transaction: chain.mintAll(drafts),
			words: word("sign-mint-all", { count, handles: drafts.map(({ handle }) => handle).join(", ") }),
			assets: drafts.length,
			done: (block) => [word("signed-mint-all", { count, block })],
		});
	});
}

/** Domains by name, as the page lists them. */
function domains(page: ParentNode): Map<string, Domain> {
	const listed = [...page.querySelectorAll<HTMLOptionElement>("option[data-domain]")];
	const domain = ({ value, dataset }: HTMLOptionElement) => ({ id: Number(value), medical: dataset["medical"] !== undefined });
	return new Map(listed.map((option) => [option.dataset["domain"] ?? "", domain(option)]));
}
