// What a hardware wallet adds to its signature: the hash of the metadata by which it showed the transaction. A runtime that
// was built with its own metadata's hash refuses the transaction where the two are not the same.

import { merkleizeMetadata } from "@polkadot-api/merkleize-metadata";

const EXTENSION = "CheckMetadataHash";

/** Says that a hash was signed (in the transaction), and that one follows (in what is signed). */
const ENABLED = 1;

/** The hash of a chain's metadata, in the form of RFC 78. It covers how the token is shown. */
export function metadataHash(metadata, { symbol, decimals }) {
	return merkleizeMetadata(metadata, { tokenSymbol: symbol, decimals }).digest();
}

/** A signer that signs such a hash as well. */
export function withMetadataHash(signer, hash) {
	const signTx = (callData, extensions, ...rest) => {
		const additionalSigned = Uint8Array.of(ENABLED, ...hash);
		const checked = { identifier: EXTENSION, value: Uint8Array.of(ENABLED), additionalSigned };
		return signer.signTx(callData, { ...extensions, [EXTENSION]: checked }, ...rest);
	};
	return { ...signer, signTx };
}
