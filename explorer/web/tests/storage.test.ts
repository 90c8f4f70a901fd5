// A node's answers are played here, by a `fetch` and an `XMLHttpRequest` of the test; `e2e/explorer` asks over HTTP.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { add, addressOf, type Chosen, complaintIn, type Failure, givenIn, NotAdded } from "../src/storage/node";
import { saidOf, storing } from "../src/storage/section";

const NODE = "http://127.0.0.1:5001";
const CONTENT = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
const OTHER = "QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o";
const chosen = (): Chosen => ({ content: CONTENT, name: "Müller 50%.txt", file: new Blob(["hello world"]) });

/** How a request ends: with an answer, or as a browser tells of a failure. */
type End = { status: number; answer: string } | "error" | "never";

/** What was sent to `add`. */
let sent: { url: string; file: File | undefined }[] = [];

/** A node's answers: to the question whether it is there, and to a file. `hidden` is whether anything answers at all. */
function plays({ version, added = "never", hidden = true }: { version: End; added?: End | ((name: string) => End); hidden?: boolean }) {
	vi.stubGlobal("fetch", async (_url: string, { mode, signal }: RequestInit) => {
		signal?.throwIfAborted();
		if (mode === "no-cors" ? !hidden : typeof version === "string") throw new TypeError("Failed to fetch");
		return mode === "no-cors" || typeof version === "string" ? {} : { status: version.status, text: async () => version.answer };
	});
	vi.stubGlobal(
		"XMLHttpRequest",
		class extends EventTarget {
			upload = new EventTarget();
			private url = "";
			status = 0;
			responseText = "";
			open(_method: string, url: string) {
				this.url = url;
			}
			send(form: FormData) {
				const file = form.get("file");
				sent.push({ url: this.url, file: file instanceof File ? file : undefined });
				const end = typeof added === "function" ? added(file instanceof File ? file.name : "") : added;
				if (end === "never") return;
				this.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded: 1_000 }));
				if (end !== "error") [this.status, this.responseText] = [end.status, end.answer];
				queueMicrotask(() => this.dispatchEvent(new Event(end === "error" ? "error" : "load")));
			}
			abort() {
				this.dispatchEvent(new Event("abort"));
			}
		},
	);
}

const VERSION = { status: 200, answer: '{"Version":"0.43.1"}' };
const stored = (id: string) => ({ status: 200, answer: `{"Name":"x","Hash":"${id}","Size":"11"}\n` });

async function failure(of: Promise<void>): Promise<Failure> {
	const error: unknown = await of.then(() => undefined, (error: unknown) => error);
	if (!(error instanceof NotAdded)) throw new Error(`not as it should fail: ${String(error)}`);
	return error.failure;
}

const adding = (what = chosen(), signal = new AbortController().signal) => add(NODE, what, () => {}, signal);

beforeEach(() => {
	document.documentElement.lang = "en";
	document.body.replaceChildren();
	sent = [];
});
afterEach(() => vi.unstubAllGlobals());

test.each([
	["http://127.0.0.1:5001", NODE],
	[" http://127.0.0.1:5001/ ", NODE],
	["http://127.0.0.1:5001/api/v0", NODE],
	["127.0.0.1:5001", NODE],
	["/ip4/127.0.0.1/tcp/5001", NODE],
	["localhost:5001", "http://localhost:5001"],
	["http://localhost", "http://localhost"],
])("%s is an address on this computer", (typed, address) => expect(addressOf(typed)).toBe(address));

test.each([
	"",
	"http://",
	"5001",
	"https://127.0.0.1:5001",
	"http://127.0.0.1:99999",
	"http://127.0.0.1.example:5001",
	"http://192.168.1.7:5001",
	"http://[::1]:5001",
	"http://me:secret@127.0.0.1:5001",
	"http://127.0.0.1:5001/webui",
	"http://127.0.0.1:5001/?x=1",
	"ws://127.0.0.1:5001",
	"/ip4/192.168.1.7/tcp/5001",
])("%s is no address that a page may ask", (typed) => expect(addressOf(typed)).toBeUndefined());

test("the last line of an answer has the content id", () => {
	expect(givenIn(`{"Name":"a","Bytes":1}\n{"Name":"a","Hash":"${CONTENT}"}\n`)).toBe(CONTENT);
	for (const answer of ["", "null", "[]", '{"Hash":7}', "<html>", '{"Hash":"bafk']) expect(givenIn(answer), answer).toBeUndefined();
});

test("a complaint is passed on, and not all of a long one", () => {
	expect(complaintIn(500, '{"Message":"no space left on device","Code":0}')).toBe("HTTP 500 no space left on device");
	expect(complaintIn(404, "404 page not found\n")).toBe("HTTP 404 404 page not found");
	expect(complaintIn(500, "x".repeat(10_000))).toHaveLength(200);
});

