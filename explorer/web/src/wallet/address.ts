// Accounts as people write them.

import { keccak_256 } from "@noble/hashes/sha3.js";
import { AccountId, getSs58AddressInfo } from "polkadot-api";
import { fromHex, mergeUint8, toHex } from "polkadot-api/utils";

/** Prefix of addresses. */
const SS58_PREFIX = 42;
/** What fills an address of 20 bytes up to an account's 32. */
const FILLER = new Uint8Array(12).fill(0xee);
/** An address of an Ethereum wallet. A key of 32 bytes is not taken: a secret one looks the same. */
const ETHEREUM = /^0x[0-9a-fA-F]{40}$/;

/** An account by both of its names. */
export interface Identity {
	/** Its address in the chain's own form. */
	address: string;
	/** Its bytes in hexadecimal, behind `0x`. */
	id: string;
}

/**
 * The account of an address: SS58 with whatever prefix, or the 20 bytes of an Ethereum wallet. Nothing where it is neither,
 * or where its checksum says that it was mistyped.
 */
export function accountOf(text: string): Identity | undefined {
	const bytes = bytesOf(text.trim());
	return bytes && { address: AccountId(SS58_PREFIX).dec(bytes), id: toHex(bytes) };
}

function bytesOf(address: string): Uint8Array | undefined {
	if (ETHEREUM.test(address)) {
		return isMistyped(address) ? undefined : mergeUint8([fromHex(address), FILLER]);
	}
	const read = getSs58AddressInfo(address);
	return read.isValid && read.publicKey.length === 32 ? read.publicKey : undefined;
}

/** Whether the cases of an Ethereum address' letters, where there are both, are other ones than ERC-55 gives them. */
function isMistyped(address: string): boolean {
	const digits = address.slice(2);
	const lower = digits.toLowerCase();
	if (digits === lower || digits === digits.toUpperCase()) return false;
	const hash = toHex(keccak_256(new TextEncoder().encode(lower))).slice(2);
	const cased = [...lower].map((digit, at) => (Number.parseInt(hash.charAt(at), 16) >= 8 ? digit.toUpperCase() : digit));
	return cased.join("") !== digits;
}
