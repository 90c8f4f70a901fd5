// The sealing: Rust, compiled to wasm. It asks for the file's bytes and hands out the ciphertext while it works, so that
// neither has to be in memory as a whole.

/** Operators that can open a file for any permit, and whose file it is; bytes in hexadecimal. See `Beforehand`. */
export interface Beforehand {
	genesis: string;
	owner: string;
	recipients: string[];
}

/** See `Order` of the crate `heirloom-explorer-seal`. */
export type Order = { order: "identify" } | { order: "seal"; beforehand: Beforehand | null };

/** An envelope in the form of its file. */
export interface Envelope {
	owner: string;
	content: string;
	recipient: string;
}

/** See `Refusal`. */
export type Refusal =
	| { reason: "bad_order"; detail: string }
	| { reason: "weak_recipient"; recipient: string }
	| { reason: "unreadable" | "unwritable" | "too_long" | "no_randomness" | "cipher" };

/** See `Answer`. */
export type Answer =
	| { status: "identified"; content: string; bytes: number }
	| { status: "sealed"; content: string; bytes: number; plain_bytes: number; envelopes: Envelope[] }
	| ({ status: "refused" } & Refusal);

/** Where a file comes from and what is made of it goes. All three throw where they cannot. */
export interface Host {
	/** Puts the file's next bytes into a place, as many as fit or fewer. Gives how many; none at the file's end. */
	read(place: Uint8Array): number;
	/** Takes ciphertext. */
	write(bytes: Uint8Array): void;
	/** Takes the line of the data key's file, before anything is sealed under it. */
	keep(line: Uint8Array): void;
}

interface Exports extends WebAssembly.Exports {
	memory: WebAssembly.Memory;
	_initialize(): void;
	reserve(length: number): number;
	answer(order: number, length: number): bigint;
	release(answer: number, length: number): void;
}

/** Bytes that `crypto.getRandomValues` gives at once. */
const RANDOM_AT_ONCE = 65_536;
/** "Not a file that is open", as WASI says it. */
const BAD_FILE = 8;

/** Carries an order out. */
export function run(module: WebAssembly.Module, order: Order, host: Host): Answer {
	// Addresses above 2 GiB are negative numbers here. The memory's buffer is another one after each growth.
	const bytes = (place: number, length: number) => new Uint8Array(exports.memory.buffer, place >>> 0, length >>> 0);
	const taking = (take: (bytes: Uint8Array) => void) => (place: number, length: number) => {
		try {
			take(bytes(place, length));
			return 0;
		} catch {
			return 1;
		}
	};
	const instance = new WebAssembly.Instance(module, {
		heirloom: {
			read(place: number, length: number) {
				try {
					return host.read(bytes(place, length));
				} catch {
					return -1;
				}
			},
			write: taking((ciphertext) => host.write(ciphertext)),
			keep: taking((line) => host.keep(line)),
		},
		// What Rust's library asks of a system: random numbers, and nothing else that there is.
		wasi_snapshot_preview1: {
			random_get(place: number, length: number) {
				for (let at = 0; at < length; at += RANDOM_AT_ONCE) {
					crypto.getRandomValues(bytes(place + at, Math.min(RANDOM_AT_ONCE, length - at)));
				}
				return 0;
			},
			environ_sizes_get(count: number, size: number) {
				bytes(count, 4).fill(0);
				bytes(size, 4).fill(0);
				return 0;
			},
			environ_get: () => 0,
			fd_write: () => BAD_FILE,
			proc_exit() {
				throw new Error("the sealing ended before its time");
			},
		},
	});
	const exports = instance.exports as Exports;
	exports._initialize();
	const asked = new TextEncoder().encode(JSON.stringify(order));
	const place = exports.reserve(asked.length);
	bytes(place, asked.length).set(asked);
	const packed = BigInt.asUintN(64, exports.answer(place, asked.length));
	const [answer, length] = [Number(packed & 0xffff_ffffn), Number(packed >> 32n)];
	const text = new TextDecoder().decode(bytes(answer, length));
	exports.release(answer, length);
	return JSON.parse(text) as Answer;
}
