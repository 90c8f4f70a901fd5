// Numbers that change while a page is looked at. News of the chain only say that something happened: the page is asked for
// once more, and what is marked as live is taken from it, so that the server alone decides how a number is written.

import { countdowns } from "./countdown";
import { meta } from "./element";
import { readersTimes } from "./time";

/** The least time between two looks at the page. */
const PAUSE_MILLIS = 3_000;

/** How long a change stays marked. */
const MARKED_MILLIS = 2_000;

/** Kinds of news that change what pages show. */
const KINDS = ["minted", "called", "closed", "paid", "withheld", "released", "reported"];

/** A block alone changes nothing but what says so of itself: how far a settlement is. */
const BLOCK = "block";
const EACH_BLOCK = "[data-live] [data-each-block]";

/** What a reader is told that was too slow for some of them. */
const MISSED = "missed";

/** What a part says, whatever a countdown in it shows: how far that is, is counted here. */
function said(part: HTMLElement): string {
	const copy = part.cloneNode(true) as HTMLElement;
	for (const shown of copy.querySelectorAll<HTMLElement>("[data-countdown]")) {
		shown.textContent = shown.dataset["countdown"] ?? "";
	}
	return copy.textContent;
}

/** Takes the live parts of a page over into another state of the same page. Returns those that changed. */
export function takeOver(page: ParentNode, newer: ParentNode): HTMLElement[] {
	// The page has the reader's times already; without them nothing would be the same.
	readersTimes(newer);
	const found = new Map(
		[...newer.querySelectorAll<HTMLElement>("[data-live]")].map((part) => [part.dataset["live"], part] as const),
	);
	return [...page.querySelectorAll<HTMLElement>("[data-live]")].filter((part) => {
		const next = found.get(part.dataset["live"]);
		if (!next || said(next) === said(part)) return false;
		// What the reader is using stays as it is.
		if (part.contains(document.activeElement)) return false;
		part.replaceChildren(...next.childNodes);
		for (const name of part.getAttributeNames()) if (!next.hasAttribute(name)) part.removeAttribute(name);
		for (const name of next.getAttributeNames()) part.setAttribute(name, next.getAttribute(name) ?? "");
		countdowns(part);
		return true;
	});
}

async function look(): Promise<void> {
	const answer = await fetch(location.href, { headers: { accept: "text/html" } });
	if (!answer.ok) return;
	const newer = new DOMParser().parseFromString(await answer.text(), "text/html");
	for (const part of takeOver(document, newer)) {
		part.dataset["changed"] = "";
		setTimeout(() => delete part.dataset["changed"], MARKED_MILLIS);
	}
}

/** Keeps the live parts of a page up to date. Returns what ends it. */
export function live(page: ParentNode): () => void {
	const address = meta("heirloom-events");
	if (!address || !page.querySelector("[data-live]")) return () => {};
	let timer: ReturnType<typeof setTimeout> | undefined;
	let missed = false;
	const soon = () => {
		if (document.hidden) missed = true;
		else
			timer ??= setTimeout(() => {
				// What comes while the page is asked for may not be in the answer, so it is a reason to ask once more.
				timer = undefined;
				// A server that is not there now tells of itself when the events come again.
				void look().catch(() => {});
			}, PAUSE_MILLIS);
	};
	const events = new EventSource(`${address}?kinds=${[...KINDS, BLOCK].join(",")}`);
	for (const kind of [...KINDS, MISSED]) events.addEventListener(kind, soon);
	events.addEventListener(BLOCK, () => {
		if (page.querySelector(EACH_BLOCK)) soon();
	});
	// Nobody repeats what was new while the connection was lost, a month's end among it.
	let lost = false;
	events.addEventListener("error", () => (lost = true));
	events.addEventListener("open", () => {
		if (lost) soon();
		lost = false;
	});
	const back = () => {
		if (!document.hidden && missed) {
			missed = false;
			soon();
		}
	};
	document.addEventListener("visibilitychange", back);
	return () => {
		events.close();
		clearTimeout(timer);
		document.removeEventListener("visibilitychange", back);
	};
}
