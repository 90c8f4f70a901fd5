// The form for many assets at once.

import { element, meta } from "../element";
import { word } from "../words";
import { openChain } from "./chain";
import type { Account } from "./injected";
import { ask } from "./signing";
import { table } from "./table";

/** Makes the form work, for the account that is chosen when it is sent. */
export function bulk(form: HTMLFormElement, account: () => Account | undefined, place: HTMLElement): void {
	const said = element("ul", { class: "wrong", role: "alert" });
	form.append(said);
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		said.replaceChildren();
		const [file] = form.querySelector<HTMLInputElement>('input[type="file"]')?.files ?? [];
		const read = file ? table(await file.text(), domains(form.ownerDocument)) : { wrong: [word("bulk-empty")] };
		if ("wrong" in read) {
			said.replaceChildren(...read.wrong.map((line) => element("li", {}, line)));
			return;
		}
		const chosen = account();
		if (!chosen) {
			said.replaceChildren(element("li", {}, word("wallet-first")));
			return;
		}
		const { drafts } = read;
		const chain = openChain(meta("heirloom-node") ?? "");
		const count = String(drafts.length);
		await ask(place, chain, chosen, {
			transaction: chain.mintAll(drafts),
			words: word("sign-mint-all", { count, handles: drafts.map(({ handle }) => handle).join(", ") }),
			assets: drafts.length,
			done: (block) => [word("signed-mint-all", { count, block })],
		});
	});
}

/** Domains by name, as the page lists them. */
function domains(page: ParentNode): Map<string, number> {
	const listed = [...page.querySelectorAll<HTMLOptionElement>("option[data-domain]")];
	return new Map(listed.map((option) => [option.dataset["domain"] ?? "", Number(option.value)]));
}
