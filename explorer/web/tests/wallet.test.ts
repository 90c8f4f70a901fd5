import { beforeEach, expect, test } from "vitest";
import { inU, mintOf, nameOf } from "../src/wallet/chain";
import { type Draft, micro, percent, read } from "../src/wallet/draft";
import { accountsOf, discover, encoded, fitting, textOf, wallets } from "../src/wallet/ethereum";
import { counted, showWrong } from "../src/wallet/fields";
import { refusal } from "../src/wallet/refusals";
import { costs, loom } from "../src/wallet/signing";
import { listed } from "../src/wallet/rows";
import { filled, MOST_ROWS, type Row, table } from "../src/wallet/table";
import { inWords, pathOf } from "../src/wallet/upload";

beforeEach(() => {
	document.documentElement.lang = "en";
	document.body.replaceChildren();
});

const TYPED = {
	handle: "CT-2026-0001",
	kind: "data",
	content: "bafkreih",
	domain: "0",
	scenario: "Lung CT, nodules marked",
	quality: "98.5",
	accuracy: "",
	speed_gain: "",
	terms: "share",
	rate: "30",
	price: "",
	call_fee: "0.25",
};

function draft(changes: Record<string, string> = {}): Draft {
	const reading = read({ ...TYPED, ...changes });
	if ("wrong" in reading) throw new Error([...reading.wrong].join());
	return reading.draft;
}

function wrong(changes: Record<string, string>): [string, string][] {
	const reading = read({ ...TYPED, ...changes });
	return "wrong" in reading ? [...reading.wrong] : [];
}

test("a form is read to the basis point and the micro-U", () => {
	expect(draft()).toEqual({
		handle: "CT-2026-0001",
		kind: "Data",
		content: "bafkreih",
		domain: 0,
		scenario: "Lung CT, nodules marked",
		accuracy: undefined,
		speedGain: undefined,
		terms: { type: "Share", rate: 3_000 },
		callFee: 250_000n,
		quality: 9_850,
	});
	expect(draft({ terms: "buyout", price: "300" }).terms).toEqual({ type: "Buyout", price: 300_000_000n });
});

test("everything that is wrong is named at once", () => {
	expect(wrong({ handle: "two words", kind: "", call_fee: "-1", quality: "101", terms: "" })).toEqual([
		["terms", "wrong-terms"],
		["handle", "wrong-handle"],
		["kind", "wrong-kind"],
		["call_fee", "wrong-amount"],
		["quality", "wrong-percent"],
	]);
	expect(wrong({ scenario: "标".repeat(86) })).toEqual([["scenario", "wrong-scenario"]]);
	expect(wrong({ rate: "" })).toEqual([["rate", "wrong-percent"]]);
});

test("numbers with too many digits are none", () => {
	expect([percent("98.555", 10_000), percent("1e3", 10_000), percent("", 10_000)]).toEqual(Array(3).fill(undefined));
	expect([micro("0.0000001"), micro("1,000"), micro(".5")]).toEqual(Array(3).fill(undefined));
	expect(micro("1000000.000001")).toBe(1_000_000_000_001n);
});

test("a call carries texts as bytes and choices by name", () => {
	expect(mintOf(draft())).toMatchObject({
		draft: {
			handle: new TextEncoder().encode("CT-2026-0001"),
			kind: { type: "Data" },
			terms: { type: "Share", value: { rate: 3_000 } },
			call_fee: 250_000n,
			evidence: { accuracy: undefined, speed_gain: undefined },
		},
	});
});

test("what is signed is said in words", () => {
	expect(inWords(draft())).toBe(
		"Register CT-2026-0001 as data in your name. Derivatives share 30 % of their call fees, and all revenue they report, with those they descend from. One unit of use costs 0.25 U.",
	);
	expect(inWords(draft({ terms: "buyout", price: "300" }))).toContain("for 300.00 U once");
});

test("a registered asset is found by its name, or looked for where that would lead elsewhere", () => {
	const paths = ["CT/12", "20260301", "+12", "..", "12-A"].map((handle) => pathOf(handle, "/en/asset/", "/en/search?q="));
	expect(paths).toEqual(["/en/asset/CT%2F12", "/en/search?q=20260301", "/en/search?q=%2B12", "/en/search?q=..", "/en/asset/12-A"]);
});

test("costs are rounded up, in both kinds of money", () => {
	expect([loom(0n), loom(1n), loom(10n ** 12n), loom(123_456_700_000_000n)]).toEqual(["0", "0.0001", "1", "123.4567"]);
	expect(inU(3n, 2n * 10n ** 18n)).toBe(2n);
	expect(inU(3n, undefined)).toBeUndefined();
	expect(costs({ fee: 10n ** 10n, feeInU: 5_000n, deposit: 10n ** 12n, depositInU: undefined })).toEqual([
		"Fee: 0.01 LOOM, or 0.005 U",
		"Deposit, held while the asset exists: 1 LOOM",
	]);
});

