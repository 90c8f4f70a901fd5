// What is handed to the reader of a sealed file: its data key, the ciphertext, and an envelope for each operator.

import { element } from "../element";
import { word } from "../words/signing";
import type { Made } from "./job";
import type { Envelope } from "./module";

/** A file that the reader can save. */
export interface Handed {
	name: string;
	content: Blob;
}

/** A sealed file, as its owner takes it along. */
export interface Sealed {
	content: string;
	/** The account that the envelopes name; none where there are no envelopes. */
	owner: string | undefined;
	key: Handed;
	ciphertext: Handed;
	/** Of each operator, by its account. */
	envelopes: { operator: string; file: Handed }[];
}

/** Names everything as the owner's tools and the operators' folders do. */
export function sealedOf(made: Made, owner: string | undefined, operators: string[]): Sealed {
	const { answer, sealed, key } = made;
	if (answer.status !== "sealed") throw new Error(answer.status);
	const { content } = answer;
	const letter = (envelope: Envelope): Handed => ({
		name: `${content}.${owner}.standing.json`,
		content: new Blob([`${JSON.stringify(envelope, null, 2)}\n`], { type: "application/json" }),
	});
	return {
		content,
		owner,
		key: { name: `${content}.key`, content: key },
		ciphertext: { name: `${content}.sealed`, content: sealed },
		envelopes: answer.envelopes.map((envelope, at) => ({ operator: operators[at] ?? "", file: letter(envelope) })),
	};
}

/** Bytes as people read them. */
export function size(bytes: number): string {
	const [unit, name] = bytes < 1e6 ? [1e3, "kB"] : bytes < 1e9 ? [1e6, "MB"] : [1e9, "GB"];
	return `${(bytes / unit).toFixed(1)} ${name}`;
}

/** Shows what there is to save. */
export class Shown {
	/** Addresses of files in this page; they keep the files. */
	private readonly addresses: string[] = [];
	private readonly unsaved = new Set<string>();
	readonly list: HTMLElement;

	constructor(readonly sealed: Sealed) {
		const { key, ciphertext, envelopes, content } = sealed;
		const code = (text: string) => element("code", { class: "hash" }, text);
		const told = envelopes.map(({ operator, file }) =>
			element("li", { "data-for": operator }, this.link("seal-save-envelope", file), element("p", { class: "soft small" }, word("seal-envelope-note", { operator, file: file.name }))),
		);
		this.list = element(
			"div",
			{ class: "sealed" },
			element("p", { class: "note good" }, word("seal-done", { content, size: size(ciphertext.content.size) })),
			element(
				"ol",
				{},
				element("li", {}, this.link("seal-save-key", key), element("p", { class: "soft small" }, word("seal-key-note"))),
				element("li", {}, this.link("seal-save-ciphertext", ciphertext), element("p", { class: "soft small" }, word("seal-ciphertext-note"), " ", code("ipfs add --cid-version=1 --raw-leaves --chunker=size-1048576 --max-file-links=1024"))),
				...told,
			),
			element("p", { class: "soft small" }, word(envelopes.length > 0 ? "seal-after" : "seal-after-each")),
		);
	}

	/** Whether the data key was not saved yet. */
	get keyUnsaved(): boolean {
		return this.unsaved.has(this.sealed.key.name);
	}

	/** Whether anything was not saved yet. */
	get anyUnsaved(): boolean {
		return this.unsaved.size > 0;
	}

	/** The ciphertext is in storage, from where the reader has it. */
	stored(): void {
		this.unsaved.delete(this.sealed.ciphertext.name);
	}

	/** Lets go of the files. */
	forget(): void {
		for (const address of this.addresses) URL.revokeObjectURL(address);
		this.unsaved.clear();
	}

	private link(text: "seal-save-key" | "seal-save-ciphertext" | "seal-save-envelope", { name, content }: Handed): HTMLElement {
		const href = URL.createObjectURL(content);
		const link = element("a", { class: "button", href, download: name, "data-save": text }, word(text));
		this.addresses.push(href);
		const one = `${text === "seal-save-envelope" ? href : ""}${name}`;
		this.unsaved.add(one);
		link.addEventListener("click", () => this.unsaved.delete(one));
		return link;
	}
}
