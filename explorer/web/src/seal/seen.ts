// Content ids of files that are sealed: a content id alone does not say whether its file is.

import { begin } from "./job";
import { isSealed } from "./section";

/** What was found in files. */
export interface Seen {
	/** Content ids of the sealed ones. */
	sealed: Set<string>;
	/** Names of the others. */
	others: string[];
}

/** Looks at files, one after the other. `told` is which one it is at. */
export async function look(files: File[], told: (file: File) => void): Promise<Seen> {
	const seen: Seen = { sealed: new Set(), others: [] };
	for (const file of files) {
		told(file);
		if (await isSealed(file)) seen.sealed.add((await begin(file, { order: "identify" }, () => {}).made).answer.content);
		else seen.others.push(file.name);
	}
	return seen;
}
