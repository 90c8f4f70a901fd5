// An IPFS node of the reader's own, as far as the upload page speaks with one.
//
// It is not Kubo: no registry that tests may take from has a build of it (npm's `kubo` and its like fetch one from elsewhere
// when they are installed). What decides is real all the same: content ids come of the UnixFS importer of the IPFS project
// in JavaScript, another implementation than the one that the page has in wasm, by the options that the page sends, and by
// Kubo's own defaults where it sends none. Who is let in is decided as Kubo does: no browser without a header `Origin`, and
// no origin that the node was not told of.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { Busboy } from "@fastify/busboy";
import { importByteStream } from "ipfs-unixfs-importer";
import { fixedSize } from "ipfs-unixfs-importer/chunker";
import { balanced } from "ipfs-unixfs-importer/layout";
import { atEnd } from "./process.mjs";

/** Blocks are thrown away: what came is known by its hash. */
const NOWHERE = { put: async (cid) => cid };

/**
 * Starts one that lets pages of some origins in. How it takes files in can be changed while it runs, by `takes`:
 * "all" as it should, "old" with options that it does not know, "none" for want of room, "slow" a few megabytes a second
 * and to no end, "breaks" until it breaks off.
 *
 * @returns its `url`, and what it `stored`: by content id, `name`, `bytes` and `sha256`; `left` counts senders that went away
 */
export async function startKubo(origins) {
	const node = { url: "", origins, takes: "all", stored: new Map(), asked: 0, left: 0 };
	const server = createServer((request, response) => {
		const origin = request.headers.origin;
		const lets = origin === undefined ? !/^Mozilla/.test(request.headers["user-agent"] ?? "") : node.origins.includes(origin);
		response.setHeader("vary", "Origin");
		if (lets && origin) response.setHeader("access-control-allow-origin", origin);
		if (request.method === "OPTIONS") {
			if (lets) response.setHeader("access-control-allow-methods", "POST");
			return response.writeHead(204).end();
		}
		node.asked += 1;
		if (!lets) return response.writeHead(403).end("403 - Forbidden\n");
		if (request.method !== "POST") return response.writeHead(405).end("405 - Method Not Allowed\n");
		const { pathname, searchParams } = new URL(request.url, "http://node");
		if (pathname === "/api/v0/version") return json(response, 200, { Version: "0.43.1", Commit: "", Repo: "18" });
		if (pathname !== "/api/v0/add") return response.writeHead(404).end("404 page not found\n");
		request.once("close", () => (node.left += request.complete ? 0 : 1));
		if (node.takes === "breaks") return request.once("data", () => request.destroy());
		if (node.takes === "slow") {
			return request.on("data", () => {
				request.pause();
				setTimeout(() => request.resume(), 20);
			});
		}
		if (node.takes === "none") {
			request.resume();
			return request.once("end", () => json(response, 500, { Message: "no space left on device", Code: 0, Type: "error" }));
		}
		taken(request, optionsOf(node.takes === "old" ? new URLSearchParams() : searchParams)).then(
			(file) => {
				node.stored.set(file.cid, file);
				json(response, 200, { Name: file.name, Hash: file.cid, Size: String(file.bytes) });
			},
			(error) => json(response, 500, { Message: error.message, Code: 0, Type: "error" }),
		);
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	node.url = `http://127.0.0.1:${server.address().port}`;
	atEnd(() => {
		server.closeAllConnections();
		server.close();
	});
	return node;
}

function json(response, status, value) {
	response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(value)}\n`);
}

/** Options of `add` as the importer has them; those of Kubo without a profile where they are missing. */
function optionsOf(asked) {
	const chunker = /^size-(\d+)$/.exec(asked.get("chunker") ?? "size-262144");
	const cidVersion = Number(asked.get("cid-version") ?? 0);
	return {
		cidVersion,
		rawLeaves: (asked.get("raw-leaves") ?? String(cidVersion === 1)) === "true",
		chunker: fixedSize({ chunkSize: Number(chunker?.[1]) }),
		layout: balanced({ maxChildrenPerNode: Number(asked.get("max-file-links") ?? 174) }),
		reduceSingleLeafToSelf: true,
	};
}

/** Takes in the one file of a form, piece by piece. */
function taken(request, options) {
	return new Promise((resolve, reject) => {
		const form = new Busboy({ headers: request.headers });
		form.once("error", reject);
		form.once("file", (_field, stream, name) => {
			const hash = createHash("sha256");
			let bytes = 0;
			const seen = async function* () {
				for await (const piece of stream) {
					hash.update(piece);
					bytes += piece.length;
					yield piece;
				}
			};
			importByteStream(seen(), NOWHERE, options).then(({ cid }) => resolve({ cid: cid.toString(), name, bytes, sha256: hash.digest("hex") }), reject);
		});
		request.pipe(form);
	});
}
