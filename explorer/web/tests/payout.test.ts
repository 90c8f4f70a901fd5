import { beforeEach, expect, test, vi } from "vitest";
import { chooser } from "../src/wallet/chooser";
import { showHeld } from "../src/wallet/held";
import { assetOf, payout } from "../src/wallet/payout";

const [ALICE, BOB] = ["5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty"];

const PAGE = `<section data-wallet></section>
	<form data-bind><label>Asset<input name="asset"></label><label>To<input name="payee"></label><button disabled data-with-script></button></form>
	<form data-claim><label>For<input name="payee"></label><button disabled data-with-script></button></form>
	<div data-held></div><section data-signing></section>`;

beforeEach(() => {
	document.documentElement.lang = "en";
	document.head.replaceChildren();
	document.body.innerHTML = PAGE;
	localStorage.clear();
	vi.unstubAllGlobals();
	window.injectedWeb3 = {};
});

const find = <Found extends HTMLElement>(selector: string) => document.querySelector<Found>(selector)!;
const section = () => find("[data-wallet]");

/** A wallet with accounts. */
function wallet(...addresses: string[]) {
	const accounts = { get: async () => addresses.map((address) => ({ address })), subscribe: () => () => {} };
	window.injectedWeb3 = { test: { version: "1", enable: async () => ({ accounts, signer: {} }) } } as unknown as NonNullable<typeof window.injectedWeb3>;
}

function send(form: string, fields: Record<string, string>) {
	for (const [name, value] of Object.entries(fields)) find<HTMLInputElement>(`${form} [name="${name}"]`).value = value;
	find(form).dispatchEvent(new Event("submit", { cancelable: true }));
}

test("buttons can be pressed once there is a script behind them", async () => {
	wallet(ALICE);
	expect(find<HTMLButtonElement>("form[data-bind] button").disabled).toBe(true);
	await payout(document, section(), find("[data-signing]"));
	expect(document.querySelectorAll("button[data-with-script]:disabled").length).toBe(0);
});

test("who sends a form without a wallet is told so", async () => {
	wallet(ALICE);
	await payout(document, section(), find("[data-signing]"));
	send("form[data-claim]", { payee: ALICE });
	expect(find("[data-said]").textContent).toBe("Choose a wallet and connect it first");
	expect(document.activeElement).toBe(section().querySelector("select"));
});

test("a mistyped payee is named", async () => {
	wallet(ALICE);
	await payout(document, section(), find("[data-signing]"));
	send("form[data-claim]", { payee: `${ALICE.slice(0, -1)}Z` });
	expect(find("form[data-claim] .wrong").textContent).toContain("without typing errors");
});

test("a node that does not answer is not a name that is wrong", async () => {
	wallet(ALICE);
	await payout(document, section(), find("[data-signing]"));
	vi.stubGlobal("WebSocket", undefined);
	send("form[data-bind]", { asset: "CT-2025-0312", payee: BOB });
	await vi.waitFor(() => expect(find("[data-signing]").textContent).toContain("The chain did not answer"));
	expect(document.querySelector("form[data-bind] .wrong")).toBeNull();
});

test("a number is that of an asset before it is a name", async () => {
	document.head.innerHTML = '<meta name="heirloom-node" content="http://node.example">';
	const known = [{ id: 12, handle: "20260301" }, { id: 40, handle: "12" }, { id: 41, handle: "CT-1" }];
	vi.stubGlobal("fetch", async (_: string, { body }: RequestInit) => {
		const [asked] = JSON.parse(String(body)).params as [number | string];
		const result = known.find(({ id, handle }) => asked === id || asked === handle);
		return new Response(JSON.stringify(result ? { id: 1, result } : { id: 1, error: { code: 9_001, message: "no such asset" } }));
	});
	expect((await assetOf("12"))?.id).toBe(12);
	expect((await assetOf("20260301"))?.id).toBe(12);
	expect((await assetOf("CT-1"))?.id).toBe(41);
	expect(await assetOf("7")).toBeUndefined();
});

test("what waits is taken from the page of the account", async () => {
	const fetched = vi.fn(async (_: string) => new Response("<!doctype html><div data-held><p>12.00 U</p></div>"));
	vi.stubGlobal("fetch", fetched);
	await showHeld(document, ALICE);
	expect(find("[data-held]").textContent).toBe("12.00 U");
	expect(fetched.mock.calls[0]?.[0]).toMatch(new RegExp(`\\?payee=${ALICE}$`));
	await showHeld(document, undefined);
	expect(find("[data-held]").textContent).toBe("");
});

test("a server that does not answer is said to be so", async () => {
	vi.stubGlobal("fetch", async () => new Response("", { status: 503 }));
	await showHeld(document, ALICE);
	expect(find("[data-held]").textContent).toContain("HTTP 503");
});

test("of several accounts none is chosen before somebody picks it", async () => {
	wallet(ALICE, BOB);
	const account = await chooser(section(), true);
	find("[data-wallet] button").click();
	const accounts = () => section().querySelectorAll("select")[1]!;
	await vi.waitFor(() => expect(accounts().options.length).toBe(3));
	expect(account()).toBeUndefined();
	accounts().value = BOB;
	accounts().dispatchEvent(new Event("change"));
	expect(account()?.address).toBe(BOB);
});

test("an only account is chosen at once", async () => {
	wallet(BOB);
	const account = await chooser(section(), true);
	find("[data-wallet] button").click();
	await vi.waitFor(() => expect(account()?.address).toBe(BOB));
});
