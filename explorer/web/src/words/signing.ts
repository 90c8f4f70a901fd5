// What is said where people sign, and where they choose what they sign for.

import en from "./en/signing.json";
import { speaking } from "./speaking";
import zh from "./zh-CN/signing.json";

/** The name of a text. */
export type Word = keyof typeof en;

/** A text in the page's language, with its places filled in. */
export const word = speaking<Word>(en, { "zh-CN": zh });

/** Whether there is a text of a name. */
export function isWord(name: string): name is Word {
	return Object.hasOwn(en, name);
}
