// What a page shows of a statement: the numbers of its attributes, and where the page says which of its texts show them,
// the texts. A page whose texts say something else than its attributes shows what the texts say.

import { microU } from "../money";
import type { Statement } from "./ask";
import type { Shown, ShownLine } from "./module";

function text(from: HTMLElement, name: string): string | undefined {
	return from.dataset[name] || undefined;
}

function number(from: HTMLElement, name: string): number | undefined {
	const found = text(from, name);
	return found === undefined ? undefined : Number(found);
}

/** Leaves out what is not there. */
function present<Fields extends object>(fields: { [Name in keyof Fields]: Fields[Name] | undefined }): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}

/** An amount in micro-U, by its attribute and by the texts that show it. */
function amount(from: HTMLElement, name: string, within: ParentNode): string | undefined {
	const stated = text(from, name);
	if (stated === undefined) return undefined;
	const shown = [...within.querySelectorAll<HTMLElement>(`[data-shows="${name}"]`)];
	const other = shown.map((place) => shownAmount(place, stated)).find((found) => found !== stated);
	return other ?? stated;
}

/** The amount that a place shows, in micro-U: that which is stated if the text is that one in whole cents. */
export function shownAmount(place: HTMLElement, stated: string): string {
	const found = place.querySelector<HTMLDataElement>("data[value]");
	const [exact, cents] = [microU(found?.value ?? ""), microU(found?.textContent ?? "")];
	if (exact === undefined || cents === undefined) return "none";
	// What is on hover, what is written, and what is compared.
	const agree = exact - (exact % 10_000n) === cents && microU(found?.title.replace(/\s*U$/, "") ?? "") === exact;
	return agree && /^\d+$/.test(stated) && BigInt(stated) === exact ? stated : String(agree ? exact : cents);
}

/** The statement that a section is about; its lines may stand anywhere in the page. */
export function statementOf(section: HTMLElement, page: ParentNode): Statement {
	const lines = [...page.querySelectorAll<HTMLElement>("[data-line]")].map((line) =>
		present<ShownLine>({
			descendant: number(line, "descendant") ?? -1,
			pot: amount(line, "pot", line),
			total_weight: number(line, "totalWeight"),
			amount: amount(line, "amount", line),
		}),
	);
	const shown = present<Shown>({
		weight: number(section, "weight"),
		shared: amount(section, "shared", page),
		call_fees: amount(section, "callFees", page),
		carried_in: amount(section, "carriedIn", page),
		paid: amount(section, "paid", page),
		carried_out: amount(section, "carriedOut", page),
		payee: text(section, "payee"),
		lines,
		more_lines: section.dataset["moreLines"] !== undefined,
	});
	return { asset: number(section, "asset") ?? -1, period: text(section, "period") ?? "", shown };
}

/** The handles of the descendants that the page's lines name. */
export function handles(page: ParentNode): Map<number, string> {
	const named = [...page.querySelectorAll<HTMLElement>("[data-line][data-handle]")];
	return new Map(named.map((line) => [Number(line.dataset["descendant"]), line.dataset["handle"] ?? ""]));
}
