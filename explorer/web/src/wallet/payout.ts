// Whom an asset's income is paid to, and claiming what could not be delivered.

import { meta } from "../element";
import { connect, NodeError } from "../verify/node";
import { type Word, word } from "../words/signing";
import { accountOf } from "./address";
import { type Chain, openChain } from "./chain";
import { chooser, walletFirst } from "./chooser";
import { ready, showWrong, valued } from "./fields";
import { showHeld } from "./held";
import { note } from "./refusals";
import { ask } from "./signing";

/** What a node answers where there is no such asset, or where what was asked for cannot be a name or a number. */
const NO_ASSET = [9_001, -32_602];
/** How long the explorer may take to read a block that the node calls final. */
const READING_MILLIS = 5_000;

/** Makes the forms of a page work. */
export async function payout(page: ParentNode, section: HTMLElement, place: HTMLElement): Promise<void> {
	const account = await chooser(section);
	let chain: Chain | undefined;
	const open = () => (chain ??= openChain(meta("heirloom-node") ?? ""));
	/** Who signs. Without anybody the reader is told so. */
	const signer = () => account() ?? walletFirst(section);
	const bind = page.querySelector<HTMLFormElement>("form[data-bind]");
	bind?.addEventListener("submit", async (event) => {
		event.preventDefault();
		place.replaceChildren();
		const [name, payee] = [valued(bind, "asset"), valued(bind, "payee")];
		const wrong = new Map<string, Word>();
		const to = accountOf(payee);
		let asset: Asset | undefined;
		try {
			asset = await assetOf(name);
		} catch (error) {
			place.replaceChildren(note(word("no-chain", { why: error instanceof Error ? error.message : String(error) })));
			return;
		}
		if (asset === undefined) wrong.set("asset", "wrong-asset");
		if (payee !== "" && !to) wrong.set("payee", "wrong-address");
		showWrong(bind, wrong);
		const by = asset === undefined || wrong.size > 0 ? undefined : signer();
		if (asset === undefined || !by) return;
		// Whoever typed a number signs for the asset that it is the number of, so that one is named.
		const called = asset.handle === name ? name : `${asset.handle} (#${asset.id})`;
		const words = to ? word("sign-bind", { asset: called, payee: to.address }) : word("sign-unbind", { asset: called });
		const done = (block: string) => [word("signed", { block })];
		await ask(place, open(), by, { transaction: open().bind(asset.id, to?.address), words, assets: 0, done });
	});
	const claim = page.querySelector<HTMLFormElement>("form[data-claim]");
	if (claim) {
		const payee = () => accountOf(valued(claim, "payee") || (account()?.address ?? ""));
		const look = () => void showHeld(page, payee()?.address);
		section.addEventListener("account", look);
		claim.addEventListener("change", look);
		claim.addEventListener("submit", (event) => {
			event.preventDefault();
			place.replaceChildren();
			const typed = valued(claim, "payee");
			const wrong = new Map<string, Word>(typed !== "" && !accountOf(typed) ? [["payee", "wrong-address"]] : []);
			showWrong(claim, wrong);
			const by = wrong.size > 0 ? undefined : signer();
			const to = payee();
			if (!by || !to) return;
			const done = (block: string) => {
				setTimeout(look, READING_MILLIS);
				return [word("signed", { block })];
			};
			const words = word("sign-claim", { payee: to.address });
			void ask(place, open(), by, { transaction: open().claim(to.address), words, assets: 0, done });
		});
	}
	ready(page);
}

/** An asset as the node knows it. */
export interface Asset {
	id: number;
	handle: string;
}

/**
 * An asset by its number, where an asset has that one, else by its name; nothing where there is none. In this order, so that nobody
 * can take over what leads to a number by naming an asset so.
 */
export async function assetOf(name: string): Promise<Asset | undefined> {
	const node = await connect(meta("heirloom-node") ?? "");
	const found = async (asked: number | string): Promise<Asset | undefined> => {
		try {
			return await node.request<Asset>("lineage_asset", [asked]);
		} catch (error) {
			if (error instanceof NodeError && error.code !== undefined && NO_ASSET.includes(error.code)) return undefined;
			throw error;
		}
	};
	try {
		const numbered = /^\d+$/.test(name) ? await found(Number(name)) : undefined;
		return numbered ?? (await found(name));
	} finally {
		node.close();
	}
}
