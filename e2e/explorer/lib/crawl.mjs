// All kinds of pages that can be reached from the first one by following links.

/** What is not a page. */
const NO_PAGE = /^\/(api|assets|theme|icon\.svg)|\.(csv|json|xml|atom|rss)$|^\/zh-CN(\/|$)|^\/en(\/|$)/;

/** Parts of an address that name one of many: handles, addresses, hashes, numbers, months. */
const NAMES = [/^0x[0-9a-f]+$/i, /^5[1-9A-HJ-NP-Za-km-z]{46,48}$/, /^\d+(-\d+)?$/, /^[A-Z]{2,}[A-Z0-9]*-.+$/];

/** What kind of page an address leads to. */
export function kindOf(path) {
	const parts = path.split(/[?#]/)[0].split("/");
	return parts.map((part) => (NAMES.some((name) => name.test(decodeURIComponent(part))) ? "*" : part)).join("/");
}

/** Links of a page to pages of the same site. */
export function linksOf(html) {
	const links = [...html.matchAll(/<a\s[^>]*?href="(\/[^"]*)"/g)].map(([, href]) => href.replaceAll("&amp;", "&"));
	return links.map((href) => href.split("#")[0]).filter((href) => !NO_PAGE.test(href.split("?")[0]));
}

/**
 * Follows links until no new kind of page is found. Starts with some pages by name, which are taken for their kinds.
 *
 * @returns {Promise<{ kind: string, path: string, page: boolean, status: number }[]>} `page` is false of files
 */
export async function crawl(site, first) {
	const found = new Map();
	const waiting = [...first];
	while (waiting.length > 0) {
		const path = waiting.shift();
		const kind = kindOf(path);
		if (found.has(kind)) continue;
		const answer = await fetch(`${site}${path}`, { headers: { "accept-language": "en" } });
		const page = /^text\/html/.test(answer.headers.get("content-type") ?? "");
		const html = await answer.text();
		found.set(kind, { kind, path, page, status: answer.status });
		if (page) waiting.push(...linksOf(html));
	}
	return [...found.values()];
}
