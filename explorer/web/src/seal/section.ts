// The part of the upload page where a file is chosen: its content id is computed here, and where it is sensitive it is
// sealed here first.

import { announce, element, meta } from "../element";
import { exactU } from "../money";
import type { Chosen } from "../storage/node";
import { storing } from "../storage/section";
import { connect } from "../verify/node";
import { accountOf } from "../wallet/address";
import type { Operator } from "../wallet/chain";
import { fieldOf } from "../wallet/fields";
import { word } from "../words/signing";
import { Shown, sealedOf, size } from "./handed";
import { begin, type Failure, type Job, type Made, NotMade } from "./job";
import type { Beforehand, Order } from "./module";
import { progress } from "./progress";

/** How a sealed file begins. */
const MAGIC = [0x89, 0x48, 0x4c, 0x53, 0x0d, 0x0a, 0x1a, 0x0a];
/** How long the node may take to list operators. */
const PATIENCE_MILLIS = 30_000;

/** What the rest of the page asks of it. */
export interface Sealing {
	/** The account that the reader chose, or nothing. */
	owned(by: string | undefined): void;
	/** Why this content cannot be registered by this account yet; nothing where it can. */
	objection(content: string, account: string): string | undefined;
}

/** What a failure is called. */
export function saidOf(failure: Failure): string {
	switch (failure.reason) {
		case "bad_order":
		case "failed":
			return word("seal-failed", { why: failure.detail });
		case "weak_recipient":
			return word("seal-weak_recipient", { key: failure.recipient });
		default:
			return word(`seal-${failure.reason}`);
	}
}

/** Makes the choice of a file work. `operators` asks the chain. */
export function sealing(form: HTMLFormElement, operators: () => Promise<Operator[]>): Sealing {
	const [file, content, domain] = [fieldOf(form, "file"), fieldOf(form, "content"), fieldOf(form, "domain")];
	const place = form.querySelector<HTMLElement>("[data-seal]");
	const note = form.querySelector<HTMLElement>("[data-file-note]");
	if (!(file instanceof HTMLInputElement && content instanceof HTMLInputElement && place && note)) {
		return { owned() {}, objection: () => undefined };
	}
	let job: Job | undefined;
	let shown: Shown | undefined;
	/** What there is to be put into storage. */
	let ready: Chosen | undefined;
	/** What this part put into the field. */
	let computed = "";
	/** Content ids of sealed files that were seen here. */
	const seen = new Set<string>();
	const box = element("input", { type: "checkbox" });
	const choice = offered(operators);
	const owner = element("input", { autocomplete: "off", spellcheck: "false", maxlength: "64", placeholder: "5…" });
	const ownerField = element("label", { class: "field", hidden: "" }, word("seal-owner"), owner);
	const button = element("button", { type: "button" }, word("seal-run"));
	const forced = element("p", { class: "soft small", hidden: "" }, word("seal-forced"));
	const panel = element("div", { class: "stack", hidden: "" }, element("p", { class: "soft" }, word("seal-note")), choice.fieldset, ownerField, button);
	const state = element("div", { class: "seal-state" });
	place.append(element("label", { class: "check" }, box, word("seal-box")), forced, panel, state);
	choice.fieldset.addEventListener("change", () => (ownerField.hidden = choice.chosen().length === 0));

	const fail = (text: string) => state.replaceChildren(element("p", { class: "note bad", role: "alert" }, text));
	const chosenFile = () => file.files?.[0];
	const clear = () => {
		job?.cancel();
		shown?.forget();
		[job, shown, ready] = [undefined, undefined, undefined];
		shelf?.clear();
		state.replaceChildren();
		note.textContent = "";
		if (content.value === computed) content.value = "";
		computed = "";
	};
	/** Works on the file that is chosen; gives what was made of it unless another choice was made meanwhile. */
	const work = async (chosen: File, order: Order): Promise<Made | undefined> => {
		const mine = begin(chosen, order, (done) => told(done));
		job = mine;
		const told = progress(state, chosen, () => mine.cancel());
		told(0);
		try {
			const made = await mine.made;
			return job === mine ? made : undefined;
		} catch (error) {
			if (job === mine) fail(error instanceof NotMade ? saidOf(error.failure) : String(error));
			return undefined;
		}
	};
	const fill = (id: string) => {
		computed = id;
		content.value = id;
	};
	const shelved = form.querySelector<HTMLElement>("[data-storage]");
	const shelf = shelved
		? storing(shelved, {
				title: "storage-title",
				note: "storage-note",
				chosen: () => (ready ? [ready] : chosenFile() === undefined ? "seal-no-file" : panel.hidden ? "storage-computing" : "storage-seal-first"),
				added(chosen, node) {
					fill(chosen.content);
					shown?.stored();
					note.textContent = word("cid-stored", { node });
				},
				doubted(chosen) {
					if (content.value === chosen.content) content.value = "";
					note.textContent = "";
				},
			})
		: undefined;
	const identify = async (chosen: File, sealed: boolean) => {
		const made = await work(chosen, { order: "identify" });
		if (!made) return;
		state.replaceChildren();
		if (sealed) seen.add(made.answer.content);
		fill(made.answer.content);
		ready = { content: made.answer.content, name: chosen.name, file: chosen };
		note.textContent = word(sealed ? "cid-of-sealed" : "cid-computed", { file: chosen.name });
	};
	/** Whether it is data of a medical domain, as long as nothing else is chosen. */
	const isMedical = () => {
		const kind = form.querySelector<HTMLInputElement>('[name="kind"]:checked')?.value ?? "data";
		const chosen = domain instanceof HTMLSelectElement ? domain.options[domain.selectedIndex] : undefined;
		return kind === "data" && chosen?.dataset["medical"] !== undefined;
	};
	/** Leaves no choice where it is. */
	const force = () => {
		const medical = isMedical();
		const changes = medical && !box.checked;
		box.checked ||= medical;
		box.disabled = medical;
		forced.hidden = !medical;
		return changes;
	};
	const refresh = async () => {
		clear();
		force();
		const chosen = chosenFile();
		const sealed = chosen !== undefined && (await isSealed(chosen));
		if (chosen !== chosenFile()) return;
		panel.hidden = !box.checked || sealed;
		if (!panel.hidden) choice.load();
		if (chosen && panel.hidden) await identify(chosen, sealed);
	};
	const seal = async () => {
		const chosen = chosenFile();
		if (!chosen) {
			fail(word("seal-no-file"));
			file.focus();
			return;
		}
		const to = choice.chosen();
		const owning = to.length > 0 ? accountOf(owner.value) : undefined;
		if (to.length > 0 && !owning) {
			fail(word("wrong-address"));
			owner.focus();
			return;
		}
		clear();
		let beforehand: Beforehand | null = null;
		try {
			if (owning) beforehand = { genesis: await genesis(), owner: owning.id.slice(2), recipients: to.map(({ sealingKey }) => sealingKey) };
		} catch (error) {
			fail(word("no-chain", { why: error instanceof Error ? error.message : String(error) }));
			return;
		}
		const made = await work(chosen, { order: "seal", beforehand });
		if (!made) return;
		shown = new Shown(sealedOf(made, owning?.address, to.map(({ account }) => account)));
		state.replaceChildren(shown.list);
		seen.add(shown.sealed.content);
		fill(shown.sealed.content);
		ready = { content: shown.sealed.content, name: shown.sealed.ciphertext.name, file: shown.sealed.ciphertext.content };
		announce(word("seal-done", { content: shown.sealed.content, size: size(made.sealed.size) }));
		note.textContent = word("cid-of-ciphertext", { file: chosen.name });
	};
	button.addEventListener("click", async () => {
		button.disabled = true;
		await seal();
		button.disabled = false;
	});
	for (const field of [file, box]) field.addEventListener("change", () => void refresh());
	// What was sealed stays when the domain or the kind is another one.
	for (const field of [domain, ...form.querySelectorAll('[name="kind"]')]) field?.addEventListener("change", () => void (force() && refresh()));
	window.addEventListener("beforeunload", (event) => {
		if (shown?.anyUnsaved) event.preventDefault();
	});
	void refresh();
	return {
		owned(by) {
			if (by) owner.value = by;
		},
		objection(id, account) {
			if (isMedical() && !seen.has(id)) return word("seal-unseen");
			const sealed = shown?.sealed;
			if (!shown || !sealed || sealed.content !== id) return undefined;
			if (shown.keyUnsaved) return word("seal-save-first");
			const other = sealed.owner !== undefined && accountOf(account)?.address !== sealed.owner;
			return other ? word("seal-other-owner", { owner: sealed.owner ?? "" }) : undefined;
		},
	};
}

