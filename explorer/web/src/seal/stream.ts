// A file in slices, and ciphertext in pieces: what is in memory at once does not grow with the file.

/** Bytes that are read of a file at once. */
export const SLICE_BYTES = 4 << 20;
/** Bytes of ciphertext that are handed to the browser at once. */
export const PIECE_BYTES = 8 << 20;

/** Reads a file of so many bytes from its beginning to its end. `told` is how far it has come. */
export function reader(size: number, slice: (from: number, to: number) => Uint8Array, told: (done: number) => void) {
	let held = new Uint8Array();
	let [used, at] = [0, 0];
	return (place: Uint8Array): number => {
		if (used === held.length && at < size) {
			held = slice(at, Math.min(at + SLICE_BYTES, size)) as Uint8Array<ArrayBuffer>;
			if (held.length === 0) throw new Error("the file is shorter than it was");
			used = 0;
			at += held.length;
			told(at);
		}
		const taken = held.subarray(used, used + place.length);
		place.set(taken);
		used += taken.length;
		return taken.length;
	};
}

/** Gathers ciphertext into pieces. `end` hands over what is left. */
export function gatherer(hand: (piece: Uint8Array<ArrayBuffer>) => void) {
	const piece = new Uint8Array(PIECE_BYTES);
	let filled = 0;
	const end = () => {
		if (filled > 0) hand(piece.subarray(0, filled));
		filled = 0;
	};
	return {
		write(bytes: Uint8Array) {
			for (let at = 0; at < bytes.length; ) {
				const taken = bytes.subarray(at, at + PIECE_BYTES - filled);
				piece.set(taken, filled);
				filled += taken.length;
				at += taken.length;
				if (filled === PIECE_BYTES) end();
			}
		},
		end,
	};
}
