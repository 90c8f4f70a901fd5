import { beforeEach, expect, test, vi } from "vitest";
import { countdowns, remaining } from "../src/countdown";
import { live, takeOver } from "../src/live";
import { chosen, themeButtons } from "../src/theme";
import { readersTime, readersTimes } from "../src/time";

beforeEach(() => {
	document.documentElement.lang = "en";
	delete document.documentElement.dataset["theme"];
	document.body.replaceChildren();
});

function page(html: string): HTMLElement {
	document.body.innerHTML = html;
	return document.body;
}

test("a span of time reads as days and a clock", () => {
	expect(remaining(90_061_000, "d")).toBe("1 d 01:01:01");
	expect(remaining(59_999, "d")).toBe("00:00:59");
	expect(remaining(-5, "d")).toBe("00:00:00");
});

test("a countdown runs by the chain's clock", () => {
	vi.useFakeTimers();
	const body = page('<span data-countdown="2026-04-01T00:00:00Z" data-now="2026-03-31T23:59:50Z">…</span>');
	const end = countdowns(body);
	expect(body.textContent).toBe("00:00:10");
	vi.advanceTimersByTime(4_000);
	expect(body.textContent).toBe("00:00:06");
	end();
	vi.useRealTimers();
});

/** What the first page says of the next payout, as the server writes it. */
const waiting = (end: string, now: string) =>
	`<h2 data-live="next">Next payout</h2><div data-live="settling"><p data-countdown="${end}" data-now="${now}">0 d 0 h</p>
	<p>from <time datetime="${end}" data-zone>${end}</time></p></div>`;
const settling = (percent: number) =>
	`<h2 data-live="next">March is being settled</h2><div data-live="settling"><progress data-each-block>${percent} %</progress></div>`;
const parsed = (html: string) => new DOMParser().parseFromString(html, "text/html");

test("behind the end of a month its settlement is shown, then the next month", () => {
	vi.useFakeTimers();
	const body = page(waiting("2026-04-01T00:00:00Z", "2026-03-31T23:59:58Z"));
	const end = countdowns(body);
	vi.advanceTimersByTime(10_000);
	expect(body.querySelector("[data-countdown]")?.textContent).toBe("00:00:00");

	takeOver(body, parsed(settling(40)));
	expect([body.querySelector("h2")?.textContent, body.querySelector("progress")?.textContent]).toEqual(["March is being settled", "40 %"]);
	expect(body.querySelector("[data-countdown]")).toBeNull();
	// What is not there any more is not counted.
	vi.advanceTimersByTime(1_000);
	expect(vi.getTimerCount()).toBe(0);

	takeOver(body, parsed(waiting("2026-05-01T00:00:00Z", "2026-04-01T00:05:00Z")));
	expect(body.querySelector("[data-countdown]")?.textContent).toBe("29 d 23:55:00");
	vi.advanceTimersByTime(2_000);
	expect(body.querySelector("[data-countdown]")?.textContent).toBe("29 d 23:54:58");
	end();
	vi.useRealTimers();
});

test("a countdown goes on while other parts of the page change", () => {
	// Beside times stand those of the reader's zone, which the server does not write.
	const zone = vi.spyOn(Date.prototype, "getTimezoneOffset").mockReturnValue(-480);
	vi.useFakeTimers();
	const body = page(waiting("2026-04-01T00:00:00Z", "2026-03-31T23:59:50Z") + '<b data-live="calls">1</b>');
	readersTimes(body);
	expect(body.querySelectorAll(".reader-zone").length).toBe(1);
	const end = countdowns(body);
	const shown = body.querySelector("[data-countdown]");
	vi.advanceTimersByTime(3_000);
	const newer = parsed(waiting("2026-04-01T00:00:00Z", "2026-03-31T23:59:56Z") + '<b data-live="calls">2</b>');
	expect(takeOver(body, newer).map((part) => part.dataset["live"])).toEqual(["calls"]);
	expect(body.querySelector("[data-countdown]")).toBe(shown);
	expect(shown?.textContent).toBe("00:00:07");
	end();
	vi.useRealTimers();
	zone.mockRestore();
});

test("a text that is no time is not counted down", () => {
	countdowns(page('<span data-countdown="soon">soon</span>'))();
	expect(document.body.textContent).toBe("soon");
});

