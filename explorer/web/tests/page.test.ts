import { beforeEach, expect, test, vi } from "vitest";
import { countdowns, remaining } from "../src/countdown";
import { takeOver } from "../src/live";
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
