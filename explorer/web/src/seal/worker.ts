// Where a file is sealed: beside the page, which stays usable. The rules that this script is sent with let it reach
// nothing: what it makes goes to the page and nowhere else.

import { type Answer, type Order, run } from "./module";
import { gatherer, reader } from "./stream";

/** What a page hands over. */
export interface Work {
	module: WebAssembly.Module;
	file: Blob;
	order: Order;
}

/** What it is told. The ciphertext and the data key's file are there where a file was sealed. */
export type Told =
	| { told: "progress"; done: number }
	| { told: "done"; answer: Answer; sealed: Blob; key: Blob }
	| { told: "no-room" }
	| { told: "failed"; why: string };

// Workers have it, and the page's own types do not.
declare class FileReaderSync {
	readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

const tell = (told: Told) => (self as unknown as { postMessage(told: Told): void }).postMessage(told);

/** The browser does not keep more. */
class NoRoom extends Error {}

function work({ module, file, order }: Work): Told {
	const files = new FileReaderSync();
	const pieces: Blob[] = [];
	let key = new Blob();
	let full = false;
	const gathered = gatherer((piece) => {
		const kept = new Blob([piece]);
		try {
			// A browser that has no room for a blob says so where it is read.
			files.readAsArrayBuffer(kept.slice(0, 1));
		} catch {
			full = true;
			throw new NoRoom();
		}
		pieces.push(kept);
	});
	const slice = (from: number, to: number) => new Uint8Array(files.readAsArrayBuffer(file.slice(from, to)));
	const read = reader(file.size, slice, (done) => tell({ told: "progress", done }));
	const keep = (line: Uint8Array) => {
		key = new Blob([line as Uint8Array<ArrayBuffer>], { type: "text/plain" });
	};
	const answer = run(module, order, { read, write: gathered.write, keep });
	if (full) return { told: "no-room" };
	try {
		gathered.end();
	} catch {
		return { told: "no-room" };
	}
	return { told: "done", answer, sealed: new Blob(pieces, { type: "application/octet-stream" }), key };
}

self.addEventListener("message", ({ data }: MessageEvent<Work>) => {
	try {
		tell(work(data));
	} catch (error) {
		tell({ told: "failed", why: error instanceof Error ? error.message : String(error) });
	}
});
