import { expect, test } from "vitest";
import { exactU, weightOf } from "../src/money";
import { word } from "../src/words/verify";

/** Texts of a language: of each subject, by their names. */
type Texts = Record<string, Record<string, string>>;
const subject = (path: string) => path.split("/").at(-1) ?? "";
const bySubject = (files: Texts): Texts => Object.fromEntries(Object.entries(files).map(([path, texts]) => [subject(path), texts]));
const en = bySubject(import.meta.glob("/src/words/en/*.json", { eager: true, import: "default" }));
const zh = bySubject(import.meta.glob("/src/words/zh-CN/*.json", { eager: true, import: "default" }));
const texts = (language: Texts) => Object.assign({}, ...Object.values(language)) as Record<string, string>;
const places = (text: string | undefined) => [...(text ?? "").matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort();

test("both languages have the same texts with the same places", () => {
	expect(Object.keys(en)).toContain("page.json");
	expect(Object.keys(zh)).toEqual(Object.keys(en));
	for (const [subject, texts] of Object.entries(en)) {
		expect(Object.keys(zh[subject] ?? {}).sort(), subject).toEqual(Object.keys(texts).sort());
		for (const [name, text] of Object.entries(texts)) expect(places(zh[subject]?.[name]), name).toEqual(places(text));
	}
});

const scripts = import.meta.glob<string>("/src/**/*.ts", { eager: true, query: "?raw", import: "default" });

/** A file with those that it takes in before it runs, and those that they take in. */
function takenIn(file: string, known: Set<string> = new Set()): Set<string> {
	if (known.has(file)) return known;
	known.add(file);
	for (const [, path = ""] of (scripts[`${file}.ts`] ?? "").matchAll(/^import (?!type )(?:[^"]*? from )?"(\.[^"]+)";$/gm)) {
		takenIn(new URL(path, `file://${file}`).pathname, known);
	}
	return known;
}

test("what every page loads has no words of other pages", () => {
	const first = [...takenIn("/src/main")];
	expect(first.filter((file) => file.endsWith(".json")).map(subject)).toEqual(["page.json", "page.json"]);
	expect(first.filter((file) => /\/(verify|seal|storage|wallet|light)\//.test(file))).toEqual([]);
});

test("texts are in the page's language", () => {
	document.documentElement.lang = "zh-CN";
	expect(word("what-pot", { name: "MED-1" })).toBe("MED-1 分享的收入");
	document.documentElement.lang = "fr";
	expect(word("what-pot", { name: "MED-1" })).toBe("Shared revenue of MED-1");
});

test("amounts are written to the last micro-U", () => {
	expect([0n, 7n, 10_810_811n, 1_600_000_000n, 1_500_000n].map(exactU)).toEqual([
		"0.00",
		"0.000007",
		"10.810811",
		"1,600.00",
		"1.50",
	]);
});

test("weights are written as plain numbers", () => {
	expect([18_000, 135_000, -2_500].map(weightOf)).toEqual(["1.8", "13.5", "-0.25"]);
});

test("Chinese has one word for one thing, and one form of address", () => {
	const terms = { curator: "策展人", licence: "授权", sealed: "封存" };
	const english = texts(en);
	for (const [name, text] of Object.entries(texts(zh))) {
		expect(text, name).not.toMatch(/你|评审员|密封/);
		for (const [term, word] of Object.entries(terms)) {
			if (english[name]?.includes(` ${term}`)) expect(text, name).toContain(word);
		}
	}
});
