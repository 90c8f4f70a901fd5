// What a person states of an asset, read from a form, with everything that is wrong with it.

/** The fields of the form, as they were typed. */
export type Typed = Record<string, string>;

/** An asset as the chain takes it. Amounts are micro-U, the rest basis points. */
export interface Draft {
	handle: string;
	kind: "Data" | "Model" | "Script";
	content: string;
	domain: number | undefined;
	scenario: string;
	accuracy: number | undefined;
	speedGain: number | undefined;
	terms: { type: "Share"; rate: number } | { type: "Buyout"; price: bigint };
	callFee: bigint;
	quality: number | undefined;
}

/** What can be wrong with a field; the name of a text. */
export type Wrong =
	| "wrong-handle"
	| "wrong-kind"
	| "wrong-content"
	| "wrong-domain"
	| "wrong-scenario"
	| "wrong-percent"
	| "wrong-amount"
	| "wrong-terms";

/** A draft, or what is wrong with which fields. */
export type Reading = { draft: Draft } | { wrong: Map<string, Wrong> };

const KINDS: Record<string, Draft["kind"]> = { data: "Data", model: "Model", script: "Script" };
const LONGEST_HANDLE = 256;
const LONGEST_CONTENT = 128;
/** The longest description, in bytes of UTF-8. */
export const LONGEST_SCENARIO = 256;
const U = 1_000_000n;

/** Hundredths of a percent, at most as many: `98.5` is 9,850. */
export function percent(text: string, most: number): number | undefined {
	const [, whole, fraction = ""] = /^(\d{1,5})(?:\.(\d{1,2}))?$/.exec(text.trim()) ?? [];
	if (whole === undefined) return undefined;
	const bps = Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
	return bps <= most ? bps : undefined;
}

/** U in micro-U. */
export function micro(text: string): bigint | undefined {
	const [, whole, fraction = ""] = /^(\d{1,18})(?:\.(\d{1,6}))?$/.exec(text.trim()) ?? [];
	return whole === undefined ? undefined : BigInt(whole) * U + BigInt(fraction.padEnd(6, "0"));
}

/** Reads a form. */
export function read(typed: Typed): Reading {
	const wrong = new Map<string, Wrong>();
	const field = (name: string) => (typed[name] ?? "").trim();
	const need = <Value>(name: string, value: Value | undefined, what: Wrong): Value | undefined => {
		if (value === undefined) wrong.set(name, what);
		return value;
	};
	const optional = (name: string, most: number) =>
		field(name) === "" ? undefined : need(name, percent(field(name), most), "wrong-percent");
	const length = (text: string) => new TextEncoder().encode(text).length;
	// Printable ASCII without spaces, as the chain asks for.
	const handle = /^[!-~]+$/.test(field("handle")) && field("handle").length <= LONGEST_HANDLE ? field("handle") : undefined;
	const content = length(field("content")) <= LONGEST_CONTENT && field("content") !== "" ? field("content") : undefined;
	const scenario = length(field("scenario")) <= LONGEST_SCENARIO ? field("scenario") : undefined;
	const share = (rate: number | undefined) => (rate === undefined ? undefined : ({ type: "Share", rate } as const));
	const sale = (price: bigint | undefined) => (price === undefined ? undefined : ({ type: "Buyout", price } as const));
	const terms = {
		share: () => share(need("rate", percent(field("rate"), 10_000), "wrong-percent")),
		buyout: () => sale(need("price", micro(field("price")), "wrong-amount")),
	}[field("terms")];
	if (!terms) wrong.set("terms", "wrong-terms");
	if (field("domain") !== "" && !/^\d{1,5}$/.test(field("domain"))) wrong.set("domain", "wrong-domain");
	const draft = {
		handle: need("handle", handle, "wrong-handle"),
		kind: need("kind", KINDS[field("kind")], "wrong-kind"),
		content: need("content", content, "wrong-content"),
		domain: field("domain") === "" ? undefined : Number(field("domain")),
		scenario: need("scenario", scenario, "wrong-scenario"),
		accuracy: optional("accuracy", 10_000),
		speedGain: optional("speed_gain", 65_535),
		terms: terms?.(),
		callFee: need("call_fee", micro(field("call_fee")), "wrong-amount"),
		quality: optional("quality", 10_000),
	};
	return wrong.size > 0 ? { wrong } : { draft: draft as Draft };
}
