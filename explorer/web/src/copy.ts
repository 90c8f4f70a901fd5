// Ids and addresses to take along.

import { announce } from "./element";
import { word } from "./words/page";

/** Makes the copy buttons of a page work. */
export function copyButtons(page: ParentNode): void {
	for (const button of page.querySelectorAll<HTMLElement>("[data-copy]")) {
		button.addEventListener("click", () => void copy(button.dataset["copy"] ?? ""));
	}
}

async function copy(text: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		announce(word("copied"));
	} catch {
		// Browsers refuse it outside of https and localhost.
		announce(word("not-copied"));
	}
}
