// The real module, as `explorer/seal/build` made it.

import { readFileSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";
import { Shown, sealedOf, size } from "../src/seal/handed";
import { type Answer, type Host, type Order, run } from "../src/seal/module";
import { saidOf, sealing } from "../src/seal/section";
import { gatherer, PIECE_BYTES, reader, SLICE_BYTES } from "../src/seal/stream";
import { operatorsOf } from "../src/wallet/chain";
import { keyOf, opened, openedEnvelope, publicOf } from "./opened.mjs";

const module = new WebAssembly.Module(readFileSync("src/seal/seal.wasm"));

beforeEach(() => {
	document.documentElement.lang = "en";
	document.body.replaceChildren();
});

/** What a page has after an order. */
interface Page {
	answer: Answer;
	sealed: Uint8Array;
	line: string;
}

function asked(order: Order, file: Uint8Array, changes: Partial<Host> = {}): Page {
	const pieces: Uint8Array[] = [];
	const gathered = gatherer((piece) => pieces.push(piece.slice()));
	let line = "";
	const read = reader(file.length, (from, to) => file.slice(from, to), () => {});
	const keep = (bytes: Uint8Array) => (line = new TextDecoder().decode(bytes));
	const answer = run(module, order, { read, write: gathered.write, keep, ...changes });
	gathered.end();
	return { answer, sealed: joined(pieces), line };
}

function joined(pieces: Uint8Array[]): Uint8Array {
	const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of pieces) {
		all.set(piece, at);
		at += piece.length;
	}
	return all;
}

const plain = (bytes: number) => new Uint8Array(bytes).map((_, at) => (at * 31) % 251);
const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
const SEAL: Order = { order: "seal", beforehand: null };
const IDENTIFY: Order = { order: "identify" };

