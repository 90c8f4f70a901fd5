// Wallets that are extensions of the browser, by the injection standard of the Polkadot ecosystem.

import {
	getInjectedExtensions,
	getPolkadotSignerFromPjs,
	type InjectedAccount,
	type PolkadotSigner,
	type SignerPayloadJSON,
} from "polkadot-api/pjs-signer";

/** An account of a wallet that can sign. */
export interface Account {
	address: string;
	name?: string;
	/** Signs a transaction that does what the words say; not every wallet shows them. */
	signer(words: string): PolkadotSigner;
}

/** The chosen wallet and address, kept in this browser only. */
const KEPT = "heirloom-wallet";

/** The wallets of this browser. */
export function wallets(): string[] {
	return getInjectedExtensions();
}

/**
 * The asset that fees are paid in, as wallets read it: a number, written with its greatest digit first. The library writes
 * the bytes of the encoding, least first, and a wallet would sign for another asset.
 */
export function readable(payload: SignerPayloadJSON): SignerPayloadJSON {
	const { assetId } = payload as { assetId?: unknown };
	if (typeof assetId !== "string") return payload;
	const bytes = assetId.slice(2).match(/../g) ?? [];
	return { ...payload, assetId: `0x${bytes.reverse().join("")}` as unknown as number };
}

/** The accounts that a wallet lets this page see; the wallet asks its owner first. */
export async function accountsOf(wallet: string): Promise<Account[]> {
	const entry = window.injectedWeb3?.[wallet];
	if (!entry) throw new Error(wallet);
	const { accounts, signer } = await entry.enable("Heirloom");
	const sign = (payload: SignerPayloadJSON) => signer.signPayload(readable(payload));
	const account = ({ address, name }: InjectedAccount): Account => ({
		address,
		...(name === undefined ? {} : { name }),
		signer: () => getPolkadotSignerFromPjs(address, sign, (raw) => signer.signRaw(raw)),
	});
	// Ethereum accounts sign in another way, and are offered by their wallet's own interface.
	return (await accounts.get()).filter(({ address }) => !address.startsWith("0x")).map(account);
}

/** What was chosen last. */
export function chosen(): { wallet: string; address: string } | undefined {
	const [wallet, address] = (localStorage.getItem(KEPT) ?? "").split("\n");
	return wallet && address ? { wallet, address } : undefined;
}

/** Keeps a choice. */
export function choose(wallet: string, address: string): void {
	localStorage.setItem(KEPT, `${wallet}\n${address}`);
}
