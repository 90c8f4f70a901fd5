export interface EnvelopeFile {
	encapsulated: string;
	ciphertext: string;
}
export function keyOf(line: string): Uint8Array;
export function opened(key: Uint8Array, file: Uint8Array): Uint8Array;
export function publicOf(secret: Uint8Array): string;
export function openedEnvelope(
	secret: Uint8Array,
	envelope: EnvelopeFile,
	binding: { genesis: string; owner: string; content: string },
): Uint8Array;
