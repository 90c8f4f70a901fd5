// How long until the month ends, by the chain's clock: that of a development chain is simulated.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time as people read it: `12 d 04:05:06`. */
export function remaining(millis: number, days: string): string {
	const left = Math.max(0, millis);
	const two = (number: number) => String(number).padStart(2, "0");
	const clock = [left % DAY / HOUR, left % HOUR / MINUTE, left % MINUTE / SECOND].map((part) => two(Math.floor(part)));
	const whole = Math.floor(left / DAY);
	return whole > 0 ? `${whole} ${days} ${clock.join(":")}` : clock.join(":");
}

/** Counts down all countdowns of a page, or of a part of it, until they are taken out of it. Returns what ends it. */
export function countdowns(page: ParentNode, days = document.documentElement.lang === "zh-CN" ? "天" : "d"): () => void {
	const opened = performance.now();
	let all = [...page.querySelectorAll<HTMLElement>("[data-countdown]")].flatMap((shown) => {
		const end = Date.parse(shown.dataset["countdown"] ?? "");
		const now = Date.parse(shown.dataset["now"] ?? "");
		return Number.isNaN(end) ? [] : [{ shown, left: end - (Number.isNaN(now) ? Date.now() : now) }];
	});
	const show = () => {
		const passed = performance.now() - opened;
		all = all.filter(({ shown }) => shown.isConnected);
		for (const { shown, left } of all) shown.textContent = remaining(left - passed, days);
		if (all.length === 0) clearInterval(timer);
	};
	if (all.length === 0) return () => {};
	const timer = setInterval(show, SECOND);
	show();
	return () => clearInterval(timer);
}
