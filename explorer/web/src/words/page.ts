// What any page may say.

import en from "./en/page.json";
import { speaking } from "./speaking";
import zh from "./zh-CN/page.json";

/** The name of a text. */
export type Word = keyof typeof en;

/** A text in the page's language, with its places filled in. */
export const word = speaking<Word>(en, { "zh-CN": zh });