test("a file is sent to become the tree that was computed here", async () => {
	plays({ version: VERSION, added: stored(CONTENT) });
	const told: number[] = [];
	await add(NODE, chosen(), (done) => told.push(done), new AbortController().signal);
	const [{ url, file } = { url: "", file: undefined }] = sent;
	const options = Object.fromEntries(new URL(url).searchParams);
	expect(url).toMatch(/^http:\/\/127\.0\.0\.1:5001\/api\/v0\/add\?/);
	expect(options).toMatchObject({ "cid-version": "1", "raw-leaves": "true", chunker: "size-1048576", "max-file-links": "1024", pin: "true" });
	expect(await file?.text()).toBe("hello world");
	// What is around the file in a form is no part of it.
	expect(told).toEqual([11]);
});

test("another content id is refused", async () => {
	plays({ version: VERSION, added: stored(OTHER) });
	expect(await failure(adding())).toEqual({ reason: "other_id", given: OTHER });
});

test("nothing is sent to where nobody answers, nobody lets the page in, or something else does", async () => {
	plays({ version: "error", hidden: false });
	expect(await failure(adding())).toEqual({ reason: "unreachable" });
	plays({ version: "error" });
	expect(await failure(adding())).toEqual({ reason: "not_allowed" });
	plays({ version: { status: 200, answer: "<html>" } });
	expect(await failure(adding())).toEqual({ reason: "not_kubo" });
	plays({ version: { status: 401, answer: "" } });
	expect(await failure(adding())).toEqual({ reason: "refused", detail: "HTTP 401" });
	expect(sent).toEqual([]);
});

test("what a node answers to a file can be a refusal or no answer", async () => {
	plays({ version: VERSION, added: { status: 500, answer: '{"Message":"no space left"}' } });
	expect(await failure(adding())).toEqual({ reason: "refused", detail: "HTTP 500 no space left" });
	plays({ version: VERSION, added: { status: 200, answer: "" } });
	expect(await failure(adding())).toEqual({ reason: "not_kubo" });
	plays({ version: VERSION, added: "error" });
	expect(await failure(adding())).toEqual({ reason: "broken" });
	plays({ version: VERSION, added: "error", hidden: false });
	expect(await failure(adding())).toEqual({ reason: "unreachable" });
});

test("a file that is gone by now is told from a node that is", async () => {
	plays({ version: VERSION, added: "error" });
	const gone = Object.assign(new Blob(), { slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException("", "NotFoundError")) }) });
	expect(await failure(adding({ ...chosen(), file: gone as unknown as Blob }))).toEqual({ reason: "unreadable" });
});

test("it can be stopped, before and while the file is sent", async () => {
	plays({ version: VERSION });
	const before = AbortSignal.abort();
	expect(await failure(adding(chosen(), before))).toEqual({ reason: "cancelled" });
	expect(sent).toEqual([]);
	const during = new AbortController();
	const ends = failure(adding(chosen(), during.signal));
	await vi.waitFor(() => expect(sent).toHaveLength(1));
	during.abort();
	expect(await ends).toEqual({ reason: "cancelled" });
});

test("each failure is said in words, with nothing left open", () => {
	const reasons = ["unreachable", "not_allowed", "late", "not_kubo", "broken", "unreadable", "cancelled"] as const;
	const all: Failure[] = [...reasons.map((reason) => ({ reason })), { reason: "refused", detail: "why" }, { reason: "other_id", given: OTHER }];
	for (const language of ["en", "zh-CN"]) {
		document.documentElement.lang = language;
		const said = all.map((failure) => saidOf(failure, NODE, chosen()));
		expect(new Set(said).size).toBe(all.length);
		for (const text of said) expect(text).not.toMatch(/[{}]/);
	}
});

/** The part in a form, as the page has it. */
function part(what: Parameters<typeof storing>[1]["chosen"] = () => [chosen()]) {
	const place = document.createElement("div");
	const form = document.createElement("form");
	form.append(place);
	document.body.append(form);
	const [added, doubted, submitted] = [vi.fn(), vi.fn(), vi.fn((event: Event) => event.preventDefault())];
	form.addEventListener("submit", submitted);
	const { clear } = storing(place, { title: "storage-title", note: "storage-note", chosen: what, added, doubted });
	const [address, button] = [place.querySelector("input")!, place.querySelector<HTMLButtonElement>("button")!];
	const ends = () => vi.waitFor(() => expect(button.disabled).toBe(false));
	return { place, address, button, added, doubted, submitted, clear, ends };
}

