// Registering an asset: the form, the file, and the signature.

import { element, meta } from "../element";
import { exactU } from "../money";
import { sealing } from "../seal/section";
import { word } from "../words/signing";
import { bulk } from "./bulk";
import { type Chain, openChain } from "./chain";
import { chooser, walletFirst } from "./chooser";
import { type Draft, LONGEST_SCENARIO, read, type Typed } from "./draft";
import { counted, fieldOf, ready, showWrong } from "./fields";
import { note } from "./refusals";
import { ask } from "./signing";

/** What minting a draft does, in words. */
export function inWords(draft: Draft): string {
	const { terms } = draft;
	const said =
		terms.type === "Share"
			? word("sign-share", { rate: String(terms.rate / 100) })
			: word("sign-buyout", { price: exactU(terms.price) });
	const kind = word(`sign-kind-${draft.kind}`);
	return word("sign-mint", { handle: draft.handle, kind, terms: said, fee: exactU(draft.callFee) });
}

/**
 * Where an asset is found that was just registered. Its number is not known here, so a name that would lead elsewhere is looked for:
 * one that reads as a number leads to the asset of that number, and browsers take `.` and `..` out of a path.
 */
export function pathOf(handle: string, assets: string, search: string): string {
	const elsewhere = /^([+-]?\d+|\.\.?)$/.test(handle);
	return `${elsewhere ? search : assets}${encodeURIComponent(handle)}`;
}

/** Makes the form of a page work. */
export async function upload(form: HTMLFormElement, section: HTMLElement, place: HTMLElement): Promise<void> {
	let chain: Chain | undefined;
	const open = () => (chain ??= openChain(meta("heirloom-node") ?? ""));
	const scenario = fieldOf(form, "scenario");
	if (scenario instanceof HTMLTextAreaElement) counted(scenario, LONGEST_SCENARIO);
	const file = sealing(form, () => open().operators());
	const account = await chooser(section);
	section.addEventListener("account", () => file.owned(account()?.address));
	const many = form.ownerDocument.querySelector<HTMLFormElement>("form[data-bulk]");
	if (many) bulk(many, account, place);
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])) as Typed;
		const reading = read(typed);
		showWrong(form, "wrong" in reading ? reading.wrong : new Map());
		place.replaceChildren();
		if ("wrong" in reading) return;
		const chosen = account() ?? walletFirst(section);
		if (!chosen) return;
		const { draft } = reading;
		const objection = file.objection(draft.content, chosen.address);
		if (objection) return place.replaceChildren(note(objection));
		const path = pathOf(draft.handle, form.dataset["assets"] ?? "/asset/", form.dataset["search"] ?? "/search?q=");
		void ask(place, open(), chosen, {
			transaction: open().mint(draft),
			words: inWords(draft),
			assets: 1,
			done: (block) => [element("a", { href: path }, word("signed-mint", { handle: draft.handle, block }))],
		});
	});
	ready(form.ownerDocument);
}
