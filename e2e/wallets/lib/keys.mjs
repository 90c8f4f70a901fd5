// Keys of the schemes that wallets use, independent of the library that submits with them.

import { Keyring } from "@polkadot/api";
import { stringToU8a, u8aConcat } from "@polkadot/util";
import {
	cryptoWaitReady,
	encodeAddress,
	keccakAsU8a,
	secp256k1PairFromSeed,
	secp256k1Sign,
} from "@polkadot/util-crypto";

await cryptoWaitReady();

/** The prefix of addresses, the SDK's generic one. */
const SS58_PREFIX = 42;

/**
 * @typedef {object} Account
 * @property {"Sr25519" | "Ed25519" | "Eth"} scheme The variant of `MultiSignature` that its signatures are
 * @property {Uint8Array} accountId 32 bytes
 * @property {string} address the same as text
 * @property {(payload: Uint8Array) => Uint8Array} sign makes a signature, without the variant's index
 * @property {import("@polkadot/keyring/types").KeyringPair} [pair] where `@polkadot/api` knows the scheme
 */

/** @returns {Account} the account of a URI such as `//Alice` */
export function sr25519(uri) {
	return substrate("Sr25519", uri);
}

/** @returns {Account} the account of a URI such as `//Alice` */
export function ed25519(uri) {
	return substrate("Ed25519", uri);
}

function substrate(scheme, uri) {
	const pair = new Keyring({ type: scheme.toLowerCase(), ss58Format: SS58_PREFIX }).addFromUri(uri);
	const sign = (payload) => pair.sign(payload);
	return { scheme, accountId: pair.publicKey, address: pair.address, sign, pair };
}

/**
 * The account of an Ethereum key. It signs the Keccak hash of a payload as it is.
 *
 * Its account is what the SDK's `MultiSigner::Eth` makes of the key: 20 bytes of a Keccak hash, filled up with 0xEE.
 * The hash is taken of the *compressed* public key, so these are not the 20 bytes that Ethereum wallets show.
 *
 * @param {Uint8Array} secret 32 bytes
 * @returns {Account}
 */
export function ethereum(secret) {
	const pair = secp256k1PairFromSeed(secret);
	const accountId = new Uint8Array(32).fill(0xee);
	accountId.set(keccakAsU8a(pair.publicKey).subarray(12));
	const sign = (payload) => secp256k1Sign(payload, pair, "keccak");
	return { scheme: "Eth", accountId, address: encodeAddress(accountId, SS58_PREFIX), sign };
}

/** The account as a browser wallet's `personal_sign` would use it: what it signs begins with a line of its own. */
export function withPersonalSign(account) {
	const sign = (payload) => {
		const line = stringToU8a(`\x19Ethereum Signed Message:\n${payload.length}`);
		return account.sign(u8aConcat(line, payload));
	};
	return { ...account, sign };
}

/** A well-known account with LOOM and U from genesis on. */
export const alice = sr25519("//Alice");

/** Makes an account of each scheme, by the name of the scheme; another name is another account. */
export const schemes = {
	Sr25519: (name) => sr25519(`//${name}`),
	Ed25519: (name) => ed25519(`//${name}`),
	Eth: (name) => ethereum(keccakAsU8a(name)),
};
