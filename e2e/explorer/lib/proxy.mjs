// A server between the browser and the explorer that changes what it passes on. It listens on the loopback interface as the
// explorer does: a page that the browser was given in any other way may not speak to a node there.

import { createServer } from "node:http";

/** Starts one. `change` is given each page with its path. */
export async function startProxy(explorer, change) {
	const server = createServer(async (request, response) => {
		const { method, url, headers } = request;
		const wanted = { accept: headers.accept ?? "*/*", "accept-language": headers["accept-language"] ?? "en" };
		const answer = await fetch(`${explorer}${url}`, { method, headers: wanted, redirect: "manual" });
		const kept = Object.fromEntries([...answer.headers].filter(([name]) => !/^(content-(encoding|length)|transfer-encoding)$/.test(name)));
		const page = /^text\/html/.test(kept["content-type"] ?? "");
		response.writeHead(answer.status, kept);
		response.end(page ? change(await answer.text(), url) : Buffer.from(await answer.arrayBuffer()));
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	const stop = () => {
		server.closeAllConnections();
		server.close();
	};
	return { url: `http://127.0.0.1:${server.address().port}`, stop };
}
