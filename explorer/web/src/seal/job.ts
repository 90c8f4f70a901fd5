// One file in a worker of its own, which is gone when the file is done or the reader changes their mind.

import type { Answer, Order, Refusal } from "./module";
import url from "./seal.wasm?url";
import type { Told, Work } from "./worker";

/** What was made of a file. */
export interface Made {
	answer: Exclude<Answer, { status: "refused" }>;
	/** The ciphertext, where it was sealed. */
	sealed: Blob;
	/** The data key's file, where it was sealed. */
	key: Blob;
}

/** Why nothing was made. */
export type Failure = Refusal | { reason: "no_room" | "cancelled" } | { reason: "failed"; detail: string };

/** Nothing was made of a file. */
export class NotMade extends Error {
	constructor(readonly failure: Failure) {
		super(failure.reason);
	}
}

/** A file that is being worked on. */
export interface Job {
	made: Promise<Made>;
	/** Ends it; `made` fails. */
	cancel(): void;
}

let loading: Promise<WebAssembly.Module> | undefined;

/** The module, loaded with the first file. */
function sealing(): Promise<WebAssembly.Module> {
	loading ??= fetch(url).then(async (answer) => {
		if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
		return WebAssembly.compile(await answer.arrayBuffer());
	});
	loading.catch(() => (loading = undefined));
	return loading;
}

/** Begins with a file. `told` is how many of its bytes have been read. */
export function begin(file: Blob, order: Order, told: (done: number) => void): Job {
	let worker: Worker | undefined;
	let over = false;
	let stop: (failure: Failure) => void = () => {};
	const stopped = new Promise<never>((_, reject) => (stop = (failure) => reject(new NotMade(failure))));
	const working = async (): Promise<Made> => {
		const module = await sealing();
		// The reader may have changed their mind while the module came.
		if (over) return stopped;
		return await new Promise((resolve, reject) => {
			const failed = (detail: string) => reject(new NotMade({ reason: "failed", detail }));
			worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
			worker.addEventListener("error", ({ message }) => failed(message || "worker"));
			worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
				if (data.told === "progress") return told(data.done);
				if (data.told === "no-room") return reject(new NotMade({ reason: "no_room" }));
				if (data.told === "failed") return failed(data.why);
				const { answer, sealed, key } = data;
				if (answer.status === "refused") return reject(new NotMade(answer));
				resolve({ answer, sealed, key });
			});
			worker.postMessage({ module, file, order } satisfies Work);
		});
	};
	const made = Promise.race([working(), stopped]).catch((error: unknown) => {
		if (error instanceof NotMade) throw error;
		throw new NotMade({ reason: "failed", detail: error instanceof Error ? error.message : String(error) });
	});
	const end = () => {
		over = true;
		worker?.terminate();
	};
	made.then(end, end);
	return { made, cancel: () => stop({ reason: "cancelled" }) };
}