test("the module asks the page for bytes and for random numbers, and for nothing else", () => {
	const names = WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`);
	const wasi = names.filter((name) => !name.startsWith("heirloom."));
	expect(names.filter((name) => name.startsWith("heirloom.")).sort()).toEqual(["heirloom.keep", "heirloom.read", "heirloom.write"]);
	expect(wasi).toContain("wasi_snapshot_preview1.random_get");
	// Of a program that panics; no files, clocks or sockets.
	const other = wasi.filter((name) => !/\.(random_get|environ_(sizes_)?get|fd_write|proc_exit)$/.test(name));
	expect(other).toEqual([]);
});

test.each([0, 1, 65_536, 65_537, SLICE_BYTES + 1, PIECE_BYTES + 1])("a file of %i bytes opens by another implementation", (bytes) => {
	const file = plain(bytes);
	const { answer, sealed, line } = asked(SEAL, file);
	expect(answer).toMatchObject({ status: "sealed", bytes: sealed.length, plain_bytes: bytes, envelopes: [] });
	expect(same(opened(keyOf(line), sealed), file)).toBe(true);
	expect(asked(IDENTIFY, sealed).answer).toMatchObject({ content: answer.status === "sealed" && answer.content });
});

test("an envelope opens by another implementation, for its owner, chain and content", () => {
	const secret = plain(32);
	const origin = { genesis: "11".repeat(32), owner: "22".repeat(32) };
	const { answer, sealed } = asked({ order: "seal", beforehand: { ...origin, recipients: [publicOf(secret)] } }, plain(100));
	if (answer.status !== "sealed") throw new Error(JSON.stringify(answer));
	const [envelope] = answer.envelopes as unknown as Parameters<typeof openedEnvelope>[1][];
	const key = openedEnvelope(secret, envelope!, { ...origin, content: answer.content });
	expect(same(opened(key, sealed), plain(100))).toBe(true);
	expect(() => openedEnvelope(secret, envelope!, { ...origin, owner: "33".repeat(32), content: answer.content })).toThrow();
});

test("content ids are those that Kubo gives under its profile unixfs-v1-2025", () => {
	const id = (bytes: Uint8Array) => {
		const { answer } = asked(IDENTIFY, bytes);
		return answer.status === "identified" ? answer.content : answer;
	};
	expect(id(new TextEncoder().encode("hello world"))).toBe("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
	expect(id(new Uint8Array())).toBe("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
	// Of more than one leaf the id is that of a node.
	expect(id(plain((1 << 20) + 1))).toMatch(/^bafybei/);
});

test("each file has a key of its own", () => {
	const [one, other] = [asked(SEAL, plain(10)), asked(SEAL, plain(10))];
	expect(one.line).not.toBe(other.line);
	expect(same(one.sealed, other.sealed)).toBe(false);
});

test("what fails ends the work and is named", () => {
	const fails = () => {
		throw new Error();
	};
	expect(asked(SEAL, plain(10), { read: fails }).answer).toEqual({ status: "refused", reason: "unreadable" });
	expect(asked(SEAL, plain(10), { write: fails }).answer).toEqual({ status: "refused", reason: "unwritable" });
	expect(asked(SEAL, plain(10), { keep: fails }).answer).toEqual({ status: "refused", reason: "unwritable" });
	const weak = "00".repeat(32);
	const beforehand = { genesis: weak, owner: weak, recipients: [weak] };
	expect(asked({ order: "seal", beforehand }, plain(10)).answer).toEqual({ status: "refused", reason: "weak_recipient", recipient: weak });
});

test("a file that becomes shorter while it is read is no file", () => {
	const read = reader(10, () => new Uint8Array(), () => {});
	expect(() => read(new Uint8Array(5))).toThrow("shorter");
});

test("slices and pieces are of one size, whatever is asked for", () => {
	const told: number[] = [];
	const read = reader(2 * SLICE_BYTES + 3, (from, to) => new Uint8Array(to - from), (done) => told.push(done));
	let sum = 0;
	for (let got = 1; got > 0; sum += got) got = read(new Uint8Array(1_000_000));
	expect([sum, told]).toEqual([2 * SLICE_BYTES + 3, [SLICE_BYTES, 2 * SLICE_BYTES, 2 * SLICE_BYTES + 3]]);
	const lengths: number[] = [];
	const gathered = gatherer((piece) => lengths.push(piece.length));
	gathered.write(new Uint8Array(PIECE_BYTES - 1));
	gathered.write(new Uint8Array(PIECE_BYTES + 2));
	gathered.end();
	gathered.end();
	expect(lengths).toEqual([PIECE_BYTES, PIECE_BYTES, 1]);
});

const OWNER = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const OPERATOR = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

function made() {
	const envelopes = [{ owner: "22", content: "bafy", recipient: "33" }];
	const answer = { status: "sealed", content: "bafy", bytes: 3, plain_bytes: 1, envelopes } as const;
	return { answer: { ...answer, envelopes }, sealed: new Blob(["abc"]), key: new Blob(["line\n"]) };
}

test("files are named as the owner's tools and the operators' folders name them", async () => {
	const sealed = sealedOf(made(), OWNER, [OPERATOR]);
	expect([sealed.key.name, sealed.ciphertext.name, sealed.envelopes[0]?.file.name]).toEqual(["bafy.key", "bafy.sealed", `bafy.${OWNER}.standing.json`]);
	// As the owner's tool writes it.
	expect(await sealed.envelopes[0]?.file.content.text()).toBe('{\n  "owner": "22",\n  "content": "bafy",\n  "recipient": "33"\n}\n');
});

test("what was not saved yet is known", () => {
	const shown = new Shown(sealedOf(made(), OWNER, [OPERATOR]));
	expect([shown.keyUnsaved, shown.anyUnsaved]).toEqual([true, true]);
	for (const link of shown.list.querySelectorAll<HTMLElement>("[data-save]")) {
		link.addEventListener("click", (event) => event.preventDefault());
		link.click();
	}
	expect([shown.keyUnsaved, shown.anyUnsaved]).toEqual([false, false]);
	expect(shown.list.querySelector(`[data-for="${OPERATOR}"]`)?.textContent).toContain(OPERATOR);
});

test("ciphertext that is in storage need not be saved", () => {
	const shown = new Shown(sealedOf({ ...made(), answer: { ...made().answer, envelopes: [] } }, undefined, []));
	shown.stored();
	expect([shown.keyUnsaved, shown.anyUnsaved]).toEqual([true, true]);
	const save = shown.list.querySelector<HTMLElement>('[data-save="seal-save-key"]')!;
	save.addEventListener("click", (event) => event.preventDefault());
	save.click();
	expect(shown.anyUnsaved).toBe(false);
});

test("sizes are written for people", () => {
	expect([0, 1_500, 2_500_000, 12_345_678_901].map(size)).toEqual(["0.0 kB", "1.5 kB", "2.5 MB", "12.3 GB"]);
});

test("operators are those that the curators admitted", () => {
	const entry = (account: string, type: string, sealing_key: unknown) => ({ keyArgs: [account] as [string], value: { profile: { sealing_key, fee: 5n }, status: { type } } });
	const listed = operatorsOf([entry("5B", "Admitted", `0x${"ab".repeat(32)}`), entry("5A", "Admitted", new Uint8Array(32)), entry("5C", "Registered", "")]);
	expect(listed).toEqual([
		{ account: "5A", sealingKey: "00".repeat(32), fee: 5n },
		{ account: "5B", sealingKey: "ab".repeat(32), fee: 5n },
	]);
	expect(() => operatorsOf([entry("5D", "Admitted", "0x12")])).toThrow("cannot be read");
});

test("failures are said in words", () => {
	expect(saidOf({ reason: "cancelled" })).toBe("Stopped. Nothing was kept.");
	expect(saidOf({ reason: "no_room" })).toContain("no room");
	expect(saidOf({ reason: "failed", detail: "why" })).toContain("why");
	expect(saidOf({ reason: "weak_recipient", recipient: "00" })).toContain("key 00");
});

const FORM = `<form><input type="radio" name="kind" value="data"><input type="radio" name="kind" value="model"><select name="domain"><option value="">none</option><option value="1" data-medical>CT</option><option value="2">text</option></select>
	<input type="file" name="file"><input name="content"><p data-file-note></p><div data-seal></div></form>`;

test("data of a medical domain is sealed in any case", async () => {
	document.body.innerHTML = FORM;
	const form = document.querySelector("form")!;
	const operators = vi.fn(async () => []);
	sealing(form, operators);
	const [domain, box] = [form.querySelector("select")!, form.querySelector<HTMLInputElement>('[data-seal] [type="checkbox"]')!];
	const choose = async (value: string) => {
		domain.value = value;
		domain.dispatchEvent(new Event("change"));
		await vi.waitFor(() => expect(box.disabled).toBe(value === "1"));
	};
	expect([box.checked, box.disabled]).toEqual([false, false]);
	expect(operators).not.toHaveBeenCalled();
	await choose("1");
	expect(box.checked).toBe(true);
	await vi.waitFor(() => expect(form.textContent).toContain("admitted no operator"));
	// What was chosen once stays when it is no longer a must.
	await choose("2");
	expect(box.checked).toBe(true);
});

test("a content id that was typed is no sealed file's, as far as the page knows", () => {
	document.body.innerHTML = FORM;
	const form = document.querySelector("form")!;
	const { objection } = sealing(form, async () => []);
	expect(objection("bafybei", OWNER)).toBeUndefined();
	form.querySelector("select")!.value = "1";
	expect(objection("bafybei", OWNER)).toContain("choose the sealed file");
	// Data alone is sensitive.
	form.querySelector<HTMLInputElement>('[value="model"]')!.checked = true;
	expect(objection("bafybei", OWNER)).toBeUndefined();
});
