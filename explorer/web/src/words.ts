// The scripts' own words, in the page's language.

import en from "./words/en.json";
import zh from "./words/zh-CN.json";

/** The name of a text. */
export type Word = keyof typeof en;

const languages: Record<string, Record<Word, string>> = { en, "zh-CN": zh };

/** Whether there is a text of a name. */
export function isWord(name: string): name is Word {
	return Object.hasOwn(en, name);
}

/** A text in the page's language, with its places filled in. */
export function word(name: Word, places: Record<string, string> = {}): string {
	const texts = languages[document.documentElement.lang] ?? en;
	return texts[name].replace(/\{(\w+)\}/g, (whole, place: string) => places[place] ?? whole);
}