test("a time reads in the reader's zone and language", () => {
	expect(readersTime("2026-03-31T22:15:06Z", "en", "Asia/Shanghai")).toMatch(/Apr 1, 2026.*06:15:06.*GMT\+8/);
	expect(readersTime("2026-03-31T22:15:06Z", "zh-CN", "Asia/Shanghai")).toContain("2026年4月1日");
});

test("a day alone has no other zone", () => {
	expect(readersTime("2026-03-31", "en", "Asia/Shanghai")).toBeUndefined();
	expect(readersTime("nonsenseT", "en")).toBeUndefined();
});

test("times of a page say the reader's time on hover", () => {
	const body = page('<time datetime="2026-03-31T22:15:06Z">22:15</time>');
	readersTimes(body);
	expect(body.querySelector("time")?.title).not.toBe("");
});

test("a chosen theme is pressed, shown and kept", () => {
	const body = page('<button data-set-theme="dark">Dark</button><button data-set-theme="system">System</button>');
	themeButtons(body);
	const [dark, system] = [...body.querySelectorAll<HTMLElement>("button")] as HTMLElement[] as [HTMLElement, HTMLElement];
	expect(system.getAttribute("aria-pressed")).toBe("true");
	dark.click();
	expect([chosen(), dark.getAttribute("aria-pressed")]).toEqual(["dark", "true"]);
	expect(document.cookie).toContain("theme=dark");
	system.click();
	expect([chosen(), document.documentElement.dataset["theme"]]).toEqual(["system", undefined]);
});

test("live parts are taken from the newer page, and only those", () => {
	const body = page('<p>old</p><b data-live="calls">37</b><b data-live="same">1</b>');
	const newer = new DOMParser().parseFromString(
		'<p>new</p><b data-live="calls" title="38">38</b><b data-live="same">1</b>',
		"text/html",
	);
	const changed = takeOver(body, newer);
	expect(changed.map((part) => part.dataset["live"])).toEqual(["calls"]);
	expect(body.textContent).toBe("old381");
	expect(changed[0]?.title).toBe("38");
});

test("a part that comes or goes as a whole does so", () => {
	const body = page('<section data-live="last" hidden></section>');
	takeOver(body, parsed('<section data-live="last">March, settled</section>'));
	expect(body.querySelector<HTMLElement>("section")?.hidden).toBe(false);
	takeOver(body, parsed('<section data-live="last" hidden></section>'));
	expect(body.querySelector<HTMLElement>("section")?.hidden).toBe(true);
});

/** A stream of news that the test tells; the page that is asked for then is `answer`. */
function stream(answer: () => string) {
	const events = new EventTarget();
	const asked = vi.fn(async () => ({ ok: true, text: async () => answer() }));
	vi.stubGlobal("fetch", asked);
	vi.stubGlobal(
		"EventSource",
		class {
			addEventListener = events.addEventListener.bind(events);
			close() {}
		},
	);
	document.head.innerHTML = '<meta name="heirloom-events" content="/api/v1/events">';
	const tell = async (kind: string) => {
		events.dispatchEvent(new Event(kind));
		await vi.advanceTimersByTimeAsync(4_000);
	};
	return { asked, tell };
}

test("a settlement is followed block by block, and only that", async () => {
	vi.useFakeTimers();
	let answer = settling(40);
	const { asked, tell } = stream(() => answer);
	const body = page(waiting("2026-04-01T00:00:00Z", "2026-03-31T23:59:58Z"));
	const end = live(body);
	await tell("block");
	expect(asked).not.toHaveBeenCalled();
	await tell("closed");
	expect(body.querySelector("progress")?.textContent).toBe("40 %");
	answer = settling(80);
	await tell("block");
	expect(body.querySelector("progress")?.textContent).toBe("80 %");
	answer = waiting("2026-05-01T00:00:00Z", "2026-04-01T00:05:00Z");
	await tell("reported");
	expect(body.querySelector("h2")?.textContent).toBe("Next payout");
	await tell("block");
	expect(asked).toHaveBeenCalledTimes(3);
	end();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test("what came while the connection was lost is asked for behind it", async () => {
	vi.useFakeTimers();
	const { asked, tell } = stream(() => settling(10));
	const body = page(waiting("2026-04-01T00:00:00Z", "2026-03-31T23:59:58Z"));
	const end = live(body);
	await tell("open");
	expect(asked).not.toHaveBeenCalled();
	await tell("error");
	await tell("open");
	expect(body.querySelector("progress")?.textContent).toBe("10 %");
	end();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});
