// A node's JSON-RPC, over WebSocket or HTTP.

/** How long one answer may take. */
const PATIENCE_MILLIS = 30_000;

/** Something that answers JSON-RPC. */
export interface Node {
	/** Where it is. */
	readonly url: string;
	/** Asks, and gives the result. */
	request<Result>(method: string, params: unknown[]): Promise<Result>;
	/** Ends the connection. */
	close(): void;
}

/** What went wrong between here and the node. */
export class NodeError extends Error {
	constructor(
		message: string,
		/** The number of an error that the node answered. */
		readonly code: number | undefined = undefined,
	) {
		super(message);
	}
}

interface Reply {
	id?: unknown;
	result?: unknown;
	error?: { code?: number; message?: string };
}

function resultOf(reply: Reply, method: string): unknown {
	if (reply.error) throw new NodeError(`${method}: ${reply.error.message ?? "refused"}`, reply.error.code);
	return reply.result;
}

/** Connects to a node by its address. */
export async function connect(url: string): Promise<Node> {
	return /^https?:/.test(url) ? overHttp(url) : await overWebSocket(url);
}

function overHttp(url: string): Node {
	return {
		url,
		async request<Result>(method: string, params: unknown[]) {
			const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
			const headers = { "content-type": "application/json" };
			const signal = AbortSignal.timeout(PATIENCE_MILLIS);
			const answer = await fetch(url, { method: "POST", headers, body, signal }).catch((error: unknown) => {
				throw new NodeError(String(error));
			});
			if (!answer.ok) throw new NodeError(`${method}: HTTP ${answer.status}`);
			return resultOf((await answer.json()) as Reply, method) as Result;
		},
		close() {},
	};
}

async function overWebSocket(url: string): Promise<Node> {
	const socket = new WebSocket(url);
	const waiting = new Map<number, { method: string; done: (reply: Reply) => void; failed: (error: Error) => void }>();
	const fail = (why: string) => {
		for (const { failed } of waiting.values()) failed(new NodeError(why));
		waiting.clear();
	};
	await new Promise<void>((resolve, reject) => {
		const failed = (why: string) => reject(new NodeError(why));
		const timer = setTimeout(() => failed(`no answer within ${PATIENCE_MILLIS / 1_000} s`), PATIENCE_MILLIS);
		for (const event of ["open", "error", "close"]) socket.addEventListener(event, () => clearTimeout(timer));
		socket.addEventListener("open", () => resolve());
		for (const event of ["error", "close"]) socket.addEventListener(event, () => failed("no connection"));
	});
	socket.addEventListener("close", () => fail("the connection ended"));
	socket.addEventListener("message", ({ data }) => {
		const reply = JSON.parse(String(data)) as Reply;
		const asked = typeof reply.id === "number" ? waiting.get(reply.id) : undefined;
		if (!asked) return;
		waiting.delete(reply.id as number);
		asked.done(reply);
	});
	let last = 0;
	return {
		url,
		request<Result>(method: string, params: unknown[]) {
			const id = ++last;
			return new Promise<Result>((resolve, reject) => {
				const late = () => {
					waiting.delete(id);
					reject(new NodeError(`${method}: no answer within ${PATIENCE_MILLIS / 1_000} s`));
				};
				const timer = setTimeout(late, PATIENCE_MILLIS);
				const done = (reply: Reply) => {
					clearTimeout(timer);
					try {
						resolve(resultOf(reply, method) as Result);
					} catch (error) {
						reject(error as Error);
					}
				};
				const failed = (error: Error) => {
					clearTimeout(timer);
					reject(error);
				};
				waiting.set(id, { method, done, failed });
				socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
			});
		},
		close() {
			socket.close();
		},
	};
}
