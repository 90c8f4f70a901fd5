// Making elements without markup in texts.

type Child = Node | string;

/** An element with attributes and children; an attribute that is `undefined` is left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	attributes: Record<string, string | undefined> = {},
	...children: Child[]
): HTMLElementTagNameMap[Name] {
	const made = document.createElement(name);
	for (const [attribute, value] of Object.entries(attributes)) {
		if (value !== undefined) made.setAttribute(attribute, value);
	}
	made.append(...children);
	return made;
}

/** What a meta tag of the page says. */
export function meta(name: string): string | undefined {
	return document.querySelector(`meta[name="${name}"]`)?.getAttribute("content") || undefined;
}

/** What each reader is told once, without moving the focus. */
export function announce(text: string): void {
	let region = document.getElementById("announcements");
	if (!region) {
		region = element("div", { id: "announcements", class: "unseen", role: "status", "aria-live": "polite" });
		document.body.append(region);
	}
	region.textContent = text;
}
