// The form for many assets at once.

import { element, meta } from "../element";
import { NotMade } from "../seal/job";
import { saidOf } from "../seal/section";
import { look } from "../seal/seen";
import { word } from "../words/signing";
import { openChain } from "./chain";
import type { Account } from "./injected";
import { ask } from "./signing";
import { type Domain, table } from "./table";

/** Makes the form work, for the account that is chosen when it is sent. */
export function bulk(form: HTMLFormElement, account: () => Account | undefined, place: HTMLElement): void {
	const said = element("ul", { class: "wrong", role: "alert" });
	form.append(said);
	const refuse = (...lines: string[]) => said.replaceChildren(...lines.map((line) => element("li", {}, line)));
	const files = (name: string) => [...(form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.files ?? [])];
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		refuse();
		place.replaceChildren();
		const [file] = files("table");
		if (!file) return refuse(word("bulk-empty"));
		const reading = (file: File) => place.replaceChildren(element("p", { class: "soft" }, word("bulk-reading", { file: file.name })));
		const seen = await look(files("sealed"), reading).catch((error: unknown) => {
			refuse(error instanceof NotMade ? saidOf(error.failure) : String(error));
		});
		place.replaceChildren();
		if (!seen) return;
		if (seen.others.length > 0) return refuse(...seen.others.map((file) => word("bulk-not-sealed", { file })));
		const read = table(await file.text(), domains(form.ownerDocument), seen.sealed);
		if ("wrong" in read) return refuse(...read.wrong);
		const chosen = account();
		if (!chosen) return refuse(word("wallet-first"));
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
function domains(page: ParentNode): Map<string, Domain> {
	const listed = [...page.querySelectorAll<HTMLOptionElement>("option[data-domain]")];
	const domain = ({ value, dataset }: HTMLOptionElement) => ({ id: Number(value), medical: dataset["medical"] !== undefined });
	return new Map(listed.map((option) => [option.dataset["domain"] ?? "", domain(option)]));
}
