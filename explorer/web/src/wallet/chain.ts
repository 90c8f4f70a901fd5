// The chain as somebody who signs sees it: what a transaction costs, and what became of it.

import { InvalidTxError, type PolkadotSigner } from "polkadot-api";
import { toHex } from "polkadot-api/utils";
import { createWsClient } from "polkadot-api/ws";
import type { Draft } from "./draft";

/** U, as an asset of the ledger. */
const U_ID = 1;

/** A signature is good for so many blocks. */
const MORTAL_BLOCKS = 64;

/** Fractional digits of the rate between U and LOOM. */
const RATE_ONE = 10n ** 18n;

/** A transaction that can be signed. */
export interface Transaction {
	decodedCall: unknown;
	getEstimatedFees(from: string): Promise<bigint>;
	sign(signer: PolkadotSigner, options: object): Promise<Uint8Array>;
}

/** An error of the chain: of a call that failed, or of a transaction that no block takes. */
export interface ChainError {
	type: string;
	value?: { type?: string; value?: { type?: string } };
}

/** An operator that the curators admitted. */
export interface Operator {
	account: string;
	/** The key that data keys are sealed to, in hexadecimal digits. */
	sealingKey: string;
	/** What it takes for a job, in micro-U. */
	fee: bigint;
}

/** An operator as the chain has it. */
interface OperatorEntry {
	keyArgs: [string];
	value: { profile: { sealing_key: unknown; fee: bigint }; status: { type: string } };
}

type Named<Value> = Record<string, Record<string, Value> | undefined>;

/** What the library offers by the chain's metadata, which comes when the page runs. */
interface Api {
	tx: Named<(values: object) => Transaction>;
	query: Named<{ getValue(...keys: unknown[]): Promise<unknown>; getEntries(): Promise<unknown> }>;
	constants: Named<() => Promise<unknown>>;
}

/** What a transaction costs, in planck of LOOM and in micro-U. */
export interface Cost {
	fee: bigint;
	feeInU: bigint | undefined;
	/** Held as long as the assets exist. */
	deposit: bigint;
	depositInU: bigint | undefined;
}

/** What became of a transaction that was signed. Errors are named as the chain names them. */
export type Outcome =
	| { is: "done"; block: number }
	/** It is in a final block, which took the fee, and failed. */
	| { is: "refused"; block: number; error: string }
	/** No block takes it. */
	| { is: "invalid"; error: string }
	/** It was sent, and then the chain was not heard of any more. */
	| { is: "unknown"; why: string };

/** A connection to the chain. */
export interface Chain {
	mint(draft: Draft): Transaction;
	/** All of them or none. */
	mintAll(drafts: Draft[]): Transaction;
	/** Pays an asset's income to another account, or with none to its owner again. */
	bind(asset: number, payee: string | undefined): Transaction;
	claim(payee: string): Transaction;
	cost(transaction: Transaction, address: string, assets: number): Promise<Cost>;
	/** All operators that can be given jobs, as of the last final block. */
	operators(): Promise<Operator[]>;
	/** Signs, submits and waits until the transaction is in a final block. Fees in U where that is wished. Throws unsigned. */
	submit(transaction: Transaction, signer: PolkadotSigner, inU: boolean): Promise<Outcome>;
	close(): void;
}

const text = (string: string) => new TextEncoder().encode(string);
const id = (address: string) => ({ type: "Id", value: address });

/** The call of a draft. */
export function mintOf(draft: Draft): object {
	const { terms } = draft;
	return {
		draft: {
			handle: text(draft.handle),
			kind: { type: draft.kind, value: undefined },
			content: text(draft.content),
			domain: draft.domain,
			scenario: text(draft.scenario),
			evidence: { accuracy: draft.accuracy, speed_gain: draft.speedGain },
			terms: terms.type === "Share" ? { type: "Share", value: { rate: terms.rate } } : { type: "Buyout", value: { price: terms.price } },
			call_fee: draft.callFee,
			quality: draft.quality,
		},
	};
}

