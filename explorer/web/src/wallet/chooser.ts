// Choosing a wallet and one of its accounts.

import { element } from "../element";
import { word } from "../words/signing";
import * as ethereum from "./ethereum";
import { type Account, accountsOf, choose, chosen, wallets } from "./injected";

/** Extensions add themselves to a page as it loads, some a little later, while Ethereum wallets answer at once. */
const PATIENCE_MILLIS = 1_000;

/** All wallets of this browser. A name that is a wallet's of both kinds is there once: the first kind pays fees in U too. */
function names(): string[] {
	return [...new Set([...wallets(), ...ethereum.wallets()])];
}

/**
 * Fills a section with the choice. Gives the account that is chosen now: the first of a wallet's until another one is chosen, or
 * with `pick` none, where there are several, until one is picked.
 */
export async function chooser(section: HTMLElement, pick = false): Promise<() => Account | undefined> {
	let account: Account | undefined;
	const found = await waited();
	const said = element("p", { class: "note bad", role: "alert", tabindex: "-1", "data-said": "", hidden: "" });
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
		if (account) {
			choose(wallet.value, account.address);
			say(undefined);
		}
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
		const named = all.map(({ address, name }): [string, string] => [address, name ? `${name} · ${address}` : address]);
		const open: [string, string][] = pick && all.length > 1 ? [["", word("wallet-pick")]] : [];
		accounts.replaceChildren(...options([...open, ...named], open.length > 0 ? "" : before?.address));
		second.hidden = all.length === 0;
		take();
	});
	accounts.addEventListener("change", take);
	section.append(element("div", { class: "form" }, element("label", {}, word("wallet-choose"), wallet), connect, second));
	return () => account;
}

/** Tells the reader, where the choice is, that it comes first. */
export function walletFirst(section: HTMLElement): undefined {
	const said = section.querySelector<HTMLElement>("[data-said]");
	if (said?.hidden) {
		said.hidden = false;
		said.textContent = word("wallet-first");
	}
	(section.querySelector("select") ?? said)?.focus();
}

async function waited(): Promise<string[]> {
	const end = performance.now() + PATIENCE_MILLIS;
	ethereum.discover();
	while (wallets().length === 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
	return names();
}
