// An independent implementation of opening, by the words of `sandbox/seal`: a sealed file (`src/format/mod.rs`) and an
// envelope (`src/envelope.rs`, RFC 9180), with what Node.js brings.

import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from "node:crypto";

const HEADER = 90;
const FRAME = 8;
const TAG = 16;

const derive = (key, salt, info, length) => Buffer.from(hkdfSync("sha256", key, salt, info, length));

function decrypt(key, nonce, associated, sealed) {
	const text = sealed.subarray(0, sealed.length - TAG);
	const cipher = createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: TAG });
	cipher.setAAD(associated, { plaintextLength: text.length });
	cipher.setAuthTag(sealed.subarray(sealed.length - TAG));
	return Buffer.concat([cipher.update(text), cipher.final()]);
}

/** The data key of a key file's line. */
export function keyOf(line) {
	const [, digits] = /^heirloom-data-key 1 ([0-9a-f]{64})\n$/.exec(line) ?? [];
	if (!digits) throw new Error("not a data key's file");
	return Buffer.from(digits, "hex");
}

/** Opens a sealed file. */
export function opened(key, file) {
	const sealed = Buffer.from(file);
	const head = sealed.subarray(0, HEADER);
	const claims = Buffer.concat([Buffer.from("\x89HLS\r\n\x1a\n", "latin1"), Buffer.from([0, 1]), sealed.subarray(10, 42), derive(key, "", "heirloom-seal 1 key id", 16)]);
	const salt = sealed.subarray(10, 42);
	const tag = derive(key, salt, Buffer.concat([Buffer.from("heirloom-seal 1 header"), claims]), 32);
	if (!head.equals(Buffer.concat([claims, tag]))) throw new Error("another key, or an altered header");
	const stream = derive(key, salt, "heirloom-seal 1 stream", 32);
	const chunks = [];
	for (let [at, number, last] = [HEADER, 0, false]; !last; number++) {
		const clear = sealed.subarray(at, at + FRAME);
		last = clear[4] === 1;
		if (clear.readUInt32BE(0) !== number) throw new Error("another chunk");
		const end = at + FRAME + clear.readUIntBE(5, 3) + TAG;
		const nonce = Buffer.concat([Buffer.alloc(7), clear.subarray(0, 5)]);
		chunks.push(decrypt(stream, nonce, Buffer.concat([head, clear]), sealed.subarray(at + FRAME, end)));
		if (last && end !== sealed.length) throw new Error("something behind the last chunk");
		at = end;
	}
	return Buffer.concat(chunks);
}

const numbers = (...all) => Buffer.concat(all.map((number) => Buffer.from([number >> 8, number & 0xff])));
const KEM = Buffer.concat([Buffer.from("KEM"), numbers(0x20)]);
const SUITE = Buffer.concat([Buffer.from("HPKE"), numbers(0x20, 1, 3)]);

function extract(suite, salt, label, bytes) {
	return createHmac("sha256", salt).update("HPKE-v1").update(suite).update(label).update(bytes).digest();
}

function expand(suite, key, label, info, length) {
	const text = Buffer.concat([numbers(length), Buffer.from("HPKE-v1"), suite, Buffer.from(label), info]);
	// One block of HMAC is enough for all lengths here.
	return createHmac("sha256", key).update(text).update(Buffer.from([1])).digest().subarray(0, length);
}

/** What DER puts before a private and a public key of X25519. */
const PRIVATE = Buffer.from("302e020100300506032b656e04220420", "hex");
const PUBLIC = Buffer.from("302a300506032b656e032100", "hex");
const privateKey = (bytes) => createPrivateKey({ key: Buffer.concat([PRIVATE, bytes]), format: "der", type: "pkcs8" });
const publicKey = (bytes) => createPublicKey({ key: Buffer.concat([PUBLIC, bytes]), format: "der", type: "spki" });

/** The public half of an operator's key, in hexadecimal digits. */
export function publicOf(secret) {
	return createPublicKey(privateKey(secret)).export({ format: "der", type: "spki" }).subarray(PUBLIC.length).toString("hex");
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** Codec and digest of a content id, as SCALE has them. */
function contentOf(id) {
	const bits = [...id.slice(1)].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
	const bytes = Buffer.from(Array.from({ length: 36 }, (_, at) => Number.parseInt(bits.slice(8 * at, 8 * at + 8), 2)));
	return Buffer.concat([bytes.subarray(1, 2), bytes.subarray(4)]);
}

/** The data key in a standing envelope, opened for a chain, an owner and a content that the opener knows. */
export function openedEnvelope(secret, envelope, { genesis, owner, content }) {
	const [own, theirs] = [Buffer.from(publicOf(secret), "hex"), Buffer.from(envelope.encapsulated, "hex")];
	const agreed = diffieHellman({ privateKey: privateKey(secret), publicKey: publicKey(theirs) });
	const shared = expand(KEM, extract(KEM, "", "eae_prk", agreed), "shared_secret", Buffer.concat([theirs, own]), 32);
	const binding = [Buffer.from("heirloom-envelope\x01"), Buffer.from(genesis, "hex"), Buffer.from(owner, "hex"), contentOf(content), Buffer.from([0])];
	const none = extract(SUITE, "", "psk_id_hash", "");
	const context = Buffer.concat([Buffer.from([0]), none, extract(SUITE, "", "info_hash", Buffer.concat(binding))]);
	const secretOf = extract(SUITE, shared, "secret", "");
	const [key, nonce] = [expand(SUITE, secretOf, "key", context, 32), expand(SUITE, secretOf, "base_nonce", context, 12)];
	return decrypt(key, nonce, Buffer.alloc(0), Buffer.from(envelope.ciphertext, "hex"));
}
