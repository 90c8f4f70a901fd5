// What a page shows of a statement, as the page itself has it.

import { accountOf } from "./bytes";
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

/** The statement that a section is about; its lines may stand anywhere in the page. */
export function statementOf(section: HTMLElement, page: ParentNode): Statement {
	const lines = [...page.querySelectorAll<HTMLElement>("[data-line]")].map((line) =>
		present<ShownLine>({
			descendant: number(line, "descendant") ?? -1,
			pot: text(line, "pot"),
			total_weight: number(line, "totalWeight"),
			amount: text(line, "amount"),
		}),
	);
	const payee = text(section, "payee");
	const shown = present<Shown>({
		weight: number(section, "weight"),
		shared: text(section, "shared"),
		call_fees: text(section, "callFees"),
		carried_in: text(section, "carriedIn"),
		paid: text(section, "paid"),
		carried_out: text(section, "carriedOut"),
		payee: payee === undefined || payee.startsWith("0x") ? payee : (accountOf(payee) ?? payee),
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