/** The name of an error: of a pallet's (`Lineage.HandleTaken`), or of a kind (`Token.Blocked`, `Invalid.Payment`, `BadOrigin`). */
export function nameOf({ type, value }: ChainError): string {
	const parts = type === "Module" ? [value?.type, value?.value?.type] : [type, value?.type];
	return parts.filter((part) => part !== undefined).join(".");
}

/** An amount of LOOM in U; nothing where there is no rate. */
export function inU(planck: bigint, rate: bigint | undefined): bigint | undefined {
	// Rounded up, as it is taken.
	return rate ? (planck * RATE_ONE + rate - 1n) / rate : undefined;
}

/** Those of the chain's operators that can be given jobs. */
export function operatorsOf(entries: OperatorEntry[]): Operator[] {
	const admitted = entries.filter(({ value }) => value.status.type === "Admitted");
	const listed = admitted.map(({ keyArgs: [account], value: { profile } }) => ({
		account,
		sealingKey: digitsOf(profile.sealing_key),
		fee: BigInt(profile.fee),
	}));
	return listed.sort((one, other) => (one.account < other.account ? -1 : 1));
}

/** Bytes of a fixed length, which the library gives in one form or another, as hexadecimal digits. */
function digitsOf(bytes: unknown): string {
	const digits = (bytes instanceof Uint8Array ? toHex(bytes) : String(bytes)).replace(/^0x/, "");
	if (!/^[0-9a-f]{64}$/.test(digits)) throw new Error("an operator's key cannot be read");
	return digits;
}

/** Connects. */
export function openChain(url: string): Chain {
	const client = createWsClient(url);
	const api = client.getUnsafeApi() as unknown as Api;
	const call = (pallet: string, name: string, values: object): Transaction => {
		const found = api.tx[pallet]?.[name];
		if (!found) throw new Error(`this chain has no ${pallet}.${name}`);
		return found(values);
	};
	return {
		mint: (draft) => call("Lineage", "mint", mintOf(draft)),
		mintAll(drafts) {
			const calls = drafts.map((draft) => call("Lineage", "mint", mintOf(draft)).decodedCall);
			return call("Utility", "batch_all", { calls });
		},
		bind: (asset, payee) => call("Lineage", "set_payee", { asset, payee: payee === undefined ? undefined : id(payee) }),
		claim: (payee) => call("Royalty", "claim", { payee: id(payee) }),
		async cost(transaction, address, assets) {
			const fee = await transaction.getEstimatedFees(address);
			const one = assets > 0 ? BigInt((await api.constants["Lineage"]?.["AssetDeposit"]?.()) as bigint) : 0n;
			const held = BigInt(assets) * one;
			const rate = (await api.query["AssetRate"]?.["ConversionRateToNative"]?.getValue(U_ID)) as bigint | undefined;
			return { fee, feeInU: inU(fee, rate), deposit: held, depositInU: inU(held, rate) };
		},
		async operators() {
			const entries = (await api.query["SandboxAccess"]?.["Operators"]?.getEntries()) as OperatorEntry[] | undefined;
			return operatorsOf(entries ?? []);
		},
		async submit(transaction, signer, inU) {
			const options = { mortality: { mortal: true, period: MORTAL_BLOCKS }, ...(inU ? { asset: U_ID } : {}) };
			const signed = await transaction.sign(signer, options);
			try {
				const { ok, block, dispatchError } = await client.submit(signed);
				if (ok) return { is: "done", block: block.number };
				return { is: "refused", block: block.number, error: nameOf(dispatchError as ChainError) };
			} catch (error) {
				if (error instanceof InvalidTxError) return { is: "invalid", error: nameOf(error.error as ChainError) };
				return { is: "unknown", why: error instanceof Error ? error.message : String(error) };
			}
		},
		close: () => client.destroy(),
	};
}
