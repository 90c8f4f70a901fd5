// A real network: two validators, one of each network back end, that browsers reach as peers, too, the first also through nginx
// with a certificate. Its months are short, and counted by its own clock.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startPeerProxy } from "./nginx.mjs";
import { request } from "./platform.mjs";
import { directory, freePort, program, start, until } from "./process.mjs";

/** How long the first final block may take, on a machine that may be busy. */
const PATIENCE_MILLIS = 180_000;

/** A month. */
const MONTH_MILLIS = 45_000;

const ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
const BOB = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

/** An asset of the first block. */
function asset(handle, kind, creator, parents) {
	const terms = { share: { rate: 3_000 } };
	return { handle, kind, creator, terms, callFee: "2000000", quality: null, minted: "2025-06", parents };
}

/** Makes the node's chain `local` one of two validators with two assets. */
function changed(local) {
	const spec = JSON.parse(local);
	const { session, staking, lineage, royalty } = spec.genesis.runtimeGenesis.patch;
	session.keys = session.keys.slice(0, 2);
	staking.stakers = staking.stakers.slice(0, 2);
	Object.assign(staking, { validatorCount: 2, minimumValidatorCount: 1 });
	lineage.assets = [
		asset("LIGHT-DATA-1", "data", ALICE, []),
		asset("LIGHT-MODEL-1", "model", BOB, [{ asset: 0, relation: "trained_on" }]),
	];
	royalty.schedule = { interval: { first: "2026-01", millis: MONTH_MILLIS } };
	return JSON.stringify({ ...spec, name: "Heirloom Light", id: "heirloom_light" });
}

/** A specification whose first peers are others. */
function withPeers(spec, peers) {
	return JSON.stringify({ ...JSON.parse(readFileSync(spec, "utf8")), bootNodes: peers });
}

/**
 * Starts it, and waits until blocks are final.
 *
 * @returns {Promise<{ node: string, specification: string, proxied: string, unreachable: string, proxy: object }>} the address of
 * the first validator; files with the specification for light clients: with the validators as peers, with the first of them behind
 * nginx, and with one where nobody listens; and that nginx
 */
export async function startNetwork() {
	const binary = program("HEIRLOOM_NODE", "release", "heirloom-node");
	const work = directory("heirloom-explorer-network-");
	const file = (name, text) => {
		writeFileSync(join(work, name), text);
		return join(work, name);
	};
	const quietly = { stdio: ["pipe", "pipe", "ignore"], maxBuffer: 1 << 28, encoding: "utf8" };
	const exported = (chain, ...more) => execFileSync(binary, ["export-chain-spec", "--chain", chain, ...more], quietly);
	const spec = file("spec.json", exported(file("local.json", changed(exported("local"))), "--raw"));

	const validators = await Promise.all(
		["alice", "bob"].map(async (name, number) => {
			const key = (number + 1).toString(16).padStart(64, "0");
			const id = execFileSync(binary, ["key", "inspect-node-key"], { ...quietly, input: key }).trim();
			const [rpc, tcp, ws] = [await freePort(), await freePort(), await freePort()];
			const at = (transport) => `/ip4/127.0.0.1/tcp/${transport}`;
			return { name, key, id, rpc, port: ws, tcp: at(tcp), ws: at(`${ws}/ws`), backend: ["litep2p", "libp2p"][number] };
		}),
	);
	const [first] = validators.map(({ name, key, rpc, tcp, ws, backend }, number) => {
		const { tcp: other, id } = validators[1 - number];
		const where = ["--chain", spec, "--base-path", join(work, name), "--rpc-port", String(rpc)];
		const peers = ["--listen-addr", tcp, "--listen-addr", ws, "--bootnodes", `${other}/p2p/${id}`, "--no-mdns"];
		const who = ["--validator", `--${name}`, "--node-key", key, "--network-backend", backend];
		// The explorer reads from the first block on.
		const kept = ["--state-pruning", "archive", "--blocks-pruning", "archive", "--no-prometheus", "--no-telemetry"];
		return start(binary, [...where, ...peers, ...who, ...kept]);
	});
	const node = `ws://127.0.0.1:${validators[0].rpc}`;
	const final = async () => {
		const hash = await request(node, "chain_getFinalizedHead", []);
		return Number((await request(node, "chain_getHeader", [hash])).number) > 0;
	};
	await until("blocks are final", PATIENCE_MILLIS, final, first);
	const proxy = await startPeerProxy(validators[0].port);
	const behind = `/dns/localhost/tcp/${proxy.port}/wss/p2p/${validators[0].id}`;
	const nobody = `/ip4/127.0.0.1/tcp/${await freePort()}/ws/p2p/${validators[0].id}`;
	return {
		node,
		specification: file("light.json", withPeers(spec, validators.map(({ ws, id }) => `${ws}/p2p/${id}`))),
		proxied: file("proxied.json", withPeers(spec, [behind])),
		unreachable: file("unreachable.json", withPeers(spec, [nobody])),
		proxy,
	};
}
