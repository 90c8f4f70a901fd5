// The content id of a file: what it is found and checked by. Computed here; the file stays where it is.

/** The file is too large to be read into memory at once. */
export class TooLarge extends Error {}

const LARGEST_BYTES = 1_024 ** 3;
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
/** CID version 1, of raw bytes, by SHA-256 of 32 bytes. */
const HEAD = [0x01, 0x55, 0x12, 0x20];

/** Bytes in base 32, lower case, without padding. */
export function base32(bytes: Iterable<number>): string {
	let [text, held, bits] = ["", 0, 0];
	for (const byte of bytes) {
		held = ((held << 8) | byte) & 0xffff;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			text += BASE32[(held >>> bits) & 31];
		}
	}
	return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text;
}

/** The content id of a file's bytes, in its usual text form. */
export async function cidOf(file: Blob): Promise<string> {
	if (file.size > LARGEST_BYTES) throw new TooLarge();
	const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
	return `b${base32([...HEAD, ...hash])}`;
}
