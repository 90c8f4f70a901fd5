// Ethereum wallets, which sign a text for people (EIP-191): a summary, and the hash of what it stands for.

import { blake2b } from "@noble/hashes/blake2.js";
import { getPolkadotSigner } from "polkadot-api/signer";
import { fromHex, mergeUint8, toHex } from "polkadot-api/utils";
import { accountOf } from "./address";
import type { Account } from "./injected";

/** What a wallet answers to, by EIP-1193. */
interface Provider {
	request(asked: { method: string; params?: unknown[] }): Promise<unknown>;
}

/** What a wallet says of itself, by EIP-6963. */
interface Announced {
	info: { name: string };
	provider: Provider;
}

/** The first line of what is signed, by which people and the chain tell it from anything else. */
const TITLE = "Heirloom transaction";
/** The place of this signature among those that the chain takes. */
const PERSONAL = 4;
/** The longest summary that the chain takes, in bytes. */
const LONGEST_SUMMARY = 1_024;

const found = new Map<string, Provider>();

function note(event: Event): void {
	const { info, provider } = (event as CustomEvent<Announced>).detail;
	found.set(info.name, provider);
}

/** Asks wallets to name themselves; they do at once, or as they load. */
export function discover(): void {
	window.addEventListener("eip6963:announceProvider", note);
	window.dispatchEvent(new Event("eip6963:requestProvider"));
}

/** The Ethereum wallets of this browser. */
export function wallets(): string[] {
	return [...found.keys()];
}

/** The accounts that a wallet lets this page see; the wallet asks its owner first. */
export async function accountsOf(wallet: string): Promise<Account[]> {
	const provider = found.get(wallet);
	if (!provider) throw new Error(wallet);
	const addresses = (await provider.request({ method: "eth_requestAccounts" })) as string[];
	return addresses.map((shown) => {
		const known = accountOf(shown);
		if (!known) throw new Error(shown);
		return { address: known.address, name: shown, signer: (words) => signerOf(provider, shown, fromHex(known.id), words) };
	});
}

function signerOf(provider: Provider, shown: string, id: Uint8Array, words: string) {
	const sign = async (payload: Uint8Array) => {
		const summary = fitting(words);
		const text = textOf(summary, payload);
		const signature = (await provider.request({ method: "personal_sign", params: [toHex(text), shown] })) as string;
		return encoded(fromHex(signature), summary);
	};
	// Without a scheme the library takes what is signed as the chain has it.
	return getPolkadotSigner(id, undefined as unknown as "Ecdsa", sign);
}

/** As much of a text as the chain takes: one line, in whole characters. */
export function fitting(words: string): Uint8Array {
	let text = "";
	let length = 0;
	for (const character of words.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, " ")) {
		length += new TextEncoder().encode(character).length;
		if (length > LONGEST_SUMMARY) break;
		text += character;
	}
	return new TextEncoder().encode(text);
}

/** What the wallet shows and signs: what it is, a summary, and the Blake2 hash of the payload. */
export function textOf(summary: Uint8Array, payload: Uint8Array): Uint8Array {
	const hash = toHex(blake2b(payload, { dkLen: 32 }));
	const text = (string: string) => new TextEncoder().encode(string);
	return mergeUint8([text(`${TITLE}\n\n`), summary, text(`\n\n${hash}`)]);
}

/** The signature as the chain has it. */
export function encoded(signature: Uint8Array, summary: Uint8Array): Uint8Array {
	if (signature.length !== 65) throw new Error(`a signature of ${signature.length} bytes`);
	// Some devices count from 0 what the chain has from 27.
	const last = signature[64] ?? 0;
	const counted = mergeUint8([signature.subarray(0, 64), Uint8Array.of(last < 27 ? last + 27 : last)]);
	const length = summary.length < 64 ? [summary.length << 2] : [((summary.length << 2) & 0xff) | 1, summary.length >> 6];
	return mergeUint8([Uint8Array.of(PERSONAL), counted, Uint8Array.from(length), summary]);
}
