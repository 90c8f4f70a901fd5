// Whom an asset's income is paid to, and claiming what could not be delivered.

import { meta } from "../element";
import { accountOf } from "../verify/bytes";
import { connect } from "../verify/node";
import { word } from "../words";
import { type Chain, openChain } from "./chain";
import { chooser } from "./chooser";
import { fieldOf, showWrong } from "./fields";
import { ask } from "./signing";

/** Makes the forms of a page work. */
export async function payout(page: ParentNode, section: HTMLElement, place: HTMLElement): Promise<void> {
	let chain: Chain | undefined;
	const open = () => (chain ??= openChain(meta("heirloom-node") ?? ""));
	const account = await chooser(section);
	const done = (block: string) => [word("signed", { block })];
	const valued = (form: HTMLFormElement, name: string) => {
		const field = fieldOf(form, name);
		return field instanceof HTMLInputElement ? field.value.trim() : "";
	};
	const bind = page.querySelector<HTMLFormElement>("form[data-bind]");
	bind?.addEventListener("submit", async (event) => {
		event.preventDefault();
		const [name, payee] = [valued(bind, "asset"), valued(bind, "payee")];
		const asset = await assetOf(name);
		const known = payee === "" || accountOf(payee) !== undefined;
		showWrong(bind, new Map([...(asset === undefined ? [["asset", "wrong-asset"] as const] : []), ...(known ? [] : [["payee", "wrong-address"] as const])]));
		const chosen = account();
		if (asset === undefined || !known || !chosen) return;
		const words = payee === "" ? word("sign-unbind", { asset: name }) : word("sign-bind", { asset: name, payee });
		void ask(place, open(), chosen, { transaction: open().bind(asset, payee || undefined), words, assets: 0, done });
	});
	const claim = page.querySelector<HTMLFormElement>("form[data-claim]");
	claim?.addEventListener("submit", (event) => {
		event.preventDefault();
		const payee = valued(claim, "payee") || (account()?.address ?? "");
		const known = accountOf(payee) !== undefined;
		showWrong(claim, new Map(known ? [] : [["payee", "wrong-address"]]));
		const chosen = account();
		if (!known || !chosen) return;
		const words = word("sign-claim", { payee });
		void ask(place, open(), chosen, { transaction: open().claim(payee), words, assets: 0, done });
	});
}

/** The number of an asset by its name or number, as the node knows it. */
async function assetOf(name: string): Promise<number | undefined> {
	const node = await connect(meta("heirloom-node") ?? "");
	try {
		const asked = /^\d+$/.test(name) ? Number(name) : name;
		return (await node.request<{ id: number }>("lineage_asset", [asked])).id;
	} catch {
		return undefined;
	} finally {
		node.close();
	}
}