test("what was added is handed on, and said", async () => {
	plays({ version: VERSION, added: stored(CONTENT) });
	const { place, button, added, doubted, ends } = part();
	expect(place.textContent).toContain(`'["${location.origin}"]'`);
	button.click();
	await ends();
	expect(added).toHaveBeenCalledWith(expect.objectContaining({ content: CONTENT }), NODE);
	expect(doubted).not.toHaveBeenCalled();
	expect(place.querySelector(".good")?.textContent).toContain(CONTENT);
});

test("what became something else in the node is doubted", async () => {
	plays({ version: VERSION, added: stored(OTHER) });
	const { place, button, added, doubted, ends } = part();
	button.click();
	await ends();
	expect(added).not.toHaveBeenCalled();
	expect(doubted).toHaveBeenCalledOnce();
	expect(place.querySelector("[role=alert]")?.textContent).toContain(OTHER);
});

test("without a file or a good address nobody is asked", async () => {
	plays({ version: "error", hidden: false });
	const without = part(() => "storage-seal-first");
	without.button.click();
	await without.ends();
	expect(without.place.textContent).toContain("Seal the file first: the");
	const elsewhere = part();
	elsewhere.address.value = "http://node.example:5001";
	elsewhere.button.click();
	await elsewhere.ends();
	expect(elsewhere.place.querySelector("[role=alert]")?.textContent).toContain("An address on this computer");
	expect(document.activeElement).toBe(elsewhere.address);
});

test("the enter key adds, and asks for no signature", async () => {
	plays({ version: VERSION, added: stored(CONTENT) });
	const { address, added, submitted } = part();
	address.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
	await vi.waitFor(() => expect(added).toHaveBeenCalledOnce());
	expect(submitted).not.toHaveBeenCalled();
});

/** A file of several. */
const numbered = (number: number): Chosen => ({ ...chosen(), content: `${CONTENT}${number}`, name: `${number}.txt` });

test("several files are added in turn, and what is left of them by the next attempt", async () => {
	const all = [1, 2, 3].map(numbered);
	const { place, button, added, ends } = part(async () => all);
	const names = () => sent.map(({ file }) => file?.name);
	plays({ version: VERSION, added: (name) => (name === all[1]?.content ? "error" : stored(name)) });
	button.click();
	await ends();
	expect(place.querySelector("[role=alert]")?.textContent).toMatch(/^2\.txt: The node at .* broke off/);
	expect(added.mock.calls.map(([{ name }]) => name)).toEqual(["1.txt"]);
	plays({ version: VERSION, added: stored });
	button.click();
	await ends();
	expect(names()).toEqual([1, 2, 2, 3].map((number) => numbered(number).content));
	expect(place.querySelector(".good")?.textContent).toContain("all 3 files");
	// All of it once more is all of it.
	button.click();
	await ends();
	expect(sent).toHaveLength(7);
});

test("of several files the one that became something else is doubted", async () => {
	plays({ version: VERSION, added: (name) => stored(name === numbered(2).content ? OTHER : name) });
	const { place, button, added, doubted, ends } = part(() => [1, 2, 3].map(numbered));
	button.click();
	await ends();
	expect([added, doubted].map(({ mock }) => mock.calls.map(([{ name }]) => name))).toEqual([["1.txt"], ["2.txt"]]);
	expect(place.querySelector("[role=alert]")?.textContent).toMatch(/^2\.txt: The node gave the file another content id/);
	expect(sent).toHaveLength(2);
});

const breaks = () => {
	throw new Error("the page broke");
};

test("what the rest of the page throws is said", async () => {
	const choosing = part(async () => breaks());
	const [keeping, doubting] = [part(), part()];
	keeping.added.mockImplementation(breaks);
	doubting.doubted.mockImplementation(breaks);
	for (const [{ place, button, ends }, id] of [[choosing, CONTENT], [keeping, CONTENT], [doubting, OTHER]] as const) {
		plays({ version: VERSION, added: stored(id) });
		button.click();
		await ends();
		expect(place.querySelector("[role=alert]")?.textContent).toContain("the page broke");
	}
});

test("what is thrown of files that are no longer chosen is not said", async () => {
	const { place, button, clear, ends } = part(async () => breaks());
	button.click();
	clear();
	await ends();
	expect(place.querySelector("[role=alert]")).toBeNull();
});

test("another file ends what is under way", async () => {
	plays({ version: VERSION });
	const { place, button, added, clear, ends } = part();
	button.click();
	await vi.waitFor(() => expect(sent).toHaveLength(1));
	clear();
	await ends();
	expect(added).not.toHaveBeenCalled();
	expect(place.querySelector(".note")).toBeNull();
});
