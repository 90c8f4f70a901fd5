// What the recomputation of a statement says.

import en from "./en/verify.json";
import { speaking } from "./speaking";
import zh from "./zh-CN/verify.json";

/** The name of a text. */
export type Word = keyof typeof en;

/** A text in the page's language, with its places filled in. */
export const word = speaking<Word>(en, { "zh-CN": zh });
