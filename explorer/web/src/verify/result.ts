// The recomputed statement as a table: each number as it came out here, as the chain recorded it, as the page shows it.

import { element } from "../element";
import { exactU, weightOf } from "../money";
import { type Word, word } from "../words/verify";
import type { Check, Recomputed, What } from "./module";
import type { Statement } from "./ask";

const AMOUNTS: ReadonlySet<What> = new Set<What>(["pot", "line", "shared", "call_fees", "carried_in", "paid", "carried_out"]);
const PER_ONE: ReadonlySet<What> = new Set<What>(["weight", "total_weight", "quality", "usage", "impact"]);

/** A number of a step as people read it. */
export function readable(what: What, value: string): string {
	if (what !== "payee" && !/^-?\d+$/.test(value)) return value === "none" ? word("none") : value;
	if (AMOUNTS.has(what)) return `${exactU(BigInt(value))} U`;
	if (PER_ONE.has(what)) return weightOf(Number(value));
	if (what === "payee") return value.length > 20 ? `${value.slice(0, 8)}…${value.slice(-6)}` : value;
	return what === "rank" || what === "average" ? `${(Number(value) / 100).toFixed(2)} %` : value;
}

/** What a step is called. */
function title(check: Check, names: Map<number, string>): string {
	const { descendant } = check;
	const name = descendant === undefined ? "" : (names.get(descendant) ?? `#${descendant}`);
	return word(`what-${check.what}`, { name });
}

/** The table of a recomputed statement. */
export function resultOf(recomputed: Recomputed, statement: Statement, names: Map<number, string>): HTMLElement {
	// On a phone each cell names its column.
	const cell = (head: Word, check: Check, value: string | undefined) =>
		element("td", { "data-name": word(head), title: value }, value === undefined ? "–" : readable(check.what, value));
	const rows = recomputed.checks.map((check) =>
		element(
			"tr",
			{ "data-equal": String(check.equal), "data-what": check.what },
			element("th", { scope: "row" }, title(check, names)),
			cell("head-recomputed", check, check.recomputed),
			cell("head-recorded", check, check.recorded),
			cell("head-shown", check, check.shown),
			element("td", { class: "verify-sign", "data-name": word("head-result") }, check.equal ? `✓ ${word("same")}` : `✗ ${word("different")}`),
		),
	);
	const heads = (["head-what", "head-recomputed", "head-recorded", "head-shown", "head-result"] as const).map((head) =>
		element("th", { scope: "col" }, word(head)),
	);
	const caption = element("caption", {}, word("verify-caption", { period: statement.period }));
	const table = element(
		"table",
		{ class: "verify-checks fold" },
		caption,
		element("thead", {}, element("tr", {}, ...heads)),
		element("tbody", {}, ...rows),
	);
	// What is wider than a phone scrolls by itself, also by keys.
	return element("div", { class: "verify-table", tabindex: "0", role: "region", "aria-label": word("verify-table") }, table);
}

/** What came out: nothing differs, and all of it was recomputed or not all; or something differs. */
export type Verdict = "equal" | "partial" | "different";

/** What is said first of a recomputed statement. */
export function verdictOf({ checks, complete, equal }: Recomputed): { kind: Verdict; text: string } {
	if (!equal) {
		const count = String(checks.filter((check) => !check.equal).length);
		return { kind: "different", text: word("verify-different", { count }) };
	}
	const count = String(checks.length);
	return complete ? { kind: "equal", text: word("verify-equal", { count }) } : { kind: "partial", text: word("verify-equal-partial", { count }) };
}
