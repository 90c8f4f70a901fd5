// A wallet in the page, by the injection standard, with a real key: what an extension does, without its windows.

import { TypeRegistry } from "@polkadot/types";
import { Keyring } from "@polkadot/keyring";
import { cryptoWaitReady } from "@polkadot/util-crypto";

/** The asset that fees are paid in, as this chain has it; the library assumes a location. */
export const TYPES = { TAssetConversion: "Option<u32>" };

/**
 * Puts a wallet into a page before it loads, with an account or more. `signed` gathers the payloads it was asked to sign,
 * `address` is that of the first account.
 */
export async function injectWallet(page, ...uris) {
	await cryptoWaitReady();
	const keyring = new Keyring({ type: "sr25519" });
	const pairs = uris.map((uri) => keyring.addFromUri(uri));
	const signed = [];
	await page.exposeFunction("heirloomTestSign", (payload) => {
		signed.push(payload);
		const registry = new TypeRegistry();
		registry.register(TYPES);
		registry.setSignedExtensions(payload.signedExtensions);
		const { version } = payload;
		return registry.createType("ExtrinsicPayload", payload, { version }).sign(keyring.getPair(payload.address));
	});
	await page.addInitScript((addresses) => {
		const accounts = addresses.map((address) => ({ address, name: "Ada", type: "sr25519" }));
		const subscribe = (told) => {
			told(accounts);
			return () => {};
		};
		const signPayload = async (payload) => ({ id: 1, ...(await globalThis.heirloomTestSign(payload)) });
		const signRaw = async () => {
			throw new Error("this wallet signs no raw bytes");
		};
		globalThis.injectedWeb3 = {
			"test-wallet": {
				version: "1",
				enable: async () => ({ accounts: { get: async () => accounts, subscribe }, signer: { signPayload, signRaw } }),
			},
		};
	}, pairs.map(({ address }) => address));
	return { address: pairs[0].address, signed };
}
