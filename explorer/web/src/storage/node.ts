// An IPFS node of the reader's own, on their computer, by Kubo's RPC (https://docs.ipfs.tech/reference/kubo/rpc/).
//
// The node is not trusted with more than keeping: a file counts as added when the node gives it the content id that was
// computed here.

/** Where Kubo listens as it comes. */
export const USUAL_ADDRESS = "http://127.0.0.1:5001";
/** How long the node may take to say that it is there; a browser may ask the reader first whether this page may. */
export const PATIENCE_MILLIS = 30_000;
/** The most characters of a node's complaint that are shown. */
const MOST_CHARACTERS = 200;

/**
 * The profile unixfs-v1-2025 (IPIP-0499), which content ids are computed by here and by `heirloom seal`. Each option is
 * named, since a node can be set to others. Kubo knows `max-file-links` since 0.35.
 */
const PROFILE = {
	"cid-version": "1",
	hash: "sha2-256",
	"raw-leaves": "true",
	chunker: "size-1048576",
	"max-file-links": "1024",
	trickle: "false",
	inline: "false",
	"wrap-with-directory": "false",
};

/** A file to be added. */
export interface Chosen {
	/** The content id that was computed of it. */
	content: string;
	/** What the reader calls it. */
	name: string;
	file: Blob;
}

/** Why a file was not added. */
export type Failure =
	| { reason: "unreachable" | "not_allowed" | "late" | "not_kubo" | "broken" | "unreadable" | "cancelled" }
	| { reason: "refused"; detail: string }
	| { reason: "other_id"; given: string };

/** A file was not added. */
export class NotAdded extends Error {
	constructor(readonly failure: Failure) {
		super(failure.reason);
	}
}

/**
 * The address that was typed, as requests begin with it; nothing where this page may not ask there. What it may is what
 * its rules say (`OWN_STORAGE` in `src/pages/upload.rs`).
 */
export function addressOf(typed: string): string | undefined {
	const text = typed.trim();
	// As Kubo prints where it listens.
	const printed = /^\/ip4\/127\.0\.0\.1\/tcp\/(\d+)$/.exec(text);
	const whole = printed ? `http://127.0.0.1:${printed[1]}` : text.includes("://") ? text : `http://${text}`;
	if (!URL.canParse(whole)) return undefined;
	const { protocol, hostname, username, password, pathname, search, hash, origin } = new URL(whole);
	const here = protocol === "http:" && (hostname === "127.0.0.1" || hostname === "localhost");
	const bare = [username, password, search, hash].every((part) => part === "") && /^\/(api\/v0\/?)?$/.test(pathname);
	return here && bare ? origin : undefined;
}

/** The content id in an answer to `add`; nothing where there is none. */
export function givenIn(answer: string): string | undefined {
	// A line for each thing that was added, the last one for the whole.
	const said = read(answer.trim().split("\n").at(-1) ?? "");
	return typeof said["Hash"] === "string" ? said["Hash"] : undefined;
}

/** What a node says of a refusal, as it can be shown. */
export function complaintIn(status: number, answer: string): string {
	const said = read(answer)["Message"];
	return `HTTP ${status} ${typeof said === "string" ? said : answer}`.trim().slice(0, MOST_CHARACTERS);
}

/** Adds a file to the node and pins it. `told` is how many bytes have been sent. Throws [`NotAdded`]. */
export async function add(node: string, { content, file }: Chosen, told: (sent: number) => void, signal: AbortSignal): Promise<void> {
	// Asked first: that a page is not let in should not show after gigabytes.
	await greet(node, signal);
	const { status, answer } = await send(node, content, file, told, signal);
	if (status !== 200) throw new NotAdded({ reason: "refused", detail: complaintIn(status, answer) });
	const given = givenIn(answer);
	if (given === undefined) throw new NotAdded({ reason: "not_kubo" });
	if (given !== content) throw new NotAdded({ reason: "other_id", given });
}

/** Asks whether there is a node that lets this page in. */
async function greet(node: string, signal: AbortSignal): Promise<void> {
	const late = AbortSignal.timeout(PATIENCE_MILLIS);
	let [status, answer] = [0, ""];
	try {
		const response = await fetch(version(node), { ...ASKING, redirect: "error", signal: AbortSignal.any([signal, late]) });
		[status, answer] = [response.status, await response.text()];
	} catch {
		if (late.aborted && !signal.aborted) throw new NotAdded({ reason: "late" });
		throw new NotAdded({ reason: (await answers(node, signal)) ? "not_allowed" : "unreachable" });
	}
	if (status !== 200) throw new NotAdded({ reason: "refused", detail: complaintIn(status, answer) });
	if (typeof read(answer)["Version"] !== "string") throw new NotAdded({ reason: "not_kubo" });
}

/**
 * Whether anything answers. Browsers do not tell a page why a request failed; one whose answer stays hidden from it
 * goes through wherever somebody answers.
 */
async function answers(node: string, signal: AbortSignal): Promise<boolean> {
	try {
		await fetch(version(node), { ...ASKING, mode: "no-cors", signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MILLIS)]) });
		return true;
	} catch {
		if (signal.aborted) throw new NotAdded({ reason: "cancelled" });
		return false;
	}
}

/** Sends the file. The browser reads it piece by piece while it goes. */
async function send(node: string, content: string, file: Blob, told: (sent: number) => void, signal: AbortSignal): Promise<{ status: number; answer: string }> {
	if (signal.aborted) throw new NotAdded({ reason: "cancelled" });
	const form = new FormData();
	// Under its content id: what the reader calls it is nobody's business, and Kubo decodes a name as part of an address.
	form.append("file", new File([file], content));
	// `fetch` does not tell how much has been sent.
	const request = new XMLHttpRequest();
	request.open("POST", `${node}/api/v0/add?${new URLSearchParams({ ...PROFILE, pin: "true", progress: "false" })}`);
	request.upload.addEventListener("progress", ({ loaded }) => told(Math.min(loaded, file.size)));
	const over = new Promise<boolean>((resolve) => {
		request.addEventListener("load", () => resolve(true));
		for (const end of ["error", "abort"]) request.addEventListener(end, () => resolve(false));
	});
	signal.addEventListener("abort", () => request.abort(), { once: true });
	request.send(form);
	if (await over) return { status: request.status, answer: request.responseText };
	if (signal.aborted) throw new NotAdded({ reason: "cancelled" });
	if (!(await isReadable(file))) throw new NotAdded({ reason: "unreadable" });
	throw new NotAdded({ reason: (await answers(node, signal)) ? "broken" : "unreachable" });
}

/** Whether a file is still there as it was chosen. */
async function isReadable(file: Blob): Promise<boolean> {
	return await file.slice(0, 1).arrayBuffer().then(
		() => true,
		() => false,
	);
}

const ASKING = { method: "POST", credentials: "omit", cache: "no-store" } as const;
const version = (node: string) => `${node}/api/v0/version`;

/** An object of JSON; one without anything where the text is none. */
function read(text: string): Record<string, unknown> {
	try {
		return { ...(JSON.parse(text) as object) };
	} catch {
		return {};
	}
}
