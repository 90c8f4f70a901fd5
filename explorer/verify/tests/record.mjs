// Records the fixtures: questions about the settled March of `scenarios/march-2026`, with a real node's proofs.
//
// usage: scripts/run march-2026 (leave it running), explorer/verify/build FILE, then
//        node explorer/verify/tests/record.mjs FILE http://127.0.0.1:9944 annotator named unused
//        and, once the parent CT-2025-0312 of COMPANY-A-LUNG-1 was removed (`e2e/explorer/lib/disputes.mjs`) and 2,500 blocks
//        went by (`clock_seal`), the same with: corrected forgotten

import { readFileSync, writeFileSync } from "node:fs";

const [, , module, url, ...names] = process.argv;
const { exports } = (await WebAssembly.instantiate(readFileSync(module), {})).instance;
const PERIOD = "2026-03";

async function request(method, params) {
	const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
	const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
	const { result, error } = await answer.json();
	if (error) throw new Error(`${method}: ${error.message}`);
	return result;
}

function answer(question) {
	const bytes = new TextEncoder().encode(JSON.stringify(question));
	const place = exports.reserve(bytes.length) >>> 0;
	new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
	const packed = BigInt.asUintN(64, exports.answer(place, bytes.length));
	const [start, length] = [Number(packed & 0xffffffffn), Number(packed >> 32n)];
	const text = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, start, length));
	exports.release(start, length);
	return JSON.parse(text);
}

/** A header in its encoding. The chain has from 64 to 2^14 blocks here, and fewer than 64 items of digest. */
async function headerOf(hash) {
	const { parentHash, number, stateRoot, extrinsicsRoot, digest } = await request("chain_getHeader", [hash]);
	const height = (Number(number) << 2) | 1;
	const compact = [height & 0xff, height >> 8, digest.logs.length << 2].map((byte) => byte.toString(16).padStart(2, "0"));
	const [low, high, logs] = compact;
	const parts = [parentHash, `0x${low}${high}`, stateRoot, extrinsicsRoot, `0x${logs}`, ...digest.logs];
	return `0x${parts.map((part) => part.slice(2)).join("")}`;
}

const hash = await request("chain_getFinalizedHead", []);
const header = await headerOf(hash);

/** A question with all proofs it needs, in the order they were asked for. */
async function proven(about) {
	const question = { ...about, period: PERIOD, hash, header, proof: [], asked: [] };
	for (;;) {
		const found = answer(question);
		if (found.status === "need_headers") {
			const hashes = await request("chain_getBlockHash", [found.numbers]);
			question.before = await Promise.all(hashes.map(headerOf));
			continue;
		}
		if (found.status !== "need") return { question, found };
		for (const { block, keys } of found.states) {
			const { proof } = await request("state_getReadProof", [keys, block]);
			question.proof = [...new Set([...question.proof, ...proof])];
		}
		question.asked.push(...found.states);
	}
}

function record(name, { question, found }) {
	if (!names.includes(name)) return;
	writeFileSync(new URL(`fixtures/${name}.json`, import.meta.url), `${JSON.stringify(question, null, "\t")}\n`);
	const keys = question.asked.reduce((sum, { keys }) => sum + keys.length, 0);
	console.log(name, keys, "keys,", question.proof.length, "nodes,", JSON.stringify(found).slice(0, 400));
}

const asset = (await request("lineage_asset", ["CT-2025-0312"])).id;
const { statement } = await request("royalty_statement", [asset, PERIOD]);
const { items } = await request("royalty_statementLines", [asset, PERIOD, 0, 1000]);
const { weight, shared, call_fees, carried_in, paid, carried_out } = statement;
const lines = items.map(({ descendant, pot, total_weight, amount }) => ({ descendant, pot, total_weight, amount }));
const shown = { weight, shared, call_fees, carried_in, paid, carried_out, lines };

const annotator = await proven({ asset, shown });
// The account comes with the answer; what the node writes is its address.
shown.payee = annotator.found.checks.find(({ what }) => what === "payee").recomputed;
record("annotator", await proven({ asset, shown }));
const named = await proven({ asset, shown, descendants: lines.map(({ descendant }) => descendant) });
record("named", named);
record("corrected", named);
record("forgotten", await proven({ asset, shown, descendants: named.question.descendants, forgotten: true }));
let unused = 0;
while (await request("royalty_statement", [unused, PERIOD])) unused += 1;
const nothing = { shared: "0", call_fees: "0", carried_in: "0", paid: "0", carried_out: "0", lines: [] };
record("unused", await proven({ asset: unused, shown: nothing }));
