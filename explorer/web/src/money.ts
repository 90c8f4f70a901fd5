// Numbers as people read them.

const U = 1_000_000n;

function grouped(number: bigint): string {
	return number.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Micro-U as U to the last digit that is not zero, with at least two decimals: `10.810811`, `1,600.00`. */
export function exactU(amount: bigint): string {
	const fraction = (amount % U).toString().padStart(6, "0");
	return `${grouped(amount / U)}.${fraction.slice(0, 2)}${fraction.slice(2).replace(/0+$/, "")}`;
}

/** Basis points as a plain number: 18,000 is 1.8. */
export function weightOf(bps: number): string {
	return String(bps / 10_000);
}

/** An amount in U as text, with or without separated thousands, in micro-U; nothing where it is none. */
export function microU(text: string): bigint | undefined {
	const [, whole, fraction = ""] = /^(\d[\d,]*)(?:\.(\d{1,6}))?$/.exec(text.trim()) ?? [];
	return whole === undefined ? undefined : BigInt(whole.replaceAll(",", "")) * U + BigInt(fraction.padEnd(6, "0"));
}
