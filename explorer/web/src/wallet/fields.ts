// Fields of a form, and what is wrong with them.

import { element } from "../element";
import { type Word, word } from "../words/signing";

/** The field of a name; of several choices the first. */
export function fieldOf(form: HTMLFormElement, name: string): Element | null {
	return form.querySelector(`[name="${name}"]`);
}

/** Shows what is wrong beside each field, and takes away what is right by now. The first of them is gone to. */
export function showWrong(form: HTMLFormElement, wrong: Map<string, Word>): void {
	for (const shown of form.querySelectorAll(".wrong")) shown.remove();
	for (const field of form.querySelectorAll("[aria-invalid]")) {
		field.removeAttribute("aria-invalid");
		field.removeAttribute("aria-describedby");
	}
	let first: HTMLElement | undefined;
	for (const [name, what] of wrong) {
		const field = fieldOf(form, name);
		if (!(field instanceof HTMLElement)) continue;
		const id = `wrong-${name}`;
		(field.closest("fieldset, label, .field") ?? field).append(element("span", { class: "wrong", id, role: "alert" }, word(what)));
		field.setAttribute("aria-invalid", "true");
		field.setAttribute("aria-describedby", id);
		first ??= field;
	}
	first?.focus();
}

/** What is typed into a field. */
export function valued(form: HTMLFormElement, name: string): string {
	const field = fieldOf(form, name);
	return field instanceof HTMLInputElement ? field.value.trim() : "";
}

/** Lets buttons be pressed that do nothing without a script. */
export function ready(page: ParentNode): void {
	for (const button of page.querySelectorAll<HTMLButtonElement>("button[data-with-script]")) button.disabled = false;
}

/** Says how much of a field is filled whose limit is in bytes of UTF-8, which no browser counts. */
export function counted(field: HTMLTextAreaElement, most: number): void {
	const said = element("small", { class: "soft" });
	const count = () => {
		const used = new TextEncoder().encode(field.value.trim()).length;
		said.textContent = word("bytes-used", { used: String(used), most: String(most) });
		said.classList.toggle("wrong-count", used > most);
	};
	field.addEventListener("input", count);
	(field.closest("label") ?? field).after(said);
	count();
}