test("what is wrong stands beside its field until it is right", () => {
	document.body.innerHTML = '<form><label>Name<input name="handle"></label><label>Kind<select name="kind"></select></label></form>';
	const form = document.querySelector("form")!;
	showWrong(form, new Map([["handle", "wrong-handle"]]));
	const field = form.querySelector("input")!;
	expect(field.getAttribute("aria-invalid")).toBe("true");
	expect(document.getElementById(field.getAttribute("aria-describedby")!)?.textContent).toContain("without spaces");
	showWrong(form, new Map());
	expect([field.getAttribute("aria-invalid"), form.querySelectorAll(".wrong").length]).toEqual([null, 0]);
});

const HEAD = "handle,kind,content,domain,scenario,terms,rate,call_fee";
const DOMAINS = new Map([
	["nlp", { id: 4, medical: false }],
	["ct", { id: 5, medical: true }],
]);

test("a table is read row by row, with quoted commas and a mark of its encoding", () => {
	const read = table(`\uFEFF${HEAD}\nA-1,data,bafk,nlp,"one, two",share,30,0.5\n\nA-2,script,bafk,,,share,0,1\n`, DOMAINS);
	if ("wrong" in read) throw new Error(read.wrong.join());
	expect(read.rows.map(({ draft: { handle, domain, scenario } }) => [handle, domain, scenario])).toEqual([
		["A-1", 4, "one, two"],
		["A-2", undefined, ""],
	]);
});

test("every wrong row of a table is named", () => {
	const read = table(`${HEAD}\nA 1,data,bafk,nlp,,share,30,0.5\nA-2,data,bafk,chemistry,,share,30,x\nA-3,data,bafk,,,share,30,1\nA-3,data,bafk,,,share,30,1`, DOMAINS);
	expect("wrong" in read && read.wrong).toEqual([
		"Row 2, handle: A name of letters, digits and symbols, without spaces",
		"Row 3, domain: Choose one from the list",
		"Row 3, call_fee: An amount in U with at most six decimals",
		"Row 5, handle: an earlier row has the same name",
	]);
});

test("a table that is none is refused as a whole", () => {
	expect(table("a,b\n1,2", DOMAINS)).toEqual({ wrong: ["These columns are missing: handle, kind, content, terms, call_fee"] });
	expect(table(HEAD, DOMAINS)).toEqual({ wrong: ["This file has no rows"] });
	const many = Array.from({ length: MOST_ROWS + 1 }, (_, row) => `A-${row},data,bafk,,,share,30,1`).join("\n");
	expect(table(`${HEAD}\n${many}`, DOMAINS)).toEqual({ wrong: ["At most 100 at once; this file has 101"] });
});

test("an Ethereum wallet signs a summary and the hash of the payload", () => {
	const text = textOf(new TextEncoder().encode("Pay 1 U"), new Uint8Array());
	// The same text as in the runtime's tests.
	expect(new TextDecoder().decode(text)).toBe("Heirloom transaction\n\nPay 1 U\n\n0x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
});

test("an Ethereum signature is encoded with its summary", () => {
	const signature = new Uint8Array(65).fill(28);
	const summary = (length: number) => encoded(signature, new Uint8Array(length).fill(9));
	expect([...summary(2)]).toEqual([4, ...signature, 2 << 2, 9, 9]);
	expect([...summary(1_024).slice(66, 68)]).toEqual([1, 16]);
	expect(encoded(new Uint8Array(65).fill(1), new Uint8Array())[65]).toBe(28);
	expect(() => encoded(signature.slice(1), new Uint8Array())).toThrow("64 bytes");
});

test("a summary is cut to what the chain takes, in whole characters", () => {
	expect(new TextDecoder().decode(fitting("€".repeat(400)))).toBe("€".repeat(341));
	expect(new TextDecoder().decode(fitting("two\n\nlines\u0085more"))).toBe("two lines more");
});

test("an Ethereum wallet's account is its address and twelve bytes", async () => {
	const shown = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
	const provider = { request: async () => [shown] };
	window.addEventListener("eip6963:requestProvider", () => {
		window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: { info: { name: "Test" }, provider } }));
	});
	discover();
	expect(wallets()).toEqual(["Test"]);
	const [account] = await accountsOf("Test");
	expect(account?.address).toBe("5Ha8yXQgvWcvpFya1BmjtJX386xUskafNTzU4Zmb6B3UwYd9");
});

const FILES = "handle,kind,content,file,domain,terms,rate,call_fee";

/** Rows of a table whose lines name files. */
function rows(...lines: string[]): Row[] {
	const read = table([FILES, ...lines.map((line) => `${line},share,30,1`)].join("\n"), DOMAINS);
	if ("wrong" in read) throw new Error(read.wrong.join());
	return read.rows;
}

/** A file that was looked at. */
const found = (name: string, content: string, sealed = false) => ({ file: new File(["hello"], name), content, sealed });

/** What is wrong with rows and their files. */
function amiss(...of: Parameters<typeof filled>): string[] {
	const read = filled(...of);
	return "wrong" in read ? read.wrong : [];
}

