// Bytes as the chain writes them.

const HEX = /^0x([0-9a-fA-F]{2})*$/;

/** A text of bytes: `0x` and two digits each. */
export function isHex(value: unknown): value is string {
	return typeof value === "string" && HEX.test(value);
}

/** A whole number below 2^30 in SCALE's compact form, in hexadecimal digits. */
export function compact(number: number): string {
	if (!Number.isSafeInteger(number) || number < 0 || number >= 2 ** 30) throw new RangeError(`${number} is no block number`);
	const [shifted, bytes] = number < 64 ? [number << 2, 1] : number < 2 ** 14 ? [(number << 2) | 1, 2] : [number * 4 + 2, 4];
	let digits = "";
	for (let byte = 0; byte < bytes; byte++) digits += ((shifted >>> (8 * byte)) & 0xff).toString(16).padStart(2, "0");
	return digits;
}

/** A header as JSON-RPC has it. */
export interface JsonHeader {
	parentHash: string;
	number: string;
	stateRoot: string;
	extrinsicsRoot: string;
	digest: { logs: string[] };
}

/** A header in its encoding, of which its hash is made. */
export function encodeHeader(header: JsonHeader): string {
	const { parentHash, number, stateRoot, extrinsicsRoot, digest } = header;
	const logs = digest.logs;
	for (const bytes of [parentHash, stateRoot, extrinsicsRoot, ...logs]) {
		if (!isHex(bytes)) throw new TypeError("the node's header is not one");
	}
	const digits = (bytes: string) => bytes.slice(2);
	const parts = [parentHash, `0x${compact(Number(number))}`, stateRoot, extrinsicsRoot, `0x${compact(logs.length)}`, ...logs];
	return `0x${parts.map(digits).join("")}`;
}

/** The number of a block by its header's encoding: behind the parent's hash, in the compact form. */
export function numberOf(header: string): number {
	const byte = (place: number) => Number.parseInt(header.slice(2 + 2 * place, 4 + 2 * place), 16);
	const mode = byte(32) & 3;
	const bytes = [1, 2, 4][mode] ?? 0;
	let number = 0;
	for (let place = bytes - 1; place >= 0; place--) number = number * 256 + byte(32 + place);
	// Beyond 2^30 blocks, of six seconds each, there is another form.
	if (bytes === 0 || !isHex(header) || Number.isNaN(number)) throw new RangeError("no header of a block below 2^30");
	return Math.floor(number / 4);
}
