// An Ethereum wallet in the page (EIP-6963, EIP-1193), with a real key: what an extension does, without its windows.

import { encodeAddress, secp256k1PairFromSeed, secp256k1Sign } from "@polkadot/util-crypto";

/** The first account of Hardhat's documentation: a secret key, and the address that wallets show for it. */
const SECRET = Uint8Array.from(Buffer.from("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", "hex"));
export const SHOWN = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";

/** Its account on this chain. */
export const ADDRESS = encodeAddress(Buffer.concat([Buffer.from(SHOWN.slice(2), "hex"), Buffer.alloc(12, 0xee)]), 42);

/** Signs a text as `personal_sign` does. */
function personalSign(text) {
	const prefix = Buffer.from(`\x19Ethereum Signed Message:\n${text.length}`);
	const message = Buffer.concat([prefix, text]);
	const signature = secp256k1Sign(message, secp256k1PairFromSeed(SECRET), "keccak");
	// Wallets count from 27.
	signature[64] += 27;
	return `0x${Buffer.from(signature).toString("hex")}`;
}

/** Puts a wallet into a page before it loads. `signed` gathers the texts it was asked to sign. */
export async function injectEthereum(page) {
	const signed = [];
	await page.exposeFunction("heirloomTestPersonalSign", (hex) => {
		const text = Buffer.from(hex.slice(2), "hex");
		signed.push(text.toString());
		return personalSign(text);
	});
	await page.addInitScript((shown) => {
		const provider = {
			async request({ method, params }) {
				if (method === "eth_requestAccounts") return [shown];
				if (method === "personal_sign" && params[1] === shown) return globalThis.heirloomTestPersonalSign(params[0]);
				throw new Error(`this wallet knows no ${method}`);
			},
		};
		const detail = Object.freeze({ info: { uuid: "7f1c", name: "Ada", icon: "", rdns: "example.ada" }, provider });
		const announce = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
		window.addEventListener("eip6963:requestProvider", announce);
	}, SHOWN);
	return { signed };
}
