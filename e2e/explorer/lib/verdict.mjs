// What Verify says, and what a node between it and the page may do.

/** Has a page verify its statement, and reads what it says in the end. */
export async function verified(page, timeout = 60_000) {
	await page.click(".verify-run");
	const verdict = page.locator(".verify-verdict");
	await verdict.waitFor({ timeout });
	return { kind: await verdict.getAttribute("data-verdict"), text: await verdict.innerText() };
}

/** The node's answers on their way to the page, changed. `note` is told each question before; `which` is the node's address. */
export async function changedOnTheWay(page, change, note = () => {}, which = /.*/) {
	await page.routeWebSocket(which, (socket) => {
		const node = socket.connectToServer();
		socket.onMessage((message) => {
			note(message.toString());
			node.send(message);
		});
		node.onMessage((message) => socket.send(change(message.toString())));
	});
}
