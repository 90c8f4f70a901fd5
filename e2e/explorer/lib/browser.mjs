// Chromium, as it comes from Debian, without anything that speaks to somebody else.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { atEnd } from "./process.mjs";

const QUIET = [
	"--headless",
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** The sizes that pages are looked at in. */
export const SIZES = {
	desktop: { viewport: { width: 1280, height: 900 } },
	phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

/** Starts the browser, with a profile of its own that is gone at the end, and with more options. */
export async function startBrowser(options = []) {
	const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
	if (!existsSync(executablePath)) throw new Error(`there is no ${executablePath}: install chromium, or name it with CHROMIUM`);
	const browser = await chromium.launch({ executablePath, args: [...QUIET, ...options] });
	atEnd(() => browser.close());
	return browser;
}

/**
 * Opens a page in a context of its own, and gathers what it complains of.
 *
 * @returns the page, and `complaints`: console errors, exceptions, and answers that were refused
 */
export async function openPage(browser, options = {}) {
	const context = await browser.newContext({ ...SIZES.desktop, timezoneId: "Asia/Shanghai", ...options });
	const page = await context.newPage();
	const complaints = [];
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(`console: ${message.text()}`);
	});
	page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
	page.on("requestfailed", (request) => {
		// Leaving a page ends its stream of events.
		const left = request.failure()?.errorText === "net::ERR_ABORTED";
		if (!left) complaints.push(`${request.url()}: ${request.failure()?.errorText}`);
	});
	return { page, context, complaints };
}