/** Whether a file is a sealed one. */
export async function isSealed(file: Blob): Promise<boolean> {
	const head = new Uint8Array(await file.slice(0, MAGIC.length).arrayBuffer().catch(() => new ArrayBuffer(0)));
	return head.length === MAGIC.length && MAGIC.every((byte, at) => head[at] === byte);
}

/** Hash of the chain's first block, in hexadecimal digits. */
async function genesis(): Promise<string> {
	const node = await connect(meta("heirloom-node") ?? "");
	try {
		return (await node.request<string>("chain_getBlockHash", [0])).replace(/^0x/, "");
	} finally {
		node.close();
	}
}

/** The operators to choose from, which the chain is asked for once they are wanted. */
function offered(operators: () => Promise<Operator[]>) {
	const rows = element("div", { class: "stack", role: "group" });
	const fieldset = element("fieldset", { class: "choices-of" }, element("legend", {}, word("seal-operators")), element("p", { class: "soft small" }, word("seal-operators-note")), rows);
	const boxes = new Map<Operator, HTMLInputElement>();
	let asked = false;
	const say = (text: string, kind = "soft") => rows.replaceChildren(element("p", { class: kind }, text));
	const late = () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error(word("seal-late"))), PATIENCE_MILLIS));
	const load = async () => {
		if (asked) return;
		asked = true;
		say(word("seal-operators-loading"));
		try {
			const listed = await Promise.race([operators(), late()]);
			if (listed.length === 0) return say(word("seal-operators-none"));
			rows.replaceChildren(...listed.map((operator) => row(operator)));
		} catch (error) {
			asked = false;
			say(word("no-chain", { why: error instanceof Error ? error.message : String(error) }), "note bad");
		}
	};
	const row = (operator: Operator) => {
		const box = element("input", { type: "checkbox", value: operator.account });
		boxes.set(operator, box);
		const facts = word("seal-operator", { fee: exactU(operator.fee), key: operator.sealingKey.slice(0, 16) });
		return element("label", { class: "choice" }, box, element("span", { class: "hash" }, element("strong", {}, operator.account), " ", facts));
	};
	return { fieldset, load: () => void load(), chosen: () => [...boxes].filter(([, box]) => box.checked).map(([operator]) => operator) };
}
