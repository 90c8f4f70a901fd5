// Choosing a wallet and one of its accounts.

import { element } from "../element";
import { word } from "../words";
import * as ethereum from "./ethereum";
import { type Account, accountsOf, choose, chosen, wallets } from "./injected";

/** Extensions add themselves to a page as it loads, some a little later, while Ethereum wallets answer at once. */
const PATIENCE_MILLIS = 1_000;

/** All wallets of this browser. A name that is a wallet's of both kinds is there once: the first kind pays fees in U too. */
function names(): string[] {
	return [...new Set([...wallets(), ...ethereum.wallets()])];
}

/** Fills a section with the choice. Gives the account that is chosen now. */
export async function chooser(section: HTMLElement): Promise<() => Account | undefined> {
	let account: Account | undefined;
	const found = await waited();
	const said = element("p", { class: "note bad", role: "alert", hidden: "" });
	const say = (text: string | undefined) => {
		said.hidden = text === undefined;
		said.textContent = text ?? "";
	};
	section.append(said);
	if (found.length === 0) {
		say(word("wallet-none"));
		return () => undefined;
	}
	const before = chosen();
	const options = (values: [string, string][], selected: string | undefined) =>
		values.map(([value, text]) => element("option", { value, selected: value === selected ? "" : undefined }, text));
	const wallet = element("select", {}, ...options(found.map((name) => [name, name]), before?.wallet));
	const connect = element("button", { type: "button" }, word("wallet-connect"));
	const accounts = element("select", {});
	const second = element("label", { hidden: "" }, word("wallet-account"), accounts);
	let all: Account[] = [];
	const take = () => {
		account = all.find(({ address }) => address === accounts.value);
		if (account) choose(wallet.value, account.address);
		section.dispatchEvent(new CustomEvent("account", { bubbles: true }));
	};
	connect.addEventListener("click", async () => {
		try {
			all = await (wallets().includes(wallet.value) ? accountsOf(wallet.value) : ethereum.accountsOf(wallet.value));
			say(all.length === 0 ? word("wallet-empty") : undefined);
		} catch (error) {
			all = [];
			say(word("wallet-refused", { why: error instanceof Error ? error.message : String(error) }));
		}
		accounts.replaceChildren(...options(all.map(({ address, name }) => [address, name ? `${name} · ${address}` : address]), before?.address));
		second.hidden = all.length === 0;
		take();
	});
	accounts.addEventListener("change", take);
	section.append(element("div", { class: "form" }, element("label", {}, word("wallet-choose"), wallet), connect, second));
	return () => account;
}

async function waited(): Promise<string[]> {
	const end = performance.now() + PATIENCE_MILLIS;
	ethereum.discover();
	while (wallets().length === 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
	return names();
}
