// A real nginx with the packaged configurations, filled in as an operator fills them in: names, ports, a certificate.

import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { directory, freePort, root, run, start, until } from "./process.mjs";

/** How long it may take to listen, on a machine that may be busy. */
const PATIENCE_MILLIS = 30_000;

/** What Debian's nginx.conf is otherwise: a single process, which ends when it is killed, and no file outside its directory. */
const AROUND = `
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	client_body_temp_path body;
	proxy_temp_path proxy;
	fastcgi_temp_path fastcgi;
	uwsgi_temp_path uwsgi;
	scgi_temp_path scgi;
	include conf.d/*.conf;
}
`;

/** A packaged configuration in which one text after the other is replaced. Each must stand in it. */
function filledIn(file, values) {
	return values.reduce((text, [example, own]) => {
		if (!text.includes(example)) throw new Error(`${file} has no ${example}`);
		return text.replaceAll(example, own);
	}, readFileSync(join(root, "packaging/nginx", file), "utf8"));
}

/** A certificate for `localhost` that nobody else signed, with the names that Let's Encrypt's has. */
function certificate(folder) {
	const [chain, key] = [join(folder, "fullchain.pem"), join(folder, "privkey.pem")];
	const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-days", "2"];
	const whose = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
	execFileSync("openssl", ["req", ...kind, ...whose, "-keyout", key, "-out", chain], { stdio: "ignore" });
	const spki = new X509Certificate(readFileSync(chain)).publicKey.export({ type: "spki", format: "der" });
	return createHash("sha256").update(spki).digest("base64");
}

/** A directory of nginx with these configurations, at a port in place of 443. Each is given with what else is replaced in it. */
function machine(configurations, port) {
	const work = directory("heirloom-explorer-nginx-");
	mkdirSync(join(work, "conf.d"));
	writeFileSync(join(work, "nginx.conf"), AROUND);
	const trusted = certificate(work);
	for (const [file, own] of Object.entries(configurations)) {
		const [, name] = /server_name (\S+);/.exec(readFileSync(join(root, "packaging/nginx", file), "utf8"));
		const common = [
			[`/etc/letsencrypt/live/${name}`, work],
			["listen 443 ", `listen 127.0.0.1:${port} `],
			// Not every machine has IPv6.
			["\tlisten [::]:443 ssl;\n", ""],
		];
		writeFileSync(join(work, "conf.d", file), filledIn(file, [...common, ...own]));
	}
	const binary = process.env.NGINX ?? "/usr/sbin/nginx";
	if (!existsSync(binary)) throw new Error(`there is no ${binary}: install nginx, or name it with NGINX`);
	return { binary, args: ["-p", work, "-c", join(work, "nginx.conf"), "-e", "stderr"], trusted };
}

/** Has nginx judge packaged configurations that stand on one machine, and gives what it says. */
export async function judgement(files) {
	const { binary, args } = machine(Object.fromEntries(files.map((file) => [file, []])), await freePort());
	return (await run(binary, ["-t", ...args])).last;
}

/**
 * Starts one that takes peers for a node, as `localhost`.
 *
 * @returns {Promise<{ port: number, trusted: string }>} where, and the hash of its public key for a browser to trust
 */
export async function startPeerProxy(node) {
	const port = await freePort();
	const own = [["peer-1.example.org", "localhost"], ["127.0.0.1:30334", `127.0.0.1:${node}`]];
	const { binary, args, trusted } = machine({ "heirloom-peer.conf": own }, port);
	const started = start(binary, args);
	await until("nginx listens", PATIENCE_MILLIS, () => listens(port), started);
	return { port, trusted };
}

/** Whether somebody listens at a port of loopback. */
function listens(port) {
	return new Promise((resolve) => {
		const socket = connect(port, "127.0.0.1");
		const say = (answer) => {
			socket.destroy();
			resolve(answer);
		};
		socket.once("connect", () => say(true)).once("error", () => say(false));
	});
}
