// What is known of files once they were looked at: a content id alone does not say whether its file is sealed.

import { begin, NotMade } from "./job";
import { isSealed } from "./section";

/** A file that was looked at. */
export interface Found {
	file: File;
	content: string;
	/** Whether it is a sealed one. */
	sealed: boolean;
}

/** A choice has the same objects for as long as it stands, so that no file is read twice for it. */
const known = new WeakMap<File, Found>();

/**
 * Looks at files, one after the other. `at` is told which one it is at, and gives what is told how many of its bytes are read.
 * Throws [`NotMade`].
 */
export async function look(files: File[], at: (file: File) => (done: number) => void, signal: AbortSignal): Promise<Found[]> {
	const all: Found[] = [];
	for (const file of files) {
		const found = known.get(file) ?? (await identified(file, at(file), signal));
		known.set(file, found);
		all.push(found);
	}
	return all;
}

async function identified(file: File, told: (done: number) => void, signal: AbortSignal): Promise<Found> {
	const sealed = await isSealed(file);
	if (signal.aborted) throw new NotMade({ reason: "cancelled" });
	const job = begin(file, { order: "identify" }, told);
	signal.addEventListener("abort", job.cancel, { once: true });
	const { answer } = await job.made;
	return { file, content: answer.content, sealed };
}