test("a row of medical data needs its sealed file", () => {
	const medical = rows("A-1,data,bafy1,,ct", "A-2,data,bafy2,,ct", "A-3,model,bafy3,,ct");
	const [one, two] = [found("1.sealed", "bafy1", true), found("2.sealed", "bafy2", true)];
	expect(amiss(medical, [one])).toEqual([expect.stringMatching(/^Row 3, content: data in a medical domain needs the sealed file/)]);
	expect(amiss(medical, [one, found("2.dcm", "bafy2")])).toEqual(["Row 3, file: 2.dcm is not sealed, and data in a medical domain has to be"]);
	expect(amiss(medical, [one, two])).toEqual([]);
	expect(amiss(rows("A-1,data,,1.dcm,ct"), [found("1.dcm", "bafy1")])).toHaveLength(1);
});

test("a row has the content id of its file", () => {
	const read = filled(rows("A-1,data,,1.txt,", "A-2,data,bafk2,,nlp", "A-3,data,bafk1,1.txt,", "A-4,data,bafk9,,"), [found("1.txt", "bafk1"), found("2.txt", "bafk2")]);
	if ("wrong" in read) throw new Error(read.wrong.join());
	expect(read.entries.map(({ draft, found }) => [draft.content, found?.file.name])).toEqual([
		["bafk1", "1.txt"],
		["bafk2", "2.txt"],
		["bafk1", "1.txt"],
		["bafk9", undefined],
	]);
});

test("rows and files that do not agree are named", () => {
	expect(amiss(rows("A-1,data,,1.txt,", "A-2,data,bafk9,2.txt,"), [found("2.txt", "bafk2"), found("3.txt", "bafk3")])).toEqual([
		"Row 2, file: 1.txt is not among the files that are chosen next to the table",
		"Row 3, content: 2.txt has another content id: bafk2",
		"3.txt belongs to no row: none names it or has its content id",
	]);
	expect(amiss(rows("A-1,data,,1.txt,"), [found("1.txt", "bafk1"), found("1.txt", "bafk2")])).toEqual(["Row 2, file: two different files named 1.txt are chosen"]);
	// As two systems write the same letter.
	expect(amiss(rows("A-1,data,,M\u00fcller.txt,"), [found("Mu\u0308ller.txt", "bafk1")])).toEqual([]);
});

test("a table may name files instead of content ids, in every row", () => {
	const read = table("handle,kind,file,terms,rate,call_fee\nA-1,data,1.txt,share,30,1\nA-2,data,,share,30,1", DOMAINS);
	expect("wrong" in read && read.wrong).toEqual([expect.stringMatching(/^Row 3, content: /)]);
});

test("rows are listed with what their files are", () => {
	const read = filled(rows("A-1,data,,1.txt,", "A-2,data,bafk9,,"), [found("1.txt", "bafk1")]);
	if ("wrong" in read) throw new Error(read.wrong.join());
	const { list, added } = listed(read.entries);
	added("bafk1");
	expect([...list.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
		["A-1", "1.txt", "0.0 kB", "bafk1", "added"],
		["A-2", "–", "–", "bafk9", "–"],
	]);
});

test("room in a field is counted in the chain's bytes", () => {
	document.body.innerHTML = "<label>What for<textarea></textarea></label>";
	const field = document.querySelector("textarea")!;
	counted(field, 256);
	field.value = "标".repeat(86);
	field.dispatchEvent(new Event("input"));
	const said = document.querySelector("small")!;
	expect(said.textContent).toContain("258 of 256 bytes");
	expect(said.classList.contains("wrong-count")).toBe(true);
});

test("errors of the chain have names", () => {
	expect(nameOf({ type: "Module", value: { type: "Lineage", value: { type: "HandleTaken" } } })).toBe("Lineage.HandleTaken");
	expect(nameOf({ type: "Token", value: { type: "Blocked" } })).toBe("Token.Blocked");
	expect(nameOf({ type: "BadOrigin" })).toBe("BadOrigin");
});

test("a call that failed in a block is not said to have changed nothing", () => {
	const note = refusal({ is: "refused", block: 7, error: "Lineage.HandleTaken" });
	expect(note.textContent).toBe(
		"The chain refused it in block 7; the fee was taken. Another asset has this name by now. Choose a different one. Lineage.HandleTaken",
	);
	expect(note.querySelector("small")?.textContent).toBe("Lineage.HandleTaken");
	expect(refusal({ is: "refused", block: 7, error: "Utility.TooManyCalls" }).textContent).toContain("cannot say why. Utility.TooManyCalls");
});

test("what no block takes changed nothing, and what was sent into silence may have", () => {
	expect(refusal({ is: "invalid", error: "Invalid.Payment" }).textContent).toMatch(/^Nothing was changed: .*too little for the fee/);
	expect(refusal({ is: "unknown", why: "the connection ended" }).textContent).toMatch(/what became of it is not known \(the connection ended\)/);
});
