// Wallets that are extensions of the browser, by the injection standard of the Polkadot ecosystem.

import { connectInjectedExtension, getInjectedExtensions, type InjectedPolkadotAccount } from "polkadot-api/pjs-signer";

/** An account of a wallet that can sign. */
export type Account = InjectedPolkadotAccount;

/** The chosen wallet and address, kept in this browser only. */
const KEPT = "heirloom-wallet";

/** The wallets of this browser. */
export function wallets(): string[] {
	return getInjectedExtensions();
}

/** The accounts that a wallet lets this page see; the wallet asks its owner first. */
export async function accountsOf(wallet: string): Promise<Account[]> {
	const extension = await connectInjectedExtension(wallet, "Heirloom");
	return extension.getAccounts();
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
