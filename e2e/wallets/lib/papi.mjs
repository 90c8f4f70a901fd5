// A wallet on `polkadot-api`.

import { createV4Tx } from "@polkadot-api/signers-common";
import { Blake2256, decAnyMetadata, unifyMetadata } from "@polkadot-api/substrate-bindings";
import { getPolkadotSigner } from "polkadot-api/signer";
import { mergeUint8 } from "polkadot-api/utils";
import { createWsClient } from "polkadot-api/ws";
import { WebSocket } from "ws";
import { ASSETS_PER_PAGE } from "./assets.mjs";
import { withMetadataHash } from "./metadata-hash.mjs";
import { U_ID } from "./money.mjs";

const text = (string) => new TextEncoder().encode(string);

/** Payloads longer than this are signed as their hash. */
const LONGEST_PLAIN_PAYLOAD = 256;

/** @returns {import("polkadot-api").PolkadotSigner} the library's signer of an account */
function signerOf({ scheme, accountId, sign, metadataHash }) {
	const signer = scheme === "Eth" ? ethereumSigner(accountId, sign) : getPolkadotSigner(accountId, scheme, sign);
	return metadataHash ? withMetadataHash(signer, metadataHash) : signer;
}

/**
 * The library's own signers know the three older schemes only. This one composes the payload like theirs and puts the
 * index of `MultiSignature::Eth`, looked up in the metadata, before the signature.
 */
function ethereumSigner(publicKey, sign) {
	const signTx = async (callData, extensions, rawMetadata) => {
		const metadata = unifyMetadata(decAnyMetadata(rawMetadata));
		const ordered = metadata.extrinsic.signedExtensions[0].map(({ identifier }) => extensions[identifier]);
		const extra = ordered.map(({ value }) => value);
		const payload = mergeUint8([callData, ...extra, ...ordered.map((each) => each.additionalSigned)]);
		const signature = sign(payload.length > LONGEST_PLAIN_PAYLOAD ? Blake2256(payload) : payload);
		const multiSignature = mergeUint8([Uint8Array.of(ethIndex(metadata)), signature]);
		return createV4Tx(metadata, publicKey, multiSignature, extra, callData);
	};
	return { publicKey, signTx, signBytes: async (bytes) => sign(bytes) };
}

function ethIndex({ lookup }) {
	const type = lookup.find(({ path }) => path.join("::") === "sp_runtime::MultiSignature");
	return type.def.value.find(({ name }) => name === "Eth").index;
}

/** Connects to a node. See {@link import("./wallets.mjs").Wallet} for what a wallet does. */
export async function connect(url) {
	const client = createWsClient(url, { websocketClass: WebSocket });
	const api = client.getUnsafeApi();

	const feeOptions = (feeIn) => (feeIn === "U" ? { asset: U_ID } : {});
	const submit = async (account, tx, feeIn) => {
		return outcomeOf(await tx.signAndSubmit(signerOf(account), feeOptions(feeIn)));
	};
	const mint = ({ rate, ...draft }) =>
		api.tx.Lineage.mint({
			draft: {
				handle: text(draft.handle),
				kind: { type: "Data" },
				content: text(draft.content),
				domain: undefined,
				scenario: text(draft.scenario),
				evidence: { accuracy: undefined, speed_gain: undefined },
				terms: { type: "Share", value: { rate } },
				call_fee: draft.callFee,
				quality: undefined,
			},
		});
	const call = ({ asset, units, maxFee }) =>
		api.tx.Lineage.call({
			asset,
			units,
			purpose: { type: "Training" },
			max_fee: maxFee,
			derivation: undefined,
		});

	return {
		library: "polkadot-api",
		async chain() {
			const { name, properties } = await client.getChainSpecData();
			const { hash } = await client.getFinalizedBlock();
			const { extrinsic, pallets } = unifyMetadata(decAnyMetadata(await client.getMetadata(hash)));
			return {
				name,
				symbol: properties.tokenSymbol,
				decimals: properties.tokenDecimals,
				pallets: pallets.map((pallet) => pallet.name),
				extensions: extrinsic.signedExtensions[0].map(({ identifier }) => identifier),
				maxParents: await api.constants.Lineage.MaxParents(),
			};
		},
		metadata: async () => client.getMetadata((await client.getFinalizedBlock()).hash),
		async asset(handle) {
			const id = await api.apis.LineageApi.asset_id(text(handle));
			if (id === undefined) return undefined;
			const { creator, owner, payee, call_fee, terms, receipts } = await api.apis.LineageApi.asset(id);
			return { id, creator, owner, payee, callFee: call_fee, rate: terms.value.rate, receipts };
		},
		async booking(asset) {
			const period = await api.query.Royalty.OpenPeriod.getValue();
			const index = Math.floor(asset / ASSETS_PER_PAGE);
			const page = await api.query.Royalty.BookingPages.getValue(period, index);
			const [, booking] = page.find(([slot]) => slot === asset % ASSETS_PER_PAGE) ?? [];
			return booking && { units: booking.units, gross: booking.gross };
		},
		async balances(address) {
			const system = await api.query.System.Account.getValue(address);
			const account = await api.query.Assets.Account.getValue(U_ID, address);
			return { loom: system.data.free, u: account?.balance ?? 0n };
		},
		request: (method, params) => client._request(method, params),
		mint: (account, draft, feeIn) => submit(account, mint(draft), feeIn),
		call: (account, use, feeIn) => submit(account, call(use), feeIn),
		feeShown: ({ accountId }, use) => call(use).getEstimatedFees(accountId),
		sendLoom(account, to, value) {
			const dest = { type: "Id", value: to };
			return submit(account, api.tx.Balances.transfer_keep_alive({ dest, value }));
		},
		sendU(account, to, amount) {
			const target = { type: "Id", value: to };
			return submit(account, api.tx.Assets.transfer({ id: U_ID, target, amount }));
		},
		disconnect: async () => client.destroy(),
	};
}

/** What became of a transaction that is in a block. */
function outcomeOf({ ok, dispatchError, events, block }) {
	const find = (pallet, name) =>
		events.find(({ type, value }) => type === pallet && value.type === name)?.value.value;

	const called = find("Lineage", "Called");
	const inLoom = find("TransactionPayment", "TransactionFeePaid");
	const inU = find("AssetTxPayment", "AssetTxFeePaid");
	return {
		block: block.hash,
		index: block.index,
		error: ok ? undefined : errorName(dispatchError),
		called: called && { ...called, purpose: called.purpose.type },
		fee: inU ? { asset: inU.asset_id, amount: inU.actual_fee } : { amount: inLoom.actual_fee },
	};
}

function errorName({ type, value }) {
	return type === "Module" ? `${value.type}.${value.value.type}` : type;
}
