// A wallet on `@polkadot/api`.

import { ApiPromise, WsProvider } from "@polkadot/api";
import { hexToU8a, u8aToHex } from "@polkadot/util";
import { blake2AsU8a } from "@polkadot/util-crypto";
import { ASSETS_PER_PAGE } from "./assets.mjs";
import { U_ID } from "./money.mjs";

/** Payloads longer than this are signed as their hash. */
const LONGEST_PLAIN_PAYLOAD = 256;

/**
 * Two types that the library does not take from the metadata but has its own idea of: the asset that fees are paid in
 * (a location, it assumes) and `MultiSignature` (without the Ethereum variant).
 */
const TYPES = {
	TAssetConversion: "Option<u32>",
	MultiSignature: {
		_enum: {
			Ed25519: "Ed25519Signature",
			Sr25519: "Sr25519Signature",
			Ecdsa: "EcdsaSignature",
			Eth: "EcdsaSignature",
		},
	},
};

/** Connects to a node. See {@link import("./wallets.mjs").Wallet} for what a wallet does. */
export async function connect(url) {
	const provider = new WsProvider(url);
	const api = await ApiPromise.create({ provider, types: TYPES, noInitWarn: true });

	const options = (feeIn) => (feeIn === "U" ? { assetId: U_ID } : {});
	const submit = async (account, extrinsic, feeIn) => {
		const signed = account.pair
			? await extrinsic.signAsync(account.pair, options(feeIn))
			: await extrinsic.signAsync(account.address, { ...options(feeIn), signer: signerOf(api, account) });
		return outcomeOf(api, await included(signed));
	};
	const mint = ({ handle, callFee, scenario, content, rate }) => {
		const terms = { Share: { rate } };
		const rest = { domain: null, evidence: {}, quality: null };
		return api.tx.lineage.mint({ handle, kind: "Data", callFee, scenario, content, terms, ...rest });
	};
	const call = ({ asset, units, maxFee }) => api.tx.lineage.call(asset, units, "Training", maxFee, null);

	return {
		library: "@polkadot/api",
		async chain() {
			const { tokenSymbol, tokenDecimals } = await api.rpc.system.properties();
			return {
				name: (await api.rpc.system.chain()).toString(),
				symbol: tokenSymbol.unwrap()[0].toString(),
				decimals: tokenDecimals.unwrap()[0].toNumber(),
				pallets: api.runtimeMetadata.asLatest.pallets.map(({ name }) => name.toString()),
				extensions: api.registry.signedExtensions,
				maxParents: api.consts.lineage.maxParents.toNumber(),
			};
		},
		async asset(handle) {
			const found = await api.call.lineageApi.assetId(handle);
			if (found.isNone) return undefined;
			const id = found.unwrap().toNumber();
			const view = (await api.call.lineageApi.asset(id)).unwrap();
			return {
				id,
				creator: view.creator.toString(),
				owner: view.owner.toString(),
				payee: view.payee.toString(),
				callFee: view.callFee.toBigInt(),
				rate: view.terms.asShare.rate.toNumber(),
				receipts: {
					count: view.receipts.count.toBigInt(),
					hash: view.receipts.hash_.toHex(),
				},
			};
		},
		async booking(asset) {
			const period = await api.query.royalty.openPeriod();
			const page = await api.query.royalty.bookingPages(period, Math.floor(asset / ASSETS_PER_PAGE));
			const [, booking] = page.find(([slot]) => slot.eq(asset % ASSETS_PER_PAGE)) ?? [];
			return booking && { units: booking.units.toBigInt(), gross: booking.gross.toBigInt() };
		},
		async balances(address) {
			const system = await api.query.system.account(address);
			const account = await api.query.assets.account(U_ID, address);
			const u = account.isSome ? account.unwrap().balance.toBigInt() : 0n;
			return { loom: system.data.free.toBigInt(), u };
		},
		request: (method, params) => provider.send(method, params),
		mint: (account, draft, feeIn) => submit(account, mint(draft), feeIn),
		call: (account, use, feeIn) => submit(account, call(use), feeIn),
		feeShown: async ({ address }, use) => (await call(use).paymentInfo(address)).partialFee.toBigInt(),
		sendLoom: (account, to, value) => submit(account, api.tx.balances.transferKeepAlive(to, value)),
		sendU: (account, to, amount) => submit(account, api.tx.assets.transfer(U_ID, to, amount)),
		disconnect: () => api.disconnect(),
	};
}

/** The library's keyring makes signatures of the three older schemes; others come from a signer like this. */
function signerOf(api, { scheme, sign }) {
	const signRaw = async ({ data }) => {
		const payload = hexToU8a(data);
		const signature = sign(payload.length > LONGEST_PLAIN_PAYLOAD ? blake2AsU8a(payload) : payload);
		return { id: 0, signature: api.createType("MultiSignature", { [scheme]: u8aToHex(signature) }).toHex() };
	};
	return { signRaw };
}

/** Submits, and waits until it is in a final block. */
function included(signed) {
	return new Promise((resolve, reject) => {
		const follow = (result) => {
			if (result.internalError) reject(result.internalError);
			else if (result.isError) reject(new Error(`the transaction ended as ${result.status}`));
			else if (result.isFinalized) resolve(result);
		};
		signed.send(follow).catch(reject);
	});
}

/** What became of a transaction that is in a block. */
function outcomeOf(api, { status, txIndex, dispatchError, events }) {
	const find = (section, method) => {
		const found = events.find(({ event }) => event.section === section && event.method === method);
		return found && fieldsOf(found.event.data);
	};
	const called = find("lineage", "Called");
	const inLoom = find("transactionPayment", "TransactionFeePaid");
	const inU = find("assetTxPayment", "AssetTxFeePaid");
	return {
		block: status.asFinalized.toHex(),
		index: txIndex,
		error: dispatchError && errorName(api, dispatchError),
		called: called && receiptOf(called),
		fee: inU
			? { asset: inU.assetId.unwrap().toNumber(), amount: inU.actualFee.toBigInt() }
			: { amount: inLoom.actualFee.toBigInt() },
	};
}

/** An event's fields by name. (Its properties would do, but for names that arrays have: `at`.) */
function fieldsOf(data) {
	return Object.fromEntries(data.names.map((name, place) => [name, data[place]]));
}

function receiptOf({ asset, index, caller, units, purpose, fee, permit, derivation, at, hash_: hash }) {
	return {
		asset: asset.toNumber(),
		index: index.toBigInt(),
		caller: caller.toString(),
		units: units.toBigInt(),
		purpose: purpose.type,
		fee: fee.toBigInt(),
		permit: permit.unwrapOr(undefined),
		derivation: derivation.unwrapOr(undefined),
		at: at.toBigInt(),
		hash: hash.toHex(),
	};
}

function errorName(api, dispatchError) {
	if (!dispatchError.isModule) return dispatchError.type;
	const { section, name } = api.registry.findMetaError(dispatchError.asModule);
	return `${section[0].toUpperCase()}${section.slice(1)}.${name}`;
}
