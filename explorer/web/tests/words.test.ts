import { expect, test } from "vitest";
import { exactU, weightOf } from "../src/money";
import { word } from "../src/words";
import en from "../src/words/en.json";
import zh from "../src/words/zh-CN.json";

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, place]) => place).sort();

test("both languages have the same texts with the same places", () => {
	expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
	for (const name of Object.keys(en) as (keyof typeof en)[]) expect(places(zh[name]), name).toEqual(places(en[name]));
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
	for (const [name, text] of Object.entries(zh)) {
		expect(text, name).not.toMatch(/你|评审员|密封/);
		for (const [term, word] of Object.entries(terms)) {
			if (en[name as keyof typeof en].includes(` ${term}`)) expect(text, name).toContain(word);
		}
	}
});
