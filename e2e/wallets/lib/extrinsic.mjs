// Reads a signed extrinsic as it stands in a block, byte by byte: what the libraries say of their own transactions
// would prove nothing.

import { compactFromU8a, hexToU8a } from "@polkadot/util";

/** What this chain's transactions carry, in the order of their bytes. Those without a comment take none. */
export const EXTENSIONS = [
	"CheckNonZeroSender",
	"CheckSpecVersion",
	"CheckTxVersion",
	"CheckGenesis",
	"CheckMortality", // the era: one byte where immortal, else two
	"CheckNonce", // compact
	"CheckWeight",
	"ChargeAssetTxPayment", // tip, compact; then the id of the asset that fees are paid in, optional
	"CheckMetadataHash", // mode, one byte
	"WeightReclaim",
];

/** `MultiSignature`'s variants by index, and how long their signatures are. */
const SIGNATURES = [["Ed25519", 64], ["Sr25519", 64], ["Ecdsa", 65], ["Eth", 65]];

/** Version 4, signed. */
const SIGNED_V4 = 0x84;

/**
 * @param {string} hex an extrinsic of a block
 * @returns {{ scheme: string, accountId: Uint8Array, period: number | undefined, nonce: bigint, tip: bigint,
 * feeAsset: number | undefined }} the blocks it is valid for (none for an immortal one) and the asset that fees are
 * paid in (none for LOOM), among others
 */
export function readSigned(hex) {
	const bytes = hexToU8a(hex);
	let at = 0;
	const take = (length) => bytes.subarray(at, (at += length));
	const byte = () => take(1)[0];
	const compact = () => {
		const [length, value] = compactFromU8a(bytes.subarray(at));
		at += length;
		return BigInt(value.toString());
	};

	const length = compact();
	if (length !== BigInt(bytes.length - at)) throw new Error(`${hex} does not have the length it says`);
	if (byte() !== SIGNED_V4 || byte() !== 0) throw new Error(`${hex} is not signed by an account`);
	const accountId = take(32);
	const [scheme, signatureLength] = SIGNATURES[byte()];
	take(signatureLength);

	const era = byte();
	const period = era === 0 ? undefined : 2 << ((era | (byte() << 8)) & 0xf);
	const nonce = compact();
	const tip = compact();
	const feeAsset = byte() === 0 ? undefined : new DataView(take(4).slice().buffer).getUint32(0, true);
	return { scheme, accountId, period, nonce, tip, feeAsset };
}
