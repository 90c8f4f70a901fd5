// Registering an asset: the form, the content id of a chosen file, and the signature.

import { element, meta } from "../element";
import { exactU } from "../money";
import { word } from "../words";
import { bulk } from "./bulk";
import { type Chain, openChain } from "./chain";
import { chooser } from "./chooser";
import { cidOf, TooLarge } from "./cid";
import { type Draft, read, type Typed } from "./draft";
import { ask } from "./signing";
import { fieldOf, showWrong } from "./fields";

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

/** Makes the form of a page work. */
export async function upload(form: HTMLFormElement, section: HTMLElement, place: HTMLElement): Promise<void> {
	let chain: Chain | undefined;
	const account = await chooser(section);
	const many = form.ownerDocument.querySelector<HTMLFormElement>("form[data-bulk]");
	if (many) bulk(many, account, place);
	const file = fieldOf(form, "file");
	if (file instanceof HTMLInputElement) file.addEventListener("change", () => void content(form, file));
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		const typed = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)])) as Typed;
		const reading = read(typed);
		showWrong(form, "wrong" in reading ? reading.wrong : new Map());
		const chosen = account();
		if ("wrong" in reading) return;
		if (!chosen) {
			place.replaceChildren(element("p", { class: "note bad", role: "alert" }, word("wallet-first")));
			section.querySelector<HTMLElement>("select")?.focus();
			return;
		}
		const { draft } = reading;
		chain ??= openChain(meta("heirloom-node") ?? "");
		const path = `${form.dataset["assets"] ?? "/asset/"}${encodeURIComponent(draft.handle)}`;
		void ask(place, chain, chosen, {
			transaction: chain.mint(draft),
			words: inWords(draft),
			assets: 1,
			done: (block) => [element("a", { href: path }, word("signed-mint", { handle: draft.handle, block }))],
		});
	});
}

async function content(form: HTMLFormElement, file: HTMLInputElement): Promise<void> {
	const [chosen] = file.files ?? [];
	const place = fieldOf(form, "content");
	if (!chosen || !(place instanceof HTMLInputElement)) return;
	const note = form.querySelector<HTMLElement>("[data-file-note]");
	try {
		place.value = await cidOf(chosen);
		if (note) note.textContent = word("cid-computed", { file: chosen.name });
	} catch (error) {
		if (note) note.textContent = error instanceof TooLarge ? word("cid-large") : String(error);
	}
}
