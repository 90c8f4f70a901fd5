// A wallet in the page, by the injection standard, with a real key: what an extension does, without its windows.

import { TypeRegistry } from "@polkadot/types";
import { Keyring } from "@polkadot/keyring";
import { cryptoWaitReady } from "@polkadot/util-crypto";

/** The asset that fees are paid in, as this chain has it; the library assumes a location. */
export const TYPES = { TAssetConversion: "Option<u32>" };

/** Puts a wallet into a page before it loads. `signed` gathers the payloads it was asked to sign. */
export async function injectWallet(page, uri) {
	await cryptoWaitReady();
	const pair = new Keyring({ type: "sr25519" }).addFromUri(uri);
	const signed = [];
	await page.exposeFunction("heirloomTestSign", (payload) => {
		signed.push(payload);
		const registry = new TypeRegistry();
		registry.register(TYPES);
		registry.setSignedExtensions(payload.signedExtensions);
		const { version } = payload;
		return registry.createType("ExtrinsicPayload", payload, { version }).sign(pair);
	});
	await page.addInitScript((address) => {
		const accounts = [{ address, name: "Ada", type: "sr25519" }];
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
	}, pair.address);
	return { address: pair.address, signed };
}
