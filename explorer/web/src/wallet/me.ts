// The way to one's own assets by a wallet.

import { chooser } from "./chooser";

/** Leads to the page of whichever account is chosen; `accounts` is where those pages are. */
export async function me(section: HTMLElement, accounts: string): Promise<void> {
	const account = await chooser(section, true);
	section.addEventListener("account", () => {
		const chosen = account();
		if (chosen) location.assign(`${accounts}${chosen.address}`);
	});
}
